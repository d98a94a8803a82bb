/**
 * A list that is filtered and sorted: the form, the address of each of its states, and how many are left. What there is to
 * choose from is read off the reports of this visit's check; which credentials check out, off the page's own verdicts.
 * A chunk that loads where a page has such a list.
 */
import { addressOf, choicesOf, comparing, FACETS, matches, rowOf, SORTS, wantedIn, type Facet, type Row, type Wanted } from './facets';
import { listed, type Visited } from './listed';
import { make } from './paint';
import { message, words } from './words';

/** A card, where it stood before, and what is known of it. */
interface Item {
  readonly element: HTMLElement;
  readonly home: HTMLElement;
  readonly row: Row;
}

/** From this many on, cards are laid out only when they are scrolled to, so that no change has to lay all of them out. */
const LONG = 60;

type Name = Facet | 'sort';
type Selects = ReadonlyMap<Name, HTMLSelectElement>;

/** Make the form inside `part` once the page has checked what it lists; the list is the element that `part` names. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], visited: Visited): Promise<void> {
  const list = part.ownerDocument.getElementById(part.dataset['filter']!)!;
  const page = part.ownerDocument.defaultView!;
  part.replaceChildren(make(part, 'p', 'pf-filter__wait', message('live.filter.waiting')));
  part.hidden = false;
  const items = itemsOf(await listed(elements.filter((element) => list.contains(element)), visited));
  const order = new Intl.Collator(part.ownerDocument.documentElement.lang || undefined, { numeric: true }).compare;
  const selects = selectsFor(part, items, order);
  const says = make(part, 'p', 'pf-filter__says');
  const all = make(part, 'button', 'pf-filter__all', message('live.filter.all')) as HTMLButtonElement;
  const form = make(part, 'form', 'pf-filter__form', ...[...selects].map(([name, select]) => labelled(select, name)), all) as HTMLFormElement;
  all.type = 'button';
  says.setAttribute('role', 'status');
  const view = new View(list, items, order);
  const show = (wanted: Wanted): void => {
    for (const [name, select] of selects) choose(select, wanted[name] ?? '');
    all.hidden = !addressOf(wanted);
    says.textContent = view.show(wanted);
  };
  const go = (wanted: Wanted): void => {
    page.history.pushState(null, '', page.location.pathname + addressOf(wanted));
    show(wanted);
  };
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => go(wantedIn(addressOf(Object.fromEntries([...selects].map(([name, { value }]) => [name, value]))))));
  all.addEventListener('click', () => {
    go({});
    selects.values().next().value?.focus();
  });
  page.addEventListener('popstate', () => show(wantedIn(page.location.search)));
  part.replaceChildren(form, says);
  list.classList.toggle('pf-list--long', items.length > LONG);
  show(wantedIn(page.location.search));
}

function itemsOf(found: Awaited<ReturnType<typeof listed>>): Item[] {
  return found.map(({ element, report }) => {
    const verdict = element.dataset['verdict']!;
    return { element, home: element.parentElement!, row: rowOf(report, verdict, words.verdicts[verdict]!.label, element.dataset['language']) };
  });
}

/** The list as it is shown: what is not wanted is hidden; sorted, all of it stands in one group. */
class View {
  private readonly homes: readonly HTMLElement[];
  private sort = '';

  constructor(
    private readonly list: HTMLElement,
    private readonly items: readonly Item[],
    private readonly order: (a: string, b: string) => number,
  ) {
    this.homes = [...new Set(items.map(({ home }) => home))];
  }

  /** Show what is wanted; return the sentence that says how much that is. */
  show(wanted: Wanted): string {
    if ((wanted.sort ?? '') !== this.sort) this.arrange((this.sort = wanted.sort ?? ''));
    let shown = 0;
    for (const { element, row } of this.items) {
      const fits = matches(row, wanted);
      shown += Number(fits);
      if (element.hidden === fits) element.hidden = !fits;
    }
    for (const group of this.list.querySelectorAll<HTMLElement>('[data-group]')) group.hidden = !group.querySelector('[data-credential]:not([hidden])');
    const total = this.items.length;
    if (!shown) return message('live.filter.none', { total });
    return shown === total ? message('live.filter.everything', { total }) : message('live.filter.some', { shown, total });
  }

  private arrange(sort: string): void {
    const compare = sort ? comparing(sort, this.order) : null;
    const sorted = compare ? [...this.items].sort((a, b) => compare(a.row, b.row)) : this.items;
    for (const home of this.homes) {
      const of = sorted.filter((item) => (compare ? this.homes[0] : item.home) === home);
      home.append(...of.map(({ element }) => element));
    }
  }
}

function selectsFor(near: Element, items: readonly Item[], order: (a: string, b: string) => number): Selects {
  const rows = items.map(({ row }) => row);
  const facets = FACETS.map((facet) => {
    const choices = choicesOf(rows, facet, order).map(({ value, text, count }) => option(near, value, message('live.filter.choice', { text, count })));
    return [facet, selectOf(near, [option(near, '', message('live.filter.any')), ...choices])] as const;
  });
  const sorts = ['', ...SORTS].map((sort) => option(near, sort, message(`live.filter.sort.${sort || 'owner'}`)));
  return new Map<Name, HTMLSelectElement>([...facets.filter(([, { length }]) => length > 1), ['sort', selectOf(near, sorts)]]);
}

function selectOf(near: Element, options: readonly HTMLElement[]): HTMLSelectElement {
  return make(near, 'select', '', ...options) as HTMLSelectElement;
}

function option(near: Element, value: string, text: string): HTMLOptionElement {
  return Object.assign(make(near, 'option', '', text) as HTMLOptionElement, { value });
}

function labelled(select: HTMLSelectElement, name: Name): HTMLElement {
  return make(select, 'label', `pf-filter__field`, make(select, 'span', '', message(`live.filter.by.${name}`)), select);
}

/** Choose a value. One that no credential here has is a choice of its own, without its text: an address must not write on the page. */
function choose(select: HTMLSelectElement, value: string): void {
  for (const stray of select.querySelectorAll('[data-stray]')) stray.remove();
  if (![...select.options].some((one) => one.value === value)) {
    const stray = option(select, value, message('live.filter.other'));
    stray.dataset['stray'] = '';
    select.append(stray);
  }
  select.value = value;
}
