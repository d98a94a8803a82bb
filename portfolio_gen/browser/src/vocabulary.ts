/** What the verifier needs of vocabulary.json: the result of each code, and the display fields. */
import rules from 'virtual:rules';

export type Result = 'pass' | 'fail' | 'unknown' | 'none';

/** A row of the display model: what a fact is, how it is shown, where it may stand. */
export interface Field {
  readonly field: string;
  readonly as: string;
  /** By common data model (`vc` and others): JSON pointers without list indexes, from the credential's root. */
  readonly paths: { readonly [model: string]: readonly string[] };
}

export const fields: readonly Field[] = rules.fields;
/** Members that occur in the paths of other models only. */
export const otherMembers: readonly string[] = rules.members;

const RESULTS = new Map(
  Object.entries(rules.results).flatMap(([check, byResult]) =>
    Object.entries(byResult).flatMap(([result, codes]) => codes.split(' ').map((code) => [`${check} ${code}`, result as Result] as const)),
  ),
);

/** The result that `code` of `check` always has; throws for one that is not in the vocabulary. */
export function resultOf(check: string, code: string): Result {
  const result = RESULTS.get(`${check} ${code}`);
  if (result === undefined) throw new Error(`${check} has no code ${code}`);
  return result;
}
