/** Step 4 for a credential that names where its issuer could withdraw it: which lists, and how one is checked. A chunk. */
import { hex } from './bytes';
import type { Envelope, Proof } from './credential';
import { ReadError } from './errors';
import { isObject, listed, type JsonObject } from './json';
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
  return status.check(listed(envelope.status), {
    ...asked,
    about,
    open: (data) => opened(() => read(data, asked.limits, true), asked, steps),
    openToken: (data) => opened(async () => (await import('./readers/status_token')).read(data, about.issuer ?? '', asked.limits), asked, steps),
  });
}

/** A status list, checked as any credential, but for a status of its own; null for what is none. */
async function opened(open: () => Promise<Envelope>, asked: Asked, steps: Steps): Promise<SignedList | null> {
  let envelope: Envelope;
  try {
    envelope = await open();
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
