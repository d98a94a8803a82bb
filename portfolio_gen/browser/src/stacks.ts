/**
 * Counts, in the page, what of a stack checks out: only credentials whose check in this visit says so, never what the build
 * wrote. Of a stack in a signed record it reads the parts in the record itself, and counts nothing if the page has others.
 * A chunk that loads where there is a stack.
 */
import sentencesOfStacks from 'virtual:sentences/stacks';

import { collapsed, line } from './format';
import { Credentials, type BytesAt, type Held } from './held';
import type { Visited } from './listed';
import { make } from './paint';
import { structures, type Structure } from './records';
import { tally, type Leaf, type State, type Tally, type Unit } from './tally';
import { message, words } from './words';

Object.assign(words.messages, sentencesOfStacks);

/** A unit in the page; `id` names its achievement in a signed record. */
interface Shown extends Unit {
  readonly element: HTMLElement;
  readonly places: readonly HTMLElement[];
  readonly id: string | undefined;
}

/** What was counted, or the sentence that says why nothing was; `names` are those that a record gives to its parts. */
type Counted = { readonly problem: string } | { readonly found: Tally; readonly names: ReadonlyMap<string, string> };

/** Count a stack, once every credential on the page is checked. */
export async function count(part: HTMLElement, elements: readonly HTMLElement[], { bytesAt, painted }: Visited): Promise<void> {
  await painted;
  for (const place of part.querySelectorAll<HTMLElement>('[data-state]')) delete place.dataset['state'];
  const units = isTangled(part) ? [] : [...part.querySelectorAll<HTMLElement>('[data-unit]')].map(unitOf);
  const counted = await counting(part, units, elements, bytesAt).catch(() => ({ problem: message('live.stack.failed') }));
  for (const place of part.querySelectorAll('[data-live="stack"]')) place.replaceChildren(...progress(place, part, units, counted));
  if ('found' in counted) units.forEach((unit, index) => mark(unit, index, counted.found, counted.names));
}

/** Whether a stack stands in a stack, or a part in a part: no page has such, and as many as a page has elements would be read for hours. */
function isTangled(part: HTMLElement): boolean {
  return !!part.parentElement?.closest('[data-stack]') || !!part.querySelector('[data-stack], [data-unit] [data-unit], [data-leaf] [data-leaf]');
}

function unitOf(element: HTMLElement): Shown {
  const places = [...element.querySelectorAll<HTMLElement>('[data-leaf]')];
  const at = (place: HTMLElement, name: string): string[] => listed(place.dataset[name]).map((address) => new URL(address, place.baseURI).href);
  const leaves: Leaf[] = places.map((place) => ({ own: at(place, 'of'), prior: at(place, 'prior') }));
  return { element, places, leaves, needs: numberIn(element.dataset['unit']), after: listed(element.dataset['after']).map(Number), id: element.dataset['id'] };
}

/** How many are needed; NaN for what a page does not write. */
const numberIn = (text = ''): number => (/^[1-9][0-9]{0,5}$/.test(text) ? Number(text) : NaN);

function listed(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}

async function counting(part: HTMLElement, units: readonly Shown[], elements: readonly HTMLElement[], bytesAt: BytesAt): Promise<Counted> {
  const named = units.flatMap(({ leaves }) => leaves.flatMap(({ own, prior }) => [...own, ...prior]));
  const here = byAddress(elements);
  if (named.some((address) => !here.has(address))) return { problem: message('live.stack.elsewhere') };
  const good = new Set([...here].flatMap(([address, of]) => (of.every(({ dataset }) => dataset['verdict'] === 'verified') ? [address] : [])));
  const { stack, whole, record: signedIn } = part.dataset;
  const isOfRecord = stack === 'clr' || whole !== undefined || signedIn !== undefined;
  if (!units.length || (isOfRecord && !signedIn)) return { problem: message(isOfRecord ? 'live.stack.differs' : 'live.stack.failed') };
  if (!isOfRecord) {
    const needs = numberIn(part.dataset['needs']);
    const enough = [needs, ...units.map((unit) => unit.needs)].every(Number.isInteger);
    return enough ? { found: tally(units, needs, good, part.dataset['twice'] === undefined), names: new Map() } : { problem: message('live.stack.failed') };
  }
  const record = new URL(signedIn!, part.baseURI).href;
  if (!good.has(record)) return { problem: message('live.stack.unsigned') };
  const asked = [record, ...named].flatMap((address) => here.get(address) ?? []);
  const held = await new Credentials(asked, bytesAt).with({});
  const signed = structureIn(held, record, whole);
  if (!signed || stack !== 'clr' || !agrees(signed, record, units, held) || !isWorded(part, units, signed)) return { problem: message('live.stack.differs') };
  return { found: tally(units, signed.members.length, good, true), names: namesIn(held, record) };
}

