/**
 * Can a claim be read where it stands? What styles hide, cut off, shrink, move away or paint in the colour of its
 * ground is not shown. What lies over a text, a picture behind it, and colours that are not sRGB are not looked at.
 */

const SMALLEST = 5;
/** In CSS pixels: no script of the world can be read in less. */
const FAINTEST = 0.4;
/** Of 255, in the channel that differs most; the palest text of the theme differs by more than 100. */
const LEAST_CONTRAST = 40;

/** Properties that take away what an element and all in it show, unless they have this value. */
const HIDING: readonly (readonly [name: string, harmless: RegExp])[] = [
  ['clip-path', /^(none)?$/],
  ['clip', /^(auto)?$/],
  ['mask-image', /^(none)?$/],
  ['-webkit-mask-image', /^(none)?$/],
  ['-webkit-text-security', /^(none)?$/],
  ['content', /^(normal|none)?$/],
  ['filter', /^(?!.*(opacity|blur|brightness|contrast|url))/],
];
/** Characters that leave no mark on a page. */
const UNMARKED = /^[\p{C}\p{Z}\p{M}\p{DI}]*$/u;

type Colour = readonly [red: number, green: number, blue: number];

/** What an element and those around it do to what is in it. */
interface Place {
  readonly hides: boolean;
  readonly opacity: number;
  readonly ground: Colour;
  /** Boxes outside of which nothing shows. */
  readonly windows: readonly DOMRect[];
}

/** Looks at a page as it is laid out, and remembers what it saw: of no use any more when something has changed. */
export class Sight {
  private readonly places = new Map<Element, Place>();

  /** Tell whether the text of an element can be read; what leaves no mark only has to be laid out. */
  sees(element: HTMLElement): boolean {
    const options = { opacityProperty: true, visibilityProperty: true, checkOpacity: true, checkVisibilityCSS: true };
    if (!element.getClientRects().length || !(element.checkVisibility?.(options) ?? true)) return false;
    const place = this.placeOf(element);
    if (place.hides || place.opacity < FAINTEST) return false;
    return UNMARKED.test(element.textContent ?? '') || (isWithin(textBoxes(element), place.windows) && standsOut(element, place.ground));
  }

  private placeOf(element: Element): Place {
    const known = this.places.get(element);
    if (known) return known;
    const place = inside(element, element.parentElement ? this.placeOf(element.parentElement) : null);
    this.places.set(element, place);
    return place;
  }
}

function inside(element: Element, around: Place | null): Place {
  const style = getComputedStyle(element);
  const { hides, opacity, ground, windows } = around ?? { hides: false, opacity: 1, ground: [255, 255, 255] as const, windows: [pageOf(element)] };
  return {
    hides: hides || HIDING.some(([name, harmless]) => !harmless.test(style.getPropertyValue(name))),
    opacity: opacity * Number(style.opacity),
    ground: over(style.backgroundColor, ground),
    windows: style.position === 'fixed' ? [screenOf(element)] : clips(element, style) ? [...windows, element.getBoundingClientRect()] : windows,
  };
}

/** The overflow of the page itself is what a visitor scrolls. */
function clips(element: Element, { overflow, contain }: CSSStyleDeclaration): boolean {
  if (element.tagName === 'HTML' || element.tagName === 'BODY') return false;
  return overflow !== 'visible' || /paint|strict|content/.test(contain);
}

/** All that can be scrolled to. */
function pageOf(root: Element): DOMRect {
  const { left, top } = root.getBoundingClientRect();
  return new DOMRect(left, top, root.scrollWidth, root.scrollHeight);
}

function screenOf({ ownerDocument: { documentElement } }: Element): DOMRect {
  return new DOMRect(0, 0, documentElement.clientWidth, documentElement.clientHeight);
}

/** The boxes of the lines of an element's text, without those that are empty beside others. */
function textBoxes(element: Element): DOMRect[] {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return [...range.getClientRects()].filter(({ width }) => width > 0);
}

/** A line may stick out of a box by what its font keeps free above and below. */
function isWithin(lines: readonly DOMRect[], windows: readonly DOMRect[]): boolean {
  const width = lines.reduce((sum, line) => sum + line.width, 0);
  if (width < SMALLEST || lines.some(({ height }) => height < SMALLEST)) return false;
  return lines.every(({ left, right, top, bottom, height }) =>
    windows.every((box) => left >= box.left - 1 && right <= box.right + 1 && top >= box.top - height / 4 && bottom <= box.bottom + height / 4),
  );
}

function standsOut(element: Element, ground: Colour): boolean {
  const style = getComputedStyle(element);
  const ink = over(style.getPropertyValue('-webkit-text-fill-color') || style.color, ground);
  return !ink.every((channel, index) => Math.abs(channel - ground[index]!) < LEAST_CONTRAST);
}

/** A colour as it looks on its ground; of one that is not sRGB nothing is known, and it differs from every other. */
function over(colour: string, ground: Colour): Colour {
  const [red, green, blue, alpha = 1] = /^rgba?\(([\d., ]+)\)$/.exec(colour)?.[1]!.split(',').map(Number) ?? [NaN, NaN, NaN];
  const blend = (above: number, below: number): number => below + (above - below) * alpha;
  return [blend(red!, ground[0]), blend(green!, ground[1]), blend(blue!, ground[2])];
}
