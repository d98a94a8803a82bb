/** What of a stack is there: pure counting, without a page. Which credentials check out is given; nothing here judges one. */

/** A part that credentials may stand for: `own` by themselves, `prior` as evidence of prior learning that was recognised. */
export interface Leaf {
  readonly own: readonly string[];
  readonly prior: readonly string[];
}

/** One thing that a stack takes: `needs` of its leaves, of which most have one; `after` are the units before it, by index. */
export interface Unit {
  readonly leaves: readonly Leaf[];
  readonly needs: number;
  readonly after: readonly number[];
}

export type State = 'own' | 'prior' | 'spare' | 'failed' | 'none' | 'open';

export interface Tally {
  /** By unit and leaf. */
  readonly states: readonly (readonly State[])[];
  readonly filled: readonly number[];
  readonly complete: readonly boolean[];
  readonly done: number;
  readonly prior: number;
  /** The units that may come now, as all before them are complete; none where enough is done. */
  readonly next: readonly number[];
}

/**
 * Count the units of which enough leaves have a credential in `good`. With `once`, a credential stands for one leaf only, and
 * is put where most leaves are filled; by itself sooner than as evidence, and in the order of the stack.
 */
export function tally(units: readonly Unit[], needs: number, good: ReadonlySet<string>, once: boolean): Tally {
  const at = once ? placed(units, good) : everywhere(units, good);
  const states = units.map(({ leaves }) => leaves.map((leaf) => stateOf(leaf, at.get(leaf), good)));
  const filled = units.map(({ leaves, needs: enough }) => Math.min(enough, leaves.filter((leaf) => at.has(leaf)).length));
  const complete = units.map(({ needs: enough }, index) => filled[index]! >= enough);
  const done = Math.min(needs, complete.filter(Boolean).length);
  const open = (index: number): boolean => units[index]!.after.every((before) => before < index && complete[before] && open(before));
  const free = units.flatMap((_, index) => (!complete[index] && open(index) ? [index] : []));
  const prior = units.filter((_, index) => complete[index] && states[index]!.includes('prior')).length;
  return { states, filled, complete, done, prior, next: done < needs ? free : [] };
}

function stateOf({ own, prior }: Leaf, taken: string | undefined, good: ReadonlySet<string>): State {
  if (taken !== undefined) return own.includes(taken) ? 'own' : 'prior';
  const all = [...own, ...prior];
  if (all.some((one) => good.has(one))) return 'spare';
  return all.length ? 'failed' : 'open';
}

function everywhere(units: readonly Unit[], good: ReadonlySet<string>): Map<Leaf, string> {
  const at = new Map<Leaf, string>();
  for (const leaf of units.flatMap(({ leaves }) => leaves)) {
    const found = [...leaf.own, ...leaf.prior].find((one) => good.has(one));
    if (found !== undefined) at.set(leaf, found);
  }
  return at;
}

/** A maximum flow from credentials over leaves to units, by augmenting paths: none is moved but to where it fits as well. */
function placed(units: readonly Unit[], good: ReadonlySet<string>): Map<Leaf, string> {
  const at = new Map<Leaf, string>();
  const leaves = units.flatMap((unit) => unit.leaves.map((leaf) => ({ leaf, unit })));
  const inUnit = ({ leaves: of }: Unit): Leaf[] => of.filter((leaf) => at.has(leaf));
  const place = (one: string, fits: (leaf: Leaf) => boolean, seen: Set<Leaf>): boolean => {
    for (const { leaf, unit } of leaves) {
      if (seen.has(leaf) || !(leaf.own.includes(one) || (fits(leaf) && leaf.prior.includes(one)))) continue;
      seen.add(leaf);
      const held = inUnit(unit);
      if (!at.has(leaf) && held.length < unit.needs) {
        at.set(leaf, one);
        return true;
      }
      for (const rival of at.has(leaf) ? [leaf] : held) {
        const other = at.get(rival)!;
        at.delete(rival);
        at.set(leaf, one);
        if (place(other, fits, seen)) return true;
        at.delete(leaf);
        at.set(rival, other);
      }
    }
    return false;
  };
  for (const prior of [false, true]) {
    const named = leaves.flatMap(({ leaf }) => (prior ? [...leaf.own, ...leaf.prior] : leaf.own));
    for (const one of new Set(named)) {
      if (good.has(one) && ![...at.values()].includes(one)) place(one, () => prior, new Set());
    }
  }
  return at;
}
