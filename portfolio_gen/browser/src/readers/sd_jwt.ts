/**
 * SD-JWTs (RFC 9901) that are credentials: SD-JWT VCs, by `vct`, and credentials of the W3C data model.
 * docs/verification.md, SD-JWT. What the holder did not disclose is not there; nobody guesses what it would say.
 */
import models from 'virtual:models';

import { PLAIN, type Binding, type Envelope } from '../credential';
import { digest, disclosed, DisclosureError, hashOf, type Disclosed } from '../disclosures';
import { ReadError } from '../errors';
import { isAbsent, isObject, listed, strings, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { JsonError, readJson } from '../strict_json';
import { factsOf } from './facts';
import * as jose from './jose';
import * as jwt from './jwt';
import { VC1_CONTEXT, VC2_CONTEXT } from './recognise';
import { typesOf } from './recognise_objects';
import { isCompact } from './recognise_bytes';
import * as vcJson from './vc_json';

/** The opened credential; throws ReadError. */
export function read(text: string, format: string, limits: Limits): Envelope {
  const [issued, ...texts] = text.split('~') as [string, ...string[]];
  const bound = texts.pop()!;
  const token = jose.compact(issued, limits);
  const payload = jose.payloadOf(token, format, limits);
  return opened(payload, (issuer) => [jose.proofOf(token, issuer)], { issued, texts, bound }, format, limits);
}

/** What is shown of an SD-JWT: the issuer's JWT, the disclosures, and a key binding JWT, or the empty string. */
export interface Shown {
  readonly issued: string;
  readonly texts: readonly string[];
  readonly bound: string;
}

/** What the payload of the issuer's JWT and the disclosures make; throws ReadError. */
export function opened(payload: JsonObject, prove: jwt.Prove, { issued, texts, bound }: Shown, format: string, limits: Limits): Envelope {
  const { payload: document, left } = disclosedIn(payload, texts, format, limits);
  const model = strings(document['@context']).some((context) => context === VC1_CONTEXT || context === VC2_CONTEXT);
  const presents = typesOf(document).includes('VerifiablePresentation');
  const envelope = (presents ? jwt.presentationOf : model ? credential : credentialByType)(document, prove, format, limits);
  return {
    ...envelope,
    withheld: left > 0 && model && !presents,
    status: model && !presents ? entriesIn(payload, envelope) : envelope.status,
    binding: bound ? bindingOf(bound, [issued, ...texts, ''].join('~'), payload, limits) : null,
    notes: { ...envelope.notes, ...(texts.length ? { disclosures: texts.length } : {}), ...(left ? { undisclosed: left } : {}) },
  };
}

function disclosedIn(payload: JsonObject, texts: readonly string[], format: string, limits: Limits): Disclosed {
  try {
    return disclosed(payload, texts, limits);
  } catch (error) {
    throw error instanceof DisclosureError ? new ReadError(error.code, format) : error;
  }
}

function credential(document: JsonObject, prove: jwt.Prove, format: string, limits: Limits): Envelope {
  const issuer = jwt.issuerIn(document, document, '', format);
  return jwt.credentialIn(document, document, '', prove(issuer), issuer, format, limits);
}

/**
 * The status entries that are shown, and one of no type for each that the holder took out of their list. Where none is shown at
 * all, `withheld` says that there may have been some.
 */
function entriesIn({ credentialStatus: signed }: JsonObject, { document, status }: Envelope): Json[] {
  const shown = document['credentialStatus'];
  const taken = Array.isArray(signed) && Array.isArray(shown) && shown.length ? signed.length - shown.length : 0;
  return [...listed(status), ...Array.from({ length: taken }, () => ({}))];
}

/** The envelope of an SD-JWT VC: all that it says are claims. */
function credentialByType(document: JsonObject, prove: jwt.Prove, format: string, limits: Limits): Envelope {
  const { vct, iss } = document;
  if (!vcJson.isText(vct)) throw new ReadError('NOT_A_CREDENTIAL', 'unknown');
  if (!vcJson.isText(iss)) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: ['/iss'] });
  const dated = ['nbf', 'iat', 'exp'].flatMap((name) => (isAbsent(document[name]) ? [] : [[name, jwt.stamped(document[name])]]));
  const facts = factsOf({ ...document, ...(Object.fromEntries(dated) as JsonObject) }, limits.facts, '', models['sd-jwt']);
  return {
    ...PLAIN,
    format,
    document,
    proofs: prove(String(iss)),
    issuer: vcJson.issuerOf(iss, facts),
    facts,
    ...jwt.claimedDates(document),
    status: jwt.mechanisms(document['status']),
  };
}

/** The key binding JWT (RFC 9901, 4.3): by the key that the issuer confirmed, whatever its header says. */
function bindingOf(bound: string, text: string, payload: JsonObject, limits: Limits): Binding {
  const none: jose.Token = { header: {}, data: null, signingInput: new Uint8Array(), signature: new Uint8Array() };
  const token = isCompact(bound, limits) ? jose.compact(bound, limits) : none;
  const confirmed = members(payload['cnf']);
  const { iat, aud, nonce, sd_hash: hash } = claimsOf(token, limits);
  const header = { ...token.header, kid: confirmed['kid'] ?? null, jwk: confirmed['jwk'] ?? null };
  const at = jwt.stamped(iat);
  const { typ } = token.header;
  const fits = typeof typ === 'string' && /^(application\/)?kb\+jwt$/i.test(typ) && hash === digest(text, hashOf(payload));
  const whole = Object.keys(confirmed).length > 0 && at !== false && typeof aud === 'string' && typeof nonce === 'string';
  return { proof: jose.proofOf({ ...token, header }, ''), fits: fits && whole, notes: { boundAt: String(at), boundTo: String(aud) } };
}

function claimsOf({ data }: jose.Token, limits: Limits): JsonObject {
  try {
    return members(readJson(data ?? new Uint8Array(), limits));
  } catch (error) {
    if (error instanceof JsonError) return {};
    throw error;
  }
}

function members(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
