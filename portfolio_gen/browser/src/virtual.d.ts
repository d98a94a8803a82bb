// What the build decides (bundle.mjs), modules that build.mjs makes, and the parts of jsonld that are used one by one.

/** Whether pages lie on a disk; what is under a false condition is not in the bundle. */
declare const OFFLINE: boolean;

declare module 'virtual:contexts' {
  /** URL → how to load the pinned context document. */
  const contexts: Readonly<Record<string, () => Promise<{ default: { '@context': unknown } }>>>;
  export default contexts;
}

declare module 'virtual:contexts/rarer' {
  export { default } from 'virtual:contexts';
}

declare module 'virtual:contexts/older' {
  /** URL → what stood there before, the newest first. */
  const older: Readonly<Record<string, readonly { sha256: string; load(): Promise<{ default: { '@context': unknown } }> }[]>>;
  export default older;
}

declare module 'virtual:rules' {
  const rules: {
    /** check → result → its codes, with a space between. */
    results: Record<string, Record<string, string>>;
    /** With the paths of the common models. */
    fields: { field: string; as: string; paths: Record<string, string[]> }[];
    /** Members that occur in the paths of other models only. */
    members: string[];
  };
  export default rules;
}

declare module 'virtual:models' {
  /** By model, for those whose paths are not in `virtual:rules`: field → paths. */
  const models: Record<'ob2' | 'elm' | 'sd-jwt' | 'presentation' | 'jwt', Record<string, string[]>>;
  export default models;
}

declare module 'virtual:sentences' {
  /** check → code → sentence, for the codes that `virtual:words` leaves out, the names of formats in them, the other fields and messages. */
  const sentences: {
    codes: Record<string, Record<string, string>>;
    formats: Record<string, string>;
    fields: Record<string, { label: string; must?: boolean }>;
    messages: Record<string, string>;
  };
  export default sentences;
}

declare module 'virtual:sentences/lists' {
  /** The messages of issuer lists. */
  const messages: Record<string, string>;
  export default messages;
}

declare module 'virtual:sentences/advert' {
  /** The messages of an advert's words. */
  const messages: Record<string, string>;
  export default messages;
}

declare module 'virtual:sentences/portfolio' {
  /** The messages of the parts around a list of credentials. */
  const messages: Record<string, string>;
  export default messages;
}

declare module 'virtual:sentences/stacks' {
  /** The messages of stacks. */
  const messages: Record<string, string>;
  export default messages;
}

declare module 'virtual:languages' {
  type Words = typeof import('virtual:words').default;
  interface Spoken extends Words {
    locale: { decimal: string; group: string; grouped_from: number };
  }
  /** By language: all that a page says in it; what is not translated, in English. */
  const languages: Readonly<Record<string, () => Promise<{ default: Spoken }>>>;
  export default languages;
}

declare module 'virtual:words' {
  const words: {
    checks: Record<string, { title: string; asks: string; codes: Record<string, string> }>;
    results: Record<string, string>;
    verdicts: Record<string, { label: string; says: string }>;
    fields: Record<string, { label: string; must?: boolean }>;
    /** What each format is called; loaded with the sentences that need it. */
    formats: Record<string, string>;
    messages: Record<string, string>;
  };
  export default words;
}

declare module 'jsonld/lib/context.js' {
  const context: import('./proofs/jsonld_memory').ContextLibrary;
  export default context;
}

declare module 'jsonld/lib/expand.js' {
  const expand: {
    expand(call: { activeCtx: unknown; element: unknown; options: unknown }): Promise<unknown>;
  };
  export default expand;
}

declare module 'jsonld/lib/ContextResolver.js' {
  const ContextResolver: new (options: { sharedCache: Map<string, unknown> }) => unknown;
  export default ContextResolver;
}

declare module 'jsonld/lib/events.js' {
  const events: { safeEventHandler: unknown };
  export default events;
}

declare module 'virtual:recipient' {
  /** The result of each code of the check `recipient`. */
  const results: Readonly<Record<string, import('./vocabulary').Result>>;
  export default results;
}
