/** Parts of a page beside its credentials' verdicts, which few visitors or few sites need: a chunk. */
import type { Visited } from './listed';
import { show } from './portfolio_proof';
import { mount as mountForm } from './whose';

/** A part that needs the page's own check, or offers another: a chunk of its own for each. */
const PARTS: Readonly<Record<string, () => Promise<{ mount: (part: HTMLElement, elements: readonly HTMLElement[], visited: Visited) => unknown }>>> = {
  filter: () => import('./filter'),
  strengths: () => import('./strengths'),
  everything: () => import('./everything'),
  document: () => import('./document'),
  advert: () => import('./advert'),
};

/** Fill in one of them: a stack's progress, the signature of a portfolio's holder, the form by which an identifier is compared, and so on. */
export async function mount(part: HTMLElement, elements: readonly HTMLElement[], visited: Visited): Promise<void> {
  const name = Object.keys(PARTS).find((one) => part.dataset[one] !== undefined);
  if (name) return void (await PARTS[name]!()).mount(part, elements, visited);
  if (part.dataset['stack'] !== undefined) return (await import('./stacks')).count(part, elements, visited);
  if (!part.dataset['portfolioProof']) return mountForm(part, elements, visited.bytesAt);
  await visited.painted;
  return show(part, elements, visited.bytesAt);
}
