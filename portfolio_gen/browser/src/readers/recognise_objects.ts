/** What a JSON object is, by content and never by name (docs/verification.md, 0.3). */
import { isAbsent, isObject, listed, strings, type JsonObject } from '../json';
import { VC1_CONTEXT, VC2_CONTEXT } from './recognise';

/** The format of a JSON object: the first row of docs/verification.md 0.3 that matches, else `unknown`. */
export function formatOfObject(document: JsonObject): string {
  const contexts = strings(document['@context']);
  const types = typesOf(document);
  if (types.includes('VerifiablePresentation')) return 'presentation';
  const found = blockcerts(document, contexts) ?? byType(document, types) ?? badge(document, contexts, types);
  if (found) return found;
  if (contexts.includes(VC2_CONTEXT)) return 'vc2-json';
  return contexts.includes(VC1_CONTEXT) ? 'vc1-json' : 'unknown';
}

/** The types of a JSON object: `type`, or `@type` where that is absent. */
export function typesOf(document: JsonObject): string[] {
  return strings(isAbsent(document['type']) ? document['@type'] : document['type']);
}

function has(document: JsonObject, ...names: string[]): boolean {
  return names.every((name) => !isAbsent(document[name]));
}

function blockcerts(document: JsonObject, contexts: string[]): string | null {
  const proofs = ['proof', 'signature'].flatMap((name) => listed(document[name] ?? null)).filter(isObject);
  const anchored = proofs.some(
    (proof) =>
      proof['cryptosuite'] === 'merkle-proof-2019' ||
      strings(proof['type']).some((type) => type.startsWith('MerkleProof')),
  );
  if (anchored || contexts.some((context) => context.includes('blockcerts'))) {
    return contexts.includes(VC1_CONTEXT) || contexts.includes(VC2_CONTEXT) ? 'blockcerts-v3' : 'blockcerts-v2';
  }
  const v1 = has(document, 'document', 'signature') || has(document, 'certificate', 'recipient');
  return v1 && !has(document, '@context') ? 'blockcerts-v1' : null;
}

const FORMATS_BY_TYPE = [
  ['ClrCredential', 'clr2-json'],
  ['EnvelopedVerifiableCredential', 'vc-jwt'],
  ['EnvelopedVerifiablePresentation', 'vp-jwt'],
] as const;

function byType(document: JsonObject, types: string[]): string | null {
  const signed = has(document, 'signatures') || has(document, 'signature');
  if (typeof document['payload'] === 'string' && signed) return 'jws-json';
  return FORMATS_BY_TYPE.find(([type]) => types.includes(type))?.[1] ?? null;
}

function badge(document: JsonObject, contexts: string[], types: string[]): string | null {
  const v2 = contexts.some(
    (context) =>
      context.startsWith('https://w3id.org/openbadges/v2') || context === 'https://openbadgespec.org/v2/context.json',
  );
  if (v2 && types.includes('Assertion')) return 'ob2-hosted';
  if (!types.includes('Assertion') && !has(document, 'recipient', 'badge')) return null;
  const v1 = !has(document, '@context') || contexts.some((context) => context.includes('openbadges/v1'));
  return v1 ? 'ob1' : 'ob2-hosted';
}

