/** The algorithms of JSON Web Signatures: each is the key's (DESIGN rule 6). */
import type { SignatureHash } from './signatures';

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

/** What we know by an `alg`, if it is one of ours. */
export function ownAlgorithm(alg: string): Algorithm | undefined {
  return Object.hasOwn(ALGORITHMS, alg) ? ALGORITHMS[alg] : undefined;
}

/** Algorithms that prove nothing to a third party: known, and refused by name. */
export const REFUSED: { readonly [alg: string]: string } = {
  none: 'ALGORITHM_NONE',
  HS256: 'SHARED_SECRET',
  HS384: 'SHARED_SECRET',
  HS512: 'SHARED_SECRET',
};
