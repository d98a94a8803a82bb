/**
 * A DID or key URL to a Key. DID_METHODS has one row for each kind of identifier whose keys can be found here.
 * Nothing is fetched: what would have to be looked up is answered by `web` (DESIGN 2.3), or is not known.
 */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Web } from '../web';
import { key, listing as listingOfKey, PREFIX } from './did_key';
import { checkPoint } from './edwards';
import type { Listing } from './listing';

export type { Listing };

/** A kind of identifier: which verification methods its document lists for a purpose, and the key behind one. */
interface Method {
  listing(identifier: string, purpose: string, web: Web, limits: Limits): Listing | null;
  key(verificationMethod: string, web: Web, limits: Limits): Key | Promise<Key>;
}

/** Every kind of key but did:key's Ed25519 is a chunk of its own, loaded when a credential needs it. */
const more = () => import('./more');

/** The first row whose beginning matches. */
const DID_METHODS: ReadonlyMap<string, () => Method | Promise<Method>> = new Map<string, () => Method | Promise<Method>>([
  [PREFIX, () => ({ listing: listingOfKey, key })],
  ['did:jwk:', async () => (await more()).didJwk],
  ['did:', async () => (await more()).documents],
  ['https://', async () => (await more()).keySets],
  ['http://', async () => (await more()).documents],
]);

/** What the identifier's own document lists for `purpose`; null where that document is not known. */
export async function listing(identifier: string, purpose: string, web: Web, limits: Limits): Promise<Listing | null> {
  return (await methodOf(identifier))?.listing(identifier, purpose, web, limits) ?? null;
}

/** The key that a proof names; throws ProofError, `KEY_NOT_RESOLVED` for one that is not known here. */
export async function resolve(verificationMethod: string, web: Web, limits: Limits): Promise<Key> {
  const method = await methodOf(verificationMethod);
  if (!method) throw new ProofError('KEY_NOT_RESOLVED');
  return method.key(verificationMethod, web, limits);
}

/** The key that came only with the document, in the header of its JWS (DESIGN rule 6); throws ProofError. */
export async function brought(header: JsonObject, limits: Limits): Promise<Key> {
  return (await more()).brought(header, limits);
}

/**
 * Throw ProofError, `MALFORMED_KEY` or `WEAK_KEY`, for bytes that are no key of their kind, or none to rely on. Whether an
 * Ed25519 key is a point of its curve, a signature that verifies says by itself; for one that does not, ask `checkOnCurve`.
 */
export async function check(key: Key): Promise<void> {
  if (key.kind === 'ed25519-pub') checkPoint(key.public);
  else await (await more()).check(key);
}

/** Throw ProofError `MALFORMED_KEY` for an Ed25519 key that is no point of its curve. */
export async function checkOnCurve({ kind, public: bytes }: Key): Promise<void> {
  if (kind === 'ed25519-pub') (await import('./on_curve')).checkOnCurve(bytes);
}

async function methodOf(identifier: string): Promise<Method | null> {
  for (const [prefix, method] of DID_METHODS) if (identifier.startsWith(prefix)) return method();
  return null;
}
