/** Credentials of the W3C data model, 1.1 and 2.0, as JSON: the form that every one must have (0.4). */
import type { Envelope, Proof } from '../credential';
import { ReadError } from '../errors';
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { factsOf } from './facts';
import { VC1_CONTEXT, VC2_CONTEXT } from './recognise';

/** The opened credential; throws ReadError `MALFORMED_CREDENTIAL` with every member at fault. */
export function read(document: JsonObject, format: string, limits: Limits): Envelope {
  const members = Object.entries(form(document, format)).flatMap(([pointer, fine]) => (fine ? [] : [pointer]));
  if (members.length) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: members.sort() });
  const facts = factsOf(document, limits.facts);
  const issuer = document['issuer'];
  const id = isObject(issuer) ? issuer['id'] : issuer;
  const name = facts.find(({ field }) => field === 'issuerName')?.value;
  return {
    format,
    document,
    proofs: proofsOf(document['proof']),
    issuer: { id: String(id), name: name === undefined ? null : String(name), lists: [] },
    facts,
  };
}

function form(document: JsonObject, format: string): Record<string, boolean> {
  const { '@context': contexts, type, issuer, credentialSubject, proof } = document;
  const types = listed(type ?? null);
  const [first] = listed(contexts ?? null);
  return {
    '/@context': first === (format === 'vc2-json' ? VC2_CONTEXT : VC1_CONTEXT),
    '/type': types.every((item) => typeof item === 'string') && types.includes('VerifiableCredential'),
    '/issuer': isText(isObject(issuer) ? issuer['id'] : issuer),
    '/credentialSubject': areSubjects(listed(credentialSubject ?? null)),
    '/proof': isAbsent(proof) || listed(proof).every(isObject),
  };
}

function areSubjects(items: Json[]): boolean {
  return items.length > 0 && items.every((item) => isObject(item) || isText(item));
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function proofsOf(proof: Json | undefined): Proof[] {
  if (isObject(proof)) return [{ suite: suiteOf(proof), options: proof, pointer: '/proof' }];
  const items = Array.isArray(proof) ? proof.filter(isObject) : [];
  return items.map((options, index) => ({ suite: suiteOf(options), options, pointer: `/proof/${index}` }));
}

/** The proof's suite: `type`, or `cryptosuite` of a DataIntegrityProof; `?` where that is no string. */
function suiteOf({ type, cryptosuite }: JsonObject): string {
  const suite = type === 'DataIntegrityProof' ? cryptosuite : type;
  return typeof suite === 'string' ? suite : '?';
}
