/**
 * Identifiers whose document has to be looked up: `web` answers for them, or nobody (DESIGN 2.3).
 *
 * A document is a DID document or another controlled identifier document (Controlled Identifiers 1.0, 2): it lists
 * verification methods, and which of them are for what. did:web documents are asked for under their DID or their address.
 */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { decode } from '../multibase';
import { JsonError, readJson } from '../strict_json';
import type { Answer, Web } from '../web';
import * as jwk from './jwk';
import type { Listing } from './listing';
import * as pem from './pem';
import { decode as multikey, type Decoded } from './multikey';

const PURPOSES = ['assertionMethod', 'authentication', 'keyAgreement', 'capabilityInvocation', 'capabilityDelegation'];
const ENCODINGS = ['publicKeyMultibase', 'publicKeyJwk', 'publicKeyBase58', 'publicKeyPem'];
/** What a bare key in `publicKeyBase58` is, by the type of its verification method: nothing in it says so. */
const BASE58_KINDS: ReadonlyMap<Json, string> = new Map<Json, string>([
  ['Ed25519VerificationKey2018', 'ed25519-pub'],
  ['Ed25519VerificationKey2020', 'ed25519-pub'],
  ['EcdsaSecp256k1VerificationKey2019', 'secp256k1-pub'],
]);
/** Not a purpose, but where a profile of Open Badges 2.0 lists its keys: they are for signing badges. */
const PROFILE = 'publicKey';
const DID_WEB = 'did:web:';

interface Found {
  readonly document: JsonObject;
  readonly source: Answer['source'];
  readonly at: string;
}

/** What the identifier's document lists for `purpose`; null where that document is not known here. */
export function listing(identifier: string, purpose: string, web: Web, limits: Limits): Listing | null {
  const found = answerFor(identifier, web, limits);
  if (found?.document['id'] !== identifier) return null;
  const { document, source, at } = found;
  const stated = purpose === PROFILE || PURPOSES.some((name) => !isAbsent(document[name]));
  const entries: Json[] = stated ? items(document[purpose]) : methodsIn(document);
  const names = entries.map((entry) => (isObject(entry) ? entry['id'] : entry)).filter((name) => typeof name === 'string');
  return { methods: names.map((name) => absolute(name, identifier)), source, at, stated };
}

/** The key of a verification method in a document that is known here; throws ProofError, `KEY_NOT_RESOLVED` where there is none. */
export function key(verificationMethod: string, web: Web, limits: Limits): Key {
  const at = verificationMethod.indexOf('#');
  const identifier = at < 0 ? verificationMethod : verificationMethod.slice(0, at);
  const found = answerFor(verificationMethod, web, limits) ?? answerFor(identifier, web, limits);
  if (!found) return fromFragment(verificationMethod, identifier, at < 0 ? '' : verificationMethod.slice(at + 1), limits);
  for (const method of [found.document, ...methodsIn(found.document)]) {
    const name = method['id'];
    const holds = ENCODINGS.some((encoding) => !isAbsent(method[encoding]));
    if (typeof name === 'string' && absolute(name, identifier) === verificationMethod && holds) {
      return keyOf(verificationMethod, method, found, limits);
    }
  }
  throw new ProofError('KEY_NOT_RESOLVED');
}

/** The key that the fragment of an unanswered address spells: it came only with the document (rule 6). */
function fromFragment(id: string, controller: string, fragment: string, limits: Limits): Key {
  try {
    const [kind, bytes] = multikey(fragment, limits);
    return { id, controller, kind, public: bytes, source: 'document', ends: [] };
  } catch (error) {
    throw error instanceof ProofError ? new ProofError('KEY_NOT_RESOLVED') : error;
  }
}

function keyOf(id: string, method: JsonObject, { source }: Found, limits: Limits): Key {
  const [kind, bytes] = decoded(method, limits);
  const controller = isAbsent(method['controller']) ? method['owner'] : method['controller'];
  const ends = ['revoked', 'expires'].map((name) => method[name]).filter((value) => typeof value === 'string');
  const algorithm = jwk.algorithm(method['publicKeyJwk']);
  return { id, controller: typeof controller === 'string' ? controller : '', kind, public: bytes, source, ends, algorithm };
}

/** Kind and bytes of the key in a verification method, which must hold one in one encoding. */
function decoded(method: JsonObject, limits: Limits): Decoded {
  if (ENCODINGS.filter((name) => !isAbsent(method[name])).length !== 1) throw new ProofError('MALFORMED_KEY');
  const { publicKeyBase58, publicKeyJwk, publicKeyMultibase, publicKeyPem } = method;
  if (!isAbsent(publicKeyJwk)) return jwk.decode(publicKeyJwk, limits);
  if (typeof publicKeyMultibase === 'string') return multikey(publicKeyMultibase, limits);
  if (typeof publicKeyPem === 'string') return pem.decode(publicKeyPem, limits);
  if (typeof publicKeyBase58 === 'string') return fromBase58(method['type'], publicKeyBase58, limits);
  throw new ProofError('KEY_TYPE_NOT_SUPPORTED');
}

/** The key of a method of an older type (Security Vocabulary, publicKeyBase58): base58btc without a prefix. */
function fromBase58(type: Json | undefined, text: string, limits: Limits): Decoded {
  const [kind, ...more] = new Set(items(type).flatMap((name) => BASE58_KINDS.get(name) ?? []));
  if (!kind || more.length) throw new ProofError('KEY_TYPE_NOT_SUPPORTED');
  const bytes = decode(`z${text}`, limits);
  if (!bytes || (kind === 'ed25519-pub' && bytes.length !== 32)) throw new ProofError('MALFORMED_KEY');
  return [kind, bytes];
}

/** Every verification method that stands in a document, in its lists of them or under a purpose. */
function methodsIn(document: JsonObject): JsonObject[] {
  return ['verificationMethod', 'publicKey', ...PURPOSES].flatMap((name) => items(document[name])).filter(isObject);
}

function absolute(name: string, identifier: string): string {
  return name.startsWith('#') ? identifier + name : name;
}

function items(value: Json | undefined): Json[] {
  return isAbsent(value) ? [] : listed(value);
}

/** The JSON object that `web` has for an address, as far as it has one that can be read. */
export function answerFor(address: string, web: Web, limits: Limits): Found | null {
  const found = web.get(address) ?? (address.startsWith(DID_WEB) ? web.get(didWebAddress(address)) : undefined);
  if (!found || found.status !== 200 || found.bytes.length > limits.fileBytes) return null;
  try {
    const document = readJson(found.bytes, limits);
    return isObject(document) ? { document, source: found.source, at: found.at } : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

/** The https address of a did:web document (the did:web method, 2.5.2): a port's colon is escaped. */
export function didWebAddress(did: string): string {
  const [host = '', ...path] = did.slice(DID_WEB.length).split(':');
  return `https://${host.replace(/%3a/gi, ':')}/${path.length ? path.join('/') : '.well-known'}/did.json`;
}
