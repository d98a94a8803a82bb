/**
 * Step 5: is a credential made out to an identifier that somebody declared as theirs? Never part of the verdict. What was
 * declared stays here: the answer names a kind and a hash algorithm, and no identifier. A chunk of its own.
 */
import results from 'virtual:recipient';

import { digest, hex } from './bytes';
import type { Envelope } from './credential';
import { ProofError } from './errors';
import { isAbsent, isObject, listed, strings, type Json, type JsonObject } from './json';
import * as keys from './keys';
import type { Limits } from './limits';
import type { Check, Detail } from './report';
import { sortedSet, utf8 } from './text';
import type { Holders } from './verifier';

type Answer = readonly [code: string, detail: Detail];

export const KINDS = ['email', 'did', 'url', 'phone', 'name', 'id'] as const;
/** Kinds of which a person declares all: another of them is somebody else's. There are many kinds of `id`. */
const EXCLUSIVE = ['email', 'did', 'url', 'phone'];

const HASHED = /^(sha256|md5)\$([0-9A-Fa-f]+)$/;
const DIGITS: Readonly<Record<string, number>> = { sha256: 64, md5: 32 };
const SCHEMES = [['mailto:', 'email'], ['tel:', 'phone'], ['did:', 'did'], ['http:', 'url'], ['https:', 'url']] as const;
const EMAIL = /^[^ \t\n\r\f\v@]+@[^ \t\n\r\f\v@]+$/;
const TYPES: ReadonlyMap<string, string> = new Map([['emailAddress', 'email'], ['name', 'name']]);
const RECIPIENT_TYPES: ReadonlyMap<string, string> = new Map([['email', 'email'], ['url', 'url'], ['telephone', 'phone']]);

/**
 * One identifier of whom a credential is about. `kind` is empty where the credential states none, `key` for a JSON Web Key;
 * `value` is null for what cannot be compared, and with an `algorithm` a hash in lower-case hexadecimal.
 */
interface Identity {
  readonly kind: string;
  readonly value: string | JsonObject | null;
  readonly algorithm?: string;
  readonly salt?: string;
}

/** The check of a file (null: it could not be read), whose check `signature` came to this. */
export async function check(envelope: Envelope | null, { result }: Check, holders: Holders, limits: Limits): Promise<Check> {
  const declared = new Declared(holders);
  if (!declared.texts.length) return said('NOT_ASKED');
  if (!envelope) return said('NOT_READ');
  if (result === 'fail') return said('SIGNATURE_FIRST');
  return said(...(await answerOf(envelope, declared, limits)));
}

function said(code: string, detail: Detail = {}): Check {
  const result = results[code]!;
  return Object.keys(detail).length ? { result, code, detail } : { result, code };
}

async function answerOf(envelope: Envelope, declared: Declared, limits: Limits): Promise<Answer> {
  if (envelope.format === 'archive' || envelope.purpose === 'authentication') return ['NOT_MADE_OUT', {}];
  const credential = credentialIn(envelope.document);
  if (strings(credential['type']).includes('EndorsementCredential')) return ['NOT_MADE_OUT', {}];
  const subjects = subjectsOf(envelope.document, credential, limits).map((identities) => [...identities]);
  if (subjects.flat().length > limits.identities) return ['TOO_MANY_IDENTITIES', {}];
  const answers: Answer[] = [];
  for (const identities of subjects) answers.push(await about(identities, declared, limits));
  return together(answers);
}

function together(answers: readonly Answer[]): Answer {
  const matching = answers.filter(([code]) => code === 'MATCH');
  if (matching.length) return matching.length === answers.length ? matching[0]! : ['ONE_OF_SEVERAL', matching[0]![1]];
  for (const code of ['OTHER', 'NOT_COMPARABLE']) {
    const found = answers.filter(([one]) => one === code).flatMap(([, { kinds }]) => kinds as readonly string[]);
    if (found.length) return [code, { kinds: sortedSet(found) }];
  }
  return ['NO_SUBJECT', {}];
}

/** The answer for one subject. */
async function about(identities: readonly Identity[], declared: Declared, limits: Limits): Promise<Answer> {
  if (!identities.length) return ['NO_SUBJECT', {}];
  const kinds = { kinds: sortedSet(identities.map(({ kind }) => kind || 'unstated')) };
  const isName = ({ kind }: Identity): boolean => kind === 'name';
  const parts = [{ of: identities.filter((one) => !isName(one)), exclusive: EXCLUSIVE }, { of: identities.filter(isName), exclusive: ['name'] }];
  for (const { of, exclusive } of parts) {
    for (const one of of) {
      const kind = await declared.match(one, limits);
      if (kind) return ['MATCH', one.algorithm ? { kind, hashed: one.algorithm } : { kind }];
    }
    if (of.some(({ kind, value }) => exclusive.includes(kind) && value !== null && declared.ofKind(kind).length)) return ['OTHER', kinds];
  }
  return ['NOT_COMPARABLE', kinds];
}

