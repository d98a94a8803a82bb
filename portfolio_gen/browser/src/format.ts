/** How a signed value is shown: text, and where a link may lead. `portfolio_gen/format.py` is the same, to the last character. */
import { message, spoken } from './words';

/** What the formatter needs of a fact of the report. */
export interface Shown {
  value: string | number;
  as: string;
}

const PICTURE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);
/** What has no shape; and embeddings, overrides and isolates, which would reorder the text around them. */
const CONTROL = /[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g;
/** Directional marks, which honest Arabic and Hebrew holds. A page finds the direction of each fact by itself. */
const MARKS = /[\u061c\u200e\u200f]/g;
const DOUBLE_QUOTES = /["\xab\xbb\u201c-\u201f\u2033\u2036\u275d\u275e\u300a-\u300f\u301d-\u301f\uff02]/g;
const DAY = /^([0-9]{4,9})-([0-9]{2})-([0-9]{2})T/;
const WEB =
  /^https?:\/\/[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?([/?#][!#$%&'()*+,./:;=?@A-Z_a-z~[\]0-9-]*)?$/;
const MAIL = /^mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DATA = /^data:(image\/[a-z0-9.+-]+)((?:;[^;,]*)*),([^]*)$/i;

/** Return the text by which a fact is shown. Line breaks are kept where they may mean something. */
export function shown(fact: Shown): string {
  if (typeof fact.value === 'number') return spoken.written(fact.value);
  const text = harmless(fact.value.replace(/\r\n?/g, '\n'));
  if (fact.as !== 'markdown') return collapsed(fact.as === 'date' ? date(text) : text);
  return text
    .replace(/[ \t\f]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^[ \n]+|[ \n]+$/g, '');
}

/** Return a signed text that is no fact of its own, such as the issuer's name in a sentence, as `shown` would. */
export function line(text: string): string {
  return collapsed(harmless(text));
}

/**
 * Return text to stand between the double quotation marks of a sentence: isolated, so that its direction stays its own,
 * and with no mark in it that could be taken for the closing one.
 */
export function quoted(text: string): string {
  return `\u2068${line(text).replace(DOUBLE_QUOTES, "'")}\u2069`;
}

function harmless(text: string): string {
  return text.replace(CONTROL, '\ufffd').replace(MARKS, '');
}

/** Return text as a browser lays it out: runs of ASCII white space are one space, none at the ends. */
export function collapsed(text: string): string {
  return text.replace(/[ \t\n\f\r]+/g, ' ').replace(/^ | $/g, '');
}

/** Return where a fact may link to, or null: only an address whose host reads as what it is (DESIGN rule 11). */
export function href(fact: Shown): string | null {
  if ((fact.as !== 'link' && fact.as !== 'image') || typeof fact.value !== 'string') return null;
  return WEB.test(fact.value) || MAIL.test(fact.value) ? fact.value : null;
}

/** Return the bytes of a picture that a fact holds in itself (RFC 2397), or null. */
export function picture(fact: Shown): Uint8Array | null {
  const found = fact.as === 'image' ? DATA.exec(String(fact.value)) : null;
  if (!found || !PICTURE_TYPES.has(found[1]!.toLowerCase())) return null;
  const content = found[3]!;
  if (!found[2]!.toLowerCase().endsWith(';base64')) return unquoted(content);
  return BASE64.test(content) ? Uint8Array.from(atob(content), (character) => character.charCodeAt(0)) : null;
}

/** Undo percent-encoding where it is well formed; everything else stands for its UTF-8 bytes. */
function unquoted(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const found: number[] = [];
  for (let index = 0; index < bytes.length; index++) {
    const hex = bytes[index] === 0x25 ? String.fromCharCode(...bytes.subarray(index + 1, index + 3)) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) index += 2;
    found.push(/^[0-9a-f]{2}$/i.test(hex) ? parseInt(hex, 16) : bytes[index]!);
  }
  return Uint8Array.from(found);
}

/** Return '14 March 2026', from the date part as written: no zone moves it to another day. */
function date(text: string): string {
  const found = DAY.exec(text);
  const month = found ? Number(found[2]) : 0;
  if (!found || month < 1 || month > 12) return text;
  return message('live.date', { day: Number(found[3]), month: message(`live.month.${month}`), year: found[1]! });
}
