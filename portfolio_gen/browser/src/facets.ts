/** By what a list of credentials is filtered and sorted: read off the reports of this visit's check, and nothing else. Pure. */
import { line, shown } from './format';
import type { Fact, Report } from './report';
import { DATES, NAMES } from './shown';
import { firstOf } from './translations';

/** What a list can be filtered by, in the order of the form. */
export const FACETS = ['skill', 'issuer', 'kind', 'level', 'year', 'verdict'] as const;
export type Facet = (typeof FACETS)[number];

/** Ways to sort, beside the owner's own order. */
export const SORTS = ['newest', 'oldest', 'name', 'issuer'] as const;

/** What is wanted: a value for each facet that matters, and a way to sort. */
export type Wanted = { readonly [name in Facet | 'sort']?: string };

/** A value by which credentials are told apart, and how it reads. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** What one credential of a list has of each facet, and what it is sorted by. */
export interface Row {
  readonly of: Readonly<Record<Facet, readonly Choice[]>>;
  readonly name: string;
  readonly issuer: string;
  /** The date as written, down to the day; empty where there is none. */
  readonly day: string;
}

const KINDS = ['achievementType', 'credentialType'];
const KEY = /^did:(key|jwk):/;
const SHORT = 26;

/** Return what a credential has of each facet; `verdict` is the page's own, which knows what is shown, in which `language`. */
export function rowOf(report: Report | undefined, verdict: string, label: string, language = ''): Row {
  const facts = report?.credential ?? [];
  const [name, date] = [firstOf(facts, NAMES, language)[0], firstOf(facts, DATES)[0]];
  const day = date ? (/^-?[0-9]{4,9}-[0-9]{2}-[0-9]{2}/.exec(String(date.value))?.[0] ?? '') : '';
  const year = /^-?[0-9]{4,9}(?=-)/.exec(day)?.[0];
  const issuer = issuerOf(report);
  const kind = KINDS.map((field) => texts(facts, field)).find((found) => found.length) ?? [];
  const of = {
    skill: texts(facts, 'skill'),
    issuer: issuer ? [issuer] : [],
    kind,
    level: texts(facts, 'level'),
    year: year ? [{ value: year, text: year }] : [],
    verdict: [{ value: verdict, text: label }],
  };
  return { of, name: name ? shown(name) : '', issuer: issuer?.text ?? '', day };
}

/** An issuer is its identifier: two may give themselves one name. */
function issuerOf(report: Report | undefined): Choice | null {
  if (!report?.issuer) return null;
  const { id, name } = report.issuer;
  const key = line(id).replace(KEY, '');
  const short = key.length > SHORT && KEY.test(id) ? `${key.slice(0, 8)}…${key.slice(-4)}` : key;
  return { value: id, text: name ? `${line(name)} (${short})` : short };
}

function texts(facts: readonly Fact[], field: string): Choice[] {
  const found = facts.filter((fact) => fact.field === field).map(shown);
  return [...new Set(found)].filter(Boolean).map((text) => ({ value: text, text }));
}

/** Whether a credential has everything that is wanted. */
export function matches({ of }: Row, wanted: Wanted): boolean {
  return FACETS.every((facet) => wanted[facet] === undefined || of[facet].some(({ value }) => value === wanted[facet]));
}

/** Return the choices of a facet with how many credentials have them, by name; years and dates the newest first. */
export function choicesOf(rows: readonly Row[], facet: Facet, order: (a: string, b: string) => number): (Choice & { readonly count: number })[] {
  const found = new Map<string, { value: string; text: string; count: number }>();
  for (const { value, text } of rows.flatMap(({ of }) => of[facet])) {
    const known = found.get(value);
    if (known) known.count++;
    else found.set(value, { value, text, count: 1 });
  }
  const sorted = [...found.values()].sort((a, b) => order(a.text, b.text));
  return facet === 'year' ? sorted.reverse() : sorted;
}

type Order = (a: string, b: string) => number;

/** The order of dates as they are written. */
const byDay: Order = (a, b) => (a < b ? -1 : Number(a > b));

/** Return a comparison for a way to sort; what lacks what it is sorted by comes last. Equal ones keep their places. */
export function comparing(sort: string, byText: Order): (a: Row, b: Row) => number {
  const by = (of: (row: Row) => string, order: Order) => (a: Row, b: Row): number => {
    const [one, other] = [of(a), of(b)];
    return one && other ? order(one, other) : Number(!one) - Number(!other);
  };
  if (sort === 'name') return by(({ name }) => name, byText);
  if (sort === 'issuer') return by(({ issuer }) => issuer, byText);
  return by(({ day }) => day, sort === 'newest' ? (a, b) => byDay(b, a) : byDay);
}

/** Read what is wanted from the part of an address behind its `?`. What is empty, or no way to sort, is not wanted. */
export function wantedIn(search: string): Wanted {
  const given = new URLSearchParams(search);
  const sort = given.get('sort') ?? '';
  const rows = FACETS.flatMap((facet) => (given.get(facet) ? [[facet, given.get(facet)!]] : []));
  return Object.fromEntries([...rows, ...((SORTS as readonly string[]).includes(sort) ? [['sort', sort]] : [])]);
}

/** Return the part of an address for what is wanted: as `wantedIn` reads it. */
export function addressOf(wanted: Wanted): string {
  const given = new URLSearchParams();
  for (const name of [...FACETS, 'sort'] as const) if (wanted[name]) given.set(name, wanted[name]);
  return String(given) && `?${given}`;
}
