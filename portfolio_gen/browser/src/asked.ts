/** Parts of a page beside its credentials' verdicts, which few visitors or few sites need: a chunk. */
import type { BytesAt } from './held';
import { show } from './portfolio_proof';
import { mount as mountForm } from './whose';

/** Fill in one of them: a stack's progress, the signature of a portfolio's holder, a credential's data, or the form by which an identifier is compared. */
export function mount(part: HTMLElement, elements: readonly HTMLElement[], bytesAt: BytesAt): Promise<void> {
  if (part.dataset['stack'] !== undefined) return import('./stacks').then(({ count }) => count(part, elements, bytesAt));
  if (part.dataset['document'] !== undefined) return import('./document').then(({ write }) => write(part, elements, bytesAt));
  return (part.dataset['portfolioProof'] ? show : mountForm)(part, elements, bytesAt);
}
