// Canonical N-Quads by jsonld.js and rdf-canonize as they are published, for comparison. One JSON document a line in; one answer a line out.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const browser = new URL('../../portfolio_gen/browser/', import.meta.url);
const { writeContexts } = await import(new URL('contexts.mjs', browser));
const jsonld = createRequire(new URL('bundle.mjs', browser))('jsonld');

const contexts = Object.fromEntries(Object.entries(writeContexts()).map(([url, { document }]) => [url, document]));
const documentLoader = async (url) => ({ document: contexts[url], documentUrl: url, tag: 'static' });
const canonizeOptions = { algorithm: 'RDFC-1.0', maxWorkFactor: 3 };
const options = { canonizeOptions, safe: true, base: null, rdfDirection: 'i18n-datatype', documentLoader };

for await (const line of createInterface({ input: process.stdin })) {
  const is = await jsonld.canonize(JSON.parse(line), options).catch(({ message }) => message);
  console.log(JSON.stringify({ is }));
}
