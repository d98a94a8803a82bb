/** Which issuer lists know an issuer: a chunk that loads where there are lists. */
import type { Limits } from './limits';
import type { Checks, Issuer } from './report';
import { isSigned } from './statements';
import { knowing, type IssuerList } from './trust';

/**
 * The issuer with the lists that know it, where the key that signed is its own: anyone can name another's. A copy of its
 * document counts, as far as the copy does: `signer` says that it is one.
 */
export async function identified(issuer: Issuer, checks: Checks, lists: readonly IssuerList[], now: bigint, limits: Limits): Promise<Issuer> {
  const { signature, signer } = checks;
  const bound = signature?.result === 'pass' && (signer?.result === 'pass' || signer?.code === 'DID_WEB_COPY_ONLY');
  return bound ? { ...issuer, lists: await knowing(issuer.id, lists, now, isSigned, limits) } : issuer;
}
