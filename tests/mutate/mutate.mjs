// Mutants of the TypeScript verifier. Reads [{change: [file, text, replacement], first: id}, …] from stdin (change null: none),
// bundles src/ once for each with that text replaced, runs the vectors, `first` before the others, until one is red (as
// probe.py), and prints a line of JSON for each: {"red": id} or {"red": ""}, or {"error": …} where the text does not occur
// exactly once or the bundle does not build.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {Worker, isMainThread, parentPort, workerData} from 'node:worker_threads';

const browser = new URL('../../portfolio_gen/browser/', import.meta.url);
const vectors = new URL('../vectors/', import.meta.url);
const MILLISECONDS = 300_000;

function agrees(report, expect) {
  const same = (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
  const checks = Object.entries(expect.checks);
  const inner = report.inner.map(({pointer, format, verdict}) => ({pointer, format, verdict}));
  if(expect.lists && !same(report.issuer.lists.map(sorted), expect.lists.map(sorted))) return false;
  if(expect.inner && JSON.stringify(inner) !== JSON.stringify(expect.inner)) return false;
  return report.format === expect.format && report.verdict === expect.verdict &&
    checks.every(([name, wanted]) => Object.entries(wanted).every(([part, value]) => same(report.checks[name]?.[part], value)));
}

function answers({now, web}) {
  const usual = {status: 200, type: '', at: now, source: 'live'};
  return Object.fromEntries(
    Object.entries(web).map(([address, answer]) => [address, {...usual, ...answer, bytes: new Uint8Array(Buffer.from(answer.bytes, 'base64'))}]),
  );
}

function listsOf({lists = []}) {
  const padded = (encoded, {padTo = 0}) => {
    const bytes = Buffer.from(encoded, 'base64');
    return new Uint8Array(Buffer.concat([bytes, Buffer.alloc(Math.max(0, padTo - bytes.length), ' ')]));
  };
  return lists.map((list) => ({...list, bytes: padded(list.bytes, list)}));
}

function sorted(value) {
  return value && typeof value === 'object' && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value;
}

async function firstRed({bundle, first}) {
  const {verify} = await import(bundle);
  let crashed = '';
  const rows = JSON.parse(readFileSync(new URL('manifest.json', vectors), 'utf8'));
  for(const row of [...rows.filter(({id}) => id === first), ...rows.filter(({id}) => id !== first)]) {
    const file = readFileSync(new URL(row.file, vectors));
    const padding = Buffer.alloc(Math.max(0, (row.generate?.padTo ?? 0) - file.length), ' ');
    const report = await verify(new Uint8Array(Buffer.concat([file, padding])), {now: row.now, web: answers(row), lists: listsOf(row), ...(row.holders && {holders: row.holders})}).catch(() => null);
    if(report && !agrees(report, row.expect)) {
      return row.id;
    }
    crashed ||= report ? '' : `(crashed) ${row.id}`;
  }
  return crashed;
}

function replaced([file, text, replacement]) {
  const path = fileURLToPath(new URL(`src/${file}`, browser));
  const source = readFileSync(path, 'utf8');
  const parts = source.split(text);
  if(parts.length !== 2) {
    throw new Error(`${file} holds this ${parts.length - 1} times, once was expected: ${text}`);
  }
  return {path, contents: parts.join(replacement)};
}

async function bundled(change, outdir) {
  const {build} = createRequire(new URL('package.json', browser))('esbuild');
  const mutant = change && replaced(change);
  const substitute = {
    name: 'mutant',
    setup({onLoad}) {
      onLoad({filter: /\.ts$/}, ({path}) => path === mutant?.path ? {contents: mutant.contents, loader: 'ts'} : undefined);
    },
  };
  const settings = {...shared, plugins: [substitute, ...shared.plugins], logLevel: 'silent'};
  await build({...settings, entryPoints: {verifier: 'src/verifier.ts'}, outdir, outExtension: {'.js': '.mjs'}, splitting: true});
  return pathToFileURL(join(outdir, 'verifier.mjs')).href;
}

function inWorker(bundle, first) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {workerData: {bundle, first}});
    const end = found => resolve(worker.terminate().then(() => found));
    const timer = setTimeout(() => end('(did not end)'), MILLISECONDS);
    worker.once('message', found => (clearTimeout(timer), end(found)));
    worker.once('error', error => (clearTimeout(timer), reject(error)));
  });
}

async function answer({change, first}) {
  const outdir = mkdtempSync(join(tmpdir(), 'mutant-'));
  try {
    return {red: await inWorker(await bundled(change, outdir), first)};
  } catch(error) {
    return {error: String(error.message)};
  } finally {
    rmSync(outdir, {recursive: true});
  }
}

/** By noble, whose guards are in src/: a browser's own Ed25519 has them as well, and would hide that one is gone. */
function withoutOwnEd25519() {
  const {importKey} = crypto.subtle;
  crypto.subtle.importKey = (...asked) => asked[2] === 'Ed25519' ? Promise.reject(new Error('taken out')) : importKey.apply(crypto.subtle, asked);
}

let shared;
if(isMainThread) {
  shared = (await import(new URL('bundle.mjs', browser))).settings();
  for(const mutant of JSON.parse(readFileSync(0, 'utf8'))) {
    console.log(JSON.stringify(await answer(mutant)));
  }
} else {
  withoutOwnEd25519();
  parentPort.postMessage(await firstRed(workerData));
}
