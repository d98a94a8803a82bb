/**
 * Makes jsonld.js remember the contexts that it has processed. Import this before anything of jsonld that processes contexts.
 *
 * Its own cache is keyed by the identity of the active context, which it clones before the look-up whenever a
 * type-scoped context is applied or left: it misses nearly always. Here an active context is not cloned to be left, maps
 * are copied shallowly (term definitions never change once they are made), and the key is all that the result depends on.
 */
import library from 'jsonld/lib/context.js';

/** A term as a context defines it. */
export interface Definition {
  readonly '@id': string | null;
  readonly reverse: boolean;
  readonly _prefix?: boolean;
}

/** An active context as jsonld.js has it. */
export interface Active {
  mappings: Map<string, Definition>;
  protected: Record<string, boolean>;
  inverse: unknown;
  previousContext?: Active;
  '@vocab'?: string;
  /** By which options it was made: all that are made from it have the same. */
  options?: unknown;
  clone(): Active;
  revertToPreviousContext(): Active;
}

export interface Call {
  activeCtx: Active;
  localCtx: unknown;
  options: unknown;
  propagate?: boolean;
  overrideProtected?: boolean;
  cycles?: unknown;
}

/** What is used of jsonld/lib/context.js. */
export interface ContextLibrary {
  process(call: Call): Promise<Active>;
  getInitialContext(options: unknown): Active;
  getContextValue(active: Active, term: string, name: string): unknown;
  expandIri(active: Active, value: string, relativeTo: { vocab: boolean } | undefined, options: unknown): string | null;
}

const MOST_PROCESSED = 1_024;

type Processed = Map<unknown, Map<string, Active>>;

const processAnew = library.process;
let memory = new WeakMap<Active, Processed>();
let remembered = 0;

library.process = async (call) => {
  const { localCtx, propagate = true, cycles } = call;
  if (cycles !== undefined) return processAnew(call);
  const entries = propagate && Array.isArray(localCtx) && localCtx.every((entry) => typeof entry === 'string');
  let active = call.activeCtx;
  for (const entry of entries ? localCtx : [localCtx]) {
    active = await processOnce({ ...call, activeCtx: active, localCtx: entry });
  }
  return active;
};

async function processOnce(call: Call): Promise<Active> {
  const { activeCtx, localCtx, propagate = true, overrideProtected = false } = call;
  const how = `${propagate} ${overrideProtected}`;
  const known = memory.get(activeCtx)?.get(localCtx)?.get(how);
  if (known) return known;
  const active = await processAnew(call);
  if (++remembered > MOST_PROCESSED) {
    memory = new WeakMap();
    remembered = 0;
  }
  const processed: Processed = memory.get(activeCtx) ?? new Map();
  memory.set(activeCtx, processed);
  processed.set(localCtx, (processed.get(localCtx) ?? new Map<string, Active>()).set(how, active));
  return active;
}

const expandAnew = library.expandIri;

/** What is asked most, what a term stands for, is looked up before anything else. */
library.expandIri = (active, value, relativeTo, options) => {
  const definition = relativeTo?.vocab && typeof value === 'string' && !value.startsWith('@') && active.mappings.get(value);
  return definition ? definition['@id'] : expandAnew(active, value, relativeTo, options);
};

const initialAnew = library.getInitialContext;

/** Also where a context says null, an initial context knows its options; jsonld.js hands out one object for all of them. */
library.getInitialContext = (options) => remembering({ ...initialAnew(options), options });

/** Give the initial context, and so all that are made from it, a cheaper `clone` and a `revert…` that keeps identity. */
function remembering(initial: Active): Active {
  initial.clone = function clone(this: Active): Active {
    return { ...this, mappings: new Map(this.mappings), protected: { ...this.protected }, inverse: null };
  };
  initial.revertToPreviousContext = function revert(this: Active): Active {
    return this.previousContext ?? this;
  };
  return initial;
}
