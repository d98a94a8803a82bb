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
  if (depthOf(text) > limits.jsonDepth) throw new JsonError('TOO_DEEP');
  const faults = new Set<string>();
  let value: Json;
  try {
    value = JSON.parse(text, (name: string, part: Json) => checked(name, part, faults)) as Json;
  } catch {
    throw new JsonError('MALFORMED_JSON');
  }
  if (repeatsName(text)) throw new JsonError('DUPLICATE_KEY');
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

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Notes what is wrong with a member and returns its value, with −0 as 0. */
function checked(name: string, part: Json, faults: Set<string>): Json {
  if (LONE_SURROGATE.test(name) || (typeof part === 'string' && LONE_SURROGATE.test(part))) faults.add('LONE_SURROGATE');
  if (typeof part !== 'number') return part;
  if (!Number.isFinite(part) || (Number.isInteger(part) && !Number.isSafeInteger(part))) faults.add('NUMBER_OUT_OF_RANGE');
  return part === 0 ? 0 : part;
}

/** The strings (with their quotes), brackets and colons of a JSON text, whether or not it is well-formed. */
function* tokens(text: string): Generator<string> {
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') {
      const start = i;
      for (i++; i < text.length && text.charAt(i) !== '"'; i++) if (text.charAt(i) === '\\') i++;
      yield text.slice(start, i + 1);
    } else if ('{}[]:'.includes(character)) {
      yield character;
    }
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const token of tokens(text)) {
    if (token === '{' || token === '[') deepest = Math.max(deepest, ++depth);
    else if (token === '}' || token === ']') depth--;
  }
  return deepest;
}

/** Whether an object of a well-formed text has two members of one name after unescaping. */
function repeatsName(text: string): boolean {
  const open: Set<string>[] = [];
  let last = '';
  for (const token of tokens(text)) {
    if (token === '{' || token === '[') {
      open.push(new Set());
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ':') {
      const names = open.at(-1);
      const name = JSON.parse(last) as string;
      if (names?.has(name)) return true;
      names?.add(name);
    }
    last = token;
  }
  return false;
}
