/** Keys of other kinds than did:key's Ed25519: a chunk that is loaded when a credential needs it. */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { checkPoint, CURVES } from './curves';
import * as jwk from './jwk';
import * as rsa from './rsa';

export * as didJwk from './did_jwk';
export * as documents from './documents';
export * as keySets from './key_sets';

/** The key of the first certificate in a header's `x5c`, else its `jwk`; throws ProofError, `KEY_NOT_RESOLVED` for neither. */
export async function brought({ x5c, jwk: value, ...header }: JsonObject, limits: Limits): Promise<Key> {
  if (!isAbsent(x5c)) return (await import('./x509')).certified(x5c, header['x5t#S256'] ?? null, limits);
  if (isAbsent(value)) throw new ProofError('KEY_NOT_RESOLVED');
  const [kind, bytes] = jwk.decode(value, limits);
  return { id: '', controller: '', kind, public: bytes, source: 'document', ends: [], algorithm: jwk.algorithm(value) };
}

export async function check({ kind, public: bytes }: Key): Promise<void> {
  if (kind in CURVES) checkPoint(kind, bytes);
  else if (kind === 'rsa-pub') rsa.check(bytes);
  else if (kind === 'bls12_381-g2-pub') (await import('./bls')).checkPoint(bytes);
}
