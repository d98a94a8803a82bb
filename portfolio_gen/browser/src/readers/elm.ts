/**
 * The European Learning Model 3 (ELM), in which European Digital Credentials are written: its texts and its dates. Only where
 * the bytes of a document are signed (JWT, JWS JSON): for suites that canonicalise RDF its context is not pinned.
 */
import models from 'virtual:models';

import type { Dated } from '../credential';
import { isAbsent, isObject, listed, strings, type Json, type JsonObject } from '../json';
import type { Fact } from '../report';
import { fields } from '../vocabulary';
import { distinct, factAt, walk, type Place } from './facts';

const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
/** Where a text could only be an identifier: an object there is somebody, with a `type` or without. */
const THINGS = /\/(issuer|credentialSubject)(\/[0-9]+)?$/;

/** Whether a credential says that it is written in this model. */
export function isEuropean({ type }: JsonObject): boolean {
  return strings(type).includes('EuropeanDigitalCredential');
}

/** At most `most` facts by the model `elm`, as `facts.factsOf` finds them. */
export function factsOf(credential: JsonObject, most: number, root: string): Fact[] {
  return distinct(factsIn([root, credential]), most);
}

function* factsIn(whole: Place): Generator<Fact | null> {
  for (const field of fields) {
    for (const path of models.elm[field.field] ?? []) {
      for (const [place, lang] of byLanguage(walk(whole, path.split('/').slice(1)))) {
        const fact = factAt(field, place);
        yield fact && lang ? { ...fact, lang } : fact;
      }
    }
  }
}

/** The date of issue, which ELM has beside those of the W3C data model. */
export function startsOf({ issued }: JsonObject, root: string): Dated[] {
  return isAbsent(issued) ? [] : [[`${root}/issued`, issued]];
}

/** The ways in which it may be withdrawn, which issuers of ELM also put under `status`. */
export function statusOf({ credentialStatus, status }: JsonObject): Json[] {
  return [credentialStatus, status].flatMap((value) => (isAbsent(value) ? [] : listed(value)));
}

/**
 * Each text of a map of languages, with its language (JSON-LD 1.1, 4.6.2), and what is none as it is. What has a `type` is a
 * thing, and no text. Labels of the European vocabularies have some thirty languages each: where there is an English one, that is it.
 */
function* byLanguage(places: Iterable<Place>): Generator<readonly [place: Place, lang?: string]> {
  for (const [pointer, value] of places) {
    if (!isObject(value)) {
      yield [[pointer, value]];
      continue;
    }
    const thing = Object.hasOwn(value, 'type') || THINGS.test(pointer);
    const tags = Object.keys(value).filter((tag) => !thing && LANGUAGE.test(tag));
    const english = pointer.endsWith('/prefLabel') && tags.includes('en');
    for (const tag of english ? ['en'] : tags) for (const text of walk([`${pointer}/${tag}`, value[tag]], [])) yield [text, tag];
  }
}
