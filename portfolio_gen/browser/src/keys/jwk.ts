/** JSON Web Keys (RFC 7517, 7518 6, 8037 2): public keys of the kinds that a proof may use. */
import * as base64url from '../base64url';
import { ProofError } from '../errors';
import { isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { compressed, CURVES } from './curves';
import type { Decoded } from './multikey';
import { encode } from './rsa';

const KINDS: ReadonlyMap<Json | undefined, string> = new Map([
  ['P-256', 'p256-pub'],
  ['P-384', 'p384-pub'],
  ['secp256k1', 'secp256k1-pub'],
]);

/** Kind and bytes of a public key; throws ProofError, `KEY_TYPE_NOT_SUPPORTED` for a `kty` or `crv` that is not ours. */
export function decode(value: Json | undefined, limits: Limits): Decoded {
  if (!isObject(value) || typeof value['kty'] !== 'string') throw new ProofError('MALFORMED_KEY');
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
