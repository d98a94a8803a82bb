/**
 * The visitor's button: looks up what only the network can tell, once somebody asks for it (DESIGN rule 10). A chunk of its
 * own, which pages load that have something to look up. `ask` is the page's: nothing is fetched but here, and nothing about
 * the visitor goes along. It checks in the page, not in the worker: somebody is waiting for this one.
 */
import { make } from './paint';
import type { Report } from './report';
import { verifyNoting } from './verifier';
import type { Answer } from './web';
import { message, prepare } from './words';

/** How often an answer may lead to the next look-up: transaction, issuer's profile. As in fetch.py. */
const ROUNDS = 6;
const SECONDS = 10;

export type Answers = Record<string, Answer>;
/** A check with answers; `missed` are the addresses that it asked for in vain. */
export type Check = (web: Answers) => Promise<{ report: Report; missed: readonly string[] }>;
/** The page's `fetch`. */
export type Ask = (address: string, options: RequestInit) => Promise<Response>;

/** Return the hosts that a look-up of this credential would ask: the explorer, and where the issuer's profile is. */
export function hostsOf({ checks, issuer }: Report): string[] {
  const explorer = checks['signature']?.detail?.['explorer'];
  const profile = /^https:\/\/([a-z0-9.-]+(?::[0-9]+)?)(?:[/?#]|$)/.exec(issuer?.id ?? '')?.[1];
  return [explorer, profile].filter((host) => typeof host === 'string');
}

/** Put the sentence and the button that names who would be asked where there is a place for it; `done` is told the last report on the file. */
export function offer(element: HTMLElement, report: Report, file: () => Promise<Uint8Array>, ask: Ask, done: (report: Report) => void): void {
  const part = element.querySelector<HTMLElement>('[data-live="lookup"]');
  if (!part) return;
  const hosts = hostsOf(report);
  const button = make(part, 'button', 'pf-button', message('live.lookup.button', { hosts: hosts.join(', ') })) as HTMLButtonElement;
  const says = make(part, 'p', '', message('live.lookup'));
  button.type = 'button';
  button.addEventListener('click', () => {
    button.disabled = true;
    says.textContent = message('live.lookup.asking');
    void file().then(async (bytes) => {
      const found = await lookUp(hosts, (web) => verifyNoting(bytes, new Date().toISOString(), web), ask);
      await prepare(found);
      done(found);
      part.replaceChildren(make(part, 'p', '', message('live.lookup.done', { hosts: hosts.join(', ') })));
    });
  });
  part.replaceChildren(says, button);
}

/** Check again and again, each time with answers for what the last check asked these hosts in vain. As `look_up` of fetch.py. */
export async function lookUp(hosts: readonly string[], check: Check, ask: Ask): Promise<Report> {
  const answers: Answers = {};
  const asked = new Set<string>();
  let { report, missed } = await check(answers);
  for (let round = 1; round < ROUNDS; round++) {
    const wanted = missed.filter((address) => mayAnswer(address, hosts) && !asked.has(address));
    if (!wanted.length) break;
    for (const address of wanted) {
      asked.add(address);
      const answer = await answerOf(address, ask).catch(() => null);
      if (answer) answers[address] = answer;
    }
    ({ report, missed } = await check(answers));
  }
  return report;
}

/** What a server answers, after redirects within its host. */
async function answerOf(address: string, ask: Ask): Promise<Answer | null> {
  const response = await ask(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(SECONDS * 1_000) });
  if (new URL(response.url).host !== new URL(address).host) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, status: response.status, type: response.headers.get('content-type') ?? '', at: new Date().toISOString(), source: 'live' };
}

/** An address with a fragment is answered by the page around it, which is asked for as well. */
function mayAnswer(address: string, hosts: readonly string[]): boolean {
  return address.startsWith('https://') && !address.includes('#') && hosts.includes(new URL(address).host);
}
