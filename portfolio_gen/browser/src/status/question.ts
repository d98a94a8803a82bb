/** What is asked of a status list, and what a list is once it was checked. */
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Check, Detail } from '../report';
import type { Web } from '../web';

/** A code of the check `status`, and its detail. */
export type Answer = readonly [code: string, detail?: Detail];

/** A status list that was opened and checked as any credential is; `credential` is the part that says it all. */
export interface SignedList {
  readonly credential: JsonObject;
  readonly issuer: string | null;
  readonly signature: Check;
  readonly signer: Check;
  readonly dates: Check;
  /** The keys by which its proofs verified, each as its kind and bytes in one text. */
  readonly keys: ReadonlySet<string>;
  /** What its kind of list made of it, once it did. */
  readonly unpacked: Map<string, Uint8Array | null>;
}

/** Whose status is asked: the credential, its issuer, and the keys by which it was signed. */
export interface About {
  readonly id: string | null;
  readonly issuer: string | null;
  readonly keys: ReadonlySet<string>;
}

/** What an address answered, and whether now (`live`) or in a copy. */
export interface Found {
  readonly data: Uint8Array;
  readonly live: boolean;
  readonly at: string;
}

/** The list says nothing: why, as an answer. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(code: string, detail: Detail = {}) {
    super(code);
    this.answer = [code, detail];
  }
}

/** All that a status depends on beside its entry. `now` is in nanoseconds since 1970. */
export interface Question {
  readonly about: About;
  readonly now: bigint;
  readonly web: Web;
  readonly limits: Limits;
  /** Opens and checks a list; null for bytes that are no credential. */
  open(data: Uint8Array): Promise<SignedList | null>;
}

/** What `web` answers; throws Refusal `LIST_NOT_LOOKED_UP` or `LIST_UNREACHABLE`. */
export function fetched({ web, limits }: Question, address: string): Found {
  const answer = web.get(address);
  if (!answer) throw new Refusal('LIST_NOT_LOOKED_UP', { list: address });
  if (answer.status !== 200 || answer.bytes.length > limits.fileBytes) throw new Refusal('LIST_UNREACHABLE', { list: address });
  return { data: answer.bytes, live: answer.source === 'live', at: answer.at };
}
