// How src/ is bundled: the settings that dist/ and the tests share, and the modules that exist only in a bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { writeContexts } from './contexts.mjs';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const VOCABULARY = here('../data/vocabulary.json');

/** What the verifier needs of the vocabulary: the result of each code, the formats and the display fields. */
function rules({ checks, formats, fields }) {
  const results = Object.entries(checks).map(([check, { codes }]) => [
    check,
    Object.fromEntries(Object.entries(codes).map(([code, { result }]) => [code, result])),
  ]);
  return {
    results: Object.fromEntries(results),
    formats: Object.keys(formats),
    fields: fields.map(({ field, as, paths }) => ({ field, as, paths })),
  };
}

/** What a page says: every sentence and label of checks, verdicts, formats and fields, and the messages that src/ names. */
function words({ checks, results, verdicts, formats, fields, messages }) {
  const sources = readdirSync(here('src'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const text = sources.map((name) => readFileSync(here(`src/${name}`), 'utf8')).join('\n');
  const named = new Set([...text.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, id]) => id));
  const prefixes = [...text.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, prefix]) => prefix);
  const wanted = ([id]) => id.startsWith('label.') || named.has(id) || prefixes.some((prefix) => id.startsWith(prefix));
  const said = Object.entries(checks).map(([check, { title, asks, codes }]) => [
    check,
    { title, asks, codes: Object.fromEntries(Object.entries(codes).map(([code, { says }]) => [code, says])) },
  ]);
  return {
    checks: Object.fromEntries(said),
    results,
    verdicts,
    formats,
    fields: Object.fromEntries(fields.map(({ field, label, must }) => [field, { label, must }])),
    messages: Object.fromEntries(Object.entries(messages).filter(wanted)),
  };
}

/** Each context is a chunk of its own, which a page loads when a credential names it. Named after its file, without dots. */
const chunk = (file) => `virtual:context/${file.replace(/\.json$/, '').replaceAll('.', '-')}`;

function table(contexts) {
  const rows = Object.entries(contexts).map(([url, { file }]) => `${JSON.stringify(url)}: () => import(${JSON.stringify(chunk(file))})`);
  return `export default {${rows.join(',')}}`;
}

/** Modules that exist only in the bundle; src/virtual.d.ts declares them. */
function virtualModules(contexts) {
  const vocabulary = JSON.parse(readFileSync(VOCABULARY, 'utf8'));
  const plain = (value) => `export default ${JSON.stringify(value)}`;
  const modules = {
    'virtual:contexts': () => table(contexts),
    'virtual:rules': () => plain(rules(vocabulary)),
    'virtual:words': () => plain(words(vocabulary)),
  };
  const documents = new Map(Object.values(contexts).map(({ file, document }) => [chunk(file), document]));
  const contents = (path) => modules[path]?.() ?? plain(documents.get(path));
  return {
    name: 'virtual-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path }) => ({
        contents: contents(path),
      }));
    },
  };
}

/** Parts of jsonld that nothing here calls: its network, and RDF canonicalisation (proofs/rdfc.ts is ours, for its order and its limit). */
const UNREACHABLE = /^rdf-canonize$|\/(platform|RequestQueue)(\.js)?$/;

/** Its caches are keyed by contexts: weak maps, which need no code and hold nothing that is not in use elsewhere. */
const WEAK_CACHE = 'module.exports = class extends WeakMap { constructor() { super(); } };';

const slimmer = {
  name: 'slimmer',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNREACHABLE }, ({ path }) => ({ path, namespace: 'unreachable' }));
    onLoad({ filter: /.*/, namespace: 'unreachable' }, () => ({ contents: 'module.exports = {};' }));
    onResolve({ filter: /^lru-cache$/ }, ({ path }) => ({ path, namespace: 'cache' }));
    onLoad({ filter: /.*/, namespace: 'cache' }, () => ({ contents: WEAK_CACHE }));
  },
};

/** What every bundle of src/ is made with. Writes the pinned contexts. */
export function settings() {
  return {
    absWorkingDir: here('.'),
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    plugins: [virtualModules(writeContexts()), slimmer],
  };
}
