/**
 * Expanded JSON-LD to quads (JSON-LD 1.1 API, 7), for documents that the walk in `loss` has let through.
 * jsonld has this too, but compares every value with every other before it; a map does the same in linear time.
 */
import { ProofError } from '../errors';
import { isObject, type Json, type JsonObject } from '../json';
import { jcs } from './data_integrity';
import { double, iri, literal, XSD } from './nquads';
import type { Quad } from './rdfc';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const I18N = 'https://www.w3.org/ns/i18n#';
const TYPE = iri(`${RDF}type`);
const FIRST = iri(`${RDF}first`);
const REST = iri(`${RDF}rest`);
const NIL = iri(`${RDF}nil`);

/** The dataset that an expanded document stands for; throws ProofError for what RDF would lose. */
export function quadsOf(document: readonly Json[]): Quad[] {
  const builder = new Builder();
  for (const item of document) builder.resource(item, '');
  return builder.quads;
}

class Builder {
  readonly quads: Quad[] = [];
  private blanks = 0;

  private blank(): string {
    return `_:b${this.blanks++}`;
  }

  /** Add what an expanded item says to `graph` and return the term that stands for it. */
  resource(item: Json, graph: string): string {
    if (!isObject(item)) throw new ProofError('UNUSUAL_SPELLING');
    if ('@value' in item) return literalOf(item);
    if ('@list' in item) return this.list(items(item['@list']), graph);
    const node = '@id' in item ? iri(item['@id']) : this.blank();
    for (const [property, value] of Object.entries(item)) this.property(node, property, items(value), graph);
    return node;
  }

  private property(node: string, property: string, values: Json[], graph: string): void {
    if (property === '@id') return;
    if (property === '@graph') {
      for (const value of values) this.resource(value, node);
      return;
    }
    const isType = property === '@type';
    const predicate = isType ? TYPE : iri(property);
    for (const value of values) {
      this.quads.push([node, predicate, isType ? iri(value) : this.resource(value, graph), graph]);
    }
  }

  private list(values: Json[], graph: string): string {
    let head = NIL;
    for (const value of [...values].reverse()) {
      const cell = this.blank();
      this.quads.push([cell, FIRST, this.resource(value, graph), graph], [cell, REST, head, graph]);
      head = cell;
    }
    return head;
  }
}

function items(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [value ?? null];
}

function literalOf(item: JsonObject): string {
  const value = item['@value'] ?? null;
  const datatype = typeof item['@type'] === 'string' ? item['@type'] : '';
  const language = typeof item['@language'] === 'string' ? item['@language'] : '';
  if (datatype === '@json') return literal(jcs(value), `${RDF}JSON`);
  if (typeof value === 'boolean') return literal(String(value), datatype || `${XSD}boolean`);
  if (typeof value === 'number') return number(value, datatype);
  if (typeof value !== 'string') throw new ProofError('UNUSUAL_SPELLING');
  if ('@direction' in item) return literal(value, `${I18N}${language}_${String(item['@direction'])}`);
  return literal(value, datatype, language);
}

function number(value: number, datatype: string): string {
  const isDouble = !Number.isInteger(value) || datatype === `${XSD}double`;
  return isDouble ? literal(double(value), datatype || `${XSD}double`) : literal(value.toFixed(0), datatype || `${XSD}integer`);
}
