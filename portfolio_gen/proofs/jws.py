"""JSON Web Signatures around a document (RFC 7515; VC-JWT 1.1, VC-JOSE): the algorithm is the key's (DESIGN rule 6).

docs/verification.md, JSON Web Signatures, 7, says what a header may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.proofs import signatures
from portfolio_gen.proofs.unsecured import Unsecured
from portfolio_gen.values import media_name

ALGORITHMS: Mapping[str, str] = {
    "EdDSA": "ed25519-pub",
    "Ed25519": "ed25519-pub",
    "ES256": "p256-pub",
    "ES384": "p384-pub",
    "ES256K": "secp256k1-pub",
    "RS256": "rsa-pub",
    "PS256": "rsa-pub",
}
"""The kind of key that each `alg` asks for (RFC 7518, 3.1; RFC 8037, 3.1; RFC 8812, 3.2)."""

_LIKE = {"Ed25519": "EdDSA"}
"""Another name for the same, with keys of this kind (RFC 9864, 2.2)."""

REFUSED = {
    "none": "ALGORITHM_NONE",
    "HS256": "SHARED_SECRET",
    "HS384": "SHARED_SECRET",
    "HS512": "SHARED_SECRET",
}
"""Algorithms that prove nothing to a third party: known, and refused by name."""

CRITICAL = frozenset({"b64", "sigT"})
"""Header names that may stand in `crit`: b64 says how the payload is encoded (RFC 7797), which the reader sees to, sigT
when it was signed (ETSI TS 119 182-1, 5.2.1), which is a date like others."""

_DRAFTS = ("", "-ld", "+ld", "+ld+json")
_SELECTIVE = ("sd-jwt", "sd+jwt", "example+sd-jwt", "dc+sd-jwt", *(f"vc{draft}+sd-jwt" for draft in _DRAFTS))
TYPES: Mapping[str, frozenset[str]] = {
    "assertionMethod": frozenset({"jwt", "jose+json", *_SELECTIVE, *(f"vc{draft}+jwt" for draft in _DRAFTS)}),
    "authentication": frozenset(
        {"jwt", "jose+json", *(f"vp{draft}+{kind}" for draft in _DRAFTS for kind in ("jwt", "sd-jwt"))}
    ),
    "keyBinding": frozenset({"kb+jwt"}),
    "publicKey": frozenset({"jwt", "jose"}),
    "entityStatement": frozenset({"entity-statement+jwt"}),
}
"""What `typ` may say of a signature for this purpose: one made over another kind of file counts for none of these."""

CONTENTS: Mapping[str, frozenset[str]] = {
    "assertionMethod": frozenset({"vc", "vc+ld+json", "json", "ld+json", "octet-stream"}),
    "authentication": frozenset({"vp", "vp+ld+json", "json", "ld+json"}),
    "publicKey": frozenset({"json", "ld+json"}),
    "keyBinding": frozenset({"json"}),
    "entityStatement": frozenset({"json"}),
}


def check_form(proof: Proof, purpose: str) -> None:
    """Raise ProofError for a header by which the signature is none, or none over a document of this purpose."""
    assert proof.jws is not None, "suites of this module are those of proofs with a JWS"  # noqa: S101
    header = proof.jws.header
    if proof.suite in REFUSED:
        raise ProofError(REFUSED[proof.suite])
    if not _understood(header):
        raise ProofError("CRITICAL_HEADER")
    for name, allowed in (("typ", TYPES), ("cty", CONTENTS)):
        if name in header and media_name(header[name]) not in allowed[purpose]:
            raise ProofError("WRONG_TYPE")
    if not isinstance(header.get("kid"), str | None) or not proof.jws.signature:
        raise ProofError("MALFORMED_PROOF")


def _understood(header: Mapping[str, Any]) -> bool:
    """Return whether all is known that a header says must be (RFC 7515, 4.1.11; RFC 7797, 6)."""
    names = header.get("crit", [])
    listed = isinstance(names, list) and all(isinstance(name, str) and name in header for name in names)
    if not listed or ("crit" in header and not names) or not CRITICAL.issuperset(names):
        return False
    encoded = header.get("b64", True)
    return encoded is True or (encoded is False and "b64" in names)


def check_algorithm(key: Key, name: str) -> None:
    """Raise ProofError `KEY_MISMATCH` unless the key is for this `alg`, by its kind and its own `alg` if it has one."""
    own = key.algorithm or name
    if key.kind != ALGORITHMS[name] or _LIKE.get(own, own) != _LIKE.get(name, name):
        raise ProofError("KEY_MISMATCH")


def check(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless the JWS is by `key`, whose kind fits the header's `alg`."""
    assert proof.jws is not None, "suites of this module are those of proofs with a JWS"  # noqa: S101
    check_algorithm(key, proof.suite)
    if not verifies(proof.suite, key, proof.jws.signing_input, proof.jws.signature):
        raise ProofError("SIGNATURE_INVALID")


def verifies(name: str, key: Key, message: bytes, signature: bytes) -> bool:
    """Return whether `signature` is one over `message` by the `alg` of this name, and by a key that is for it.

    Ed25519 goes by libsodium's rule (DESIGN rule 3); all others by joserfc.
    """
    if key.kind == "ed25519-pub":
        return signatures.verifies(key.kind, key.public, message, signature)
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from joserfc.jwk import import_key
    from joserfc.jws import JWSRegistry

    algorithm = JWSRegistry(algorithms=ALGORITHMS).get_alg(name)
    encoded = signatures.public_key(key.kind, key.public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    by = import_key(encoded, "RSA" if key.kind == "rsa-pub" else "EC")
    algorithm.check_key(by)
    return algorithm.verify(message, signature, by)
