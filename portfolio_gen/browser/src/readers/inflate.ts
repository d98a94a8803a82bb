/** Compressed parts of a file, within a limit. */
import { ReadError } from '../errors';
import * as deflate from '../inflate';

/**
 * What `data`, all of it, unpacks to; `raw` is DEFLATE without zlib's frame.
 * Throws ReadError: `TOO_LARGE` for more than `most` bytes, `MALFORMED_FILE`.
 */
export function inflate(data: Uint8Array, most: number, format: string, raw = false): Uint8Array {
  try {
    return deflate.inflate(data, most, raw ? deflate.RAW : deflate.ZLIB);
  } catch (error) {
    if (error instanceof deflate.InflateError) throw new ReadError(error.code, format);
    throw error;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

/** CRC-32 (ISO 3309), as PNG and ZIP use it. */
export function crc32(data: Uint8Array): number {
  let crc = -1;
  for (const byte of data) crc = TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
