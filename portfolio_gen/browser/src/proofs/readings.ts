/** A document as older contexts at the same URLs have it: a chunk for what does not verify with the newest ones. */
import older from 'virtual:contexts/older';

import { ProofError } from '../errors';
import { strings } from '../json';
import type { Detail } from '../report';
import { sortedSet } from '../text';
import { resultOf } from '../vocabulary';
import { contextsIn } from './data_integrity_rdfc';
import { initialWith } from './jsonld';
import { Unsecured } from './unsecured';

/** URLs, each with the edition that is read; 0 is the newest. */
type Choice = readonly (readonly [url: string, edition: number])[];

/** What a check made of a reading, and the older contexts in it as the detail of a check: URL and SHA-256. */
type Fit<T> = readonly [made: T, named: Detail];

/**
 * What `check` makes of the first older reading that it lets through. Throws `refused`, what it made of the newest one, where
 * it lets none through, or where that is no failure.
 */
export async function olderThatFits<T>(unsecured: Unsecured, refused: unknown, check: (reading: Unsecured) => Promise<T>): Promise<Fit<T>> {
  for (const choice of isFailure(refused) ? choicesFor(unsecured) : []) {
    try {
      return [await check(await readingOf(unsecured, choice)), { contexts: choice.map(([url, edition]) => `${url} ${rowOf(url, edition).sha256}`) }];
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      if (!isFailure(error)) break;
    }
  }
  throw refused;
}

function isFailure(error: unknown): boolean {
  return error instanceof ProofError && resultOf('signature', error.code) === 'fail';
}

/** The choices of older contexts that are tried, newest first, without the editions that are the newest. */
function choicesFor({ document, limits }: Unsecured): Choice[] {
  const urls = sortedSet(strings([...contextsIn(document)])).filter((url) => Object.hasOwn(older, url));
  const all = urls.reduce<Choice[]>(
    (choices, url) => choices.flatMap((choice) => [0, ...older[url]!.keys()].map((_, edition) => [...choice, [url, edition] as const])),
    [[]],
  );
  const age = (choice: Choice): number => choice.reduce((sum, [, edition]) => sum + edition, 0);
  const sorted = all.sort((a, b) => age(a) - age(b)).slice(1, limits.contextReadings);
  return sorted.map((choice) => choice.filter(([, edition]) => edition));
}

async function readingOf({ document, limits, previous }: Unsecured, choice: Choice): Promise<Unsecured> {
  const loaded = choice.map(async ([url, edition]) => [url, (await rowOf(url, edition).load()).default] as const);
  return new Unsecured(document, limits, initialWith(new Map(await Promise.all(loaded))), previous);
}

function rowOf(url: string, edition: number) {
  return older[url]![edition - 1]!;
}