/** The elements of each credential that show enough of it to be judged: not those for its issuer, or as an endorsement. */
function byAddress(elements: readonly HTMLElement[]): Map<string, HTMLElement[]> {
  const found = new Map<string, HTMLElement[]>();
  for (const element of elements) {
    if (!['card', 'line', ''].includes(element.dataset['view'] ?? '')) continue;
    const { href } = new URL(element.dataset['credential']!, element.baseURI);
    found.set(href, [...(found.get(href) ?? []), element]);
  }
  return found;
}

const addressOf = ({ element }: Held): string => new URL(element.dataset['credential']!, element.baseURI).href;

function structureIn(held: readonly Held[], record: string, whole: string | undefined): Structure | undefined {
  const own = held.find((one) => addressOf(one) === record);
  return own && structures(own.report.credential).find((one) => one.whole === whole);
}

/** Whether the page has the record's parts, no others, in its order, and for each only credentials that are for it and by its issuer. */
function agrees({ members }: Structure, record: string, units: readonly Shown[], held: readonly Held[]): boolean {
  const issuer = held.find((one) => addressOf(one) === record)?.report.issuer?.id;
  const reports = new Map(held.map((one) => [addressOf(one), one.report]));
  const stands = (address: string, ids: readonly string[]): boolean => {
    const report = reports.get(address);
    const by = report?.issuer?.id === issuer || address.startsWith(`${record}#`);
    return by && !!report?.credential.some(({ field, value }) => field === 'achievementId' && ids.includes(String(value)));
  };
  return (
    members.length === units.length &&
    members.every(({ id, instead, after }, index) => {
      const { leaves, needs, after: shown, id: named, element } = units[index]!;
      const [leaf] = leaves;
      const cards = [...element.querySelectorAll<HTMLElement>('[data-credential]')].map((card) => new URL(card.dataset['credential']!, card.baseURI).href);
      const same = named === id && needs === 1 && leaves.length === 1 && !leaf!.prior.length && after.join() === shown.join();
      return same && cards.every((address) => leaf!.own.includes(address)) && leaf!.own.every((address) => stands(address, [id, ...instead]));
    })
  );
}

/** Whether the page says of a record's stack what follows from the record, and nothing else: not what its parts are called, which only the record says. */
function isWorded(part: HTMLElement, units: readonly Shown[], { members }: Structure): boolean {
  const total = members.length;
  const rule = total === 1 ? message('page.stack.rule.one') : message('page.stack.rule.all', { total });
  const around = [rule, message('page.stack.record'), message('page.stack.signed'), message('page.stack.takes'), message('page.stack.from.clr')];
  const says = (near: Element, expected: readonly string[]): boolean => {
    const known = new Set(['', ...expected.map(collapsed)]);
    return ownTexts(near).every((text) => known.has(text));
  };
  return (
    part.dataset['needs'] === String(total) &&
    says(part, around) &&
    units.every(({ element }, index) => {
      const parts = members[index]!.after.map((before) => before + 1).join(', ');
      const comes = parts && message('page.stack.after', { parts });
      return says(element, [message('page.stack.part', { number: index + 1 }), comes, message('page.stack.missing')]);
    })
  );
}

