/**
 * "Paste a job advert": which of its words are backed by which credentials. All of it happens in the page: the form has no address,
 * nothing is fetched when it is sent, and the words are only ever put into the page as text. What a credential says is taken from
 * this visit's report on it; that it backs a word, from the verdict that the page came to. A chunk that loads on the page of skills.
 */
import sentences from 'virtual:sentences/advert';

import { line, quoted, shown } from './format';
import { type AllForms, formsOf } from './forms';
import { distinct, listed, type Listed, verdictOf, type Visited } from './listed';
import { matchesIn, segmentsIn, type Match, type Why } from './matching';
import { badge, make } from './paint';
import { NAMES } from './shown';
import { firstOf, languageOf } from './translations';
import { message, words } from './words';

Object.assign(words.messages, sentences);

/** Facts whose words an advert may use, each with what to call it. */
const SAYS = { skill: 'live.advert.of.skill', tag: 'live.advert.of.tag', fieldOfStudy: 'live.advert.of.field', specialization: 'live.advert.of.field' } as const;
const WHY = {
  same: 'live.advert.why.same',
  form: 'live.advert.why.form',
  part: 'live.advert.why.part',
  partForm: 'live.advert.why.partForm',
  synonym: 'live.advert.why.synonym',
  synonymForm: 'live.advert.why.synonymForm',
} as const satisfies Record<Why, string>;
const LONGEST = 50_000;

/** A credential that says some words, and whether it backs them: only where every place of it on the page checks out. */
interface Source {
  readonly listed: Listed;
  readonly verdict: string;
  readonly kind: string;
}

/** Words, who says them, and what else they are called by the owner. `sources` is empty for what only the owner states. */
interface Said {
  readonly text: string;
  readonly lang?: string;
  readonly synonyms: readonly string[];
  readonly sources: Source[];
}

type State = 'backed' | 'named' | 'stated';

/** Make the form inside `part`. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], visited: Visited): Promise<void> {
  const place = part.querySelector<HTMLElement>('[data-live="advert"]')!;
  const input = make(place, 'textarea', 'pf-advert__input') as HTMLTextAreaElement;
  const label = make(place, 'label', '', message('live.advert.label'), input);
  const button = make(place, 'button', 'pf-button', message('live.advert.button')) as HTMLButtonElement;
  const form = make(place, 'form', 'pf-advert__form', label, button) as HTMLFormElement;
  const says = make(place, 'p', 'pf-advert__says');
  const result = make(place, 'div', 'pf-advert__result');
  Object.assign(input, { rows: 8, maxLength: LONGEST, spellcheck: false, autocomplete: 'off' });
  says.setAttribute('role', 'status');
  const { lang } = part.ownerDocument.documentElement;
  // Nothing may be fetched once somebody has written something: nobody can, before all is here.
  input.disabled = true;
  const forms = listed(elements, visited).then((found) => formsOf([lang, ...[...saidIn(part, found)].flatMap((one) => one.lang ?? [])]));
  void forms.finally(() => (input.disabled = false));
  let latest = 0;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const turn = ++latest;
    says.textContent = message('live.advert.waiting');
    result.replaceChildren();
    void Promise.all([listed(elements, visited), forms]).then(([found, known]) => {
      if (turn !== latest) return;
      const [sum, nodes] = answer(part, found, input.value, known);
      says.textContent = sum;
      result.replaceChildren(...nodes);
    });
  });
  place.replaceChildren(form, says, result);
}

function answer(part: HTMLElement, found: readonly Listed[], text: string, forms: AllForms): [string, Node[]] {
  if (!text.trim()) return [message('live.advert.blank'), []];
  const all = [...saidIn(part, found)];
  const { lang } = part.ownerDocument.documentElement;
  const usual = ['en', languageOf(lang)].filter((language) => forms.has(language));
  const matches = matchesIn(text, all, { segments: segmentsIn(lang), forms, usual });
  const states = matches.map((match) => stateOf(match, all));
  const count = (state: State): number => states.filter((one) => one === state).length;
  const sum = matches.length ? message('live.advert.sum', { backed: count('backed'), named: count('named'), stated: count('stated') }) : message('live.advert.none');
  if (!matches.length) return [sum, []];
  return [
    sum,
    [
      make(part, 'h3', '', message('live.advert.marked')),
      marked(part, text, matches, states),
      key(part, states),
      make(part, 'h3', '', message('live.advert.matches')),
      make(part, 'ul', 'pf-advert__list', ...rows(part, text, matches, all)),
      make(part, 'p', 'pf-advert__limit', message('live.advert.limit')),
    ],
  ];
}

/** Return all words that credentials say, then those that only the owner does. */
function saidIn(part: HTMLElement, found: readonly Listed[]): Iterable<Said> {
  const owners = [...part.querySelectorAll<HTMLElement>('[data-same]')].map((group) => [group.dataset['same']!, ...[...group.children].map(({ textContent }) => textContent ?? '')]);
  const others = (text: string): string[] => owners.filter((group) => group.some((word) => same(word, text))).flatMap((group) => group.filter((word) => !same(word, text)));
  const all = new Map<string, Said>();
  const said = (text: string, lang?: string): Said => {
    const known = all.get(fold(text)) ?? { text, ...(lang && { lang }), synonyms: others(text), sources: [] };
    all.set(fold(text), known);
    return known;
  };
  for (const one of distinct(found)) {
    const verdict = verdictOf(found.filter(({ address }) => address === one.address));
    for (const fact of one.report?.credential ?? []) {
      const kind = Object.hasOwn(SAYS, fact.field) ? message(SAYS[fact.field as keyof typeof SAYS]) : NAMES.includes(fact.field) ? message('live.advert.of.name') : '';
      if (!kind || !shown(fact)) continue;
      const { sources } = said(shown(fact), fact.lang);
      if (!sources.some(({ listed: { address } }) => address === one.address)) sources.push({ listed: one, verdict, kind });
    }
  }
  for (const { textContent } of part.ownerDocument.querySelectorAll('[data-stated]')) said(line(textContent ?? ''));
  return all.values();
}

