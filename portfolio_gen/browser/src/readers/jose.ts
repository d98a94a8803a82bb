/** JSON Web Signatures as they stand in a file (RFC 7515, 3): taken apart, with the method that the header names. */
import * as base64url from '../base64url';
import type { Dated, Proof } from '../credential';
import { ReadError } from '../errors';
import { isAbsent, isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { stamp } from '../numeric_date';
import { JsonError, readJson } from '../strict_json';
import { utf8 } from '../text';
import { formatOfUnreadable } from './recognise_bytes';

/** A JWS before anybody knows its issuer: `data` is the payload's bytes, null for what is not base64url. */
export interface Token {
  readonly header: JsonObject;
  readonly data: Uint8Array | null;
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/** The names under which a JWT says that it is a credential or a presentation, of the drafts of VC-JOSE too. */
const TOKEN_TYPE = /^(application\/)?(v[cp](-ld|\+ld|\+ld\+json)?\+(sd-)?jwt|dc\+sd-jwt)$/i;

/** Take a text apart that `recognise` knows for a compact JWS. */
export function compact(text: string, limits: Limits): Token {
  const [encoded, payload, signature] = text.split('.') as [string, string, string];
  const header = readJson(base64url.decode(encoded)!, limits) as JsonObject;
  const raw = 'b64' in header && header['b64'] !== true;
  return {
    header,
    data: raw ? utf8(payload) : base64url.decode(payload),
    signingInput: utf8(`${encoded}.${payload}`),
    signature: base64url.decode(signature) ?? new Uint8Array(),
  };
}

/** The JWS as the proof of a document by `issuer`. */
export function proofOf({ header, signingInput, signature }: Token, issuer: string, pointer = ''): Proof {
  const { alg } = header;
  const times = timesOf(header, pointer);
  const jws = { header, signingInput, signature, method: methodOf(header, issuer), times };
  return { suite: typeof alg === 'string' ? alg : '?', options: {}, pointer, jws };
}

/**
 * When a header says that it was signed, by JAdES (ETSI TS 119 182-1, 5.1.11, 5.2.1): `sigT`, or what newer ones have, `iat`. A
 * `iat` that is no number is some other member of that name: only JAdES says what it means in a header.
 */
function timesOf({ sigT, iat }: JsonObject, pointer: string): Dated[] {
  if (!isAbsent(sigT)) return [[`${pointer}/protected/sigT`, sigT]];
  return typeof iat === 'number' ? [[`${pointer}/protected/iat`, stamp(iat)]] : [];
}

/** The JSON object that was signed (docs/verification.md, JSON Web Signatures, 2); throws ReadError. */
export function payloadOf({ header, data }: Token, format: string, limits: Limits): JsonObject {
  try {
    const value = readJson(data ?? new Uint8Array(), limits);
    if (isObject(value)) return value;
    throw new JsonError('MALFORMED_JSON');
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const known = formatOfUnreadable(data ?? new Uint8Array()) !== 'unknown' || isTokenType(header['typ']);
    const stands = known || error.code === 'TOO_DEEP' || error.code === 'NUMBER_OUT_OF_RANGE';
    throw new ReadError(stands ? error.code : 'NOT_A_CREDENTIAL', known ? format : 'unknown');
  }
}

function isTokenType(typ: Json | undefined): boolean {
  return typeof typ === 'string' && TOKEN_TYPE.test(typ);
}

/** The verification method that a header names, with the issuer where it is relative; null for none. */
function methodOf({ kid }: JsonObject, issuer: string): string | null {
  if (typeof kid !== 'string' || !kid) return ownMethod(issuer);
  if (/^(did:|https?:\/\/)/.test(kid)) return kid.includes('#') ? kid : (ownMethod(kid) ?? kid);
  return issuer ? `${issuer}#${kid.replace(/^#/, '')}` : null;
}

/** The one verification method of an identifier that is a key. */
function ownMethod(identifier: string): string | null {
  if (identifier.includes('#')) return null;
  if (identifier.startsWith('did:key:')) return `${identifier}#${identifier.slice('did:key:'.length)}`;
  return identifier.startsWith('did:jwk:') ? `${identifier}#0` : null;
}
