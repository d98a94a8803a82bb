/** The one JSON reader (DESIGN rule 5): what two readers could read differently is refused. */
import type { Json } from './json';
import type { Limits } from './limits';

/** The text is not JSON as we read it; `code` is a code of the check `readable`. */
export class JsonError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/**
 * The value that these bytes spell; throws JsonError with the first code of docs/verification.md, 0.2.
 * A member named `__proto__` is an ordinary member.
 */
export function readJson(data: Uint8Array, limits: Limits): Json {
  const text = decoded(data);
  const repeatsName = repeats(text, limits.jsonDepth);
  const faults = new Set<string>();
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    throw new JsonError('MALFORMED_JSON');
  }
  if (repeatsName) throw new JsonError('DUPLICATE_KEY');
  value = checked(value, SURROGATE_ESCAPE.test(text), faults);
  for (const code of ['LONE_SURROGATE', 'NUMBER_OUT_OF_RANGE']) if (faults.has(code)) throw new JsonError(code);
  return value;
}

function decoded(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw new JsonError('NOT_UTF8');
  }
}

/** In UTF-8 nothing else spells a surrogate. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Notes what is wrong with a value and all within it, in which −0 becomes 0, and returns it. `escapes`: strings may be wrong. */
function checked(value: Json, escapes: boolean, faults: Set<string>): Json {
  if (typeof value === 'string') {
    if (escapes && LONE_SURROGATE.test(value)) faults.add('LONE_SURROGATE');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) faults.add('NUMBER_OUT_OF_RANGE');
    return value === 0 ? 0 : value;
  } else if (value !== null && typeof value === 'object') {
    for (const [name, member] of Object.entries(value)) {
      checked(name, escapes, faults);
      const found = checked(member, escapes, faults);
      // An assignment to __proto__ would not make a member.
      if (Object.is(member, -0)) Object.defineProperty(value, name, { value: found });
    }
  }
  return value;
}

/**
 * Whether an object of a well-formed text has two members of one name after unescaping.
 * Throws JsonError `TOO_DEEP` where its brackets go deeper than `most`, whether or not it is well-formed.
 */
function repeats(text: string, most: number): boolean {
  const open: Set<string>[] = [];
  let depth = 0;
  let found = false;
  let last = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') {
      const end = endOfString(text, i);
      last = text.slice(i, end);
      i = end - 1;
    } else if (character === ':') {
      const name = unescaped(last);
      found ||= open.at(-1)?.has(name) ?? false;
      open.at(-1)?.add(name);
    } else if (character === '{' || character === '[') {
      if (++depth > most) throw new JsonError('TOO_DEEP');
      open.push(new Set());
    } else if (character === '}' || character === ']') {
      depth--;
      open.pop();
    }
  }
  return found;
}

/** Where the string that begins at `start` ends, behind its closing quote; without one, where the text does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charAt(end - 1 - escapes) === '\\') escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** The name that a string with its quotes spells; that of a malformed one is itself. */
function unescaped(string: string): string {
  try {
    return string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1);
  } catch {
    return string;
  }
}
