/** did:key: the identifier is the key (the did:key method, 3.1). Other kinds of key than Ed25519: multikey.ts, in chunks. */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import { decode } from '../multibase';
import type { Web } from '../web';
import { ITSELF, type Listing } from './listing';

export const PREFIX = 'did:key:';

/**
 * The one verification method that this DID's document lists, for every purpose of signing. The DID by itself names it
 * too: the Recommendations' own samples do.
 */
export function listing(did: string): Listing {
  return { ...ITSELF, methods: [`${did}#${did.slice(PREFIX.length)}`, ...(did.includes('#') ? [] : [did])] };
}

/** The key of `did:key:M#M` or `did:key:M`; throws ProofError with the first code that applies. */
export async function key(verificationMethod: string, _web: Web, limits: Limits): Promise<Key> {
  const at = verificationMethod.indexOf('#');
  const controller = at < 0 ? verificationMethod : verificationMethod.slice(0, at);
  const fragment = at < 0 ? controller.slice(PREFIX.length) : verificationMethod.slice(at + 1);
  if (controller !== PREFIX + fragment) throw new ProofError('MALFORMED_KEY');
  const bytes = decode(fragment, limits);
  const isEd25519 = bytes?.length === 34 && bytes[0] === 0xed && bytes[1] === 0x01;
  const [kind, own] = isEd25519 ? ['ed25519-pub', bytes.slice(2)] : (await import('./multikey')).decode(fragment, limits);
  return { id: verificationMethod, controller, kind, public: own, source: 'self', ends: [] };
}
