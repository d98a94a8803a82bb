/**
 * A portfolio that its holder signed: the digests of its files and its address, by the key that they were issued to.
 * portfolio_gen/portfolio_proof.py comes to the same codes. A chunk that only pages of such portfolios load.
 */
import { shown } from './format';
import { Credentials, type BytesAt, type Held } from './held';
import { isObject, type Json, type JsonObject } from './json';
import { LIMITS } from './limits';
import { make } from './paint';
import type { Report } from './report';
import { readJson } from './strict_json';
import { sortedSet } from './text';
import { verify } from './verifier';
import { loadSentences, message } from './words';

/** What a portfolio's signature comes to. `added` are digests of the site that nobody signed, `gone` the others. */
export interface Finding {
  readonly code: string;
  readonly holder: string;
  readonly domain: string;
  readonly created: string;
  /** How many credentials were issued to the key. */
  readonly count: number;
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

const NOTHING = { holder: '', domain: '', created: '', count: 0, added: [], gone: [] } as const;

/** What `file` says of a site at `address`; `files` has the SHA-256 of each, and how many credentials in it were issued to the holder's key. */
export async function check(file: Uint8Array, now: string, address: string, files: ReadonlyMap<string, number>): Promise<Finding> {
  const { format, verdict, issuer, checks } = await verify(file, { now });
  if (format !== 'presentation' || verdict !== 'verified' || !issuer) return { ...NOTHING, code: 'NOT_SIGNED' };
  const { digests = null, proof } = documentIn(file);
  const domains = (checks['signature']!.detail?.['domains'] ?? []) as readonly string[];
  if (!isList(digests) || domains.length !== 1 || !isObject(proof)) return { ...NOTHING, code: 'MALFORMED' };
  const about = { ...NOTHING, holder: issuer.id, domain: domains[0]!, created: String(proof['created'] ?? '') };
  if (normal(domains[0]!) !== normal(address) || !normal(address)) return { ...about, code: 'OTHER_ADDRESS' };
  const added = sortedSet([...files.keys()].filter((one) => !digests.includes(one)));
  const gone = sortedSet(digests.filter((one) => !files.has(one)));
  if (added.length || gone.length) return { ...about, code: 'LIST_DIFFERS', added, gone };
  const count = [...files.values()].reduce((sum, one) => sum + one, 0);
  return { ...about, code: count ? 'SIGNED' : 'NONE_ISSUED', count };
}

/** Whether a credential was issued to the key of a holder; the report was made with that DID as `holders`. */
export function issuedTo({ checks }: Report): boolean {
  const { code, detail = {} } = checks['recipient']!;
  const checked = ['signature', 'signer'].every((name) => checks[name]!.result === 'pass');
  return checked && code === 'MATCH' && ['did', 'key'].includes(String(detail['kind']));
}

/** The address of a site in one form: scheme and host in lower case, a slash at the end; empty for none. */
export function normal(address: string): string {
  const [, scheme = '', host = '', path = ''] = /^(https?):\/\/([^/?#]+)([^?#]*)/i.exec(address.trim()) ?? [];
  return host && `${scheme.toLowerCase()}://${host.toLowerCase()}${path.replace(/\/index\.html$/, '/').replace(/\/+$/, '')}/`;
}

function documentIn(file: Uint8Array): JsonObject {
  const marked = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf;
  return readJson(marked ? file.subarray(3) : file, LIMITS) as JsonObject;
}

function isList(digests: Json): digests is string[] {
  const fine = Array.isArray(digests) && digests.length > 0 && digests.every((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one));
  return fine && new Set(digests as string[]).size === digests.length;
}

/** Say in `place` what the signature of this portfolio comes to. */
export async function show(place: HTMLElement, elements: readonly HTMLElement[], bytesAt: BytesAt): Promise<void> {
  await loadSentences();
  place.replaceChildren(...(await said(place, elements, bytesAt).catch(() => [make(place, 'p', '', message('live.portfolio.unread'))])));
}

async function said(place: HTMLElement, elements: readonly HTMLElement[], bytesAt: BytesAt): Promise<Node[]> {
  const file = await bytesAt(place.dataset['portfolioProof']!);
  const now = new Date().toISOString();
  const holder = (await verify(file, { now })).issuer?.id ?? '';
  const credentials = new Credentials(elements, bytesAt);
  const held = await credentials.with({ did: [holder] });
  const files = new Map<string, number>();
  for (const { digest, report } of held) files.set(digest, (files.get(digest) ?? 0) + Number(issuedTo(report)));
  const root = new URL('.', new URL(place.dataset['portfolioProof']!, place.baseURI)).href;
  const found = await check(file, now, root, files);
  const values = {
    count: found.count,
    total: credentials.size,
    added: found.added.length,
    gone: found.gone.length + credentials.size - held.length,
    domain: found.domain,
    key: found.holder.replace(/^did:key:/, ''),
    date: shown({ value: found.created, as: 'date' }),
  };
  const names = held.filter(({ digest }) => found.added.includes(digest)).map((one) => make(place, 'li', '', nameOf(place, one)));
  place.dataset['portfolio'] = found.code;
  return [
    make(place, 'p', 'pf-holder__says', message(`live.portfolio.${found.code}`, values)),
    ...(names.length ? [make(place, 'ul', '', ...names)] : []),
    ...(found.code === 'SIGNED' ? [make(place, 'p', 'pf-holder__limit', message('live.portfolio.limit'))] : []),
  ];
}

/** What a credential is called in this page. */
function nameOf(near: Element, { element, report }: Held): HTMLElement {
  const fact = report.credential.find(({ field }) => field === 'name' || field === 'credentialName');
  return make(near, 'bdi', '', fact ? String(fact.value) : (element.querySelector('.pf-file')?.textContent ?? message('label.untitled')));
}
