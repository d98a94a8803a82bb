/** A document, its proof and a key to an outcome. PROOF_SUITES has one row for each suite that is checked. */
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import * as dataIntegrity from './data_integrity';
import { jcsHashData, rdfcHashData, type HashData } from './data_integrity';
import * as jws from './jws';
import { Unsecured } from './unsecured';

export { Unsecured };

/**
 * A way of signing. `type` is that of its proofs (null for a JWS around the document), `kinds` are the kinds of key that it
 * may be by. `checkForm` and `check` throw ProofError.
 */
interface Suite {
  readonly type: string | null;
  readonly kinds: readonly string[];
  checkForm(proof: Proof, purpose: string): void;
  check(unsecured: Unsecured, proof: Proof, key: Key): Promise<void>;
}

function signsHash(hashData: HashData, kinds: readonly string[], type = 'DataIntegrityProof'): Suite {
  return { type, kinds, checkForm: dataIntegrity.checkForm, check: dataIntegrity.checkWith(hashData) };
}

const PROOF_SUITES: ReadonlyMap<string, Suite> = new Map<string, Suite>([
  ['eddsa-jcs-2022', signsHash(jcsHashData, ['ed25519-pub'])],
  ['eddsa-rdfc-2022', signsHash(rdfcHashData, ['ed25519-pub'])],
  ['Ed25519Signature2020', signsHash(rdfcHashData, ['ed25519-pub'], 'Ed25519Signature2020')],
  ...Object.entries(jws.ALGORITHMS).map(([alg, { kind }]): [string, Suite] => [
    alg,
    { type: null, kinds: [kind], checkForm: jws.checkForm, check: jws.check },
  ]),
]);

/** Whether the proof is of a suite in PROOF_SUITES, under the type that the suite has. */
export function isKnown(proof: Proof): boolean {
  const suite = PROOF_SUITES.get(proof.suite);
  if (!suite || (suite.type === null) !== (proof.jws !== undefined)) return false;
  return suite.type === null || proof.options['type'] === suite.type;
}

function suiteOf(proof: Proof): Suite {
  const suite = PROOF_SUITES.get(proof.suite);
  if (!suite) throw new Error(`${proof.suite} is no suite that is checked here`);
  return suite;
}

/** The bytes that a Data Integrity `proof` by an Ed25519 key signs over `document`; throws ProofError where these cannot be had. */
export async function hashData(document: JsonObject, proof: Proof, limits: Limits): Promise<Uint8Array> {
  const make = proof.suite === 'eddsa-jcs-2022' ? jcsHashData : rdfcHashData;
  return make(new Unsecured(document, limits), proof, 'sha256');
}

/** Throw ProofError unless the proof, of a known suite, has the members that it must have, for this purpose. */
export function checkForm(proof: Proof, purpose: string): void {
  suiteOf(proof).checkForm(proof, purpose);
}

/** Throw ProofError `KEY_MISMATCH` unless the proof may be by a key of this kind. */
export function checkKind(proof: Proof, key: Key): void {
  if (!suiteOf(proof).kinds.includes(key.kind)) throw new ProofError('KEY_MISMATCH');
}

/** Throw ProofError unless `proof`, whose form is right, is by `key` over all of the document. */
export async function check(unsecured: Unsecured, proof: Proof, key: Key): Promise<void> {
  await suiteOf(proof).check(unsecured, proof, key);
}
