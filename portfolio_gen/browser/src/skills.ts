/** The skills that a credential names: as `_skills_of` of portfolio_gen/pages reads them. Pure. */
import { shown } from './format';
import type { Fact } from './report';
import { holder } from './together';

/** Return each skill as the JSON of its framework, which may be empty, and its name. */
export function skillsOf(facts: readonly Fact[]): string[] {
  const found = new Map<string, { skill?: string; skillFramework?: string }>();
  for (const fact of facts) {
    if (fact.field !== 'skill' && fact.field !== 'skillFramework') continue;
    const place = holder(fact.pointer);
    const named = found.get(place) ?? {};
    found.set(place, { [fact.field]: shown(fact), ...named });
  }
  return [...found.values()].filter(({ skill }) => skill).map(({ skill, skillFramework = '' }) => JSON.stringify([skillFramework, skill]));
}
