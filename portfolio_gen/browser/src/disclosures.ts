/**
 * Selective disclosure in the payload of a JWT (RFC 9901, 7.1): digests in, what was disclosed out.
 * A digest without its disclosure says nothing: it may be a decoy. A disclosure without its digest was never signed.
 */
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';

import * as base64url from './base64url';
import { isObject, type Json, type JsonObject } from './json';
import type { Limits } from './limits';
import { JsonError, readJson } from './strict_json';
import { utf8 } from './text';

type Hash = (data: Uint8Array) => Uint8Array;

const HASHES: ReadonlyMap<Json, Hash> = new Map<Json, Hash>([
  ['sha-256', sha256],
  ['sha-384', sha384],
  ['sha-512', sha512],
]);

/** What is wrong with JSON that others may well read. */
const BEYOND_US = ['TOO_DEEP', 'NUMBER_OUT_OF_RANGE'];

/** Claims of an SD-JWT VC that must not be disclosed selectively (SD-JWT VC, 2.2.2.2), nor anything in them: a holder could hide an end. */
const NEVER_APART = ['iss', 'nbf', 'exp', 'cnf', 'vct', 'status'];

/** The disclosures are not what the payload needs; `code` is a code of the check `readable`. */
export class DisclosureError extends Error {
  constructor(readonly code = 'BAD_DISCLOSURE') {
    super(code);
  }
}

/** A payload with what was disclosed in its place, and how many digests have no disclosure here. */
export interface Disclosed {
  readonly payload: JsonObject;
  readonly left: number;
}

/** The payload with the disclosures in place; throws DisclosureError where RFC 9901 says to refuse. */
export function disclosed(payload: JsonObject, texts: readonly string[], limits: Limits): Disclosed {
  if (texts.length > limits.disclosures) throw new DisclosureError('TOO_LARGE');
  const hash = hashOf(payload);
  const work = new Work(new Map(texts.map((text) => [digest(text, hash), parsed(text, limits)])), limits);
  if (work.waiting.size !== texts.length) throw new DisclosureError();
  const { _sd_alg: _, ...whole } = work.object(payload, 1);
  if (work.deep) throw new DisclosureError('TOO_DEEP');
  const apart = NEVER_APART.some((name) => Object.hasOwn(whole, name) && JSON.stringify(whole[name]) !== JSON.stringify(payload[name]));
  if (work.waiting.size || (Object.hasOwn(whole, 'vct') && apart)) throw new DisclosureError();
  return { payload: whole, left: work.left };
}

/** The hash that a payload says it has its digests by (RFC 9901, 4.1.1). */
export function hashOf(payload: JsonObject): Hash {
  const hash = HASHES.get(Object.hasOwn(payload, '_sd_alg') ? payload['_sd_alg']! : 'sha-256');
  if (!hash) throw new DisclosureError('DISCLOSURE_HASH_NOT_SUPPORTED');
  return hash;
}

/** The digest of a disclosure, or of an SD-JWT (`sd_hash`), which is over its characters. */
export function digest(text: string, hash: Hash): string {
  return base64url.encode(hash(utf8(text)));
}

/** A disclosure's salt, its name if it is of an object, and its value (RFC 9901, 4.2). */
function parsed(text: string, limits: Limits): Json[] {
  const parts = partsOf(text, limits);
  const fine = Array.isArray(parts) && (parts.length === 2 || parts.length === 3) && parts.slice(0, -1).every((name) => typeof name === 'string');
  if (!fine || (parts.length === 3 && (parts[1] === '_sd' || parts[1] === '...'))) throw new DisclosureError();
  return parts;
}

function partsOf(text: string, limits: Limits): Json {
  try {
    return readJson(base64url.decode(text) ?? new Uint8Array(), limits);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw BEYOND_US.includes(error.code) ? new DisclosureError(error.code) : new DisclosureError();
  }
}

/** Puts disclosures in the place of their digests; each digest may stand in one place only. */
class Work {
  left = 0;
  deep = false;
  private readonly seen = new Set<string>();

  constructor(
    readonly waiting: Map<string, Json[]>,
    private readonly limits: Limits,
  ) {}

  object(value: JsonObject, depth: number): JsonObject {
    if (Object.hasOwn(value, '...')) throw new DisclosureError();
    const whole = new Map<string, Json>();
    for (const [name, part] of Object.entries(value)) if (name !== '_sd') whole.set(name, this.value(part, depth + 1));
    const digests = Object.hasOwn(value, '_sd') ? value['_sd']! : [];
    for (const one of Array.isArray(digests) ? digests : [null]) {
      const part = this.taken(one, 3);
      if (part && whole.has(part[1] as string)) throw new DisclosureError();
      if (part) whole.set(part[1] as string, this.value(part[2]!, depth + 1));
    }
    return Object.fromEntries(whole);
  }

  private value(value: Json, depth: number): Json {
    if ((isObject(value) || Array.isArray(value)) && depth > this.limits.jsonDepth) {
      this.deep = true;
      return null;
    }
    if (isObject(value)) return this.object(value, depth);
    if (!Array.isArray(value)) return value;
    return value.flatMap((item) => {
      const hidden = isObject(item) && Object.keys(item).join() === '...';
      const part = hidden ? this.taken(item['...']!, 2) : ['', item];
      return part ? [this.value(part[1]!, depth + 1)] : [];
    });
  }

  /** The disclosure of a digest, which must have so many parts; null if it is not disclosed. */
  private taken(one: Json, parts: number): Json[] | null {
    if (typeof one !== 'string' || this.seen.has(one)) throw new DisclosureError();
    this.seen.add(one);
    const found = this.waiting.get(one) ?? null;
    this.waiting.delete(one);
    if (!found) this.left++;
    else if (found.length !== parts) throw new DisclosureError();
    return found;
  }
}
