/** What an identifier's own document lists. */
import type { Source } from '../credential';

/**
 * The verification methods that an identifier's own document lists for a purpose, and where the document is from; `at` is
 * the date of a copy. `stated` is false for a document that says of none of its keys what they are for; `methods` are all of them then.
 */
export interface Listing {
  readonly methods: readonly string[];
  readonly source: Exclude<Source, 'document'>;
  readonly at: string;
  readonly stated: boolean;
}

/** The identifier is the key. */
export const ITSELF: Listing = { methods: [], source: 'self', at: '', stated: true };
