/**
 * Reads what an element of the page says in a credential's name: claims, and every word or attribute that is neither
 * a claim, nor a label of the vocabulary, nor marked as the site owner's, nor filled in by the script itself.
 * What it does not know, it reports.
 */
import { collapsed } from './format';
import type { Claim, Snapshot } from './shown';
import { Sight } from './visible';
import { words } from './words';

/** Parts that the script fills in, whatever stood there before. */
export const LIVE = ['verdict', 'checks', 'proves', 'differences', 'identity', 'digest', 'picture', 'concerns', 'lookup', 'art'] as const;
export type Live = (typeof LIVE)[number];

const TAGS = new Set(
  'article section header footer div span p h1 h2 h3 h4 dl dt dd ul ol li a img bdi small code'.split(' ').map((tag) => tag.toUpperCase()),
);
const ATTRIBUTES =
  /^(class|id|rel|tabindex|loading|decoding|width|height|hidden|download|aria-(hidden|live|busy|atomic)|data-(claim|field|live|owner|credential|view|busy))$/;
/** How paint.ts marks a verdict, or a part of one. */
const MARK = /^pf-(sign|badge|verdict|answer|check|proves|signed|count)/;
const MARKED = '[class*="pf-"], [data-verdict]';
const PAINTED = LIVE.map((name) => `[data-live="${name}"]`).join();
const WORDED = new Set(['alt', 'title', 'aria-label']);
/** Whether a text of the vocabulary may stand between facts, in the language of the page. */
const isLabel = (text: string): boolean => Object.entries(words.messages).some(([id, said]) => id.startsWith('label.') && collapsed(said) === text);

/** What is under way while an element is read. */
interface Reading {
  readonly base: string;
  readonly origin: string;
  readonly claims: Claim[];
  readonly strays: string[];
  readonly pictures: ReadonlyMap<string, Uint8Array | null>;
  readonly groups: Element[];
  readonly sight: Sight;
}

/** Return the addresses of the pictures that are claims; their bytes are needed for `read`. */
export function picturesOf(element: Element): string[] {
  return [...element.querySelectorAll<HTMLImageElement>('img[data-claim]')].map((image) => image.currentSrc || image.src);
}

/** Return all that `element` says. `pictures` holds the bytes behind the addresses of `picturesOf`; `sight` lasts as long as nothing is painted. */
export function read(element: HTMLElement, pictures: ReadonlyMap<string, Uint8Array | null>, sight: Sight): Snapshot {
  const reading: Reading = { base: element.baseURI, origin: siteOf(new URL(element.ownerDocument.URL)), claims: [], strays: [], pictures, groups: [], sight };
  reading.strays.push(...imitations(element));
  readElement(element, reading);
  const { view = '', language = '' } = element.dataset;
  return { view, language, claims: reading.claims, strays: reading.strays, sealed: !!element.querySelector('[data-live="art"]') };
}

/** Marks of a verdict that the script did not make and will not replace: not even the owner's words may hold one. */
function imitations(root: Element): string[] {
  return [root, ...root.querySelectorAll(MARKED)].flatMap((element) => {
    const painted = element === root ? null : element.parentElement?.closest(PAINTED);
    if (painted && painted !== root && root.contains(painted)) return [];
    const own = element.matches('[data-live="verdict"]') ? 'pf-verdict' : '';
    const marks = [...element.classList].filter((name) => MARK.test(name) && name !== own);
    return element !== root && element.hasAttribute('data-verdict') ? [...marks, 'data-verdict'] : marks;
  });
}

function readElement(element: Element, reading: Reading): void {
  if (!TAGS.has(element.tagName)) reading.strays.push(collapsed(element.textContent ?? '') || element.tagName.toLowerCase());
  if (element.tagName === 'DL' && element.parentElement?.closest('dl')) reading.strays.push('dl');
  for (const attribute of element.attributes) readAttribute(element, attribute, reading);
  if (isClaim(element)) readClaim(element as HTMLElement, reading);
  else if (element.tagName === 'IMG') reading.strays.push(element.getAttribute('src') ?? 'img');
  else if (!isOthers(element)) {
    // What a fact was taken from.
    if (/^D[LD]$/.test(element.tagName) && !element.querySelector('[data-claim]')) reading.strays.push(element.tagName.toLowerCase());
    if (!(element.tagName === 'DT' && labels(element))) for (const child of element.childNodes) readNode(child, reading);
  }
}

