/**
 * The visitor's button, "Check again with the issuer": looks up what only the network can tell, once somebody asks for it
 * (DESIGN rule 10). A chunk of its own. `ask` is the page's: nothing is fetched but here, and only from the hosts that were named
 * before. It checks in the page, not in the worker: somebody is waiting for this one.
 */
import { once, ROUNDS, tell } from './copies';
import { line, shown } from './format';
import { LIMITS } from './limits';
import { make, type Finding } from './paint';
import type { Report } from './report';
import { sortedSet } from './text';
import { instant } from './timestamps';
import { verifyNoting, type Noting } from './noting';
import type { Answer } from './web';
import { loadSentences, message, prepare, words } from './words';

const SECONDS = 10;

/** Names of public hosts only: a credential must not make its visitors' browsers ask machines in their own network. As in pages/entries.py. */
const ASKED = /^https:\/\/((?:[a-z0-9-]+\.)+(?!(?:localhost|local|internal|arpa)(?:[:/?]|$))[a-z][a-z0-9-]*(?::[0-9]+)?)(?:[/?]|$)/;

/** Verdicts that nothing on the network can better: a forged credential stays forged, a withdrawn one withdrawn. */
const FINAL = ['failed', 'revoked', 'not-checked'];

/** The page's `fetch`. */
export type Ask = (address: string, options: RequestInit) => Promise<Response>;

/** A credential on a page, what a check without the network found, and how the page fetches and judges. */
export interface Place {
  readonly element: HTMLElement;
  /** Where the button goes. */
  readonly part: HTMLElement;
  readonly before: Finding;
  readonly told: Noting;
  file(): Promise<Uint8Array>;
  own(address: string): Promise<Uint8Array>;
  readonly ask: Ask;
  /** What the page makes of a report on the file. */
  found(report: Report): Finding;
  /** Puts on the page what was found. */
  show(finding: Finding): void;
}

