// How src/ is bundled: the settings that dist/ and the tests share, and the modules that exist only in a bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { writeContexts } from './contexts.mjs';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const VOCABULARY = here('../data/vocabulary.json');

/** What the verifier needs of the vocabulary: the result of each code, the formats and the display fields. */
function rules({ checks, fields }) {
  const results = Object.entries(checks).map(([check, { codes }]) => [
    check,
    Object.fromEntries(Object.entries(codes).map(([code, { result }]) => [code, result])),
  ]);
  return {
    results: Object.fromEntries(results),
    fields: fields.map(({ field, as, paths }) => ({ field, as, paths })),
  };
}

/** Whether a page needs the sentence of a code from the start: those of checks that pass, and those that it makes itself. */
const fromTheStart = (check, { result }) => check === 'shown' || result === 'pass' || result === 'none';

/** The sentences of the other codes, by check, and the names of formats in them: a chunk that loads when a credential needs one. */
function sentences({ checks, formats }) {
  const others = Object.entries(checks).map(([check, { codes }]) => [
    check,
    Object.fromEntries(Object.entries(codes).flatMap(([code, row]) => (fromTheStart(check, row) ? [] : [[code, row.says]]))),
  ]);
  return { codes: Object.fromEntries(others), formats };
}

/** What a page says: every sentence and label of checks, verdicts, formats and fields, and the messages that src/ names. */
function words({ checks, results, verdicts, fields, messages }) {
  const sources = readdirSync(here('src'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const text = sources.map((name) => readFileSync(here(`src/${name}`), 'utf8')).join('\n');
  const named = new Set([...text.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, id]) => id));
  const prefixes = [...text.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, prefix]) => prefix);
  const wanted = ([id]) => id.startsWith('label.') || named.has(id) || prefixes.some((prefix) => id.startsWith(prefix));
  const said = Object.entries(checks).map(([check, { title, asks, codes }]) => [
    check,
    { title, asks, codes: Object.fromEntries(Object.entries(codes).flatMap(([code, row]) => (fromTheStart(check, row) ? [[code, row.says]] : []))) },
  ]);
  return {
    checks: Object.fromEntries(said),
    results,
    verdicts,
    fields: Object.fromEntries(fields.map(({ field, label, must }) => [field, { label, must }])),
    messages: Object.fromEntries(Object.entries(messages).filter(wanted)),
  };
}

/** Each context is a chunk of its own, which a page loads when a credential names it. Named after its file, without dots. */
const chunk = (file) => `virtual:context/${file.replace(/\.json$/, '').replaceAll('.', '-')}`;

/** The contexts of Open Badges 3.0 and of what signs them; all others have their addresses in a chunk that few pages load. */
const COMMON = /credentials\/(v1|v2)$|ob\/v3p0|data-integrity|ed25519-2020/;

function table(contexts, common) {
  const wanted = Object.entries(contexts).filter(([url]) => COMMON.test(url) === common);
  const rows = wanted.map(([url, { file }]) => `${JSON.stringify(url)}: () => import(${JSON.stringify(chunk(file))})`);
  return `export default {${rows.join(',')}}`;
}

/** What stood at an address before, where credentials were signed over it, the newest first: a chunk that few files need. */
function older(contexts) {
  const row = ({ file, sha256 }) => `{sha256: ${JSON.stringify(sha256)}, load: () => import(${JSON.stringify(chunk(file))})}`;
  const rows = Object.entries(contexts).filter(([, context]) => context.older.length);
  return `export default {${rows.map(([url, context]) => `${JSON.stringify(url)}: [${context.older.map(row)}]`).join(',')}}`;
}

/** Modules that exist only in the bundle; src/virtual.d.ts declares them. */
function virtualModules(contexts) {
  const vocabulary = JSON.parse(readFileSync(VOCABULARY, 'utf8'));
  const plain = (value) => `export default ${JSON.stringify(value)}`;
  const modules = {
    'virtual:contexts': () => table(contexts, true),
    'virtual:contexts/rarer': () => table(contexts, false),
    'virtual:contexts/older': () => older(contexts),
    'virtual:rules': () => plain(rules(vocabulary)),
    'virtual:words': () => plain(words(vocabulary)),
    'virtual:sentences': () => plain(sentences(vocabulary)),
  };
  const all = Object.values(contexts).flatMap((context) => [context, ...context.older]);
  const documents = new Map(all.map(({ file, document }) => [chunk(file), document]));
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

/** Texts of its errors and warnings, which nobody sees: what it refuses is refused in our words. */
const UNSEEN = [/(?<=new JsonLdError\(\s*)(?:'[^']*'(?:\s*\+\s*'[^']*')*|`[^`]*`)/g, /(?<=message: *\n? *)(?:'[^']*'|`[^`]*`)/g];

/** Functions of it that only compaction, its network or its logs call. */
const UNCALLED = /^api\.(removeBase|parseLinkHeader|relabelBlankNodes|\w*(log|unhandled|strict)\w*EventHandler|logWarningHandler) = [\s\S]*?^\};?$/gim;

const slimmer = {
  name: 'slimmer',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNREACHABLE }, ({ path }) => ({ path, namespace: 'unreachable' }));
    onLoad({ filter: /.*/, namespace: 'unreachable' }, () => ({ contents: 'module.exports = {};' }));
    onLoad({ filter: /\/jsonld\/lib\/\w+\.js$/ }, ({ path }) => ({
      contents: UNSEEN.reduce((source, texts) => source.replace(texts, "''"), readFileSync(path, 'utf8')).replace(UNCALLED, ''),
    }));
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
