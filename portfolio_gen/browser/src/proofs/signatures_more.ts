/** ECDSA and RSA signatures: a chunk that is loaded when a credential needs it. */
import { p256, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { SignatureHash } from './signatures';

const CURVES = new Map([
  ['p256-pub', p256],
  ['p384-pub', p384],
  ['secp256k1-pub', secp256k1],
]);
const DIGESTS = { sha256, sha384, sha512 } as const;
const WEB_NAMES = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const;
/** SubjectPublicKeyInfo of an RSA key begins with its algorithm, rsaEncryption with NULL (RFC 8017, A.1). */
const RSA_ALGORITHM = Uint8Array.of(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00);

export async function verifies(key: Key, message: Uint8Array, signature: Uint8Array, hash: SignatureHash, pss: boolean): Promise<boolean> {
  const curve = CURVES.get(key.kind);
  if (curve) {
    if (signature.length !== curve.lengths.signature) return false;
    return curve.verify(signature, DIGESTS[hash](message), key.public, { prehash: false, lowS: false });
  }
  return rsa(key.public, message, signature, WEB_NAMES[hash], pss);
}

/** By the browser, which knows RSA in secure contexts only; throws ProofError `NEEDS_HTTPS` elsewhere. */
async function rsa(pkcs1: Uint8Array, message: Uint8Array, signature: Uint8Array, hash: string, pss: boolean): Promise<boolean> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) throw new ProofError('NEEDS_HTTPS');
  const name = pss ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  const key = await subtle.importKey('spki', buffer(spki(pkcs1)), { name, hash }, false, ['verify']);
  return subtle.verify({ name, saltLength: Number(hash.slice(4)) / 8 }, key, buffer(signature), buffer(message));
}

function spki(pkcs1: Uint8Array): Uint8Array {
  const bits = tagged(0x03, Uint8Array.of(0, ...pkcs1));
  return tagged(0x30, Uint8Array.of(...RSA_ALGORITHM, ...bits));
}

function tagged(tag: number, inside: Uint8Array): Uint8Array {
  return Uint8Array.of(tag, 0x82, inside.length >> 8, inside.length & 255, ...inside);
}

function buffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
