/** A document, its proof and a key to an outcome. PROOF_SUITES has one row for each suite that is checked. */
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Detail } from '../report';
import * as dataIntegrity from './data_integrity';
import { jcsHashData, rdfcHashData, type HashData } from './data_integrity';
import { Unsecured } from './unsecured';

export { Unsecured };

/**
 * A way of signing. `type` is that of its proofs (null for a JWS around the document), `kinds` are the kinds of key that it
 * may be by. `checkForm` and `check` throw ProofError. `selective`: whoever shows the document may have left out some of it.
 */
interface Suite {
  readonly type: string | null;
  readonly kinds: readonly string[];
  readonly selective?: boolean;
  checkForm(proof: Proof, purpose: string): void | Promise<void>;
  check(unsecured: Unsecured, proof: Proof, key: Key): Promise<void>;
}

function signsHash(hashData: HashData, kinds: readonly string[], type = 'DataIntegrityProof'): Suite {
  return { type, kinds, checkForm: dataIntegrity.checkForm, check: dataIntegrity.checkWith(hashData) };
}

/** A suite that is a chunk of its own. */
function later(type: string | null, kinds: readonly string[], load: () => Promise<Pick<Suite, 'check' | 'checkForm'>>, selective = false): Suite {
  return {
    type,
    kinds,
    selective,
    checkForm: async (proof, purpose) => (await load()).checkForm(proof, purpose),
    check: async (unsecured, proof, key) => (await load()).check(unsecured, proof, key),
  };
}

const jws = () => import('./jws');
const JWS = later(null, [], jws);

/** Older suites with a detached JWS. */
const detached = (type: string, ...kinds: string[]): [string, Suite] => [type, later(type, kinds, () => import('./ld_jws'))];

const PROOF_SUITES: ReadonlyMap<string, Suite> = new Map<string, Suite>([
  ['eddsa-jcs-2022', signsHash(jcsHashData, ['ed25519-pub'])],
  ['eddsa-rdfc-2022', signsHash(rdfcHashData, ['ed25519-pub'])],
  ['Ed25519Signature2020', signsHash(rdfcHashData, ['ed25519-pub'], 'Ed25519Signature2020')],
  ['ecdsa-jcs-2019', signsHash(jcsHashData, ['p256-pub', 'p384-pub'])],
  ['ecdsa-rdfc-2019', signsHash(rdfcHashData, ['p256-pub', 'p384-pub'])],
  detached('Ed25519Signature2018', 'ed25519-pub'),
  detached('EcdsaSecp256k1Signature2019', 'secp256k1-pub'),
  detached('JsonWebSignature2020', 'ed25519-pub', 'p256-pub', 'p384-pub', 'secp256k1-pub', 'rsa-pub'),
  detached('RsaSignature2018', 'rsa-pub'),
  ['ecdsa-sd-2023', later('DataIntegrityProof', ['p256-pub'], () => import('./ecdsa_sd'), true)],
  ['bbs-2023', later('DataIntegrityProof', ['bls12_381-g2-pub'], () => import('./bbs_2023'), true)],
]);

/** The algorithms of algorithms.ts, those that are refused by name among them. */
const ALGORITHMS = /^(EdDSA|Ed25519|ES256K?|ES384|[PR]S256|none|HS(256|384|512))$/;

/** Merkle proofs, each with the `type` that its proofs have; that of MerkleProof2017 is a list. anchors.ts checks them. */
const ANCHORED = { MerkleProof2017: null, MerkleProof2019: 'MerkleProof2019', 'merkle-proof-2019': 'DataIntegrityProof' };

/** Whether the proof is a Merkle proof, under the type that it has. */
export function isAnchored({ suite, options, jws }: Proof): boolean {
  const type = Object.entries(ANCHORED).find(([name]) => name === suite)?.[1];
  return !jws && (type === null || (type !== undefined && options['type'] === type));
}

/** Whether the proof is of a suite in PROOF_SUITES or anchored, under the type that the suite has. */
export function isKnown(proof: Proof): boolean {
  if (isAnchored(proof)) return true;
  if (proof.jws) return ALGORITHMS.test(proof.suite);
  const suite = PROOF_SUITES.get(proof.suite);
  return !!suite && proof.options['type'] === suite.type;
}

function suiteOf(proof: Proof): Suite {
  const suite = proof.jws ? JWS : PROOF_SUITES.get(proof.suite);
  if (!suite) throw new Error(`${proof.suite} is no suite that is checked here`);
  return suite;
}

/** Whether the proof, of a known suite, stays good when parts of the document are left out. */
export function isSelective(proof: Proof): boolean {
  return !isAnchored(proof) && (suiteOf(proof).selective ?? false);
}

/** The bytes that a Data Integrity `proof` by an Ed25519 key signs over `document`; throws ProofError where these cannot be had. */
export async function hashData(document: JsonObject, proof: Proof, limits: Limits): Promise<Uint8Array> {
  const make = proof.suite === 'eddsa-jcs-2022' ? jcsHashData : rdfcHashData;
  return make(new Unsecured(document, limits), proof, 'sha256');
}

/** Throw ProofError unless the proof, of a known suite, has the members that it must have, for this purpose. */
export async function checkForm(proof: Proof, purpose: string): Promise<void> {
  await suiteOf(proof).checkForm(proof, purpose);
}

/**
 * Throw ProofError `KEY_MISMATCH` unless the proof may be by a key of this kind. Nor is it by one whose `alg` is not of its
 * own kind, or none that is checked here (DESIGN rule 6).
 */
export async function checkKind(proof: Proof, key: Key): Promise<void> {
  if (proof.jws || key.algorithm) return (await jws()).checkKind(proof, suiteOf(proof).kinds, key);
  if (!suiteOf(proof).kinds.includes(key.kind)) throw new ProofError('KEY_MISMATCH');
}

/**
 * Throw ProofError unless `proof`, whose form is right, is by `key` over all of the document. The older contexts with which
 * it is, if it was made over such, as the detail of a check.
 */
export async function check(unsecured: Unsecured, proof: Proof, key: Key): Promise<Detail> {
  const suite = suiteOf(proof);
  try {
    await suite.check(unsecured, proof, key);
    return {};
  } catch (error) {
    if (proof.jws || /jcs/.test(proof.suite)) throw error;
    return (await (await import('./readings')).olderThatFits(unsecured, error, (reading) => suite.check(reading, proof, key)))[1];
  }
}
