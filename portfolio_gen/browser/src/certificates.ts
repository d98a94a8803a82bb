/**
 * Certificates that came with a signature: whom they name, and whether each was issued with the next (RFC 5280, 6). A chunk.
 * docs/verification.md, Certificates. Whether anybody trusts the end of a chain is not known here, so that a signer is never
 * more than `unknown` by a certificate.
 */
import type { Certificate, Dated, Key, Proof } from './credential';
import { ProofError } from './errors';
import * as der from './keys/der';
import { ofCertificate } from './keys/x509';
import { verifies, type SignatureHash } from './proofs/signatures';
import type { Detail } from './report';
import { sortedSet } from './text';
import { instant } from './timestamps';

const BROKEN = 'CERTIFICATE_CHAIN_BROKEN';
const UNORDERED = 'CERTIFICATE_CHAIN_UNORDERED';

/** Bytes of r and of s in an ECDSA signature, by the kind of key. */
const COORDINATE: { readonly [kind: string]: number } = { 'p256-pub': 32, 'p384-pub': 48, 'secp256k1-pub': 32 };
const ECDSA = Object.keys(COORDINATE);

/** AlgorithmIdentifiers of RFC 4055, 5, RFC 5758, 3.2, and RFC 8410, 3: kinds of key, and hash. */
const ALGORITHMS: ReadonlyMap<string, readonly [kinds: readonly string[], hash: SignatureHash]> = new Map([
  ['300d06092a864886f70d01010b0500', [['rsa-pub'], 'sha256']],
  ['300d06092a864886f70d01010c0500', [['rsa-pub'], 'sha384']],
  ['300d06092a864886f70d01010d0500', [['rsa-pub'], 'sha512']],
  ['300a06082a8648ce3d040302', [ECDSA, 'sha256']],
  ['300a06082a8648ce3d040303', [ECDSA, 'sha384']],
  ['300a06082a8648ce3d040304', [ECDSA, 'sha512']],
  ['300506032b6570', [['ed25519-pub'], 'sha512']],
]);

/** A proof, and the key that it was checked with, where one was found. */
interface Signed {
  readonly proof: Proof;
  readonly key?: Key;
}

type Answer = readonly [code: string, detail: Detail];

/**
 * The code of `signer` and its detail by the certificates of these proofs' keys: the first that do not hold, else the first.
 * When each was made, its header says, else the payload's `iat` among `starts`; else it is asked for `now`, in nanoseconds.
 */
export async function signer(signed: readonly Signed[], starts: readonly Dated[], now: bigint): Promise<Answer> {
  const answers: Answer[] = [];
  for (const { proof, key } of signed) {
    if (!key?.certificates) continue;
    const said = [...proof.jws!.times, ...starts.filter(([pointer]) => pointer === '/iat')];
    const at = said.flatMap(([, value]) => (typeof value === 'string' ? instant(value) : null) ?? [])[0];
    answers.push(await answerOf(key.certificates, at ?? now));
  }
  return answers.find(([code]) => code === BROKEN) ?? answers[0]!;
}

async function answerOf(chain: readonly (Certificate | null)[], at: bigint): Promise<Answer> {
  const own = chain[0]!;
  const others = chain.slice(1);
  const links: string[] = [];
  for (const [index, upper] of others.entries()) links.push(await linkOf(chain[index]!, upper));
  const subjects = sortedSet(others.flatMap((one) => one?.subject ?? []));
  const detail = {
    subject: own.subject,
    issuer: own.issuer,
    notBefore: own.notBefore,
    notAfter: own.notAfter,
    ...(subjects.length ? { chain: subjects } : {}),
  };
  for (const code of [BROKEN, UNORDERED]) if (links.includes(code)) return [code, stated(detail)];
  const inForce = chain.every((one) => !one || (instant(one.notBefore)! <= at && at <= instant(one.notAfter)!));
  if (!inForce) return ['CERTIFICATE_OUT_OF_DATE', stated(detail)];
  const unchecked = sortedSet(links.filter((link) => link !== 'OK'));
  return ['CERTIFICATE_NOT_ANCHORED', stated(unchecked.length ? { ...detail, unchecked } : detail)];
}

/** A detail without empty texts. */
function stated(detail: Detail): Detail {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== ''));
}

/** What comes of the question whether `lower` was issued with the key of `upper`. */
async function linkOf(lower: Certificate | null, upper: Certificate | null): Promise<string> {
  if (!lower || !upper) return 'MALFORMED_CERTIFICATE';
  if (lower.names[1] !== upper.names[0]) return UNORDERED;
  const algorithm = ALGORITHMS.get(lower.algorithm);
  if (!algorithm) return 'SUITE_NOT_SUPPORTED';
  try {
    const key = await ofCertificate(upper);
    const [kinds, hash] = algorithm;
    const signature = key.kind in COORDINATE ? pair(lower.signature, COORDINATE[key.kind]!) : lower.signature;
    const issued = kinds.includes(key.kind) && (await verifies(key, lower.signed, signature, hash));
    return issued && upper.certifies ? 'OK' : BROKEN;
  } catch (error) {
    if (error instanceof ProofError) return error.code;
    throw error;
  }
}

/** r and s at full length (RFC 3279, 2.2.3); nothing for what is no such pair. */
function pair(encoded: Uint8Array, size: number): Uint8Array {
  try {
    const all = der.values(encoded);
    der.expect(all.length === 1);
    const numbers = der.within(all[0]!, der.SEQUENCE, 2, 2).map(der.positive);
    der.expect(numbers.every(({ length }) => length <= size));
    const both = new Uint8Array(2 * size);
    for (const [index, number] of numbers.entries()) both.set(number, (index + 1) * size - number.length);
    return both;
  } catch (error) {
    if (error instanceof der.DerError) return new Uint8Array();
    throw error;
  }
}
