/** JSON Web Keys (RFC 7517, 7518 6, 8037 2): public keys of the kinds that a proof may use. */
import * as base64url from '../base64url';
import { ProofError } from '../errors';
import { isAbsent, isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { compressed, CURVES } from './curves';
import type { Decoded } from './multikey';
import { encode } from './rsa';

const KINDS: ReadonlyMap<Json | undefined, string> = new Map([
  ['P-256', 'p256-pub'],
  ['P-384', 'p384-pub'],
  ['secp256k1', 'secp256k1-pub'],
]);

/**
 * Kind and bytes of a public key; throws ProofError, `KEY_TYPE_NOT_SUPPORTED` for a `kty` or `crv` that is not ours,
 * `KEY_MISMATCH` for a key that says it is for something else than checking signatures.
 */
export function decode(value: Json | undefined, limits: Limits): Decoded {
  if (!isObject(value) || typeof value['kty'] !== 'string') throw new ProofError('MALFORMED_KEY');
  checkUse(value);
  const { kty, crv } = value;
  if (kty === 'OKP' && crv === 'Ed25519') return ['ed25519-pub', sized(value, 'x', 32, limits)];
  const kind = kty === 'EC' ? KINDS.get(crv) : undefined;
  if (kind) {
    const size = CURVES[kind]!.size;
    return [kind, compressed(kind, sized(value, 'x', size, limits), sized(value, 'y', size, limits))];
  }
  if (kty === 'RSA') return ['rsa-pub', encode(member(value, 'n', limits), member(value, 'e', limits))];
  throw new ProofError('KEY_TYPE_NOT_SUPPORTED');
}

/** The `alg` of a key that `decode` passed (RFC 7517, 4.4): the one that it is for; undefined where it has none. */
export function algorithm(value: Json | undefined): string | undefined {
  return isObject(value) && typeof value['alg'] === 'string' && value['alg'] ? value['alg'] : undefined;
}

/** Where a key says what it is for, that is to check signatures, by both members (RFC 7517, 4.2 and 4.3). */
function checkUse({ use, key_ops: operations, alg }: JsonObject): void {
  const texts = [use, alg].every((value) => isAbsent(value) || typeof value === 'string');
  if (!texts || !(isAbsent(operations) || Array.isArray(operations))) throw new ProofError('MALFORMED_KEY');
  const verifies = isAbsent(operations) || operations.includes('verify');
  if (!(isAbsent(use) || use === 'sig') || !verifies) throw new ProofError('KEY_MISMATCH');
}

function sized(value: JsonObject, name: string, size: number, limits: Limits): Uint8Array {
  const data = member(value, name, limits);
  if (data.length !== size) throw new ProofError('MALFORMED_KEY');
  return data;
}

function member(value: JsonObject, name: string, limits: Limits): Uint8Array {
  const text = value[name];
  const data = typeof text === 'string' && text ? base64url.decode(text, limits.multibaseChars) : null;
  if (!data) throw new ProofError('MALFORMED_KEY');
  return data;
}
