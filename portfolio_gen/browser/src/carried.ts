/** A credential's file as a QR code carries it (docs/certificates.md; portfolio_gen/carried.py): a zlib stream of its bytes, and nothing else. */
import { inflate, InflateError } from './inflate';
import { LIMITS } from './limits';

/** RFC 1950, 2.2: deflate with a window of 32 KB, compressed as far as it goes. */
const BEGINS = [0x78, 0xda];

/** Whether what a code holds is a file, and no text. */
export function isPacked(data: Uint8Array): boolean {
  return BEGINS.every((byte, index) => data[index] === byte);
}

/** The file that a code carries; throws InflateError for none, and for one that unpacks to more than the limit. */
export function unpack(data: Uint8Array): Uint8Array {
  if (!isPacked(data)) throw new InflateError('MALFORMED_FILE');
  return inflate(data, LIMITS.carriedBytes);
}
