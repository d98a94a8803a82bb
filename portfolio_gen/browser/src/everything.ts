/**
 * "Check everything": fetches every file that portfolio.json lists anew, checks it, says how it went with each credential, and
 * hands out a report to save or print. Of portfolio.json it reads which files there are, and never what they are worth.
 * Whether pages say what the files say is not asked here; the report says so. A chunk of its own.
 */
import { shown } from './format';
import { distinct, listed, type Visited } from './listed';
import { filesOf, readManifest, type ListedRow } from './manifest';
import { badge, make, smallVerdict, when, type Finding } from './paint';
import { within, type Report } from './report';
import { NAMES } from './shown';
import { firstOf } from './translations';
import { loadSentences, message, prepare, words } from './words';

const LANES = 6;
const SHOWN_AT_ONCE = 40;
const SAYS = 'pf-everything__says';
const LIMITS = ['site', 'identity', 'truth', 'holder', 'shown', 'list'];

/** What checking a file gave: the report on it, or the sentence that says why there is none. */
type Outcome = { readonly report: Report } | { readonly problem: string };

/** What was found about a row of portfolio.json. */
interface Found {
  readonly row: ListedRow;
  readonly verdict: string;
  readonly report: Report | null;
  /** SHA-256 of the file, as computed now. */
  readonly digest: string;
  /** Sentences on what else is wrong. */
  readonly remarks: readonly string[];
  readonly problem: string | null;
}

/** Offer the check; `part` names where portfolio.json is. */
export function mount(part: HTMLElement, elements: readonly HTMLElement[], visited: Visited): void {
  const button = make(part, 'button', 'pf-button', message('live.everything.button')) as HTMLButtonElement;
  // It stays while all else comes and goes: what comes into the page together with its text is not announced.
  const says = make(part, 'p', SAYS);
  const result = make(part, 'div', 'pf-everything__result', says);
  says.setAttribute('role', 'status');
  button.type = 'button';
  button.addEventListener('click', async () => {
    button.setAttribute('aria-disabled', 'true');
    if (button.dataset['busy'] !== undefined) return;
    button.dataset['busy'] = '';
    await new Run(part, says, visited).run(elements).catch(() => {
      below(says);
      Object.assign(says, { className: 'pf-note', textContent: message('live.everything.unread') });
    });
    delete button.dataset['busy'];
    button.removeAttribute('aria-disabled');
  });
  part.append(make(part, 'p', '', message('live.everything.says')), make(part, 'p', '', button), result);
  part.hidden = false;
}

/** One check of everything. */
class Run {
  private readonly now = new Date().toISOString();
  private readonly outcomes = new Map<string, Outcome>();
  /** By credential: in which language the page shows it. */
  private readonly languages = new Map<string, string>();
  private readonly bar: HTMLProgressElement;
  private readonly list: HTMLElement;

  constructor(
    private readonly part: HTMLElement,
    private readonly says: HTMLElement,
    private readonly visited: Visited,
  ) {
    this.bar = make(part, 'progress', 'pf-everything__bar') as HTMLProgressElement;
    this.list = make(part, 'ol', 'pf-everything__list');
    this.bar.setAttribute('aria-label', message('live.everything.progress'));
  }

  async run(elements: readonly HTMLElement[]): Promise<void> {
    Object.assign(this.says, { className: SAYS, textContent: message('live.everything.reading') });
    below(this.says, this.bar);
    await loadSentences();
    const address = new URL(this.part.dataset['everything']!, this.part.baseURI).href;
    const rows = readManifest(await this.visited.bytesAt(address, 'no-cache'), address);
    const files = filesOf(rows);
    this.bar.max = rows.length;
    this.bar.value = 0;
    const counter = make(this.part, 'p', 'pf-everything__count');
    const each = make(this.part, 'div', 'pf-everything__each', this.list);
    each.tabIndex = 0;
    each.setAttribute('role', 'region');
    each.setAttribute('aria-label', message('live.everything.each'));
    below(this.says, this.bar, counter, each);
    for (const { baseURI, dataset } of elements) this.languages.set(place(new URL(dataset['credential']!, baseURI).href), dataset['language'] ?? '');
    const found: Found[] = [];
    let put = 0;
    const show = (): void => {
      const some = found.slice(put, put + SHOWN_AT_ONCE);
      this.list.append(...some.map((one) => this.item(one)));
      put += some.length;
      this.bar.value = put;
      counter.textContent = message('live.progress', { done: put, total: rows.length });
    };
    const queue = files.entries();
    const lane = async (): Promise<void> => {
      for (const [file, of] of queue) {
        const outcome = await this.outcomeAt(file);
        this.outcomes.set(file, outcome);
        found.push(...of.map((row) => findingOf(row, outcome)));
      }
    };
    const all = Promise.all(Array.from({ length: LANES }, lane));
    const over = all.then(() => true);
    while (!(await Promise.race([over, pause()])) || put < found.length) {
      if (put < found.length) show();
      await pause();
    }
    await over;
    const compared = await this.comparedWithThePage(rows, found, elements);
    counter.remove();
    this.bar.remove();
    this.conclude(rows, found, compared);
  }

