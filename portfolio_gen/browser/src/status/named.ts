/** Lists that name what was withdrawn and that nobody signed: they count only where their server was just asked. */
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import { JsonError, readJson } from '../strict_json';
import { fetched, Refusal, type Answer, type Question } from './question';

/** What a list of 1EdTech's says (Credential Status 1.0, `1EdTechRevocationList`). */
export function edtech({ id }: JsonObject, question: Question): Answer {
  return asked(id, ['revokedCredentials', 'revokedCredential'], question);
}

/**
 * What an issuer's list says (Open Badges 2.0, `RevocationList`). An entry without address stands for the list that the
 * issuer's profile names, if any: Blockcerts name it there only.
 */
export function openBadges({ id }: JsonObject, question: Question): Answer {
  const list = isAbsent(id) ? inProfile(question) : id;
  return isAbsent(list) ? ['NO_STATUS'] : asked(list, ['revokedAssertions'], question);
}

/** The `revocationList` of the issuer's own live profile; throws Refusal. */
function inProfile(question: Question): Json | undefined {
  const issuer = question.about.issuer ?? '';
  const { data, live, at } = fetched(question, issuer);
  if (!live) throw new Refusal('LIST_UNSIGNED_COPY', { at });
  const profile = read(data, question);
  if (profile?.['id'] !== issuer) throw new Refusal('LIST_MALFORMED', { list: issuer });
  return profile['revocationList'];
}

function asked(list: Json | undefined, members: readonly string[], question: Question): Answer {
  const { id, issuer } = question.about;
  if (typeof list !== 'string' || !list || id === null) return ['MALFORMED_ENTRY'];
  const { data, live, at } = fetched(question, list);
  if (!live) return ['LIST_UNSIGNED_COPY', { at }];
  const document = read(data, question);
  if (!document || !members.some((name) => Array.isArray(document[name]))) return ['LIST_MALFORMED', { list }];
  if (!isAbsent(document['id']) && document['id'] !== list) return ['LIST_OF_ANOTHER_ADDRESS', { list }];
  if (!isAbsent(document['issuer']) && document['issuer'] !== issuer) return ['LIST_OF_ANOTHER_ISSUER', { list }];
  const withdrawn = members.some((name) => Array.isArray(document[name]) && document[name].some((row) => names(row).includes(id)));
  return [withdrawn ? 'REVOKED' : 'OK', { at }];
}

function read(data: Uint8Array, { limits }: Question): JsonObject | null {
  try {
    const document = readJson(data, limits);
    return isObject(document) ? document : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

/** What a row withdraws: an identifier by itself, or in an object with `id` or, before 2.0, `uid`. */
function names(row: Json): readonly (Json | undefined)[] {
  if (!isObject(row)) return listed(row);
  return row['revoked'] === false ? [] : [row['id'], row['uid']];
}
