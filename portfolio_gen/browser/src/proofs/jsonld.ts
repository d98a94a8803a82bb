/** JSON-LD 1.1 by jsonld.js, with pinned contexts only; what it would drop is an error (its safe mode). */
import contexts from 'virtual:contexts';

import type { Active } from './jsonld_memory';
import './jsonld_memory';

import library from 'jsonld/lib/context.js';
import ContextResolver from 'jsonld/lib/ContextResolver.js';
import events from 'jsonld/lib/events.js';
import expansion from 'jsonld/lib/expand.js';

import { ProofError } from '../errors';
import { listed, strings, type Json, type JsonObject } from '../json';
import { sortByCodePoint } from '../text';

export type { Active };

const loaded = new Map<string, object>();

/** The table of pinned contexts, to which those of rarer formats come once an address is not in it, or none is named. */
export async function tableFor(urls?: readonly string[]): Promise<typeof contexts> {
  const isThere = (url: string): boolean => Object.hasOwn(contexts, url);
  return urls?.every(isThere) ? contexts : Object.assign(contexts, (await import('virtual:contexts/rarer')).default);
}

/**
 * Load pinned contexts by address, all of them where none is named. Rejects where one cannot be had: that is no fault of
 * a document, and must not look like one.
 */
export async function loadContexts(urls?: readonly string[]): Promise<void> {
  const table = await tableFor(urls);
  const missing = (urls ?? Object.keys(table)).filter((url) => !loaded.has(url));
  await Promise.all(missing.map(async (url) => loaded.set(url, (await table[url]!()).default)));
}

async function pinned(url: string): Promise<object> {
  if (!Object.hasOwn(await tableFor([url]), url)) throw new Error(`${url} is not among the built-in contexts`);
  await loadContexts([url]);
  return loaded.get(url)!;
}

/** The initial context of a reading in which some addresses have an older context than the newest. */
export function initialWith(older: ReadonlyMap<string, object>): Active {
  const options = {
    base: null,
    contextResolver: new ContextResolver({ sharedCache: new Map() }),
    documentLoader: async (url: string) => ({ document: older.get(url) ?? (await pinned(url)), documentUrl: url, tag: 'static' }),
    eventHandler: [events.safeEventHandler],
    isFrame: false,
    keepFreeFloatingNodes: false,
    processingMode: 'json-ld-1.1',
  };
  return library.getInitialContext(options);
}

export const INITIAL = initialWith(new Map());

/** jsonld.js cannot process a context or expand a document: nothing is known of what was signed. */
async function orRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new ProofError('UNUSUAL_SPELLING');
  }
}

/** The document in expanded form (JSON-LD 1.1 API, 5.1); throws ProofError where it is refused. */
export async function expanded(document: JsonObject, initial = INITIAL): Promise<Json[]> {
  const found = await orRefused(() => expansion.expand({ activeCtx: initial, element: document, options: initial.options }));
  return found === null ? [] : listed(found as Json);
}

/** The active context after a property's own context; throws ProofError. */
export async function apply(active: Active, local: unknown): Promise<Active> {
  return orRefused(() => library.process({ activeCtx: active, localCtx: local, options: active.options, overrideProtected: true }));
}

/** The contexts for an object's members and for its types, after its `@context` and types (5.1.2, 9 to 11); throws ProofError. */
export async function enter(active: Active, element: JsonObject): Promise<{ members: Active; types: Active }> {
  return orRefused(async () => {
    let members = active;
    if (Object.hasOwn(element, '@context')) {
      members = await library.process({ activeCtx: active, localCtx: element['@context'], options: active.options });
    }
    const types = members;
    for (const key of sortByCodePoint(Object.keys(element))) {
      if (meaningOf(members, key) !== '@type') continue;
      for (const type of sortByCodePoint(strings(element[key]))) {
        const local = defined(types, type, '@context');
        if (local === undefined || local === null) continue;
        members = await library.process({ activeCtx: members, localCtx: local, options: active.options, propagate: false });
      }
    }
    return { members, types };
  });
}

/** What a key stands for in this context: an IRI, a keyword, or null. */
export function meaningOf(active: Active, key: string): string | null {
  return library.expandIri(active, key, { vocab: true }, active.options);
}

/** What the context defines for a term: its `@type`, its `@container`, its own `@context`; null or undefined for nothing. */
export function defined(active: Active, term: string, name: string): unknown {
  return library.getContextValue(active, term, name);
}
