/** JSON Web Signatures around a document (RFC 7515; VC-JWT 1.1, VC-JOSE): the algorithm is the key's (DESIGN rule 6). */
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import { verifies, type SignatureHash } from './signatures';
import type { Unsecured } from './unsecured';

/** What an `alg` asks of the key and of the signature (RFC 7518, 3.1; RFC 8037, 3.1; RFC 8812, 3.2). */
export interface Algorithm {
  readonly kind: string;
  readonly hash: SignatureHash;
  readonly pss?: boolean;
}

export const ALGORITHMS: { readonly [alg: string]: Algorithm } = {
  EdDSA: { kind: 'ed25519-pub', hash: 'sha512' },
  Ed25519: { kind: 'ed25519-pub', hash: 'sha512' },
  ES256: { kind: 'p256-pub', hash: 'sha256' },
  ES384: { kind: 'p384-pub', hash: 'sha384' },
  ES256K: { kind: 'secp256k1-pub', hash: 'sha256' },
  RS256: { kind: 'rsa-pub', hash: 'sha256' },
  PS256: { kind: 'rsa-pub', hash: 'sha256', pss: true },
};

/** Nothing: what a JWS must have, its reader has made sure of. */
export function checkForm(): void {}

/** Throw ProofError unless the JWS is by `key`, whose kind fits the header's `alg`. */
export async function check(_: Unsecured, { suite, jws }: Proof, key: Key): Promise<void> {
  const { hash, pss } = ALGORITHMS[suite]!;
  if (!(await verifies(key, jws!.signingInput, jws!.signature, hash, pss))) throw new ProofError('SIGNATURE_INVALID');
}
