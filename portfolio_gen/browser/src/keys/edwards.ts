/** Which 32 bytes are an Ed25519 public key at all (RFC 8032, 5.1.3, and libsodium's list of weak keys). */
import { Point } from '@noble/ed25519';

import { ProofError } from '../errors';

const { p: P } = Point.CURVE();
const ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

/** The y of every point of order 1, 2, 4 or 8. */
const SMALL_ORDER = new Set([0n, 1n, P - 1n, ORDER_8, P - ORDER_8]);

/**
 * Throw ProofError unless these 32 bytes are a canonical encoding of a curve point of large order.
 * `WEAK_KEY` is asked first: a non-canonical encoding of a small-order point is weak.
 */
export function checkPoint(encoded: Uint8Array): void {
  const y = littleEndian(encoded) & ((1n << 255n) - 1n);
  if (SMALL_ORDER.has(y % P)) throw new ProofError('WEAK_KEY');
  try {
    Point.fromBytes(encoded, false);
  } catch {
    throw new ProofError('MALFORMED_KEY');
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
