/** The numbered steps of docs/verification.md, 0 to 5, from bytes to a Report. No document, window, fetch or clock. */
import { digest, hex } from './bytes';
import { verificationMethod, type Dated, type Envelope, type Key, type Proof } from './credential';
import type { Sent } from './anchors';
import { ProofError, ReadError } from './errors';
import { isAbsent, type Json } from './json';
import * as keys from './keys';
import { LIMITS, type Limits } from './limits';
import * as proofs from './proofs';
import { read } from './readers';
import { answer, judge, type Check, type Checks, type Detail, type Report } from './report';
import { sortedSet } from './text';
import { instant, SECOND } from './timestamps';
import { resultOf } from './vocabulary';
import type { IssuerList } from './trust';
import type { Answer, Web } from './web';

export { judge };
export type { Report };

/** What somebody says are their identifiers: kind (`KINDS` of recipient.ts) → texts. */
export type Holders = Readonly<Record<string, readonly string[]>>;

/** `now` is an RFC 3339 date-time, read once by the caller; `web` answers for look-ups, by URL or DID; `lists` are copies of issuer lists. */
export interface Options {
  readonly now: string;
  readonly holders?: Holders;
  readonly web?: Readonly<Record<string, Answer>> | Web;
  readonly lists?: readonly IssuerList[];
  readonly limits?: Limits;
  /** Where checks keep the status lists that they opened, for those after them: one map for checks whose answers do not change but grow. */
  readonly opened?: Opened | undefined;
}

/** By moment and SHA-256 of a list. */
export type Opened = Map<string, Promise<unknown>>;

/** What a check depends on beside the file: the moment (nanoseconds since 1970), the network's answers, the limits. */
export interface Asked {
  readonly now: bigint;
  readonly web: Web;
  readonly limits: Limits;
  readonly lists?: readonly IssuerList[];
  readonly opened?: Opened | undefined;
  readonly holders: Holders | null;
}

/** What one proof came to (step 1.3), and the key that it was checked with, where one was found. */
export interface Outcome {
  readonly proof: Proof;
  readonly code: string;
  readonly detail: Detail;
  readonly key?: Key;
  /** Who anchored a Merkle proof, and when. */
  readonly sent?: Sent;
  /** The proofs on which it builds directly. */
  readonly previous?: readonly Proof[] | undefined;
}

/** Check one file and return what was found, without the check `shown` (DESIGN 2.3). Rejects if `now` is no date-time. */
export async function verify(file: Uint8Array, { now, web = {}, lists = [], holders, limits = LIMITS, opened }: Options): Promise<Report> {
  const moment = instant(now.toUpperCase());
  if (moment === null) throw new RangeError(`${now} is not a date and time with a zone, such as 2026-03-14T09:00:00Z`);
  return reportOn(file, { now: moment, web: web instanceof Map ? web : new Map(Object.entries(web)), limits, lists, holders: holders ?? null, opened }, 0);
}

async function reportOn(file: Uint8Array, asked: Asked, depth: number): Promise<Report> {
  const hashing = digest('sha256', file);
  let envelope: Envelope;
  try {
    envelope = await read(file, asked.limits, depth > 0);
    const { inner, format } = envelope;
    const tooMany = depth === asked.limits.innerDepth || inner.length > asked.limits.inner;
    if (inner.length && tooMany) throw new ReadError('TOO_MANY_INNER', format);
  } catch (error) {
    if (error instanceof ReadError) return report(await hashing, error.format, unread(error), null, [], asked);
    throw error;
  }
  if (envelope.badge !== null) envelope = (await import('./open_badges')).withIssuer(envelope, asked.web, asked.limits);
  const checks = await checksOf(envelope, asked);
  const inner: Report[] = [];
  for (const { pointer, data } of envelope.inner) inner.push({ ...(await reportOn(data, asked, depth + 1)), pointer });
  const { lists, now, limits } = asked;
  const issuer = lists?.length && envelope.issuer ? await (await import('./identified')).identified(envelope.issuer, checks, lists, now, limits) : envelope.issuer;
  return report(await hashing, envelope.format, checks, { ...envelope, issuer }, inner, asked);
}

