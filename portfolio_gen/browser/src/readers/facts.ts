/** The display facts of a credential: what the table `fields` of the vocabulary finds in it. */
import { isObject, type Json, type JsonObject } from '../json';
import type { Fact } from '../report';
import { fields, type Field } from '../vocabulary';

export type Place = readonly [pointer: string, value: Json | undefined];

/** Models whose paths come with the fields. */
type Common = 'vc' | 'clr2' | 'endorsement';
/** A common model's name, or the paths of another by field. */
export type Model = Common | Readonly<Record<string, readonly string[]>>;

/**
 * At most `most` facts in the order of the vocabulary; no pointer occurs twice.
 * `document` is the credential, which stands at the pointer `root` of the signed document; `model` says where it has what.
 */
export function factsOf(document: JsonObject, most: number, root = '', model: Model = 'vc'): Fact[] {
  return distinct(factsAt(document, root, model), most);
}

function* factsAt(document: JsonObject, root: string, model: Model): Generator<Fact | null> {
  for (const field of fields) {
    for (const path of pathsOf(field, model)) for (const place of walk([root, document], stepsOf(path))) yield factAt(field, place);
  }
}

const steps = new Map<string, readonly string[]>();

/** The steps of one of the few paths in tables of ours. */
function stepsOf(path: string): readonly string[] {
  const found = steps.get(path) ?? path.split('/').slice(1);
  steps.set(path, found);
  return found;
}

/** At most `most` of the facts, those whose pointer occurred before left out. */
export function distinct(facts: Iterable<Fact | null>, most: number): Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) {
    if (fact && !found.has(fact.pointer)) found.set(fact.pointer, fact);
    if (found.size === most) break;
  }
  return [...found.values()];
}

/** Where the field stands; where a kind of credential says nothing else, as in any. */
function pathsOf({ field, paths }: Field, model: Model): readonly string[] {
  return (typeof model === 'string' ? (paths[model] ?? paths['vc']) : model[field]) ?? [];
}

/** What stands at the end of a path from a place; a list at any step is walked in order. */
export function walk([pointer, value]: Place, steps: readonly string[], from = 0): Place[] {
  const step = steps[from];
  if (Array.isArray(value)) return value.flatMap((item, index) => walk([`${pointer}/${index}`, item], steps, from));
  if (step === undefined) return [[pointer, value]];
  if (!isObject(value) || !Object.hasOwn(value, step)) return [];
  return walk([`${pointer}/${step}`, value[step]], steps, from + 1);
}

/** What stands at a place, if that is a fact of this field. */
export function factAt({ field, as }: Pick<Field, 'field' | 'as'>, [pointer, value]: Place): Fact | null {
  if (isObject(value) && typeof value['@value'] === 'string') {
    const lang = value['@language'];
    const fact = shownAs(field, as, `${pointer}/@value`, value['@value']);
    return fact && typeof lang === 'string' ? { ...fact, lang } : fact;
  }
  const number = typeof value === 'number' && (as === 'number' || as === 'text');
  return typeof value === 'string' || number ? shownAs(field, as, pointer, value) : null;
}

function shownAs(field: string, as: string, pointer: string, value: string | number): Fact | null {
  if (as === 'image' && !/^(data:image\/|https?:\/\/)/.test(String(value))) return null;
  const text = as === 'link' && !/^(https?:\/\/|mailto:)/i.test(String(value));
  return { field, pointer, value, as: text ? 'text' : as };
}
