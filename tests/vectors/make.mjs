// The independent signer. One job a line on stdin, one proof a line on stdout, until stdin ends:
//   {"jws": {"header", "payload" (base64url), "jwk" (private)}}, for a compact JWS,
//   {"jwsJson": …} likewise, its payload a text, for a flattened one over the text as it stands,
//   {"sdJwt": {"header", "payload", "frame", "hash", "jwk"}} for an SD-JWT with all its disclosures, or
//   {"document", "suite", "key", "proof": {created, …}, "method", "purpose", "unsafe", "sort"}
// `key` is the name of a test key (its seed is the SHA-256 of a sentence that says so), `method` a verification
// method other than the key's own. `unsafe` signs although terms are dropped; `sort: "codepoint"` sorts N-Quads as
// RDFC-1.0 says (rdf-canonize sorts UTF-16 units). make.py starts it. For suites with selective disclosure see selective.mjs:
// they answer with the whole document, of which a part may be left out.
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Encoder} from '@blockcerts/lds-merkle-proof-2019';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {createSignCryptosuite} from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {SDJwtInstance} from '@sd-jwt/core';
import {CompactSign, FlattenedSign, importJWK} from 'jose';
import {cryptosuite as rdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {makeSelective, SUITES} from './selective.mjs';
import jsonld from 'jsonld';

const contexts = new URL('../../portfolio_gen/contexts/', import.meta.url);
const table = JSON.parse(readFileSync(new URL('table.json', contexts), 'utf8'));

async function documentLoader(url) {
  const row = table[url];
  if(!row) {
    throw new Error(`No pinned context ${url}`);
  }
  return {documentUrl: url, contextUrl: null, document: JSON.parse(readFileSync(new URL(`data/${row.file}`, contexts), 'utf8'))};
}

function testSeed(name) {
  return createHash('sha256').update(`portfolio-gen test key, protects nothing: ${name}`).digest();
}

async function testKey(name, method) {
  const seed = testSeed(name);
  const key = await Ed25519Multikey.generate({seed});
  const id = `did:key:${key.publicKeyMultibase}`;
  return {id: method ?? `${id}#${key.publicKeyMultibase}`, algorithm: 'Ed25519', sign: options => key.signer().sign(options)};
}

function byCodePoint(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function rdfcSuite({unsafe, sort}) {
  return {
    ...rdfc,
    canonize: async (input, options) => {
      const quads = await rdfc.canonize(input, {...options, safe: !unsafe, maxWorkFactor: Infinity});
      return sort === 'codepoint' ? quads.split('\n').slice(0, -1).sort(byCodePoint).map(line => line + '\n').join('') : quads;
    },
  };
}

function newSuite(job, signer) {
  if(job.suite === 'Ed25519Signature2020') {
    return new Ed25519Signature2020({signer, canonizeOptions: {rdfDirection: 'i18n-datatype', safe: !job.unsafe}});
  }
  const cryptosuite = {'eddsa-rdfc-2022': () => rdfcSuite(job), 'eddsa-jcs-2022': createSignCryptosuite}[job.suite]();
  return new DataIntegrityProof({signer, cryptosuite});
}

async function compactJws({header, payload, jwk}) {
  return new CompactSign(Buffer.from(payload, 'base64url')).setProtectedHeader(header).sign(await importJWK(jwk, header.alg));
}

/** The JSON of a flattened JWS over an unencoded payload (RFC 7797). */
async function jsonJws({header, payload, jwk}) {
  const crit = Object.fromEntries(header.crit.map(name => [name, true]));
  const signing = new FlattenedSign(Buffer.from(payload)).setProtectedHeader(header);
  return JSON.stringify(await signing.sign(await importJWK(jwk, header.alg), {crit}));
}

/** Salts are digests of their number: the same each time. */
async function selective({header, payload, frame, hash, jwk}) {
  const digest = (text, name = 'sha256') => createHash(name).update(text).digest();
  const key = await importJWK(jwk, header.alg);
  let salts = 0;
  const issuer = new SDJwtInstance({
    signAlg: header.alg,
    hashAlg: hash,
    hasher: (data, name) => new Uint8Array(digest(data, name.replace('sha-', 'sha'))),
    saltGenerator: () => digest(`salt ${salts++}`).subarray(0, 16).toString('base64url'),
    signer: async data => {
      const [encoded, text] = data.split('.');
      const made = await new CompactSign(Buffer.from(text, 'base64url')).setProtectedHeader(JSON.parse(Buffer.from(encoded, 'base64url'))).sign(key);
      return made.split('.')[2];
    },
  });
  return issuer.issue(payload, frame, {header});
}

async function answer(job) {
  return job.suite in SUITES ? {document: await makeSelective(job, {documentLoader, testSeed})} : {proof: await sign(job)};
}

/** The SHA-256 of a document's canonical form, as cert-verifier-js computes it: what no context knows goes to a fallback. */
async function blockcertsHash(document) {
  const contexts = [...[document['@context']].flat(), {'@vocab': 'http://fallback.org/'}];
  const options = {algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader, safe: false};
  return createHash('sha256').update(await jsonld.canonize({...document, '@context': contexts}, options)).digest('hex');
}

async function sign(job) {
  if(job.sdJwt) {
    return selective(job.sdJwt);
  }
  if(job.blockcerts) {
    return blockcertsHash(job.blockcerts);
  }
  if(job.merkle) {
    return new Encoder(job.merkle).encode();
  }
  if(job.jwsJson) {
    return jsonJws(job.jwsJson);
  }
  if(job.jws) {
    return compactJws(job.jws);
  }
  const suite = newSuite(job, await testKey(job.key, job.method));
  suite.date = null;
  suite.proof = job.proof;
  const purpose = {update: async proof => ({...proof, proofPurpose: job.purpose ?? 'assertionMethod'})};
  return suite.createProof({document: job.document, purpose, proofSet: [], documentLoader});
}

for await (const line of createInterface({input: process.stdin})) {
  const made = await answer(JSON.parse(line)).catch(error => ({error: String(error.message) + ' ' + JSON.stringify(error.details ?? '')}));
  process.stdout.write(JSON.stringify(made) + '\n');
}
