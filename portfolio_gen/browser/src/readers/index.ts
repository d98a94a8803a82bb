/**
 * Bytes to Envelope: a file is opened before anybody believes it.
 * READERS has one row for each format that can be read; whatever else is recognised is named and refused.
 * CONTAINERS are files that are no credential themselves (containers.ts, a chunk).
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import { isObject, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { characters, formatOfBytes, formatOfObject, formatOfUnreadable, trimmed } from './recognise';
import { JsonError, readJson } from '../strict_json';
import * as vcJson from './vc_json';

/** A module that opens what is a JSON object. */
interface Reader {
  read(document: JsonObject, format: string, limits: Limits): Envelope | Promise<Envelope>;
}

/** Opens a credential that is JSON or a token; rejects with ReadError. */
export type Open = (data: Uint8Array) => Promise<Envelope>;

const vc = (): Reader => vcJson;
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

/** Readers of formats that are no JSON object, in chunks of their own; their text comes without white space around it. */
const TOKENS: ReadonlyMap<string, () => Promise<TokenReader>> = new Map([
  ['vc-jwt', async () => (await import('./jwt')).read],
  ['vp-jwt', async () => (await import('./jwt')).readPresentation],
  ['ob2-jws', async () => (await openBadges()).readSigned],
  ['sd-jwt', async () => (await import('./sd_jwt')).read],
]);

const CONTAINERS = ['png', 'svg', 'archive', 'link', 'pdf'];

/**
 * Open a file (docs/verification.md, 0); throws ReadError with a code of `readable` and the format.
 * `inside` is whether it stands in another file: an archive in an archive is not unpacked.
 */
export async function read(file: Uint8Array, limits: Limits, inside = false): Promise<Envelope> {
  if (file.length > limits.fileBytes) throw new ReadError('TOO_LARGE', 'unknown');
  const data = withoutMark(file);
  const format = formatOfBytes(data, limits);
  if (inside && format === 'archive') throw new ReadError('TOO_MANY_INNER', format);
  if (format === null || !CONTAINERS.includes(format)) return credentialIn(data, limits);
  const { readers } = await import('./containers');
  return readers[format]!(data, limits, (payload) => credentialIn(withoutMark(payload), limits));
}

function withoutMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data;
}

/** A credential that is JSON or a token: a file, or what a picture holds. */
async function credentialIn(data: Uint8Array, limits: Limits): Promise<Envelope> {
  let format = formatOfBytes(data, limits);
  if (format && CONTAINERS.includes(format)) throw new ReadError('NOT_A_CREDENTIAL', 'unknown');
  if (format === null) {
    const document = objectIn(data, limits);
    format = formatOfObject(document);
    const reader = READERS.get(format);
    if (reader) return (await reader()).read(document, format, limits);
    if (TOKENS.has(format)) [data, format] = (await import('./enveloped')).tokenIn(document, format, limits);
  }
  const open = TOKENS.get(format);
  if (open) return (await open())(trimmed(characters(data)), format, limits);
  throw new ReadError(format === 'unknown' ? 'NOT_A_CREDENTIAL' : 'FORMAT_NOT_SUPPORTED', format);
}

function objectIn(data: Uint8Array, limits: Limits): JsonObject {
  try {
    const document = readJson(data, limits);
    if (isObject(document)) return document;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const format = formatOfUnreadable(data);
    const stands = format !== 'unknown' || error.code === 'TOO_DEEP' || error.code === 'NUMBER_OUT_OF_RANGE';
    throw new ReadError(stands ? error.code : 'NOT_A_CREDENTIAL', format);
  }
  throw new Error('formatOfBytes lets nothing but objects through');
}