function readNode(node: ChildNode, reading: Reading): void {
  if (node.nodeType === 1) {
    if ((node as Element).hasAttribute('data-credential')) reading.strays.push('data-credential');
    return readElement(node as Element, reading);
  }
  const text = collapsed(node.nodeType === 3 ? (node.textContent ?? '') : '');
  if (text && !isLabel(text)) reading.strays.push(text);
}

/** The owner's words, and what the script fills in, are not read: nothing in them is a claim or has a label. */
function isOthers(element: Element): boolean {
  return element.hasAttribute('data-owner') || (LIVE as readonly (string | null)[]).includes(element.getAttribute('data-live'));
}

function isClaim(element: Element): boolean {
  return element.hasAttribute('data-claim') && !isOthers(element);
}

function readAttribute(element: Element, { name, value }: Attr, reading: Reading): void {
  const claim = isClaim(element);
  const fine =
    ATTRIBUTES.test(name) ||
    (name === 'dir' && value === 'auto') ||
    // Which it may be, shown.ts says.
    (name === 'lang' && (isOthers(element) || (claim && element.tagName !== 'IMG'))) ||
    (name === 'data-language' && element.hasAttribute('data-credential')) ||
    (WORDED.has(name) && (value === '' || isLabel(collapsed(value)))) ||
    (name === 'href' && element.tagName === 'A' && (claim || isInside(value, reading))) ||
    (name === 'src' && element.tagName === 'IMG' && claim);
  if (!fine) reading.strays.push(`${name}="${value}"`);
}

/** A link to another page of this site is the site's own navigation. */
function isInside(address: string, { base, origin }: Reading): boolean {
  return URL.canParse(address, base) && siteOf(new URL(address, base)) === origin;
}

/** With its scheme: on a disk, the origin says nothing. */
function siteOf({ protocol, origin }: URL): string {
  return protocol + origin;
}

function readClaim(element: HTMLElement, reading: Reading): void {
  const isPicture = element.tagName === 'IMG';
  for (const child of element.children) reading.strays.push(child.tagName.toLowerCase());
  const image = element as HTMLImageElement;
  reading.claims.push({
    field: element.dataset['field'] ?? '',
    pointer: element.dataset['claim'] ?? '',
    text: element.textContent ?? '',
    href: element.getAttribute('href'),
    ...(isPicture ? { picture: reading.pictures.get(image.currentSrc || image.src) ?? null } : {}),
    visible: isPicture || reading.sight.sees(element),
    label: labelOf(element),
    group: groupOf(element, reading),
    lang: element.getAttribute('lang'),
  });
}

/** A list of facts is a `dl`; what has a label and stands in none is together with all else of that kind. */
function groupOf(claim: Element, { groups }: Reading): number | null {
  const list = claim.closest('dl');
  if (!list) return claim.closest('dd') ? -1 : null;
  if (!groups.includes(list)) groups.push(list);
  return groups.indexOf(list);
}

/** A `dt` is a label when the `dd` after it, and none inside that, holds a claim; then it is compared with the claim's field. */
function labels(term: Element): boolean {
  const next = term.nextElementSibling;
  if (term.children.length || next?.tagName !== 'DD') return false;
  return [next, ...next.querySelectorAll('[data-claim]')].some((claim) => isRead(claim) && claim.closest('dd') === next);
}

function isRead(claim: Element): boolean {
  return isClaim(claim) && !claim.closest('[data-owner], [data-live]');
}

function labelOf(claim: Element): string | null {
  let place = claim.closest('dd')?.previousElementSibling;
  while (place?.tagName === 'DD') place = place.previousElementSibling;
  return place?.tagName === 'DT' ? collapsed(place.textContent ?? '') : claim.closest('h1, h2, h3, h4') ? '' : null;
}
