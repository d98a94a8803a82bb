/** Step 4 for a credential that names where its issuer could withdraw it: which lists, and how one is checked. A chunk. */
import { digest, hex } from './bytes';
import type { Envelope, Proof } from './credential';
import { ReadError } from './errors';
import { isObject, listed, type JsonObject } from './json';
import { Noted } from './noted';
import { read } from './readers';
import { answer, type Check } from './report';
import * as status from './status';
import type { SignedList } from './status/question';
import type { Asked, Outcome } from './verifier';

/** The steps before, which a list goes through as any credential does. */
interface Steps {
  checkSignature(envelope: Envelope, asked: Asked): Promise<{ outcomes: readonly Outcome[]; dated: readonly Proof[]; signature: Check }>;
  checkSigner(envelope: Envelope, outcomes: readonly Outcome[], asked: Asked): Promise<Check>;
  checkDates(envelope: Envelope, counted: readonly Proof[], whole: boolean, asked: Asked): Check;
  isWhole(envelope: Envelope, outcomes: readonly Outcome[]): boolean;
}

/** The check `status` of a credential with one or more entries, whose proofs came to `outcomes`. */
export async function check(envelope: Envelope, outcomes: readonly Outcome[], asked: Asked, steps: Steps): Promise<Check> {
  const { id } = credentialIn(envelope);
  const about = { id: typeof id === 'string' ? id : null, issuer: envelope.issuer?.id ?? null, keys: publicKeys(outcomes) };
  return status.check(listed(envelope.status), { ...asked, about, open: (data, whose) => openedOnce(data, whose, asked, steps) });
}

/** What a status list came to, and for which addresses it was asked on the way. */
interface Opening {
  readonly list: SignedList | null;
  readonly web: Noted;
}

/** A status list, which is not opened again where it was before; it asks for the same anew. One that asked in vain may come to something else. */
async function openedOnce(data: Uint8Array, whose: string | undefined, asked: Asked, steps: Steps): Promise<SignedList | null> {
  const kept = (asked.opened ?? new Map()) as Map<string, Promise<Opening>>;
  const key = `${asked.now} ${hex(await digest('sha256', data))} ${whose === undefined ? '' : `of ${whose}`}`;
  if (!kept.has(key)) {
    if (kept.size >= asked.limits.statusListsKept) kept.delete(kept.keys().next().value!);
    const web = new Noted(asked.web);
    kept.set(key, opened(data, whose, { ...asked, web }, steps).then((list) => ({ list, web })));
  }
  const { list, web } = await kept.get(key)!;
  if (web.missed.size) kept.delete(key);
  for (const address of [...web.used, ...web.missed]) asked.web.get(address);
  return list;
}

/** A status list, checked as any credential, but for a status of its own; null for what is none. */
async function opened(data: Uint8Array, whose: string | undefined, asked: Asked, steps: Steps): Promise<SignedList | null> {
  let envelope: Envelope;
  try {
    envelope = whose === undefined ? await read(data, asked.limits, true) : (await import('./readers/status_token')).read(data, whose, asked.limits);
  } catch (error) {
    if (error instanceof ReadError) return null;
    throw error;
  }
  const { outcomes, dated, signature } = await steps.checkSignature(envelope, asked);
  const good = signature.result === 'pass';
  return {
    credential: credentialIn(envelope),
    issuer: envelope.issuer?.id ?? null,
    signature,
    signer: good ? await steps.checkSigner(envelope, outcomes, asked) : answer('signer', 'SIGNATURE_FIRST'),
    dates: good ? steps.checkDates(envelope, dated, steps.isWhole(envelope, outcomes), asked) : answer('dates', 'SIGNATURE_FIRST'),
    keys: publicKeys(outcomes),
    unpacked: new Map(),
  };
}

/** The part of the signed document that is the credential: before VC-JOSE, a JWT's claim `vc`. */
function credentialIn({ format, document }: Envelope): JsonObject {
  const inside = format === 'vc-jwt' ? document['vc'] : null;
  return isObject(inside) ? inside : document;
}

function publicKeys(outcomes: readonly Outcome[]): Set<string> {
  return new Set(outcomes.flatMap(({ key }) => (key ? [`${key.kind} ${hex(key.public)}`] : [])));
}
