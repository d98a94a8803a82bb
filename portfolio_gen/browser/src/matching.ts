/**
 * Which words of a text are those of a skill, and by what: the same words, another form of them, a part of the skill's name, or
 * words that the owner says mean the same. Pure.
 */
import type { AllForms } from './forms';
import { languageOf } from './translations';

/** Words that stand for something: a skill in a credential, its name, a tag, or what only the owner states. */
export interface Term {
  readonly text: string;
  /** Other words that the owner says mean the same. */
  readonly synonyms: readonly string[];
  /** The language of `text`, where it is said. */
  readonly lang?: string;
}

/** How words of the text came to match. */
export type Why = 'same' | 'form' | 'part' | 'partForm' | 'synonym' | 'synonymForm';

/** A place in the text, and each term that it matches: by index, with why, and through which words. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly terms: readonly { readonly index: number; readonly why: Why; readonly by: string }[];
}

/** Takes a text apart into its words, with where each begins. */
export type Segments = (text: string) => Iterable<{ readonly segment: string; readonly index: number; readonly isWordLike?: boolean | undefined }>;

/** Return what takes texts apart; a browser without a segmenter does so at everything that is no letter, mark or digit. */
export function segmentsIn(language: string): Segments {
  if (!('Segmenter' in Intl)) return (text) => [...text.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)].map((found) => ({ segment: found[0], index: found.index, isWordLike: true }));
  const segmenter = new Intl.Segmenter(language || 'en', { granularity: 'word' });
  return (text) => segmenter.segment(text);
}

interface Token {
  readonly text: string;
  readonly folded: string;
  /** What all forms of the word have in common, by the language that it may be of. */
  readonly stems: ReadonlyMap<string, string>;
  readonly start: number;
  readonly end: number;
}

/** A sequence of words that is looked for. */
interface Wanted {
  readonly tokens: readonly Token[];
  readonly index: number;
  readonly by: string;
  readonly kind: 'same' | 'part' | 'synonym';
  /** The languages that the words may be of. */
  readonly languages: readonly string[];
}

/** Between these, a name of a skill names several things. */
const SEVERAL = /\s*[,;/&+()|،؛]\s+|[、，；／]|\s+[–—-]\s+|\s+(?:and|or|und|oder|et|ou|y|o|e|ve|veya|أو|و)\s+/iu;

const SHORT = 3;
/** A word of more characters has no forms: stemmers take longer than its length. */
const LONG = 60;

/** How a text is taken apart, what is known of languages, and which of them words may be of that do not say so. */
export interface Reading {
  readonly segments: Segments;
  readonly forms: AllForms;
  readonly usual: readonly string[];
}

function tokens(text: string, { segments, forms }: Reading): Token[] {
  const found: Token[] = [];
  for (const { segment, index, isWordLike } of segments(text)) {
    if (!isWordLike) continue;
    // "C++" and "C#" are not "C".
    const whole = segment + (/^[+#]+/.exec(text.slice(index + segment.length))?.[0] ?? '');
    const folded = whole.normalize('NFKC').toLowerCase();
    found.push({ text: whole, folded, stems: new Map([...forms].map(([language, { stem }]) => [language, folded.length > LONG ? folded : stem(folded)])), start: index, end: index + whole.length });
  }
  return found;
}

/** Find all words of `text` that are those of a term: the longest first, no word twice. */
export function matchesIn(text: string, terms: readonly Term[], reading: Reading): Match[] {
  const wanted = new Map<string, Set<Wanted>>();
  terms.forEach((term, index) => {
    for (const one of wantedOf(term, index, reading)) {
      for (const first of one.tokens[0]!.stems.values()) wanted.set(first, (wanted.get(first) ?? new Set()).add(one));
    }
  });
  const words = tokens(text, reading);
  const found: Match[] = [];
  for (let at = 0; at < words.length; at++) {
    const maybe = new Set([...words[at]!.stems.values()].flatMap((stem) => [...(wanted.get(stem) ?? [])]));
    const here = [...maybe].filter((one) => stands(one, words, at, reading));
    if (!here.length) continue;
    const length = Math.max(...here.map((one) => one.tokens.length));
    const best = here.filter((one) => one.tokens.length === length);
    found.push({ start: words[at]!.start, end: words[at + length - 1]!.end, terms: reasons(best, words, at) });
    at += length - 1;
  }
  return found;
}

function* wantedOf({ text, synonyms, lang = '' }: Term, index: number, reading: Reading): Generator<Wanted> {
  const languages = reading.forms.has(languageOf(lang)) ? [languageOf(lang)] : reading.usual;
  const whole = tokens(text, reading);
  if (whole.length) yield { tokens: whole, index, by: text, kind: 'same', languages };
  for (const word of synonyms) {
    const other = tokens(word, reading);
    if (other.length) yield { tokens: other, index, by: word, kind: 'synonym', languages: reading.usual };
  }
  const parts = text.replace(/\s+/g, ' ').split(SEVERAL);
  for (const part of parts.length > 1 ? parts : []) {
    const some = tokens(part, reading);
    const says = some.length > 1 || (some.length === 1 && some[0]!.folded.length > SHORT && !isEmpty(some[0]!, languages, reading));
    if (says) yield { tokens: some, index, by: part, kind: 'part', languages };
  }
}

const isEmpty = ({ folded }: Token, languages: readonly string[], { forms }: Reading): boolean => languages.some((language) => forms.get(language)!.empty.has(folded));

/** Return whether the words from here are these, each in some form of it in one and the same language. */
function stands({ tokens: of, languages }: Wanted, words: readonly Token[], at: number, reading: Reading): boolean {
  const alike = (language: string): boolean => of.every(({ stems }, offset) => words[at + offset]?.stems.get(language) === stems.get(language));
  if (!languages.some(alike)) return false;
  // A name as short as "Go" or "IT", or one that is a common word, is meant only where it is written like that.
  const [only] = of;
  const common = of.length === 1 && (only!.folded.length < SHORT || isEmpty(only!, languages, reading));
  return !common || words[at]!.text === only!.text;
}

/** Each term once, by the best that speaks for it. */
function reasons(best: readonly Wanted[], words: readonly Token[], at: number): Match['terms'] {
  const found = new Map<number, Match['terms'][number]>();
  for (const { tokens: of, index, by, kind } of best) {
    const exact = of.every(({ folded }, offset) => words[at + offset]!.folded === folded);
    const why: Why = exact ? kind : kind === 'same' ? 'form' : kind === 'part' ? 'partForm' : 'synonymForm';
    const known = found.get(index);
    if (!known || ORDER.indexOf(why) < ORDER.indexOf(known.why)) found.set(index, { index, why, by });
  }
  return [...found.values()];
}

const ORDER: readonly Why[] = ['same', 'form', 'synonym', 'synonymForm', 'part', 'partForm'];
