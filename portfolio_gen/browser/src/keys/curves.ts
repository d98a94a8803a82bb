/** Points on the short Weierstrass curves P-256, P-384 and secp256k1 (SEC 1, 2.3.3 and 2.3.4). */
import { ProofError } from '../errors';

/** y² = x³ + ax + b over the integers modulo p, which is 3 modulo 4; `size` is that of a coordinate in bytes. */
export interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  readonly size: number;
}

/** By the multicodec name of the key (SEC 2, 2.4.1, 2.4.2 and 2.5.1). */
export const CURVES: { readonly [kind: string]: Curve } = {
  'p256-pub': {
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    size: 32,
  },
  'p384-pub': {
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    a: -3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    size: 48,
  },
  'secp256k1-pub': { p: 2n ** 256n - 2n ** 32n - 977n, a: 0n, b: 7n, size: 32 },
};

/** The compressed form of the point (x, y); throws ProofError `MALFORMED_KEY` for one that is off the curve. */
export function compressed(kind: string, x: Uint8Array, y: Uint8Array): Uint8Array {
  const curve = CURVES[kind]!;
  const across = number(x);
  const up = number(y);
  if (across >= curve.p || up >= curve.p || (up * up - square(curve, across)) % curve.p) throw new ProofError('MALFORMED_KEY');
  return Uint8Array.of(up & 1n ? 3 : 2, ...x);
}

/** Throw ProofError `MALFORMED_KEY` unless these bytes are a point of the curve in compressed form. */
export function checkPoint(kind: string, encoded: Uint8Array): void {
  const curve = CURVES[kind]!;
  const across = number(encoded.subarray(1));
  const fine = encoded.length === curve.size + 1 && (encoded[0] === 2 || encoded[0] === 3) && across < curve.p;
  if (!fine || power(square(curve, across), (curve.p - 1n) / 2n, curve.p) !== 1n) throw new ProofError('MALFORMED_KEY');
}

function square({ p, a, b }: Curve, x: bigint): bigint {
  return (((x * x * x + a * x + b) % p) + p) % p;
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let bits = exponent, factor = base; bits; bits >>= 1n, factor = (factor * factor) % modulus) {
    if (bits & 1n) result = (result * factor) % modulus;
  }
  return result;
}

/** The number that these bytes are, the most significant first. */
export function number(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
