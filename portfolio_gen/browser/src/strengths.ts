/**
 * The strongest skills on a page, counted anew from what checked out in this visit: the links that the build put there get
 * their counts and their order from the reports, and one that no credential names goes. A chunk.
 */
import { distinct, listed, verdictOf, type Listed, type Visited } from './listed';
import { quoted } from './format';
import { make } from './paint';
import { skillsOf } from './skills';
import { message } from './words';

/** What backs a skill: credentials that name it, those of them that check out, and the issuers of these. */
interface Backing {
  /** The names that credentials give it, where they are not what the page calls it. */
  readonly others: readonly string[];
  readonly item: HTMLElement;
  readonly total: number;
  readonly done: number;
  readonly issuers: number;
}

/** Say beside each skill of `part` what backs it, the strongest first. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], visited: Visited): Promise<void> {
  const everywhere = await listed(elements, visited);
  const found = distinct(everywhere);
  const isGood = ({ address }: Listed): boolean => verdictOf(everywhere.filter((one) => one.address === address)) === 'verified';
  const skills = found.map(({ report }) => new Set(report ? skillsOf(report.credential) : []));
  const items = [...part.querySelectorAll<HTMLElement>('[data-skill]')];
  const backings = items.map((item) => {
    const keys = keysOf(item);
    const of = found.filter((_, index) => keys.some((key) => skills[index]!.has(key)));
    const named = keys.filter((key) => skills.some((one) => one.has(key))).map((key) => (JSON.parse(key) as string[])[1]!);
    return backing(item, of, [...new Set(named)].filter((name) => !same(name, item.querySelector('a')?.textContent?.trim() ?? '')), isGood);
  });
  const sorted = backings.filter(({ total }) => total).sort((a, b) => b.done - a.done || b.issuers - a.issuers || b.total - a.total);
  for (const { item, done, total, issuers, others } of sorted) {
    item.querySelector('.pf-strength__says')?.remove();
    const also = others.length ? ` ${message('live.strengths.also', { names: others.map((name) => `“${quoted(name)}”`).join(', ') })}` : '';
    item.append(make(item, 'span', 'pf-strength__says', message('live.strengths.row', { done, total, issuers }) + also));
  }
  items[0]?.parentElement!.replaceChildren(...sorted.map(({ item }) => item));
  part.querySelector('[data-live="counted"]')?.replaceChildren(message('live.strengths.counted'));
}

/** The names in frameworks that the page puts together as one skill, as `skillsOf` writes them. */
function keysOf({ dataset }: HTMLElement): string[] {
  try {
    return (JSON.parse(dataset['keys']!) as [string, string][]).map((key) => JSON.stringify(key));
  } catch {
    return [JSON.stringify(['', dataset['skill']!])];
  }
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function backing(item: HTMLElement, of: readonly Listed[], others: readonly string[], isGood: (one: Listed) => boolean): Backing {
  const done = of.filter(isGood);
  return { item, others, total: of.length, done: done.length, issuers: new Set(done.map(({ report }) => report!.issuer?.id)).size };
}
