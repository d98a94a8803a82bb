/** did:key: the identifier is the key (the did:key method, 3.1). */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import type { Web } from '../web';
import { ITSELF, type Listing } from './listing';
import { decode } from './multikey';

export const PREFIX = 'did:key:';

/**
 * The one verification method that this DID's document lists, for every purpose of signing. The DID by itself names it
 * too: the Recommendations' own samples do.
 */
export function listing(did: string): Listing {
  return { ...ITSELF, methods: [`${did}#${did.slice(PREFIX.length)}`, ...(did.includes('#') ? [] : [did])] };
}

/** The key of `did:key:M#M` or `did:key:M`; throws ProofError with the first code that applies. */
export function key(verificationMethod: string, _web: Web, limits: Limits): Key {
  const at = verificationMethod.indexOf('#');
  const controller = at < 0 ? verificationMethod : verificationMethod.slice(0, at);
  const fragment = at < 0 ? controller.slice(PREFIX.length) : verificationMethod.slice(at + 1);
  if (controller !== PREFIX + fragment) throw new ProofError('MALFORMED_KEY');
  const [kind, bytes] = decode(fragment, limits);
  return { id: verificationMethod, controller, kind, public: bytes, source: 'self', ends: [] };
}
