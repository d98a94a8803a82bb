/**
 * Files that are no JSON object: tokens, and CONTAINERS, which are no credential themselves (containers.ts, a chunk).
 * Whatever else is recognised is named and refused.
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import type { JsonError } from '../strict_json';
import { readObject, withoutMark } from '.';
import { startsAsObject } from './recognise';
import { characters, formatOfBytes, formatOfUnreadable, trimmed } from './recognise_bytes';

/** Opens a credential that is JSON or a token; rejects with ReadError. */
export type Open = (data: Uint8Array) => Promise<Envelope>;

type TokenReader = (text: string, format: string, limits: Limits) => Envelope;

/** Readers of tokens, in chunks of their own; their text comes without white space around it. */
const TOKENS: ReadonlyMap<string, () => Promise<TokenReader>> = new Map([
  ['vc-jwt', async () => (await import('./jwt')).read],
  ['vp-jwt', async () => (await import('./jwt')).readPresentation],
  ['ob2-jws', async () => (await import('./open_badges')).readSigned],
  ['sd-jwt', async () => (await import('./sd_jwt')).read],
]);

const CONTAINERS = ['png', 'svg', 'archive', 'link', 'pdf'];

/** Open a file that does not start as a JSON object; throws ReadError. */
export async function read(data: Uint8Array, limits: Limits, inside: boolean): Promise<Envelope> {
  const format = formatOfBytes(data, limits);
  if (inside && format === 'archive') throw new ReadError('TOO_MANY_INNER', format);
  if (!CONTAINERS.includes(format)) return readToken(data, format, limits);
  const { readers } = await import('./containers');
  return readers[format]!(data, limits, (payload) => credentialIn(withoutMark(payload), limits));
}

/** Open what an enveloped credential or presentation stands for; throws ReadError, also for other objects. */
export async function readEnveloped(document: JsonObject, format: string, limits: Limits): Promise<Envelope> {
  if (!TOKENS.has(format)) throw refused(format);
  return readToken(...(await import('./enveloped')).tokenIn(document, format, limits), limits);
}

/** What is said of a file that starts as a JSON object and is none. */
export function damaged(data: Uint8Array, { code }: JsonError): ReadError {
  const format = formatOfUnreadable(data);
  const stands = format !== 'unknown' || code === 'TOO_DEEP' || code === 'NUMBER_OUT_OF_RANGE';
  return new ReadError(stands ? code : 'NOT_A_CREDENTIAL', format);
}

/** What a picture holds. */
async function credentialIn(data: Uint8Array, limits: Limits): Promise<Envelope> {
  if (startsAsObject(data)) return readObject(data, limits);
  const format = formatOfBytes(data, limits);
  return readToken(data, CONTAINERS.includes(format) ? 'unknown' : format, limits);
}

async function readToken(data: Uint8Array, format: string, limits: Limits): Promise<Envelope> {
  const open = TOKENS.get(format);
  if (!open) throw refused(format);
  return (await open())(trimmed(characters(data)), format, limits);
}

function refused(format: string): ReadError {
  return new ReadError(format === 'unknown' ? 'NOT_A_CREDENTIAL' : 'FORMAT_NOT_SUPPORTED', format);
}
