/** Status List Tokens (Token Status List, 5.1): lists of bits that are JWTs of their own kind, and no credentials. A chunk. */
import { PLAIN, type Envelope } from '../credential';
import { ReadError } from '../errors';
import { without } from '../json';
import type { Limits } from '../limits';
import * as jose from './jose';
import * as jwt from './jwt';
import { characters, isCompact, trimmed } from './recognise_bytes';

const FORMAT = 'statuslist+jwt';
const TYPE = /^(application\/)?statuslist\+jwt$/i;

/** The opened token, by whom it names in `iss`, or by `issuer` where it names nobody; throws ReadError. */
export function read(data: Uint8Array, issuer: string, limits: Limits): Envelope {
  const text = trimmed(characters(data));
  if (!isCompact(text, limits)) throw new ReadError('NOT_A_CREDENTIAL', 'unknown');
  const token = jose.compact(text, limits);
  const { typ } = token.header;
  if (typeof typ !== 'string' || !TYPE.test(typ)) throw new ReadError('NOT_A_CREDENTIAL', 'unknown');
  const document = jose.payloadOf(token, FORMAT, limits);
  const id = document['iss'] ?? issuer;
  if (typeof id !== 'string') throw new ReadError('MALFORMED_CREDENTIAL', FORMAT, { members: ['/iss'] });
  // That it is a list, and no credential, was asked here: the proof is one of any statement of the issuer's.
  const proof = jose.proofOf({ ...token, header: without(token.header, 'typ') }, id);
  return { ...PLAIN, format: FORMAT, document, proofs: [proof], issuer: { id, name: null, lists: [] }, facts: [], ...jwt.claimedDates(document) };
}
