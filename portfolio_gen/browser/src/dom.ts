/**
 * The script in the page: finds the elements that stand for a credential, fetches each file as it is, has it checked in
 * a worker, compares what the page shows, and paints. It reads nothing that the build decided.
 */
import { drawInlined, inlined } from './inlined';
import { badge, blank, make, paint, type Finding } from './paint';
import { picturesOf, read } from './reading';
import { judge, within, type Report } from './report';
import { compare, type Snapshot } from './shown';
import { Sight } from './visible';
import { later, loadSentences, message, prepare } from './words';
import type { Answer } from './web';
import type { Noting } from './noting';
import type { Task } from './worker';

const LANES = 6;
const PAINTED_AT_ONCE = 40;
const A_MOMENT = 300;
/**
 * Milliseconds that reading may take before what was read is painted: a phone is four times slower, and taps should not wait. On
 * a page of thousands it is longer: each time the browser lays out all of it.
 */
const sliceFor = (elements: number): number => 2 + elements / 8;

type More = ReadonlyMap<string, Answer>;
/** Checks one file at a moment; `more` is what the site has of the network beside what it gave before. */
type Verify = (bytes: Uint8Array, now: string, more?: More) => Promise<Noting>;

/** `load` fetches every part of the verifier now, for a check that comes when the network may be gone. */
type Checker = { readonly verify: Verify; readonly load: () => void };

/** A check, and what says in the page how old the copies are on which it rests. */
type Told = Noting & { tell?: (element: HTMLElement) => void };

/** What the file at one address gave: the report on it, or the sentence that says why there is none. */
type Outcome = Told | { problem: string };

/** Start the worker; where there are none, or it does not start, check on the page itself. */
function checker(): Checker {
  const known = new Map<string, Answer>();
  const here: Verify = async (bytes, now) => (await import('./noting')).verifyNoting(bytes, now, known);
  const waiting = new Map<number, { bytes: Uint8Array; now: string; done: (found: Noting) => void; failed: (error: unknown) => void }>();
  let worker: Worker | null = null;
  let count = 0;
  const giveUp = (): void => {
    worker?.terminate();
    worker = null;
    for (const { bytes, now, done, failed } of waiting.values()) here(bytes, now).then(done, failed);
    waiting.clear();
  };
  try {
    if (!OFFLINE) worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    worker!.onerror = giveUp;
    worker!.onmessage = ({ data }) => {
      const task = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.noting) task?.done(data.noting);
      else task?.failed(data.error);
    };
  } catch {
    worker = null;
  }
  const verify: Verify = (bytes, now, more) => {
    for (const [address, answer] of more ?? []) known.set(address, answer);
    if (!worker) return here(bytes, now);
    return new Promise((done, failed) => {
      waiting.set(++count, { bytes, now, done, failed });
      worker?.postMessage({ id: count, bytes, now, more } satisfies Task);
    });
  };
  return { verify, load: () => worker?.postMessage('load') };
}

/** Fetch a file of this site. Throws for another site's, and for anything but the file itself. */
async function bytesAt(address: string, cache: RequestCache = 'default'): Promise<Uint8Array> {
  const url = new URL(address, document.baseURI);
  if (OFFLINE) return inlined(url, document);
  if (url.origin !== location.origin) throw new Error(`${url.host} is another site`);
  const response = await fetch(url, { redirect: 'error', cache });
  if (!response.ok) throw new Error(String(response.status));
  return new Uint8Array(await response.arrayBuffer());
}

/** Check a file with what the site has of the network, as far as the check asks for it. */
async function reported(bytes: Uint8Array, now: string, verify: Verify): Promise<Told> {
  const found = await verify(bytes, now);
  const part = [...found.missed, ...found.used].length && (await import('./copies').catch(() => null));
  return part ? part.again(found, now, (more) => verify(bytes, now, more), bytesAt) : found;
}

async function outcomeAt(address: string, now: string, verify: Verify): Promise<Outcome> {
  let bytes: Uint8Array;
  try {
    bytes = await bytesAt(address);
  } catch {
    return { problem: message('live.unfetched') };
  }
  try {
    if (await speaking) throw speaking;
    const told = await reported(bytes, now, verify);
    await prepare(told.report);
    return told;
  } catch {
    return { problem: message('live.unchecked') };
  }
}

/** The words of a page in another language than English, for which every sentence waits; without them nothing is checked. */
const { lang } = document.documentElement;
const speaking = lang !== 'en' && import('./languages').then(({ speak }) => speak(lang)).catch(Boolean);

const pictures = new Map<string, Promise<Uint8Array | null>>();