/** The report, with step 5, which few ask for: a chunk. */
async function report(hash: Uint8Array, format: string, checks: Checks, envelope: Envelope | null, inner: readonly Report[], { holders, limits }: Asked): Promise<Report> {
  const recipient = holders ? (await import('./recipient')).check(envelope, checks['signature']!, holders, limits) : answer('recipient', 'NOT_ASKED');
  return {
    version: 1,
    sha256: hex(hash),
    format,
    verdict: judge(checks),
    checks: { ...checks, recipient: await recipient },
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
  };
}

async function checksOf(envelope: Envelope, asked: Asked): Promise<Checks> {
  const { outcomes, dated, signature } = await checkSignature(envelope, asked);
  const first = signature.result !== 'pass';
  const whole = isWhole(envelope, outcomes);
  return {
    readable: answer('readable', 'OK', envelope.notes),
    signature,
    signer: first ? answer('signer', 'SIGNATURE_FIRST') : await checkSigner(envelope, outcomes, asked),
    dates: first ? answer('dates', 'SIGNATURE_FIRST') : checkDates(envelope, dated, whole, asked),
    status: first ? answer('status', 'SIGNATURE_FIRST') : await checkStatus(envelope, outcomes, whole, asked),
  };
}

interface Signature {
  /** What each proof that counts came to: the issuer's, of suites that are checked here. */
  readonly outcomes: readonly Outcome[];
  /** These proofs, and all on which they build. */
  readonly dated: readonly Proof[];
  readonly signature: Check;
}

/** Step 1. */
async function checkSignature(envelope: Envelope, asked: Asked): Promise<Signature> {
  const all = envelope.proofs;
  const refused = (code: string): Signature => ({ outcomes: [], dated: [], signature: answer('signature', code) });
  if (!all.length && envelope.badge !== null) return { outcomes: [], dated: [], signature: answer('signature', ...(await import('./open_badges')).hosting(envelope, asked.web, asked.limits)) };
  if (!all.length) return refused(envelope.unsigned);
  if (all.length > asked.limits.proofs) return refused('TOO_MANY_PROOFS');
  const own = await ownProofs(envelope, asked);
  if (!own.length) return refused('NO_ISSUER_PROOF');
  const counted = own.filter(proofs.isKnown);
  const unsecured = new proofs.Unsecured(envelope.document, asked.limits);
  const each = async (proof: Proof): Promise<Outcome> => outcomeOf(envelope, unsecured, proof, asked);
  const found: Outcome[] = [];
  for (const proof of counted) found.push(await each(proof));
  const chained = found.some(({ previous }) => previous);
  const { outcomes, dated } = chained ? await (await import('./proofs/chains')).settled(found, each, worst) : { outcomes: found, dated: counted };
  const { code, detail } = await bound(contradicted(worst(outcomes), envelope), envelope, asked);
  const stating = {
    suites: sortedSet(counted.map(({ suite }) => suite)),
    methods: sortedSet(counted.filter((proof) => !proofs.isAnchored(proof)).map(verificationMethod).filter((method) => typeof method === 'string')),
    unknownSuites: sortedSet(own.filter((proof) => !proofs.isKnown(proof)).map(({ suite }) => suite)),
    otherProofs: all.length - own.length,
    ...(envelope.purpose === 'authentication' && (await import('./holder')).askedFor(counted)),
    ...detail,
  };
  return { outcomes, dated, signature: answer('signature', code, stated(stating)) };
}

/** Step 1.1: the proofs that are the issuer's, or may be. */
async function ownProofs(envelope: Envelope, asked: Asked): Promise<readonly Proof[]> {
  const named: Proof[] = [];
  let copy = false;
  for (const proof of envelope.proofs) {
    const listing = await listingOf(envelope, asked, purposeOf(envelope, proof));
    if (!listing) return envelope.proofs;
    copy = listing.source === 'copy';
    const counts = proofs.isAnchored(proof) ? listing.source !== 'self' : listing.methods.some((method) => method === methodOf(envelope, proof));
    if (counts) named.push(proof);
  }
  return named.length || !copy ? named : envelope.proofs;
}

