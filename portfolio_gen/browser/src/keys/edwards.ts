/** Which 32 bytes are an Ed25519 public key at all (RFC 8032, 5.1.3, and libsodium's list of weak keys). */
import { P, SMALL_ORDER, yOf } from '../edwards';
import { ProofError } from '../errors';

/**
 * Throw ProofError `WEAK_KEY` for the encoding of a point of small order, canonical or not. Whether these 32 bytes are the
 * canonical encoding of a point is asked later (on_curve.ts).
 */
export function checkPoint(encoded: Uint8Array): void {
  if (SMALL_ORDER.has(yOf(encoded) % P)) throw new ProofError('WEAK_KEY');
}
