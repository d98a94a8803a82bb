/** Step 2 for issuers whose identifier is not the key that signed: a chunk that such credentials need. */
import type { Envelope } from './credential';
import * as keys from './keys';
import { answer, type Check } from './report';
import { instant } from './timestamps';
import type { Asked, Outcome } from './verifier';

/** Step 2. That the issuer's document, where it is known, lists the proofs' methods, step 1 has made sure of. */
export async function check(envelope: Envelope, outcomes: readonly Outcome[], asked: Asked): Promise<Check> {
  const senders = outcomes.flatMap(({ sent }) => sent ?? []);
  const found = outcomes.flatMap(({ key }) => key ?? []);
  if (senders.length && envelope.issuer) {
    const sender = answer('signer', ...(await import('./anchors')).signer(envelope.issuer.id, senders, asked.web, asked.limits));
    if (sender.result !== 'pass' || !found.length) return sender;
  }
  const listing = envelope.issuer && (await keys.listing(envelope.issuer.id, envelope.purpose, asked.web, asked.limits));
  if (found.some(({ ends }) => ends.some((end) => (instant(end) ?? asked.now) <= asked.now))) return answer('signer', 'KEY_WITHDRAWN');
  if (!envelope.issuer) return answer('signer', envelope.badge === null ? 'NO_HOLDER' : 'ISSUER_NOT_RESOLVED');
  const { id } = envelope.issuer;
  if (found.some(({ certificates }) => certificates)) return answer('signer', ...(await (await import('./certificates')).signer(outcomes, envelope.starts, asked.now)));
  if (found.some(({ source }) => source === 'document')) return answer('signer', 'KEY_ONLY_IN_DOCUMENT');
  if (!listing || found.some(({ controller }) => controller === null)) return answer('signer', 'ISSUER_NOT_RESOLVED');
  if (listing.source === 'copy') return answer('signer', 'DID_WEB_COPY_ONLY', { at: listing.at });
  if (envelope.copied !== null) return answer('signer', 'DID_WEB_COPY_ONLY', { at: envelope.copied });
  if (found.some(({ controller }) => controller !== id)) return answer('signer', 'CONTROLLER_MISMATCH');
  if (!listing.stated) return answer('signer', 'PURPOSE_NOT_STATED');
  return answer('signer', listing.source === 'self' ? 'OK' : 'LISTED');
}
