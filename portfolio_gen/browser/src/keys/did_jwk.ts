/** did:jwk: the identifier is a JSON Web Key, base64url-encoded (the did:jwk method, 2). */
import * as base64url from '../base64url';
import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import { JsonError, readJson } from '../strict_json';
import type { Web } from '../web';
import { ITSELF, type Listing } from './listing';
import { algorithm, decode } from './jwk';

export const PREFIX = 'did:jwk:';

/** The one verification method that this DID's document lists, for every purpose of signing. */
export function listing(did: string): Listing {
  return { ...ITSELF, methods: [`${did}#0`] };
}

/** The key of `did:jwk:J#0`; throws ProofError with the first code that applies. */
export function key(verificationMethod: string, _web: Web, limits: Limits): Key {
  const at = verificationMethod.indexOf('#');
  const controller = verificationMethod.slice(0, at);
  const encoded = at < 0 ? null : base64url.decode(controller.slice(PREFIX.length), limits.multibaseChars);
  if (!encoded || verificationMethod.slice(at + 1) !== '0') throw new ProofError('MALFORMED_KEY');
  try {
    const value = readJson(encoded, limits);
    const [kind, bytes] = decode(value, limits);
    return { id: verificationMethod, controller, kind, public: bytes, source: 'self', ends: [], algorithm: algorithm(value) };
  } catch (error) {
    throw error instanceof JsonError ? new ProofError('MALFORMED_KEY') : error;
  }
}