/** The verification method of a proof; a credential's JWS that names none is by its issuer's one key. */
function methodOf({ issuer, purpose }: Envelope, proof: Proof): Json | undefined {
  const method = verificationMethod(proof);
  return method === null && proof.jws && issuer && purpose === 'assertionMethod' ? `${issuer.id}#` : method;
}

/** What the issuer's document lists for a purpose, if it is known. */
async function listingOf({ issuer, purpose }: Envelope, { web, limits }: Asked, other = purpose): Promise<keys.Listing | null> {
  return issuer && keys.listing(issuer.id, other, web, limits);
}

/** What the proof must be for: presentations by wallets that only know how to issue say assertionMethod. */
function purposeOf({ purpose }: Envelope, { options }: Proof): string {
  return options['proofPurpose'] === 'assertionMethod' ? 'assertionMethod' : purpose;
}

/** A detail without what is empty or zero. */
function stated(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
}

/** Step 1.3: the code for one proof, and the details of its own. */
async function outcomeOf(envelope: Envelope, unsecured: proofs.Unsecured, proof: Proof, asked: Asked): Promise<Outcome> {
  try {
    if (!proofs.isKnown(proof)) throw new ProofError('SUITE_NOT_SUPPORTED');
    if (proofs.isAnchored(proof)) return { proof, code: 'OK', ...(await (await import('./anchors')).check(unsecured, proof, purposeOf(envelope, proof), asked)) };
    await proofs.checkForm(proof, purposeOf(envelope, proof));
    const chain = isAbsent(proof.options['previousProof']) ? null : await import('./proofs/chains');
    const previous = chain?.previous(proof, envelope.proofs, asked.limits);
    const key = await keyOf(envelope, proof, asked);
    await proofs.checkKind(proof, key);
    await keys.check(key);
    const detail = await proofs.check(chain?.after(unsecured, previous!) ?? unsecured, proof, key).catch(async (error: unknown) => {
      await keys.checkOnCurve(key);
      throw error;
    });
    return { proof, code: 'OK', detail, key, previous };
  } catch (error) {
    if (error instanceof ProofError) return { proof, code: error.code, detail: error.detail };
    throw error;
  }
}

/** The key of the method that the proof names, else the one that a JWS brings along (DESIGN rule 6). */
async function keyOf(envelope: Envelope, proof: Proof, { web, limits }: Asked): Promise<Key> {
  try {
    return await keys.resolve(String(methodOf(envelope, proof) ?? ''), web, limits);
  } catch (error) {
    if (!proof.jws || !(error instanceof ProofError) || error.code !== 'KEY_NOT_RESOLVED') throw error;
    return keys.brought(proof.jws.header, limits);
  }
}

/** Step 1.4: the first `fail`, else the first `unknown`, else OK; with no proof left, SUITE_NOT_SUPPORTED. */
function worst(outcomes: readonly Outcome[]): Pick<Outcome, 'code' | 'detail'> {
  for (const result of ['fail', 'unknown']) {
    const found = outcomes.find(({ code }) => resultOf('signature', code) === result);
    if (found) return found;
  }
  const contexts = sortedSet(outcomes.flatMap(({ detail }) => (detail['contexts'] ?? []) as string[]));
  return outcomes.length ? { code: 'OK', detail: { ...outcomes[0]!.detail, contexts } } : { code: 'SUITE_NOT_SUPPORTED', detail: {} };
}

function contradicted(found: Pick<Outcome, 'code' | 'detail'>, { contradictions }: Envelope): Pick<Outcome, 'code' | 'detail'> {
  if (found.code !== 'OK' || !contradictions.length) return found;
  return { code: 'CLAIM_MISMATCH', detail: { pointers: sortedSet(contradictions) } };
}

