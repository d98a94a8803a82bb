// Prints how many bytes (brotli) the verifying core has: what decides the checks of a credential that needs no JSON-LD. Not counted
// are pages, the vocabulary, and the display model, which reads the vocabulary's table of fields. Run: node core_size.mjs
import { createHash } from 'node:crypto';
import { brotliCompressSync } from 'node:zlib';

import { build } from 'esbuild';

import { settings } from './bundle.mjs';
import { smaller } from './minify.mjs';

const FOR_PAGES = /^virtual:rules$|\/facts$/;

/** What loads later stands under names as in dist/: their length and their digests are a part of the core. */
const name = (path) => `./chunk-${createHash('sha256').update(path).digest('hex').slice(0, 8).toUpperCase()}.js`;
const apart = {
  name: 'apart-from-the-core',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === 'dynamic-import' || FOR_PAGES.test(path) ? { path: name(path), external: true } : undefined,
    );
  },
};

const { plugins, ...others } = settings();
const { outputFiles } = await build({ ...others, plugins: [apart, ...plugins], entryPoints: ['src/verifier.ts'], minify: true, write: false, outdir: 'dist' });
console.log(brotliCompressSync(await smaller(outputFiles[0].text)).length);
