"""What a reader finds in a file, before anybody believes it. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio_gen.report import Fact, IssuerIdentity

Dated = tuple[str, Any]
"""A pointer, and what stands there: an XSD dateTimeStamp, if it is a date."""


@dataclass(frozen=True)
class Jws:
    """A JSON Web Signature as it stands in the file (RFC 7515): its protected header, what it signs, and the signature.

    `method` is the verification method that the header names (with the issuer, where it is relative), None for none.
    `times` are when the header says that it was made.
    """

    header: Mapping[str, Any]
    signing_input: bytes
    signature: bytes
    method: str | None
    times: tuple[Dated, ...] = ()


@dataclass(frozen=True)
class Proof:
    """One proof as it stands in the file.

    `options` is the Data Integrity proof object, untouched; of a JWS around the document, `options` is empty and
    `suite` the header's `alg`.
    """

    suite: str
    options: Mapping[str, Any]
    pointer: str
    jws: Jws | None = None

    @property
    def verification_method(self) -> Any:
        """The verification method that the proof names, whatever its type."""
        return self.jws.method if self.jws else self.options.get("verificationMethod")


@dataclass(frozen=True)
class Certificate:
    """An X.509 certificate: whom it names (RFC 4514), from when to when (dateTimeStamps), and what its issuer signed.

    `key` is a SubjectPublicKeyInfo, `algorithm` the hexadecimal of an AlgorithmIdentifier, `names` are subject and
    issuer as they are encoded, `certifies` says whether others may be issued with it. `digest` is its SHA-256.
    """

    subject: str
    issuer: str
    not_before: str
    not_after: str
    key: bytes
    signed: bytes
    algorithm: str
    signature: bytes
    certifies: bool
    names: tuple[bytes, bytes]
    digest: bytes


@dataclass(frozen=True)
class Key:
    """A public key by which a proof may be checked.

    `kind` is the multicodec name, e.g. `ed25519-pub`, and `public` the bytes that this multicodec has: 32 bytes for
    Ed25519, a compressed point for `p256-pub`, `p384-pub` and `secp256k1-pub`, PKCS #1 DER for `rsa-pub`, 96 bytes for
    `bls12_381-g2-pub`. `source` says where it was found: `self` (the identifier is the key), `live`, `copy`, or
    `document` (it came only with the credential itself). `ends` are the dates from which on its document withdraws it.
    `algorithm` is the one `alg` of JSON Web Signatures that it is for, "" where its document says nothing of that.
    `controller` is None where nobody says whose the key is.
    `certificates` are those that came along, the key's own first; None for one that cannot be read.
    """

    id: str
    controller: str | None
    kind: str
    public: bytes
    source: str = "self"
    ends: tuple[str, ...] = ()
    algorithm: str = ""
    certificates: tuple[Certificate | None, ...] = ()


@dataclass(frozen=True)
class Inner:
    """A credential inside of a file: where it stands, and its bytes (an object's in its RFC 8785 form)."""

    pointer: str
    data: bytes


@dataclass(frozen=True)
class Binding:
    """A key binding JWT: that whoever presented an SD-JWT has the key that its issuer confirmed (RFC 9901, 4.3).

    `fits` says whether it is about this file and complete, `notes` for whom it was made, and when.
    """

    proof: Proof
    fits: bool
    notes: Mapping[str, Any]


@dataclass(frozen=True)
class Anchor:
    """Where the root of a Merkle tree is said to stand: the chain, the transaction in it, and the root."""

    chain: str
    transaction: str
    root: bytes


@dataclass(frozen=True)
class Envelope:
    """A file, opened: the signed document, its proofs, and what it says of itself."""

    format: str
    document: Mapping[str, Any]
    proofs: tuple[Proof, ...]
    issuer: IssuerIdentity | None
    """Who must have signed it: the issuer, or the holder of a presentation; None where a presentation names nobody,
    and for an archive."""
    facts: tuple[Fact, ...]
    starts: tuple[Dated, ...] = ()
    ends: tuple[Dated, ...] = ()
    status: Any = None
    """What it says of how the issuer may withdraw it: `credentialStatus`, untouched."""
    inner: tuple[Inner, ...] = ()
    purpose: str = "assertionMethod"
    """What the issuer's document must list the key for; `authentication` for presentations, of which a proof may state
    `assertionMethod` as well."""
    contradictions: tuple[str, ...] = ()
    """Pointers of what the signed document says twice, each time something else: a JWT's claims and its credential."""
    badge: Any = None
    """Of an Open Badge before 3.0: its class, or the address of that, which names the issuer."""
    copied: str | None = None
    """The date of a copy from which it is known who the issuer is."""
    binding: Binding | None = None
    """The holder's own signature beside the issuer's, where there is one."""
    unsigned: str = "NO_PROOF"
    """The code of `signature` where there is no proof."""
    withheld: bool = False
    """Whether its holder left something out that may have been an end or a status."""
    notes: Mapping[str, Any] = field(default_factory=dict)
    """The detail of `readable`: what was found on the way in and does not decide."""
