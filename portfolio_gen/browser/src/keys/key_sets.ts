/**
 * JSON Web Key Sets of issuers at https addresses (SD-JWT VC, JWT VC Issuer Metadata; RFC 7517, 5). `web` answers for them as
 * for documents. An issuer whose own document says which keys are its own needs no set.
 */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { sortByCodePoint } from '../text';
import type { Answer, Web } from '../web';
import * as documents from './documents';
import { answerFor } from './documents';
import * as jwk from './jwk';
import type { Listing } from './listing';

/** What the metadata's keys are for: to issue credentials. */
const PURPOSE = 'assertionMethod';

const ADDRESS = /^(https:\/\/[^/?#]+)(\/[^?#]*)?$/;

/** Keys by the verification method that each is, and where they are from, and when. */
interface KeySet {
  readonly keys: ReadonlyMap<string, Json>;
  readonly source: Answer['source'];
  readonly at: string;
}

/** What the identifier's document lists, else its key set; null where neither says anything of keys. */
export function listing(identifier: string, purpose: string, web: Web, limits: Limits): Listing | null {
  const known = documents.listing(identifier, purpose, web, limits);
  if (known && (known.methods.length || known.stated)) return known;
  const found = purpose === PURPOSE ? keySet(identifier, web, limits) : null;
  return found && { methods: [...found.keys.keys()], source: found.source, at: found.at, stated: true };
}

/**
 * The key of a verification method: in a document, in its issuer's set, or a bare one at its own address, which nobody says to
 * be an issuer's (Open Badges 3.0, 8.2: `kid` as an address); throws ProofError, `KEY_NOT_RESOLVED` where there is none.
 */
export function key(verificationMethod: string, web: Web, limits: Limits): Key {
  const identifier = verificationMethod.split('#')[0]!;
  const known = documents.listing(identifier, PURPOSE, web, limits);
  const found = known && (known.methods.length || known.stated) ? null : keySet(identifier, web, limits);
  const listed = found?.keys.get(verificationMethod);
  if (listed === null) throw new ProofError('KEY_NOT_RESOLVED');
  if (found && listed !== undefined) return keyOf(verificationMethod, identifier, listed, found.source, limits);
  const bare = answerFor(verificationMethod, web, limits);
  if (bare && !isAbsent(bare.document['kty'])) return keyOf(verificationMethod, null, bare.document, bare.source, limits);
  return documents.key(verificationMethod, web, limits);
}

function keyOf(id: string, controller: string | null, value: Json, source: Answer['source'], limits: Limits): Key {
  const [kind, bytes] = jwk.decode(value, limits);
  return { id, controller, kind, public: bytes, source, ends: [], algorithm: jwk.algorithm(value) };
}

/** The keys that the issuer's metadata holds, or names; null where it holds none, or two sets. */
function keySet(identifier: string, web: Web, limits: Limits): KeySet | null {
  const address = ADDRESS.exec(identifier);
  const place = address && `${address[1]}/.well-known/jwt-vc-issuer${(address[2] ?? '').replace(/\/$/, '')}`;
  const metadata = place ? answerFor(place, web, limits) : null;
  if (metadata?.document['issuer'] !== identifier) return null;
  const { jwks, jwks_uri: elsewhere } = metadata.document;
  if (isAbsent(jwks) === isAbsent(elsewhere)) return null;
  const other = typeof elsewhere === 'string' && elsewhere.startsWith('https://') ? answerFor(elsewhere, web, limits) : null;
  const whole: Json | undefined = other ? other.document : jwks;
  const keys = isObject(whole) ? whole['keys'] : null;
  return Array.isArray(keys) ? named(keys, identifier, other ? [metadata, other] : [metadata]) : null;
}

interface Found {
  readonly document: JsonObject;
  readonly source: Answer['source'];
  readonly at: string;
}

/** The keys by name, null for a name that several have. Whoever names none means the only key, if it is one. */
function named(keys: readonly Json[], identifier: string, answers: readonly Found[]): KeySet {
  const found = new Map<string, Json>();
  for (const value of keys) {
    for (const name of [nameOf(value, identifier), `${identifier}#`]) if (name) found.set(name, found.has(name) ? null : value);
  }
  const [copy] = sortByCodePoint(answers.flatMap(({ source, at }) => (source === 'copy' ? [at] : [])));
  return { keys: found, source: copy === undefined ? 'live' : 'copy', at: copy ?? answers[0]!.at };
}

/** The verification method that a header with this key's `kid` names. */
function nameOf(value: Json, identifier: string): string | null {
  const kid = isObject(value) ? value['kid'] : null;
  if (typeof kid !== 'string' || !kid) return null;
  return /^(did:|https?:\/\/)/.test(kid) ? kid : `${identifier}#${kid.replace(/^#/, '')}`;
}
