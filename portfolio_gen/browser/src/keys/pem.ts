/** Public keys as PEM (RFC 7468, 13; Open Badges 2.0, CryptographicKey): SubjectPublicKeyInfo of the kinds that sign. */
import { hexToBytes } from '@noble/hashes/utils.js';
import { base64 } from '@scure/base';

import { ProofError } from '../errors';
import type { Limits } from '../limits';
import { compressed } from './curves';
import type { Decoded } from './multikey';
import { tagged } from './rsa';

const PEM = /^[ \t\r\n]*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/= \t\r\n]*)-----END PUBLIC KEY-----[ \t\r\n]*$/;
const RSA = hexToBytes('300d06092a864886f70d0101010500');

/** What stands before a key of these kinds (RFC 8410, 4; RFC 5480, 2), and how long the key is. */
const POINTS = [
  ['302a300506032b6570032100', 'ed25519-pub', 32],
  ['3059301306072a8648ce3d020106082a8648ce3d030107034200', 'p256-pub', 65],
  ['3076301006072a8648ce3d020106052b81040022036200', 'p384-pub', 97],
  ['3056301006072a8648ce3d020106052b8104000a034200', 'secp256k1-pub', 65],
] as const;

/** Kind and bytes of the key; throws ProofError, `MALFORMED_KEY` or `KEY_TYPE_NOT_SUPPORTED`. */
export function decode(text: string, limits: Limits): Decoded {
  const encoded = text.length > limits.multibaseChars ? '' : (PEM.exec(text)?.[1] ?? '').replace(/[ \t\r\n]+/g, '');
  const data = encoded ? bytesOf(encoded) : new Uint8Array();
  if (!data.length) throw new ProofError('MALFORMED_KEY');
  return keyIn(data);
}

/** Kind and bytes of the key in a SubjectPublicKeyInfo; throws ProofError as `decode` does. */
export function keyIn(data: Uint8Array): Decoded {
  for (const [prefix, kind, size] of POINTS) {
    const start = hexToBytes(prefix);
    if (startsWith(data, start)) return point(kind, size, data.subarray(start.length));
  }
  return ['rsa-pub', rsaIn(data)];
}

function bytesOf(encoded: string): Uint8Array {
  try {
    return base64.decode(encoded);
  } catch {
    throw new ProofError('MALFORMED_KEY');
  }
}

function startsWith(data: Uint8Array, start: Uint8Array): boolean {
  return start.every((byte, index) => data[index] === byte);
}

function point(kind: string, size: number, key: Uint8Array): Decoded {
  if (key.length !== size || (kind !== 'ed25519-pub' && key[0] !== 4)) throw new ProofError('MALFORMED_KEY');
  const half = size >> 1;
  return [kind, kind === 'ed25519-pub' ? key : compressed(kind, key.subarray(1, half + 1), key.subarray(half + 1))];
}

/** PKCS #1 DER out of a SubjectPublicKeyInfo (RFC 3279, 2.3.1); rsa.ts holds it to the rest. */
function rsaIn(data: Uint8Array): Uint8Array {
  const at = data.findIndex((_, index) => startsWith(data.subarray(index), RSA));
  if (at < 0) throw new ProofError('KEY_TYPE_NOT_SUPPORTED');
  const bits = data.subarray(at + RSA.length);
  const length = bits[1] ?? 0;
  const key = bits.subarray(3 + (length > 127 ? length & 127 : 0));
  const whole = tagged(0x30, Uint8Array.of(...RSA, ...tagged(0x03, Uint8Array.of(0, ...key))));
  if (whole.length !== data.length || !startsWith(data, whole)) throw new ProofError('MALFORMED_KEY');
  return key;
}
