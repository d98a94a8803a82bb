/** The numbered steps of docs/verification.md, 0 to 5, from bytes to a Report. No document, window, fetch or clock. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

import { verificationMethod, type Dated, type Envelope, type Key, type Proof } from './credential';
import { ProofError, ReadError } from './errors';
import { isAbsent, isObject, listed, strings, type Json } from './json';
import * as keys from './keys';
import { LIMITS, type Limits } from './limits';
import * as proofs from './proofs';
import { read } from './readers';
import { answer, judge, type Check, type Checks, type Detail, type Report } from './report';
import { sortedSet } from './text';
import { instant, SECOND } from './timestamps';
import { resultOf } from './vocabulary';
import type { Answer, Web } from './web';

export { judge };
export type { Report };

/** `now` is an RFC 3339 date-time, read once by the caller; `web` answers for look-ups, by URL or DID. */
export interface Options {
  readonly now: string;
  readonly web?: Readonly<Record<string, Answer>>;
  readonly limits?: Limits;
}

/** What a check depends on beside the file: the moment (nanoseconds since 1970), the network's answers, the limits. */
interface Asked {
  readonly now: bigint;
  readonly web: Web;
  readonly limits: Limits;
}

/** What one proof came to (step 1.3), and the key that it was checked with, where one was found. */
interface Outcome {
  readonly proof: Proof;
  readonly code: string;
  readonly detail: Detail;
  readonly key?: Key;
}

/** Check one file and return what was found, without the check `shown` (DESIGN 2.3). Rejects if `now` is no date-time. */
export async function verify(file: Uint8Array, { now, web = {}, limits = LIMITS }: Options): Promise<Report> {
  const moment = instant(now.toUpperCase());
  if (moment === null) throw new RangeError(`${now} is not a date and time with a zone, such as 2026-03-14T09:00:00Z`);
  return reportOn(file, { now: moment, web: new Map(Object.entries(web)), limits }, 0);
}

async function reportOn(file: Uint8Array, asked: Asked, depth: number): Promise<Report> {
  const digest = bytesToHex(sha256(file));
  let envelope: Envelope;
  try {
    envelope = await read(file, asked.limits);
    const { inner, format } = envelope;
    const tooMany = depth === asked.limits.innerDepth || inner.length > asked.limits.inner;
    if (inner.length && tooMany) throw new ReadError('TOO_MANY_INNER', format);
  } catch (error) {
    if (error instanceof ReadError) return report(digest, error.format, unread(error), null, []);
    throw error;
  }
  const checks = await checksOf(envelope, asked);
  const inner: Report[] = [];
  for (const { pointer, data } of envelope.inner) inner.push({ ...(await reportOn(data, asked, depth + 1)), pointer });
  return report(digest, envelope.format, checks, envelope, inner);
}

function report(digest: string, format: string, checks: Checks, envelope: Envelope | null, inner: readonly Report[]): Report {
  return {
    version: 1,
    sha256: digest,
    format,
    verdict: judge(checks),
    checks,
    issuer: envelope?.issuer ?? null,
    credential: envelope?.facts ?? [],
    inner,
  };
}

function unread({ code, detail }: ReadError): Checks {
  const rest = ['signature', 'signer', 'dates', 'status'].map((name) => [name, answer(name, 'NOT_READ')]);
  return {
    readable: answer('readable', code, detail),
    ...(Object.fromEntries(rest) as Checks),
    recipient: answer('recipient', 'NOT_ASKED'),
  };
}

async function checksOf(envelope: Envelope, asked: Asked): Promise<Checks> {
  const { outcomes, signature } = await checkSignature(envelope, asked);
  const first = signature.result !== 'pass';
  return {
    readable: answer('readable', 'OK', envelope.notes),
    signature,
    signer: first ? answer('signer', 'SIGNATURE_FIRST') : await checkSigner(envelope, outcomes, asked),
    dates: first ? answer('dates', 'SIGNATURE_FIRST') : checkDates(envelope, outcomes.map(({ proof }) => proof), asked),
    status: first ? answer('status', 'SIGNATURE_FIRST') : checkStatus(envelope.status),
    recipient: answer('recipient', 'NOT_ASKED'),
  };
}

interface Signature {
  /** What each proof that counts came to: the issuer's, of suites that are checked here. */
  readonly outcomes: readonly Outcome[];
  readonly signature: Check;
}

/** Step 1. */
async function checkSignature(envelope: Envelope, asked: Asked): Promise<Signature> {
  const all = envelope.proofs;
  const refused = (code: string): Signature => ({ outcomes: [], signature: answer('signature', code) });
  if (!all.length) return refused(envelope.unsigned);
  if (all.length > asked.limits.proofs) return refused('TOO_MANY_PROOFS');
  const listing = await listingOf(envelope, asked);
  const own = ownProofs(envelope, listing);
  if (!own.length) return refused('NO_ISSUER_PROOF');
  const counted = own.filter(proofs.isKnown);
  const unsecured = new proofs.Unsecured(envelope.document, asked.limits);
  const outcomes: Outcome[] = [];
  for (const proof of counted) outcomes.push(await outcomeOf(envelope, unsecured, proof, asked));
  const { code, detail } = contradicted(worst(outcomes), envelope);
  const found = {
    suites: sortedSet(counted.map(({ suite }) => suite)),
    methods: sortedSet(counted.flatMap((proof) => strings(verificationMethod(proof)))),
    unknownSuites: sortedSet(own.filter((proof) => !proofs.isKnown(proof)).map(({ suite }) => suite)),
    otherProofs: all.length - own.length,
    ...detail,
  };
  return { outcomes, signature: answer('signature', code, stated(found)) };
}

