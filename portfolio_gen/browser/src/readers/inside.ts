/** Credentials inside of credentials: where each stands, and its bytes (docs/verification.md, 0.5). */
import canonicalize from 'canonicalize';

import type { Inner } from '../credential';
import { isObject, strings, type JsonObject } from '../json';
import { utf8 } from '../text';
import { walk, type Place } from './facts';

export const PRESENTED = ['/verifiableCredential'];
export const RECORDED = ['/credentialSubject/verifiableCredential'];
/** Open Badges 3.0, B.1: a credential, an achievement and a profile may each bring endorsements. */
export const ENDORSING = ['', '/credentialSubject/achievement', '/issuer'].flatMap((place) => [
  `${place}/endorsement`,
  `${place}/endorsementJwt`,
]);

/** A token whose characters need no escape (VC data model 2.0, 4.13). */
const ENVELOPED = /^data:application\/[a-z]+(?:\+[a-z-]+)+,([A-Za-z0-9._~-]+)$/;

/** Every credential at these paths of `document`, which stands at the pointer `root`. */
export function innerOf(document: JsonObject, paths: readonly string[], root = ''): Inner[] {
  return paths.flatMap((path) => [...walk([root, document], path.split('/').slice(1))].flatMap(innerAt));
}

function innerAt([pointer, value]: Place): Inner[] {
  if (typeof value === 'string') return [{ pointer, data: utf8(value) }];
  return isObject(value) ? [{ pointer, data: utf8(tokenIn(value) ?? canonicalize(value) ?? '') }] : [];
}

/** The token in an EnvelopedVerifiableCredential; undefined for one that is spelt otherwise, and for others. */
function tokenIn({ id, type }: JsonObject): string | undefined {
  const enveloped = strings(type).includes('EnvelopedVerifiableCredential');
  return enveloped && typeof id === 'string' ? ENVELOPED.exec(id)?.[1] : undefined;
}
