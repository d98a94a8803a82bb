/** Writes what a check found into the page. Everything written is a sentence of the vocabulary or a verified value. */
import { emblem, seal } from './art';
import { href, line, quoted, shown } from './format';
import { LIVE, type Live } from './reading';
import type { Check, Checks, Report } from './report';
import { signedText, type Difference } from './shown';
import { later, message, says, words } from './words';

/** A check that is over: with a report, or with the sentence that says why there is none. */
export interface Finding {
  readonly verdict: string;
  readonly checks: Checks;
  readonly differences: readonly Difference[];
  readonly report: Report | null;
  /** SHA-256 of the file that the credential stands in. */
  readonly digest: string;
  /** The report on the credential around it. */
  readonly outer?: Report | undefined;
  readonly problem: string | null;
  readonly at: Date;
}

const SVG = 'http://www.w3.org/2000/svg';
const ORDER = ['readable', 'signature', 'signer', 'dates', 'status', 'recipient', 'shown'];
const DIFFERENCES = {
  SHOWN_DIFFERS: 'live.differs',
  SHOWN_MISSING: 'live.missing',
  SHOWN_MISPLACED: 'live.misplaced',
  SHOWN_UNSIGNED: 'live.unsigned',
} as const;
const LIMITS = ['identity', 'truth', 'holder', 'site'];

type Child = Node | string | null;

