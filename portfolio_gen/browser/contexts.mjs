// The pinned JSON-LD contexts: from npm packages to portfolio_gen/contexts/data, held to table.json.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import canonicalize from 'canonicalize';

const FOLDER = new URL('../contexts/', import.meta.url);
const require = createRequire(import.meta.url);

/**
 * Read one context from where it comes from: "package@version: path", or "written: file, why" for one that no package carries and that
 * contexts/written holds. Throws when the version is another.
 */
function fromOrigin(origin) {
  const written = /^written: ([^,]+),/.exec(origin);
  if (written) return JSON.parse(readFileSync(new URL(`written/${written[1]}`, FOLDER), 'utf8'));
  const [, name, version, path] = /^(.+)@([^@:]+): (.+)$/.exec(origin);
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const installed = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')).version;
  if (installed !== version) throw new Error(`contexts/table.json names ${name}@${version}, but ${installed} is installed`);
  const file = fileURLToPath(new URL(path, folder));
  return path.endsWith('.js') ? require(file) : JSON.parse(readFileSync(file, 'utf8'));
}

/**
 * Write every context of table.json, in its RFC 8785 form, to contexts/data and return URL → {file, document, sha256, older}.
 * Throws, naming every context at fault, when a SHA-256 differs from the table.
 */
export function writeContexts() {
  const table = JSON.parse(readFileSync(new URL('table.json', FOLDER), 'utf8'));
  const wrong = [];
  const written = (url, { file, sha256, origin, older = [] }) => {
    const text = canonicalize(fromOrigin(origin));
    const found = createHash('sha256').update(text).digest('hex');
    if (found !== sha256) wrong.push(`${url}: SHA-256 ${found} in ${origin}, ${sha256} in contexts/table.json`);
    writeIfChanged(new URL(`data/${file}`, FOLDER), text);
    return { file, document: JSON.parse(text), sha256, older: older.map((row) => written(url, row)) };
  };
  const documents = Object.fromEntries(Object.entries(table).map(([url, row]) => [url, written(url, row)]));
  if (wrong.length) throw new Error(`A context is not the one that is pinned:\n${wrong.join('\n')}`);
  return documents;
}

function writeIfChanged(file, text) {
  mkdirSync(new URL('.', file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
