/** DER (X.690, 10): values with one-byte tags, read so that no two spellings mean the same. Null is no DER. */

export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const OBJECT = 0x06;
export const SEQUENCE = 0x30;
export const SET = 0x31;
const LONG = 0x80;

/** A value: its tag, what is in it, and all of its bytes. */
export interface Value {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** These bytes are no DER, or not what stands there in the certificate that was expected. */
export class DerError extends Error {}

/** Throw DerError unless it holds. */
export function expect(holds: boolean): asserts holds {
  if (!holds) throw new DerError();
}

/** The values that `data` is made of; throws DerError. */
export function values(data: Uint8Array): Value[] {
  const found: Value[] = [];
  for (let rest = data; rest.length; rest = rest.subarray(found.at(-1)!.whole.length)) found.push(first(rest));
  return found;
}

/** The values inside of one that has this tag; throws DerError unless there are so many, from `least` to `most`. */
export function within({ tag, content }: Value, wanted: number, least = 0, most = Infinity): Value[] {
  expect(tag === wanted);
  const inside = values(content);
  expect(inside.length >= least && inside.length <= most);
  return inside;
}

/** The bytes of an INTEGER above zero, without the zero that marks its sign; throws DerError. */
export function positive({ tag, content }: Value): Uint8Array {
  expect(tag === INTEGER && content.length > 0 && content[0]! < LONG && !(content.length === 1 && content[0] === 0));
  if (content[0]) return content;
  expect(content[1]! >= LONG);
  return content.subarray(1);
}

/** The bytes of a BIT STRING of whole bytes; throws DerError. */
export function bits({ tag, content }: Value): Uint8Array {
  expect(tag === BIT_STRING && content[0] === 0);
  return content.subarray(1);
}

/** An object identifier with dots; throws DerError. */
export function nameOf({ tag, content }: Value): string {
  expect(tag === OBJECT && content.length > 0 && content.at(-1)! < LONG);
  const arcs: bigint[] = [];
  let arc = 0n;
  let begins = true;
  for (const byte of content) {
    expect(!begins || byte !== LONG);
    arc = (arc << 7n) | BigInt(byte & 127);
    begins = byte < LONG;
    if (!begins) continue;
    arcs.push(arc);
    arc = 0n;
  }
  const [both, ...rest] = arcs as [bigint, ...bigint[]];
  const root = both < 80n ? both / 40n : 2n;
  return [root, both - 40n * root, ...rest].join('.');
}

function first(data: Uint8Array): Value {
  expect(data.length > 1 && (data[0]! & 31) !== 31);
  let start = 2;
  let length = data[1]!;
  if (length & LONG) {
    start += length & 127;
    const size = data.subarray(2, start);
    length = size.reduce((value, byte) => value * 256 + byte, 0);
    expect(size.length > 0 && size.length <= 4 && size[0] !== 0 && length >= LONG);
  }
  expect(data.length >= start + length);
  return { tag: data[0]!, content: data.subarray(start, start + length), whole: data.subarray(0, start + length) };
}
