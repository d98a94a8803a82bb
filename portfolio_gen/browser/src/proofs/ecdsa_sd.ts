/**
 * ecdsa-sd-2023, derived proofs (vc-di-ecdsa 3.5 and 3.6). A chunk of its own in the bundle.
 * The issuer's key signs the mandatory statements and a key made for this one credential, which signs each other statement.
 */
import { p256 } from '@noble/curves/nist.js';

import { encode } from '../base64url';
import { joined } from '../bytes';
import type { Key, Proof } from '../credential';
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import * as selective from './selective';
import { verifies } from './signatures';
import type { Unsecured } from './unsecured';

export { checkForm } from './selective';

const MULTICODEC = [0x80, 0x24];
const KEY_BYTES = 35;
const SIGNATURE_BYTES = 64;
const LABEL_BYTES = 32;

/** The components of a derived proof's value (parseDerivedProofValue). */
interface Value {
  readonly signature: Uint8Array;
  readonly key: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  readonly labels: ReadonlyMap<string, string>;
  readonly mandatory: readonly number[];
}

/** Throw ProofError unless the issuer signed, by `key` and the credential's own, every statement of the document. */
export async function check(unsecured: Unsecured, proof: Proof, key: Key): Promise<void> {
  const value = parse(proof, unsecured.limits);
  const { options, mandatory, others } = await selective.statements(unsecured, proof, value.labels, value.mandatory);
  if (value.signatures.length !== others.length) throw new ProofError('SIGNATURE_INVALID');
  const own = { ...key, public: value.key.subarray(MULTICODEC.length) };
  const signed = [
    [key, joined(options, joined(value.key, mandatory)), value.signature] as const,
    ...others.map((line, index) => [own, line, value.signatures[index]!] as const),
  ];
  for (const [by, message, signature] of signed) {
    if (!(await verifies(by, message, signature, 'sha256'))) throw new ProofError('SIGNATURE_INVALID');
  }
}

function parse(proof: Proof, limits: Limits): Value {
  const reader = selective.reader(proof, limits);
  reader.arrayOf(5);
  const signature = reader.octets();
  const key = reader.octets();
  const signatures = reader.items(reader.octets);
  const labels = [...reader.pairs(reader.octets)];
  const mandatory = reader.items(reader.uint);
  reader.end();
  const sized = [signature, ...signatures].every(({ length }) => length === SIGNATURE_BYTES);
  if (!sized || !isKey(key) || !labels.every(([, { length }]) => length === LABEL_BYTES)) throw new ProofError('MALFORMED_PROOF');
  selective.checkDistinct(mandatory);
  const named = selective.named(new Map(labels.map(([number, label]) => [number, `u${encode(label)}`])));
  selective.checkWithin(signatures.length, limits);
  return { signature, key, signatures, labels: named, mandatory };
}

/** Whether this is the multicodec prefix of P-256 and a point in compressed form. */
function isKey(encoded: Uint8Array): boolean {
  if (encoded.length !== KEY_BYTES || !MULTICODEC.every((byte, index) => encoded[index] === byte)) return false;
  try {
    p256.Point.fromBytes(encoded.subarray(MULTICODEC.length));
    return true;
  } catch {
    return false;
  }
}