/** What stands inside of stacks and parts and says nothing of its own: parts, credentials, and what this script puts in. */
const OTHERS = '[data-unit], [data-credential], [data-live="stack"], [data-leaf] [data-live="part"], [data-unit] [data-live="unit"], noscript';

function ownTexts(root: Element): string[] {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(OTHERS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const found: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) found.push(collapsed(node.data));
  return found;
}

/** By identifier: what the record calls the achievements that it holds. */
function namesIn(held: readonly Held[], record: string): Map<string, string> {
  const facts = held.find((one) => addressOf(one) === record)?.report.credential ?? [];
  const holder = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf('/'));
  const called = new Map(facts.filter(({ field }) => field === 'recordedName').map(({ pointer, value }) => [holder(pointer), line(String(value))]));
  const ids = facts.filter(({ field }) => field === 'achievementId');
  return new Map(ids.map(({ pointer, value }) => [String(value), called.get(holder(pointer)) ?? line(String(value))]));
}

function progress(near: Element, part: HTMLElement, units: readonly Shown[], counted: Counted): Node[] {
  if ('problem' in counted) return [make(near, 'p', 'pf-stack__problem', counted.problem)];
  const { found, names } = counted;
  const { stack = '', needs } = part.dataset;
  const total = stack === 'clr' ? units.length : Number(needs);
  const sum = message(found.done >= total ? 'live.stack.complete' : 'live.stack.count', { done: found.done, total });
  const next = found.next.map((index) => nameOf(units[index]!, index, names)).join('; ');
  const ordered = units.some(({ after }) => after.length);
  const limit = stack === 'clr' ? 'live.stack.clr' : stack === 'ctdl' ? 'live.stack.ctdl' : 'live.stack.owner';
  return [
    make(near, 'p', 'pf-stack__sum', sum),
    ...(found.prior ? [make(near, 'p', '', message('live.stack.prior', { count: found.prior }))] : []),
    ...(next ? [make(near, 'p', 'pf-stack__next', message(ordered ? 'live.stack.next' : 'live.stack.choice', { parts: next }))] : []),
    make(near, 'p', 'pf-stack__limit', message(limit)),
  ];
}

/** What a part is called: by the owner, by the record (its page names none), else by its number. */
function nameOf({ element, id }: Shown, index: number, names: ReadonlyMap<string, string>): string {
  const titles = [...element.querySelectorAll('.pf-stack__name')].map(({ textContent }) => textContent.trim()).filter(Boolean);
  return titles.join(' / ') || (id && names.get(id)) || message('live.stack.number', { number: index + 1 });
}

function mark({ element, places, needs, leaves, id }: Shown, index: number, found: Tally, names: ReadonlyMap<string, string>): void {
  const states = found.states[index]!;
  element.dataset['state'] = found.complete[index] ? (states.includes('prior') ? 'prior' : 'own') : 'open';
  places.forEach((place, at) => {
    const state = !leaves[at]!.own.length && !leaves[at]!.prior.length && place.querySelector('.pf-prior') ? 'none' : states[at]!;
    place.dataset['state'] = state;
    for (const live of place.querySelectorAll('[data-live="part"]')) live.replaceChildren(said(state, id, names));
  });
  for (const live of element.querySelectorAll('[data-live="unit"]')) live.replaceChildren(message('live.stack.state.choice', { done: found.filled[index]!, needs }));
}

const STATES = {
  own: 'live.stack.state.own',
  prior: 'live.stack.state.prior',
  spare: 'live.stack.state.spare',
  failed: 'live.stack.state.failed',
  none: 'live.stack.state.none',
  open: 'live.stack.state.open',
} as const satisfies Record<State, string>;

function said(state: State, id: string | undefined, names: ReadonlyMap<string, string>): string {
  return state === 'open' && id ? message('live.stack.state.named', { name: names.get(id) ?? line(id) }) : message(STATES[state]);
}
