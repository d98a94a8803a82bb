/** Lists of bits that are credentials themselves: Bitstring Status List 1.0, and its forerunners of 2021 and 2020. */
import { decode } from '../base64url';
import { GZIP, inflate, InflateError } from '../inflate';
import { isObject, listed, strings, type JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Detail } from '../report';
import { instant, SECOND } from '../timestamps';
import { checked, fetched, Refusal, type Answer, type Found, type Question, type SignedList } from './question';

const DAY = 86_400n * SECOND;
const INDEX = /^(?:0|[1-9][0-9]{0,14})$/;
const BITS = 8;
const MOST_BITS = 32;

/** Bitstring Status List 1.0, 6.1: a shorter list tells too much of whom it is about. */
const LEAST = 131_072;

/** What a value other than zero says, by purpose. */
const MEANS = new Map([
  ['revocation', 'REVOKED'],
  ['suspension', 'SUSPENDED'],
  ['refresh', 'REFRESH_OFFERED'],
  ['message', 'MESSAGE'],
]);

/**
 * One version of the format: the type names of entry, list and subject, and the entry's members. `purpose` is that of a version
 * whose entries name none. `prefix` stands before the encoded list. `bothEnds`: the specification leaves open from which end of a
 * byte its bits count.
 */
interface Kind {
  readonly entry: string;
  readonly list: string;
  readonly subject: string;
  readonly index: string;
  readonly address: string;
  readonly purpose?: string;
  readonly prefix: string;
  readonly least: number;
  readonly bothEnds: boolean;
}

const USUAL = { index: 'statusListIndex', address: 'statusListCredential', prefix: '', least: LEAST, bothEnds: false };

export const KINDS: readonly Kind[] = [
  { ...USUAL, entry: 'BitstringStatusListEntry', list: 'BitstringStatusListCredential', subject: 'BitstringStatusList', prefix: 'u' },
  { ...USUAL, entry: 'StatusList2021Entry', list: 'StatusList2021Credential', subject: 'StatusList2021' },
  {
    entry: 'RevocationList2020Status',
    list: 'RevocationList2020Credential',
    subject: 'RevocationList2020',
    index: 'revocationListIndex',
    address: 'revocationListCredential',
    purpose: 'revocation',
    prefix: '',
    least: 0,
    bothEnds: true,
  },
];

/** What the list says at the entry's index (Bitstring Status List 1.0, 3.2); throws Refusal. */
export async function check(kind: Kind, entry: JsonObject, question: Question): Promise<Answer> {
  const { purpose, list, index } = read(kind, entry);
  if (!MEANS.has(purpose)) return ['PURPOSE_NOT_SUPPORTED', { purposes: [purpose] }];
  const found = fetched(question, list);
  const signed = checked(await question.open(found.data), 'id', list, question);
  const { credential } = signed;
  const bits = bitsOf(kind, signed, purpose, { list }, question.limits);
  const value = valueAt(kind, bits, index, sizeOf(entry), { list });
  return said(value, purpose, found, dateOf(credential, found, { list }), entry, question);
}

function read(kind: Kind, entry: JsonObject): { purpose: string; list: string; index: number } {
  const purpose = kind.purpose ?? entry['statusPurpose'];
  const list = entry[kind.address];
  const index = entry[kind.index];
  const text = typeof index === 'number' ? String(index) : index;
  if (typeof purpose !== 'string' || typeof list !== 'string' || !list || typeof text !== 'string' || !INDEX.test(text)) {
    throw new Refusal('MALFORMED_ENTRY');
  }
  return { purpose, list, index: Number(text) };
}

