/** Credentials of the W3C data model with those inside of them: a chunk, as few hold any. */
import type { Envelope } from '../credential';
import type { JsonObject } from '../json';
import type { Limits } from '../limits';
import type { Model } from './facts';
import { ENDORSING, innerOf, RECORDED } from './inside';
import * as vcJson from './vc_json';

/** The opened credential; throws ReadError `MALFORMED_CREDENTIAL` with every member at fault. */
export function read(document: JsonObject, format: string, limits: Limits): Envelope {
  const places = format === 'clr2-json' ? [...RECORDED, ...ENDORSING] : ENDORSING;
  return { ...vcJson.read(document, format, limits, modelOf(document, format)), inner: innerOf(document, places) };
}

/** The model of a credential of the W3C data model, whose kinds differ in a few fields only. */
export function modelOf({ type }: JsonObject, format = ''): Model {
  const endorses = type === 'EndorsementCredential' || (Array.isArray(type) && type.includes('EndorsementCredential'));
  return format === 'clr2-json' ? 'clr2' : endorses ? 'endorsement' : 'vc';
}
