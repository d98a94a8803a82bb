/** Which facts belong together: the rule by which `grouped` and `_results` of pages/claims.py put them on a page. Pure. */
import { shown } from './format';
import type { Fact } from './report';
import { append } from './text';

/** A claim, as far as it matters here: `group` tells which list of facts on the page it stands in. */
interface Grouped {
  readonly field: string;
  readonly pointer: string;
  readonly group: number | null;
}

/** Things of which a page lists several, each in one group of its own. */
const LISTED = /^(result|skill|evidence)/;

/** Return the claims that stand beside what they do not belong to, or away from what they do. */
export function misplaced<Claim extends Grouped>(claims: readonly Claim[], facts: readonly Fact[]): Claim[] {
  const described = descriptions(facts);
  const owners = new Map<number, string>();
  const homes = new Map<string, number>();
  return claims.filter(({ field, pointer, group }) => {
    if (group === null) return false;
    const owner = described.get(holder(pointer)) ?? holder(pointer);
    if (!owners.has(group)) owners.set(group, owner);
    const thing = `${owner} ${LISTED.exec(field)?.[0]}`;
    if (LISTED.test(field) && !homes.has(thing)) homes.set(thing, group);
    return owners.get(group) !== owner || (LISTED.test(field) && homes.get(thing) !== group);
  });
}

/**
 * Return where each result belongs: to the description that it names by identifier, unless two descriptions share that. So
 * with the level of a rubric that a result names.
 */
export function descriptions(facts: readonly Fact[]): Map<string, string> {
  const named = new Map<string, string[]>();
  const told = facts.filter(shown);
  const of = (wanted: string) => told.filter(({ field }) => field === wanted);
  for (const fact of [...of('resultId'), ...of('resultRubricId')]) append(named, `${fact.field} ${shown(fact)}`, holder(fact.pointer));
  const homes = new Map<string, string>();
  for (const fact of of('resultOf')) homes.set(holder(fact.pointer), only(named.get(`resultId ${shown(fact)}`)) ?? holder(fact.pointer));
  for (const fact of of('resultLevel')) {
    const level = only(named.get(`resultRubricId ${shown(fact)}`));
    const home = homes.get(holder(fact.pointer)) ?? holder(fact.pointer);
    if (level !== undefined && !homes.has(level)) homes.set(level, home);
  }
  return homes;
}

function only<Item>(items: readonly Item[] = []): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

/** Return the nearest list item that holds a fact; facts that stand in no list belong together. */
export function holder(pointer: string): string {
  return /^(.*\/[0-9]+)\/[^/]*[^0-9/]/.exec(pointer.replace(/\/@value$/, ''))?.[1] ?? '';
}
