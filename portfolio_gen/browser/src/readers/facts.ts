/** The display facts of a credential: what the table `fields` of the vocabulary finds in it. */
import { isObject, type Json, type JsonObject } from '../json';
import type { Fact } from '../report';
import { fields, type Field } from '../vocabulary';

export type Place = readonly [pointer: string, value: Json | undefined];

/**
 * At most `most` facts in the order of the vocabulary; no pointer occurs twice.
 * `document` is the credential, which stands at the pointer `root` of the signed document; `model` names the paths.
 */
export function factsOf(document: JsonObject, most: number, root = '', model = 'vc'): Fact[] {
  return factsIn(document, most, root, fields.map((field) => [field, pathsOf(field, model)] as const), plainly);
}

/** How the texts at the end of a path are found, each with its language, where that is known before it is read. */
export type Told = (places: Iterable<Place>) => Iterable<readonly [place: Place, lang?: string]>;

const plainly: Told = function* (places) {
  for (const place of places) yield [place];
};

/** The same by a table of fields and their paths, the texts at their ends found by `told`. */
export function factsIn(document: JsonObject, most: number, root: string, table: readonly (readonly [Pick<Field, 'field' | 'as'>, readonly string[]])[], told: Told): Fact[] {
  const found = new Map<string, Fact>();
  for (const [field, paths] of table) {
    for (const path of paths) {
      for (const [place, lang] of told(walk([root, document], path.split('/').slice(1)))) {
        const fact = factAt(field, place, lang);
        if (fact && !found.has(fact.pointer)) found.set(fact.pointer, fact);
        if (found.size === most) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

/** The model of a credential of the W3C data model, whose kinds differ in a few fields only. */
export function modelOf({ type }: JsonObject, format = ''): string {
  const endorses = type === 'EndorsementCredential' || (Array.isArray(type) && type.includes('EndorsementCredential'));
  return format === 'clr2-json' ? 'clr2' : endorses ? 'endorsement' : 'vc';
}

/** Where the field stands; where a kind of credential says nothing else, as in any. */
function pathsOf({ paths }: Field, model: string): readonly string[] {
  return paths[model] ?? (/^(clr2|endorsement)$/.test(model) ? paths['vc'] : undefined) ?? [];
}

/** What stands at the end of a path from a place; a list at any step is walked in order. */
export function* walk([pointer, value]: Place, steps: readonly string[]): Generator<Place> {
  const [step, ...rest] = steps;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* walk([`${pointer}/${index}`, item], steps);
  } else if (step === undefined) {
    yield [pointer, value];
  } else if (isObject(value)) {
    yield* walk([`${pointer}/${step}`, value[step]], rest);
  }
}

function factAt({ field, as }: Pick<Field, 'field' | 'as'>, [pointer, value]: Place, known?: string): Fact | null {
  if (isObject(value) && typeof value['@value'] === 'string') {
    const lang = value['@language'];
    const fact = shownAs(field, as, `${pointer}/@value`, value['@value']);
    return fact && typeof lang === 'string' ? { ...fact, lang } : fact;
  }
  const number = typeof value === 'number' && (as === 'number' || as === 'text');
  const fact = typeof value === 'string' || number ? shownAs(field, as, pointer, value) : null;
  return fact && known ? { ...fact, lang: known } : fact;
}

function shownAs(field: string, as: string, pointer: string, value: string | number): Fact | null {
  if (as === 'image' && !/^(data:image\/|https?:\/\/)/.test(String(value))) return null;
  const text = as === 'link' && !/^(https?:\/\/|mailto:)/i.test(String(value));
  return { field, pointer, value, as: text ? 'text' : as };
}
