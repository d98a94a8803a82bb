/**
 * What issuer lists say of an issuer, on a page: a chunk that loads where the site has lists. It takes the copies that the site
 * publishes, looks the identifier up in them here, and says whose copies they are. portfolio_gen/known.py says the same.
 */
import sentencesOfLists from 'virtual:sentences/lists';

import { digest, hex } from './bytes';
import { collapsed, line, picture, quoted, shown } from './format';
import { identified } from './identified';
import { LIMITS } from './limits';
import { make } from './paint';
import type { Report } from './report';
import { instant } from './timestamps';
import type { IssuerList, Knowing } from './trust';
import { message, words } from './words';

type Bytes = (address: string) => Promise<Uint8Array>;
type Row = Omit<IssuerList, 'bytes'> & { readonly file: string; readonly sha256: string };

/** The site's lists, and how many of them could not be read. */
interface Shelf {
  readonly lists: readonly IssuerList[];
  readonly unread: number;
}

let shelf: Promise<Shelf> | undefined;
Object.assign(words.messages, sentencesOfLists);

/** Say in an element that stands for a credential which lists know its issuer; `index` is where the site has its lists. */
export async function tell(element: HTMLElement, report: Report, index: string, bytesAt: Bytes): Promise<void> {
  if (!report.issuer) return;
  shelf ??= opened(index, bytesAt);
  const { lists, unread } = await shelf;
  const now = instant(new Date().toISOString())!;
  const found = await identified(report.issuer, report.checks, lists, now, LIMITS);
  for (const part of element.querySelectorAll<HTMLElement>('[data-live="identity"]')) {
    if (element.contains(part.closest('[data-owner]'))) continue;
    const how = part.firstElementChild;
    part.replaceChildren(...(how ? [how] : []), ...said(part, report, found.lists, lists));
    if (unread) part.append(make(part, 'p', '', message('live.list.unread', { count: unread })));
  }
}

async function opened(index: string, bytesAt: Bytes): Promise<Shelf> {
  const rows = JSON.parse(new TextDecoder().decode(await bytesAt(index))) as Row[];
  const found = await Promise.all(rows.map((row) => copyOf(row, index, bytesAt).catch(() => null)));
  const lists = found.filter((list) => list !== null);
  return { lists, unread: rows.length - lists.length };
}

/** A copy, if it is the one that the index names, and can be read as a list. */
async function copyOf({ file, sha256, ...list }: Row, index: string, bytesAt: Bytes): Promise<IssuerList | null> {
  const bytes = await bytesAt(index.replace(/[^/]*$/, file));
  const copy = { ...list, bytes };
  return hex(await digest('sha256', bytes)) === sha256 && (await import('./trust')).canBeRead(copy, LIMITS) ? copy : null;
}

function said(near: Element, { checks }: Report, found: readonly Knowing[], lists: readonly IssuerList[]): HTMLElement[] {
  const copied = checks['signer']?.code === 'DID_WEB_COPY_ONLY';
  if (found.length) {
    const preferred = copied ? undefined : found.find(({ by, name }) => by !== 'owner' && name);
    return found.map((entry) => block(near, entry, entry === preferred, copied));
  }
  const bound = checks['signature']?.result === 'pass' && (checks['signer']?.result === 'pass' || copied);
  if (!bound) return [make(near, 'p', '', message('live.list.unbound'))];
  const named = lists.map(({ name, at }) => message('live.list.named', { list: quoted(name), date: day(at) }));
  const asked = named.length ? ` ${message('live.list.asked', { lists: named.join('; ') })}` : '';
  return [make(near, 'p', '', message('live.identity.unlisted') + asked)];
}

/**
 * What one list says. The name and logo that it gives stand out where it is `preferred`: it is the first that is not the site
 * owner's own, and that the key is the issuer's does not rest on a copy.
 */
function block(near: Element, entry: Knowing, preferred: boolean, copied: boolean): HTMLElement {
  const heading = preferred ? make(near, 'p', 'pf-known__name', logoOf(near, entry), make(near, 'strong', '', line(entry.name ?? ''))) : null;
  if (heading) heading.dir = 'auto';
  const sentences = [...sentencesOf(entry), ...(copied ? [message('live.list.copy')] : [])];
  return make(near, 'div', 'pf-known', heading, make(near, 'p', '', sentences.join(' ')), source(near, entry));
}

/** A logo that the list holds in itself; one elsewhere would tell another host of the visit. */
function logoOf(near: Element, { logo }: Knowing): HTMLElement | null {
  if (!logo || !picture({ value: logo, as: 'image' })) return null;
  const image = make(near, 'img', 'pf-known__logo') as HTMLImageElement;
  image.alt = '';
  image.src = logo;
  return image;
}

function sentencesOf({ list, by, name, since, seen, date, until, ended }: Knowing): string[] {
  const values = { list: quoted(list), name: quoted(name ?? '') };
  const knows =
    by === 'owner'
      ? message(name ? 'live.list.owner' : 'live.list.owner.unnamed', values)
      : message(name ? 'live.list.public' : 'live.list.public.unnamed', values);
  return [
    knows,
    ...(since ? [message('live.list.since', { date: day(since) })] : []),
    ...(seen ? [message('live.list.seen', { date: day(seen) })] : []),
    ...(date && by !== 'owner' ? [message('live.list.date', { date: day(date) })] : []),
    ...(ended && until ? [message('live.list.ended', { date: day(until) })] : []),
  ];
}

/** Whose copy it is, from when and where, and its digest: the site supplies it. */
function source(near: Element, { by, url, at, sha256 }: Knowing): HTMLElement {
  const kept = message(by === 'owner' ? 'live.list.kept' : 'live.list.copied', { date: day(at) });
  const from = url ? make(near, 'p', '', `${message('live.list.source')} ${line(url)}`) : null;
  const hash = make(near, 'p', '', `${message('live.list.digest')}: `, make(near, 'code', '', sha256));
  return make(near, 'details', 'pf-known__source', make(near, 'summary', '', kept), from, hash);
}

/** A date as pages show it, whether or not a time stands behind it. */
function day(text: string): string {
  return collapsed(shown({ value: text.includes('T') ? text : `${text}T`, as: 'date' })).replace(/T$/, '');
}
