/** Which 32 bytes are an Ed25519 public key at all (RFC 8032, 5.1.3, and libsodium's list of weak keys). */
import { P, SMALL_ORDER, yOf } from '../edwards';
import { ProofError } from '../errors';

/**
 * Throw ProofError unless these 32 bytes may be a canonical encoding of a curve point of large order.
 * `WEAK_KEY` is asked first: a non-canonical encoding of a small-order point is weak.
 */
export function checkPoint(encoded: Uint8Array): void {
  const y = yOf(encoded);
  if (SMALL_ORDER.has(y % P)) throw new ProofError('WEAK_KEY');
  if (y >= P) throw new ProofError('MALFORMED_KEY');
}
