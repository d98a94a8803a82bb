/**
 * The strongest skills on a page, counted anew from what checked out in this visit: the links that the build put there get
 * their counts and their order from the reports, and one that no credential names goes. A chunk.
 */
import { distinct, listed, type Listed, type Visited } from './listed';
import { make } from './paint';
import { skillsOf } from './skills';
import { message } from './words';

/** What backs a skill: credentials that name it, those of them that check out, and the issuers of these. */
interface Backing {
  readonly item: HTMLElement;
  readonly total: number;
  readonly done: number;
  readonly issuers: number;
}

/** Say beside each skill of `part` what backs it, the strongest first. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], visited: Visited): Promise<void> {
  const found = distinct(await listed(elements, visited));
  const skills = found.map(({ report }) => new Set(report ? skillsOf(report.credential) : []));
  const items = [...part.querySelectorAll<HTMLElement>('[data-skill]')];
  const backings = items.map((item) => {
    const key = JSON.stringify([item.dataset['framework'] ?? '', item.dataset['skill']!]);
    return backing(item, found.filter((_, index) => skills[index]!.has(key)));
  });
  const sorted = backings.filter(({ total }) => total).sort((a, b) => b.done - a.done || b.issuers - a.issuers || b.total - a.total);
  for (const { item, done, total, issuers } of sorted) {
    item.querySelector('.pf-strength__says')?.remove();
    item.append(make(item, 'span', 'pf-strength__says', message('live.strengths.row', { done, total, issuers })));
  }
  items[0]?.parentElement!.replaceChildren(...sorted.map(({ item }) => item));
  part.querySelector('[data-live="counted"]')?.replaceChildren(message('live.strengths.counted'));
}

function backing(item: HTMLElement, of: readonly Listed[]): Backing {
  const done = of.filter(({ element }) => element.dataset['verdict'] === 'verified');
  return { item, total: of.length, done: done.length, issuers: new Set(done.map(({ report }) => report!.issuer?.id)).size };
}
