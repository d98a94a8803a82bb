/** Multikey: a multibase text of a multicodec prefix and a key (Controlled Identifiers 1.0, 2.2.2). */
import { ProofError } from '../errors';
import type { Limits } from '../limits';
import { decode as multibase } from '../multibase';

/** What a key is, and its bytes. */
export type Decoded = readonly [kind: string, bytes: Uint8Array];

/** Multicodec names of the keys that we know, by their varint. */
const KINDS: ReadonlyMap<number, string> = new Map([
  [0xed01, 'ed25519-pub'],
  [0x8024, 'p256-pub'],
  [0x8124, 'p384-pub'],
  [0x8224, 'p521-pub'],
  [0xe701, 'secp256k1-pub'],
  [0xeb01, 'bls12_381-g2-pub'],
  [0x8524, 'rsa-pub'],
  [0xec01, 'x25519-pub'],
]);

/** Kind and bytes of a `z…` Multikey; throws ProofError with the first code that applies. */
export function decode(text: string, limits: Limits): Decoded {
  const [first, second, ...rest] = multibase(text, limits) ?? [];
  if (first === undefined || second === undefined) throw new ProofError('MALFORMED_KEY');
  const kind = KINDS.get(first * 256 + second);
  if (kind === 'ed25519-pub' && rest.length !== 32) throw new ProofError('MALFORMED_KEY');
  if (!kind) throw new ProofError('KEY_TYPE_NOT_SUPPORTED');
  return [kind, Uint8Array.from(rest)];
}