function bitsOf(kind: Kind, { credential: { type, credentialSubject }, unpacked: before }: SignedList, purpose: string, about: Detail, limits: Limits): Uint8Array {
  const subject = isObject(credentialSubject) ? credentialSubject : {};
  const encoded = subject['encodedList'];
  const typed = strings(type).includes(kind.list) && strings(subject['type']).includes(kind.subject);
  if (!typed || typeof encoded !== 'string') throw new Refusal('LIST_MALFORMED', about);
  if (kind.purpose === undefined && !strings(subject['statusPurpose']).includes(purpose)) throw new Refusal('LIST_OF_ANOTHER_PURPOSE', about);
  if (!before.has(kind.entry)) before.set(kind.entry, unpacked(encoded, kind.prefix, limits.statusListBytes));
  const bits = before.get(kind.entry);
  if (!bits) throw new Refusal('LIST_MALFORMED', about);
  return bits;
}

function valueAt(kind: Kind, bits: Uint8Array, index: number, size: number, about: Detail): number {
  const entries = Math.floor((bits.length * BITS) / size);
  if (entries < kind.least) throw new Refusal('LIST_TOO_SHORT', about);
  if (index >= entries) throw new Refusal('INDEX_OUT_OF_RANGE', about);
  const value = at(bits, index * size, size);
  const mirrored = index - (index % BITS) + BITS - 1 - (index % BITS);
  if (kind.bothEnds && value !== at(bits, mirrored, 1)) throw new Refusal('BIT_ORDER_UNCLEAR', about);
  return value;
}

/** A copy answers as of its own date, and not for long; but what was revoked stays so (DESIGN rule 8). */
function said(value: number, purpose: string, found: Found, date: string, entry: JsonObject, { now, limits }: Question): Answer {
  const code = value || purpose === 'message' ? MEANS.get(purpose)! : 'OK';
  const tooOld = (instant(date) ?? now) < now - BigInt(limits.statusCopyDays) * DAY;
  if (!found.live && tooOld && code !== 'REVOKED') return ['LIST_TOO_OLD', { at: date }];
  return code === 'MESSAGE' ? [code, { at: date, message: messageOf(entry, value) }] : [code, { at: date }];
}

/** The list's own date (DESIGN §4): `validFrom` or `issuanceDate`; when it was had, for a live one without. */
function dateOf({ validFrom, issuanceDate }: JsonObject, found: Found, about: Detail): string {
  for (const date of [validFrom, issuanceDate]) if (typeof date === 'string') return date;
  if (!found.live) throw new Refusal('LIST_WITHOUT_DATE', about);
  return found.at;
}

/** How many bits each entry of the list has: `statusSize`, by default one. */
function sizeOf({ statusSize = 1 }: JsonObject): number {
  if (typeof statusSize !== 'number' || !Number.isInteger(statusSize) || statusSize < 1 || statusSize > MOST_BITS) throw new Refusal('MALFORMED_ENTRY');
  return statusSize;
}

/** The value of `size` bits from `start`, both counted from the left. */
function at(bits: Uint8Array, start: number, size: number): number {
  const first = Math.floor(start / BITS);
  const last = Math.floor((start + size - 1) / BITS);
  const around = bits.subarray(first, last + 1).reduce((value, byte) => value * 256 + byte, 0);
  return Math.floor(around / 2 ** ((last + 1) * BITS - start - size)) % 2 ** size;
}

/** What the entry says that this value means (Bitstring Status List 1.0, 2.1, `statusMessage`), else the value. */
function messageOf({ statusMessage }: JsonObject, value: number): string {
  const status = `0x${value.toString(16)}`;
  const row = listed(statusMessage ?? null).find((item) => isObject(item) && item['status'] === status && typeof item['message'] === 'string');
  return isObject(row) ? String(row['message']) : status;
}

/** The bits of an `encodedList`; null for what is none. Without a prefix both alphabets of base64 count. */
function unpacked(encoded: string, prefix: string, most: number): Uint8Array | null {
  if (!encoded.startsWith(prefix)) return null;
  const text = encoded.slice(prefix.length);
  const padded = text.replaceAll('+', '-').replaceAll('/', '_');
  const data = decode(prefix || padded.length % 4 ? (prefix ? text : padded) : padded.replace(/==?$/, ''));
  try {
    return data && inflate(data, most, GZIP);
  } catch (error) {
    if (error instanceof InflateError) return null;
    throw error;
  }
}
