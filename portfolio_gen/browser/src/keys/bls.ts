/** Public keys for BBS signatures: points of the group G2 of BLS12-381 (draft-irtf-cfrg-bbs-signatures, octets_to_pubkey). */
import { bls12_381 } from '@noble/curves/bls12-381.js';

import { ProofError } from '../errors';

const { Point } = bls12_381.G2;
const BYTES = 96;

const IDENTITY = 0xc0;

/** Throw ProofError: `WEAK_KEY` for the identity, `MALFORMED_KEY` for what is no point of G2 in compressed form. */
export function checkPoint(encoded: Uint8Array): void {
  if (encoded.length !== BYTES) throw new ProofError('MALFORMED_KEY');
  if (encoded[0] === IDENTITY && encoded.subarray(1).every((byte) => byte === 0)) throw new ProofError('WEAK_KEY');
  try {
    if (Point.fromBytes(encoded).toBytes().every((byte, index) => byte === encoded[index])) return;
  } catch {
    // not a point of the curve, or not of its subgroup
  }
  throw new ProofError('MALFORMED_KEY');
}
