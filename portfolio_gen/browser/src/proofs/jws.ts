/** JSON Web Signatures around a document (RFC 7515; VC-JWT 1.1, VC-JOSE): a chunk that is loaded when a file is signed so. */
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, type JsonObject } from '../json';
import { ALGORITHMS, ownAlgorithm, REFUSED, type Algorithm } from './algorithms';
import { verifies } from './signatures';
import type { Unsecured } from './unsecured';

/**
 * Header names that may stand in `crit`: b64 says how the payload is encoded (RFC 7797), which the reader sees to, sigT when it
 * was signed (ETSI TS 119 182-1, 5.2.1), which is a date like others.
 */
const CRITICAL = ['b64', 'sigT'];

/** What `typ` and `cty` may say of a signature for a purpose: one made over another kind of file counts for none of these. */
const TYPES: ReadonlyMap<string, RegExp> = new Map([
  ['assertionMethod', /^(application\/)?(jwt|jose\+json|vc(-ld|\+ld|\+ld\+json)?\+(sd-)?jwt|sd[-+]jwt|(example|dc)\+sd-jwt)$/i],
  ['authentication', /^(application\/)?(jwt|jose\+json|vp(-ld|\+ld|\+ld\+json)?\+(sd-)?jwt)$/i],
  ['publicKey', /^(application\/)?(jwt|jose)$/i],
  ['keyBinding', /^(application\/)?kb\+jwt$/i],
  ['entityStatement', /^(application\/)?entity-statement\+jwt$/i],
]);
const CONTENTS: ReadonlyMap<string, RegExp> = new Map([
  ['assertionMethod', /^(application\/)?(vc|vc\+ld\+json|json|ld\+json|octet-stream)$/i],
  ['authentication', /^(application\/)?(vp|vp\+ld\+json|json|ld\+json)$/i],
  ['publicKey', /^(application\/)?(json|ld\+json)$/i],
  ['keyBinding', /^(application\/)?json$/i],
  ['entityStatement', /^(application\/)?json$/i],
]);

/** Throw ProofError for a header by which the signature is none, or none over a document of this purpose. */
export function checkForm({ suite, jws }: Proof, purpose: string): void {
  const { header, signature } = jws!;
  const refused = REFUSED[suite];
  if (refused) throw new ProofError(refused);
  if (!understood(header)) throw new ProofError('CRITICAL_HEADER');
  for (const [name, allowed] of [['typ', TYPES], ['cty', CONTENTS]] as const) {
    const value = header[name];
    if (value !== undefined && !(typeof value === 'string' && allowed.get(purpose)!.test(value))) throw new ProofError('WRONG_TYPE');
  }
  if (!(isAbsent(header['kid']) || typeof header['kid'] === 'string') || !signature.length) throw new ProofError('MALFORMED_PROOF');
}

/** Whether all is known that a header says must be (RFC 7515, 4.1.11; RFC 7797, 6). */
function understood({ crit, ...header }: JsonObject): boolean {
  const names = crit === undefined ? [] : Array.isArray(crit) && crit.length ? crit : [null];
  if (!names.every((name) => typeof name === 'string' && Object.hasOwn(header, name) && CRITICAL.includes(name))) return false;
  const { b64 } = header;
  return b64 === undefined || b64 === true || (b64 === false && names.includes('b64'));
}

/** Throw ProofError `KEY_MISMATCH` unless the key is for this algorithm, by its kind and by its `alg` if it has one. */
export function checkAlgorithm({ kind, algorithm }: Key, { kind: wanted, hash, pss }: Algorithm): void {
  const named = algorithm ? ownAlgorithm(algorithm) : undefined;
  const fits = !algorithm || (named?.kind === wanted && named.hash === hash && named.pss === pss);
  if (kind !== wanted || !fits) throw new ProofError('KEY_MISMATCH');
}

/** As `checkKind` in index.ts, for a JWS and for a key that says for which algorithm it is; `kinds` are those of other suites. */
export function checkKind({ suite, jws }: Proof, kinds: readonly string[], { kind, algorithm }: Key): void {
  const allowed = jws ? [ownAlgorithm(suite)?.kind] : kinds;
  const own = !algorithm || ownAlgorithm(algorithm)?.kind === kind;
  if (!allowed.includes(kind) || !own) throw new ProofError('KEY_MISMATCH');
}

/** Throw ProofError unless the JWS is by `key`, whose kind fits the header's `alg`. */
export async function check(_: Unsecured, { suite, jws }: Proof, key: Key): Promise<void> {
  const algorithm = ALGORITHMS[suite]!;
  checkAlgorithm(key, algorithm);
  const { hash, pss } = algorithm;
  if (!(await verifies(key, jws!.signingInput, jws!.signature, hash, pss))) throw new ProofError('SIGNATURE_INVALID');
}
