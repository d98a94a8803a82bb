// Joins chunks that are always loaded together. esbuild cuts one for each set of entry points that share code, and counts every
// import() as an entry point: each part that loads later would cut the core into more and smaller files.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import { build } from 'esbuild';

import { smaller } from './minify.mjs';

const STATIC = /import(?:\{([^}]*)\}from)?"\.\/([^"]+)";?/g;

/** The files that these entries load at once, and the entries that load each. */
function loadedBy(entries, imports) {
  const by = new Map();
  const visit = (file, entry) => {
    if (by.get(file)?.has(entry)) return;
    by.set(file, (by.get(file) ?? new Set()).add(entry));
    for (const next of imports.get(file)) visit(next, entry);
  };
  for (const entry of entries) visit(entry, entry);
  return by;
}

/** Name → text of the built files, with the chunks joined that the same `entries` load at once. */
export async function merged(files, entries) {
  const imports = new Map([...files].map(([name, text]) => [name, [...text.matchAll(STATIC)].map(([, , file]) => file)]));
  const groups = new Map();
  for (const [file, by] of loadedBy(entries, imports)) {
    if (entries.includes(file)) continue;
    const key = [...by].sort().join();
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const places = new Map();
  const joined = new Map();
  for (const members of [...groups.values()].filter(({ length }) => length > 1)) {
    const text = await join(members.sort(), files);
    const name = `core-${digest(text)}.js`;
    joined.set(name, text);
    members.forEach((member, index) => places.set(member, { name, index }));
  }
  const kept = [...files].filter(([name]) => !places.has(name));
  const all = new Map([...kept, ...joined].map(([name, text]) => [name, redirected(text, places)]));
  return renamed(all, entries, [...joined.keys()]);
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase();
}

/** The files with new names for those that import a joined one: a name in a browser's cache never stands for another text. */
function renamed(files, entries, joined) {
  const importing = [...files].filter(([name, text]) => !entries.includes(name) && !joined.includes(name) && text.includes('"./core-'));
  const names = new Map(importing.map(([name]) => [name, name.replace(/[A-Z0-9]{8}\.js$/, `${digest(name + joined.join())}.js`)]));
  const text = (old) => old.replace(/"\.\/([^"]+)"/g, (whole, name) => (names.has(name) ? `"./${names.get(name)}"` : whole));
  return new Map([...files].map(([name, old]) => [names.get(name) ?? name, text(old)]));
}

/** One module that exports what each of `members` does, with the member's index behind each name. */
async function join(members, files) {
  const exported = (text) => [...(/export\{([^}]*)\};?\s*$/.exec(text)?.[1] ?? '').matchAll(/(?:^|,)(?:[\w$]+ as )?([\w$]+)/g)];
  const lines = members.map((member, index) => {
    const names = exported(files.get(member)).map(([, name]) => `${name} as ${name}${index}`);
    return `export {${names.join(',')}} from './${member}';`;
  });
  const chunks = {
    name: 'chunks',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path, kind }) =>
        members.includes(basename(path)) && kind !== 'dynamic-import' ? { path: basename(path), namespace: 'chunk' } : { path, external: true },
      );
      onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({ contents: files.get(path) }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n') },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    plugins: [chunks],
  });
  return smaller(outputFiles[0].text);
}

/** The text with imports from joined chunks turned to where these are now, one import for each file. */
function redirected(text, places) {
  const wanted = new Map();
  const rest = text.replace(STATIC, (whole, names, file) => {
    const place = places.get(file);
    if (!place) return whole;
    const bindings = (names ? names.split(',') : []).map((name) => {
      const [exported, local = exported] = name.split(' as ');
      return `${exported}${place.index} as ${local}`;
    });
    wanted.set(place.name, [...(wanted.get(place.name) ?? []), ...bindings]);
    return '';
  });
  const lines = [...wanted].map(([name, names]) => (names.length ? `import{${names.join()}}from"./${name}";` : `import"./${name}";`));
  return lines.join('') + rest;
}
