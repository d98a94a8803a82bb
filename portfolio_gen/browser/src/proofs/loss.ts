/**
 * What JSON-LD would drop, and what is spelt so that it could be overlooked (docs/verification.md, 1; DESIGN rule 2).
 *
 * One walk over a document, with jsonld.js's own contexts at each place, mirrors JSON-LD 1.1 API 5.1.2 (expansion): the
 * property's context, then the context and the types of the object itself, then its members.
 */
import { ProofError } from '../errors';
import { isAbsent, isObject, listed, without, type Json, type JsonObject } from '../json';
import { append, sortedSet } from '../text';
import { jcs, MOST_POINTERS } from './data_integrity';
import { apply, defined, enter, INITIAL, meaningOf, type Active } from './jsonld';
import { double, XSD } from './nquads';
import { fields, otherMembers } from '../vocabulary';

const TERM = 'UNSIGNED_TERM';
const VALUE = 'UNSIGNED_VALUE';
const SPELLING = 'UNUSUAL_SPELLING';

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/;
const NOT_IN_IRI = /[<>"{}|\\^`\x00-\x1f]/;
const VALUE_KEYS = new Set(['@value', '@language', '@direction', '@context']);
const CONTAINERS = new Set(['@set', '@list', '@graph']);

/** What an issuer says of itself, wherever it is named; the same facts may stand at two of its places. */
const PROFILE = new Set(['name', 'url', 'email', 'description', 'image']);
/** What only such a one says: the same of one identifier, at whichever of its places. */
const OF_PROFILES = new Set([...PROFILE, 'otherIdentifier', 'parentOrg']);
const PROFILE_PLACE = /\/(issuer|creator|parentOrg)(\/[0-9]+)?$/;
/** Where the table `fields` of the vocabulary looks for facts, but for the credential itself and its issuer. */
const SHOWN_PLACE = new RegExp(
  '^(/credentialSubject(/[0-9]+)?' +
    '(/achievement(/[0-9]+)?(/(resultDescription|alignment|criteria)(/[0-9]+)?)?|/(result|evidence|degree)(/[0-9]+)?)?' +
    '|/evidence(/[0-9]+)?)$',
);
const NOTHING = new Set<string>();
/** Members that hold credentials with verdicts of their own. */
const INSIDE = ['verifiableCredential', 'endorsement', 'endorsementJwt'];
const RECORDED = '/credentialSubject/verifiableCredential';
/**
 * The members that the display fields read, apart from identifiers and types, and those that hold more. What an endorsement
 * alone says is no fact of a document that is none.
 */
function displayedIn(endorses: boolean): Set<string> {
  const paths = fields.flatMap((field) => Object.entries(field.paths).flatMap(([model, of]) => (endorses || model !== 'endorsement' ? of : [])));
  const steps = [...paths.flatMap((path) => path.split('/').slice(1)), ...otherMembers, ...INSIDE];
  return new Set(steps.filter((step) => step !== 'id' && step !== 'type'));
}

const DISPLAYED = { endorsement: displayedIn(true), other: displayedIn(false) };

/** A node with an identifier: where it stands, what each of its keys stands for, and the whole of it. */
interface Node {
  readonly pointer: string;
  readonly meanings: ReadonlyMap<string, string | null>;
  readonly element: JsonObject;
  readonly active: Active;
}

/** The places at fault, as pointers, by the code of their kind. */
export type Faults = ReadonlyMap<string, readonly string[]>;

/** What in a document is unsigned or could be overlooked; throws ProofError where a context cannot be processed. */
export async function faultsIn(document: JsonObject, initial = INITIAL): Promise<Faults> {
  const ownId = document['id'];
  const types = listed(document['type'] ?? null);
  const walk = new Walk(typeof ownId === 'string' ? ownId : null, types.includes('ClrCredential'), types.includes('EndorsementCredential'));
  await walk.node(document, initial, null, '');
  walk.noteDisplaced();
  return walk.found;
}

/** Throw ProofError if there are faults in the document, or in the proof options at `pointer`. */
export async function check(found: Faults, options: JsonObject, pointer: string, initial = INITIAL): Promise<void> {
  const walk = new Walk(null);
  await walk.node(options, initial, null, pointer);
  for (const code of [TERM, VALUE, SPELLING]) {
    const places = [...(found.get(code) ?? []), ...(walk.found.get(code) ?? [])];
    if (places.length) throw new ProofError(code, { pointers: sortedSet(places).slice(0, MOST_POINTERS) });
  }
}

/** Notes each place at fault under its code; throws ProofError where a context cannot be processed. */
class Walk {
  readonly found = new Map<string, string[]>();
  private readonly described = new Map<string, Node[]>();
  private readonly references = new Map<string, number>();
  private graphs = 0;

  constructor(
    private readonly ownId: string | null,
    private readonly isRecord = false,
    private readonly endorses = false,
  ) {}

  private note(code: string | null, ...places: string[]): void {
    if (code) for (const place of places) append(this.found, code, place);
  }

  async node(element: JsonObject, outer: Active, property: string | null, pointer: string): Promise<void> {
    if (Object.hasOwn(element, '@value')) return this.valueObject(element, pointer);
    const scoped = property === null ? undefined : defined(outer, property, '@context');
    let active = reverted(outer, element);
    if (scoped !== undefined) active = await apply(active, scoped);
    const { members, types } = await enter(active, element);
    const places = new Map<string | null, string[]>();
    for (const [key, value] of said(element)) {
      const place = `${pointer}/${escaped(key)}`;
      const code = problemOfKey(key, members);
      this.note(code, place);
      if (code) continue;
      const meaning = meaningOf(members, key);
      append(places, meaning, place);
      await this.member(key, meaning, value, members, types, place);
    }
    for (const same of places.values()) if (same.length > 1) this.note(SPELLING, ...same);
    const own = places.get('@id');
    if (own && pointer && !this.graphs) this.describe(element, members, pointer, own);
  }

  private describe(element: JsonObject, active: Active, pointer: string, places: string[]): void {
    const meanings = new Map(said(element).map(([key]) => [key, meaningOf(active, key)]));
    const ids = [...meanings].flatMap(([key, meaning]) => (meaning === '@id' ? [element[key]] : []));
    if (meanings.size > 1 && this.ownId !== null && ids.includes(this.ownId)) this.note(SPELLING, ...places);
    for (const id of ids) if (typeof id === 'string') append(this.described, id, { pointer, meanings, element, active });
  }

  /**
   * Note nodes with an identifier that occurs elsewhere too, where facts of ours could be moved to and fro.
   * RDF knows no places: what two nodes of one identifier say can change places without breaking a signature. A credential in
   * a presentation is a graph of its own, which nothing leaves. Nodes that all say the same may stand anywhere: what one of
   * them lacked would show.
   */
  noteDisplaced(): void {
    const shown = DISPLAYED[this.endorses ? 'endorsement' : 'other'];
    const isOwn = (key: string, others = PROFILE): boolean => shown.has(key) && !others.has(key);
    for (const [id, nodes] of this.described) {
      const references = this.references.get(id) ?? 0;
      if (nodes.length + references < 2) continue;
      if (!references && new Set(nodes.map(allSaid)).size === 1) continue;
      const counted = nodes.map((node) => ({ pointer: node.pointer, keys: this.counted(node, nodes) }));
      const home = counted.filter(({ pointer, keys }) => SHOWN_PLACE.test(pointer) && keys.some((key) => isOwn(key)));
      for (const node of counted) {
        const { pointer, keys } = node;
        const wrong = SHOWN_PLACE.test(pointer)
          ? home.length > 1 && home.includes(node)
          : keys.some((key) => isOwn(key, PROFILE_PLACE.test(pointer) ? OF_PROFILES : NOTHING));
        if (wrong) this.note(SPELLING, `${pointer}/id`);
      }
    }
  }

  /**
   * The node's keys, as far as what stands under them could stand at another node of its identifier. In a learner record, the
   * subject of the record and those of the credentials in it are mostly one. Where the record's is of the type ClrSubject and
   * no other, its `achievement` is another property than theirs.
   */
  private counted({ pointer, meanings }: Node, nodes: readonly Node[]): string[] {
    const subject = nodes.find((node) => node.pointer === '/credentialSubject');
    const types = listed(subject?.element['type'] ?? null);
    const all = [...meanings];
    const apart = this.isRecord && pointer.startsWith(RECORDED) && types.length === 1 && types[0] === 'ClrSubject';
    const kept = subject && apart ? all.filter(([key, meaning]) => meaningOf(subject.active, key) === meaning) : all;
    return kept.map(([key]) => key);
  }

  private async member(
    key: string,
    meaning: string | null,
    value: Json,
    members: Active,
    types: Active,
    place: string,
  ): Promise<void> {
    if (meaning === '@id') {
      this.note(typeof value === 'string' ? problemOfIdentifier(value, members) : SPELLING, place);
    } else if (meaning === '@type') {
      this.noteDoubled(value, '@vocab', members, place);
      for (const [item, at] of items(value, place)) {
        if (typeof item === 'string') this.note(problemOfName(item, types), at);
      }
    } else if (defined(members, key, '@type') !== '@json') {
      await this.property(key, value, members, place);
    }
  }

  /**
   * Note what stands in a set again: RDF has it once, so that nobody signed how often it is shown. A bare reference comes
   * after the nodes: beside the node that it names, it says nothing.
   */
  private noteDoubled(value: Json, coerced: unknown, active: Active, place: string): void {
    if (!Array.isArray(value) || value.length < 2) return;
    const seen = new Set<string>();
    const rows = items(value, place).map(([item, at]) => [sayings(item, coerced, active), at] as const);
    for (const [said, at] of rows.sort(([one], [other]) => other.length - one.length)) {
      if (said[0] !== undefined && seen.has(said[0])) this.note(SPELLING, at);
      for (const text of said) seen.add(text);
    }
  }

  private async property(key: string, value: Json, outer: Active, place: string): Promise<void> {
    const containers = containersOf(outer, key);
    const graph = containers.includes('@graph');
    const scoped = defined(outer, key, '@context');
    const active = scoped === undefined ? outer : await apply(outer, scoped);
    const coerced = defined(active, key, '@type');
    if (!graph && !containers.includes('@list')) this.noteDoubled(value, coerced, active, place);
    for (const [item, at] of items(value, place)) {
      if (saysNothing(item)) continue;
      const token = key === 'verifiableCredential' && typeof item === 'string';
      if (graph && saysNoTriple(item, active)) this.note(token ? SPELLING : VALUE, at);
      else if (isObject(item)) {
        this.graphs += Number(graph);
        await this.node(item, active, key, at);
        this.graphs -= Number(graph);
      }
      else {
        if (coerced === '@id' && typeof item === 'string' && !this.graphs) this.references.set(item, (this.references.get(item) ?? 0) + 1);
        this.note(problemOfScalar(item, coerced, active), at);
      }
    }
  }

  private valueObject(element: JsonObject, pointer: string): void {
    if (typeof element['@value'] !== 'string') this.note(SPELLING, `${pointer}/@value`);
    for (const [key, value] of said(element)) {
      const place = `${pointer}/${escaped(key)}`;
      if (!VALUE_KEYS.has(key)) this.note(SPELLING, place);
      if (key === '@language' && typeof value === 'string' && !LANGUAGE.test(value)) this.note(VALUE, place);
    }
  }
}

/** All that a node says, so that equal forms say the same. */
function allSaid({ element, meanings }: Node): string {
  return jcs([without(element, '@context'), Object.fromEntries(meanings)]);
}

/** Null and the empty list say nothing. */
function saysNothing(value: Json): boolean {
  return value === null || (Array.isArray(value) && !value.length);
}

/** The members that say something. */
function said(element: JsonObject): [string, Json][] {
  return Object.entries(element).filter(([key, value]) => key !== '@context' && !saysNothing(value));
}

function items(value: Json, pointer: string): [Json, string][] {
  return Array.isArray(value) ? value.map((item, index) => [item, `${pointer}/${index}`]) : [[value, pointer]];
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function containersOf(active: Active, term: string): unknown[] {
  return listed(defined(active, term, '@container') ?? []);
}

/** 5.1.2, 8: a type's context ends at the next node object, but for a mere reference. */
function reverted(active: Active, element: JsonObject): Active {
  if (!active.previousContext) return active;
  const [key, ...others] = Object.keys(element);
  const reference = key !== undefined && !others.length && meaningOf(active, key) === '@id';
  return reference ? active : active.previousContext;
}

function problemOfKey(key: string, active: Active): string | null {
  if (key.startsWith('@') || key.includes(':')) return SPELLING;
  const definition = active.mappings.get(key);
  if (!definition) return problemOfVocab(key, active);
  const meaning = definition['@id'];
  if (isAbsent(meaning) || meaning.startsWith('_:')) return TERM;
  if (meaning.startsWith('@')) return meaning === '@id' || meaning === '@type' ? null : SPELLING;
  const plain = containersOf(active, key).every((container) => CONTAINERS.has(String(container)));
  return definition.reverse || !plain ? SPELLING : null;
}

/** What is wrong with a key or type that is no term: nothing, if an `@vocab` makes it an identifier. */
function problemOfVocab(text: string, active: Active): string | null {
  if (!active['@vocab'] || SPACE.test(text)) return TERM;
  return NOT_IN_IRI.test(text) ? SPELLING : null;
}

function problemOfIdentifier(text: string, active: Active): string | null {
  if (text.startsWith('_:')) return SPELLING;
  if (!SCHEME.test(text) || SPACE.test(text)) return VALUE;
  const colon = text.indexOf(':');
  const isPrefix = active.mappings.get(text.slice(0, colon))?._prefix === true;
  const compact = isPrefix && !text.startsWith('//', colon + 1);
  return compact || NOT_IN_IRI.test(text) ? SPELLING : null;
}

/** What is wrong with a type or a value of a term typed `@vocab`. */
function problemOfName(text: string, active: Active): string | null {
  const definition = active.mappings.get(text);
  if (definition) {
    const meaning = definition['@id'];
    return isAbsent(meaning) || meaning.startsWith('@') || meaning.startsWith('_:') ? TERM : null;
  }
  if (!text.includes(':')) return text.startsWith('@') || problemOfVocab(text, active) ? TERM : null;
  const hasTerm = [...active.mappings.values()].some((other) => other['@id'] === text);
  return problemOfIdentifier(text, active) ?? (hasTerm ? SPELLING : null);
}

/**
 * A text that is the same for items of which RDF keeps one, and for a node also what a reference to it says. Nothing for
 * blank nodes, which are never one. Nodes with one identifier that say different things are another matter (`noteDisplaced`).
 */
function sayings(item: Json, coerced: unknown, active: Active): string[] {
  if (!isObject(item)) {
    const kind = (coerced === '@id' || coerced === '@vocab') && typeof item === 'string' ? '@id' : '@value';
    return item === null || Array.isArray(item) ? [] : [JSON.stringify([kind, item, null, null])];
  }
  if (Object.hasOwn(item, '@value')) return [JSON.stringify(['@value', ...['@value', '@language', '@direction'].map((key) => item[key] ?? null)])];
  const keys = Object.keys(item);
  const references = keys.filter((key) => meaningOf(active, key) === '@id').map((key) => JSON.stringify(['@id', item[key], null, null]));
  return keys.length > 1 && references.length ? [jcs(item), ...references] : references;
}

function problemOfScalar(value: Json, coerced: unknown, active: Active): string | null {
  if (Array.isArray(value)) return SPELLING;
  if (typeof value === 'string' && coerced === '@id') return problemOfIdentifier(value, active);
  if (typeof value === 'string' && coerced === '@vocab') return problemOfName(value, active);
  if (typeof value === 'number') return isInexact(value) ? SPELLING : null;
  return coerced === `${XSD}double` ? SPELLING : null;
}

/**
 * Whether implementations sign a number differently. 16 significant digits may not tell it, or its exact form has 17, where
 * roundings may differ. And what is written without a point (1e-7), jsonld.js takes for an integer and signs as 0.
 */
function isInexact(value: number): boolean {
  if (Number.isInteger(value)) return false;
  if (!String(value).includes('.')) return true;
  const [mantissa = ''] = value.toExponential(100).split('e');
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '').length;
  return Number(double(value)) !== value || digits === 17;
}

/** Whether an item becomes a graph in which nothing is said, so that the item itself is lost. */
function saysNoTriple(item: Json, active: Active): boolean {
  if (!isObject(item)) return !Array.isArray(item);
  return Object.hasOwn(item, '@value') || said(item).every(([key]) => meaningOf(active, key) === '@id');
}
