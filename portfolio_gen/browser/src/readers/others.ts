/**
 * READERS has one row for each format of a JSON object that can be read. Other files are tokens, and CONTAINERS, which are no
 * credential themselves (containers.ts, a chunk). Whatever else is recognised is named and refused.
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import type { JsonError } from '../strict_json';
import { readObject, withoutMark } from '.';
import { startsAsObject } from './recognise';
import { characters, formatOfBytes, formatOfUnreadable, trimmed } from './recognise_bytes';
import { formatOfObject } from './recognise_objects';

/** Opens a credential that is JSON or a token; rejects with ReadError. */
export type Open = (data: Uint8Array) => Promise<Envelope>;

/** A module that opens what is a JSON object. */
interface Reader {
  read(document: JsonObject, format: string, limits: Limits): Envelope | Promise<Envelope>;
}

const vc = () => import('./nested');
const blockcerts = () => import('./blockcerts');
const openBadges = () => import('./open_badges');

const READERS: ReadonlyMap<string, () => Reader | Promise<Reader>> = new Map<string, () => Reader | Promise<Reader>>([
  ['vc1-json', vc],
  ['vc2-json', vc],
  ['clr2-json', vc],
  ['blockcerts-v2', blockcerts],
  ['blockcerts-v3', blockcerts],
  ['presentation', () => import('./presentation')],
  ['ob2-hosted', openBadges],
  ['ob1', openBadges],
  ['jws-json', () => import('./jws_json')],
]);

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

/** Open a JSON object, or the token of an enveloped credential or presentation; throws ReadError. */
export async function readRecognised(document: JsonObject, limits: Limits): Promise<Envelope> {
  const format = formatOfObject(document);
  const reader = READERS.get(format);
  if (reader) return (await reader()).read(document, format, limits);
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
