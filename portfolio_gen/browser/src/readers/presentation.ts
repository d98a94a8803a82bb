/** Verifiable presentations as JSON (VC data model 1.1 and 2.0, 4.13): who presents, and what (0.4, 0.5). */
import models from 'virtual:models';

import { PLAIN, type Envelope } from '../credential';
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Issuer } from '../report';
import { factsOf } from './facts';
import { innerOf, PRESENTED } from './inside';
import { VC1_CONTEXT, VC2_CONTEXT } from './recognise';
import { checkForm, datesOf, isText, proofsOf } from './vc_json';

/** The opened presentation; throws ReadError `MALFORMED_CREDENTIAL` with every member at fault. */
export function read(document: JsonObject, format: string, limits: Limits): Envelope {
  checkForm(form(document), format);
  return {
    ...PLAIN,
    format,
    document,
    proofs: proofsOf(document['proof']),
    issuer: holderOf(document['holder']),
    facts: factsOf(document, limits.facts, '', models['presentation']),
    ...datesOf(document),
    status: document['credentialStatus'] ?? null,
    inner: innerOf(document, PRESENTED),
    purpose: 'authentication',
  };
}

function holderOf(holder: Json | undefined): Issuer | null {
  if (isAbsent(holder)) return null;
  const { id, name } = isObject(holder) ? holder : { id: holder, name: null };
  return { id: String(id), name: typeof name === 'string' ? name : null, lists: [] };
}

function form({ '@context': contexts, type, holder, verifiableCredential, proof }: JsonObject): Record<string, boolean> {
  const types = listed(type ?? null);
  const [first] = listed(contexts ?? null);
  const strings = types.every((item) => typeof item === 'string');
  return {
    '/@context': first === VC1_CONTEXT || first === VC2_CONTEXT,
    '/type': strings && types.includes('VerifiablePresentation') && !types.includes('VerifiableCredential'),
    '/holder': isAbsent(holder) || isText(isObject(holder) ? holder['id'] : holder),
    '/verifiableCredential':
      isAbsent(verifiableCredential) || listed(verifiableCredential).every((item) => isObject(item) || isText(item)),
    '/proof': isAbsent(proof) || listed(proof).every(isObject),
  };
}
