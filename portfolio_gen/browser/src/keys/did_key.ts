/** did:key: the identifier is the key (the did:key method, 3.1). Only Ed25519 keys are handed out. */
import type { Key } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import { decode } from '../multibase';
import { checkPoint } from './edwards';

export const PREFIX = 'did:key:';

const ED25519 = 0xed01;

/** Multicodec prefixes of keys that no Ed25519 suite may use: P-256, P-384, P-521, secp256k1, BLS12-381 G2, RSA, X25519. */
const OTHER_KINDS = new Set([0x8024, 0x8124, 0x8224, 0xe701, 0xeb01, 0x8524, 0xec01]);

/** The one verification method that this DID's document lists. */
export function listed(did: string): readonly string[] {
  return [`${did}#${did.slice(PREFIX.length)}`];
}

/** The key of `did:key:M#M`; throws ProofError with the first code that applies. */
export function key(verificationMethod: string, limits: Limits): Key {
  const at = verificationMethod.indexOf('#');
  const controller = verificationMethod.slice(0, at);
  const fragment = verificationMethod.slice(at + 1);
  if (at < 0 || controller !== PREFIX + fragment) throw new ProofError('MALFORMED_KEY');
  const bytes = publicKey(fragment, limits);
  checkPoint(bytes);
  return { id: verificationMethod, controller, kind: 'ed25519-pub', public: bytes };
}

function publicKey(text: string, limits: Limits): Uint8Array {
  const [first, second, ...rest] = decode(text, limits) ?? [];
  if (first === undefined || second === undefined) throw new ProofError('MALFORMED_KEY');
  const prefix = first * 256 + second;
  if (prefix === ED25519 && rest.length === 32) return Uint8Array.from(rest);
  if (prefix === ED25519) throw new ProofError('MALFORMED_KEY');
  throw new ProofError(OTHER_KINDS.has(prefix) ? 'KEY_MISMATCH' : 'KEY_TYPE_NOT_SUPPORTED');
}
