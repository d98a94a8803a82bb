/** What proofs of suites that canonicalise RDF sign (vc-di-eddsa 3.2.2 to 3.2.5). A chunk of its own in the bundle. */
import { digest, joined, type HashName } from '../bytes';
import type { Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { sortedSet, utf8 } from '../text';
import { optionsOf, sameJson } from './data_integrity';
import { expanded, loadContexts, tableFor } from './jsonld';
import type { Active } from './jsonld_memory';
import { check, faultsIn, type Faults } from './loss';
import { quadsOf } from './rdf';
import { canonicalize, canonicalQuads, hashOf, isBlank, lines, relabelled, type Quad } from './rdfc';
import type { Unsecured } from './unsecured';

export { loadContexts };

/** The bytes that are signed; throws ProofError where the canonical form would not cover all that is written. */
export async function rdfcHashData(unsecured: Unsecured, proof: Proof, hash: HashName, signature = 'proofValue'): Promise<Uint8Array> {
  const options = await rdfcOptions(unsecured, proof, hash, signature);
  const whole = digest(hash, utf8(await canonicalDocument(unsecured, hash)));
  return joined(hashOf(options, hash), await whole);
}

/**
 * The canonical N-Quads of the proof's options, after the walk over them and the document; throws ProofError.
 * They have the document's context (vc-di-eddsa 3.2.5).
 */
export async function rdfcOptions(unsecured: Unsecured, proof: Proof, hash: HashName, signature = 'proofValue'): Promise<string> {
  const context = unsecured.document['@context'] ?? null;
  const options = optionsOf(proof, signature);
  const own = options['@context'];
  if (!isAbsent(own) && !sameJson(listed(own), listed(context))) throw new ProofError('MALFORMED_PROOF');
  options['@context'] = context;
  await checkSpelling(unsecured, options, proof.pointer);
  return canonicalRdf(options, unsecured.limits, hash, unsecured.initial);
}

/** The canonical N-Quads of the document, made once; throws ProofError. */
export function canonicalDocument(unsecured: Unsecured, hash: HashName = 'sha256'): Promise<string> {
  const { document, limits, initial } = unsecured;
  return unsecured.once(hash, () => canonicalRdf(document, limits, hash, initial));
}

/** The document's quads, with canonical labels by RDFC-1.0 with SHA-256, in no order; throws ProofError. */
export async function quadsIn({ document, limits, initial }: Unsecured): Promise<Quad[]> {
  return canonicalQuads(quadsOf(await expanded(document, initial)), limits);
}

/** The quads as sorted N-Quads with other names for their blank nodes; null unless `names` has just those that there are. */
export function renamed(quads: readonly Quad[], names: ReadonlyMap<string, string>): string[] | null {
  const blank = new Set(quads.flat().filter(isBlank));
  const fits = blank.size === names.size && [...blank].every((node) => names.has(node));
  return fits ? lines(relabelled(quads, names)) : null;
}

/** Throw ProofError if anything in the document, or in the proof options at `pointer`, is unsigned or could be overlooked. */
export async function checkSpelling(unsecured: Unsecured, options: JsonObject, pointer: string): Promise<void> {
  const { document, limits, initial } = unsecured;
  await loadContexts(await checkContexts([document, options], limits));
  await check(await unsecured.once('faults', () => faultsOf(unsecured)), options, pointer, initial);
}

async function faultsOf({ document, initial, previous }: Unsecured): Promise<Faults> {
  const found = await faultsIn(document, initial);
  return previous ? (await import('./chains')).inFile(found, previous) : found;
}

/** The canonical N-Quads of a JSON-LD document with pinned contexts; throws ProofError. */
export async function canonicalRdf(document: JsonObject, limits: Limits, hash: HashName = 'sha256', initial?: Active): Promise<string> {
  return canonicalize(quadsOf(await expanded(document, initial)), limits, hash);
}

/** The addresses of the contexts in these parts; throws ProofError unless each is pinned, and there are not too many. */
async function checkContexts(parts: readonly JsonObject[], limits: Limits): Promise<string[]> {
  const named = parts.map((part) => [...contextsIn(part)]);
  const entries = named.flat();
  const urls = entries.filter((entry) => typeof entry === 'string');
  if (urls.length < entries.length) throw new ProofError('INLINE_CONTEXT');
  const table = await tableFor(urls);
  const unknown = urls.filter((url) => !Object.hasOwn(table, url));
  if (unknown.length) throw new ProofError('UNKNOWN_CONTEXT', { contexts: sortedSet(unknown) });
  if (named.some((part) => part.length > limits.contexts)) throw new ProofError('TOO_MUCH_WORK');
  return [...new Set(urls)];
}

/** Every entry of every `@context` in a JSON value. */
export function* contextsIn(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const item of value) yield* contextsIn(item);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (name === '@context') yield* listed(member);
      else yield* contextsIn(member);
    }
  }
}
