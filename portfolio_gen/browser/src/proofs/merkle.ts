/**
 * Merkle proofs: that a document's hash leads to the root of a tree (MerkleProof2017 and 2019, Blockcerts').
 * A path binds nobody: who put the root into which transaction, and whether that transaction exists, is for others to ask.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

import type { Anchor, Proof } from '../credential';
import { ProofError } from '../errors';
import { isAbsent, isObject, type Json, type JsonObject } from '../json';
import type { Limits } from '../limits';
import { decode as multibase } from '../multibase';
import { utf8 } from '../text';
import { Reader } from './cbor';
import { checkForm } from './data_integrity';
import { joined } from '../bytes';
import type { Unsecured } from './unsecured';

/** By the numbers for chain and network (the keymap of @blockcerts/lds-merkle-proof-2019). */
const CHAINS: { readonly [numbers: string]: string } = {
  '0,1': 'bitcoinMainnet',
  '0,3': 'bitcoinTestnet',
  '1,1': 'ethereumMainnet',
  '1,3': 'ethereumRopsten',
  '1,4': 'ethereumRinkeby',
  '1,5': 'ethereumGoerli',
  '1,11155111': 'ethereumSepolia',
  '2,137': 'polygonMainnet',
  '2,80001': 'polygonMumbai',
};

const ROOT = 0;
const TARGET = 1;
const ANCHORS = 2;
const PATH = 3;
const MOCK = -1;

type Step = readonly [right: boolean, hash: Uint8Array];

interface Receipt {
  readonly target: Uint8Array;
  readonly path: readonly Step[];
  readonly anchor: Anchor;
}

/**
 * Where the root is said to stand; throws ProofError unless the document's hash leads to it.
 * The proof's own dates and its verification method are not hashed: they say nothing.
 */
export async function check(unsecured: Unsecured, proof: Proof, purpose: string): Promise<Anchor> {
  const { document, limits } = unsecured;
  const old = proof.suite === 'MerkleProof2017';
  if (!old) checkForm(proof, purpose);
  const receipt = old ? from2017(proof.options, document) : from2019(String(proof.options['proofValue']), limits);
  if (receipt.path.length > limits.merklePath) throw new ProofError('TOO_MUCH_WORK');
  if (!/^\/(proof|signature)(\/0)?$/.test(proof.pointer)) throw new ProofError('PROOF_CHAIN_NOT_SUPPORTED');
  const { canonicalDocument, checkSpelling } = await import('./data_integrity_rdfc');
  await checkSpelling(unsecured, {}, proof.pointer);
  const form = await canonicalDocument(unsecured);
  const isTarget = bytesToHex(sha256(utf8(form))) === bytesToHex(receipt.target);
  if (!isTarget || bytesToHex(rootOf(receipt)) !== bytesToHex(receipt.anchor.root)) throw new ProofError('SIGNATURE_INVALID');
  return receipt.anchor;
}

function rootOf({ target, path }: Receipt): Uint8Array {
  return path.reduce((node, [right, other]) => sha256(right ? joined(node, other) : joined(other, node)), target);
}

function from2017({ proof: path, anchors, merkleRoot, targetHash }: JsonObject, document: JsonObject): Receipt {
  const anchor = Array.isArray(anchors) ? anchors[0] : undefined;
  if (!(isAbsent(path) || Array.isArray(path)) || !isObject(anchor)) throw new ProofError('MALFORMED_PROOF');
  const { sourceId: transaction, chain } = anchor;
  if (typeof transaction !== 'string' || !(isAbsent(chain) || typeof chain === 'string')) throw new ProofError('MALFORMED_PROOF');
  const root = hashIn(merkleRoot);
  const target = hashIn(targetHash);
  return { target, path: (path ?? []).map(stepIn), anchor: { chain: chain || oldChain(document), transaction, root } };
}

/** The chain of a proof that names none: that to which the address belongs with which it was sent. */
function oldChain({ verification }: JsonObject): string {
  const address = isObject(verification) ? verification['publicKey'] : null;
  const isMain = typeof address === 'string' && address.replace(/^ecdsa-koblitz-pubkey:/, '').startsWith('1');
  return isMain ? 'bitcoinMainnet' : 'bitcoinTestnet';
}

function stepIn(step: Json): Step {
  const sides = isObject(step) ? ['left', 'right'].filter((side) => !isAbsent(step[side])) : [];
  if (!isObject(step) || sides.length !== 1) throw new ProofError('MALFORMED_PROOF');
  return [sides[0] === 'right', hashIn(step[sides[0]!])];
}

function hashIn(value: unknown): Uint8Array {
  if (typeof value !== 'string' || !/^[0-9a-fA-F]{64}$/.test(value)) throw new ProofError('MALFORMED_PROOF');
  return hexToBytes(value);
}

/** Decode a proof value: pairs of 0 and the root, 1 and the target, 2 and the anchors, 3 and the path, in any order. */
function from2019(value: string, limits: Limits): Receipt {
  const reader = new Reader(multibase(value, limits) ?? refuse());
  const keys = new Set<number>();
  let [root, target]: (Uint8Array | null)[] = [null, null];
  let [anchors, path]: [Omit<Anchor, 'root'>[], Step[]] = [[], []];
  reader.items(() => {
    const key = newKey(reader, keys);
    if (key === ROOT) root = hashIn(encoded(reader));
    else if (key === TARGET) target = hashIn(encoded(reader));
    else if (key === ANCHORS) anchors = reader.items(() => anchorIn(reader));
    else if (key === PATH) path = reader.items(() => otherIn(reader));
    else refuse();
  });
  reader.end();
  const [anchor] = anchors;
  return root && target && anchor ? { target, path, anchor: { ...anchor, root } } : refuse();
}

function refuse(): never {
  throw new ProofError('MALFORMED_PROOF');
}

/** The head and the first half of a pair, whose key must be new. */
function newKey(reader: Reader, keys: Set<number>): number {
  reader.arrayOf(2);
  const key = reader.uint();
  if (keys.has(key)) refuse();
  keys.add(key);
  return key;
}

/** Pairs of 0 and the chain, 1 and its network, 2 and the transaction; a chain for tests has no network. */
function anchorIn(reader: Reader): Omit<Anchor, 'root'> {
  const found = new Map<number, number | string>();
  const keys = new Set<number>();
  reader.items(() => found.set(newKey(reader, keys), reader.isInteger() ? reader.integer() : encoded(reader)));
  if (found.get(0) === MOCK) return { chain: 'mockchain', transaction: '' };
  const transaction = found.get(2);
  const chain = [0, 1].every((key) => typeof found.get(key) === 'number') ? CHAINS[`${found.get(0)},${found.get(1)}`] : undefined;
  return typeof transaction === 'string' ? { chain: chain ?? 'unknown', transaction } : refuse();
}

/** A step: 0 and the hash on the left, or 1 and the one on the right. */
function otherIn(reader: Reader): Step {
  reader.arrayOf(2);
  const side = reader.uint();
  return side > 1 ? refuse() : [side === 1, hashIn(encoded(reader))];
}

/** What a byte string encodes: libraries in JavaScript put bytes there, those in Python hexadecimal text. */
function encoded(reader: Reader): string {
  const inner = new Reader(reader.octets());
  const word = inner.word();
  inner.end();
  return word;
}
