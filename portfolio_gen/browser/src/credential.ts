/** What a reader finds in a file, before anybody believes it. */
import type { Json, JsonObject } from './json';
import type { Fact, Issuer } from './report';

/** One Data Integrity proof as it stands in the file; `options` is the proof object, untouched. */
export interface Proof {
  readonly suite: string;
  readonly options: JsonObject;
  readonly pointer: string;
}

/** A public key by which a proof may be checked; `kind` is the multicodec name. */
export interface Key {
  readonly id: string;
  readonly controller: string;
  readonly kind: string;
  readonly public: Uint8Array;
}

/** A file, opened: the signed document, its proofs, and what it says of itself. */
export interface Envelope {
  readonly format: string;
  readonly document: JsonObject;
  readonly proofs: readonly Proof[];
  readonly issuer: Issuer;
  readonly facts: readonly Fact[];
}

/** The proof's `verificationMethod`, whatever its type. */
export function verificationMethod(proof: Proof): Json | undefined {
  return proof.options['verificationMethod'];
}
