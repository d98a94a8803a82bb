// The parts of the verifier that have vectors of their own, one JSON line in, one out: {"do", …} → {"is"} or {"error"}.
// Runs in Node; tests/browser/internals.mjs bundles it.
import contexts from 'virtual:contexts';
import models from 'virtual:models';
import recipient from 'virtual:recipient';
import rules from 'virtual:rules';
import sentences from 'virtual:sentences';
import words from 'virtual:words';
import load from 'virtual:languages';

import { ProofError, ReadError } from '../../portfolio_gen/browser/src/errors';
import * as keys from '../../portfolio_gen/browser/src/keys';
import { shown } from '../../portfolio_gen/browser/src/format';
import { speak } from '../../portfolio_gen/browser/src/languages';
import { LIMITS } from '../../portfolio_gen/browser/src/limits';
import { decode } from '../../portfolio_gen/browser/src/multibase';
import { check, checkForm, checkKind, hashData, isKnown, Unsecured } from '../../portfolio_gen/browser/src/proofs';
import { ALGORITHMS } from '../../portfolio_gen/browser/src/proofs/algorithms';
import { checkAlgorithm } from '../../portfolio_gen/browser/src/proofs/jws';
import { jcs } from '../../portfolio_gen/browser/src/proofs/data_integrity';
import { canonicalRdf } from '../../portfolio_gen/browser/src/proofs/data_integrity_rdfc';
import { noble, own, verifies } from '../../portfolio_gen/browser/src/proofs/ed25519';
import { canonicalize } from '../../portfolio_gen/browser/src/proofs/rdfc';
import { verifies as anyVerifies } from '../../portfolio_gen/browser/src/proofs/signatures';
import { read } from '../../portfolio_gen/browser/src/readers';
import { compact, proofOf } from '../../portfolio_gen/browser/src/readers/jose';
import { isCompact } from '../../portfolio_gen/browser/src/readers/recognise_bytes';
import { check as checkPortfolio, normal } from '../../portfolio_gen/browser/src/portfolio_proof';
import { structures } from '../../portfolio_gen/browser/src/records';
import { tally } from '../../portfolio_gen/browser/src/tally';
import { formsOf } from '../../portfolio_gen/browser/src/forms';
import { matchesIn, segmentsIn } from '../../portfolio_gen/browser/src/matching';
import { scalesOf } from '../../portfolio_gen/browser/src/scales';
import { JsonError, readJson } from '../../portfolio_gen/browser/src/strict_json';
import { judge } from '../../portfolio_gen/browser/src/report';
import { compare } from '../../portfolio_gen/browser/src/shown';
import { misplaced } from '../../portfolio_gen/browser/src/together';
import { instant } from '../../portfolio_gen/browser/src/timestamps';

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16));
const hex = (data: Uint8Array) => Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');

const does: Record<string, (task: any) => unknown> = {
  limits: () => LIMITS,
  rules: () => ({ ...rules, models, words, sentences, recipient }),
  language: async ({ language, facts }) => {
    await speak(language);
    const { verdicts, results, fields, checks, messages } = (await load[language]?.())?.default ?? words;
    return {
      shown: facts.map(shown),
      verdicts,
      results,
      fields: Object.fromEntries(Object.entries(fields).map(([field, { label }]) => [field, label])),
      codes: Object.fromEntries(Object.entries(checks).map(([name, { codes }]) => [name, codes])),
      messages,
    };
  },
  judge: ({ checks }) => judge(checks),
  compare: async ({ page, snapshot, report }) => {
    await speak(page);
    const { check, differences } = compare(snapshot, report);
    return [check.code, differences.map(({ code, pointer, here, signed }) => [code, pointer, here, signed])];
  },
  portfolio: ({ data, now, address, files }) => checkPortfolio(bytes(data), now, address, new Map(Object.entries(files))),
  address: ({ text }) => normal(text),
  matches: async ({ text, terms, plain, languages }) => {
    const own = Intl.Segmenter;
    const forms = await formsOf(languages);
    if (plain) delete (Intl as { Segmenter?: unknown }).Segmenter;
    const found = matchesIn(text, terms, { segments: segmentsIn(languages[0]), forms, usual: languages });
    Object.assign(Intl, { Segmenter: own });
    return found;
  },
  scales: ({ facts }) => scalesOf(facts),
  tally: ({ units, needs, good, once }) => tally(units, needs, new Set(good), once),
  structures: ({ facts }) => structures(facts),
  instant: ({ text }) => String(instant(text)),
  misplaced: ({ claims, facts }) => misplaced(claims, facts),
  json: ({ data }) => jcs(readJson(bytes(data), LIMITS)),
  key: async ({ method }) => {
    const key = await keys.resolve(method, new Map(), LIMITS);
    await checkKind({ suite: 'eddsa-jcs-2022', options: {}, pointer: '/proof' }, key);
    await keys.check(key);
    await keys.checkOnCurve(key);
    return hex(key.public);
  },
  ed25519: ({ key, message, signature, by }) => verifies(bytes(key), bytes(message), bytes(signature), by === 'noble' ? noble : own),
  signature: async ({ jwk, alg, message, signature }) => {
    const key = await keys.brought({ jwk }, LIMITS);
    await keys.check(key);
    const algorithm = ALGORITHMS[alg]!;
    checkAlgorithm(key, algorithm);
    return anyVerifies(key, bytes(message), bytes(signature), algorithm.hash, algorithm.pss);
  },
  token: async ({ jwk, text }) => {
    if (!isCompact(text, LIMITS)) return 'NOT_COMPACT';
    const token = compact(text, LIMITS);
    const proof = proofOf(token, '');
    if (!token.data || !isKnown(proof)) return 'SUITE_NOT_SUPPORTED';
    await checkForm(proof, 'assertionMethod');
    const key = await keys.brought({ jwk }, LIMITS);
    await checkKind(proof, key);
    await keys.check(key);
    await check(new Unsecured({}, LIMITS), proof, key);
    return 'OK';
  },
  jcs: ({ text }) => jcs(JSON.parse(text)),
  multibase: ({ text }) => hex(decode(text, LIMITS) ?? new Uint8Array()),
  pin: ({ more }) => {
    for (const [url, document] of Object.entries(more)) Object.assign(contexts, { [url]: async () => ({ default: document }) });
  },
  rdfc: ({ quads, limits }) => canonicalize(quads, { ...LIMITS, ...limits }),
  rdf: ({ document }) => canonicalRdf(document, LIMITS),
  proof: async ({ document }) => {
    const { proofs } = await read(new TextEncoder().encode(JSON.stringify(document)), LIMITS);
    for (const proof of proofs) {
      const key = await keys.resolve(String(proof.options['verificationMethod']), new Map(), LIMITS);
      await keys.check(key);
      await checkForm(proof, 'assertionMethod');
      await checkKind(proof, key);
      await check(new Unsecured(document, LIMITS), proof, key);
    }
  },
  hashData: async ({ document, proof }) => hex(await hashData(document, proof, LIMITS)),
};

export async function answerTo(line: string): Promise<string> {
  const task = JSON.parse(line);
  try {
    return JSON.stringify({ is: await does[task.do]!(task) });
  } catch (error) {
    if (!(error instanceof ProofError || error instanceof ReadError || error instanceof JsonError)) throw error;
    return JSON.stringify({ error: error.code, detail: 'detail' in error ? error.detail : {} });
  }
}
