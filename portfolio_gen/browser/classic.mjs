// The page's scripts for a disk (portfolio_gen/exports/archive.py): of the same sources, each one file that needs no other, since a
// browser lets pages there load classic scripts only, and no worker. Every chunk is in it.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';

import { build } from 'esbuild';

import { here, settings } from './bundle.mjs';

/** By the names that they have in a site's assets/verifier/. */
const ENTRIES = { page: 'src/dom.ts', unloaded: 'src/unloaded.ts' };
const FOLDER = 'dist/classic';

export async function writeClassic() {
  mkdirSync(here(FOLDER), { recursive: true });
  for (const name of readdirSync(here(FOLDER))) rmSync(here(`${FOLDER}/${name}`));
  await build({
    ...settings(),
    entryPoints: ENTRIES,
    outdir: FOLDER,
    format: 'iife',
    minify: true,
    // A classic script knows where it lies only while it is run first; parts of it start later.
    banner: { js: 'var portfolioScript=document.currentScript.src;' },
    define: { OFFLINE: 'true', 'import.meta.url': 'portfolioScript' },
  });
}
