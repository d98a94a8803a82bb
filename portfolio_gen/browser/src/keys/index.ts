/** A DID or key URL to a Key. DID_METHODS has one row for each method that is resolved here, without a network. */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import * as didKey from './did_key';

/** A DID method: which verification methods a DID's document lists, and the key behind one of them. */
interface Method {
  listed(did: string): readonly string[];
  key(verificationMethod: string, limits: Limits): Key;
}

const DID_METHODS: ReadonlyMap<string, Method> = new Map([[didKey.PREFIX, didKey]]);

/** The assertion methods that the issuer's own document lists; null where that document is not known. */
export function listed(issuer: string): readonly string[] | null {
  return methodOf(issuer)?.listed(issuer) ?? null;
}

/** The key that a proof names; throws ProofError, `KEY_NOT_RESOLVED` for a method that is not ours. */
export function resolve(verificationMethod: string, limits: Limits): Key {
  const method = methodOf(verificationMethod);
  if (!method) throw new ProofError('KEY_NOT_RESOLVED');
  return method.key(verificationMethod, limits);
}

function methodOf(identifier: string): Method | null {
  for (const [prefix, method] of DID_METHODS) if (identifier.startsWith(prefix)) return method;
  return null;
}
