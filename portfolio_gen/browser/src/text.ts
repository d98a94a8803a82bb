/** Order, groups and bytes of text, where JavaScript's own are not the ones that the rules name. */

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Compare two well-formed strings by code point (`<` compares UTF-16 units: U+FF61 would follow U+1F600). */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

/** The strings sorted in place by code point. Without surrogates the order by UTF-16 unit is the same, and built in. */
export function sortByCodePoint(strings: string[]): string[] {
  return strings.some((text) => /[\ud800-\udfff]/.test(text)) ? strings.sort(byCodePoint) : strings.sort();
}

/** The distinct strings, sorted by code point. */
export function sortedSet(items: Iterable<string>): string[] {
  return sortByCodePoint([...new Set(items)]);
}

const ENCODER = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** Put an item into the group of this name, which is made when it is the first. */
export function append<Name, Item>(groups: Map<Name, Item[]>, name: Name, item: Item): void {
  const group = groups.get(name);
  if (group) group.push(item);
  else groups.set(name, [item]);
}