/** Identifiers that somebody says are theirs: neither blank, nor with a lone surrogate, which has no UTF-8. */
class Declared {
  readonly texts: readonly (readonly [kind: string, text: string])[];

  constructor(holders: Holders) {
    const rows = KINDS.flatMap((kind) => (holders[kind] ?? []).map((text) => [kind, stripped(text)] as const));
    this.texts = rows.filter(([, text]) => text && !/\p{Surrogate}/u.test(text));
  }

  /** Those of one kind; of every kind for an identity that states none. */
  ofKind(kind: string): Declared['texts'] {
    return this.texts.filter(([own]) => kind === '' || kind === own);
  }

  /** The kind of what was declared and is this identity; empty if nothing is. */
  async match(one: Identity, limits: Limits): Promise<string> {
    const { kind, value } = one;
    if (isObject(value)) {
      for (const [, text] of this.ofKind('did')) if (await isKey(text, value, limits)) return 'key';
    } else if (value !== null) {
      for (const [own, text] of this.ofKind(kind)) {
        if (one.algorithm ? await isHashed(own, text, one) : normal(own, text) === normal(own, value)) return own;
      }
    }
    return '';
  }
}

async function isHashed(kind: string, text: string, { algorithm, salt, value }: Identity): Promise<boolean> {
  const spelt = new Set([text]);
  if (kind === 'email') {
    const plain = without(text, 'mailto:');
    const at = plain.lastIndexOf('@') + 1;
    spelt.add(plain).add(lower(plain)).add(plain.slice(0, at) + lower(plain.slice(at)));
  }
  for (const spelling of spelt) if (hex(await hash(algorithm!, utf8(spelling + salt))) === value) return true;
  return false;
}

async function hash(algorithm: string, bytes: Uint8Array): Promise<Uint8Array> {
  return algorithm === 'sha256' ? digest('sha256', bytes) : (await import('@noble/hashes/legacy.js')).md5(bytes);
}

