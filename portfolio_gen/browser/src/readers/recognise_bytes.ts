/** What a file that is no JSON object is, by content and never by name (docs/verification.md, 0.1). In chunks of such files. */
import { decode } from '../base64url';
import { isObject, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { readJson } from '../strict_json';
import { startsAsObject } from './recognise';
import { typesOf } from './recognise_objects';

const SPACE = '\t\n\f\r ';
const HEAD = 4_096;
const SIGNATURES = [
  ['\x89PNG\r\n\x1a\n', 'png'],
  ['%PDF-', 'pdf'],
  ['PK\x03\x04', 'archive'],
] as const;
const JWT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*$/;

/** The format of a file that is no JSON object; `unknown` where nothing fits, and for one that may be an object. */
export function formatOfBytes(data: Uint8Array, limits: Limits): string {
  if (startsAsObject(data)) return 'unknown';
  const all = characters(data);
  for (const [signature, format] of SIGNATURES) if (all.startsWith(signature)) return format;
  const text = trimmed(all);
  return markup(text, all.slice(0, HEAD)) ?? token(text, limits) ?? 'unknown';
}

/** The bytes as characters U+0000–00FF. */
export function characters(data: Uint8Array): string {
  let text = '';
  for (let i = 0; i < data.length; i += HEAD) text += String.fromCharCode(...data.subarray(i, i + HEAD));
  return text;
}

/** A text without white space around it. */
export function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && SPACE.includes(text.charAt(start))) start++;
  while (end > start && SPACE.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function markup(text: string, head: string): string | null {
  if (text.startsWith('<svg') || (text.startsWith('<') && head.includes('<svg'))) return 'svg';
  if (text.startsWith('[InternetShortcut]') || (text.startsWith('<') && head.includes('<plist'))) return 'link';
  return null;
}

function token(text: string, limits: Limits): string | null {
  const tilde = text.indexOf('~');
  const parts = compact(tilde < 0 ? text : text.slice(0, tilde), limits);
  if (!parts) return null;
  if (tilde >= 0) return 'sd-jwt';
  return formatOfPayload(part(parts[2], limits));
}

/** The format of a token, which is no SD-JWT, by what it signs (0.1). */
export function formatOfPayload(payload: JsonObject): string {
  const namesRecipient = ['recipient', 'uid', 'verify', 'verification'].some((name) => Object.hasOwn(payload, name));
  if (Object.hasOwn(payload, 'badge') && namesRecipient) return 'ob2-jws';
  const presents = (Object.hasOwn(payload, 'vp') && !Object.hasOwn(payload, 'vc')) || typesOf(payload).includes('VerifiablePresentation');
  return presents ? 'vp-jwt' : 'vc-jwt';
}

function compact(text: string, limits: Limits): RegExpExecArray | null {
  const parts = JWT.exec(text);
  return parts && Object.hasOwn(part(parts[1], limits), 'alg') ? parts : null;
}

/** Whether a text is a JWS in the compact serialisation (0.1). */
export function isCompact(text: string, limits: Limits): boolean {
  return compact(text, limits) !== null;
}

/** The JSON object in one part of a JWT; an empty one if it holds none. */
function part(encoded: string | undefined, limits: Limits): JsonObject {
  try {
    const value = readJson(decode(encoded ?? '') ?? new Uint8Array(), limits);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The format of which damaged JSON is, by the context address that stands in it. */
export function formatOfUnreadable(data: Uint8Array): string {
  const text = characters(data);
  if (text.includes('https://www.w3.org/ns/credentials/')) return 'vc2-json';
  return text.includes('https://www.w3.org/2018/credentials/') ? 'vc1-json' : 'unknown';
}
