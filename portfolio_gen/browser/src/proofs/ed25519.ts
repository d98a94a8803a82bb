/** Ed25519 by libsodium's rule (DESIGN rule 3): S < L, nothing of small order, nothing non-canonical, no cofactor. */
import { Point } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

const { n: L } = Point.CURVE();

/**
 * Whether `signature` (64 bytes) is one over `message` by the key `publicKey` (32 bytes); RFC 8032, 5.1.7.
 * An R that is no canonical encoding is never equal to that of a point.
 */
export function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const a = pointOf(publicKey);
  if (!a || s >= L) return false;
  const k = littleEndian(sha512(joined(r, publicKey, message))) % L;
  const expected = Point.BASE.multiply(s, false).subtract(a.multiply(k, false));
  return !expected.isSmallOrder() && expected.toBytes().every((byte, index) => byte === r[index]);
}

/** The point of large order that these bytes are the canonical encoding of, or null. */
function pointOf(encoded: Uint8Array): Point | null {
  try {
    const point = Point.fromBytes(encoded, false);
    return point.isSmallOrder() ? null : point;
  } catch {
    return null;
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The bytes of all parts, one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
