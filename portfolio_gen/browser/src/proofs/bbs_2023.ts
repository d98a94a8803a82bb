/** bbs-2023, derived proofs of the feature `baseline` (vc-di-bbs 3.3 and 3.4). A chunk of its own in the bundle. */
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import * as bbs from './bbs';
import { joined } from '../bytes';
import * as selective from './selective';
import type { Unsecured } from './unsecured';

export { checkForm } from './selective';

/** The components of a derived proof's value (parseDerivedProofValue). */
interface Value {
  readonly proof: bbs.BbsProof;
  readonly labels: ReadonlyMap<string, string>;
  readonly mandatory: readonly number[];
  readonly shown: readonly number[];
  readonly presentation: Uint8Array;
}

/** Throw ProofError unless the proof shows that `key` signed every statement of the document. */
export async function check(unsecured: Unsecured, proof: Proof, key: Key): Promise<void> {
  const value = parse(proof, unsecured.limits);
  const { options, mandatory, others } = await selective.statements(unsecured, proof, value.labels, value.mandatory);
  if (value.shown.length !== others.length) throw new ProofError('SIGNATURE_INVALID');
  const shown = new Map(value.shown.map((place, index) => [place, others[index]!]));
  if (!bbs.verifies(key.public, value.proof, joined(options, mandatory), value.presentation, shown)) {
    throw new ProofError('SIGNATURE_INVALID');
  }
}

function parse(proof: Proof, limits: Limits): Value {
  const reader = selective.reader(proof, limits);
  reader.arrayOf(5);
  const octets = reader.octets();
  const labels = reader.pairs(reader.uint);
  const mandatory = reader.items(reader.uint);
  const shown = reader.items(reader.uint);
  const presentation = reader.octets();
  reader.end();
  const hidden = bbs.countHidden(octets);
  selective.checkDistinct(mandatory);
  const named = selective.named(new Map([...labels].map(([number, name]) => [number, `b${name}`])));
  const ascends = shown.every((place, index) => index === 0 || place > shown[index - 1]!);
  if (!ascends || (shown.at(-1) ?? -1) >= shown.length + hidden) throw new ProofError('MALFORMED_PROOF');
  selective.checkWithin(shown.length + hidden, limits);
  return { proof: bbs.parse(octets), labels: named, mandatory, shown, presentation };
}
