// Bundles src/ for pages, workers and Node into dist/, and writes the pinned contexts. Run: node build.mjs
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

import { build } from 'esbuild';

import { here, settings } from './bundle.mjs';
import { writeClassic } from './classic.mjs';
import { merged } from './merge.mjs';
import { MADE_BY, smaller } from './minify.mjs';

/** Entry points by the name that they have in a site's assets/verifier/. */
const ENTRIES = { verifier: 'src/verifier.ts', worker: 'src/worker.ts', page: 'src/dom.ts', unloaded: 'src/unloaded.ts' };

mkdirSync(here('dist'), { recursive: true });
for (const name of readdirSync(here('dist'))) if (name.endsWith('.js')) rmSync(here(`dist/${name}`));

const { outputFiles } = await build({
  ...settings(),
  entryPoints: Object.fromEntries(Object.entries(ENTRIES).filter(([, source]) => existsSync(here(source)))),
  outdir: 'dist',
  splitting: true,
  minify: true,
  chunkNames: '[name]-[hash]',
  banner: { js: MADE_BY },
  write: false,
});

const built = new Map(await Promise.all(outputFiles.map(async ({ path, text }) => [basename(path), await smaller(text)])));
const entries = Object.keys(ENTRIES).map((name) => `${name}.js`);
const files = await merged(built, entries);
for (const [name, text] of files) writeFileSync(here(`dist/${name}`), text);
writeFileSync(here('dist/parts.js'), `${MADE_BY}\nexport default ${JSON.stringify(partsOf('worker.js', files))};\n`);
await writeClassic();

/** Every file that one of `files` may ever import, sooner or later: worker.ts loads them at once where the network may be gone. */
function partsOf(entry, files) {
  const found = new Set([entry]);
  for (const name of found) for (const [, part] of files.get(name).matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)) if (files.has(part)) found.add(part);
  return [...found].filter((name) => name !== entry).sort();
}
