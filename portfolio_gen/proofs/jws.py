"""JSON Web Signatures around a document (RFC 7515; VC-JWT 1.1, VC-JOSE): the algorithm is the key's (DESIGN rule 6).

docs/verification.md, JSON Web Signatures, 7, says what a header may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.proofs.signatures import verifies
from portfolio_gen.proofs.unsecured import Unsecured
from portfolio_gen.values import media_name


@dataclass(frozen=True)
class Algorithm:
    """What an `alg` asks of the key and of the signature (RFC 7518, 3.1; RFC 8037, 3.1; RFC 8812, 3.2)."""

    kind: str
    hash_name: str = ""
    pss: bool = False


ALGORITHMS = {
    "EdDSA": Algorithm("ed25519-pub"),
    "Ed25519": Algorithm("ed25519-pub"),
    "ES256": Algorithm("p256-pub", "sha256"),
    "ES384": Algorithm("p384-pub", "sha384"),
    "ES256K": Algorithm("secp256k1-pub", "sha256"),
    "RS256": Algorithm("rsa-pub", "sha256"),
    "PS256": Algorithm("rsa-pub", "sha256", pss=True),
}


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


def check_algorithm(key: Key, algorithm: Algorithm) -> None:
    """Raise ProofError `KEY_MISMATCH` unless the key is for this algorithm, by its kind and its `alg` if it has one."""
    if key.kind != algorithm.kind or (key.algorithm and ALGORITHMS.get(key.algorithm) != algorithm):
        raise ProofError("KEY_MISMATCH")


def check(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless the JWS is by `key`, whose kind fits the header's `alg`."""
    assert proof.jws is not None, "suites of this module are those of proofs with a JWS"  # noqa: S101
    algorithm = ALGORITHMS[proof.suite]
    check_algorithm(key, algorithm)
    made = proof.jws.signing_input, proof.jws.signature
    if not verifies(key.kind, key.public, *made, algorithm.hash_name, algorithm.pss):
        raise ProofError("SIGNATURE_INVALID")