async function pictureBytes(element: HTMLElement): Promise<Map<string, Uint8Array | null>> {
  const found = new Map<string, Uint8Array | null>();
  if (OFFLINE) await drawInlined(element.querySelectorAll('img[data-claim]'), document);
  for (const address of picturesOf(element)) {
    if (!pictures.has(address)) pictures.set(address, bytesAt(address).catch(() => null));
    found.set(address, await pictures.get(address)!);
  }
  return found;
}

function findingOf(element: HTMLElement, outcome: Outcome | { report: Report }, snapshot: Snapshot): Finding {
  const at = new Date();
  const unchecked = (problem: string): Finding => ({ verdict: 'not-checked', checks: {}, differences: [], report: null, digest: '', problem, at });
  if ('problem' in outcome) return unchecked(outcome.problem);
  const { hash } = new URL(element.dataset['credential']!, document.baseURI);
  const report = within(outcome.report, hash);
  if (!report) return unchecked(message('live.absent'));
  const { check, differences } = compare(snapshot, report);
  const checks = { ...report.checks, shown: check };
  const outer = within(outcome.report, hash.slice(0, hash.lastIndexOf('#')));
  return { verdict: judge(checks), checks, differences, report, outer, digest: outcome.report.sha256, problem: null, at };
}

/** Say which of the site's issuer lists know the issuer, where the page has a place for that. */
async function tellLists(element: HTMLElement, report: Report | null): Promise<void> {
  const index = document.querySelector<HTMLElement>('[data-lists]')?.dataset['lists'];
  if (index && report && element.querySelector('[data-live="identity"]')) await (await import('./known')).tell(element, report, index, bytesAt);
}

/** Offer to ask those who can tell; what the page says of the credential was read before. */
async function offerLookup(element: HTMLElement, before: Finding, told: Told, snapshot: Snapshot): Promise<void> {
  const part = element.querySelector<HTMLElement>('[data-live="lookup"]');
  if (OFFLINE || !part || !(told.missed.length + told.used.length)) return;
  const { offer } = await import('./lookup');
  const found = (report: Report): Finding => findingOf(element, { report }, snapshot);
  const show = (finding: Finding): void => {
    paint(element, finding);
    void tellLists(element, finding.report);
  };
  await offer({ element, part, before, told, file: () => bytesAt(element.dataset['credential']!), own: bytesAt, ask: (...asked) => fetch(...asked), found, show });
}

/** Checks every credential on the page and paints in batches, so that a thousand of them do not freeze it. */
class Visit {
  private readonly verdicts = new Map<string, string>();
  readonly outcomes = new Map<string, Promise<Outcome>>();
  private readonly ready: { element: HTMLElement; outcome: Outcome; images: Map<string, Uint8Array | null> }[] = [];
  private painted = 0;
  private scheduled = false;
  private tell!: () => void;
  /** Over when every verdict of this visit is painted. */
  readonly over = new Promise<void>((tell) => (this.tell = tell));
  private readonly now = new Date().toISOString();

  constructor(
    private readonly elements: readonly HTMLElement[],
    private readonly verify: Verify,
  ) {}

  async run(): Promise<void> {
    // Before anything is awaited: the markup may bring verdicts.
    for (const element of this.elements) {
      delete element.dataset['verdict'];
      element.dataset['busy'] = '';
    }
    await speaking;
    setTimeout(() => this.progress(), A_MOMENT);
    for (const element of this.elements) blank(element);
    const queue = this.elements.values();
    await Promise.all(Array.from({ length: LANES }, () => this.lane(queue)));
  }

  private async lane(queue: Iterable<HTMLElement>): Promise<void> {
    for (const element of queue) {
      const [address = ''] = new URL(element.dataset['credential']!, document.baseURI).href.split('#');
      if (!this.outcomes.has(address)) this.outcomes.set(address, outcomeAt(address, this.now, this.verify));
      const outcome = await this.outcomes.get(address)!;
      this.ready.push({ element, outcome, images: await pictureBytes(element) });
      this.schedule();
    }
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setTimeout(() => void this.batch());
  }

