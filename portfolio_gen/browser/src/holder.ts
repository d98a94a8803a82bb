/** What holders add to what issuers signed: a chunk that few files need. */
import type { Binding, Proof } from './credential';
import { strings } from './json';
import type { Detail } from './report';
import { sortedSet } from './text';
import { resultOf } from './vocabulary';

/** What the proofs of a presentation were asked to hold: no check of ours, as nobody here asked. */
export function askedFor(counted: readonly Proof[]): Detail {
  const all = (name: string): string[] => sortedSet(counted.flatMap(({ options }) => strings(options[name])));
  return { challenges: all('challenge'), domains: all('domain') };
}

/** What a key binding JWT, whose proof came to `code`, makes of a good signature: for whom and when it was made, if it is good as well. */
export function bound({ fits, notes }: Binding, code: string): { code: string; detail: Detail } {
  if (!fits || resultOf('signature', code) === 'fail') return { code: 'KEY_BINDING_INVALID', detail: {} };
  return { code, detail: code === 'OK' ? notes : {} };
}
