/** DEFLATE (RFC 1950, 1951, 1952) within a limit: what unpacks to more than allowed is refused before it is unpacked. */
import { Z_FINISH, Z_STREAM_END, ZStream, zlibInflate, zlibInflateInit2 } from 'pako';

const WINDOW_BITS = 15;

/** Frames around the data, as zlib's `windowBits`. */
export const ZLIB = WINDOW_BITS;
export const RAW = -WINDOW_BITS;
export const GZIP = WINDOW_BITS + 16;

/** The data does not unpack; `code` is `TOO_LARGE` or `MALFORMED_FILE`. */
export class InflateError extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

/** What `data`, all of it, unpacks to; throws InflateError, `TOO_LARGE` for more than `most` bytes. */
export function inflate(data: Uint8Array, most: number, frame = ZLIB): Uint8Array {
  const stream = new ZStream();
  Object.assign(stream, { input: data, avail_in: data.length, output: new Uint8Array(most + 1), avail_out: most + 1 });
  zlibInflateInit2(stream, frame);
  const status = zlibInflate(stream, Z_FINISH);
  if (stream.total_out > most) throw new InflateError('TOO_LARGE');
  if (status !== Z_STREAM_END || stream.avail_in) throw new InflateError('MALFORMED_FILE');
  return stream.output.subarray(0, stream.total_out);
}
