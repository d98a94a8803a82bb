/**
 * Bytes to Envelope: a file is opened before anybody believes it.
 * READERS has one row for each format that can be read; whatever else is recognised is named and refused.
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import { isObject, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { formatOfBytes, formatOfObject, formatOfUnreadable } from './recognise';
import { JsonError, readJson } from '../strict_json';
import * as vcJson from './vc_json';

type Reader = (document: JsonObject, format: string, limits: Limits) => Envelope;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['vc1-json', vcJson.read],
  ['vc2-json', vcJson.read],
]);

/** Open a file (docs/verification.md, 0); throws ReadError with a code of `readable` and the format. */
export async function read(file: Uint8Array, limits: Limits): Promise<Envelope> {
  if (file.length > limits.fileBytes) throw new ReadError('TOO_LARGE', 'unknown');
  const data = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf ? file.subarray(3) : file;
  let format = formatOfBytes(data, limits);
  if (format === null) {
    const document = objectIn(data, limits);
    format = formatOfObject(document);
    const reader = READERS.get(format);
    if (reader) return reader(document, format, limits);
  }
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
