/** Signatures of the statements in issuer lists: `trust` asks for them, and knows no crypto itself. */
import { ProofError } from './errors';
import { isObject } from './json';
import * as keys from './keys';
import { LIMITS } from './limits';
import * as proofs from './proofs';
import type { IsSigned } from './trust/entry';

/** Whether a JWS is an entity statement by this JSON Web Key, whose algorithm it must be (DESIGN rule 6). */
export const isSigned: IsSigned = async (header, signingInput, signature, jwk) => {
  const { alg } = header;
  const suite = typeof alg === 'string' ? alg : '?';
  const proof = { suite, options: {}, pointer: '', jws: { header, signingInput, signature, method: null, times: [] } };
  if (!proofs.isKnown(proof) || !isObject(jwk)) return false;
  try {
    await proofs.checkForm(proof, 'entityStatement');
    const key = await keys.brought({ jwk }, LIMITS);
    await proofs.checkKind(proof, key);
    await keys.check(key);
    await proofs.check(new proofs.Unsecured({}, LIMITS), proof, key);
    return true;
  } catch (error) {
    if (error instanceof ProofError) return false;
    throw error;
  }
};
