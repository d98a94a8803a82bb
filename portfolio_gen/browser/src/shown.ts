/** The check `shown`: does a page say what the signed document says? Pure; reading.ts reads the page for it. */
import { collapsed, href, picture, shown } from './format';
import { answer, type Check, type Fact, type Report } from './report';
import { holder, misplaced } from './together';
import { firstOf, tagOf, translationOf } from './translations';
import { words } from './words';

/** One fact as a page shows it. */
export interface Claim {
  readonly field: string;
  readonly pointer: string;
  readonly text: string;
  readonly href: string | null;
  /** The bytes of the picture, null for one that could not be had; undefined where the claim is text. */
  readonly picture?: Uint8Array | null;
  readonly visible: boolean;
  /** Empty in a heading, null where there is none. */
  readonly label: string | null;
  /** Which list of facts it stands in; null for what stands in none: the heading, the line above it, a picture. */
  readonly group: number | null;
  /** The language that the page gives the text. */
  readonly lang: string | null;
}

/** All that an element says in the credential's name. `strays` are words that nothing accounts for. */
export interface Snapshot {
  readonly view: string;
  readonly claims: readonly Claim[];
  readonly strays: readonly string[];
  /** Whether it has the seal that stands in place of a picture. */
  readonly sealed: boolean;
  /** The one in which it says that it shows texts; empty where it says none. */
  readonly language: string;
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
const ENDS = ['validUntil', 'expirationDate'];
const NAMED = new RegExp(`^(${[...NAMES, ...ISSUERS].join('|')})$`);

/** What may stand without its label: it is the heading, the line above it, or a picture. */
const UNLABELLED = new Set([...NAMES, 'achievementType', 'image']);

/** Which facts a view must show in a language; some only beside the claims that it has. */
type Must = (facts: readonly Fact[], claims: readonly Claim[], language: string) => readonly Fact[];

/** Identifiers by which results find their descriptions: they stand on no page. */
const INTERNAL = /^result(Id|Of|RubricId)$/;

/** Drawings are left out, as one with a script in it is not published: of these, the first picture's rule asks for a seal. */
const isTold = (fact: Fact): boolean =>
  !INTERNAL.test(fact.field) && !(fact.as === 'image' && /^data:/.test(String(fact.value)) && (/^data:image.svg/i.test(String(fact.value)) || !picture(fact)));

const firstPicture = (facts: readonly Fact[], claims: readonly Claim[]): Fact[] => (claims.some((claim) => claim.picture !== undefined) ? [] : firstOf(facts.filter(picture), ['image']));

/** The words of each skill that has a claim: without its framework or code, it would be another. */
const wordsOf = (fields: RegExp) => (facts: readonly Fact[], claims: readonly Claim[]): Fact[] => {
  const skills = new Set(claims.filter(({ field }) => /^skill/.test(field)).map(({ pointer }) => holder(pointer)));
  return facts.filter(({ field, pointer }) => fields.test(field) && skills.has(holder(pointer)));
};

/** One with a result must have all of them: else it would be one with the best. */
const line: Must = (facts, claims, language) => {
  const has = (kind: RegExp): boolean => claims.some(({ field }) => kind.test(field));
  return [
    ...[NAMES, ISSUERS, DATES, ENDS].flatMap((fields) => firstOf(facts, fields, language)),
    ...wordsOf(/^skill(Framework|Code|Link|Description)?$/)(facts, claims),
    ...facts.filter((fact) => (/^result/.test(fact.field) ? isTold(fact) && has(/^result/) : fact.field === 'level' && has(/^skill/))),
  ];
};

const page: Must = (facts, claims) => [...facts.filter(isTold), ...firstPicture(facts, claims)];

/** What no page may lack. */
const table = (facts: readonly Fact[]): Fact[] => facts.filter(({ field }) => words.fields[field]?.must);

/** For paper: beside what no page may lack, those of these for which there is room. As `chosen` of pages/certificates.py. */
const sheet: Must = (facts, claims, language) => {
  const takes = (fact: Fact): number => [...`${shown(fact)}${words.fields[fact.field]!.label}`].length + (shown(fact).match(/[\u2e80-\u{10ffff}]/gu)?.length ?? 0) + 12;
  const told = facts.filter((fact) => fact.as !== 'image' && shown(fact));
  const found = table(told);
  let room = 700 - found.reduce((sum, fact) => sum + takes(fact), 0);
  for (const wanted of 'recipientName role term licenseNumber level creditsAvailable volumeOfLearning description credentialDescription'.split(' ')) {
    const [fact] = firstOf(told, [wanted], language);
    if (fact && takes(fact) <= room) {
      room -= takes(fact);
      found.push(fact);
    }
  }
  return [...found, ...firstOf(facts, ['achievementType'], language), ...firstPicture(facts, claims)];
};

const LISTED = /^(name|credentialName|degreeName|issuerName|issuerId|awardedDate|valid(From|Until)|issuanceDate|expirationDate|image|level|(skill|result)\w*)$/;

/**
 * Views other than a page: which fields they are made of, and which facts must be there. With one field more, or by another name,
 * it is none of them; nor is a skill's without a claim, as nothing tells which skill that was.
 */
const VIEWS: Readonly<Record<string, readonly [fields: RegExp, must: Must]>> = {
  card: [LISTED, (facts, claims, language) => [...line(facts, claims, language), ...firstPicture(facts, claims)]],
  line: [LISTED, line],
  issuer: [/^issuer/, (facts) => facts.filter(({ field }) => ISSUERS.includes(field))],
  'about-issuer': [/^issuer/, (facts) => facts.filter(({ field, as }) => /^issuer/.test(field) && as !== 'image')],
  skill: [/^skill/, (facts, claims) => (claims.length ? [] : table(facts))],
  definition: [/^skill/, (facts, claims) => (claims.length ? wordsOf(/^skill(Framework|Code|Link)?$/) : table)(facts, claims)],
  certificate: [/^/, sheet],
  endorsement: [/^/, (facts) => facts.filter((fact) => isTold(fact) && fact.as !== 'image')],
};

/** Return the check and everything that differs; a document that could not be read leaves nothing to compare with. */
export function compare(snapshot: Snapshot, report: Report): { check: Check; differences: Difference[] } {
  if (report.checks['readable']?.result !== 'pass') return { check: answer('shown', 'NOT_READABLE'), differences: [] };
  const facts = new Map(report.credential.map((fact) => [fact.pointer, fact]));
  const differing = [
    ...snapshot.claims.flatMap((claim) => difference(claim, facts.get(claim.pointer))),
    ...snapshot.claims.flatMap((claim) => inAnotherLanguage(claim, facts.get(claim.pointer), snapshot, report.credential)),
  ];
  const seen = new Set(snapshot.claims.filter(({ visible }) => visible).map(({ pointer }) => pointer));
  const missing = [...musts(snapshot, report.credential)].filter((fact) => !seen.has(fact.pointer) && !(snapshot.sealed && picture(fact))).map(left);
  const elsewhere = misplaced(snapshot.claims, report.credential).map(moved);
  const differences = [...differing, ...missing, ...elsewhere, ...snapshot.strays.map(unsigned)];
  const worst = differences[0];
  if (!worst) return { check: answer('shown', 'OK'), differences };
  const pointers = differences.filter(({ code, pointer }) => code === worst.code && pointer).map(({ pointer }) => pointer);
  return { check: answer('shown', worst.code, pointers.length ? { pointers: [...new Set(pointers)].sort() } : {}), differences };
}

function difference(claim: Claim, fact: Fact | undefined): Difference[] {
  const own = fact?.field === claim.field ? fact : undefined;
  if (own && labelled(claim) && (claim.picture === undefined ? says(claim, own) : draws(claim, own))) return [];
  const text = collapsed(claim.text);
  const signed = own ? signedText(own) : '';
  const otherwise = own && claim.picture === undefined && claim.lang !== tagOf(own);
  const tagged = (lang: string | null): string => (otherwise ? `lang="${lang ?? ''}"` : '');
  const here = [claim.label, text, claim.href === text ? null : claim.href, tagged(claim.lang)].filter(Boolean).join(' ');
  return [differs(claim, here, otherwise ? `${signed} ${tagged(tagOf(own))}` : signed)];
}

/** Texts that a view shows in one language, though they are signed in several. A card has all words of a skill. */
const ONCE: Readonly<Record<string, RegExp>> = { card: NAMED, line: NAMED, skill: /^skill/ };

/** The claim of a text in another language than the view's: a card shows each in one of those it has. */
function inAnotherLanguage(claim: Claim, fact: Fact | undefined, { view, language }: Snapshot, facts: readonly Fact[]): Difference[] {
  if (fact?.field !== claim.field || !Object.hasOwn(ONCE, view) || !ONCE[view]!.test(fact.field)) return [];
  const instead = translationOf(fact, facts, language);
  return instead && tagOf(instead) !== tagOf(fact) ? [differs(claim, collapsed(claim.text), shown(instead))] : [];
}

const differs = ({ field, pointer }: Claim, here: string, signed: string): Difference => ({ code: 'SHOWN_DIFFERS', field, pointer, here, signed });

function labelled({ field, label }: Claim): boolean {
  return label ? label === words.fields[field]?.label : label === null ? UNLABELLED.has(field) : NAMES.includes(field);
}

function says(claim: Claim, fact: Fact): boolean {
  return collapsed(claim.text) === collapsed(shown(fact)) && claim.lang === tagOf(fact) && (claim.href === null || claim.href === href(fact));
}

function draws(claim: Claim, fact: Fact): boolean {
  const signed = picture(fact);
  const here = claim.picture;
  return !!signed && !!here && signed.length === here.length && signed.every((byte, index) => byte === here[index]);
}

function musts({ view, claims, language }: Snapshot, facts: readonly Fact[]): Set<Fact> {
  const [fields, small] = Object.hasOwn(VIEWS, view) ? VIEWS[view]! : [];
  const must = fields && claims.every(({ field }) => fields.test(field)) ? small! : view ? table : page;
  return new Set(must(facts, claims, language).filter((fact) => collapsed(shown(fact)) !== ''));
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
