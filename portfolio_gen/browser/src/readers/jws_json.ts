/**
 * Credentials and presentations signed as JWS JSON, general and flattened (RFC 7515, 7.2), European ones among them: a chunk.
 * docs/verification.md, JWS JSON. Members beside `payload` and the signatures are unsigned: nothing of them is shown.
 */
import * as base64url from '../base64url';
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import { isAbsent, isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { JsonError, readJson } from '../strict_json';
import { utf8 } from '../text';
import * as jose from './jose';
import * as jwt from './jwt';
import * as sdJwt from './sd_jwt';
import { formatOfPayload } from './recognise_bytes';

/** One of the signatures, where it stands, and the header beside it that nobody signed. */
interface Signed {
  readonly token: jose.Token;
  readonly pointer: string;
  readonly unprotected: JsonObject;
  /** It in the compact form, with the payload as it stands. */
  readonly text: string;
}

/** The opened credential or presentation; throws ReadError. */
export function read(document: JsonObject, format: string, limits: Limits): Envelope {
  const signed = signaturesOf(document, format, limits);
  const [first] = signed as [Signed];
  const payload = jose.payloadOf(first.token, format, limits);
  const shown = shownIn(signed, format);
  const prove: jwt.Prove = (who) => signed.map(({ token, pointer }) => jose.proofOf(token, who, pointer));
  if (shown || !isAbsent(payload['_sd_alg']) || !isAbsent(payload['vct'])) {
    return sdJwt.opened(payload, prove, { issued: first.text, texts: [], bound: '', ...shown }, format, limits);
  }
  const open = formatOfPayload(payload) === 'vp-jwt' ? jwt.presentationOf : jwt.credentialOf;
  return open(payload, prove, format, limits);
}

/**
 * The disclosures and the key binding beside the first signature; null where there is neither. Throws ReadError for others than
 * texts, and for any beside another signature (RFC 9901, 8.1 and 8.2).
 */
function shownIn(signed: readonly Signed[], format: string): Pick<sdJwt.Shown, 'texts' | 'bound'> | null {
  const withAny = signed.filter(({ unprotected }) => Object.hasOwn(unprotected, 'disclosures') || Object.hasOwn(unprotected, 'kb_jwt'));
  const last = withAny.at(-1);
  if (!last) return null;
  const { disclosures: texts = [], kb_jwt: bound = '' } = last.unprotected;
  const fine = Array.isArray(texts) && texts.every((text) => typeof text === 'string');
  const named = Object.hasOwn(last.unprotected, 'kb_jwt');
  if (withAny.length > 1 || last !== signed[0] || !fine || typeof bound !== 'string' || (named && !bound)) {
    throw new ReadError('MALFORMED_CREDENTIAL', format, { members: [`${last.pointer}/header`] });
  }
  return { texts, bound };
}

/** The signatures in their order; throws ReadError for a form that is neither of the two, or both. */
function signaturesOf(document: JsonObject, format: string, limits: Limits): Signed[] {
  const { payload, signatures } = document;
  if (isAbsent(signatures)) return [signedBy(document, String(payload), '', format, limits)];
  if (['protected', 'header', 'signature'].some((name) => Object.hasOwn(document, name))) throw new ReadError('AMBIGUOUS', format);
  if (!Array.isArray(signatures) || !signatures.length || !signatures.every(isObject)) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: ['/signatures'] });
  const signed = signatures.map((one, index) => signedBy(one, String(payload), `/signatures/${index}`, format, limits));
  if (new Set(signed.map(({ token }) => String(token.data))).size > 1) throw new ReadError('AMBIGUOUS', format);
  return signed;
}

/** One signature. Of the header beside it only `kid` counts for it: a key must be found, whoever names it. */
function signedBy(one: JsonObject, payload: string, pointer: string, format: string, limits: Limits): Signed {
  const { protected: encoded, signature } = one;
  const unprotected = one['header'] ?? {};
  const header = headerIn(encoded, limits);
  const names = Object.keys(header ?? {});
  const wrong = [
    ...(isObject(unprotected) && !names.some((name) => Object.hasOwn(unprotected, name)) ? [] : ['header']),
    ...(header ? [] : ['protected']),
    ...(typeof signature === 'string' ? [] : ['signature']),
  ];
  if (wrong.length || !header || !isObject(unprotected)) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: wrong.map((name) => `${pointer}/${name}`) });
  const raw = 'b64' in header && header['b64'] !== true;
  const token = {
    header: isAbsent(unprotected['kid']) ? header : { ...header, kid: unprotected['kid'] },
    data: raw ? utf8(payload) : base64url.decode(payload),
    signingInput: utf8(`${String(encoded ?? '')}.${payload}`),
    signature: base64url.decode(String(signature)) ?? new Uint8Array(),
  };
  return { token, pointer, unprotected, text: `${String(encoded ?? '')}.${payload}.${String(signature)}` };
}

/** A protected header; an empty one where there is none, null for what is no JSON object. */
function headerIn(encoded: Json | undefined, limits: Limits): JsonObject | null {
  if (isAbsent(encoded)) return {};
  try {
    const header = readJson((typeof encoded === 'string' && base64url.decode(encoded)) || new Uint8Array(), limits);
    return isObject(header) ? header : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}
