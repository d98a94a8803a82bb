/** base64url without padding, exactly (RFC 7515, 2): no white space, no other alphabet, no stray bits. */
import { base64urlnopad } from '@scure/base';

/** The bytes of `text`, of at most `most` characters; null for anything else. */
export function decode(text: string, most = Infinity): Uint8Array | null {
  if (text.length > most) return null;
  try {
    return base64urlnopad.decode(text);
  } catch {
    return null;
  }
}
