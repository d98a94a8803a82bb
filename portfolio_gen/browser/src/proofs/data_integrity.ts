/**
 * What a Data Integrity proof signs: the hash of its options, then the hash of the document.
 * vc-di-eddsa 3.2 and 3.3 and vc-di-ecdsa 3.2 and 3.3, which differ in keys and hashes only.
 */
import { digest, joined, type HashName } from '../bytes';
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, jcs, listed, without, type Json, type JsonObject } from '../json';
import { decode } from '../multibase';
import { sortedSet, utf8 } from '../text';
import { verifies } from './signatures';
import type { Unsecured } from './unsecured';

export { jcs };

/** How many places a report names. */
export const MOST_POINTERS = 10;

/** Suites whose proofs may build on others; what derived proofs or older suites would sign then, nobody defines. */
const CHAINED = /^(eddsa-(jcs|rdfc)-2022|ecdsa-(jcs|rdfc)-2019)$/;

/** The hash of a suite is that of its key's kind (vc-di-ecdsa 3.2.4: SHA-384 for P-384, also inside canonicalisation). */
const HASHES: { readonly [kind: string]: HashName } = { 'ed25519-pub': 'sha256', 'p256-pub': 'sha256', 'p384-pub': 'sha384' };

const SIGNATURE_BYTES: { readonly [kind: string]: number } = { 'ed25519-pub': 64, 'p256-pub': 64, 'p384-pub': 96 };

/** The bytes that a proof signs over a document; throws ProofError. */
export type HashData = (unsecured: Unsecured, proof: Proof, hash: HashName) => Promise<Uint8Array>;

/** JSON-LD and its contexts are four fifths of the code: loaded when a credential needs them. */
export const rdfcHashData: HashData = async (unsecured, proof, hash) =>
  (await import('./data_integrity_rdfc')).rdfcHashData(unsecured, proof, hash);

/** The bytes that a proof of a JCS suite signs (vc-di-eddsa 3.3.2 to 3.3.5). */
export const jcsHashData: HashData = async ({ document }, proof, hash) => {
  const options = optionsOf(proof);
  const context = options['@context'];
  const signed = isAbsent(context) ? document : withContext(document, context);
  return hashPair(jcs(options), jcs(signed), hash);
};

/** Throw ProofError unless the proof has the members that it must have, for this purpose. */
export function checkForm({ suite, options }: Proof, purpose: string): void {
  const required = ['proofValue', 'verificationMethod', 'proofPurpose'].map((name) => options[name]);
  const dates = ['created', 'expires'].map((name) => options[name]);
  const fine = required.every((value) => typeof value === 'string');
  if (!fine || !dates.every((value) => isAbsent(value) || typeof value === 'string')) throw new ProofError('MALFORMED_PROOF');
  if (options['proofPurpose'] !== purpose) throw new ProofError('WRONG_PURPOSE');
  if (!isAbsent(options['previousProof']) && !CHAINED.test(suite)) throw new ProofError('PROOF_CHAIN_NOT_SUPPORTED');
}

/** Return the check of a suite: it throws ProofError unless `proof` is by `key` over the document. */
export function checkWith(hashData: HashData) {
  return async (unsecured: Unsecured, proof: Proof, key: Key): Promise<void> => {
    const signature = decode(String(proof.options['proofValue']), unsecured.limits);
    if (signature?.length !== SIGNATURE_BYTES[key.kind]) throw new ProofError('MALFORMED_PROOF');
    const hash = HASHES[key.kind]!;
    const signed = await hashData(unsecured, proof, hash);
    if (!(await verifies(key, signed, signature!, hash))) throw new ProofError('SIGNATURE_INVALID');
  };
}

/** The hashes of both texts, joined. */
export async function hashPair(options: string, document: string, hash: HashName): Promise<Uint8Array> {
  return joined(await digest(hash, utf8(options)), await digest(hash, utf8(document)));
}

/** The proof without its signature. */
export function optionsOf(proof: Proof, signature = 'proofValue'): JsonObject {
  return without(proof.options, signature);
}

export function sameJson(a: Json, b: Json): boolean {
  return jcs(a) === jcs(b);
}

function withContext(document: JsonObject, context: Json): JsonObject {
  const signed = listed(context);
  const written = listed(document['@context'] ?? null);
  if (!sameJson(written.slice(0, signed.length), signed)) throw new ProofError('MALFORMED_PROOF');
  if (written.length > signed.length) {
    const beyond = written.map((_, index) => `/@context/${index}`).slice(signed.length);
    throw new ProofError('UNUSUAL_SPELLING', { pointers: sortedSet(beyond).slice(0, MOST_POINTERS) });
  }
  return { ...document, '@context': context };
}