/** Step 1.1: the proofs that are the issuer's, or may be. */
function ownProofs(envelope: Envelope, listing: keys.Listing | null): readonly Proof[] {
  if (!listing) return envelope.proofs;
  const named = envelope.proofs.filter((proof) => listing.methods.some((method) => method === verificationMethod(proof)));
  return named.length || listing.source !== 'copy' ? named : envelope.proofs;
}

function listingOf({ issuer, purpose }: Envelope, { web, limits }: Asked): Promise<keys.Listing | null> {
  return keys.listing(issuer.id, purpose, web, limits);
}

/** A detail without what is empty or zero. */
function stated(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
}

/** Step 1.3: the code for one proof, and the details of its own. */
async function outcomeOf({ purpose }: Envelope, unsecured: proofs.Unsecured, proof: Proof, asked: Asked): Promise<Outcome> {
  try {
    proofs.checkForm(proof, purpose);
    const key = await keyOf(proof, asked);
    proofs.checkKind(proof, key);
    await keys.check(key);
    await proofs.check(unsecured, proof, key);
    return { proof, code: 'OK', detail: {}, key };
  } catch (error) {
    if (error instanceof ProofError) return { proof, code: error.code, detail: error.detail };
    throw error;
  }
}

async function keyOf(proof: Proof, { web, limits }: Asked): Promise<Key> {
  if (proof.jws && proof.jws.method === null) return keys.embedded(proof.jws.header['jwk'], limits);
  return keys.resolve(String(verificationMethod(proof)), web, limits);
}

/** Step 1.4: the first `fail`, else the first `unknown`, else OK; with no proof left, SUITE_NOT_SUPPORTED. */
function worst(outcomes: readonly Outcome[]): Pick<Outcome, 'code' | 'detail'> {
  for (const result of ['fail', 'unknown', 'pass']) {
    const found = outcomes.find(({ code }) => resultOf('signature', code) === result);
    if (found) return found;
  }
  return { code: 'SUITE_NOT_SUPPORTED', detail: {} };
}

function contradicted(found: Pick<Outcome, 'code' | 'detail'>, { contradictions }: Envelope): Pick<Outcome, 'code' | 'detail'> {
  if (found.code !== 'OK' || !contradictions.length) return found;
  return { code: 'CLAIM_MISMATCH', detail: { pointers: sortedSet(contradictions) } };
}

/** Step 2. That the issuer's document, where it is known, lists the proofs' methods, step 1 has made sure of. */
async function checkSigner(envelope: Envelope, outcomes: readonly Outcome[], asked: Asked): Promise<Check> {
  const listing = await listingOf(envelope, asked);
  const found = outcomes.flatMap(({ key }) => key ?? []);
  if (found.some(({ ends }) => ends.some((end) => (instant(end) ?? asked.now) <= asked.now))) return answer('signer', 'KEY_WITHDRAWN');
  if (!listing) {
    const onlyHere = found.some(({ source }) => source === 'document');
    return answer('signer', onlyHere ? 'KEY_ONLY_IN_DOCUMENT' : 'ISSUER_NOT_RESOLVED');
  }
  if (listing.source === 'copy') return answer('signer', 'DID_WEB_COPY_ONLY', { at: listing.at });
  if (found.some(({ controller }) => controller !== envelope.issuer.id)) return answer('signer', 'CONTROLLER_MISMATCH');
  if (!listing.stated) return answer('signer', 'PURPOSE_NOT_STATED');
  return answer('signer', listing.source === 'self' ? 'OK' : 'LISTED');
}

interface Moment {
  readonly at: bigint;
  readonly written: string;
}

/** Step 3. */
function checkDates(envelope: Envelope, counted: readonly Proof[], asked: Asked): Check {
  const malformed: string[] = [];
  const collected = (first: readonly Dated[], name: string): Moment[] => {
    const dated = counted.map(({ pointer, options }) => [`${pointer}/${name}`, options[name] ?? null] as const);
    return [...first, ...dated].flatMap(([pointer, written]) => {
      if (isAbsent(written)) return [];
      const at = typeof written === 'string' ? instant(written) : null;
      if (at === null) malformed.push(pointer);
      return at === null ? [] : [{ at, written: String(written) }];
    });
  };
  const starts = collected(envelope.starts, 'created');
  const ends = collected(envelope.ends, 'expires');
  if (malformed.length) return answer('dates', 'MALFORMED', { pointers: sortedSet(malformed) });
  return within(starts, ends, asked.now, BigInt(asked.limits.dateToleranceSeconds) * SECOND);
}

function within(starts: readonly Moment[], ends: readonly Moment[], now: bigint, tolerance: bigint): Check {
  if (!starts.length && !ends.length) return answer('dates', 'NO_DATES');
  const until = ends.reduce<Moment | null>((least, end) => (!least || end.at < least.at ? end : least), null);
  const since = starts.reduce<Moment | null>((latest, start) => (!latest || start.at > latest.at ? start : latest), null);
  if (until && until.at < now - tolerance) return answer('dates', 'EXPIRED', { until: until.written });
  if (since && since.at > now + tolerance) return answer('dates', 'NOT_YET_VALID', { from: since.written });
  return answer('dates', 'OK');
}

/** Step 4: no status list is read yet. */
function checkStatus(status: Json): Check {
  if (status === null || (Array.isArray(status) && !status.length)) return answer('status', 'NO_STATUS');
  const types = listed(status).flatMap((entry) => (isObject(entry) ? strings(entry['type']) : []));
  return answer('status', 'NOT_SUPPORTED', stated({ types: sortedSet(types) }));
}
