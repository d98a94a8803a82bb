/** What the verifier knows of the network (DESIGN 2.3): URL or DID → an answer. */

/** `at` is an RFC 3339 date-time; whatever the site itself supplies is a `copy`. */
export interface Answer {
  readonly bytes: Uint8Array;
  readonly status: number;
  readonly type: string;
  readonly at: string;
  readonly source: 'live' | 'copy';
}

export type Web = ReadonlyMap<string, Answer>;
