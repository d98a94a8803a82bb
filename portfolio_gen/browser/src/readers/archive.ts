/**
 * Archives (ZIP, APPNOTE 6.3.10): each file in one stands on its own.
 *
 * Reads what the directory at the end lists, and holds it to what stands before each file: two readers of one archive
 * must not find two different files in it. Unpacks in memory, and never more than the limits allow.
 */
import { PLAIN, type Envelope } from '../credential';
import { ReadError } from '../errors';
import type { Limits } from '../limits';
import { characters } from './recognise_bytes';
import { crc32, inflate } from './inflate';

const MARK = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 };
const SIZE = { end: 22, central: 46, local: 30 };
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
/** 4.4.4: how well it was deflated (bits 1, 2), sizes after the data (3), names in UTF-8 (11). */
const USUAL_FLAGS = 0b1000_0000_1110;
const LATER = 0b1000;
const UNSAFE = /[\x00-\x1f\x7f\\]|(?:^|\/)\.{0,2}(?:\/|$)/;
const HIDDEN = /(?:^|\/)\.|^__MACOSX\//;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly start: number;
}

/** An archive's bytes, and its numbers, which are little-endian. */
class Bytes {
  readonly length: number;
  private readonly view: DataView;

  constructor(readonly data: Uint8Array) {
    this.length = data.length;
    this.view = new DataView(data.buffer, data.byteOffset, data.length);
  }

  two(at: number): number {
    return this.view.getUint16(at, true);
  }

  four(at: number): number {
    return this.view.getUint32(at, true);
  }

  part(at: number, size: number): Uint8Array {
    return this.data.subarray(at, at + size);
  }
}

function refused(code: string): ReadError {
  return new ReadError(code, 'archive');
}

/**
 * The files in an archive as credentials inside of it; rejects with ReadError, format `archive`.
 * Folders, and what systems leave beside files (`__MACOSX/`, names that start with a dot), are passed over.
 */
export async function read(data: Uint8Array, limits: Limits): Promise<Envelope> {
  const bytes = new Bytes(data);
  const files = entriesIn(bytes).filter(({ name }) => !name.endsWith('/'));
  const named = files.map((entry) => ({ name: nameOf(entry.name), entry }));
  if (named.some(({ name }) => UNSAFE.test(name))) throw refused('NOT_PLAIN');
  const shown = named.filter(({ name }) => !HIDDEN.test(name));
  if (new Set(shown.map(({ name }) => name)).size < shown.length) throw refused('AMBIGUOUS');
  if (shown.length > limits.inner) throw refused('TOO_MANY_INNER');
  if (shown.reduce((sum, { entry }) => sum + entry.size, 0) > limits.archiveBytes) throw refused('TOO_LARGE');
  const inner = shown.map(({ name, entry }) => ({ pointer: pointerTo(name), data: unpacked(bytes, entry) }));
  const passedOver = files.length - shown.length;
  const notes = passedOver ? { passedOver } : {};
  return { ...PLAIN, format: 'archive', document: {}, proofs: [], issuer: null, facts: [], inner, unsigned: 'CONTAINER', notes };
}

/** A name as text: UTF-8, which tools write whether or not they say so, else byte by byte. */
function nameOf(name: string): string {
  try {
    const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return name;
  }
}

function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What the directory lists (4.3.12), in its order; throws ReadError if it cannot be relied on. */
function entriesIn(bytes: Bytes): Entry[] {
  const at = endRecord(bytes);
  const count = bytes.two(at + 10);
  const size = bytes.four(at + 12);
  const start = bytes.four(at + 16);
  const split = bytes.two(at + 4) || bytes.two(at + 6) || bytes.two(at + 8) !== count;
  if (split || count === 0xffff || size === 0xffffffff || start === 0xffffffff) throw refused('NOT_PLAIN');
  if (start + size !== at) throw refused('MALFORMED_FILE');
  const entries: Entry[] = [];
  const taken: [start: number, end: number][] = [];
  let place = start;
  for (let i = 0; i < count; i++) {
    const [entry, after] = entryAt(bytes, place, at);
    taken.push([entry.start, dataStart(bytes, entry) + entry.packed]);
    entries.push(entry);
    place = after;
  }
  taken.sort(([a], [b]) => a - b);
  taken.push([start, start]);
  if (place !== at || taken.some(([begin], i) => begin < (taken[i - 1]?.[1] ?? 0))) throw refused('MALFORMED_FILE');
  return entries;
}

/** Where the end record stands (4.3.16): its comment reaches to the end of the file, and there is one. */
function endRecord(bytes: Bytes): number {
  const found: number[] = [];
  const last = bytes.length - SIZE.end;
  for (let at = Math.max(0, last - LONGEST_COMMENT); at <= last; at++) {
    if (bytes.four(at) === MARK.end && at + SIZE.end + bytes.two(at + 20) === bytes.length) found.push(at);
  }
  const [only] = found;
  if (only === undefined) throw refused('MALFORMED_FILE');
  if (found.length > 1) throw refused('AMBIGUOUS');
  return only;
}

function entryAt(bytes: Bytes, at: number, end: number): [Entry, number] {
  if (at + SIZE.central > end) throw refused('MALFORMED_FILE');
  const [name, extra, comment, disk] = [28, 30, 32, 34].map((offset) => bytes.two(at + offset)) as [number, number, number, number];
  const [crc, packed, size, start] = [16, 20, 24, 42].map((offset) => bytes.four(at + offset)) as [number, number, number, number];
  const after = at + SIZE.central + name + extra + comment;
  if (bytes.four(at) !== MARK.central || after > end) throw refused('MALFORMED_FILE');
  const flags = bytes.two(at + 8);
  const method = bytes.two(at + 10);
  const usual = !(flags & ~USUAL_FLAGS) && (method === STORED || method === DEFLATED) && !disk;
  if (!usual || [packed, size, start].includes(0xffffffff)) throw refused('NOT_PLAIN');
  return [{ name: characters(bytes.part(at + SIZE.central, name)), flags, method, crc, packed, size, start }, after];
}

/** Where an entry's data starts, behind a header that says what the directory says (4.3.7). */
function dataStart(bytes: Bytes, { name, flags, method, crc, packed, size, start }: Entry): number {
  if (start + SIZE.local > bytes.length) throw refused('MALFORMED_FILE');
  const said = [14, 18, 22].map((offset) => bytes.four(start + offset));
  const same = said.every((value, i) => value === [crc, packed, size][i]) || (flags & LATER && said.every((value) => !value));
  const length = bytes.two(start + 26);
  const names = characters(bytes.part(start + SIZE.local, length)) === name;
  const kind = bytes.four(start) === MARK.local && bytes.two(start + 6) === flags && bytes.two(start + 8) === method;
  if (!same || !names || !kind) throw refused('MALFORMED_FILE');
  return start + SIZE.local + length + bytes.two(start + 28);
}

function unpacked(bytes: Bytes, entry: Entry): Uint8Array {
  const packed = bytes.part(dataStart(bytes, entry), entry.packed);
  const file = entry.method === STORED ? packed : inflate(packed, entry.size, 'archive', true);
  if (file.length !== entry.size || crc32(file) !== entry.crc) throw refused('MALFORMED_FILE');
  return file;
}
