// Bundles src/ for pages, workers and Node into dist/, and writes the pinned contexts. Run: node build.mjs
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { writeContexts } from './contexts.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const VOCABULARY = here('../data/vocabulary.json');

/** Entry points by the name that they have in a site's assets/verifier/. */
const ENTRIES = { verifier: 'src/verifier.ts', worker: 'src/worker.ts', page: 'src/dom.ts' };

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
  const wanted = ([id]) => named.has(id) || prefixes.some((prefix) => id.startsWith(prefix));
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

/** Modules that exist only in the bundle; src/virtual.d.ts declares them. */
function virtualModules(contexts) {
  const vocabulary = JSON.parse(readFileSync(VOCABULARY, 'utf8'));
  const modules = {
    'virtual:contexts': () => contexts,
    'virtual:rules': () => rules(vocabulary),
    'virtual:words': () => words(vocabulary),
  };
  return {
    name: 'virtual-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'virtual' }));
      onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path }) => ({
        contents: `export default ${JSON.stringify(modules[path]())}`,
      }));
    },
  };
}

/** Parts of jsonld and rdf-canonize that reach for a network or for WebCrypto; nothing here calls them. */
const unreachable = {
  name: 'unreachable',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/(MessageDigest|platform|RequestQueue)(\.js)?$/ }, ({ path }) => ({ path, namespace: 'unreachable' }));
    onLoad({ filter: /.*/, namespace: 'unreachable' }, () => ({ contents: 'module.exports = {};' }));
  },
};

mkdirSync(here('dist'), { recursive: true });
for (const name of readdirSync(here('dist'))) if (name.endsWith('.js')) rmSync(here(`dist/${name}`));

await build({
  absWorkingDir: here('.'),
  entryPoints: Object.fromEntries(Object.entries(ENTRIES).filter(([, source]) => existsSync(here(source)))),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: ['es2022', 'chrome111', 'firefox114', 'safari16.4'],
  minify: true,
  legalComments: 'none',
  chunkNames: '[name]-[hash]',
  charset: 'utf8',
  logLevel: 'warning',
  plugins: [virtualModules(writeContexts()), unreachable],
});
