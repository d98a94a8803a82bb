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
  readonly type: string;
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
  /** Opens and checks a list that is a credential, or with the issuer of whom it is if it does not say, a Status List Token; null for bytes that are none. */
  open(data: Uint8Array, whose?: string): Promise<SignedList | null>;
}

/** What `web` answers; throws Refusal `LIST_NOT_LOOKED_UP` or `LIST_UNREACHABLE`. */
export function fetched({ web, limits }: Question, address: string): Found {
  const answer = web.get(address);
  if (!answer) throw new Refusal('LIST_NOT_LOOKED_UP', { list: address });
  if (answer.status !== 200 || answer.bytes.length > limits.fileBytes) throw new Refusal('LIST_UNREACHABLE', { list: address });
  return { data: answer.bytes, live: answer.source === 'live', at: answer.at, type: answer.type };
}

/** The list if it checks out, and is the issuer's and the one that was asked for, by its member `name`; throws Refusal. */
export function checked(opened: SignedList | null, name: string, list: string, { about }: Question): SignedList {
  if (!opened) throw new Refusal('LIST_MALFORMED', { list });
  const { signature, signer, dates, keys } = opened;
  const sameKey = keys.size > 0 && [...keys].every((key) => about.keys.has(key));
  const refusals = [
    ['LIST_NOT_SIGNED', signature.result === 'none'],
    ['LIST_FORGED', signature.result === 'fail' || signer.result === 'fail'],
    ['LIST_NOT_CHECKED', signature.result !== 'pass' || !(signer.result === 'pass' || sameKey)],
    ['LIST_OF_ANOTHER_ISSUER', opened.issuer !== about.issuer],
    ['LIST_OF_ANOTHER_ADDRESS', opened.credential[name] !== list],
    ['LIST_EXPIRED', dates.code === 'EXPIRED'],
    ['LIST_NOT_YET_VALID', dates.code === 'NOT_YET_VALID'],
    ['LIST_MALFORMED', dates.result === 'fail'],
    ['LIST_NOT_CHECKED', dates.result === 'unknown'],
  ] as const;
  const refused = refusals.find(([, applies]) => applies);
  if (refused) throw new Refusal(refused[0], { list });
  return opened;
}
