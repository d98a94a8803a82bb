/** DEFLATE (RFC 1950, 1951) within a limit: what unpacks to more than was allowed is refused before it is unpacked. */
import { Z_FINISH, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2 } from 'pako';

import { ReadError } from '../errors';

const WINDOW_BITS = 15;

/**
 * What `data`, all of it, unpacks to; `raw` is DEFLATE without zlib's frame.
 * Throws ReadError: `TOO_LARGE` for more than `most` bytes, `MALFORMED_FILE`.
 */
export function inflate(data: Uint8Array, most: number, format: string, raw = false): Uint8Array {
  const stream = new ZStream();
  Object.assign(stream, { input: data, avail_in: data.length, output: new Uint8Array(most + 1), avail_out: most + 1 });
  zlibInflateInit2(stream, raw ? -WINDOW_BITS : WINDOW_BITS);
  const status = zlibInflate(stream, Z_FINISH);
  if (stream.total_out > most) throw new ReadError('TOO_LARGE', format);
  if (status !== Z_STREAM_END || stream.avail_in) throw new ReadError('MALFORMED_FILE', format);
  return stream.output.subarray(0, stream.total_out);
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
