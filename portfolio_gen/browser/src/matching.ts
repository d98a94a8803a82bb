/**
 * Which words of a text are those of a skill, and by what: the same words, another form of them, a part of the skill's name, or
 * words that the owner says mean the same. Pure.
 */
import { stemmer } from '@orama/stemmers/english';

/** Words that stand for something: a skill in a credential, its name, a tag, or what only the owner states. */
export interface Term {
  readonly text: string;
  /** Other words that the owner says mean the same. */
  readonly synonyms: readonly string[];
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
  readonly stem: string;
  readonly start: number;
  readonly end: number;
}

/** A sequence of words that is looked for. */
interface Wanted {
  readonly tokens: readonly Token[];
  readonly index: number;
  readonly by: string;
  readonly kind: 'same' | 'part' | 'synonym';
}

/** Between these, a name of a skill names several things. */
const SEVERAL = /\s*[,;/&+()|]\s+|\s+[–—-]\s+|\s+(?:and|or|und|oder|et|ou|y|e)\s+/i;

/** Words by themselves that say nothing of a skill. */
const EMPTY = new Set('about after also and are can for from have into more not other our such than that the their them they this time use using very well what when where which who will with work working year years you your skill skills other general introduction basics course level'.split(' '));
const SHORT = 3;

/** American and British spelling, alike on both sides. */
const spelt = (word: string): string => word.replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)/, 'iz').replace(/our(?=(?:s|al|ed|ing)?$)/, 'or');

function tokens(text: string, segments: Segments): Token[] {
  const found: Token[] = [];
  for (const { segment, index, isWordLike } of segments(text)) {
    if (!isWordLike) continue;
    // "C++" and "C#" are not "C".
    const whole = segment + (/^[+#]+/.exec(text.slice(index + segment.length))?.[0] ?? '');
    const folded = whole.normalize('NFKC').toLowerCase();
    found.push({ text: whole, folded, stem: stemmer(spelt(folded)), start: index, end: index + whole.length });
  }
  return found;
}

/** Find all words of `text` that are those of a term: the longest first, no word twice. */
export function matchesIn(text: string, terms: readonly Term[], segments: Segments): Match[] {
  const wanted = new Map<string, Wanted[]>();
  terms.forEach((term, index) => {
    for (const one of wantedOf(term, index, segments)) {
      const first = one.tokens[0]!.stem;
      wanted.set(first, [...(wanted.get(first) ?? []), one]);
    }
  });
  const words = tokens(text, segments);
  const found: Match[] = [];
  for (let at = 0; at < words.length; at++) {
    const here = (wanted.get(words[at]!.stem) ?? []).filter((one) => stands(one, words, at));
    if (!here.length) continue;
    const length = Math.max(...here.map((one) => one.tokens.length));
    const best = here.filter((one) => one.tokens.length === length);
    found.push({ start: words[at]!.start, end: words[at + length - 1]!.end, terms: reasons(best, words, at) });
    at += length - 1;
  }
  return found;
}

function* wantedOf({ text, synonyms }: Term, index: number, segments: Segments): Generator<Wanted> {
  const whole = tokens(text, segments);
  if (whole.length) yield { tokens: whole, index, by: text, kind: 'same' };
  for (const word of synonyms) {
    const other = tokens(word, segments);
    if (other.length) yield { tokens: other, index, by: word, kind: 'synonym' };
  }
  const parts = text.split(SEVERAL);
  for (const part of parts.length > 1 ? parts : []) {
    const some = tokens(part, segments);
    const says = some.length > 1 || (some.length === 1 && some[0]!.folded.length > SHORT && !EMPTY.has(some[0]!.folded));
    if (says) yield { tokens: some, index, by: part, kind: 'part' };
  }
}

function stands({ tokens: of }: Wanted, words: readonly Token[], at: number): boolean {
  if (!of.every(({ stem }, offset) => words[at + offset]?.stem === stem)) return false;
  // A name as short as "Go" or "IT", or one that is a common word, is meant only where it is written like that.
  const [only] = of;
  const common = of.length === 1 && (only!.folded.length < SHORT || EMPTY.has(only!.folded));
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