/** What came of it: the last check, who answered, who did not, who was not asked, and what is not as in the site's copy. */
export interface LookedUp {
  readonly noting: Noting;
  readonly answered: ReadonlySet<string>;
  readonly silent: ReadonlySet<string>;
  readonly left: ReadonlySet<string>;
  readonly differing: readonly { address: string; at: string }[];
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Return the hosts that would be asked about these addresses. An address with a fragment is answered by the page around it. */
export function hostsOf(addresses: readonly string[]): string[] {
  return sortedSet(addresses.flatMap((address) => hostOf(address) ?? []));
}

function hostOf(address: string): string | null {
  return (!address.includes('#') && ASKED.exec(address)?.[1]) || null;
}

/** Put the sentence and the button that names who would be asked in its place, where there is somebody to ask. */
export async function offer(place: Place): Promise<void> {
  const { part, before, told } = place;
  const asks = [...told.used, ...told.missed];
  const hosts = hostsOf(asks);
  if (!hosts.length || FINAL.includes(before.verdict)) return;
  await loadSentences();
  const says = make(part, 'p', '', message('live.lookup', { hosts: hosts.join(', ') }));
  const button = make(part, 'button', 'pf-button', message('live.lookup.button')) as HTMLButtonElement;
  button.type = 'button';
  part.setAttribute('aria-live', 'polite');
  part.replaceChildren(says, button);
  button.addEventListener('click', () => {
    button.disabled = true;
    says.textContent = message('live.lookup.asking');
    void settle(place, asks, hosts).catch(() => part.replaceChildren(make(part, 'p', '', message('live.lookup.failed'))));
  });
}

async function settle(place: Place, asks: readonly string[], hosts: readonly string[]): Promise<void> {
  const { part, element, before, found } = place;
  const now = new Date().toISOString();
  const bytes = await place.file();
  const copy = (address: string): Promise<Answer | null> => once(address, now, place.own);
  const looked = await lookUp(asks, hosts, copy, (web) => verifyNoting(bytes, now, web), place.ask);
  await prepare(looked.noting.report);
  const after = found(looked.noting.report);
  const older = isOlder(before, after);
  const taken = looked.answered.size > 0 && !older;
  if (taken) {
    place.show(after);
    const copies = looked.noting.used.flatMap((address) => (looked.answers.get(address)?.source === 'copy' ? [{ address, at: looked.answers.get(address)!.at }] : []));
    if (copies.length) tell(element, copies, now);
  }
  part.replaceChildren(...sentences(looked, before, taken ? after : before, older).map((text) => make(part, 'p', '', text)));
}

/** Whether the list that was given now is older than the one in a copy: somebody may have put an old one back. */
function isOlder(before: Finding, after: Finding): boolean {
  const [was, is] = [before, after].map(({ checks }) => instant(String(checks['status']?.detail?.['at'] ?? '')));
  return was !== null && is !== null && is! < was!;
}

function sentences({ answered, silent, left, differing, noting }: LookedUp, before: Finding, after: Finding, older: boolean): string[] {
  const label = ({ verdict }: Finding): string => words.verdicts[verdict]!.label;
  const named = (id: string, hosts: ReadonlySet<string>): string[] => (hosts.size ? [message(id, { hosts: sortedSet([...hosts]).join(', ') })] : []);
  const same = before.verdict === after.verdict;
  return [
    ...named('live.lookup.answered', answered),
    ...(noting.report.checks['signature']?.detail?.['explorer'] && answered.size ? [message('live.lookup.explorer')] : []),
    ...named('live.lookup.silent', silent),
    ...named('live.lookup.left', left),
    ...differing.map(({ address, at }) => message('live.lookup.unlike', { address: line(address), at: shown({ value: at, as: 'date' }) })),
    ...(older ? [message('live.lookup.older')] : []),
    same ? message('live.lookup.same') : message('live.lookup.changed', { before: label(before), after: label(after) }),
  ];
}

/** Check again and again, each time with answers for what the last check asked, from these hosts, else from the site's copies. As `look_up` of fetch.py. */
export async function lookUp(
  asks: readonly string[],
  hosts: readonly string[],
  copy: (address: string) => Promise<Answer | null>,
  check: (web: ReadonlyMap<string, Answer>) => Promise<Noting>,
  ask: Ask,
): Promise<LookedUp> {
  const answers = new Map<string, Answer>();
  const [answered, silent, left, asked] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
  const differing: { address: string; at: string }[] = [];
  const one = async (address: string): Promise<void> => {
    const host = hostOf(address);
    // Under the DID itself it would be asked first, and hide what the server says.
    const kept = address.startsWith('did:web:') ? null : await copy(address);
    if (host && !hosts.includes(host)) left.add(host);
    const live = host && hosts.includes(host) ? await answerOf(address, ask).catch(() => null) : null;
    if (host && hosts.includes(host)) (live ? answered : silent).add(host);
    if (live?.status === 200 && kept && !alike(live.bytes, kept.bytes)) differing.push({ address, at: kept.at });
    const best = live?.status === 200 || !kept ? live : kept;
    if (best) answers.set(address, best);
  };
  let wanted = asks;
  let noting: Noting | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    for (const address of wanted) asked.add(address);
    await Promise.all(wanted.map(one));
    noting = await check(answers);
    wanted = noting.missed.filter((address) => !asked.has(address));
    if (!wanted.length) break;
  }
  return { noting: noting!, answered, silent: new Set([...silent].filter((host) => !answered.has(host))), left, differing, answers };
}

/** What a server answers, after redirects within its host; throws where it cannot be asked, or answers with too much. */
async function answerOf(address: string, ask: Ask): Promise<Answer> {
  const response = await ask(address, { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', signal: AbortSignal.timeout(SECONDS * 1_000) });
  if (hostOf(response.url.replace(/#.*/, '')) !== hostOf(address)) throw new Error('sent on to another host');
  const bytes = await capped(response);
  return { bytes, status: response.status, type: response.headers.get('content-type') ?? '', at: new Date().toISOString(), source: 'live' };
}

async function capped({ body }: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (const reader = body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > LIMITS.fileBytes) {
      void reader.cancel();
      throw new Error('too large');
    }
  }
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

function alike(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
