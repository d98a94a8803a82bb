/** What a Data Integrity proof signs (vc-di-eddsa 3.2 and 3.3): SHA-256 of the options, then SHA-256 of the document. */
import { sha256 } from '@noble/hashes/sha2.js';
import canonicalize from 'canonicalize';

import type { Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, listed, without, type Json, type JsonObject } from '../json';
import { sortedSet, utf8 } from '../text';
import { joined } from './ed25519';

/** How many places a report names. */
export const MOST_POINTERS = 10;

/** The 64 bytes that an eddsa-jcs-2022 proof signs (3.3.2 to 3.3.5); throws ProofError. */
export function jcsHashData(document: JsonObject, proof: Proof): Uint8Array {
  const options = optionsOf(proof);
  const context = options['@context'];
  const signed = isAbsent(context) ? document : withContext(document, context);
  return hashPair(jcs(options), jcs(signed));
}

/** The RFC 8785 form of a JSON value. */
export function jcs(value: Json): string {
  return canonicalize(value) ?? '';
}

/** SHA-256 of both texts, joined. */
export function hashPair(options: string, document: string): Uint8Array {
  return joined(sha256(utf8(options)), sha256(utf8(document)));
}

/** The proof without its `proofValue`. */
export function optionsOf(proof: Proof): JsonObject {
  return without(proof.options, 'proofValue');
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
