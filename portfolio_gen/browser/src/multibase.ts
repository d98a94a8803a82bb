/** Multibase base58btc, exactly: no white space, no other alphabet, nothing too long to decode. */
import baseX from 'base-x';

import type { Limits } from './limits';

const base58 = baseX('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');

/** The bytes of a `z…` multibase text; null for anything else. */
export function decode(text: string, limits: Limits): Uint8Array | null {
  return /^z./s.test(text) && text.length <= limits.multibaseChars ? (base58.decodeUnsafe(text.slice(1)) ?? null) : null;
}
