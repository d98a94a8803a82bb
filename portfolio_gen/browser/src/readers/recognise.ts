/**
 * Which files are plainly credentials of the W3C data model, by content and never by name (docs/verification.md, 0.3). What
 * else a file may be: recognise_objects.ts and recognise_bytes.ts, in chunks.
 */
import { strings, type JsonObject } from '../json';

export const VC2_CONTEXT = 'https://www.w3.org/ns/credentials/v2';
export const VC1_CONTEXT = 'https://www.w3.org/2018/credentials/v1';

/** The bytes of white space, and of `{`. */
const SPACE = [0x09, 0x0a, 0x0c, 0x0d, 0x20];
const BRACE = 0x7b;

/** One of these words stands in whatever has a context of the data model and is of another format all the same, or has others inside. */
const TELLING = /Presentation|Enveloped|ClrC|Assertion|[eE]ndorse|[mM]erkle|blockcerts|"(payload|recipient)":/;

/** Whether a file may be a JSON object. */
export function startsAsObject(data: Uint8Array): boolean {
  return data.find((byte) => !SPACE.includes(byte)) === BRACE;
}

/** `vc1-json` or `vc2-json` for what can be nothing else and has no credential inside; null for what recognise_objects.ts has to tell. */
export function plainFormat(document: JsonObject): string | null {
  const contexts = strings(document['@context']);
  if (TELLING.test(JSON.stringify(document))) return null;
  return contexts.includes(VC2_CONTEXT) ? 'vc2-json' : contexts.includes(VC1_CONTEXT) ? 'vc1-json' : null;
}
