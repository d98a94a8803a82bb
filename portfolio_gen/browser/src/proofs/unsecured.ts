/** A document without its proofs, and what the proofs on it share: its walk and its canonical forms, made once each. */
import { without, type JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Active } from './jsonld_memory';

/** What a credential says, apart from its proofs (`unsecured document`, vc-data-integrity 4). */
export class Unsecured {
  readonly document: JsonObject;
  private readonly made = new Map<string, Promise<unknown>>();

  constructor(
    document: JsonObject,
    readonly limits: Limits,
    /** With which contexts it is read: the newest, where this is absent. */
    readonly initial?: Active,
  ) {
    this.document = without(document, 'proof');
  }

  /** What `make` made the first time it was asked under this name, also where that was an error: a hostile file may carry many proofs. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    if (!this.made.has(name)) this.made.set(name, make());
    return this.made.get(name) as Promise<T>;
  }
}
