// How src/ is bundled: the settings that dist/ and the tests share, and the modules that exist only in a bundle.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeContexts } from './contexts.mjs';
import { inLanguage, LANGUAGES, localeOf } from './languages.mjs';

export const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const VOCABULARY = here('../data/vocabulary.json');

/** Models of the formats that most files have; where the fields of the others stand is a chunk that loads with their readers. */
const COMMON_MODELS = /^(vc|clr2|endorsement)$/;
const pathsOf = (paths, common) => Object.fromEntries(Object.entries(paths).filter(([model]) => COMMON_MODELS.test(model) === common));

/** By model: field → where it stands. */
function models({ fields }) {
  const names = new Set(fields.flatMap(({ paths }) => Object.keys(pathsOf(paths, false))));
  const rows = (model) => fields.flatMap(({ field, paths }) => (paths[model] ? [[field, paths[model]]] : []));
  return Object.fromEntries([...names].map((model) => [model, Object.fromEntries(rows(model))]));
}

/** The members on the ways of these paths. */
const steps = (fields, common) => new Set(fields.flatMap(({ paths }) => Object.values(pathsOf(paths, common)).flat()).flatMap((path) => path.split('/').slice(1)));

/** By result: the codes that have it, in one text. */
function byResult(codes) {
  const of = (wanted) => Object.entries(codes).flatMap(([code, { result }]) => (result === wanted ? [code] : []));
  return Object.fromEntries([...new Set(Object.values(codes).map(({ result }) => result))].map((result) => [result, of(result).join(' ')]));
}

/** What the verifier needs of the vocabulary: the result of each code, the formats and the display fields. */
function rules({ checks, fields }) {
  return {
    results: Object.fromEntries(Object.entries(checks).map(([check, { codes }]) => [check, byResult(check === 'recipient' ? { NOT_ASKED: codes.NOT_ASKED } : codes)])),
    fields: fields.map(({ field, as, paths }) => ({ field, as, paths: pathsOf(paths, true) })),
    members: [...steps(fields, false).difference(steps(fields, true))],
  };
}

/** The result of each code of a check that few ask for: a part of its chunk. */
const recipient = ({ checks }) => Object.fromEntries(Object.entries(checks.recipient.codes).map(([code, { result }]) => [code, result]));

/** Whether a page needs the sentence of a code from the start: those of checks that pass, and of those that mostly do not arise. */
const fromTheStart = (check, { result }, code) =>
  check === 'recipient' ? code === 'NOT_ASKED' : result === 'pass' || (result === 'none' && check !== 'signature');

/** Sentences of "Check a file", of what few reports have, and of pages that say something else than the file. */
const LATER = /^madeout\.|^page\.stack\.|^live\.(whose|advert|filter|strengths|everything|portfolio|file|detail|concerns|lookup|copies|differences|differs|missing|misplaced|unsigned|signed|elsewhere|notsigned|list|stack|document)\b/;

/** Sentences of issuer lists come with what shows them: a site with lists needs no others. */
const OF_LISTS = /^live\.list\./;

/** So do those of the parts around a list of credentials, which a credential's own page has not. */
const OF_PORTFOLIO = /^live\.(filter|strengths|everything)\./;

/** So do those of what a visitor has compared with an advert. */
const OF_ADVERT = /^live\.advert\./;

/** So do those of stacks, with what a page says of one in a signed record: few pages have one. */
const OF_STACKS = /^live\.stack\.|^page\.stack\.(part|after|rule\.(one|all)|record|signed|takes|missing|from\.clr)$/;
const only = ({ messages }, ids) => Object.fromEntries(Object.entries(messages).filter(([id]) => ids.test(id)));

/** Whether few credentials have this field: it says so, or only formats have it that few files are of. */
const isSeldom = ({ seldom, paths }) => seldom || !Object.keys(pathsOf(paths, true)).length;
const labels = (fields) => Object.fromEntries(fields.map(({ field, label, must }) => [field, must ? { label, must } : { label }]));

/** The sentences of the other codes, by check, the names of formats in them, and fields that are seldom: a chunk that loads when a credential needs one. */
function sentences({ checks, formats, fields, messages }) {
  const others = Object.entries(checks).map(([check, { codes }]) => [
    check,
    Object.fromEntries(Object.entries(codes).flatMap(([code, row]) => (fromTheStart(check, row, code) ? [] : [[code, row.says]]))),
  ]);
  const later = Object.entries(messages).filter(([id]) => LATER.test(id) && !OF_LISTS.test(id) && !OF_PORTFOLIO.test(id) && !OF_ADVERT.test(id) && !OF_STACKS.test(id));
  return { codes: Object.fromEntries(others), formats, fields: labels(fields.filter(isSeldom)), messages: Object.fromEntries(later) };
}

