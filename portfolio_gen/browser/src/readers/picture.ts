/** Badges baked into pictures (Open Badges 3.0, 5.3; Open Badges 2.0, Baking): from payloads to the credential. */
import type { Envelope } from '../credential';
import { ReadError } from '../errors';
import type { Detail } from '../report';
import { addressIn } from './link';
import type { Open } from './others';

/**
 * The one credential that a picture holds; the signed document is the payload's.
 * Rejects with ReadError: `NO_BADGE`, `AMBIGUOUS` (not the first wins), `LINK_ONLY`, or what is wrong with the payload.
 */
export async function unbake(format: string, payloads: readonly Uint8Array[], notes: Detail, open: Open): Promise<Envelope> {
  const [only] = payloads;
  if (!only) throw new ReadError('NO_BADGE', format, notes);
  if (payloads.length > 1) throw new ReadError('AMBIGUOUS', format, notes);
  const payload = trimmed(only);
  const url = addressIn(payload);
  if (url !== null) throw new ReadError('LINK_ONLY', format, { url, ...notes });
  try {
    const envelope = await open(payload);
    return { ...envelope, format, notes: { ...envelope.notes, payload: envelope.format, ...notes } };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    const inner = error.format === 'unknown' ? {} : { payload: error.format };
    throw new ReadError(error.code, format, { ...error.detail, ...inner, ...notes });
  }
}

const SPACE = [0x09, 0x0a, 0x0c, 0x0d, 0x20];

function trimmed(data: Uint8Array): Uint8Array {
  const isSpace = (byte: number): boolean => SPACE.includes(byte);
  const start = data.findIndex((byte) => !isSpace(byte));
  return start < 0 ? data.subarray(0, 0) : data.subarray(start, data.findLastIndex((byte) => !isSpace(byte)) + 1);
}
