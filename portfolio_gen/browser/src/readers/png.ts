/**
 * PNG pictures with a badge baked in (PNG, 5 and 11.3.3; Open Badges 3.0, 5.3.1; Open Badges 2.0, Baking).
 * Reads chunks and no pixels. What follows IEND is no part of the picture.
 */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { Limits } from '../limits';
import { characters } from './recognise_bytes';
import type { Open } from './others';
import { crc32, inflate } from './inflate';
import { unbake } from './picture';

const KEYWORDS = ['openbadgecredential', 'openbadges'];
const LONGEST_KEYWORD = 79;
const START = 8;
/** Bytes of a chunk's length, type and CRC. */
const AROUND = 12;

interface Chunk {
  readonly kind: string;
  readonly body: Uint8Array;
  readonly end: number;
}

function damaged(): ReadError {
  return new ReadError('MALFORMED_FILE', 'png');
}

/** The credential in the picture; rejects with ReadError, format `png`. */
export async function read(data: Uint8Array, limits: Limits, open: Open): Promise<Envelope> {
  const payloads: Uint8Array[] = [];
  let last: Chunk = { kind: '', body: data, end: START };
  for (last of chunksOf(data)) {
    if ((last.kind === 'IHDR') !== (last.end === START + AROUND + last.body.length)) throw damaged();
    const text = TEXT[last.kind];
    const [keyword, rest] = split(last.body);
    if (text && keyword.length <= LONGEST_KEYWORD && KEYWORDS.includes(characters(keyword))) payloads.push(text(rest ?? new Uint8Array(), limits));
  }
  if (last.kind !== 'IEND') throw damaged();
  const afterEnd = data.length - last.end;
  return unbake('png', payloads, afterEnd ? { afterEnd } : {}, open);
}

/** Each chunk up to IEND; throws ReadError for a damaged one. */
function* chunksOf(data: Uint8Array): Generator<Chunk> {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  for (let start = START, kind = ''; kind !== 'IEND' && start < data.length; ) {
    if (start + AROUND > data.length) throw damaged();
    const end = start + AROUND + view.getUint32(start);
    kind = characters(data.subarray(start + 4, start + 8));
    const checked = data.subarray(start + 4, end - 4);
    if (end > data.length || !/^[A-Za-z]{4}$/.test(kind) || crc32(checked) !== view.getUint32(end - 4)) throw damaged();
    yield { kind, body: checked.subarray(4), end };
    start = end;
  }
}

/** What stands before the first NUL, and what after it, if there is one. */
function split(data: Uint8Array): [Uint8Array, Uint8Array?] {
  const at = data.indexOf(0);
  return at < 0 ? [data] : [data.subarray(0, at), data.subarray(at + 1)];
}

/** iTXt (11.3.3.4): compression flag and method, language and translated keyword, then the text. */
function itxt(body: Uint8Array, limits: Limits): Uint8Array {
  const [compressed = 2, method] = body;
  const [, named] = split(body.subarray(2));
  const [, text] = split(named ?? new Uint8Array());
  if (!text || compressed > 1 || method !== 0) throw damaged();
  return compressed ? inflate(text, limits.fileBytes, 'png') : text;
}

/** zTXt (11.3.3.3): compression method, then the text. */
function ztxt(body: Uint8Array, limits: Limits): Uint8Array {
  if (body[0] !== 0) throw damaged();
  return inflate(body.subarray(1), limits.fileBytes, 'png');
}

const TEXT: { readonly [kind: string]: (body: Uint8Array, limits: Limits) => Uint8Array } = { tEXt: (body) => body, zTXt: ztxt, iTXt: itxt };
