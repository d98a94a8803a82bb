/**
 * The addresses from which an issuer of Blockcerts sends transactions, as its profile lists them.
 *
 * The profile is answered under the issuer's identifier. Its keys are `ecdsa-koblitz-pubkey:` and an address; a profile of
 * version 2.0-alpha has them in `publicKeys`, under `publicKey`.
 */
import { isObject, listed, type JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Answer, Web } from '../web';
import { answerFor } from './documents';

/** An address, from when on it was in use (null: not said), and from when on no longer. */
export interface Address {
  readonly address: string;
  readonly created: string | null;
  readonly ends: readonly string[];
}

/** What a profile lists, and where the profile is from. */
export interface Addresses {
  readonly entries: readonly Address[];
  readonly source: Answer['source'];
  readonly at: string;
}

/** The addresses in the identifier's own document; null where that is not known. */
export function addresses(identifier: string, web: Web, limits: Limits): Addresses | null {
  const found = answerFor(identifier, web, limits);
  if (found?.document['id'] !== identifier) return null;
  const { document, source, at } = found;
  const items = ['publicKey', 'publicKeys'].flatMap((name) => listed(document[name] ?? null));
  return { entries: items.filter(isObject).map(addressIn), source, at };
}

function addressIn(item: JsonObject): Address {
  const name = ['id', 'publicKey'].map((key) => item[key]).find((value) => typeof value === 'string') ?? '';
  const [created, ...ends] = ['created', 'revoked', 'expires'].map((key) => dateIn(item, key));
  return {
    address: name.replace(/^ecdsa-koblitz-pubkey:/, ''),
    created: created ?? null,
    ends: ends.filter((end) => end !== null),
  };
}

/** A date-time with the colon in its zone that profiles of 2016 lack. */
function dateIn(item: JsonObject, key: string): string | null {
  const written = item[key];
  return typeof written === 'string' ? written.replace(/([+-][0-9]{2})([0-9]{2})$/, '$1:$2') : null;
}
