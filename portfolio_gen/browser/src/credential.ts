/** What a reader finds in a file, before anybody believes it. */
import type { Json, JsonObject } from './json';
import type { Detail, Fact, Issuer } from './report';

/**
 * A JSON Web Signature as it stands in the file (RFC 7515): its protected header, what it signs, and the signature.
 * `method` is the verification method that the header names (with the issuer, where it is relative), null for none.
 */
export interface Jws {
  readonly header: JsonObject;
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
  readonly method: string | null;
  /** When the header says that it was made. */
  readonly times: readonly Dated[];
}

/**
 * One proof as it stands in the file; `options` is the Data Integrity proof object, untouched. Of a JWS around the
 * document, `options` is empty and `suite` the header's `alg`.
 */
export interface Proof {
  readonly suite: string;
  readonly options: JsonObject;
  readonly pointer: string;
  readonly jws?: Jws;
}

/** Where a key was found: in its own identifier, looked up now, in a copy that the site brings along, or only with the credential. */
export type Source = 'self' | 'live' | 'copy' | 'document';

/**
 * An X.509 certificate: whom it names (RFC 4514), from when to when (dateTimeStamps), and what its issuer signed. `key` is a
 * SubjectPublicKeyInfo, `algorithm` the hexadecimal of an AlgorithmIdentifier, `names` that of subject and issuer as they are
 * encoded, `certifies` says whether others may be issued with it.
 */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: Uint8Array;
  readonly signed: Uint8Array;
  readonly algorithm: string;
  readonly signature: Uint8Array;
  readonly certifies: boolean;
  readonly names: readonly [subject: string, issuer: string];
  readonly whole: Uint8Array;
}

/**
 * A public key by which a proof may be checked; `kind` is the multicodec name, and `public` the bytes that this multicodec
 * has: 32 bytes for Ed25519, a compressed point, PKCS #1 DER for RSA. `ends` are the dates from which on its document withdraws it.
 */
export interface Key {
  readonly id: string;
  /** Null where nobody says whose the key is. */
  readonly controller: string | null;
  readonly kind: string;
  readonly public: Uint8Array;
  readonly source: Source;
  readonly ends: readonly string[];
  /** The one `alg` of JSON Web Signatures that it is for; absent where its document says nothing of that. */
  readonly algorithm?: string | undefined;
  /** Those that came along, the key's own first; null for one that cannot be read. */
  readonly certificates?: readonly (Certificate | null)[];
}

/** A credential inside of a file: where it stands, and its bytes (an object's in its RFC 8785 form). */
export interface Inner {
  readonly pointer: string;
  readonly data: Uint8Array;
}

/**
 * A key binding JWT: that whoever presented an SD-JWT has the key that its issuer confirmed (RFC 9901, 4.3). `fits` says
 * whether it is about this file and complete, `notes` for whom it was made, and when.
 */
export interface Binding {
  readonly proof: Proof;
  readonly fits: boolean;
  readonly notes: Detail;
}

/** Where the root of a Merkle tree is said to stand: the chain, the transaction in it, and the root. */
export interface Anchor {
  readonly chain: string;
  readonly transaction: string;
  readonly root: Uint8Array;
}

/** A pointer, and what stands there: an XSD dateTimeStamp, if it is a date. */
export type Dated = readonly [pointer: string, value: Json];

/** A file, opened: the signed document, its proofs, and what it says of itself. */
export interface Envelope {
  readonly format: string;
  readonly document: JsonObject;
  readonly proofs: readonly Proof[];
  /** Who must have signed it: the issuer, or the holder of a presentation; null where a presentation names nobody, and for an archive. */
  readonly issuer: Issuer | null;
  readonly facts: readonly Fact[];
  readonly starts: readonly Dated[];
  readonly ends: readonly Dated[];
  /** What it says of how the issuer may withdraw it: `credentialStatus`, untouched. */
  readonly status: Json;
  readonly inner: readonly Inner[];
  /** What the issuer's document must list the key for; `authentication` for presentations, of which a proof may state `assertionMethod` as well. */
  readonly purpose: string;
  /** Pointers of what the signed document says twice, each time something else: a JWT's claims and its credential. */
  readonly contradictions: readonly string[];
  /** Of an Open Badge before 3.0: its class, or the address of that, which names the issuer. */
  readonly badge: Json;
  /** The date of a copy from which it is known who the issuer is. */
  readonly copied: string | null;
  /** The holder's own signature beside the issuer's, where there is one. */
  readonly binding: Binding | null;
  /** The code of `signature` where there is no proof. */
  readonly unsigned: string;
  /** Whether its holder left something out that may have been an end or a status. */
  readonly withheld: boolean;
  /** The detail of `readable`: what was found on the way in and does not decide. */
  readonly notes: Detail;
}

/** What most envelopes have in common. */
export const PLAIN = {
  starts: [],
  ends: [],
  status: null,
  inner: [],
  purpose: 'assertionMethod',
  contradictions: [],
  badge: null,
  copied: null,
  binding: null,
  unsigned: 'NO_PROOF',
  withheld: false,
  notes: {},
} as const satisfies Partial<Envelope>;

/** The verification method that the proof names, whatever its type. */
export function verificationMethod(proof: Proof): Json | undefined {
  return proof.jws ? proof.jws.method : proof.options['verificationMethod'];
}
