/**
 * An issuer's identifier to the lists that know it. LISTS has one row for each kind of list. A list is a dated copy that the
 * caller hands in; nothing is fetched, and no list ever changes a verdict (DESIGN 2.1). An identifier is known where it stands
 * in the list character by character. A chunk that loads where there are lists.
 */
import { digest, hex } from '../bytes';
import type { Limits } from '../limits';
import { ListError, type Asked, type Entry, type IsSigned } from './entry';
import * as federation from './federation';
import * as registry from './registry';

/**
 * A copy of a list: `kind` is a row of LISTS, `by` whose list it is, `url` where it was copied from ("" for an owner's), `at`
 * when. `seen` maps identifiers to the date of the first copy in which they stood.
 */
export interface IssuerList {
  readonly name: string;
  readonly kind: string;
  readonly by: 'public' | 'owner';
  readonly url: string;
  readonly at: string;
  readonly bytes: Uint8Array;
  readonly seen?: Readonly<Record<string, string>>;
}

/** What a list that knows an issuer says of it: `issuer.lists` of the report. */
export interface Knowing {
  readonly list: string;
  readonly by: string;
  readonly url: string;
  readonly at: string;
  readonly sha256: string;
  readonly date?: string;
  readonly name?: string;
  readonly logo?: string;
  readonly website?: string;
  readonly since?: string;
  readonly seen?: string;
  readonly until?: string;
  readonly ended?: true;
}

/** A kind of list: what one says of an issuer, and whether one can be read. Both throw ListError, or reject with it. */
interface Kind {
  entry(data: Uint8Array, asked: Asked): Entry | null | Promise<Entry | null>;
  canBeRead(data: Uint8Array, limits: Limits): boolean;
}

const LISTS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['registry', registry],
  ['federation', federation],
]);

/** Whether a list can be read as one of its kind: one that cannot knows nobody. */
export function canBeRead({ kind, bytes }: IssuerList, limits: Limits): boolean {
  try {
    return LISTS.get(kind)!.canBeRead(bytes, limits);
  } catch (error) {
    if (error instanceof ListError) return false;
    throw error;
  }
}

/** What each list that knows an issuer says of it, in the order of the lists. A list that cannot be read knows nobody. */
export async function knowing(identifier: string, lists: readonly IssuerList[], now: bigint, isSigned: IsSigned, limits: Limits): Promise<Knowing[]> {
  const found: Knowing[] = [];
  for (const list of lists) {
    const entry = await entryOf(list, { identifier, now, url: list.url, limits, isSigned });
    if (entry) found.push(await said(list, entry, identifier));
  }
  return found;
}

async function entryOf({ kind, bytes }: IssuerList, asked: Asked): Promise<Entry | null> {
  try {
    return await LISTS.get(kind)!.entry(bytes, asked);
  } catch (error) {
    if (error instanceof ListError) return null;
    throw error;
  }
}

async function said({ name: list, by, url, at, bytes, seen = {} }: IssuerList, entry: Entry, identifier: string): Promise<Knowing> {
  const { ended, ...rest } = entry;
  const first = Object.hasOwn(seen, identifier) ? seen[identifier] : null;
  const all = { list, by, url, at, sha256: hex(await digest('sha256', bytes)), ...rest, seen: first, ended: ended || null };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as unknown as Knowing;
}
