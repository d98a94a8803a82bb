/**
 * "Whose are they?": a visitor who knows an identifier of the applicant types it, and this page compares it with what its
 * credentials are made out to. It goes nowhere: all that a comparison needs is loaded when the part is opened, before
 * anything is typed; the form has no address and submits nothing. A chunk of its own.
 */
import { shown } from './format';
import { Credentials, type BytesAt, type Held } from './held';
import { badge, make } from './paint';
import { NAMES } from './shown';
import { firstOf } from './translations';
import type { Holders } from './verifier';
import { loadSentences, message } from './words';

const MATCHES = ['MATCH', 'ONE_OF_SEVERAL'];
const NAMED = ['OTHER', 'NOT_COMPARABLE', 'TOO_MANY_IDENTITIES'];

/** What is typed to have every part loaded that a comparison may need. */
const ANYBODY: Holders = Object.fromEntries(['email', 'did', 'url', 'phone', 'name', 'id'].map((kind) => [kind, ['did:key:z@']]));

/** Make the form inside `part`, which was opened. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], bytesAt: BytesAt): Promise<void> {
  const page = new Credentials(elements, bytesAt);
  const place = part.querySelector<HTMLElement>('[data-live="whose"]')!;
  await loadSentences();
  place.replaceChildren(make(place, 'p', 'pf-progress', message('live.whose.preparing')));
  await page.with(ANYBODY);
  const input = make(place, 'input', 'pf-whose__input') as HTMLInputElement;
  const label = make(place, 'label', '', message('live.whose.label'), input);
  const button = make(place, 'button', 'pf-button', message('live.whose.button')) as HTMLButtonElement;
  const form = make(place, 'form', 'pf-whose__form', label, button) as HTMLFormElement;
  const result = make(place, 'div', 'pf-whose__result');
  Object.assign(input, { type: 'text', autocomplete: 'off', spellcheck: false, maxLength: 500 });
  input.setAttribute('autocapitalize', 'off');
  result.setAttribute('aria-live', 'polite');
  let latest = 0;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const turn = ++latest;
    result.replaceChildren(make(result, 'p', 'pf-progress', message('live.whose.comparing')));
    void answer(result, page, input.value).then((nodes) => turn === latest && result.replaceChildren(...nodes));
  });
  place.replaceChildren(form, result);
  input.focus();
}

async function answer(near: Element, page: Credentials, typed: string): Promise<Node[]> {
  if (!typed.trim()) return [make(near, 'p', '', message('live.whose.blank'))];
  const found = await page.with(declared(typed));
  const of = (codes: readonly string[]) => found.filter(({ report }) => codes.includes(report.checks['recipient']!.code));
  const [matching, named, nobody] = [of(MATCHES), of(NAMED).length, of(['NO_SUBJECT']).length];
  const rest = page.size - matching.length - named - nobody;
  const counts = { count: matching.length, total: page.size };
  const others = [named && message('live.whose.named', { count: named }), nobody && message('live.whose.nobody', { count: nobody }), rest && message('live.whose.rest', { count: rest })];
  const lines = others.filter((text) => text !== 0).map((text) => make(near, 'li', '', text));
  return [
    make(near, 'p', 'pf-whose__sum', message('live.whose.sum', counts)),
    ...(matching.length ? [make(near, 'ul', 'pf-whose__list', ...matching.map((one) => row(near, one)))] : []),
    ...(lines.length ? [make(near, 'ul', 'pf-whose__others', ...lines)] : []),
    make(near, 'p', 'pf-whose__limit', message('live.whose.limit')),
  ];
}

/** A credential that is made out to what was typed: its name, by what it says so, and the verdict that the page came to. */
function row(near: Element, { element, report }: Held): HTMLElement {
  const fact = firstOf(report.credential, NAMES, element.dataset['language'])[0];
  const name = make(near, 'bdi', '', fact ? shown(fact) : (element.querySelector('.pf-file')?.textContent ?? message('label.untitled')));
  const link = element.querySelector<HTMLAnchorElement>('.pf-card__title a')?.href;
  const title = link ? Object.assign(make(near, 'a', '', name), { href: link }) : name;
  const { detail = {}, code } = report.checks['recipient']!;
  const kind = message(`madeout.kind.${String(detail['kind'])}`);
  const how = detail['hashed'] ? message('madeout.hashed', { kind }) : kind;
  const several = code === 'ONE_OF_SEVERAL' ? ` ${message('live.whose.several')}` : '';
  return make(near, 'li', '', title, ` (${how})${several} `, badge(near, element.dataset['verdict'] ?? 'not-checked'));
}

/** What was typed, as an identifier of the kinds that it may be. */
function declared(typed: string): Holders {
  const text = typed.trim();
  const kinds = /^did:/i.test(text) ? ['did'] : /^https?:/i.test(text) ? ['url'] : text.includes('@') ? ['email'] : ['name', 'id', ...(/^(tel:)?[+\d ().-]+$/i.test(text) ? ['phone'] : [])];
  return Object.fromEntries(kinds.map((kind) => [kind, [text]]));
}
