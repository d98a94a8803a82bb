/**
 * Ed25519 by libsodium's rule (DESIGN rule 3): S < L, nothing of small order, nothing non-canonical, no cofactor. The equation
 * is the browser's own where that is seen to keep the rule, else noble's (ed25519_noble.ts, a chunk).
 */
import { littleEndian } from '../bytes';
import { P, SMALL_ORDER, yOf } from '../edwards';

type Verifies = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;

const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/**
 * Two signatures by a key with a part of order 8, each over one byte. Only a verifier that multiplies by the cofactor, as
 * RFC 8032 lets it and libsodium does not, takes the second; only one that refuses such keys refuses the first.
 */
const PROBE_KEY = 'sPhRvbr9hdz1lM6LuJ9jGZ0+rWM1ibEt4jxJD/SFoi8';
const PROBES = [
  [9, 'uZS0BNpiokJYNugDCOUVqc/8g6gxKtDdl3kYRskW7vG/PJU3hXbGT9gueWAk047G3rXTUuxdjX4rXW5JaLtgAQ'],
  [0, 'm9E5LFt/8Mr3tjsFwegQ3sVP2UlEemNr+SZdL5eXmtihr4XoUPijlrwO6mVWcfj5i3KspFLfJ0Dvrgx1YSd4Bg'],
] as const;

/** Whether `signature` (64 bytes) is one over `message` by the key `publicKey` (32 bytes); RFC 8032, 5.1.7. */
export async function verifies(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array, by?: Verifies): Promise<boolean> {
  const r = signature.subarray(0, 32);
  if (littleEndian(signature.subarray(32)) >= L || !isUsual(publicKey) || !isUsual(r)) return false;
  return (by ?? ((await keepsTheRule()) ? own : noble))(publicKey, message, signature);
}

/** Whether these bytes may be the canonical encoding of a point of large order. */
function isUsual(encoded: Uint8Array): boolean {
  const y = yOf(encoded);
  return y < P && !SMALL_ORDER.has(y);
}

let kept: Promise<boolean> | undefined;

/** Whether the browser's own Ed25519 answers as libsodium does, where it knows Ed25519 at all. */
function keepsTheRule(): Promise<boolean> {
  kept ??= Promise.all(PROBES.map(([byte, signature]) => own(bytesOf(PROBE_KEY), Uint8Array.of(byte), bytesOf(signature)))).then(
    ([first, second]) => first === true && second === false,
    () => false,
  );
  return kept;
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** Keys as the browser has them: an issuer signs many credentials, and importing a key takes as long as using it. */
const imported = new Map<string, Promise<CryptoKey>>();

export const own: Verifies = async (publicKey, message, signature) => {
  const { subtle } = crypto;
  const name = String(publicKey);
  if (!imported.has(name)) imported.set(name, subtle.importKey('raw', publicKey as Uint8Array<ArrayBuffer>, 'Ed25519', false, ['verify']));
  return subtle.verify('Ed25519', await imported.get(name)!, signature as Uint8Array<ArrayBuffer>, message as Uint8Array<ArrayBuffer>);
};

export const noble: Verifies = async (...parts) => (await import('./ed25519_noble')).verifies(...parts);