/** What a page says: every sentence and label of checks, verdicts, formats and fields, and the messages that src/ names. */
function words({ checks, results, verdicts, fields, messages }) {
  const sources = readdirSync(here('src'), { recursive: true }).filter((name) => name.endsWith('.ts'));
  const text = sources.map((name) => readFileSync(here(`src/${name}`), 'utf8')).join('\n');
  const named = new Set([...text.matchAll(/['"`]([\w-]+(?:\.[\w-]+)+)['"`]/g)].map(([, id]) => id));
  const prefixes = [...text.matchAll(/`([\w.-]+\.)\$\{/g)].map(([, prefix]) => prefix);
  const wanted = ([id]) => !LATER.test(id) && (id.startsWith('label.') || named.has(id) || prefixes.some((prefix) => id.startsWith(prefix)));
  const said = Object.entries(checks).map(([check, { title, asks, codes }]) => [
    check,
    { title, asks, codes: Object.fromEntries(Object.entries(codes).flatMap(([code, row]) => (fromTheStart(check, row, code) ? [[code, row.says]] : []))) },
  ]);
  return {
    checks: Object.fromEntries(said),
    results,
    verdicts,
    fields: labels(fields.filter((row) => !isSeldom(row))),
    formats: {},
    messages: Object.fromEntries(Object.entries(messages).filter(wanted)),
  };
}

/** All that a page can say in another language, in one chunk; what is not translated is English. */
function wordsIn(language, english) {
  const { checks, results, verdicts, formats, fields, messages } = inLanguage(language, english);
  const said = Object.entries(checks).map(([check, { title, asks, codes }]) => [
    check,
    { title, asks, codes: Object.fromEntries(Object.entries(codes).map(([code, { says }]) => [code, says])) },
  ]);
  const { decimal, group, grouped_from } = localeOf(language);
  const named = new Set(Object.keys(words(english).messages));
  return {
    checks: Object.fromEntries(said),
    results,
    verdicts,
    formats,
    fields: labels(fields),
    messages: Object.fromEntries(Object.entries(messages).filter(([id]) => named.has(id) || OF_STACKS.test(id) || /^(live|madeout)\./.test(id))),
    locale: { decimal, group, grouped_from },
  };
}

const languages = () => `export default {${LANGUAGES.map((language) => `${language}: () => import('virtual:words/${language}')`).join(',')}}`;

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
    'virtual:recipient': () => plain(recipient(vocabulary)),
    'virtual:models': () => plain(models(vocabulary)),
    'virtual:words': () => plain(words(vocabulary)),
    'virtual:languages': languages,
    ...Object.fromEntries(LANGUAGES.map((language) => [`virtual:words/${language}`, () => plain(wordsIn(language, vocabulary))])),
    'virtual:sentences': () => plain(sentences(vocabulary)),
    'virtual:sentences/lists': () => plain(only(vocabulary, OF_LISTS)),
    'virtual:sentences/advert': () => plain(only(vocabulary, OF_ADVERT)),
    'virtual:sentences/portfolio': () => plain(only(vocabulary, OF_PORTFOLIO)),
    'virtual:sentences/stacks': () => plain(only(vocabulary, OF_STACKS)),
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

/** MD5 takes what it shares with SHA-2 along: else all pages would load that as a chunk of its own. */
const apart = {
  name: 'apart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@noble\/hashes\/legacy\.js$/ }, () => ({ path: here('node_modules/@noble/hashes/legacy.js'), namespace: 'apart' }));
    onResolve({ filter: /^\.\//, namespace: 'apart' }, ({ path, importer }) => ({ path: join(dirname(importer), path), namespace: 'apart' }));
    onLoad({ filter: /.*/, namespace: 'apart' }, ({ path }) => ({ contents: readFileSync(path, 'utf8') }));
  },
};

/** Base58 is only read here. */
const UNWRITTEN = /function encode \(source\) \{[\s\S]*?\n  \}\n(?=  function decodeUnsafe)|\bencode,/g;

/** Texts of errors that our own checks, which come before, leave no room for. */
const REFUSALS = /(?<=new (?:Type)?Error\()'[^']*'(?=\))/g;

const slimmer = {
  name: 'slimmer',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNREACHABLE }, ({ path }) => ({ path, namespace: 'unreachable' }));
    onLoad({ filter: /.*/, namespace: 'unreachable' }, () => ({ contents: 'module.exports = {};' }));
    onLoad({ filter: /\/jsonld\/lib\/\w+\.js$/ }, ({ path }) => ({
      contents: UNSEEN.reduce((source, texts) => source.replace(texts, "''"), readFileSync(path, 'utf8')).replace(UNCALLED, ''),
    }));
    onLoad({ filter: /\/(base-x|canonicalize)\/.*\.js$/ }, ({ path }) => ({ contents: readFileSync(path, 'utf8').replace(UNWRITTEN, '').replace(REFUSALS, '') }));
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
    // Whether pages lie on a disk, where nothing can be fetched: classic.mjs says that they do.
    define: { OFFLINE: 'false' },
    plugins: [virtualModules(writeContexts()), slimmer, apart],
  };
}
