/** A credential's data: the signed document, written out line by line from the bytes of its file, each line with its JSON Pointer. */
import { digest, hex } from './bytes';
import { isObject, type Json } from './json';
import { LIMITS } from './limits';
import type { Visited } from './listed';
import { make } from './paint';
import { read } from './readers';
import { loadSentences, message } from './words';

/** Lines that a page shows, and characters of one value. */
const MOST_LINES = 3_000;
const MOST_CHARACTERS = 600;

interface Line {
  readonly pointer: string;
  readonly depth: number;
  readonly text: string;
}

/** Write the document of the page's credential into `part`, if its file is still the one that was checked. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], { bytesAt, painted }: Visited): Promise<void> {
  const element = elements[0]!;
  await loadSentences();
  const say = (id: string): void => part.replaceChildren(make(part, 'p', 'pf-note', message(id)));
  const [file = '', ...places] = element.dataset['credential']!.split('#');
  await painted;
  const bytes = await bytesAt(file).catch(() => null);
  const checked = element.querySelector('[data-live="digest"] .pf-digest')?.textContent;
  if (!bytes || !checked) return say('live.document.unread');
  if (hex(await digest('sha256', bytes)) !== checked) return say('live.document.changed');
  const document = await documentAt(bytes, places.map(decodeURIComponent)).catch(() => null);
  if (!document) return say('live.document.unread');
  const lines = [...linesOf(document, '', 0, '', '')];
  const shown = lines.slice(0, MOST_LINES).map((line) => row(part, line));
  const head = make(part, 'tr', '', ...['live.document.pointer', 'live.document.value'].map((id) => make(part, 'th', '', message(id))));
  const rest = lines.length - shown.length;
  part.replaceChildren(
    make(part, 'table', 'pf-data__lines', make(part, 'thead', '', head), make(part, 'tbody', '', ...shown)),
    ...(rest ? [make(part, 'p', 'pf-note', message('live.document.more', { count: rest }))] : []),
  );
}

/** The signed document at a place in a file: each pointer leads into a credential inside of the one before. */
async function documentAt(file: Uint8Array, places: readonly string[]): Promise<Json> {
  let envelope = await read(file, LIMITS);
  for (const place of places) {
    const inside = envelope.inner.find(({ pointer }) => pointer === place)!;
    envelope = await read(inside.data, LIMITS, true);
  }
  return envelope.document;
}

function* linesOf(value: Json, pointer: string, depth: number, name: string, end: string): Generator<Line> {
  const rows: [string, Json, string][] = Array.isArray(value)
    ? value.map((one, index) => [String(index), one, ''])
    : isObject(value)
      ? Object.entries(value).map(([key, one]) => [key, one, `${plain(key)}: `])
      : [];
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (!rows.length) return void (yield { pointer, depth, text: name + plain(value) + end });
  yield { pointer, depth, text: name + open };
  for (const [index, [key, one, called]] of rows.entries()) {
    const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
    yield* linesOf(one, `${pointer}/${step}`, depth + 1, called, index < rows.length - 1 ? ',' : '');
  }
  yield { pointer: '', depth, text: close + end };
}

/** A value as JSON; what has no shape of its own, or turns the text around it, is spelt out. */
function plain(value: Json): string {
  const text = JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (found) => [...Array(found.length).keys()].map((at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''));
  const rest = text.length - MOST_CHARACTERS;
  return rest > 0 ? message('live.document.long', { text: text.slice(0, MOST_CHARACTERS), count: rest }) : text;
}

function row(near: Element, { pointer, depth, text }: Line): HTMLElement {
  const value = make(near, 'code', '', text);
  value.style.setProperty('--pf-depth', String(depth));
  return make(near, 'tr', '', make(near, 'td', '', make(near, 'code', '', pointer)), make(near, 'td', '', value));
}
