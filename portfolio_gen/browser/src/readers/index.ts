/**
 * Bytes to Envelope: a file is opened before anybody believes it.
 * READERS has one row for each format of a JSON object that can be read. Files that are none: others.ts, a chunk.
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import { formatOfObject, startsAsObject } from './recognise';
import { JsonError, readJson } from '../strict_json';
import * as vcJson from './vc_json';

/** A module that opens what is a JSON object. */
interface Reader {
  read(document: JsonObject, format: string, limits: Limits): Envelope | Promise<Envelope>;
}

const vc = (): Reader => vcJson;
const blockcerts = () => import('./blockcerts');
const openBadges = () => import('./open_badges');
const others = () => import('./others');

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

/**
 * Open a file (docs/verification.md, 0); throws ReadError with a code of `readable` and the format.
 * `inside` is whether it stands in another file: an archive in an archive is not unpacked.
 */
export async function read(file: Uint8Array, limits: Limits, inside = false): Promise<Envelope> {
  if (file.length > limits.fileBytes) throw new ReadError('TOO_LARGE', 'unknown');
  const data = withoutMark(file);
  return startsAsObject(data) ? readObject(data, limits) : (await others()).read(data, limits, inside);
}

/** The bytes without a byte order mark. */
export function withoutMark(data: Uint8Array): Uint8Array {
  return data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data;
}

/** Open a file that starts as a JSON object; throws ReadError. */
export async function readObject(data: Uint8Array, limits: Limits): Promise<Envelope> {
  let document: JsonObject;
  try {
    document = readJson(data, limits) as JsonObject;
  } catch (error) {
    throw error instanceof JsonError ? (await others()).damaged(data, error) : error;
  }
  const format = formatOfObject(document);
  const reader = READERS.get(format);
  return reader ? (await reader()).read(document, format, limits) : (await others()).readEnveloped(document, format, limits);
}
