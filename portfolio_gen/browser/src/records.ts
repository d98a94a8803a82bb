/** What a CLR's associations say of how its achievements belong together. portfolio_gen/stacks/records.py reads the same. */
import type { Fact } from './report';

/** A part: its achievement, what may stand in for it, and the members before it. */
export interface Member {
  readonly id: string;
  readonly instead: readonly string[];
  readonly after: readonly number[];
}

export interface Structure {
  readonly whole: string;
  readonly members: readonly Member[];
}

type Triple = readonly [kind: string, source: string, target: string];

const FIELDS = ['association', 'associationSource', 'associationTarget'];
const PARTS = ['isParentOf', 'isChildOf', 'isPartOf'];

/** Associations of one record: sorting them takes time with their square, and no programme has as many parts. */
const MOST = 500;

/** The achievements of a record that have parts, in the order in which its associations name them; none of one with more than `MOST`. */
export function structures(facts: readonly Fact[]): Structure[] {
  const rows = new Map<string, string[]>();
  for (const { field, pointer, value } of facts) {
    const place = FIELDS.indexOf(field);
    if (place < 0) continue;
    const holder = pointer.slice(0, pointer.lastIndexOf('/'));
    const row = rows.get(holder) ?? [];
    row[place] = String(value);
    rows.set(holder, row);
  }
  const whole = [...rows].filter(([, row]) => [0, 1, 2].every((place) => row[place] !== undefined)).sort(([one], [other]) => indexOf(one) - indexOf(other));
  if (whole.length > MOST) return [];
  const triples = whole.map(([, row]) => row as unknown as Triple);
  const children = new Map<string, string[]>();
  for (const [kind, source, target] of triples) {
    const [parent, child] = kind === 'isParentOf' ? [source, target] : [target, source];
    if (!PARTS.includes(kind) || parent === child) continue;
    const of = children.get(parent) ?? [];
    if (!of.includes(child)) of.push(child);
    children.set(parent, of);
  }
  return [...children].map(([parent, of]) => ({ whole: parent, members: membersOf(of, triples) }));
}

function indexOf(holder: string): number {
  const last = holder.slice(holder.lastIndexOf('/') + 1);
  return /^[0-9]+$/.test(last) ? Number(last) : 0;
}

/** Put each behind those that precede it; what precedes itself, by whatever way, stays where it was named. */
function membersOf(of: readonly string[], triples: readonly Triple[]): Member[] {
  const pairs = triples.filter(([kind, first, then]) => kind === 'precedes' && of.includes(first) && of.includes(then) && first !== then);
  const before = (one: string): string[] => pairs.filter(([, , then]) => then === one).map(([, first]) => first);
  const order: string[] = [];
  const waiting = [...of];
  while (waiting.length) {
    const free = waiting.find((one) => before(one).every((first) => order.includes(first))) ?? waiting[0]!;
    waiting.splice(waiting.indexOf(free), 1);
    order.push(free);
  }
  return order.map((id, at) => ({
    id,
    instead: triples.filter(([kind, source]) => kind === 'replacedBy' && source === id).map(([, , target]) => target),
    after: [...new Set(before(id).map((first) => order.indexOf(first)))].filter((index) => index < at).sort((one, other) => one - other),
  }));
}