/** What a key binding JWT makes of a good signature: for whom and when it was made, if it is good as well. */
async function bound(found: Pick<Outcome, 'code' | 'detail'>, envelope: Envelope, asked: Asked): Promise<Pick<Outcome, 'code' | 'detail'>> {
  const { binding } = envelope;
  if (found.code !== 'OK' || !binding) return found;
  const unsecured = new proofs.Unsecured({}, asked.limits);
  const { code } = await outcomeOf({ ...envelope, purpose: 'keyBinding' }, unsecured, binding.proof, asked);
  return (await import('./holder')).bound(binding, code);
}

/**
 * Step 2. That the issuer's document, where it is known, lists the proofs' methods, step 1 has made sure of. An identifier that
 * is its own keys' needs no more; all others: a chunk.
 */
async function checkSigner(envelope: Envelope, outcomes: readonly Outcome[], asked: Asked): Promise<Check> {
  const id = envelope.copied === null ? envelope.issuer?.id : undefined;
  const isItsKeys = outcomes.every(({ key }) => key?.source === 'self' && key.controller === id);
  return isItsKeys ? answer('signer', 'OK') : (await import('./signer')).check(envelope, outcomes, asked);
}

interface Moment {
  readonly at: bigint;
  readonly written: string;
}

/** Whether nobody but the issuer can have left out an end or a status. */
function isWhole({ withheld }: Envelope, outcomes: readonly Outcome[]): boolean {
  return !withheld && !outcomes.every(({ proof }) => proofs.isSelective(proof));
}

/** Step 3. `whole` is false where an end may have been left out of what is shown. */
function checkDates(envelope: Envelope, counted: readonly Proof[], whole: boolean, asked: Asked): Check {
  const malformed: string[] = [];
  const signed = counted.filter((proof) => !proofs.isAnchored(proof));
  const collected = (first: readonly Dated[], name: string): Moment[] => {
    const dated = signed.map(({ pointer, options }) => [`${pointer}/${name}`, options[name] ?? null] as const);
    return [...first, ...dated].flatMap(([pointer, written]) => {
      if (isAbsent(written)) return [];
      const at = typeof written === 'string' ? instant(written) : null;
      if (at === null) malformed.push(pointer);
      return at === null ? [] : [{ at, written: String(written) }];
    });
  };
  const starts = collected([...envelope.starts, ...signed.flatMap(({ jws }) => jws?.times ?? [])], 'created');
  const ends = collected(envelope.ends, 'expires');
  if (malformed.length) return answer('dates', 'MALFORMED', { pointers: sortedSet(malformed) });
  const found = within(starts, ends, asked.now, BigInt(asked.limits.dateToleranceSeconds) * SECOND);
  // An end of the token or of the proof may be later than the credential's own.
  const own = envelope.ends.some(([pointer]) => /\/(validUntil|expirationDate)$/.test(pointer));
  return whole || own || found.result === 'fail' ? found : answer('dates', 'END_MAY_BE_HIDDEN');
}

function within(starts: readonly Moment[], ends: readonly Moment[], now: bigint, tolerance: bigint): Check {
  if (!starts.length && !ends.length) return answer('dates', 'NO_DATES');
  const until = ends.reduce<Moment | null>((least, end) => (!least || end.at < least.at ? end : least), null);
  const since = starts.reduce<Moment | null>((latest, start) => (!latest || start.at > latest.at ? start : latest), null);
  if (until && until.at < now - tolerance) return answer('dates', 'EXPIRED', { until: until.written });
  if (since && since.at > now + tolerance) return answer('dates', 'NOT_YET_VALID', { from: since.written });
  return answer('dates', 'OK');
}

/** Step 4. `whole` is false where a status may have been left out of what is shown. */
async function checkStatus(envelope: Envelope, outcomes: readonly Outcome[], whole: boolean, asked: Asked): Promise<Check> {
  const { status } = envelope;
  const none = status === null || (Array.isArray(status) && !status.length);
  if (none) return answer('status', whole ? 'NO_STATUS' : 'STATUS_MAY_BE_HIDDEN');
  const { check } = await import('./listed_status');
  return check(envelope, outcomes, asked, { checkSignature, checkSigner, checkDates, isWhole });
}
