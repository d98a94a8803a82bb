/**
 * Older suites, which sign the canonical RDF by a detached JSON Web Signature in the member `jws` (RFC 7797): a chunk of its own.
 * Linked Data Signatures 1.0; Ed25519Signature2018, JsonWebSignature2020 3, RsaSignature2018, EcdsaSecp256k1Signature2019.
 */
import * as base64url from '../base64url';
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, isObject } from '../json';
import { LIMITS } from '../limits';
import { JsonError, readJson } from '../strict_json';
import { utf8 } from '../text';
import { ownAlgorithm, type Algorithm } from './algorithms';
import { checkAlgorithm } from './jws';
import { canonicalDocument, rdfcHashData } from './data_integrity_rdfc';
import { joined } from '../bytes';
import { verifies } from './signatures';
import type { Unsecured } from './unsecured';

/** What RDFC-1.0 escapes and URDNA2015, with which these suites were made, does not. */
const ESCAPED = /(?<!\\)(?:\\\\)*\\[btfu]/;
const HEADER = ['alg', 'b64', 'crit', 'typ', 'kid'];

/** Throw ProofError unless the proof has the members that it must have, for this purpose, and a detached JWS. */
export function checkForm(proof: Proof, purpose: string): void {
  const { options } = proof;
  const required = ['jws', 'verificationMethod', 'proofPurpose'].every((name) => typeof options[name] === 'string');
  const dates = ['created', 'expires'].every((name) => isAbsent(options[name]) || typeof options[name] === 'string');
  if (!required || !dates || !isAbsent(options['proofValue'])) throw new ProofError('MALFORMED_PROOF');
  if (options['proofPurpose'] !== purpose) throw new ProofError('WRONG_PURPOSE');
  if (!isAbsent(options['previousProof'])) throw new ProofError('PROOF_CHAIN_NOT_SUPPORTED');
  parts(proof);
}

/** Throw ProofError unless `proof` is by `key` over the document. */
export async function check(unsecured: Unsecured, proof: Proof, key: Key): Promise<void> {
  const { header, algorithm, signature } = parts(proof);
  checkAlgorithm(key, algorithm);
  const hashed = await rdfcHashData(unsecured, proof, 'sha256', 'jws');
  if (ESCAPED.test(await canonicalDocument(unsecured))) throw new ProofError('UNUSUAL_SPELLING');
  const message = joined(utf8(`${header}.`), hashed);
  if (!(await verifies(key, message, signature, algorithm.hash, algorithm.pss))) throw new ProofError('SIGNATURE_INVALID');
}

interface Parts {
  readonly header: string;
  readonly algorithm: Algorithm;
  readonly signature: Uint8Array;
}

/** The header as written, its algorithm and the signature; the payload is left out (RFC 7797, 5.1). */
function parts({ options }: Proof): Parts {
  const [header = '', payload, signature = '', ...more] = String(options['jws']).split('.');
  const made = base64url.decode(signature, LIMITS.multibaseChars);
  const value = headerOf(header);
  const { alg, b64, crit } = value;
  const known = Object.keys(value).every((name) => HEADER.includes(name));
  const detached = known && b64 === false && Array.isArray(crit) && crit.length === 1 && crit[0] === 'b64';
  const algorithm = typeof alg === 'string' ? ownAlgorithm(alg) : undefined;
  if (payload !== '' || more.length || !made?.length || !detached || !algorithm) throw new ProofError('MALFORMED_PROOF');
  return { header, algorithm, signature: made };
}

function headerOf(text: string) {
  try {
    const value = readJson(base64url.decode(text, LIMITS.multibaseChars) ?? new Uint8Array(), LIMITS);
    if (isObject(value)) return value;
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
  }
  throw new ProofError('MALFORMED_PROOF');
}
