/** Keys of other kinds than did:key's Ed25519: a chunk that is loaded when a credential needs it. */
import type { Key } from '../credential';
import type { Json } from '../json';
import type { Limits } from '../limits';
import { checkPoint, CURVES } from './curves';
import * as jwk from './jwk';
import * as rsa from './rsa';

export * as didJwk from './did_jwk';
export * as documents from './documents';

export function embedded(value: Json | undefined, limits: Limits): Key {
  const [kind, bytes] = jwk.decode(value, limits);
  return { id: '', controller: '', kind, public: bytes, source: 'document', ends: [], algorithm: jwk.algorithm(value) };
}

export async function check({ kind, public: bytes }: Key): Promise<void> {
  if (kind in CURVES) checkPoint(kind, bytes);
  else if (kind === 'rsa-pub') rsa.check(bytes);
  else if (kind === 'bls12_381-g2-pub') (await import('./bls')).checkPoint(bytes);
}
