/** PDF documents. Their signatures are checked when the site is built, not here. */
import { ReadError } from '../errors';
import { characters } from './recognise_bytes';

/** Rejects with ReadError: `CHECKED_AT_BUILD` for a document with a signature (ISO 32000-2, 12.8.1), else `NOT_SIGNED`. */
export async function read(data: Uint8Array): Promise<never> {
  throw new ReadError(characters(data).includes('/ByteRange') ? 'CHECKED_AT_BUILD' : 'NOT_SIGNED', 'pdf');
}
