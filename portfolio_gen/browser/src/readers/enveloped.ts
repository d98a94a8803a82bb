/** Enveloped credentials and presentations (VC data model 2.0, 4.13): an object that stands for the token in its `id`. */
import { ReadError } from '../errors';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import { utf8 } from '../text';
import { formatOfBytes } from './recognise_bytes';

const DATA = /^data:([^,]*),(.*)$/s;
const MEDIA_TYPE = /^application\/(?:v[cp](?:-ld)?\+(?:sd-)?jwt|dc\+sd-jwt)$/i;

/** The token that an enveloped credential or presentation stands for, and its format; throws ReadError. */
export function tokenIn({ id }: JsonObject, format: string, limits: Limits): [data: Uint8Array, format: string] {
  const url = typeof id === 'string' ? DATA.exec(id) : null;
  if (url && !MEDIA_TYPE.test(url[1]!)) throw new ReadError('FORMAT_NOT_SUPPORTED', format);
  const data = utf8(url?.[2] ?? '');
  const inside = formatOfBytes(data, limits);
  if (inside !== 'vc-jwt' && inside !== 'vp-jwt' && inside !== 'sd-jwt') throw new ReadError('MALFORMED_CREDENTIAL', format, { members: ['/id'] });
  return [data, inside];
}
