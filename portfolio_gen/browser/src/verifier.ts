/** The numbered steps of docs/verification.md, 0 to 5, from bytes to a Report. No document, window, fetch or clock. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

import { verificationMethod, type Envelope, type Proof } from './credential';
import { ProofError, ReadError } from './errors';
import { isAbsent, isObject, listed, strings } from './json';
import * as keys from './keys';
import { LIMITS, type Limits } from './limits';
import * as proofs from './proofs';
import { read } from './readers';
import { answer, judge, type Check, type Checks, type Detail, type Report } from './report';
import { sortedSet } from './text';
import { instant, SECOND } from './timestamps';
import { resultOf } from './vocabulary';

export { judge };
export type { Report };

/** `now` is an RFC 3339 date-time, read once by the caller; `web` answers for look-ups (none is made yet). */
export interface Options {
  readonly now: string;
  readonly web?: Readonly<Record<string, unknown>>;
  readonly limits?: Limits;
}

/** Check one file and return what was found, without the check `shown` (DESIGN 2.3). Rejects if `now` is no date-time. */
export async function verify(file: Uint8Array, { now, limits = LIMITS }: Options): Promise<Report> {
  const moment = instant(now.toUpperCase());
  if (moment === null) throw new RangeError(`${now} is not a date and time with a zone, such as 2026-03-14T09:00:00Z`);
  const digest = bytesToHex(sha256(file));
  try {
    const envelope = read(file, limits);
    const checks = await checksOf(envelope, moment, limits);
    return report(digest, envelope.format, checks, envelope);
  } catch (error) {
    if (error instanceof ReadError) return report(digest, error.format, unread(error), null);
    throw error;
  }
}

function report(digest: string, format: string, checks: Checks, envelope: Envelope | null): Report {
  return {
    version: 1,
    sha256: digest,
    format,
    verdict: judge(checks),
    checks,
    issuer: envelope?.issuer ?? null,
    credential: envelope?.facts ?? [],
    inner: [],
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

async function checksOf(envelope: Envelope, now: bigint, limits: Limits): Promise<Checks> {
  const { counted, signature } = await checkSignature(envelope, limits);
  const first = signature.result !== 'pass';
  return {
    readable: answer('readable', 'OK'),
    signature,
    signer: first ? answer('signer', 'SIGNATURE_FIRST') : checkSigner(envelope),
    dates: first ? answer('dates', 'SIGNATURE_FIRST') : checkDates(envelope, counted, now, limits),
    status: first ? answer('status', 'SIGNATURE_FIRST') : checkStatus(envelope),
    recipient: answer('recipient', 'NOT_ASKED'),
  };
}

interface Signature {
  /** The proofs that count: the issuer's, of suites that are checked here. */
  readonly counted: readonly Proof[];
  readonly signature: Check;
}

/** Step 1. */
async function checkSignature(envelope: Envelope, limits: Limits): Promise<Signature> {
  const all = envelope.proofs;
  const refused = (code: string): Signature => ({ counted: [], signature: answer('signature', code) });
  if (!all.length) return refused('NO_PROOF');
  if (all.length > limits.proofs) return refused('TOO_MANY_PROOFS');
  const methods = keys.listed(envelope.issuer.id);
  const own = all.filter((proof) => !methods || methods.some((method) => method === verificationMethod(proof)));
  if (!own.length) return refused('NO_ISSUER_PROOF');
  const counted = own.filter(proofs.isKnown);
  const outcomes: Outcome[] = [];
  for (const proof of counted) outcomes.push(await outcomeOf(envelope, proof, limits));
  const { code, detail } = worst(outcomes);
  const found = {
    suites: sortedSet(counted.map(({ suite }) => suite)),
    methods: sortedSet(counted.flatMap((proof) => strings(verificationMethod(proof)))),
    unknownSuites: sortedSet(own.filter((proof) => !proofs.isKnown(proof)).map(({ suite }) => suite)),
    otherProofs: all.length - own.length,
    ...detail,
  };
  return { counted, signature: answer('signature', code, stated(found)) };
}

/** A detail without what is empty or zero. */
function stated(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
}

interface Outcome {
  readonly code: string;
  readonly detail: Detail;
}

/** Step 1.3: the code for one proof, and the details of its own. */
async function outcomeOf(envelope: Envelope, proof: Proof, limits: Limits): Promise<Outcome> {
  try {
    proofs.checkForm(proof);
    const key = keys.resolve(String(verificationMethod(proof)), limits);
    await proofs.checkSignature(envelope.document, proof, key, limits);
    return { code: 'OK', detail: {} };
  } catch (error) {
    if (error instanceof ProofError) return error;
    throw error;
  }
}

/** Step 1.4: the first `fail`, else the first `unknown`, else OK; with no proof left, SUITE_NOT_SUPPORTED. */
function worst(outcomes: readonly Outcome[]): Outcome {
  for (const result of ['fail', 'unknown', 'pass']) {
    const found = outcomes.find(({ code }) => resultOf('signature', code) === result);
    if (found) return found;
  }
  return { code: 'SUITE_NOT_SUPPORTED', detail: {} };
}

/** Step 2. That the proof names a method which the issuer's document lists, step 1 has made sure of. */
function checkSigner(envelope: Envelope): Check {
  return answer('signer', keys.listed(envelope.issuer.id) ? 'OK' : 'ISSUER_NOT_RESOLVED');
}

interface Moment {
  readonly at: bigint;
  readonly written: string;
}

/** Step 3. Both data models' names count, whichever the document is of: the stricter wins. */
function checkDates(envelope: Envelope, counted: readonly Proof[], now: bigint, limits: Limits): Check {
  const starts: Moment[] = [];
  const ends: Moment[] = [];
  const malformed: string[] = [];
  const collect = (pointer: string, written: unknown, found: Moment[]): void => {
    if (isAbsent(written)) return;
    const at = typeof written === 'string' ? instant(written) : null;
    if (at === null) malformed.push(pointer);
    else found.push({ at, written: String(written) });
  };
  for (const name of ['validFrom', 'issuanceDate']) collect(`/${name}`, envelope.document[name], starts);
  for (const name of ['validUntil', 'expirationDate']) collect(`/${name}`, envelope.document[name], ends);
  for (const { pointer, options } of counted) {
    collect(`${pointer}/created`, options['created'], starts);
    collect(`${pointer}/expires`, options['expires'], ends);
  }
  if (malformed.length) return answer('dates', 'MALFORMED', { pointers: sortedSet(malformed) });
  return within(starts, ends, now, BigInt(limits.dateToleranceSeconds) * SECOND);
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
function checkStatus({ document }: Envelope): Check {
  const status = document['credentialStatus'] ?? null;
  if (status === null || (Array.isArray(status) && !status.length)) return answer('status', 'NO_STATUS');
  const types = listed(status).flatMap((entry) => (isObject(entry) ? strings(entry['type']) : []));
  return answer('status', 'NOT_SUPPORTED', stated({ types: sortedSet(types) }));
}
