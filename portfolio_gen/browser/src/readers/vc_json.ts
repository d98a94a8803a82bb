/** Credentials of the W3C data model, 1.1 and 2.0, as JSON: the form that every one must have (0.4). */
import { PLAIN, type Dated, type Envelope, type Proof } from '../credential';
import { ReadError } from '../errors';
import { isAbsent, isObject, listed, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Fact, Issuer } from '../report';
import { factsOf, type Model } from './facts';
import { VC1_CONTEXT, VC2_CONTEXT } from './recognise';

/** The opened credential; throws ReadError `MALFORMED_CREDENTIAL` with every member at fault. */
export function read(document: JsonObject, format: string, limits: Limits, model?: Model): Envelope {
  checkForm(form(document, format), format);
  const facts = factsOf(document, limits.facts, '', model);
  return {
    ...PLAIN,
    format,
    document,
    proofs: proofsOf(document['proof']),
    issuer: issuerOf(document['issuer'], facts),
    facts,
    ...datesOf(document),
    status: document['credentialStatus'] ?? null,
  };
}

/** Throw ReadError `MALFORMED_CREDENTIAL` with every member whose form is not fine. */
export function checkForm(form: Readonly<Record<string, boolean>>, format: string): void {
  const members = Object.entries(form).flatMap(([pointer, fine]) => (fine ? [] : [pointer]));
  if (members.length) throw new ReadError('MALFORMED_CREDENTIAL', format, { members: members.sort() });
}

/** The issuer that a string or an object with `id` names, with the name that the facts give it. */
export function issuerOf(issuer: Json | undefined, facts: readonly Fact[]): Issuer {
  const name = facts.find(({ field }) => field === 'issuerName')?.value;
  return { id: String(idOf(issuer)), name: name === undefined ? null : String(name), lists: [] };
}

/** What a credential at the pointer `root` says of its start and of its end (step 3): both data models' names count. */
export function datesOf(credential: JsonObject, root = ''): { starts: Dated[]; ends: Dated[] } {
  const dated = (names: string[]): Dated[] =>
    names.flatMap((name) => (isAbsent(credential[name]) ? [] : [[`${root}/${name}`, credential[name]!] as const]));
  return { starts: dated(['validFrom', 'issuanceDate']), ends: dated(['validUntil', 'expirationDate']) };
}

/** Whether each member that a credential must have is there, and in the right form, by its pointer (0.4). */
export function form(document: JsonObject, format: string): Record<string, boolean> {
  const { '@context': contexts, type, issuer, credentialSubject, proof } = document;
  const types = listed(type ?? null);
  const [first] = listed(contexts ?? null);
  return {
    '/@context': (first === VC2_CONTEXT && format !== 'vc1-json') || (first === VC1_CONTEXT && format !== 'vc2-json'),
    '/type': types.every((item) => typeof item === 'string') && types.includes('VerifiableCredential'),
    '/issuer': isText(idOf(issuer)),
    '/credentialSubject': areSubjects(listed(credentialSubject ?? null)),
    '/proof': isAbsent(proof) || listed(proof).every(isObject),
  };
}

function areSubjects(items: Json[]): boolean {
  return items.length > 0 && items.every((item) => isObject(item) || isText(item));
}

/** The identifier of an object, and anything else as it is: issuers and subjects are named in both ways. */
export function idOf(value: Json | undefined): Json | undefined {
  return isObject(value) ? value['id'] : value;
}

/** Whether a value is a string that is not empty. */
export function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

/** The Data Integrity proofs in a member `proof`, whose form is right, in their order. */
export function proofsOf(proof: Json | undefined): Proof[] {
  if (isObject(proof)) return [{ suite: suiteOf(proof), options: proof, pointer: '/proof' }];
  const items = Array.isArray(proof) ? proof.filter(isObject) : [];
  return items.map((options, index) => ({ suite: suiteOf(options), options, pointer: `/proof/${index}` }));
}

/** The proof's suite: `type`, or `cryptosuite` of a DataIntegrityProof; `?` where that is no string. */
function suiteOf({ type, cryptosuite }: JsonObject): string {
  const suite = type === 'DataIntegrityProof' ? cryptosuite : type;
  return typeof suite === 'string' ? suite : '?';
}
