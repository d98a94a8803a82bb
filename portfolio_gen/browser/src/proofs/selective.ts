/**
 * What derived proofs share, by which a holder shows a part of what was signed (vc-di-ecdsa 3.4 to 3.6, vc-di-bbs 3.2 to 3.4).
 *
 * The document's statements fall into two groups: those that the issuer made mandatory, signed by one hash together, and
 * those that the holder chose to show, signed one by one. Between them nothing in the document is unsigned.
 */
import { sha256 } from '@noble/hashes/sha2.js';

import * as base64url from '../base64url';
import type { Proof } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import { utf8 } from '../text';
import { Reader } from './cbor';
import * as dataIntegrity from './data_integrity';
import type { Unsecured } from './unsecured';

const BASE = 'base';
const DERIVED = 'derived';

/**
 * What a `proofValue` is, by its multibase prefix and its first three bytes, D9 5D and one more: a base proof, a derived
 * proof, or one with a feature of bbs-2023 that is not checked here.
 */
const FORMS: { readonly [suite: string]: { readonly [start: string]: string } } = {
  'ecdsa-sd-2023': { u2V0A: BASE, u2V0B: DERIVED },
  'bbs-2023': {
    u2V0C: BASE,
    u2V0D: DERIVED,
    u2V0E: BASE,
    u2V0F: 'anonymous_holder_binding',
    u2V0G: BASE,
    u2V0H: 'pseudonym',
    u2V0I: BASE,
    u2V0J: 'holder_binding_pseudonym',
  },
};

const FORM_CHARS = 5;

/** Throw ProofError unless this is a derived proof, with the members that it must have, for this purpose. */
export function checkForm(proof: Proof, purpose: string): void {
  dataIntegrity.checkForm(proof, purpose);
  const start = String(proof.options['proofValue']).slice(0, FORM_CHARS);
  const forms = FORMS[proof.suite]!;
  const form = Object.hasOwn(forms, start) ? forms[start]! : null;
  if (form === null) throw new ProofError('MALFORMED_PROOF');
  if (form === BASE) throw new ProofError('BASE_PROOF');
  if (form !== DERIVED) throw new ProofError('FEATURE_NOT_SUPPORTED', { feature: form });
}

/** A reader of the components of the proof's value, whose form was checked; throws ProofError. */
export function reader(proof: Proof, limits: Limits): Reader {
  const value = String(proof.options['proofValue']);
  if (value.length > limits.selectiveChars) throw new ProofError('TOO_MUCH_WORK');
  const data = base64url.decode(value.slice(FORM_CHARS));
  if (!data) throw new ProofError('MALFORMED_PROOF');
  return new Reader(data);
}

/** What a derived proof signs (createVerifyData): hash of its options, hash of the mandatory statements, the others. */
export interface Statements {
  readonly options: Uint8Array;
  readonly mandatory: Uint8Array;
  readonly others: readonly Uint8Array[];
}

/**
 * What is signed, as N-Quads. `labels` gives blank nodes the names that they had for the issuer.
 * Throws ProofError: `SIGNATURE_INVALID` where labels or indexes are not those of this document.
 */
export async function statements(
  unsecured: Unsecured,
  proof: Proof,
  labels: ReadonlyMap<string, string>,
  mandatory: readonly number[],
): Promise<Statements> {
  const { rdfcOptions, quadsIn, renamed } = await import('./data_integrity_rdfc');
  const options = await rdfcOptions(unsecured, proof, 'sha256');
  const found = renamed(await unsecured.once('quads', () => quadsIn(unsecured)), labels);
  if (!found || !mandatory.every((index) => index < found.length)) throw new ProofError('SIGNATURE_INVALID');
  const chosen = new Set(mandatory);
  const together = found.filter((_, index) => chosen.has(index)).join('');
  const others = found.filter((_, index) => !chosen.has(index)).map(utf8);
  return { options: sha256(utf8(options)), mandatory: sha256(utf8(together)), others };
}

/**
 * The map of canonical labels to the issuer's (decompressLabelMap).
 * Throws ProofError where two nodes would get one name, by which what is said of one could be shown of the other.
 */
export function named(labels: ReadonlyMap<number, string>): Map<string, string> {
  checkDistinct([...labels.values()]);
  return new Map([...labels].map(([number, name]) => [`_:c14n${number}`, `_:${name}`]));
}

/** Throw ProofError `MALFORMED_PROOF` if a value comes twice. */
export function checkDistinct(values: readonly unknown[]): void {
  if (new Set(values).size !== values.length) throw new ProofError('MALFORMED_PROOF');
}

/** Throw ProofError `TOO_MUCH_WORK` for more statements than are checked one by one. */
export function checkWithin(count: number, limits: Limits): void {
  if (count > limits.selectiveStatements) throw new ProofError('TOO_MUCH_WORK');
}
