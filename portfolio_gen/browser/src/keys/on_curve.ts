/** Whether an Ed25519 key is a point of its curve: a chunk, as every signature that verifies says so by itself. */
import { Point } from '@noble/ed25519';

import { ProofError } from '../errors';

/** Throw ProofError `MALFORMED_KEY` unless these 32 bytes are the canonical encoding of a point (RFC 8032, 5.1.3). */
export function checkOnCurve(encoded: Uint8Array): void {
  try {
    Point.fromBytes(encoded, false);
  } catch {
    throw new ProofError('MALFORMED_KEY');
  }
}
