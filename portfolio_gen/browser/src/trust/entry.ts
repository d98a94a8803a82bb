/** What the kinds of lists have in common: what a list says of one issuer, and how its texts are taken. */
import { isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';

/** Whether a JWS with this header, signing input and signature is by the public key that this JSON Web Key is. */
export type IsSigned = (header: JsonObject, signingInput: Uint8Array, signature: Uint8Array, jwk: Json) => Promise<boolean>;

/** A list cannot be read as one of its kind: it knows nobody. */
export class ListError extends Error {}

/** Whom a list is asked about, when (nanoseconds since 1970), and what it needs for its answer. */
export interface Asked {
  readonly identifier: string;
  readonly now: bigint;
  readonly url: string;
  readonly limits: Limits;
  readonly isSigned: IsSigned;
}

/** What a list says of an issuer, as it stands there; null where it does not say. `date` is the list's own. */
export interface Entry {
  readonly name: string | null;
  readonly logo: string | null;
  readonly website: string | null;
  readonly date: string | null;
  readonly since: string | null;
  readonly until: string | null;
  readonly ended: boolean;
}

/** A text that says something; null for anything else. */
export function text(value: Json | undefined): string | null {
  return typeof value === 'string' && /[^ \t\n\f\r]/.test(value) ? value : null;
}

/** What stands in an object under these names, one in the other; null where there is nothing. */
export function member(value: Json | undefined, ...names: readonly string[]): Json {
  const step = (around: Json | undefined, name: string): Json => (isObject(around) && Object.hasOwn(around, name) ? around[name]! : null);
  return names.reduce<Json>(step, value ?? null);
}
