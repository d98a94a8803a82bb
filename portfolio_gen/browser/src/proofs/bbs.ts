/**
 * BBS proofs: that a key signed some messages, of which the proof shows a part (draft-irtf-cfrg-bbs-signatures).
 * ProofVerify for the ciphersuite BLS12-381-SHA-256, as the draft that vc-di-bbs refers to has it. Names are the draft's.
 */
import { pippenger } from '@noble/curves/abstract/curve.js';
import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';

import { ProofError } from '../errors';
import { utf8 } from '../text';

const { G1, G2, fields } = bls12_381;
type Point = typeof G1.Point.BASE;

const API = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_';
const P1 = 'a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9';
const ORDER = fields.Fr.ORDER;
const POINT = 48;
const SCALAR = 32;
const EXPANDED = 48;
/** Bytes of a proof that hides nothing: Abar, Bbar, D, e^, r1^, r3^ and the challenge. */
const FLOOR = 3 * POINT + 4 * SCALAR;

/** A proof, taken apart; `hidden` has a scalar for each message that it does not show. */
export interface BbsProof {
  readonly abar: Point;
  readonly bbar: Point;
  readonly d: Point;
  readonly e: bigint;
  readonly r1: bigint;
  readonly r3: bigint;
  readonly hidden: readonly bigint[];
  readonly challenge: bigint;
}

/** How many messages a proof of this length does not show; throws ProofError for the length of none. */
export function countHidden(octets: Uint8Array): number {
  const count = (octets.length - FLOOR) / SCALAR;
  if (count < 0 || !Number.isInteger(count)) throw new ProofError('MALFORMED_PROOF');
  return count;
}

/** octets_to_proof: throws ProofError `MALFORMED_PROOF` for a point or scalar that is none, or zero. */
export function parse(octets: Uint8Array): BbsProof {
  const part = (from: number, length: number): Uint8Array => octets.subarray(from, from + length);
  const [abar, bbar, d] = [0, POINT, 2 * POINT].map((from) => point(part(from, POINT)));
  const numbers: bigint[] = [];
  for (let from = 3 * POINT; from < octets.length; from += SCALAR) numbers.push(integerOf(part(from, SCALAR)));
  if (!numbers.every((number) => number > 0n && number < ORDER)) throw new ProofError('MALFORMED_PROOF');
  const [e, r1, r3, ...hidden] = numbers;
  const challenge = hidden.pop();
  return { abar: abar!, bbar: bbar!, d: d!, e: e!, r1: r1!, r3: r3!, hidden, challenge: challenge! };
}

/**
 * ProofVerify: whether the messages `shown`, by their index, are among those that the key signed.
 * `key` is one that `keys.check` passed; every index is below the number of all messages.
 */
export function verifies(
  key: Uint8Array,
  proof: BbsProof,
  header: Uint8Array,
  presentation: Uint8Array,
  shown: ReadonlyMap<number, Uint8Array>,
): boolean {
  const { abar, bbar, d, e, r1, r3, hidden, challenge } = proof;
  const messages = new Map([...shown].map(([index, message]) => [index, hashToScalar(message, 'MAP_MSG_TO_SCALAR_AS_HASH_')]));
  const [q1, ...h] = generators(shown.size + hidden.length + 1);
  const domain = domainOf(key, q1!, h, header);
  const t1 = sum([bbar, abar, d], [challenge, e, r1]);
  const bv = sum([point(hexToBytes(P1)), q1!, ...[...messages.keys()].map((index) => h[index]!)], [1n, domain, ...messages.values()]);
  const rest = h.filter((_, index) => !messages.has(index));
  const t2 = sum([bv, d, ...rest], [challenge, r3, ...hidden]);
  if (challengeOf(proof, t1, t2, messages, domain, presentation) !== challenge) return false;
  const pairs = [
    { g1: abar, g2: G2.Point.fromBytes(key) },
    { g1: bbar, g2: G2.Point.BASE.negate() },
  ];
  return fields.Fp12.eql(bls12_381.pairingBatch(pairs), fields.Fp12.ONE);
}

/** ProofChallengeCalculate. */
function challengeOf(
  { abar, bbar, d }: BbsProof,
  t1: Point,
  t2: Point,
  messages: ReadonlyMap<number, bigint>,
  domain: bigint,
  presentation: Uint8Array,
): bigint {
  const shown = [...messages].flatMap(([index, message]) => [integer(index), octetsOf(message)]);
  const points = [abar, bbar, d, t1, t2].map(compressed);
  const parts = [integer(messages.size), ...shown, ...points, octetsOf(domain), integer(presentation.length), presentation];
  return hashToScalar(concatBytes(...parts), 'H2S_');
}

/** calculate_domain. */
function domainOf(key: Uint8Array, q1: Point, h: readonly Point[], header: Uint8Array): bigint {
  const points = [q1, ...h].map(compressed);
  return hashToScalar(concatBytes(key, integer(h.length), ...points, utf8(API), integer(header.length), header), 'H2S_');
}

const made: Point[] = [];
let seed: Uint8Array | null = null;

/** create_generators: the same for everybody, so each is made once. */
function generators(count: number): Point[] {
  seed ??= expand(utf8(`${API}MESSAGE_GENERATOR_SEED`), 'SIG_GENERATOR_SEED_');
  while (made.length < count) {
    seed = expand(concatBytes(seed, integer(made.length + 1)), 'SIG_GENERATOR_SEED_');
    made.push(G1.hashToCurve(seed, { DST: `${API}SIG_GENERATOR_DST_` }));
  }
  return made.slice(0, count);
}

function hashToScalar(message: Uint8Array, name: string): bigint {
  return integerOf(expand(message, name)) % ORDER;
}

/** expand_message_xmd with SHA-256 (RFC 9380, 5.3.1), to the 48 bytes that every use here asks for. */
function expand(message: Uint8Array, name: string): Uint8Array {
  return expand_message_xmd(message, utf8(API + name), EXPANDED, sha256);
}

/** A point of G1 in its one compressed form; throws ProofError for another, and for the identity. */
function point(octets: Uint8Array): Point {
  try {
    const found = G1.Point.fromBytes(octets);
    if (!found.is0() && found.toBytes().every((byte, index) => byte === octets[index])) return found;
  } catch {
    // not a point of the curve, or not of its subgroup
  }
  throw new ProofError('MALFORMED_PROOF');
}

/** noble writes no identity, and a forger can make one of the sums the identity. */
function compressed(one: Point): Uint8Array {
  if (!one.is0()) return one.toBytes();
  const octets = new Uint8Array(POINT);
  octets[0] = 0xc0;
  return octets;
}

function sum(points: Point[], scalars: bigint[]): Point {
  return pippenger(G1.Point, points, scalars);
}

function integerOf(octets: Uint8Array): bigint {
  return octets.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function octetsOf(scalar: bigint): Uint8Array {
  return hexToBytes(scalar.toString(16).padStart(2 * SCALAR, '0'));
}

function integer(number: number): Uint8Array {
  const octets = new Uint8Array(8);
  new DataView(octets.buffer).setBigUint64(0, BigInt(number));
  return octets;
}
