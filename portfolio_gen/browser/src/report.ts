/** What a check found, and `judge`, which turns checks into one verdict. portfolio_gen/report.py is the same in Python. */
import type { Knowing } from './trust';
import { resultOf, type Result } from './vocabulary';

export type Detail = { readonly [name: string]: string | number | readonly string[] };

/** One check's answer; `result` follows from `code` by vocabulary.json. */
export interface Check {
  readonly result: Result;
  readonly code: string;
  readonly detail?: Detail;
}

/** One displayed fact: what it is, where it stands in the signed document, how it is shown. */
export interface Fact {
  readonly field: string;
  readonly pointer: string;
  readonly value: string | number;
  readonly as: string;
  readonly lang?: string;
}

/** The identifier that the key is bound to, the name the issuer gives itself, the lists that know it. */
export interface Issuer {
  readonly id: string;
  readonly name: string | null;
  readonly lists: readonly Knowing[];
}

export type Checks = { readonly [name: string]: Check };

/** All that `verify` says of one file (DESIGN 2.3). */
export interface Report {
  /** Where this credential stands in the file around it; absent for a whole file. */
  readonly pointer?: string;
  readonly version: 1;
  readonly sha256: string;
  readonly format: string;
  readonly verdict: string;
  readonly checks: Checks;
  readonly issuer: Issuer | null;
  readonly credential: readonly Fact[];
  readonly inner: readonly Report[];
}

/** The report on the credential that `#/pointer` names in a file, and `#/pointer#/pointer` in a file inside of that. */
export function within(report: Report, fragment: string): Report | undefined {
  const pointers = decodeURIComponent(fragment).split('#').slice(1);
  return pointers.reduce<Report | undefined>((outer, pointer) => outer?.inner.find((inner) => inner.pointer === pointer), report);
}

/** The answer `code` to `check`; an empty detail is left out. Throws for a code that is not in the vocabulary. */
export function answer(check: string, code: string, detail: Detail = {}): Check {
  const result = resultOf(check, code);
  return Object.keys(detail).length ? { result, code, detail } : { result, code };
}

/** By the code with which `status` or `dates` fails; any other code of `dates` means that the credential is at fault. */
const VERDICTS: { readonly [code: string]: string } = { REVOKED: 'revoked', SUSPENDED: 'suspended', NOT_YET_VALID: 'not-yet-valid', EXPIRED: 'expired' };

/**
 * The verdict on these checks: the first row of the table in DESIGN 2.2 that matches.
 * Away from a page, `shown` is absent, which counts as `none`. No checks at all: `not-checked`.
 */
export function judge(checks: Checks): string {
  if (!Object.keys(checks).length) return 'not-checked';
  const result = (name: string): string => checks[name]?.result ?? (name === 'shown' ? 'none' : 'unknown');
  const fails = (name: string): boolean => result(name) === 'fail';
  if (['readable', 'signature', 'signer', 'shown'].some(fails)) return 'failed';
  const [over, past] = ['status', 'dates'].map((name) => (fails(name) ? VERDICTS[checks[name]!.code] : undefined));
  if (fails('dates') && !past) return 'failed';
  if (over ?? past) return (over ?? past)!;
  const passes = ['readable', 'signature', 'signer'].every((name) => result(name) === 'pass');
  const fine = ['dates', 'status', 'shown'].every((name) => ['pass', 'none'].includes(result(name)));
  if (passes && fine) return 'verified';
  return result('readable') === 'pass' && result('signature') === 'pass' ? 'partly-checked' : 'cannot-check';
}
