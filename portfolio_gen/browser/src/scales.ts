/**
 * Draws a result on its scale: from the report that was checked, never from the page, so that it cannot show another value than
 * the text beside it. Without a signature that checks out, or where the page differs, nothing is drawn. A chunk that loads where
 * a result is shown.
 */
import { shown } from './format';
import type { Finding } from './paint';
import type { Fact } from './report';
import { descriptions, holder } from './together';

/** Where a result is: `at` and `needed` are indexes of steps; where there are `ends`, shares of the stretch between them, from 0 to 1. */
interface Place {
  readonly at: number;
  readonly needed: number | null;
  readonly steps: number;
  readonly ends: readonly [string, string] | null;
}

/** The scale of the result that stands at `pointer`. */
export interface Scale extends Place {
  readonly pointer: string;
}

const NUMBER = /^-?[0-9]{1,12}(\.[0-9]{1,9})?%?$/;
const MOST_STEPS = 40;
const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, GAP, BAR] = [200, 3, 10];

/**
 * Return a scale for each result that has one: numbers with a lowest and a highest, values that are listed, levels of a rubric (Open
 * Badges 3.0, B.1, ResultDescription: both lists are ordered from low to high).
 */
export function scalesOf(facts: readonly Fact[]): Scale[] {
  const homes = descriptions(facts);
  const home = ({ pointer }: Fact): string => homes.get(holder(pointer)) ?? holder(pointer);
  const within = (place: string, field: string): Fact[] => facts.filter((fact) => fact.field === field && home(fact) === place);
  return facts.flatMap((fact) => {
    const place = home(fact);
    const one = (field: string): string | null => only(within(place, field).map(shown));
    const signed = (field: string): string | null => only(within(place, field).map(({ value }) => String(value)));
    const scale = fact.field === 'resultValue' ? (stretch(String(fact.value), within(place, 'resultMin').length > 1, signed, one) ?? listed(shown(fact), within(place, 'resultAllowed').map(shown), one('resultRequired'))) : null;
    const level = fact.field === 'resultLevel' ? listed(shown(fact), rubric(facts, place), one('resultRequiredLevel')) : null;
    const found = scale ?? level;
    return found ? [{ pointer: fact.pointer, ...found }] : [];
  });
}

/** The identifiers of a description's levels, in its order: of those that stand in it, wherever the achieved one is shown. */
function rubric(facts: readonly Fact[], place: string): string[] {
  return facts.filter(({ field, pointer }) => field === 'resultRubricId' && pointer.startsWith(`${place}/`)).map(shown);
}

function only(texts: readonly string[]): string | null {
  return texts.length === 1 ? texts[0]! : null;
}

function numberIn(text: string | null): number | null {
  return text !== null && NUMBER.test(text) ? Number(text.replace('%', '')) : null;
}

/** `signed` gives a number as it was signed, `one` as the page's language writes it. */
function stretch(value: string, several: boolean, signed: (field: string) => string | null, one: (field: string) => string | null): Place | null {
  const [min, max] = [signed('resultMin'), signed('resultMax')];
  // Where no lowest is signed, a result is so much of the highest: from nought, which the drawing does not name.
  const low = min === null && !several ? 0 : numberIn(min);
  const [high, at, needed] = [numberIn(max), numberIn(value), numberIn(signed('resultRequired'))];
  if (low === null || high === null || at === null || low >= high || at < low || at > high) return null;
  const share = (number: number): number => (number - low) / (high - low);
  const fits = needed !== null && needed >= low && needed <= high;
  return { at: share(at), needed: fits ? share(needed) : null, steps: 0, ends: [one('resultMin') ?? '', one('resultMax')!] };
}

function listed(value: string, all: readonly string[], required: string | null): Place | null {
  const at = all.indexOf(value);
  if (at < 0 || all.length < 2 || all.length > MOST_STEPS || new Set(all).size < all.length) return null;
  const needed = required === null ? -1 : all.indexOf(required);
  return { at, needed: needed < 0 ? null : needed, steps: all.length, ends: null };
}

/** Draw the results of an element whose check is over behind their values. */
export function draw(element: HTMLElement, { report, checks, differences }: Finding): void {
  if (!report || checks['signature']?.result !== 'pass' || differences.length) return;
  for (const scale of scalesOf(report.credential)) {
    for (const claim of element.querySelectorAll(`[data-claim="${CSS.escape(scale.pointer)}"]`)) {
      claim.parentElement!.querySelector('.pf-scale')?.remove();
      claim.after(drawn(claim.ownerDocument, scale));
    }
  }
}

/** The text beside it says the same: for ears, there is nothing to add. */
function drawn(page: Document, scale: Scale): Element {
  const part = (name: string, attributes: Readonly<Record<string, string | number>>, text = ''): Element => {
    const made = page.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.textContent = text;
    return made;
  };
  const bar = (x: number, width: number, full: boolean): Element => part('rect', { x, y: 8, width, height: BAR, rx: 2, fill: 'currentColor', 'fill-opacity': full ? 0.85 : 0.15 });
  const svg = part('svg', { class: 'pf-scale', viewBox: `-4 0 ${WIDTH + 8} ${scale.ends ? 34 : 20}`, width: WIDTH + 8, 'aria-hidden': 'true' });
  const mark = (x: number): Element => part('path', { d: `M${x - 4} 0h8l-4 6zM${x - 0.75} 6h1.5v14h-1.5z`, fill: 'currentColor' });
  if (!scale.ends) {
    const step = (WIDTH + GAP) / scale.steps;
    for (let index = 0; index < scale.steps; index++) svg.append(bar(index * step, step - GAP, index === scale.at));
    if (scale.needed !== null) svg.append(mark(scale.needed * step + (step - GAP) / 2));
    return svg;
  }
  svg.append(bar(0, WIDTH, false), bar(0, scale.at * WIDTH, true));
  if (scale.needed !== null) svg.append(mark(scale.needed * WIDTH));
  const text = { y: 32, 'font-size': 11, fill: 'currentColor' };
  svg.append(part('text', { ...text, x: 0 }, scale.ends[0]), part('text', { ...text, x: WIDTH, 'text-anchor': 'end' }, scale.ends[1]));
  return svg;
}
