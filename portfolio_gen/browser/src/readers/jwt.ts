/**
 * Credentials and presentations in a JWT: VC-JWT 1.1 (claims `vc` and `vp`) and VC-JOSE (the payload is the document).
 * docs/verification.md, JSON Web Signatures. The claims beside the document are signed too: what they say more is shown,
 * and what they say otherwise is a contradiction.
 */
import models from 'virtual:models';

import { PLAIN, type Dated, type Envelope, type Proof } from '../credential';
import { ReadError } from '../errors';
import { isAbsent, isObject, jcs, listed, strings, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { stamp } from '../numeric_date';
import type { Detail, Fact, Issuer } from '../report';
import { sortByCodePoint } from '../text';
import { instant, SECOND } from '../timestamps';
import * as elm from './elm';
import { factsOf } from './facts';
import { ENDORSING, innerOf, PRESENTED } from './inside';
import * as jose from './jose';
import { VC1_CONTEXT, VC2_CONTEXT } from './recognise';
import { modelOf } from './nested';
import * as vcJson from './vc_json';
import { checkForm, idOf, isText } from './vc_json';

/** Types of what stands for a token, and is no credential itself: nothing reads on in a signed one. */
const ENVELOPES = ['EnvelopedVerifiableCredential', 'EnvelopedVerifiablePresentation'];

/** The signatures as the proofs of a document by an issuer, who is named in the document that they sign. */
export type Prove = (issuer: string) => readonly Proof[];

/** The opened credential; throws ReadError. */
export function read(text: string, format: string, limits: Limits): Envelope {
  const token = jose.compact(text, limits);
  return credentialOf(jose.payloadOf(token, format, limits), (issuer) => [jose.proofOf(token, issuer)], format, limits);
}

/** The opened presentation, with the credentials in it; throws ReadError. */
export function readPresentation(text: string, format: string, limits: Limits): Envelope {
  const token = jose.compact(text, limits);
  return presentationOf(jose.payloadOf(token, format, limits), (holder) => [jose.proofOf(token, holder)], format, limits);
}

/** The credential that a payload holds; throws ReadError. */
export function credentialOf(payload: JsonObject, prove: Prove, format: string, limits: Limits): Envelope {
  const [credential, root] = documentIn(payload, 'vc', ['@context', 'credentialSubject'], format);
  const issuer = issuerIn(payload, credential, root, format);
  return credentialIn(payload, credential, root, prove(issuer), issuer, format, limits);
}

/** The presentation that a payload holds; throws ReadError. */
export function presentationOf(payload: JsonObject, prove: Prove, format: string, limits: Limits): Envelope {
  const [presentation, root] = documentIn(payload, 'vp', ['@context', 'verifiableCredential'], format);
  checkForm(under(root, presentationForm(presentation)), format);
  const named = idOf(presentation['holder']);
  const holder = isAbsent(named) ? payload['iss'] : named;
  const id = typeof holder === 'string' ? holder : '';
  return {
    ...PLAIN,
    format,
    document: payload,
    proofs: prove(id),
    issuer: holderIn(presentation, id),
    facts: factsOf(presentation, limits.facts, root, models['presentation']),
    ...claimedDates(payload),
    inner: innerOf(presentation, PRESENTED, root),
    purpose: 'authentication',
    contradictions: [...namedOtherwise(payload, named, presentation)],
    notes: askedFor(payload),
  };
}

/** The issuer's identifier; throws ReadError for a credential that is none, or that lacks a part. */
export function issuerIn(payload: JsonObject, credential: JsonObject, root: string, format: string): string {
  const contexts = strings(credential['@context']);
  const v2 = contexts.includes(VC2_CONTEXT);
  if (!root && !v2 && !contexts.includes(VC1_CONTEXT)) throw new ReadError('NOT_A_CREDENTIAL', 'unknown');
  if (strings(credential['type']).some((type) => ENVELOPES.includes(type))) throw new ReadError('FORMAT_NOT_SUPPORTED', format);
  const claimed = root !== '' && isAbsent(credential['issuer']) && isText(payload['iss']);
  const form = vcJson.form(credential, v2 ? 'vc2-json' : 'vc1-json');
  checkForm(under(root, claimed ? { ...form, '/issuer': true } : form), format);
  return String(claimed ? payload['iss'] : idOf(credential['issuer']));
}

/** The envelope of a credential at the pointer `root` of a payload, whose form is right. */
export function credentialIn(payload: JsonObject, credential: JsonObject, root: string, proofs: readonly Proof[], issuer: string, format: string, limits: Limits): Envelope {
  const facts = factsIn(payload, credential, root, limits);
  const own = vcJson.datesOf(credential, root);
  const claimed = claimedDates(payload);
  return {
    ...PLAIN,
    format,
    document: payload,
    proofs,
    issuer: vcJson.issuerOf(issuer, facts),
    facts,
    starts: [...own.starts, ...(elm.isEuropean(credential) ? elm.startsOf(credential, root) : []), ...claimed.starts],
    ends: [...own.ends, ...claimed.ends],
    status: statusOf(payload, credential, root),
    inner: innerOf(credential, ENDORSING, root),
    contradictions: [...contradictions(payload, credential, root)],
  };
}

/** The ways in which it may be withdrawn: the credential's, and those of the claim `status` of its JWT. */
function statusOf({ status }: JsonObject, credential: JsonObject, root: string): Json[] {
  const european = elm.isEuropean(credential);
  const own = european ? elm.statusOf(credential) : (credential['credentialStatus'] ?? []);
  return [...listed(own), ...(isObject(status) && !(european && root === '') ? mechanisms(status) : [])];
}

/**
 * The claim `status` of a JWT as status entries, each with the name of its mechanism as the type. The names are those of the
 * registry that Token Status List, 14.2, sets up. What is no object has no name.
 */
export function mechanisms(claim: Json | undefined): Json[] {
  if (isAbsent(claim)) return [];
  const named = isObject(claim) ? Object.entries(claim).map(([type, status]) => ({ type, status })) : [];
  return named.length ? named : [{}];
}

/** The credential or presentation in a payload, and its pointer; throws ReadError where there are two. */
function documentIn(payload: JsonObject, claim: string, beside: readonly string[], format: string): [document: JsonObject, root: string] {
  const inside = payload[claim];
  if (isAbsent(inside)) return [payload, ''];
  if (!isObject(inside) || beside.some((name) => !isAbsent(payload[name]))) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: [`/${claim}`] });
  return [inside, `/${claim}`];
}

