/** A document without its proofs, and what the proofs on it share: its walk and its canonical forms, made once each. */
import type { Proof } from '../credential';
import { without, type JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Active } from './jsonld_memory';

/**
 * What a credential says, apart from its proofs (`unsecured document`, vc-data-integrity 4). But for those that a proof in a
 * chain builds on, `previous`, which it signs with the document (4.5, 3.3).
 */
export class Unsecured {
  readonly document: JsonObject;
  private readonly made = new Map<string, Promise<unknown>>();

  constructor(
    document: JsonObject,
    readonly limits: Limits,
    /** With which contexts it is read: the newest, where this is absent. */
    readonly initial?: Active,
    readonly previous?: readonly Proof[],
  ) {
    this.document = without(document, 'proof');
    if (previous) this.document['proof'] = previous.map(({ options }) => options);
  }

  /** What `make` made the first time it was asked under this name, also where that was an error: a hostile file may carry many proofs. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as Promise<T>;
  }
}
