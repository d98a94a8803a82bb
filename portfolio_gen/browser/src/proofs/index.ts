/** A document, its proof and a key to an outcome. PROOF_SUITES has one row for each suite that is checked. */
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, without, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { decode } from '../multibase';
import { jcsHashData } from './data_integrity';
import { verifies } from './ed25519';

/** The bytes that a proof signs over a document (without its `proof`); throws ProofError. */
type HashData = (document: JsonObject, proof: Proof, limits: Limits) => Uint8Array | Promise<Uint8Array>;

/** JSON-LD and its contexts are four fifths of the code: loaded when a credential needs them. */
const rdfcHashData: HashData = async (document, proof, limits) =>
  (await import('./data_integrity_rdfc')).rdfcHashData(document, proof, limits);

/** The `type` of a suite's proofs, and what they sign. */
type Suite = { readonly type: string; readonly hashData: HashData };

/** All three sign with Ed25519. */
const PROOF_SUITES: ReadonlyMap<string, Suite> = new Map([
  ['eddsa-jcs-2022', { type: 'DataIntegrityProof', hashData: jcsHashData }],
  ['eddsa-rdfc-2022', { type: 'DataIntegrityProof', hashData: rdfcHashData }],
  ['Ed25519Signature2020', { type: 'Ed25519Signature2020', hashData: rdfcHashData }],
]);

const PURPOSE = 'assertionMethod';
const SIGNATURE_BYTES = 64;

/** Whether the proof is of a suite in PROOF_SUITES, under the type that the suite has. */
export function isKnown(proof: Proof): boolean {
  const suite = PROOF_SUITES.get(proof.suite);
  return suite !== undefined && proof.options['type'] === suite.type;
}

/** The bytes that `proof`, of a known suite, signs over `document`; throws ProofError where these cannot be had. */
export async function hashData(document: JsonObject, proof: Proof, limits: Limits): Promise<Uint8Array> {
  const suite = PROOF_SUITES.get(proof.suite);
  if (!suite) throw new Error(`${proof.suite} is no suite that is checked here`);
  return suite.hashData(without(document, 'proof'), proof, limits);
}

/** Throw ProofError unless the proof has the members that it must have, for our purpose, in no chain. */
export function checkForm({ options }: Proof): void {
  const required = ['proofValue', 'verificationMethod', 'proofPurpose'].map((name) => options[name]);
  const dates = ['created', 'expires'].map((name) => options[name]);
  const fine = required.every((value) => typeof value === 'string');
  if (!fine || !dates.every((value) => isAbsent(value) || typeof value === 'string')) throw new ProofError('MALFORMED_PROOF');
  if (options['proofPurpose'] !== PURPOSE) throw new ProofError('WRONG_PURPOSE');
  if (!isAbsent(options['previousProof'])) throw new ProofError('PROOF_CHAIN_NOT_SUPPORTED');
}

/** Throw ProofError unless `proof`, whose form is right, is by `key` over all of `document`. */
export async function checkSignature(document: JsonObject, proof: Proof, key: Key, limits: Limits): Promise<void> {
  const signature = decode(String(proof.options['proofValue']), limits);
  if (signature?.length !== SIGNATURE_BYTES) throw new ProofError('MALFORMED_PROOF');
  const signed = await hashData(document, proof, limits);
  if (!verifies(key.public, signed, signature)) throw new ProofError('SIGNATURE_INVALID');
}
