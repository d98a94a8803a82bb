/**
 * X.509 certificates (RFC 5280, 4.1) as they come with a signature (`x5c`; RFC 7515, 4.1.6): a chunk of its own. Read strictly
 * and by hand, so that both verifiers read the same of every file. Nothing here says that anybody trusts a certificate.
 */
import { base64, base64urlnopad, hex } from '@scure/base';

import { digest } from '../bytes';
import type { Certificate, Key } from '../credential';
import { ProofError } from '../errors';
import type { Json } from '../json';
import type { Limits } from '../limits';
import { utf8 } from '../text';
import { instant } from '../timestamps';
import * as der from './der';
import { expect } from './der';
import { check } from './more';
import type { Decoded } from './multikey';
import { keyIn } from './pem';

/** Bytes of a serial number (RFC 5280, 4.1.2.2). */
const MOST_SERIAL = 20;

const TIMES: ReadonlyMap<number, RegExp> = new Map([
  [0x17, /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/],
  [0x18, /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/],
]);
const VERSION = 0xa0;
const UNIQUE = [0x81, 0x82];
const EXTENSIONS = 0xa3;
const V3 = '020102';
const TRUE = '0101ff';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
const SIGNS_CERTIFICATES = 0x04;
const TEXTS: ReadonlyMap<number, string> = new Map([
  [0x0c, 'utf-8'],
  [0x13, 'ascii'],
  [0x16, 'ascii'],
  [0x1e, 'utf-16be'],
]);

/** RFC 4514, 3, and what names an organisation under eIDAS (ETSI EN 319 412-1, 5.1.4). */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

/**
 * The key of the first certificate in `chain`, a header's `x5c`; throws ProofError. `thumbprint` is the header's `x5t#S256`,
 * null where it has none: it must be of that certificate (RFC 7515, 4.1.8).
 */
export async function certified(chain: Json, thumbprint: Json, limits: Limits): Promise<Key> {
  if (!Array.isArray(chain) || !chain.length) throw new ProofError('MALFORMED_CERTIFICATE');
  if (chain.length > limits.certificates) throw new ProofError('TOO_MUCH_WORK');
  const own = certificate(chain[0]!);
  if (thumbprint !== null && thumbprint !== base64urlnopad.encode(await digest('sha256', own.whole))) throw new ProofError('CERTIFICATE_MISMATCH');
  return { ...keyOf(own), certificates: [own, ...chain.slice(1).map(readable)] };
}

/** The key of a certificate, looked through as `keys.check` does; throws ProofError. */
export async function ofCertificate(found: Certificate): Promise<Key> {
  const key = keyOf(found);
  await check(key);
  return key;
}

function keyOf({ key }: Certificate): Key {
  const [kind, bytes]: Decoded = keyIn(key);
  return { id: '', controller: '', kind, public: bytes, source: 'document', ends: [] };
}

/** A certificate further up the chain, null for one that cannot be read: the signature does not need it. */
function readable(encoded: Json): Certificate | null {
  try {
    return certificate(encoded);
  } catch (error) {
    if (error instanceof ProofError) return null;
    throw error;
  }
}

/** What a certificate in base64 says; throws ProofError `MALFORMED_CERTIFICATE`. */
function certificate(encoded: Json): Certificate {
  try {
    if (typeof encoded !== 'string') throw new der.DerError();
    return certificateIn(bytesOf(encoded));
  } catch (error) {
    throw error instanceof der.DerError ? new ProofError('MALFORMED_CERTIFICATE') : error;
  }
}

function bytesOf(encoded: string): Uint8Array {
  try {
    return base64.decode(encoded);
  } catch {
    throw new der.DerError();
  }
}

