/** What eddsa-rdfc-2022 and Ed25519Signature2020 sign (vc-di-eddsa 3.2.2 to 3.2.5). A chunk of its own in the bundle. */
import contexts from 'virtual:contexts';

import type { Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { sortedSet } from '../text';
import { hashPair, optionsOf, sameJson } from './data_integrity';
import { expanded } from './jsonld';
import { checkSpelling } from './loss';
import { quadsOf } from './rdf';
import { canonicalize } from './rdfc';

/** The 64 bytes that are signed; throws ProofError where the canonical form would not cover all that is written. */
export async function rdfcHashData(document: JsonObject, proof: Proof, limits: Limits): Promise<Uint8Array> {
  const context = document['@context'] ?? null;
  const options = optionsOf(proof);
  const own = options['@context'];
  if (!isAbsent(own) && !sameJson(listed(own), listed(context))) throw new ProofError('MALFORMED_PROOF');
  options['@context'] = context;
  checkContexts([document, options], limits);
  await checkSpelling(document, options, proof.pointer);
  return hashPair(await canonicalRdf(options, limits), await canonicalRdf(document, limits));
}

/** The canonical N-Quads of a JSON-LD document with pinned contexts; throws ProofError. */
export async function canonicalRdf(document: JsonObject, limits: Limits): Promise<string> {
  return canonicalize(quadsOf(await expanded(document)), limits);
}

function checkContexts(parts: readonly JsonObject[], limits: Limits): void {
  const named = parts.map((part) => [...contextsIn(part)]);
  const entries = named.flat();
  const urls = entries.filter((entry) => typeof entry === 'string');
  if (urls.length < entries.length) throw new ProofError('INLINE_CONTEXT');
  const unknown = urls.filter((url) => !Object.hasOwn(contexts, url));
  if (unknown.length) throw new ProofError('UNKNOWN_CONTEXT', { contexts: sortedSet(unknown) });
  if (named.some((part) => part.length > limits.contexts)) throw new ProofError('TOO_MUCH_WORK');
}

/** Every entry of every `@context` in a JSON value. */
function* contextsIn(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const item of value) yield* contextsIn(item);
  } else if (isObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      if (name === '@context') yield* listed(member);
      else yield* contextsIn(member);
    }
  }
}