/** Whether a DID that is a key is this JSON Web Key. */
async function isKey(did: string, jwk: JsonObject, limits: Limits): Promise<boolean> {
  if (!/^did:(key|jwk):/.test(did)) return false;
  const method = did.startsWith('did:key:') ? `${did}#${did.slice('did:key:'.length)}` : `${did}#0`;
  try {
    const [own, other] = [await keys.resolve(method, new Map(), limits), await keys.brought({ jwk }, limits)];
    return own.kind === other.kind && hex(own.public) === hex(other.public);
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
}

function normal(kind: string, text: string): string {
  const plain = stripped(text);
  if (kind === 'email') return lower(without(plain, 'mailto:'));
  if (kind === 'phone') return without(plain, 'tel:').replace(/[ ().-]/g, '');
  return kind === 'name' ? lower(plain.normalize('NFC').replace(/[ \t\n\r\f\v]+/g, ' ')) : plain;
}

function stripped(text: string): string {
  return text.replace(/^[ \t\n\r\f\v]+/, '').replace(/[ \t\n\r\f\v]+$/, '');
}

/** Text in ASCII lower case: elsewhere other letters become the same (U+212A becomes k). */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function without(text: string, prefix: string): string {
  return lower(text).startsWith(prefix) ? text.slice(prefix.length) : text;
}

// What credentials say.

function credentialIn(document: JsonObject): JsonObject {
  const inside = document['vc'];
  return isObject(inside) && isAbsent(document['credentialSubject']) ? inside : document;
}

/** The identities of each subject. */
function subjectsOf(document: JsonObject, credential: JsonObject, limits: Limits): Identity[][] {
  const subject = credential['credentialSubject'] ?? null;
  if (subject === null) return [isAbsent(document['vct']) ? recipient(document, limits) : claims(document)];
  const subjects = listed(subject);
  return subjects.map((one) => [...subjectIn(one, limits), ...(subjects.length === 1 ? beside(document) : [])]);
}

/** What a JWT says beside its credential of the one subject: the claims `sub` and `cnf` (RFC 7519, RFC 7800). */
function beside(document: JsonObject): Identity[] {
  const confirmed = document['cnf'];
  if (!isObject(confirmed)) return schemed(document['sub']);
  const { kid, jwk } = confirmed;
  const named = typeof kid === 'string' && kid.startsWith('did:') ? [{ kind: 'did', value: kid.split('#')[0]! }] : [];
  return [...schemed(document['sub']), ...named, ...(isObject(jwk) ? [{ kind: 'key', value: jwk }] : [])];
}

/** What the claims of an SD-JWT VC say; `name` is as often that of what was achieved. */
function claims(document: JsonObject): Identity[] {
  return [...beside(document), ...plainly('email', document['email']), ...names(document, [], ['given_name', 'family_name'])];
}

function subjectIn(subject: Json, limits: Limits): Identity[] {
  if (!isObject(subject)) return schemed(subject);
  const objects = (name: string, of: JsonObject = subject): JsonObject[] => listed(of[name] ?? null).filter(isObject);
  const stating = objects('identifier').flatMap(({ identityHash, identityType, hashed, salt }) => {
    const [type] = strings(identityType);
    return isAbsent(identityHash) ? [] : stated(type === undefined ? null : (TYPES.get(type) ?? 'id'), identityHash, hashed, salt, limits);
  });
  const noted = [...objects('identifier'), ...objects('nationalID')].flatMap(({ notation }) => plainly('id', notation));
  const addresses = objects('contactPoint').flatMap((point) => listed(point['emailAddress'] ?? null));
  return [
    ...schemed(subject['id']),
    ...stating,
    ...noted,
    ...plainly('email', subject['email']),
    ...addresses.flatMap((address) => plainly('email', isObject(address) ? address['id'] : address)),
    ...names(subject, ['name', 'fullName'], ['givenName', 'familyName']),
  ];
}

function recipient(document: JsonObject, limits: Limits): Identity[] {
  const { recipient: one, recipientProfile: profile, salt } = document;
  const named = isObject(profile) ? names(profile, ['name'], []) : [];
  if (typeof one === 'string') return [...stated(null, one, HASHED.test(one) || null, salt, limits), ...named];
  if (!isObject(one)) return named;
  const kind = strings(one['type']).flatMap((type) => RECIPIENT_TYPES.get(type) ?? [])[0] ?? null;
  return [...stated(kind, one['identity'], one['hashed'], one['salt'], limits), ...named];
}

/** An identifier that is hashed or not, of a kind that is stated or not (Open Badges 2.0 and 3.0). */
function stated(kind: string | null, value: Json | undefined, hashed: Json | undefined, salt: Json | undefined, limits: Limits): Identity[] {
  const none: Identity = { kind: kind ?? '', value: null };
  if (typeof value !== 'string') return isAbsent(value) ? [] : [none];
  const [, algorithm, digits = ''] = HASHED.exec(value) ?? [];
  if (hashed === true && algorithm && digits.length === DIGITS[algorithm] && isSalt(salt, limits)) {
    return [{ kind: none.kind, value: lower(digits), algorithm, salt: (salt as string | null) ?? '' }];
  }
  if (algorithm || !(isAbsent(hashed) || hashed === false)) return [none];
  return kind ? plainly(kind, value) : schemed(value);
}

function isSalt(salt: Json | undefined, limits: Limits): boolean {
  return isAbsent(salt) || (typeof salt === 'string' && utf8(salt).length <= limits.saltBytes);
}

/** An identifier whose kind its scheme says. */
function schemed(value: Json | undefined): Identity[] {
  if (typeof value !== 'string') return [];
  const text = stripped(value);
  const kind = SCHEMES.find(([scheme]) => lower(text).startsWith(scheme))?.[1];
  return plainly(kind ?? (EMAIL.test(text) ? 'email' : 'id'), text);
}

function plainly(kind: string, value: Json | undefined): Identity[] {
  return typeof value === 'string' && normal(kind, value) ? [{ kind, value }] : [];
}

function names(person: JsonObject, whole: readonly string[], parts: readonly string[]): Identity[] {
  const [first = [], last = []] = parts.map((name) => texts(person[name]));
  const joined = first.flatMap((given) => last.map((family) => `${given} ${family}`));
  return [...whole.flatMap((name) => texts(person[name])), ...joined].flatMap((text) => plainly('name', text));
}

/** The texts of a string, of a list, and of an object by language. */
function texts(value: Json | undefined): string[] {
  return isObject(value) ? Object.values(value).flatMap(strings) : strings(value);
}
