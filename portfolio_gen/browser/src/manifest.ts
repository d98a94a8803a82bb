/** portfolio.json (DESIGN 2.4), for the list of a portfolio's files: nothing in it is believed about them. Pure. */
import { isObject } from './json';
import { LIMITS } from './limits';
import { readJson } from './strict_json';

/** A credential that portfolio.json lists. Addresses are absolute, and of the site that the list is of. */
export interface ListedRow {
  /** The page's address. */
  readonly page: string;
  /** The file as the list writes it, and its address with the place in it. */
  readonly file: string;
  readonly address: string;
  readonly place: string;
  /** Of a credential inside of the file, as `within` reads it; empty for the whole. */
  readonly pointer: string;
  /** What the list says that the file's SHA-256 is. */
  readonly sha256: string;
}

/** Read the list that stands at `address`; throws for anything else than such a list, and for a file of another site. */
export function readManifest(bytes: Uint8Array, address: string): ListedRow[] {
  const whole = readJson(bytes, LIMITS);
  const rows = isObject(whole) ? whole['credentials'] : null;
  if (!Array.isArray(rows)) throw new Error('no list of credentials');
  const found = rows.map((row) => rowOf(isObject(row) ? row : {}, address));
  if (new Set(found.map(({ place }) => place)).size < found.length) throw new Error('a credential that is listed twice');
  return found;
}

function rowOf({ page, file, sha256, pointer = '' }: Readonly<Record<string, unknown>>, address: string): ListedRow {
  if ([page, file, sha256, pointer].some((part) => typeof part !== 'string')) throw new Error('a row that cannot be read');
  const at = new URL(file as string, address).href;
  const its = new URL(page as string, address).href;
  const base = new URL('.', address).href;
  if (!at.startsWith(base) || !its.startsWith(base) || new URL(at).search) throw new Error('a file of another site');
  const pointers = pointer as string;
  return { page: its, file: file as string, address: at, place: pointers ? `${at}#${pointers}` : at, pointer: pointers, sha256: sha256 as string };
}

/** Return the rows by the address of their file, in the order of the list. */
export function filesOf(rows: readonly ListedRow[]): Map<string, ListedRow[]> {
  const files = new Map<string, ListedRow[]>();
  for (const row of rows) files.set(row.address, [...(files.get(row.address) ?? []), row]);
  return files;
}
