/** The credentials that a page lists, each with this visit's report on it and the page's verdict: for the parts beside the list. */
import sentences from 'virtual:sentences/portfolio';

import { within, type Report } from './report';
import { words } from './words';

/** What the visit found so far, and how to check once more. dom.ts hands it in. */
export interface Visited {
  /** By address of a file: the report on it, or why there is none. */
  readonly outcomes: ReadonlyMap<string, Promise<{ readonly report: Report } | { readonly problem: string }>>;
  /** Over when the page has painted all of its verdicts: before that, those in it may be the markup's. */
  readonly painted: Promise<void>;
  /** Checks the bytes of a file as they are now. */
  readonly check: (bytes: Uint8Array, now: string) => Promise<Report>;
  /** Fetches a file of this site; `no-cache` asks the server whether it is still the same. */
  readonly bytesAt: (address: string, cache?: RequestCache) => Promise<Uint8Array>;
}

/** An element that stands for a credential, and what was found. */
export interface Listed {
  readonly element: HTMLElement;
  /** Of the file, with the place in it. */
  readonly address: string;
  readonly report: Report | undefined;
}

for (const [id, text] of Object.entries(sentences)) words.messages[id] ??= text;

/** Once the page has painted its verdicts: give every credential with what its verdict rests on. */
export async function listed(elements: readonly HTMLElement[], { outcomes, painted }: Visited): Promise<Listed[]> {
  await painted;
  return Promise.all(elements.map(async (element) => ({ element, ...(await found(element, outcomes)) })));
}

async function found(element: HTMLElement, outcomes: Visited['outcomes']): Promise<Omit<Listed, 'element'>> {
  const { href, hash } = new URL(element.dataset['credential']!, element.baseURI);
  const outcome = await outcomes.get(href.split('#')[0]!);
  return { address: href, report: outcome && 'report' in outcome ? within(outcome.report, hash) : undefined };
}

/** The verdict on a credential that stands in several places: good only where all of them are. */
export function verdictOf(places: readonly Listed[]): string {
  const verdicts = places.map(({ element }) => element.dataset['verdict'] ?? 'not-checked');
  return verdicts.find((verdict) => verdict !== 'verified') ?? 'verified';
}

/** Each credential once, endorsements left out: those are what others say of one. */
export function distinct(all: readonly Listed[]): Listed[] {
  const own = all.filter(({ element }) => element.dataset['view'] !== 'endorsement');
  return [...new Map(own.map((one) => [one.address, one])).values()];
}
