/**
 * base64url without padding, exactly (RFC 7515, 2): no white space, no other alphabet, no stray bits. By the browser itself,
 * as this loads with every page.
 */

/** The bytes of `text`, of at most `most` characters; null for anything else. */
export function decode(text: string, most = Infinity): Uint8Array | null {
  const rest = text.length % 4;
  if (text.length > most || !/^[A-Za-z0-9_-]*$/.test(text) || rest === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  return encode(bytes.subarray(bytes.length - (bytes.length % 3))) === text.slice(text.length - rest) ? bytes : null;
}

/** The text of a few bytes. */
export function encode(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
