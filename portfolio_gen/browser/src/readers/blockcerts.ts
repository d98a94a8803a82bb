/**
 * Blockcerts: Open Badges 2.0 (v2) or verifiable credentials (v3) whose hash stands in a block chain (0.4).
 * `displayHtml` and `display` are pages of the issuer's making: they are no facts, and nothing here runs or shows them.
 */
import models from 'virtual:models';

import { PLAIN, type Dated, type Envelope, type Proof } from '../credential';
import { isAbsent, isObject, listed, strings, without, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { factsOf } from './facts';
import * as nested from './nested';
import { checkForm, idOf, isText, issuerOf, proofsOf } from './vc_json';

/** An issuer of Blockcerts may withdraw any of them in the list that its profile names. */
const LISTED = { type: 'RevocationList' };

/** The opened certificate; throws ReadError `MALFORMED_CREDENTIAL` with every member at fault. */
export function read(document: JsonObject, format: string, limits: Limits): Envelope | Promise<Envelope> {
  return (format === 'blockcerts-v3' ? readV3 : readV2)(document, format, limits);
}

/** The form of v3 is that of any credential of the W3C data model. */
async function readV3(document: JsonObject, format: string, limits: Limits): Promise<Envelope> {
  const envelope = nested.read(document, format, limits);
  if (!envelope.proofs.some(({ suite }) => suite.toLowerCase().startsWith('merkle'))) return envelope;
  return { ...envelope, status: [...(envelope.status === null ? [] : listed(envelope.status)), LISTED] };
}

function readV2(document: JsonObject, format: string, limits: Limits): Envelope {
  const { badge, signature, proof } = document;
  checkForm(form(document), format);
  const facts = factsOf(document, limits.facts, '', models['ob2']);
  return {
    ...PLAIN,
    format,
    document: without(document, 'signature'),
    proofs: [...signaturesIn(signature), ...proofsOf(proof)],
    issuer: issuerOf(isObject(badge) ? badge['issuer'] : undefined, facts),
    facts,
    starts: dated(document, 'issuedOn'),
    ends: dated(document, 'expires'),
    status: [LISTED],
  };
}

function form({ '@context': contexts, type, badge, signature, proof }: JsonObject): Record<string, boolean> {
  const areObjects = (value: Json | undefined): boolean => isAbsent(value) || listed(value).every(isObject);
  return {
    '/@context': strings(contexts).length > 0,
    '/type': strings(type).includes('Assertion'),
    '/badge': isObject(badge),
    '/badge/issuer': !isObject(badge) || isText(idOf(badge['issuer'])),
    '/signature': areObjects(signature),
    '/proof': areObjects(proof),
  };
}

function signaturesIn(signature: Json | undefined): Proof[] {
  const items = isAbsent(signature) ? [] : listed(signature).filter(isObject);
  return items.map((options, index) => ({
    suite: suiteOf(options),
    options,
    pointer: Array.isArray(signature) ? `/signature/${index}` : '/signature',
  }));
}

function suiteOf({ type }: JsonObject): string {
  const types = strings(type);
  return types.includes('MerkleProof2017') ? 'MerkleProof2017' : (types[0] ?? '?');
}

/** A date; ISO 8601 lets a zone go without its colon, and issuers did. */
function dated(document: JsonObject, name: string): Dated[] {
  const value = document[name];
  if (isAbsent(value)) return [];
  return [[`/${name}`, typeof value === 'string' ? value.replace(/([+-][0-9]{2})([0-9]{2})$/, '$1:$2') : value]];
}
