/**
 * Open Badges before 3.0: from a badge to its class and its issuer, and whether the issuer hosts the same assertion.
 * Follows addresses through `web` and no further (Open Badges 2.0, Verification). A chunk.
 */
import type { Envelope, Proof } from './credential';
import { isAbsent, isObject, jcs, strings, type Json, type JsonObject } from './json';
import type { Limits } from './limits';
import type { Detail } from './report';
import { JsonError, readJson } from './strict_json';
import type { Answer, Web } from './web';

const HOST = /^https?:\/\/([A-Za-z0-9.-]+(?::[0-9]+)?)(?:[/?#]|$)/;

interface Found {
  readonly document: JsonObject;
  /** The date of a copy, null for a live answer and for what stood in the file itself. */
  readonly copied: string | null;
}

/** The envelope with the issuer that its badge class names, as far as that can be told from here. */
export function withIssuer(envelope: Envelope, web: Web, limits: Limits): Envelope {
  const badge = follow(envelope.badge, web, limits);
  const issuer = badge?.document['issuer'];
  const own = isObject(issuer) ? issuer : null;
  const id = own ? own['id'] : issuer;
  if (!badge || typeof id !== 'string' || !id) return envelope;
  const profile = lookup(id, web, limits)?.document ?? own ?? {};
  const name = isObject(envelope.badge) ? own?.['name'] : null;
  return {
    ...envelope,
    issuer: { id, name: typeof name === 'string' ? name : null, lists: [] },
    proofs: envelope.proofs.map((proof) => withMethod(proof, profile['publicKey'])),
    status: isAbsent(profile['revocationList']) ? null : { type: 'RevocationList', id: profile['revocationList'] },
    copied: badge.copied,
  };
}

/** The proof by the issuer's one key, where it names none itself. */
function withMethod(proof: Proof, key: Json | undefined): Proof {
  const method = isObject(key) ? key['id'] : key;
  if (!proof.jws || proof.jws.method !== null || typeof method !== 'string') return proof;
  return { ...proof, jws: { ...proof.jws, method } };
}

/** The code of `signature` of an assertion that nobody signed, with its detail: does the issuer host it? */
export function hosting(envelope: Envelope, web: Web, limits: Limits): [code: string, detail?: Detail] {
  const address = ownAddress(envelope.document);
  const answer = address === null ? undefined : web.get(address);
  if (address === null || answer?.source !== 'live') return ['HOSTED'];
  if (answer.status === 404 || answer.status === 410) return ['HOSTED_DIFFERS'];
  const found = read(answer, limits);
  if (!found) return ['HOSTED'];
  if (jcs(found) !== jcs(envelope.document)) return ['HOSTED_DIFFERS'];
  return isIssuers(address, envelope, web, limits) ? ['HOSTED_MATCH', { at: answer.at }] : ['HOSTED'];
}

/** Where the issuer hosts the assertion: its `id`, before 2.0 `verify.url`; null for a signed one. */
function ownAddress({ id, verification, verify }: JsonObject): string | null {
  const stated = isAbsent(verification) ? verify : verification;
  const { type, url } = isObject(stated) ? stated : {};
  if (type === 'signed' || type === 'SignedBadge') return null;
  return [id, url].find((name): name is string => typeof name === 'string' && hostOf(name) !== null) ?? null;
}

/**
 * Whether the address is one of those where the issuer says that its assertions are hosted. Only what the issuer's own
 * live profile says counts; by default it is the host of the issuer's identifier.
 */
function isIssuers(address: string, { issuer, copied }: Envelope, web: Web, limits: Limits): boolean {
  if (!issuer || copied || hostOf(issuer.id) === null) return false;
  const profile = lookup(issuer.id, web, limits);
  const stated = profile?.copied === null ? profile.document['verification'] : null;
  const scope = isObject(stated) ? stated : {};
  const starts = strings(scope['startsWith']);
  const hosts = strings(scope['allowedOrigins']);
  const host = hostOf(address)!;
  if (!starts.length && !hosts.length) return host === hostOf(issuer.id);
  const begins = starts.some((start) => address.startsWith(start) && hostOf(start) === host);
  return (begins || !starts.length) && (hosts.includes(host) || !hosts.length);
}

function hostOf(address: string): string | null {
  return HOST.exec(address)?.[1]?.toLowerCase() ?? null;
}

/** What stands in the file itself, or what its address answers. */
function follow(value: Json | undefined, web: Web, limits: Limits): Found | null {
  if (isObject(value)) return { document: value, copied: null };
  return typeof value === 'string' ? lookup(value, web, limits) : null;
}

/** The document that an address answers with and that says it is that address's. */
function lookup(address: string, web: Web, limits: Limits): Found | null {
  const answer = web.get(address);
  const document = answer ? read(answer, limits) : null;
  if (!answer || document?.['id'] !== address) return null;
  return { document, copied: answer.source === 'live' ? null : answer.at };
}

function read({ status, bytes }: Answer, limits: Limits): JsonObject | null {
  if (status !== 200 || bytes.length > limits.fileBytes) return null;
  try {
    const document = readJson(bytes, limits);
    return isObject(document) ? document : null;
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}
