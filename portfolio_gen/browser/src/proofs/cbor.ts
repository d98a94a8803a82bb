/**
 * The CBOR (RFC 8949) of proofs with selective disclosure and of Merkle proofs: integers, strings, arrays and maps.
 *
 * Not a library's: those of Python and of JavaScript read more than this, and not the same more (lengths that are not the
 * shortest, keys that come twice, integers as tags), and a report may not depend on the language. Everything that
 * parseDerivedProofValue of vc-di-ecdsa 3.5 and vc-di-bbs 3.3, or a MerkleProof2019, does not ask for is refused.
 */
import { bytesToHex } from '@noble/hashes/utils.js';

import { ProofError } from '../errors';

const UINT = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;
/** Tag 64 (RFC 8746): some libraries write byte strings as typed arrays of bytes, though the suites say not to. */
const BYTE_ARRAY_TAG = [0xd8, 0x40];
/** What a number of 1, 2, 4 or 8 bytes must reach, or fewer would do. */
const LEAST = [24, 2 ** 8, 2 ** 16, 2 ** 32];

/** Reads one item after another; each method throws ProofError `MALFORMED_PROOF` where another kind stands. */
export class Reader {
  private at = 0;

  constructor(private readonly data: Uint8Array) {}

  /** An integer from 0 to 2⁵³−1. */
  readonly uint = (): number => this.head(UINT);

  /** An integer from −2⁵³ to 2⁵³−1. */
  readonly integer = (): number => (this.kind() === NEGATIVE ? -1 - this.head(NEGATIVE) : this.uint());

  /** Whether an integer comes next. */
  isInteger(): boolean {
    return [UINT, NEGATIVE].includes(this.kind());
  }

  /** A text, or the hexadecimal of a byte string. */
  word(): string {
    if (this.kind() !== TEXT) return bytesToHex(this.octets());
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.take(this.head(TEXT)));
    } catch {
      throw new ProofError('MALFORMED_PROOF');
    }
  }

  /** A byte string. */
  readonly octets = (): Uint8Array => {
    if (BYTE_ARRAY_TAG.every((byte, index) => this.data[this.at + index] === byte)) this.at += BYTE_ARRAY_TAG.length;
    return this.take(this.head(BYTES));
  };

  /** An array of what `item` reads. */
  items<T>(item: () => T): T[] {
    const found: T[] = [];
    for (let left = this.head(ARRAY); left > 0; left--) found.push(item());
    return found;
  }

  /** A map from integers, none of them twice, to what `value` reads. */
  pairs<T>(value: () => T): Map<number, T> {
    const found = new Map<number, T>();
    for (let left = this.head(MAP); left > 0; left--) {
      const key = this.uint();
      expect(!found.has(key));
      found.set(key, value());
    }
    return found;
  }

  /** The head of an array of just so many items. */
  arrayOf(length: number): void {
    expect(this.head(ARRAY) === length);
  }

  /** Nothing more. */
  end(): void {
    expect(this.at === this.data.length);
  }

  /** 3.1: the kind of an item and its number, in the shortest form. */
  private head(major: number): number {
    const first = this.take(1)[0]!;
    const info = first & 31;
    expect(first >> 5 === major && info < 28);
    if (info < 24) return info;
    const number = this.take(2 ** (info - 24)).reduce((value, byte) => value * 256 + byte, 0);
    expect(number >= LEAST[info - 24]! && number <= Number.MAX_SAFE_INTEGER);
    return number;
  }

  private kind(): number {
    const next = this.data[this.at];
    expect(next !== undefined);
    return next! >> 5;
  }

  private take(length: number): Uint8Array {
    expect(length <= this.data.length - this.at);
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
}

function expect(true_: boolean): void {
  if (!true_) throw new ProofError('MALFORMED_PROOF');
}