/** Make an element of the page that `near` is in. */
export function make(near: Element, tag: string, className: string, ...children: readonly Child[]): HTMLElement {
  const element = near.ownerDocument.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Paint everything that the script fills in an element that stands for a credential, but nothing among the owner's words. */
export function paint(element: HTMLElement, finding: Finding): void {
  for (const part of element.querySelectorAll<HTMLElement>('[data-live]')) {
    const name = part.dataset['live'] as Live;
    const owners = element.contains(part.closest('[data-owner]'));
    if (LIVE.includes(name)) part.replaceChildren(...(owners ? [] : PAINTERS[name](part, finding, element.dataset['view'] ?? '')));
    part.removeAttribute('aria-busy');
  }
  for (const owner of element.querySelectorAll('[data-owner]')) {
    const [first] = owner.children;
    if (first?.className === 'pf-owner' && first.textContent === message('live.owner')) first.remove();
    owner.prepend(make(owner, 'p', 'pf-owner', message('live.owner')));
  }
  for (const difference of finding.differences) mark(element, difference);
  element.dataset['verdict'] = finding.verdict;
}

/** Take back whatever verdict stands in the page: none was made in this visit yet. */
export function blank(element: HTMLElement): void {
  delete element.dataset['verdict'];
  const none = words.verdicts['not-checked']!.says;
  for (const part of element.querySelectorAll<HTMLElement>('[data-live]')) {
    const name = part.dataset['live'];
    if (name === 'verdict') {
      // Busy: that there is no verdict yet is not announced as one.
      part.setAttribute('aria-busy', 'true');
      part.replaceChildren(badge(part, 'not-checked'));
    }
    if (name === 'checks') part.replaceChildren(make(part, 'p', '', none));
    if (name === 'proves' || name === 'differences') part.replaceChildren();
  }
}

const PAINTERS: Record<Live, (near: HTMLElement, finding: Finding, view: string) => Node[]> = {
  verdict: (near, finding, view) => (/^(certificate)?$/.test(view) ? verdict : smallVerdict)(near, finding),
  checks: (near, { report, checks }) => (report ? [checkList(near, report, checks)] : []),
  proves: (near, finding) => (finding.report ? proves(near, finding) : []),
  differences: (near, { differences }) => (differences.length ? [differenceList(near, differences)] : []),
  identity: (near, { report }) => (report ? identity(near, report) : []),
  digest: (near, finding) => (finding.report ? digest(near, finding.digest) : []),
  picture: (near, { report, checks }) => (report ? [make(near, 'p', '', pictureSentence(report, checks))] : []),
  concerns: (near, { report, outer }) => (report?.checks['signature']?.result === 'pass' ? [make(near, 'p', '', concern(report, outer))] : []),
  lookup: () => [],
  art: (near, { report }) => (report ? [art(near, report)] : []),
};

/** Return the label of a verdict with its sign: never the colour alone. */
export function badge(near: Element, verdict: string): HTMLElement {
  const sign = make(near, 'span', `pf-sign pf-sign--${verdict}`);
  sign.setAttribute('aria-hidden', 'true');
  return make(near, 'span', `pf-badge pf-badge--${verdict}`, sign, words.verdicts[verdict]!.label);
}

/** Return the verdict as a card has it: the label, and by whom or why. */
export function smallVerdict(near: HTMLElement, finding: Finding): Node[] {
  const because = finding.verdict === 'verified' ? byWhom(finding.report!, 'live.card') : reason(finding);
  return [badge(near, finding.verdict), make(near, 'span', 'pf-because', because)];
}

/** Return the whole verdict: label, what was found, its object, its limit, when and where it was checked. */
export function verdict(near: HTMLElement, finding: Finding): Node[] {
  const { report, checks, at } = finding;
  const line = (className: string, text: string | null) => (text ? make(near, 'p', className, text) : null);
  const signed = report && checks['signature']?.result === 'pass' ? byWhom(report, 'live.object') : null;
  const fine = finding.verdict === 'verified';
  return [
    make(near, 'p', 'pf-verdict__label', badge(near, finding.verdict)),
    line('pf-verdict__says', fine ? null : words.verdicts[finding.verdict]!.says),
    line('pf-verdict__says', fine ? null : reason(finding)),
    line('pf-verdict__object', signed),
    line('pf-verdict__limit', signed ? message('live.limit') : null),
    line('pf-verdict__when', report ? message('live.when', when(near, at)) : null),
  ].filter((part) => part !== null);
}

/** Return the first sentence that explains a verdict: what failed, else what could not be told. */
function reason({ problem, report, checks }: Finding): string {
  if (problem || !report) return problem ?? '';
  const asked = ORDER.filter((name) => checks[name] && !/^(NOT_READ|SIGNATURE_FIRST)$/.test(checks[name]!.code));
  const because = ['fail', 'unknown', 'none'].flatMap((result) => asked.filter((name) => checks[name]!.result === result));
  return because[0] ? sentence(because[0], checks[because[0]]!, report) : '';
}

function sentence(name: string, check: Check, report: Report): string {
  return says(name, check.code, report.format, shown({ value: String(check.detail?.['at'] ?? ''), as: 'date' }));
}

/** Return who signed: the identifier first, the name only as what the issuer calls itself (DESIGN 2.2). */
function byWhom({ issuer, checks }: Report, id: 'live.object' | 'live.card'): string {
  const key = keyOf(line(issuer?.id ?? ''), checks['signer']?.result === 'pass');
  if (!issuer?.name) return id === 'live.card' ? message('live.card.unnamed', { key }) : message('live.object.unnamed', { key });
  const values = { key, name: quoted(issuer.name) };
  return id === 'live.card' ? message('live.card.named', values) : message('live.object.named', values);
}

/** Return the key's own name where the identifier is one; else whose it is, or is said to be. */
function keyOf(id: string, listed: boolean): string {
  if (!/^did:(key|jwk):/.test(id)) return listed ? message('live.by.listed', { id }) : message('live.by.claimed', { id });
  const key = id.replace(/^did:key:/, '');
  return message('live.by.key', { id: key.length > 24 ? `${key.slice(0, 10)}…${key.slice(-8)}` : key });
}

/** Return date, time and host as sentences name them. */
export function when(near: Element, at: Date): { date: string; time: string; host: string } {
  const host = new URL(near.baseURI).host;
  const two = (part: number): string => String(part).padStart(2, '0');
  const value = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T`;
  return { date: shown({ value, as: 'date' }), time: `${two(at.getHours())}:${two(at.getMinutes())}`, host };
}

/** Return the list of checks, each with its question, its answer and its sentence. */
export function checkList(near: Element, report: Report, checks: Checks): HTMLElement {
  const rows = ORDER.filter((name) => checks[name]).map((name) => {
    const check = checks[name]!;
    const answer = make(near, 'span', `pf-answer pf-answer--${check.result}`, words.results[check.result]!);
    const details = Object.entries(check.detail ?? {}).flatMap(([key, value]) => detail(key, value));
    return make(
      near,
      'li',
      'pf-check',
      make(near, 'p', 'pf-check__asks', make(near, 'strong', '', words.checks[name]!.title), ' ', words.checks[name]!.asks),
      answer,
      make(near, 'p', 'pf-check__says', sentence(name, check, report)),
      ...refused(check).map((why) => make(near, 'p', 'pf-check__says', why)),
      details.length ? make(near, 'p', 'pf-check__detail', ...details.flatMap((text) => [make(near, 'code', '', text), ' '])) : null,
    );
  });
  return make(near, 'ol', 'pf-checks', ...rows);
}

/** Why suites that were decided against are not checked. */
function refused({ detail: { unknownSuites = [] } = {} }: Check): string[] {
  return [...new Set([unknownSuites].flat().flatMap((name) => later(`live.detail.suite.${name}`) ?? []))];
}

/** Return what a detail says: numbers by a sentence, names as they are; that a picture holds JSON is of no interest. */
function detail(key: string, value: string | number | readonly string[]): string | readonly string[] {
  if (key === 'payload') return [];
  return typeof value === 'number' ? (later(`live.detail.${key}`, { count: value }) ?? String(value)) : value;
}

/** Return what the checks prove and what they do not. */
export function proves(near: Element, { report, checks }: Finding): HTMLElement[] {
  const asked = ORDER.filter((name) => !['readable', 'recipient'].includes(name) && checks[name]);
  const proven = asked.filter((name) => checks[name]!.result === 'pass').map((name) => message(`live.proves.${name}`));
  const open = asked.filter((name) => checks[name]!.result !== 'pass').map((name) => message(`live.open.${name}`));
  const limits = LIMITS.map((name) => message(`live.not.${name}`));
  const list = (title: string, className: string, lines: readonly string[]) =>
    make(near, 'div', className, make(near, 'h3', '', title), make(near, 'ul', '', ...lines.map((text) => make(near, 'li', '', text))));
  return [
    list(message('live.proves'), 'pf-proves', proven.length && report ? proven : [message('live.nothing')]),
    list(message('live.not'), 'pf-proves pf-proves--not', [...open, ...limits]),
  ];
}

function differenceList(near: Element, differences: readonly Difference[]): HTMLElement {
  const lines = differences.map(({ code, field, here, signed }) => {
    const values = { here: quoted(here), signed: quoted(signed), label: words.fields[field]?.label ?? field };
    return make(near, 'li', '', later(DIFFERENCES[code], values) ?? values.signed);
  });
  return make(near, 'div', 'pf-differences', make(near, 'h3', '', later('live.differences')), make(near, 'ul', '', ...lines));
}

/** Put the signed text beside what differs from it. */
function mark(element: HTMLElement, { code, pointer, signed }: Difference): void {
  for (const claim of pointer ? element.querySelectorAll(`[data-claim="${CSS.escape(pointer)}"]`) : []) {
    claim.classList.add('pf-differs');
    const instead = signed ? later('live.signed', { signed: quoted(signed) }) : later(code === 'SHOWN_MISPLACED' ? 'live.elsewhere' : 'live.notsigned');
    claim.after(make(claim, 'span', 'pf-signed', instead));
  }
}

function identity(near: Element, { issuer }: Report): HTMLElement[] {
  if (!issuer) return [];
  const kind = /^did:(key|jwk):/.test(issuer.id) ? 'key' : /^(did:|https?:)/.test(issuer.id) ? 'lookup' : 'claimed';
  const how = message(`live.identity.${kind}`);
  const listed = message(near.ownerDocument.querySelector('[data-lists]') ? 'live.identity.asking' : 'live.identity.unlisted');
  return [how, listed].map((text) => make(near, 'p', '', text));
}

function digest(near: Element, sha256: string): HTMLElement[] {
  return [make(near, 'p', '', message('live.digest')), make(near, 'code', 'pf-digest', sha256)];
}

/**
 * Return whether an endorsement is said of that in whose member `endorsement` it stands: anybody can put any there. One of a
 * credential may be of its achievement or its issuer (Open Badges 3.0, B.1, AchievementCredential).
 */
function concern({ pointer, credential }: Report, outer: Report | undefined): string | null {
  const place = pointer?.replace(/\/endorsement(Jwt)?(\/\d+)?$/, '/id');
  const ofAll = /^(\/vc)?\/id$/.test(place ?? '');
  const holders = outer?.credential.filter((fact) => fact.pointer === place || (ofAll && /^(achievement|issuer)Id$/.test(fact.field)));
  const named = credential.some(({ field, value }) => field === 'endorsed' && holders?.some((holder) => holder.value === value));
  return later(named ? 'live.concerns.this' : 'live.concerns.other');
}

function pictureSentence({ credential }: Report, checks: Checks): string {
  const image = credential.find(({ field }) => field === 'image');
  if (!image) return message('live.picture.none');
  if (signedText(image)) return message('live.picture.linked');
  return message(checks['signature']?.result === 'pass' ? 'live.picture.covered' : 'live.picture.unproven');
}

/** Return the seal of a credential. */
function art(near: Element, report: Report): Element {
  const drawing = near.ownerDocument.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 100 100');
  drawing.setAttribute('aria-hidden', 'true');
  for (const [name, attributes] of seal(emblem(report))) {
    const shape = near.ownerDocument.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) shape.setAttribute(attribute, value);
    drawing.append(shape);
  }
  return drawing;
}

/** Return all facts of a report, each under its label, as plain text; links only where they read as what they are. */
export function factList(near: Element, { credential }: Report): HTMLElement {
  const rows = credential.filter(signedText).map((fact) => {
    const value = make(near, href(fact) ? 'a' : 'span', '', shown(fact));
    const target = href(fact);
    if (target) Object.assign(value, { href: target, rel: 'noopener noreferrer nofollow' });
    value.dir = 'auto';
    return make(near, 'div', 'pf-fact', make(near, 'dt', '', words.fields[fact.field]!.label), make(near, 'dd', '', value));
  });
  return make(near, 'dl', 'pf-facts', ...rows);
}
