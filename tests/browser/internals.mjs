// Bundles internals.ts in memory and answers standard input with it, line by line.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const browser = new URL('../../portfolio_gen/browser/', import.meta.url);
const { settings } = await import(new URL('bundle.mjs', browser));
const { build } = createRequire(new URL('bundle.mjs', browser))('esbuild');

const entry = fileURLToPath(new URL('internals.ts', import.meta.url));
const { outputFiles } = await build({ ...settings(), entryPoints: [entry], write: false });
const { answerTo } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

for await (const line of createInterface({ input: process.stdin })) console.log(await answerTo(line));
