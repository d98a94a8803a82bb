/** How words change in the languages that pages are written in: each a chunk that loads when an advert is compared. */
import { stemmer } from '@orama/stemmers/english';
import { stopwords } from '@orama/stopwords/english';

import { languageOf } from './translations';

/** A language's words: what is the same in all forms of one, and which say nothing by themselves. */
export interface Forms {
  readonly stem: (word: string) => string;
  readonly empty: ReadonlySet<string>;
}

/** By language. */
export type AllForms = ReadonlyMap<string, Forms>;

type Stemmer = Promise<{ stemmer: (word: string) => string }>;
type Stopwords = Promise<{ stopwords: string[] }>;

/** By language; those without forms of words, like Chinese and Japanese, have no entry. */
const LOAD: Readonly<Record<string, () => Promise<[Awaited<Stemmer>, Awaited<Stopwords>]>>> = {
  ar: () => both(import('@orama/stemmers/arabic'), import('@orama/stopwords/arabic')),
  de: () => both(import('@orama/stemmers/german'), import('@orama/stopwords/german')),
  es: () => both(import('@orama/stemmers/spanish'), import('@orama/stopwords/spanish')),
  fr: () => both(import('@orama/stemmers/french'), import('@orama/stopwords/french')),
  pt: () => both(import('@orama/stemmers/portuguese'), import('@orama/stopwords/portuguese')),
  tr: () => both(import('@orama/stemmers/turkish'), import('@orama/stopwords/turkish')),
};
const both = (stem: Stemmer, stop: Stopwords): Promise<[Awaited<Stemmer>, Awaited<Stopwords>]> => Promise.all([stem, stop]);

/** American and British spelling, alike on both sides. */
const spelt = (word: string): string => word.replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)/, 'iz').replace(/our(?=(?:s|al|ed|ing)?$)/, 'or');

/** English words that by themselves say nothing of a skill, beside those that say nothing anywhere. */
const OF_ADVERTS = 'also general time use using well work working year years skill skills introduction basics course level'.split(' ');
const ENGLISH: Forms = { stem: (word) => stemmer(spelt(word)), empty: new Set([...stopwords, ...OF_ADVERTS]) };

/** Return the forms of English and of these languages, by language, as far as they are known; a chunk that does not come is left out. */
export async function formsOf(tags: Iterable<string>): Promise<AllForms> {
  const wanted = [...new Set([...tags].map(languageOf))].filter((language) => Object.hasOwn(LOAD, language));
  const loaded = await Promise.allSettled(wanted.map((language) => LOAD[language]!()));
  const found = new Map([['en', ENGLISH]]);
  loaded.forEach((one, index) => {
    if (one.status === 'rejected') return;
    const [{ stemmer: stem }, { stopwords: words }] = one.value;
    found.set(wanted[index]!, { stem, empty: new Set(words) });
  });
  return found;
}
