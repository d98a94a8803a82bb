/**
 * What the site has of the network (portfolio_gen/snapshots.py), for checks that ask in vain. A chunk of its own. Whatever the
 * site supplies is a copy, of the day that the site says, and never of tomorrow; what it is worth, the verifier tells.
 */
import { line, shown } from './format';
import { LIMITS } from './limits';
import { make } from './paint';
import { instant, SECOND } from './timestamps';
import type { Noting } from './noting';
import type { Answer } from './web';
import { later, loadSentences } from './words';

/** How often an answer may lead to the next look-up. As in fetch.py. */
export const ROUNDS = 6;
const DAY = 86_400n * SECOND;
const INDEX = new URL('../snapshots/index.json', import.meta.url);
const FILE = /^[0-9a-f]{64}\.txt$/;

/** Fetches a file of this site; throws for anything else. */
type Own = (address: string) => Promise<Uint8Array>;
type Index = ReadonlyMap<string, unknown>;

let index: Promise<Index> | null = null;
const had = new Map<string, Promise<Answer | null>>();
const sent = new Set<string>();

/** A copy that a check used, and when the site says that it was made. */
interface Copy {
  readonly address: string;
  readonly at: string;
}

/** A check, and what says in a verdict that was painted how old the copies are on which it rests. */
interface Told extends Noting {
  readonly tell: (element: HTMLElement) => void;
}

/** Check again and again, each time with the site's copies of what the last check asked for in vain. `check` remembers what it is given. */
export async function again(first: Noting, now: string, check: (more: Map<string, Answer>) => Promise<Noting>, own: Own): Promise<Told> {
  let found = first;
  for (let round = 1; round < ROUNDS && found.missed.length; round++) {
    const copies = await Promise.all(found.missed.map(async (address) => [address, await once(address, now, own)] as const));
    const known = copies.filter((row): row is [string, Answer] => row[1] !== null);
    if (!known.length) break;
    const more = known.filter(([address]) => !sent.has(address));
    for (const [address] of more) sent.add(address);
    found = await check(new Map(more));
  }
  const copies = await Promise.all(found.used.map(async (address) => ({ address, at: (await had.get(address))?.at ?? '' })));
  if (copies.length) await loadSentences();
  return { ...found, tell: (element) => (copies.length ? tell(element, copies, now) : undefined) };
}

/** The site's copy for an address; null where it has none. */
export function once(address: string, now: string, own: Own): Promise<Answer | null> {
  if (!had.has(address)) had.set(address, copyOf(address, now, own));
  return had.get(address)!;
}

async function copyOf(address: string, now: string, own: Own): Promise<Answer | null> {
  index ??= own(INDEX.href).then(rows);
  try {
    const { file, at, type } = ((await index).get(address) ?? {}) as Record<string, unknown>;
    if (typeof file !== 'string' || !FILE.test(file) || typeof at !== 'string') return null;
    const made = instant(at);
    if (made === null || made > instant(now)! + BigInt(LIMITS.dateToleranceSeconds) * SECOND) return null;
    return { bytes: await own(new URL(file, INDEX).href), status: 200, type: String(type ?? ''), at, source: 'copy' };
  } catch {
    return null;
  }
}

function rows(data: Uint8Array): Index {
  return new Map(Object.entries(JSON.parse(new TextDecoder().decode(data)) as object));
}

/** Say how old copies are: each on a credential's own page, else the oldest. */
export function tell(element: HTMLElement, copies: readonly Copy[], now: string): void {
  const age = ({ at }: Copy): number => Math.max(0, Number((instant(now)! - instant(at)!) / DAY));
  const oldest = Math.max(...copies.map(age));
  for (const part of element.querySelectorAll<HTMLElement>('[data-live="verdict"]')) {
    if (!part.classList.contains('pf-verdict')) {
      part.append(make(part, 'span', 'pf-because', later('live.copies.card', { days: oldest })));
      continue;
    }
    const each = copies.map((copy) => {
      const values = { address: line(copy.address), at: shown({ value: copy.at, as: 'date' }), days: age(copy) };
      return make(part, 'li', '', later('live.copies.one', values));
    });
    part.append(make(part, 'p', 'pf-verdict__copies', later('live.copies')), make(part, 'ul', 'pf-verdict__copies', ...each));
  }
}
