/** Proof chains: what a proof builds on, by the identifiers in `previousProof` (vc-data-integrity 2.1.2 and 4.5). A chunk of its own. */
import type { Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, listed } from '../json';
import type { Limits } from '../limits';
import type { Detail } from '../report';
import { sortedSet } from '../text';
import type { Faults } from './loss';
import { Unsecured } from './unsecured';

/** What an outcome has to do with chains. */
export interface Link {
  readonly proof: Proof;
  readonly code: string;
  readonly detail: Detail;
  /** The proofs on which it builds directly. */
  readonly previous?: readonly Proof[] | undefined;
}

/**
 * Those of a document's proofs on which `proof` builds directly, in their order. Throws ProofError: `MALFORMED_PROOF` for a
 * `previousProof` of another form, `PROOF_CHAIN_BROKEN` where anything up the chain is not there just once, or builds on
 * `proof` in turn, `TOO_MUCH_WORK` where the proofs of the document build on too many different sets: each is canonicalised
 * with it.
 */
export function previous(proof: Proof, proofs: readonly Proof[], limits: Limits): readonly Proof[] {
  follow(proof, proofs, [], new Set());
  const sets = new Set(proofs.map((other) => JSON.stringify(sortedSet(namesIn(other) ?? []))));
  sets.delete('[]');
  if (sets.size > limits.proofChains) throw new ProofError('TOO_MUCH_WORK');
  return named(proof, proofs);
}

const made = new WeakMap<Unsecured, Map<string, Unsecured>>();

/** The document with the proofs on which one builds, made once. */
export function after(unsecured: Unsecured, proofs: readonly Proof[]): Unsecured {
  if (!proofs.length) return unsecured;
  const sets = made.get(unsecured) ?? new Map<string, Unsecured>();
  const key = proofs.map(({ pointer }) => pointer).join();
  const found = sets.get(key) ?? new Unsecured(unsecured.document, unsecured.limits, undefined, proofs);
  made.set(unsecured, sets.set(key, found));
  return found;
}

/**
 * The outcomes of proofs, each no better than those of the proofs on which it builds, and all these proofs. That no proof
 * builds on itself, its own outcome (`outcomeOf`) has made sure. `worst` is step 1.4.
 */
export async function settled<T extends Link>(
  own: readonly T[],
  outcomeOf: (proof: Proof) => Promise<T>,
  worst: (all: readonly T[]) => Pick<T, 'code' | 'detail'>,
): Promise<{ outcomes: readonly T[]; dated: readonly Proof[] }> {
  const known = new Map<Proof, T>();
  const settle = async (proof: Proof): Promise<T> => {
    const before = known.get(proof);
    if (before) return before;
    const outcome = own.find((one) => one.proof === proof) ?? (await outcomeOf(proof));
    const all = [outcome];
    for (const earlier of outcome.previous ?? []) all.push(await settle(earlier));
    const { code, detail } = worst(all);
    const found = code === 'OK' ? outcome : { ...outcome, code, detail };
    known.set(proof, found);
    return found;
  };
  const outcomes: T[] = [];
  for (const { proof } of own) outcomes.push(await settle(proof));
  return { outcomes, dated: [...known.keys()] };
}

/** Faults in a document with earlier proofs, their places named as they stand in the file. */
export function inFile(found: Faults, proofs: readonly Proof[]): Faults {
  const named = (place: string): string => place.replace(/^\/proof\/(\d+)/, (_, index) => proofs[Number(index)]!.pointer);
  return new Map([...found].map(([code, places]) => [code, places.map(named)]));
}

function follow(proof: Proof, proofs: readonly Proof[], above: readonly Proof[], seen: Set<Proof>): void {
  if (above.includes(proof)) throw new ProofError('PROOF_CHAIN_BROKEN');
  if (seen.has(proof)) return;
  for (const earlier of named(proof, proofs)) follow(earlier, proofs, [...above, proof], seen);
  seen.add(proof);
}

function named(proof: Proof, proofs: readonly Proof[]): readonly Proof[] {
  const names = namesIn(proof);
  if (!names) throw new ProofError('MALFORMED_PROOF');
  const found = proofs.filter(({ options: { id } }) => typeof id === 'string' && names.includes(id));
  const distinct = new Set(names).size;
  if (found.length !== distinct || new Set(found.map(({ options }) => options['id'])).size !== distinct) throw new ProofError('PROOF_CHAIN_BROKEN');
  return found;
}

/** The identifiers in `previousProof`; null where it holds something else. */
function namesIn({ options: { previousProof: value } }: Proof): readonly string[] | null {
  const names = isAbsent(value) ? [] : listed(value);
  const texts = names.filter((name) => typeof name === 'string');
  return texts.length === names.length ? texts : null;
}
