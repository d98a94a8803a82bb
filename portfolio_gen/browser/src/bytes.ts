/** Bytes put together, read as a number, and hashed. */

/** The hashes that more than one suite uses, by their names in the suites' rules. */
export type HashName = 'sha256' | 'sha384';

const WEB_NAMES = { sha256: 'SHA-256', sha384: 'SHA-384' } as const;

/** The bytes of all parts, one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The number that these bytes are, the least significant first. */
export function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The bytes in hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-2 by the browser; where it has none, outside of secure contexts, by noble (a chunk). */
export async function digest(name: HashName, bytes: Uint8Array): Promise<Uint8Array> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle) return new Uint8Array(await subtle.digest(WEB_NAMES[name], bytes as Uint8Array<ArrayBuffer>));
  return (await import('@noble/hashes/sha2.js'))[name](bytes);
}
