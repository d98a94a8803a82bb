/** Multibase base58btc, exactly: no white space, no other alphabet, nothing too long to decode. */
import baseX from 'base-x';

import type { Limits } from './limits';

const BASE58BTC = /^z[1-9A-HJ-NP-Za-km-z]+$/;
const base58 = baseX('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');

/** The bytes of a `z…` multibase text; null for anything else. */
export function decode(text: string, limits: Limits): Uint8Array | null {
  return text.length <= limits.multibaseChars && BASE58BTC.test(text) ? base58.decode(text.slice(1)) : null;
}
