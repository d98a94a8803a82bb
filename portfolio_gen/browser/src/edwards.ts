/** Encodings of points of edwards25519 (RFC 8032, 5.1.2), as numbers. */
import { littleEndian } from './bytes';

export const P = 2n ** 255n - 19n;

const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

/** The y of every point of order 1, 2, 4 or 8. */
export const SMALL_ORDER: ReadonlySet<bigint> = new Set([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);

/** The y that 32 bytes encode, which in a canonical encoding is less than P. */
export function yOf(encoded: Uint8Array): bigint {
  return littleEndian(encoded) & (2n ** 255n - 1n);
}
