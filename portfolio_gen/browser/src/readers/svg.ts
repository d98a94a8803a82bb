/**
 * SVG pictures with a badge baked in (Open Badges 3.0, 5.3.2; Open Badges 2.0, Baking).
 * Nothing but elements, text and the five entities of XML itself: a document type may name SVG's, which is not loaded.
 */
import { SaxesParser } from 'saxes';

import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { Limits } from '../limits';
import { utf8 } from '../text';
import type { Open } from './others';
import { address } from './link';
import { unbake } from './picture';

const NAMESPACES = ['https://purl.imsglobal.org/ob/v3p0', 'http://openbadges.org', 'https://openbadges.org'];
const NAMES = ['credential', 'assertion'];
const DECLARATION =
  /^<\?xml[ \t\r\n]+version=(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding=(?:"utf-8"|'utf-8'))?(?:[ \t\r\n]+standalone=(?:"yes"|'yes'|"no"|'no'))?[ \t\r\n]*\?>/i;
const DOCTYPE = /<!DOCTYPE[ \t\r\n]+svg(?:[ \t\r\n]+(?:PUBLIC[ \t\r\n]+"[^"<>[]*"|SYSTEM)[ \t\r\n]+"[^"<>[]*")?[ \t\r\n]*>/;
const UNUSUAL = /<!(?:DOCTYPE|ENTITY)/;

function refused(code: string): ReadError {
  return new ReadError(code, 'svg');
}

/** The credential in the picture; rejects with ReadError, format `svg`. */
export async function read(data: Uint8Array, _: Limits, open: Open): Promise<Envelope> {
  let text = decoded(data);
  if (text.startsWith('<?xml')) {
    if (!DECLARATION.test(text)) throw refused('NOT_PLAIN');
    text = text.replace(DECLARATION, '');
  }
  text = text.replace(DOCTYPE, '');
  if (UNUSUAL.test(text)) throw refused('NOT_PLAIN');
  return unbake('svg', payloadsIn(trimmed(text)), {}, open);
}

function decoded(data: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    throw refused('NOT_UTF8');
  }
}

function trimmed(text: string): string {
  return text.replace(/^[\t\n\f\r ]+/, '').replace(/[\t\n\f\r ]+$/, '');
}

/** What the elements for a badge hold; throws ReadError `MALFORMED_FILE` for what is not well-formed. */
function payloadsIn(text: string): Uint8Array[] {
  const prefixes = new Set(['openbadges']);
  const payloads: string[] = [];
  let verify = '';
  let parts: string[] | null = null;
  const parser = new SaxesParser({ xmlns: false, position: false });
  const hear = (part: string): unknown => parts?.push(part);
  parser.on('text', hear);
  parser.on('cdata', hear);
  parser.on('processinginstruction', ({ target }) => checkNames(target));
  parser.on('error', () => {
    throw refused('MALFORMED_FILE');
  });
  parser.on('opentag', ({ name, attributes }) => {
    checkNames(name, ...Object.keys(attributes));
    if (parts) throw refused('MALFORMED_FILE');
    for (const [key, value] of Object.entries(attributes)) {
      if (/^xmlns(:|$)/.test(key) && NAMESPACES.includes(value)) prefixes.add(key.slice('xmlns:'.length));
    }
    const at = name.lastIndexOf(':');
    if (!NAMES.includes(name.slice(at + 1)) || !prefixes.has(name.slice(0, Math.max(at, 0)))) return;
    parts = [];
    verify = trimmed(attributes['verify'] ?? '');
  });
  parser.on('closetag', () => {
    if (parts) payloads.push(...held(trimmed(parts.join('')), verify));
    parts = null;
  });
  parser.write(text).close();
  return payloads.map(utf8);
}

/** A hosted badge names its address beside the copy of it; anything else beside a text is a second payload. */
function held(text: string, verify: string): string[] {
  if (!text || !verify) return [verify || text];
  return address(verify) === null ? [verify, text] : [text];
}

/** Throw ReadError for a name beyond ASCII: the editions of XML 1.0 do not agree on these. */
function checkNames(...names: readonly string[]): void {
  if (names.some((name) => /[^\x00-\x7f]/.test(name))) throw refused('MALFORMED_FILE');
}