const fold = (text: string): string => line(text).normalize('NFKC').toLowerCase();
const same = (one: string, other: string): boolean => fold(one) === fold(other);

function stateOf({ terms }: Match, all: readonly Said[]): State {
  const sources = terms.flatMap(({ index }) => all[index]!.sources);
  if (sources.some(({ verdict }) => verdict === 'verified')) return 'backed';
  return sources.length ? 'named' : 'stated';
}

/** The advert as text, its words marked. */
function marked(near: Element, text: string, matches: readonly Match[], states: readonly State[]): HTMLElement {
  const nodes: (Node | string)[] = [];
  let at = 0;
  matches.forEach(({ start, end }, index) => {
    nodes.push(text.slice(at, start), make(near, 'mark', `pf-mark pf-mark--${states[index]!}`, text.slice(start, end)));
    at = end;
  });
  const box = make(near, 'div', 'pf-advert__text', ...nodes, text.slice(at));
  box.dir = 'auto';
  return box;
}

function key(near: Element, states: readonly State[]): HTMLElement {
  const texts = { backed: 'live.advert.key.backed', named: 'live.advert.key.named', stated: 'live.advert.key.stated' } as const;
  const kinds = (Object.keys(texts) as State[]).filter((state) => states.includes(state));
  return make(near, 'p', 'pf-advert__key', ...kinds.flatMap((state) => [make(near, 'mark', `pf-mark pf-mark--${state}`, message(texts[state])), ' ']));
}

/** One row for the same words, whichever way the advert writes them, with everything that they match. */
function rows(near: Element, text: string, matches: readonly Match[], all: readonly Said[]): HTMLElement[] {
  const byWords = new Map<string, { words: string; terms: Match['terms'] }>();
  for (const { start, end, terms } of matches) {
    const found = text.slice(start, end);
    if (!byWords.has(fold(found))) byWords.set(fold(found), { words: found, terms });
  }
  return [...byWords.values()].map(({ words: found, terms }) => {
    const reasons = terms.map(({ index, why, by }) => reason(near, all[index]!, why, by));
    return make(near, 'li', '', make(near, 'p', 'pf-advert__words', message('live.advert.words', { words: quoted(found) })), make(near, 'ul', '', ...reasons));
  });
}

function reason(near: Element, { text, sources }: Said, why: Why, by: string): HTMLElement {
  const says = message(WHY[why], { name: quoted(text), by: quoted(by) });
  if (!sources.length) return make(near, 'li', 'pf-advert__own', says, ' ', message('live.advert.own'));
  const ordered = [...sources].sort((a, b) => Number(b.verdict === 'verified') - Number(a.verdict === 'verified'));
  return make(near, 'li', '', says, make(near, 'ul', 'pf-advert__sources', ...ordered.map((source) => sourceRow(near, source))));
}

function sourceRow(near: Element, { listed: { element, report }, verdict, kind }: Source): HTMLElement {
  const fact = firstOf(report!.credential, NAMES, element.dataset['language'])[0];
  const name = make(near, 'bdi', '', fact ? shown(fact) : message('label.untitled'));
  const at = element.querySelector<HTMLAnchorElement>('.pf-card__title a')?.href;
  const title = at ? Object.assign(make(near, 'a', '', name), { href: at }) : name;
  const not = verdict === 'verified' ? '' : ` ${message('live.advert.not')}`;
  return make(near, 'li', '', title, ` ${kind} `, badge(near, verdict), not);
}
