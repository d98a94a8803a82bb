/** The check `shown`: does a page say what the signed document says? Pure; reading.ts reads the page for it. */
import { collapsed, href, picture, shown } from './format';
import { answer, type Check, type Fact, type Report } from './report';
import { misplaced } from './together';
import { message, words } from './words';

/** One fact as a page shows it. */
export interface Claim {
  readonly field: string;
  readonly pointer: string;
  readonly text: string;
  readonly href: string | null;
  /** The bytes of the picture, null for one that could not be had; undefined where the claim is text. */
  readonly picture?: Uint8Array | null;
  readonly visible: boolean;
  readonly label: string | null;
  /** Which list of facts it stands in; null for what stands in none: the heading, the line above it, a picture. */
  readonly group: number | null;
}

/** All that an element says in the credential's name. `strays` are words that nothing accounts for. */
export interface Snapshot {
  readonly view: string;
  readonly claims: readonly Claim[];
  readonly strays: readonly string[];
}

export interface Difference {
  readonly code: 'SHOWN_DIFFERS' | 'SHOWN_MISSING' | 'SHOWN_MISPLACED' | 'SHOWN_UNSIGNED';
  readonly field: string;
  readonly pointer: string;
  readonly here: string;
  readonly signed: string;
}

export const NAMES = ['name', 'credentialName', 'degreeName'];
const ISSUERS = ['issuerName', 'issuerId'];
export const DATES = ['awardedDate', 'validFrom', 'issuanceDate'];

/** What may stand without its label: it is the heading, the line above it, or a picture. */
const UNLABELLED = new Set([...NAMES, 'achievementType', 'image']);

const isResult = (field: string): boolean => field.startsWith('result');

/** Smaller views: which fields they are made of (one more makes it a whole page), and which of them must be there. */
const VIEWS: Readonly<Record<string, { fields: RegExp; must: (facts: readonly Fact[], results: boolean) => readonly Fact[] }>> = {
  card: {
    fields: /^(name|credentialName|degreeName|issuerName|issuerId|awardedDate|valid(From|Until)|issuanceDate|expirationDate|image|level|(skill|result)\w*)$/,
    // One with a result must have all of them: else it would be one with the best.
    must: (facts, results) => [
      ...[NAMES, ISSUERS, DATES].flatMap((fields) => firstOf(facts, fields)),
      ...facts.filter(({ field }) => results && isResult(field) && words.fields[field]?.must),
    ],
  },
  issuer: {
    fields: /^issuer/,
    must: (facts) => facts.filter(({ field }) => ISSUERS.includes(field)),
  },
  skill: { fields: /^skill/, must: () => [] },
};

/** Whether a text is in the page's language, or in none that is named. */
function isOfThePage({ lang }: Fact): boolean {
  return lang === undefined || lang.toLowerCase().split('-')[0] === message('live.language');
}

/** The first of these fields that a credential has: in the page's language, else the first. */
export function firstOf(facts: readonly Fact[], fields: readonly string[]): Fact[] {
  for (const field of fields) {
    const found = facts.filter((fact) => fact.field === field);
    if (found[0]) return [found.find(isOfThePage) ?? found[0]];
  }
  return [];
}

/** Return the check and everything that differs; a document that could not be read leaves nothing to compare with. */
export function compare(snapshot: Snapshot, report: Report): { check: Check; differences: Difference[] } {
  if (report.checks['readable']?.result !== 'pass') return { check: answer('shown', 'NOT_READABLE'), differences: [] };
  const facts = new Map(report.credential.map((fact) => [fact.pointer, fact]));
  const differing = snapshot.claims.flatMap((claim) => difference(claim, facts.get(claim.pointer)));
  const missing = musts(snapshot, report.credential).filter((fact) => !isShown(fact, snapshot.claims)).map(left);
  const elsewhere = misplaced(snapshot.claims, report.credential).map(moved);
  const differences = [...differing, ...missing, ...elsewhere, ...snapshot.strays.map(unsigned)];
  const worst = differences[0];
  if (!worst) return { check: answer('shown', 'OK'), differences };
  const pointers = differences.filter(({ code, pointer }) => code === worst.code && pointer).map(({ pointer }) => pointer);
  return { check: answer('shown', worst.code, pointers.length ? { pointers: [...new Set(pointers)].sort() } : {}), differences };
}

function difference(claim: Claim, fact: Fact | undefined): Difference[] {
  const signed = fact && fact.field === claim.field ? signedText(fact) : '';
  const same = fact !== undefined && fact.field === claim.field && labelled(claim) && (claim.picture === undefined ? says(claim, fact) : draws(claim, fact));
  const here = [claim.label, collapsed(claim.text), claim.href === collapsed(claim.text) ? null : claim.href].filter(Boolean).join(' ');
  return same ? [] : [{ code: 'SHOWN_DIFFERS', field: claim.field, pointer: claim.pointer, here, signed }];
}

function labelled({ field, label }: Claim): boolean {
  return label === null ? UNLABELLED.has(field) : label === words.fields[field]?.label;
}

function says(claim: Claim, fact: Fact): boolean {
  return collapsed(claim.text) === collapsed(shown(fact)) && (claim.href === null || claim.href === href(fact));
}

function draws(claim: Claim, fact: Fact): boolean {
  const signed = picture(fact);
  const here = claim.picture;
  return !!signed && !!here && signed.length === here.length && signed.every((byte, index) => byte === here[index]);
}

function musts({ view, claims }: Snapshot, facts: readonly Fact[]): readonly Fact[] {
  const small = Object.hasOwn(VIEWS, view) ? VIEWS[view]! : null;
  const isSmall = small && claims.length && claims.every(({ field }) => small.fields.test(field));
  const must = isSmall ? small.must(facts, claims.some(({ field }) => isResult(field))) : facts.filter(({ field }) => words.fields[field]?.must);
  return must.filter((fact) => collapsed(shown(fact)) !== '');
}

function isShown(fact: Fact, claims: readonly Claim[]): boolean {
  return claims.some(({ pointer, visible }) => pointer === fact.pointer && visible);
}

/** The signed text as a page can quote it; a picture that a fact holds in itself has none. */
export function signedText(fact: Fact): string {
  return picture(fact) ? '' : shown(fact);
}

const left = (fact: Fact): Difference => ({
  code: 'SHOWN_MISSING',
  field: fact.field,
  pointer: fact.pointer,
  here: '',
  signed: signedText(fact),
});

const moved = ({ field, pointer, text }: Claim): Difference => ({ code: 'SHOWN_MISPLACED', field, pointer, here: collapsed(text), signed: '' });

const unsigned = (here: string): Difference => ({ code: 'SHOWN_UNSIGNED', field: '', pointer: '', here, signed: '' });
