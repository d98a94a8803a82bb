/**
 * Lists that are one JSON object: the known-issuer registries of the Digital Credentials Consortium, and one's own.
 * `{meta: {created, updated}, registry: {identifier: {name, location, url}}}`. Nobody signs them. In lists of one's own an
 * entry may have `logo` and `since` as well.
 */
import { isObject, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { JsonError, readJson } from '../strict_json';
import { ListError, member, text, type Asked, type Entry } from './entry';

/** What a registry says of an issuer; null if it does not know it. Throws ListError. */
export function entry(data: Uint8Array, { identifier, limits }: Asked): Entry | null {
  const whole = read(data, limits);
  const found = member(whole, 'registry', identifier);
  if (!isObject(found)) return null;
  const [name, logo, website, since] = ['name', 'logo', 'url', 'since'].map((part) => text(member(found, part)));
  const date = text(member(whole, 'meta', 'updated')) ?? text(member(whole, 'meta', 'created'));
  return { name: name!, logo: logo!, website: website!, date, since: since!, until: null, ended: false };
}

/** Whether a registry can be read. */
export function canBeRead(data: Uint8Array, limits: Limits): boolean {
  return !!read(data, limits);
}

const known = new WeakMap<Uint8Array, JsonObject>();

/** Read a registry once for all credentials that are looked for in it. */
function read(data: Uint8Array, limits: Limits): JsonObject {
  const before = known.get(data);
  if (before) return before;
  if (data.length > limits.fileBytes) throw new ListError();
  const whole = parsed(data, limits);
  known.set(data, whole);
  return whole;
}

function parsed(data: Uint8Array, limits: Limits): JsonObject {
  try {
    const whole = readJson(data, limits);
    if (isObject(whole) && isObject(member(whole, 'registry'))) return whole;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  throw new ListError();
}
