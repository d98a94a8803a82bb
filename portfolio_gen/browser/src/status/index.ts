/**
 * Whether the issuer has withdrawn a credential: status entries, and the lists that they name, to a code of step 4. A chunk.
 * STATUS_LISTS has one row for each type of entry. The verifier passes in how a list is checked: a list is a credential as
 * well, and answers only if it checks out (DESIGN rule 8). Nothing is fetched: `web` answers, or nobody.
 */
import { isObject, strings, type Json, type JsonObject } from '../json';
import { answer, type Check } from '../report';
import { sortedSet } from '../text';
import * as bitstring from './bitstring';
import * as named from './named';
import { Refusal, type Answer, type Question } from './question';

type Ask = (entry: JsonObject, question: Question) => Answer | Promise<Answer>;

const STATUS_LISTS: ReadonlyMap<string, Ask> = new Map<string, Ask>([
  ...bitstring.KINDS.map((kind): [string, Ask] => [kind.entry, (entry, question) => bitstring.check(kind, entry, question)]),
  ['1EdTechRevocationList', named.edtech],
  ['RevocationList', named.openBadges],
  ['status_list', async (entry, question) => (await import('./tokens')).check(entry, question)],
]);

/** The check `status` for one or more entries: what withdraws it first, then what is not known. */
export async function check(entries: readonly Json[], question: Question): Promise<Check> {
  if (entries.length > question.limits.statusEntries) return answer('status', 'TOO_MANY_LISTS');
  let worst: Check | undefined;
  for (const entry of entries) {
    const found = answer('status', ...(await answerOf(entry, question)));
    if (!worst || weight(found) < weight(worst)) worst = found;
  }
  return worst!;
}

function weight({ result, code }: Check): number {
  if (result === 'fail') return code === 'REVOKED' ? 0 : 1;
  return result === 'unknown' ? 2 : 3;
}

async function answerOf(entry: Json, question: Question): Promise<Answer> {
  const types = isObject(entry) ? strings(entry['type']) : [];
  const ask = [...STATUS_LISTS].find(([type]) => types.includes(type))?.[1];
  if (!ask) return ['NOT_SUPPORTED', types.length ? { types: sortedSet(types) } : {}];
  try {
    return await ask(entry as JsonObject, question);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