  /** Read all of a batch before painting any of it: the browser then lays the page out once. */
  private async batch(): Promise<void> {
    this.scheduled = false;
    const sight = new Sight();
    const until = performance.now() + sliceFor(this.elements.length);
    const found = [];
    do {
      const { element, outcome, images } = this.ready.shift()!;
      const snapshot = read(element, images, sight);
      found.push({ element, outcome, snapshot, finding: findingOf(element, outcome, snapshot) });
    } while (this.ready.length && found.length < PAINTED_AT_ONCE && performance.now() < until);
    if (found.some(({ finding }) => finding.differences.length)) await loadSentences();
    for (const { element, finding, snapshot, outcome } of found) {
      paint(element, finding);
      void tellLists(element, finding.report);
      if ('report' in outcome) {
        outcome.tell?.(element);
        if (element.querySelector('[data-field^="result"]')) void import('./scales').then(({ draw }) => draw(element, finding), () => null);
        void offerLookup(element, finding, outcome, snapshot);
      }
      delete element.dataset['busy'];
      this.note(new URL(element.dataset['credential']!, document.baseURI).href, finding.verdict);
    }
    this.painted += found.length;
    if (this.ready.length) this.schedule();
    if (this.painted === this.elements.length) this.total();
    else if (performance.now() > A_MOMENT) this.progress();
  }

  /** A credential that stands on the page twice counts as checked out only where both say so. */
  private note(address: string, verdict: string): void {
    const before = this.verdicts.get(address);
    if (before === undefined || before === 'verified') this.verdicts.set(address, verdict);
  }

  private progress(): void {
    if (this.painted === this.elements.length) return;
    const text = message('live.progress', { done: this.painted, total: this.elements.length });
    for (const count of document.querySelectorAll('[data-live="count"]')) {
      count.setAttribute('aria-busy', 'true');
      count.replaceChildren(make(count, 'p', 'pf-count__line', text));
    }
    // Those that say so already are left alone: writing them anew each time would have all of a long page laid out again.
    for (const part of document.querySelectorAll('[data-busy] [data-live="verdict"]:has(> .pf-badge)')) {
      part.replaceChildren(make(part, 'p', 'pf-progress', message('live.checking')));
    }
  }

  private total(): void {
    for (const count of document.querySelectorAll('[data-live="count"]')) {
      count.replaceChildren(...this.sum(count));
      count.removeAttribute('aria-busy');
    }
    this.tell();
  }

  private sum(near: Element): Node[] {
    const verdicts = [...this.verdicts.values()];
    const total = verdicts.length;
    const done = verdicts.filter((verdict) => verdict === 'verified').length;
    const ran = verdicts.some((verdict) => verdict !== 'not-checked');
    const some = total === 1 ? message(done ? 'live.count.single' : 'live.count.none') : message('live.count', { done, total });
    const line = ran ? some : message('live.count.nothing');
    const others = [...new Set(verdicts)].filter((verdict) => verdict !== 'verified').sort();
    const rows = others.map((verdict) => {
      const number = String(verdicts.filter((other) => other === verdict).length);
      return make(near, 'li', '', make(near, 'strong', '', number), ' ', badge(near, verdict));
    });
    return [
      make(near, 'p', 'pf-count__line', line),
      ...(rows.length ? [make(near, 'ul', 'pf-count__others', ...rows)] : []),
      make(near, 'p', 'pf-count__limit', message('live.count.limit')),
    ];
  }
}

/** Make an element anew from its markup. That leaves out shadow roots: they show what no script can read. */
function plain(element: Element): void {
  const template = document.createElement('template');
  template.innerHTML = element.outerHTML;
  element.replaceWith(template.content);
}

/** Only one page has a form for files: its part of the script is loaded there. */
async function mountFileChecks(forms: readonly HTMLElement[], verify: Verify): Promise<void> {
  for (const form of forms) form.dataset['busy'] = '';
  await speaking;
  const [part] = await Promise.all([import('./filecheck').catch(() => null), loadSentences()]);
  for (const form of forms) {
    delete form.dataset['busy'];
    if (part && later('live.file.pasted') !== null) part.mountFileCheck(form, async (bytes) => (await reported(bytes, new Date().toISOString(), verify)).report, navigator.mediaDevices);
    else form.after(make(form, 'p', 'pf-note', message('live.unchecked')));
  }
}

for (const element of document.querySelectorAll('[data-credential]')) if (element.isConnected) plain(element);
const elements = [...document.querySelectorAll<HTMLElement>('[data-credential]')];
const files = [...document.querySelectorAll<HTMLElement>('[data-filecheck]')];
if (elements.length || files.length) {
  const { verify, load } = checker();
  if (files.length) {
    void mountFileChecks(files, verify);
    load();
  }
  if (elements.length) {
    const visit = new Visit(elements, verify);
    void visit.run();
    const check = async (bytes: Uint8Array, now: string) => (await reported(bytes, now, verify)).report;
    for (const part of document.querySelectorAll<HTMLElement>('[data-asked]'))
      void new Promise<unknown>((opened) => (part.matches('details') ? part.addEventListener('toggle', opened) : opened(0))).then(async () => {
        await speaking;
        (await import('./asked')).mount(part, elements, { outcomes: visit.outcomes, painted: visit.over, check, bytesAt });
      });
  }
}
