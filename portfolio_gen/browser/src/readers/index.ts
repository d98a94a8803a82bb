/**
 * Bytes to Envelope: a file is opened before anybody believes it. Plain credentials of the W3C data model are opened here;
 * the table READERS, of every format, is in others.ts, a chunk.
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import { JsonError, readJson } from '../strict_json';
import { plainFormat, startsAsObject } from './recognise';
import { read as readPlain } from './vc_json';

const others = () => import('./others');

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
  const format = plainFormat(document);
  return format ? readPlain(document, format, limits) : (await others()).readRecognised(document, limits);
}