/** The same answers, by pointers into the payload. */
function under(root: string, form: Record<string, boolean>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(form).map(([pointer, fine]) => [root + pointer, fine]));
}

function presentationForm(presentation: JsonObject): Record<string, boolean> {
  const [first] = listed(presentation['@context'] ?? null);
  const types = listed(presentation['type'] ?? null);
  const { holder, verifiableCredential: held } = presentation;
  return {
    '/@context': first === VC1_CONTEXT || first === VC2_CONTEXT,
    '/type': types.every((type) => typeof type === 'string') && types.includes('VerifiablePresentation'),
    '/holder': isAbsent(holder) || isText(idOf(holder)),
    '/verifiableCredential': isAbsent(held) || listed(held).every((one) => isText(one) || isObject(one)),
  };
}

/** Who presents; null where nobody is named. */
function holderIn({ holder }: JsonObject, id: string): Issuer | null {
  const name = isObject(holder) ? holder['name'] : null;
  return id ? { id, name: typeof name === 'string' ? name : null, lists: [] } : null;
}

/** What a presentation was made for: it says whom it was shown to, not that it is shown to them now. */
function askedFor({ nonce, aud }: JsonObject): Detail {
  const audience = sortByCodePoint(strings(aud));
  return { ...(typeof nonce === 'string' && nonce ? { nonce } : {}), ...(audience.length ? { audience } : {}) };
}

/** What the registered claims say of the start and of the end. */
export function claimedDates(payload: JsonObject): { starts: Dated[]; ends: Dated[] } {
  const dated = (names: string[]): Dated[] =>
    names.flatMap((name) => (isAbsent(payload[name]) ? [] : [[`/${name}`, stamped(payload[name])] as const]));
  return { starts: dated(['nbf', 'iat']), ends: dated(['exp']) };
}

/** A NumericDate as a dateTimeStamp, and false, which is none, for anything else (RFC 7519, 2). */
export function stamped(claim: Json | undefined): string | false {
  return typeof claim === 'number' ? stamp(claim) : false;
}

/** The credential's facts, and those of claims that say what the credential does not. */
function factsIn(payload: JsonObject, credential: JsonObject, root: string, limits: Limits): Fact[] {
  const states = (...names: string[]) => names.some((name) => !isAbsent(credential[name]));
  const said = {
    iss: states('issuer'),
    jti: states('id'),
    sub: subjectsOf(credential).length > 0,
    nbf: states('validFrom', 'issuanceDate'),
    exp: states('validUntil', 'expirationDate'),
  };
  const claims: JsonObject = {};
  for (const [name, twice] of Object.entries(said)) {
    const claim = payload[name];
    if (!twice && !isAbsent(claim)) claims[name] = name === 'nbf' || name === 'exp' ? stamped(claim) : claim;
  }
  const facts = elm.isEuropean(credential) ? elm.factsOf(credential, limits.facts, root) : factsOf(credential, limits.facts, root, modelOf(credential));
  return [...facts, ...factsOf(claims, limits.facts, '', models['jwt'])].slice(0, limits.facts);
}

/** The subjects' identifiers, of those that have one. */
function subjectsOf({ credentialSubject }: JsonObject): Json[] {
  return listed(credentialSubject ?? null).map(idOf).flatMap((id) => (isAbsent(id) ? [] : [id]));
}

/** The claims that say something else than the credential (VC data model 1.1, 6.3.1; VC-JOSE, 3.1.1). */
function* contradictions(payload: JsonObject, credential: JsonObject, root: string): Generator<string> {
  yield* namedOtherwise(payload, idOf(credential['issuer']), credential);
  const { sub } = payload;
  const subjects = subjectsOf(credential);
  const other = typeof sub === 'string' ? subjects.length > 0 && !subjects.includes(sub) : !isAbsent(sub) && !same(sub, credential['credentialSubject']!);
  if (other) yield '/sub';
  if (!root) return;
  if (['validFrom', 'issuanceDate'].some((name) => apart(payload['nbf'], credential[name]))) yield '/nbf';
  if (['validUntil', 'expirationDate'].some((name) => apart(payload['exp'], credential[name]))) yield '/exp';
}

function* namedOtherwise({ iss, jti }: JsonObject, issuer: Json | undefined, document: JsonObject): Generator<string> {
  if (!isAbsent(iss) && !isAbsent(issuer) && !same(iss, issuer)) yield '/iss';
  const { id } = document;
  if (!isAbsent(jti) && !isAbsent(id) && !same(jti, id)) yield '/jti';
}

function same(a: Json, b: Json): boolean {
  return jcs(a) === jcs(b);
}

/** Whether a NumericDate and a dateTimeStamp are more than a second apart. Step 3 looks at what is neither. */
function apart(claim: Json | undefined, date: Json | undefined): boolean {
  const [a, b] = [stamped(claim), date].map((text) => (typeof text === 'string' ? instant(text) : null));
  if (isAbsent(a) || isAbsent(b)) return false;
  return a > b + SECOND || b > a + SECOND;
}
