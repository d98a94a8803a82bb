/** RDF terms as canonical N-Quads (RDFC-1.0, 5): what is hashed, so every character counts. */
import { ProofError } from '../errors';

export const XSD = 'http://www.w3.org/2001/XMLSchema#';

const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*$/;
const ESCAPED = /[\x00-\x1f\x7f"\\\ufffe\uffff]/g;
const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/** An absolute IRI as a term; throws ProofError `UNUSUAL_SPELLING` for what could not be read back. */
export function iri(value: unknown): string {
  if (typeof value !== 'string' || !IRI.test(value)) throw new ProofError('UNUSUAL_SPELLING');
  return `<${value}>`;
}

/** A literal as a term; `datatype` is an IRI, '' for a string, and is not used with a language. */
export function literal(text: string, datatype = '', language = ''): string {
  const quoted = `"${text.replace(ESCAPED, escaped)}"`;
  if (language) return `${quoted}@${language}`;
  return datatype === '' || datatype === `${XSD}string` ? quoted : `${quoted}^^${iri(datatype)}`;
}

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A number as the canonical xsd:double of JSON-LD 1.1 API, 8.2: 16 significant digits, `1.5E0`. */
export function double(value: number): string {
  return value.toExponential(15).replace(/(\d)0*e\+?/, '$1E');
}
