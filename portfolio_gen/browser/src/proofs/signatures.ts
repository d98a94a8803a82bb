/**
 * Bare signatures by each kind of key: whether one verifies, and nothing else. Ed25519 goes by libsodium's rule (DESIGN
 * rule 3); the others, in a chunk of their own, by noble-curves and the browser's own RSA.
 */
import type { Key } from '../credential';
import { verifies as ed25519 } from './ed25519';

/** What a signature hashes with, where its algorithm leaves that open. */
export type SignatureHash = 'sha256' | 'sha384' | 'sha512';

/**
 * Whether `signature` is one over `message` by a key that `keys.check` passed. `pss` asks RSA for PSS, with a salt as long
 * as the hash (RFC 7518, 3.5), instead of PKCS #1 v1.5. A signature of another length is no signature.
 */
export async function verifies(key: Key, message: Uint8Array, signature: Uint8Array, hash: SignatureHash, pss = false): Promise<boolean> {
  if (key.kind === 'ed25519-pub') return signature.length === 64 && ed25519(key.public, message, signature);
  return (await import('./signatures_more')).verifies(key, message, signature, hash, pss);
}