function certificateIn(data: Uint8Array): Certificate {
  const all = der.values(data);
  expect(all.length === 1);
  const [signed, algorithm, signature] = der.within(all[0]!, der.SEQUENCE, 3, 3) as [der.Value, der.Value, der.Value];
  const parts = der.within(signed, der.SEQUENCE);
  const versioned = parts[0]?.tag === VERSION;
  expect(!versioned || hex.encode(parts[0]!.content) === V3);
  const [serial, inner, issuer, validity, subject, key, ...more] = parts.slice(versioned ? 1 : 0) as [der.Value, der.Value, der.Value, der.Value, der.Value, der.Value, ...der.Value[]];
  expect(key !== undefined && der.positive(serial).length <= MOST_SERIAL && same(inner.whole, algorithm.whole));
  expect(algorithm.tag === der.SEQUENCE && key.tag === der.SEQUENCE);
  const [notBefore, notAfter] = der.within(validity, der.SEQUENCE, 2, 2).map(timeOf) as [string, string];
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    notBefore,
    notAfter,
    key: key.whole,
    signed: signed.whole,
    algorithm: hex.encode(algorithm.whole),
    signature: der.bits(signature),
    certifies: certifies(extensionsOf(more, versioned)),
    names: [hex.encode(subject.whole), hex.encode(issuer.whole)],
    whole: data,
  };
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** A time as a dateTimeStamp (RFC 5280, 4.1.2.5). */
function timeOf({ tag, content }: der.Value): string {
  const match = TIMES.get(tag)?.exec(latin1(content));
  expect(!!match);
  const [written, month, day, hour, minute, second] = match.slice(1) as [string, string, string, string, string, string];
  const year = written.length === 2 ? (written < '50' ? '20' : '19') + written : written;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  expect(instant(time) !== null);
  return time;
}

function latin1(bytes: Uint8Array): string {
  return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
}

/** What would reorder or hide the text around it: shown as its bytes (RFC 4514, 2.4). */
const HIDDEN = /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** The extensions by name; each stands there once (RFC 5280, 4.2). */
function extensionsOf(parts: readonly der.Value[], versioned: boolean): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const from = parts.findIndex(({ tag }) => !UNIQUE.includes(tag));
  const more = from < 0 ? [] : parts.slice(from);
  if (!more.length) return found;
  expect(more.length === 1 && versioned);
  const [listed] = der.within(more[0]!, EXTENSIONS, 1, 1) as [der.Value];
  for (const extension of der.within(listed, der.SEQUENCE, 1)) {
    const [name, ...rest] = der.within(extension, der.SEQUENCE, 2, 3) as [der.Value, ...der.Value[]];
    const value = rest.pop()!;
    expect(rest.every(({ whole }) => hex.encode(whole) === TRUE) && value.tag === der.OCTET_STRING);
    expect(!found.has(der.nameOf(name)));
    found.set(der.nameOf(name), value.content);
  }
  return found;
}

/** Whether the certificate may be used to issue others (RFC 5280, 4.2.1.3 and 4.2.1.9). */
function certifies(extensions: ReadonlyMap<string, Uint8Array>): boolean {
  const constraints = der.values(extensions.get(BASIC_CONSTRAINTS) ?? new Uint8Array());
  const first = constraints.length === 1 ? der.within(constraints[0]!, der.SEQUENCE)[0] : undefined;
  const [usage] = der.values(extensions.get(KEY_USAGE) ?? new Uint8Array());
  const may = !usage || (usage.tag === der.BIT_STRING && ((usage.content[1] ?? 0) & SIGNS_CERTIFICATES) > 0);
  return may && first !== undefined && hex.encode(first.whole) === TRUE;
}

/** A distinguished name as RFC 4514 writes it: the last part first, and nothing in it to take for another. */
function nameOf(value: der.Value): string {
  const parts = der.within(value, der.SEQUENCE).map((part) => der.within(part, der.SET, 1).map(attribute).join('+'));
  return parts.reverse().join(',');
}

function attribute(value: der.Value): string {
  const [name, text] = der.within(value, der.SEQUENCE, 2, 2) as [der.Value, der.Value];
  const dotted = der.nameOf(name);
  const coding = TEXTS.get(text.tag);
  const shown = coding ? escaped(textOf(text.content, coding)) : `#${hex.encode(text.whole)}`;
  return `${NAMES.get(dotted) ?? dotted}=${shown}`;
}

function textOf(bytes: Uint8Array, coding: string): string {
  expect(coding !== 'ascii' || bytes.every((byte) => byte < 128));
  try {
    return new TextDecoder(coding === 'ascii' ? 'utf-8' : coding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new der.DerError();
  }
}

/** The text with those characters escaped that mean something in a name (RFC 4514, 2.4). */
function escaped(text: string): string {
  const characters = [...text].map((character, index, { length }) => {
    if (HIDDEN.test(character)) return [...utf8(character)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
    const space = character === ' ' && (index === 0 || index === length - 1);
    return '"+,;<>\\'.includes(character) || space || (character === '#' && index === 0) ? `\\${character}` : character;
  });
  return characters.join('');
}
