/** Which of a credential's languages a view shows, as pages/translations.py has it: the one that it says, else the page's, else the first. Pure. */
import { collapsed, shown } from './format';
import type { Fact } from './report';
import { holder } from './together';
import { message } from './words';

/** The language that a page gives a text; what is signed as one and is no tag is none (BCP 47). */
export function tagOf({ lang }: Fact): string | null {
  return lang && /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(lang) ? lang : null;
}

/** The language of a tag, without region and script. */
export const languageOf = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0]!;

/** Whether a text is in the page's language, or in none that is named. */
function isOfThePage(fact: Fact): boolean {
  const tag = tagOf(fact);
  return tag === null || languageOf(tag) === message('live.language');
}

/** The first of these fields that says something: in `language` (as tags are matched, RFC 4647), else in the page's, else the first. */
export function firstOf(facts: readonly Fact[], fields: readonly string[], language = ''): Fact[] {
  const isWanted = (fact: Fact): boolean => !!language && `${tagOf(fact) ?? ''}-`.toLowerCase().startsWith(`${language}-`.toLowerCase());
  for (const field of fields) {
    const told = facts.filter((fact) => fact.field === field && collapsed(shown(fact)));
    if (told[0]) return [told.find(isWanted) ?? told.find(isOfThePage) ?? told[0]];
  }
  return [];
}

/** The text that stands for a fact where each is shown in one language: itself, or the same in another. */
export function translationOf({ field, pointer }: Fact, facts: readonly Fact[], language: string): Fact | undefined {
  const place = holder(pointer);
  return firstOf(facts.filter((one) => one.field === field && holder(one.pointer) === place), [field], language)[0];
}
