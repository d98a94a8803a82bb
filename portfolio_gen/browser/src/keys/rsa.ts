/** RSA public keys as PKCS #1 DER (RFC 8017, A.1.1): a SEQUENCE of the modulus and the exponent, both INTEGERs. */
import { ProofError } from '../errors';

/** DESIGN §4: RSA of at least 2048 bits. Longer than 8192 nobody uses, and it takes long. */
const LEAST_BITS = 2_048;
const MOST_BITS = 8_192;
/** Primes by which keys of ROCA give themselves away: modulo each, the modulus is a power of 65537. */
const TELLING = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

/** The DER form of a modulus and an exponent, big-endian with or without leading zeros. */
export function encode(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  return tagged(0x30, Uint8Array.of(...integer(modulus), ...integer(exponent)));
}

/** Throw ProofError: `MALFORMED_KEY` for what is no such DER, `WEAK_KEY` for one by which others can sign. */
export function check(encoded: Uint8Array): void {
  const [inside, rest] = content(0x30, encoded);
  const [modulus, after] = content(0x02, inside);
  const [exponent, end] = content(0x02, after);
  const again = encode(modulus, exponent);
  const same = again.length === encoded.length && again.every((byte, index) => byte === encoded[index]);
  const bits = bitLength(modulus);
  if (rest.length || end.length || !same || bits > MOST_BITS) throw new ProofError('MALFORMED_KEY');
  const e = significant(exponent);
  const odd = (e.at(-1) ?? 0) & (modulus.at(-1) ?? 0) & 1;
  if (bits < LEAST_BITS || e.length > 4 || (e.length === 1 && e[0]! < 3) || !odd || isRoca(modulus)) throw new ProofError('WEAK_KEY');
}

/**
 * Whether the modulus is of the kind that a widely used chip made (ROCA, CVE-2017-15361; Nemec et al. 2.3), which can be
 * factored. Of other moduli, one in 2²⁷ looks so.
 */
function isRoca(modulus: Uint8Array): boolean {
  return TELLING.every((prime) => {
    const rest = modulus.reduce((value, byte) => (value * 256 + byte) % prime, 0);
    for (let i = 0, power = 1; i < prime; i++, power = (power * 65_537) % prime) if (power === rest) return true;
    return false;
  });
}

function bitLength(bytes: Uint8Array): number {
  const value = significant(bytes);
  return value.length ? value.length * 8 - Math.clz32(value[0]!) + 24 : 0;
}

function significant(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : bytes.subarray(first);
}

function integer(bytes: Uint8Array): Uint8Array {
  const value = significant(bytes);
  return tagged(0x02, !value.length || value[0]! > 127 ? Uint8Array.of(0, ...value) : value);
}

/** A value in DER: its tag, its length and its content. */
export function tagged(tag: number, inside: Uint8Array): Uint8Array {
  const size: number[] = [];
  for (let length = inside.length; length; length >>>= 8) size.unshift(length & 255);
  const header = inside.length > 127 ? [128 | size.length, ...size] : [inside.length];
  return Uint8Array.of(tag, ...header, ...inside);
}

/** The content of the value that `data` starts with, and what follows it. */
function content(tag: number, data: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const short = data[1] ?? 128;
  const start = short > 127 ? 2 + (short & 127) : 2;
  const length = short > 127 ? data.subarray(2, start).reduce((value, byte) => value * 256 + byte, 0) : short;
  if (data.length < 2 || data[0] !== tag || data.length < start + length) throw new ProofError('MALFORMED_KEY');
  return [data.subarray(start, start + length), data.subarray(start + length)];
}