  private async outcomeAt(file: string): Promise<Outcome> {
    let bytes: Uint8Array;
    try {
      bytes = await this.visited.bytesAt(file, 'no-cache');
    } catch {
      return { problem: message('live.unfetched') };
    }
    try {
      const report = await this.visited.check(bytes, this.now);
      await prepare(report);
      return { report };
    } catch {
      return { problem: message('live.unchecked') };
    }
  }

  /** What this page and portfolio.json do not have in common, and what the page's own check found that this one cannot. */
  private async comparedWithThePage(rows: readonly ListedRow[], found: readonly Found[], elements: readonly HTMLElement[]): Promise<string[]> {
    const here = distinct(await listed(elements, this.visited));
    const [named, on] = [new Set(rows.map(({ place }) => place)), new Set(here.map(({ address }) => place(address)))];
    const verdicts = new Map(found.map(({ row, verdict }) => [row.place, verdict]));
    const missing = rows.filter((row) => !on.has(row.place)).length;
    const unnamed = here.filter(({ address }) => !named.has(place(address))).length;
    const unlike = here.filter(({ address, element }) => element.dataset['verdict'] === 'failed' && ![undefined, 'failed'].includes(verdicts.get(place(address)))).length;
    const counted = { missing, unnamed, unlike } as const;
    return Object.entries(counted).flatMap(([name, count]) => (count ? [message(`live.everything.${name}`, { count })] : []));
  }

  private item({ row, verdict, report, digest, remarks, problem }: Found): HTMLElement {
    const fact = report && firstOf(report.credential, NAMES, this.languages.get(row.place))[0];
    const name = make(this.part, 'bdi', '', fact ? shown(fact) : row.file);
    const link = Object.assign(make(this.part, 'a', 'pf-everything__name', name), { href: row.page });
    const finding: Finding = { verdict, checks: report?.checks ?? {}, differences: [], report, digest, problem, at: new Date(this.now) };
    const codes = Object.entries(report?.checks ?? {}).map(([check, { code }]) => `${words.checks[check]!.title}: ${code}`);
    const item = make(
      this.part,
      'li',
      'pf-everything__item',
      link,
      make(this.part, 'p', 'pf-everything__verdict', ...smallVerdict(this.part, finding)),
      ...remarks.map((text) => make(this.part, 'p', 'pf-everything__remark', text)),
      make(this.part, 'p', 'pf-everything__codes', make(this.part, 'code', '', row.file), digest && ' · SHA-256 ', digest ? make(this.part, 'code', '', digest) : '', ...codes.map((text) => ` · ${text}`)),
    );
    item.dataset['found'] = verdict;
    return item;
  }

