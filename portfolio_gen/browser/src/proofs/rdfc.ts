/**
 * RDFC-1.0 over quads as N-Quads terms, with a limit on its work (DESIGN rule 4).
 *
 * A quad is [subject, predicate, object, graph], each written as in canonical N-Quads: `<iri>`, `_:label`,
 * `"text"^^<type>`; the graph is '' for the default graph. Clause numbers are those of RDFC-1.0.
 *
 * It follows every permutation to its end: the early exits 5.4.4.3 and 5.4.5.5 of 4.8.3 change no result, but they
 * would make the work, and so the limit, depend on the order in which the quads come.
 */
import { sha256, sha384 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

import { ProofError } from '../errors';
import type { Limits } from '../limits';
import type { HashName } from '../bytes';
import { append, byCodePoint, sortByCodePoint, sortedSet, utf8 } from '../text';

export type Quad = readonly [subject: string, predicate: string, object: string, graph: string];

type Label = (term: string) => string;

const POSITIONS = [
  [0, 's'],
  [2, 'o'],
  [3, 'g'],
] as const;

/** The hashes that RDFC-1.0 may be asked for (4.3); they decide the order of labels. */
const HASHES = { sha256, sha384 } as const;

/** The hash of a short text. Made here and now, it takes less time than the browser's own (`digest`), which come from another thread. */
export function hashOf(text: string, name: HashName): Uint8Array {
  return HASHES[name](utf8(text));
}

/** The canonical N-Quads of a dataset; throws ProofError `TOO_MUCH_WORK` beyond the limits. */
export function canonicalize(quads: Iterable<Quad>, limits: Limits, hashName: HashName = 'sha256'): string {
  return lines(canonicalQuads(quads, limits, hashName)).join('');
}

/** The dataset with canonical labels, in no order; throws ProofError `TOO_MUCH_WORK` beyond the limits. */
export function canonicalQuads(quads: Iterable<Quad>, limits: Limits, hashName: HashName = 'sha256'): Quad[] {
  const dataset = [...new Map([...quads].map((quad) => [line(quad, itself), quad])).values()];
  return relabelled(dataset, new Canonicalizer(dataset, limits, hashName).labels());
}

/** The quads with other labels for those blank nodes that `labels` names. */
export function relabelled(quads: readonly Quad[], labels: { get(node: string): string | undefined }): Quad[] {
  const label: Label = (term) => labels.get(term) ?? term;
  return quads.map(([subject, predicate, object, graph]) => [label(subject), predicate, label(object), label(graph)]);
}

/** The quads as N-Quads, each once, sorted by code point. */
export function lines(quads: readonly Quad[]): string[] {
  return sortedSet(quads.map((quad) => line(quad, itself)));
}

function itself(term: string): string {
  return term;
}

function line([subject, predicate, object, graph]: Quad, label: Label): string {
  return `${label(subject)} ${predicate} ${label(object)}${graph && ` ${label(graph)}`} .\n`;
}

export function isBlank(term: string): boolean {
  return term.startsWith('_:');
}

/** 4.5: labels in the order in which they were issued. */
class Issuer {
  constructor(
    private readonly prefix: string,
    private readonly issued = new Map<string, string>(),
  ) {}

  get(node: string): string | undefined {
    return this.issued.get(node);
  }

  issue(node: string): string {
    const label = this.issued.get(node) ?? `${this.prefix}${this.issued.size}`;
    this.issued.set(node, label);
    return label;
  }

  fork(): Issuer {
    return new Issuer(this.prefix, new Map(this.issued));
  }

  nodes(): Iterable<string> {
    return this.issued.keys();
  }
}

/** The result of 4.8: a hash or path, and the issuer that it was reached with. */
type Issued = readonly [text: string, issuer: Issuer];

/** The canonicalization state (4.2) of one dataset. */
class Canonicalizer {
  private readonly canonical = new Issuer('_:c14n');
  private readonly entered = new Map<string, number>();
  private readonly quads = new Map<string, Quad[]>();
  private readonly first = new Map<string, string>();

  constructor(
    dataset: readonly Quad[],
    private readonly limits: Limits,
    private readonly hashName: HashName,
  ) {
    for (const quad of dataset) for (const node of new Set(quad.filter(isBlank))) append(this.quads, node, quad);
    for (const [node, quads] of this.quads) this.first.set(node, this.hash(firstDegree(node, quads)));
  }

  /** 4.4.3: the canonical label of every blank node. */
  labels(): Issuer {
    const byHash = new Map<string, string[]>();
    for (const [node, text] of this.first) append(byHash, text, node);
    const groups = inOrder(byHash).map(([, group]) => group);
    for (const [node, ...others] of groups) if (node !== undefined && !others.length) this.canonical.issue(node);
    for (const group of groups) this.labelGroup(group);
    return this.canonical;
  }

  private hash(text: string): string {
    return bytesToHex(hashOf(text, this.hashName));
  }

  private labelGroup(group: readonly string[]): void {
    const results: Issued[] = [];
    for (const node of group) {
      if (this.canonical.get(node)) continue;
      const issuer = new Issuer('_:b');
      issuer.issue(node);
      results.push(this.nDegree(node, issuer, 1));
    }
    results.sort(([a], [b]) => byCodePoint(a, b));
    for (const [, issuer] of results) for (const node of issuer.nodes()) this.canonical.issue(node);
  }

  /** 4.7.3: Hash Related Blank Node. */
  private related(related: string, predicate: string, issuer: Issuer, position: string): string {
    const label = this.canonical.get(related) ?? issuer.get(related) ?? this.first.get(related);
    return this.hash(`${position}${position === 'g' ? '' : predicate}${label}`);
  }

  /** 4.8.3: Hash N-Degree Quads. */
  private nDegree(node: string, issuer: Issuer, depth: number): Issued {
    const entered = (this.entered.get(node) ?? 0) + 1;
    this.entered.set(node, entered);
    if (entered > this.limits.hashNDegreeQuads || depth > this.limits.hashNesting) throw new ProofError('TOO_MUCH_WORK');
    const groups = new Map<string, string[]>();
    for (const quad of this.quads.get(node) ?? []) {
      for (const [index, position] of POSITIONS) {
        const other = quad[index];
        if (isBlank(other) && other !== node) append(groups, this.related(other, quad[1], issuer, position), other);
      }
    }
    let data = '';
    let chosen = issuer;
    for (const [text, group] of inOrder(groups)) {
      const [path, next] = this.shortestPath(group, chosen, depth);
      data += text + path;
      chosen = next;
    }
    return [this.hash(data), chosen];
  }

  /** 4.8.3, 5.4: the least path through the group's nodes, of all orders, and its issuer. */
  private shortestPath(group: readonly string[], issuer: Issuer, depth: number): Issued {
    if (new Set(group).size === 1) return this.path(group, issuer, depth);
    if (exceedsFactorial(group.length, this.limits.hashNDegreeQuads)) throw new ProofError('TOO_MUCH_WORK');
    let best: Issued | undefined;
    for (const order of permutations(group)) {
      const found = this.path(order, issuer.fork(), depth);
      if (!best || byCodePoint(found[0], best[0]) < 0) best = found;
    }
    return best as Issued;
  }

  private path(order: readonly string[], issuer: Issuer, depth: number): Issued {
    let path = '';
    let chosen = issuer;
    const unvisited: string[] = [];
    for (const related of order) {
      const known = this.canonical.get(related);
      if (!known && !chosen.get(related)) unvisited.push(related);
      path += known ?? chosen.issue(related);
    }
    for (const related of unvisited) {
      const [text, next] = this.nDegree(related, chosen, depth + 1);
      path += `${next.issue(related)}<${text}>`;
      chosen = next;
    }
    return [path, chosen];
  }
}

/** What Hash First Degree Quads (4.6.3) hashes. */
function firstDegree(node: string, quads: readonly Quad[]): string {
  const label: Label = (term) => (isBlank(term) ? (term === node ? '_:a' : '_:z') : term);
  const lines = quads.map((quad) => line(quad, label));
  return sortByCodePoint(lines).join('');
}

function inOrder<T>(groups: Map<string, T>): [string, T][] {
  return [...groups].sort(([a], [b]) => byCodePoint(a, b));
}

/** Whether n! is more than `most`: each order enters each node of its group at least once. */
function exceedsFactorial(n: number, most: number): boolean {
  let product = 1;
  for (let i = 2; i <= n && product <= most; i++) product *= i;
  return product > most;
}

/** All orders of a list, equal members told apart by their place. */
function* permutations<T>(list: readonly T[]): Generator<T[]> {
  if (!list.length) yield [];
  for (const [index, item] of list.entries()) {
    for (const rest of permutations([...list.slice(0, index), ...list.slice(index + 1)])) yield [item, ...rest];
  }
}
