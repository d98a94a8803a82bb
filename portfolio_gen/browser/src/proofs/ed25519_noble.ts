/** The equation of Ed25519 by noble: a chunk for where the browser's own is not to be had, or does not keep libsodium's rule. */
import { Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

import { joined, littleEndian } from '../bytes';

const { n: L } = Point.CURVE();

/** Whether SB = R + kA, without the cofactor (RFC 8032, 5.1.7), for S < L. An R that is no encoding of a point equals none. */
export function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32);
  const a = pointOf(publicKey);
  if (!a) return false;
  const k = littleEndian(sha512(joined(r, publicKey, message))) % L;
  const expected = Point.BASE.multiply(littleEndian(signature.subarray(32)), false).subtract(a.multiply(k, false));
  return expected.toBytes().every((byte, index) => byte === r[index]);
}

function pointOf(encoded: Uint8Array): Point | null {
  try {
    return Point.fromBytes(encoded, false);
  } catch {
    return null;
  }
}
