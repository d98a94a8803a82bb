/**
 * Open Badges before 3.0: assertions that are hosted (JSON) or signed (a JWS around the JSON).
 * A badge names its class, and the class its issuer; where these are addresses, ../open_badges.ts follows them.
 */
import models from 'virtual:models';

import { PLAIN, type Dated, type Envelope } from '../credential';
import { ReadError } from '../errors';
import { isAbsent, isObject, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { stamp } from '../numeric_date';
import { factsOf } from './facts';
import * as jose from './jose';
import { isText } from './vc_json';

/** The member of an issuer's profile that lists its keys (Open Badges 2.0, Profile). */
const PURPOSE = 'publicKey';

/** An assertion that nobody signed; throws ReadError `MALFORMED_CREDENTIAL` for one without a badge. */
export function read(document: JsonObject, format: string, limits: Limits): Envelope {
  const { badge } = document;
  if (!isObject(badge) && !isText(badge)) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: ['/badge'] });
  return {
    ...PLAIN,
    format,
    document,
    proofs: [],
    issuer: null,
    facts: factsOf(document, limits.facts, '', models['ob2']),
    starts: dated(document, 'issuedOn'),
    ends: dated(document, 'expires'),
    purpose: PURPOSE,
    unsigned: 'HOSTED',
    badge: badge!,
  };
}

/** A signed assertion. The key is the one that its `verification.creator` names, whatever the header says. */
export function readSigned(text: string, format: string, limits: Limits): Envelope {
  const token = jose.compact(text, limits);
  const document = jose.payloadOf(token, format, limits);
  const proof = jose.proofOf(token, '');
  return { ...read(document, format, limits), proofs: [{ ...proof, jws: { ...proof.jws!, method: creatorIn(document) } }] };
}

/** The address of the key: `verification.creator`, before 2.0 `verify.url`. */
function creatorIn(document: JsonObject): string | null {
  for (const [name, member] of [['verification', 'creator'], ['verify', 'creator'], ['verify', 'url']] as const) {
    const verification = document[name];
    if (isObject(verification) && isText(verification[member])) return String(verification[member]);
  }
  return null;
}

/** A date; before 2.0 it may be seconds since 1970. */
function dated(document: JsonObject, name: string): Dated[] {
  const value = document[name];
  if (isAbsent(value)) return [];
  return [[`/${name}`, typeof value === 'number' ? stamp(value) : value!]];
}
