/** Token status lists (Token Status List, 4 to 8): one number for each credential, in a JWT of its own kind. A chunk. */
import { decode } from '../base64url';
import { inflate, InflateError } from '../inflate';
import { isAbsent, isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { stamp } from '../numeric_date';
import { instant, SECOND } from '../timestamps';
import { checked, fetched, Refusal, type Answer, type Found, type Question, type SignedList } from './question';

const BITS = 8;
const SIZES = [1, 2, 4, 8];

/** Token Status List, 7.1: VALID, INVALID, SUSPENDED. All others are the application's own, or nobody's yet. */
const MEANS = ['OK', 'REVOKED', 'SUSPENDED'];

/** The other form of a list, by its media type and by its first byte (RFC 9052, 2: tag 18). */
const CWT = /^[ \t]*application\/statuslist\+cwt[ \t]*(;|$)/i;
const COSE_SIGN1 = 0xd2;

const DAY = 86_400;

/** What the list says at the entry's index (Token Status List, 8.3); throws Refusal. */
export async function check({ status = null }: JsonObject, question: Question): Promise<Answer> {
  const { index, list } = reference(status);
  const found = fetched(question, list);
  if (CWT.test(found.type) || found.data[0] === COSE_SIGN1) throw new Refusal('LIST_FORMAT_NOT_SUPPORTED', { list });
  const opened = checked(await question.open(found.data, question.about.issuer ?? ''), 'sub', list, question);
  const { size, data } = listIn(opened, list, question.limits);
  const { iat, ttl } = opened.credential;
  if (typeof iat !== 'number' || !(isAbsent(ttl) || (typeof ttl === 'number' && ttl > 0))) throw new Refusal('LIST_MALFORMED', { list });
  if (index >= Math.floor((data.length * BITS) / size)) throw new Refusal('INDEX_OUT_OF_RANGE', { list });
  const value = (data[Math.floor((index * size) / BITS)]! >> ((index * size) % BITS)) & ((1 << size) - 1);
  return said(value, stamp(iat), ttl ?? null, found, question);
}

/** The place and the address of a list (6.2). */
function reference(status: Json): { index: number; list: string } {
  const { idx, uri } = isObject(status) ? status : {};
  if (typeof idx !== 'number' || !Number.isInteger(idx) || idx < 0) throw new Refusal('MALFORMED_ENTRY');
  if (typeof uri !== 'string' || !uri) throw new Refusal('MALFORMED_ENTRY');
  return { index: idx, list: uri };
}

/** How many bits each credential has in a list, and all of them (4.2). */
function listIn({ credential: { status_list: inside }, unpacked: before }: SignedList, list: string, limits: Limits): { size: number; data: Uint8Array } {
  const { bits, lst } = isObject(inside) ? inside : {};
  if (typeof bits !== 'number' || !SIZES.includes(bits) || typeof lst !== 'string') throw new Refusal('LIST_MALFORMED', { list });
  if (!before.has('status_list')) before.set('status_list', unpacked(lst, limits.statusListBytes));
  const data = before.get('status_list');
  if (!data) throw new Refusal('LIST_MALFORMED', { list });
  return { size: bits, data };
}

function unpacked(encoded: string, most: number): Uint8Array | null {
  const data = decode(encoded);
  try {
    return data && inflate(data, most);
  } catch (error) {
    if (error instanceof InflateError) return null;
    throw error;
  }
}

/**
 * A copy answers as of its own date, for as long as its issuer has it kept (`ttl`), and not for long in any case. But what was
 * revoked stays so (DESIGN rule 8).
 */
function said(value: number, at: string, ttl: number | null, { live }: Found, { now, limits }: Question): Answer {
  const code = MEANS[value] ?? 'MESSAGE';
  const kept = Math.min(limits.statusCopyDays * DAY, ttl ?? Infinity);
  const tooOld = (instant(at) ?? now) < now - BigInt(Math.floor(kept * Number(SECOND)));
  if (!live && tooOld && code !== 'REVOKED') return ['LIST_TOO_OLD', { at }];
  return [code, code === 'MESSAGE' ? { at, message: `0x${value.toString(16)}` } : { at }];
}
