/**
 * Whether a transaction holds a Merkle root: what an explorer answers, if it was asked (`web`).
 *
 * An explorer is believed about its chain, as a resolver is about a DID: the report names it. EXPLORERS has one row for each
 * chain that somebody keeps on show; chains for tests that are gone, or that only their issuer has, have none.
 */
import { bytesToHex } from '@noble/hashes/utils.js';

import type { Anchor, Proof } from './credential';
import { ProofError } from './errors';
import { isObject, type Json, type JsonObject } from './json';
import { addresses, type Address } from './keys/addresses';
import { answerFor } from './keys/documents';
import type { Limits } from './limits';
import * as merkle from './proofs/merkle';
import { olderThatFits } from './proofs/readings';
import type { Unsecured } from './proofs/unsecured';
import type { Detail } from './report';
import { instant, SECOND } from './timestamps';
import type { Web } from './web';

/** Who sent the transaction in which the root of a Merkle proof stands, and the details to report; throws ProofError. */
export async function check(unsecured: Unsecured, proof: Proof, purpose: string, { web, limits }: { web: Web; limits: Limits }): Promise<{ sent: Sent; detail: Detail }> {
  const [anchor, contexts] = await anchorOf(unsecured, proof, purpose);
  const { sent, detail } = lookUp(anchor, web, limits);
  return { sent, detail: { ...detail, ...contexts } };
}

/** Where the root is said to stand, and the older contexts used, as a detail. */
async function anchorOf(unsecured: Unsecured, proof: Proof, purpose: string): Promise<readonly [Anchor, Detail]> {
  try {
    return [await merkle.check(unsecured, proof, purpose), {}];
  } catch (error) {
    return olderThatFits(unsecured, error, (reading) => merkle.check(reading, proof, purpose));
  }
}

/** Who sent a transaction (its first input's address), and when it was confirmed (nanoseconds since 1970). */
export interface Sent {
  readonly address: string;
  readonly at: bigint;
}

/** Who sent it, and what the transaction carries as data, in hexadecimal. */
interface Found {
  readonly sent: Sent;
  readonly holds: readonly string[];
}

/** Where a chain's transactions are shown, by the lower-case hexadecimal of their name, and how the answer reads. */
interface Explorer {
  readonly host: string;
  readonly path: string;
  read(document: JsonObject, transaction: string): Found | null;
}

const EXPLORERS: ReadonlyMap<string, Explorer> = new Map([
  ['bitcoinMainnet', { host: 'blockstream.info', path: '/api/tx/', read: esplora }],
  ['bitcoinTestnet', { host: 'blockstream.info', path: '/testnet/api/tx/', read: esplora }],
  ['ethereumMainnet', { host: 'eth.blockscout.com', path: '/api/v2/transactions/0x', read: blockscout }],
  ['ethereumSepolia', { host: 'eth-sepolia.blockscout.com', path: '/api/v2/transactions/0x', read: blockscout }],
  ['polygonMainnet', { host: 'polygon.blockscout.com', path: '/api/v2/transactions/0x', read: blockscout }],
]);

/** Names of chains that nobody shows and a report repeats all the same; any other is what the file says. */
const NOT_SHOWN = ['mockchain', 'bitcoinRegtest', 'ethereumRopsten', 'ethereumRinkeby', 'ethereumGoerli', 'polygonMumbai'];

/**
 * Who sent the transaction that holds the root, and the details to report. Throws ProofError: `ANCHOR_NOT_PUBLIC`,
 * `ANCHOR_NOT_LOOKED_UP`, or `ANCHOR_MISMATCH` where it does not hold it.
 */
function lookUp({ chain, transaction: written, root }: Anchor, web: Web, limits: Limits): { sent: Sent; detail: Detail } {
  const explorer = EXPLORERS.get(chain);
  if (!explorer) throw new ProofError('ANCHOR_NOT_PUBLIC', NOT_SHOWN.includes(chain) ? { chain } : {});
  const transaction = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(written)?.[1]?.toLowerCase();
  if (!transaction) throw new ProofError('MALFORMED_PROOF');
  const { host, path, read } = explorer;
  const detail = { chain, transaction, explorer: host };
  const answer = answerFor(`https://${host}${path}${transaction}`, web, limits);
  const found = answer?.source === 'live' ? read(answer.document, transaction) : null;
  if (!found) throw new ProofError('ANCHOR_NOT_LOOKED_UP', detail);
  if (!found.holds.includes(bytesToHex(root))) throw new ProofError('ANCHOR_MISMATCH', detail);
  return { sent: found.sent, detail };
}

/** The code of `signer`, and its detail: whether the issuer's profile lists who sent the transactions. */
export function signer(issuer: string, senders: readonly Sent[], web: Web, limits: Limits): [code: string, detail: Detail] {
  const profile = addresses(issuer, web, limits);
  if (!profile) return ['ISSUER_NOT_RESOLVED', {}];
  if (profile.source === 'copy') return ['DID_WEB_COPY_ONLY', { at: profile.at }];
  for (const sent of senders) {
    const own = profile.entries.filter(({ address }) => isSameAddress(address, sent.address));
    if (!own.length) return ['ANCHOR_BY_ANOTHER', {}];
    if (!own.some((entry) => isInUse(entry, sent.at))) return ['KEY_WITHDRAWN', {}];
  }
  return ['LISTED', {}];
}

/** Addresses of Ethereum's kind carry a checksum in their capitals; Bitcoin's are what they are. */
function isSameAddress(one: string, other: string): boolean {
  return one === other || (one.startsWith('0x') && one.toLowerCase() === other.toLowerCase());
}

/** Whether the address was in use when the transaction was sent; a date that is none withdraws it. */
function isInUse({ created, ends }: Address, at: bigint): boolean {
  const start = created === null ? at : instant(created);
  const isOver = (end: string): boolean => (instant(end) ?? at) <= at;
  return start !== null && start <= at && !ends.some(isOver);
}

/** A transaction as Esplora gives it: `vin`, `vout`, and `status` with the time of its block. */
function esplora({ txid, status, vin, vout }: JsonObject, transaction: string): Found | null {
  if (txid !== transaction || !isObject(status) || status['confirmed'] !== true) return null;
  const time = status['block_time'];
  const address = at(at(Array.isArray(vin) ? vin[0] : null, 'prevout'), 'scriptpubkey_address');
  if (typeof address !== 'string' || !Array.isArray(vout) || typeof time !== 'number' || !Number.isInteger(time)) return null;
  const scripts = vout.map((output) => at(output, 'scriptpubkey')).filter((script) => typeof script === 'string');
  const holds = scripts.filter((script) => script.startsWith('6a20')).map((script) => script.slice(4));
  return { sent: { address, at: BigInt(time) * SECOND }, holds };
}

/** A transaction as Blockscout's API v2 gives it: `from`, `raw_input`, `status` and `timestamp`. */
function blockscout({ hash, status, from, raw_input: data, timestamp }: JsonObject, transaction: string): Found | null {
  const address = at(from, 'hash');
  const time = typeof timestamp === 'string' ? instant(timestamp) : null;
  if (hash !== `0x${transaction}` || status !== 'ok' || typeof address !== 'string' || typeof data !== 'string' || time === null) return null;
  return { sent: { address, at: time }, holds: [data.replace(/^0x/, '').toLowerCase()] };
}

function at(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}
