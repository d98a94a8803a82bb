/** What the verifier needs of vocabulary.json: the result of each code, and the display fields. */
import rules from 'virtual:rules';

export type Result = 'pass' | 'fail' | 'unknown' | 'none';

/** A row of the display model: what a fact is, how it is shown, where it may stand. */
export interface Field {
  readonly field: string;
  readonly as: string;
  /** By data model (`vc` and others): JSON pointers without list indexes, from the credential's root. */
  readonly paths: { readonly [model: string]: readonly string[] };
}

export const fields: readonly Field[] = rules.fields;

/** The result that `code` of `check` always has: most are `unknown`, and are not listed, so that pages have less to load. */
export function resultOf(check: string, code: string): Result {
  return (rules.results[check]?.[code] ?? 'unknown') as Result;
}
