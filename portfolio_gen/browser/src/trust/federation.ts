/**
 * Registries by OpenID Federation 1.0: the registry's signed statements, one on itself and one on each issuer. A copy is text:
 * one compact JWS a line, first the registry's own (its entity configuration), then those on its subordinates, as its fetch
 * endpoint gives them. Only the registry's own keys count; chains of trust are not followed.
 */
import * as base64url from '../base64url';
import { isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { stamp } from '../numeric_date';
import { JsonError, readJson } from '../strict_json';
import { utf8 } from '../text';
import { SECOND } from '../timestamps';
import { ListError, member, text, type Asked, type Entry } from './entry';

const WELL_KNOWN = /\/\.well-known\/openid-federation$/;
const TYPE = 'entity-statement+jwt';

/** An entity statement (OpenID Federation 1.0, 3), taken apart: the JWS, and what it says of whom. */
interface Statement {
  readonly header: JsonObject;
  readonly payload: JsonObject;
  readonly iss: string;
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/** The registry's statement on itself, and those on others, by whom they are on. */
interface Copy {
  readonly own: Statement;
  readonly others: ReadonlyMap<string, Statement>;
}

/** What a registry says of an issuer; null if no statement of its own on it holds. Rejects with ListError. */
export async function entry(data: Uint8Array, asked: Asked): Promise<Entry | null> {
  const { own, others } = read(data, asked.limits);
  const bare = (address: string): string => address.replace(/\/+$/, '');
  if (bare(own.iss) !== bare(asked.url.replace(WELL_KNOWN, '')) || !(await holds(own, own, asked))) throw new ListError();
  const found = others.get(asked.identifier);
  if (!found || found.iss !== own.iss || !(await holds(found, own, asked))) return null;
  const end = Math.min(own.exp, found.exp);
  const says = (name: string): string | null => text(member(found.payload, 'metadata', 'federation_entity', name));
  return {
    name: says('organization_name'),
    logo: says('logo_uri'),
    website: says('homepage_uri'),
    date: stamp(found.iat),
    since: null,
    until: stamp(end),
    ended: BigInt(end) * SECOND < asked.now - BigInt(asked.limits.dateToleranceSeconds) * SECOND,
  };
}

/** Whether a copy can be read, whether or not its statements hold. */
export function canBeRead(data: Uint8Array, limits: Limits): boolean {
  return !!read(data, limits);
}

/** Take an entity statement apart. Throws ListError for what is none. */
function statement(line: string, limits: Limits): Statement {
  const [head = '', body = '', end = '', ...more] = line.split('.');
  const [header, payload, signature] = [json(head, limits), json(body, limits), base64url.decode(end)];
  const { iss, sub, iat, exp } = isObject(payload) ? payload : {};
  const named = typeof iss === 'string' && typeof sub === 'string';
  const dated = typeof iat === 'number' && typeof exp === 'number' && Number.isInteger(iat) && Number.isInteger(exp);
  if (more.length || !signature?.length || !isObject(header) || header['typ'] !== TYPE || !isObject(payload)) throw new ListError();
  if (!named || !dated || Object.hasOwn(payload, 'crit')) throw new ListError();
  return { header, payload, iss, sub, iat, exp, signingInput: utf8(`${head}.${body}`), signature };
}

function json(encoded: string, limits: Limits): Json {
  const data = base64url.decode(encoded);
  try {
    if (data) return readJson(data, limits);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  throw new ListError();
}

const known = new WeakMap<Uint8Array, Copy>();

/** Read a copy once for all credentials that are looked for in it. */
function read(data: Uint8Array, limits: Limits): Copy {
  const before = known.get(data);
  if (before) return before;
  if (data.length > limits.fileBytes || data.some((byte) => byte > 127)) throw new ListError();
  const lines = new TextDecoder().decode(data).replace(/\n$/, '').split('\n');
  const [own, ...rest] = lines.map((line) => statement(line, limits)) as [Statement, ...Statement[]];
  const others = new Map(rest.map((one) => [one.sub, one]));
  if (own.iss !== own.sub || others.size !== rest.length) throw new ListError();
  known.set(data, { own, others });
  return { own, others };
}

/** Whether a statement is signed by a key that the registry gives as its own, and is none of the future. */
async function holds(one: Statement, own: Statement, { now, limits, isSigned }: Asked): Promise<boolean> {
  const keys = member(own.payload, 'jwks', 'keys');
  const kid = text(one.header['kid']);
  const named = Array.isArray(keys) ? keys.filter((key) => kid && member(key, 'kid') === kid) : [];
  const begun = BigInt(one.iat) * SECOND <= now + BigInt(limits.dateToleranceSeconds) * SECOND;
  return begun && named.length === 1 && isSigned(one.header, one.signingInput, one.signature, named[0]!);
}