  /** Say how it went, what does not check out first, and offer the report. */
  private conclude(rows: readonly ListedRow[], found: readonly Found[], compared: readonly string[]): void {
    const order = (item: HTMLElement): number => ['failed', undefined, 'verified'].indexOf(item.dataset['found'] === 'failed' ? 'failed' : item.dataset['found'] === 'verified' ? 'verified' : undefined);
    const items = [...this.list.children] as HTMLElement[];
    this.list.replaceChildren(...items.sort((a, b) => order(a) - order(b)));
    const count = (verdict: string): number => found.filter((one) => one.verdict === verdict).length;
    const others = [...new Set(found.map(({ verdict }) => verdict))].filter((verdict) => verdict !== 'verified').sort();
    const rest = others.map((verdict) => make(this.part, 'li', '', make(this.part, 'strong', '', String(count(verdict))), ' ', badge(this.part, verdict)));
    this.says.textContent = message('live.everything.sum', { done: count('verified'), total: rows.length });
    const at = new Date(this.now);
    const limits = LIMITS.map((name) => message(`live.everything.limit.${name}`));
    const save = make(this.part, 'button', 'pf-button', message('live.everything.save')) as HTMLButtonElement;
    const print = make(this.part, 'button', 'pf-button pf-button--second', message('live.everything.print')) as HTMLButtonElement;
    save.type = print.type = 'button';
    save.addEventListener('click', () => this.save(this.document(found, [...compared], limits)));
    print.addEventListener('click', () => this.print());
    below(
      this.says,
      ...(rest.length ? [make(this.part, 'ul', 'pf-count__others', ...rest)] : []),
      make(this.part, 'p', '', message('live.when', when(this.part, at)), ' ', make(this.part, 'code', '', this.base().href)),
      ...compared.map((text) => make(this.part, 'p', 'pf-everything__remark', text)),
      make(this.part, 'h3', '', message('live.not')),
      make(this.part, 'ul', 'pf-everything__limits', ...limits.map((text) => make(this.part, 'li', '', text))),
      make(this.part, 'p', 'pf-everything__tools', save, ' ', print),
      make(this.part, 'h3', '', message('live.everything.each')),
      this.list.parentElement!,
    );
  }

  /** The report to save: docs/overview.md describes it. */
  private document(found: readonly Found[], remarks: readonly string[], limits: readonly string[]): object {
    const base = this.base();
    const by = `portfolio-gen (browser, script of ${base.host})`;
    const about = { file: '', checked_at: this.now, checked_by: by };
    const reports = [...this.outcomes].flatMap(([address, outcome]) => ('report' in outcome ? [{ ...about, file: relative(address, base), ...outcome.report }] : []));
    const credentials = found.map(({ row, verdict, digest, remarks: said, problem }) => ({
      page: row.page.slice(base.href.length),
      file: row.file,
      ...(row.pointer && { pointer: row.pointer }),
      sha256: digest || null,
      verdict,
      remarks: [...(problem ? [problem] : []), ...said],
    }));
    return { version: 1, site: base.href, checked_at: this.now, checked_by: by, not_asked: ['shown'], limits, remarks, credentials, reports };
  }

  /** The portfolio's address. */
  private base(): URL {
    return new URL('.', new URL(this.part.dataset['everything']!, this.part.baseURI));
  }

  private save(report: object): void {
    const blob = new Blob([`${JSON.stringify(report, null, 1)}\n`], { type: 'application/json' });
    const link = make(this.part, 'a', '') as HTMLAnchorElement;
    link.href = URL.createObjectURL(blob);
    link.download = `check-${this.now.slice(0, 10)}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** Print the report alone. */
  private print(): void {
    const [root, page] = [this.part.parentElement!, this.part.ownerDocument.defaultView!];
    root.dataset['print'] = '';
    page.addEventListener('afterprint', () => delete root.dataset['print'], { once: true });
    page.print();
  }
}

/** Put these, and nothing else, after an element. */
function below(element: HTMLElement, ...nodes: readonly Node[]): void {
  while (element.nextSibling) element.nextSibling.remove();
  element.after(...nodes);
}

const pause = (): Promise<false> => new Promise((done) => setTimeout(() => done(false), 16));

const relative = (address: string, base: URL): string => address.slice(base.href.length);

/** An address of a credential as both halves write it: percent-encoding in fragments may differ. */
function place(address: string): string {
  const [file, ...pointers] = address.split('#');
  return [file, ...pointers.map(decodeURIComponent)].join('#');
}

function findingOf(row: ListedRow, outcome: Outcome): Found {
  const none = { row, verdict: 'not-checked', report: null, digest: '', remarks: [] };
  if ('problem' in outcome) return { ...none, problem: outcome.problem };
  const digest = outcome.report.sha256;
  const remarks = digest === row.sha256 ? [] : [message('live.everything.altered')];
  const report = within(outcome.report, encodeURIComponent(row.pointer && `#${row.pointer}`));
  if (!report) return { ...none, digest, remarks, problem: message('live.absent') };
  return { row, verdict: report.verdict, report, digest, remarks, problem: null };
}
