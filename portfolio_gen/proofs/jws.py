"""JSON Web Signatures around a document (RFC 7515; VC-JWT 1.1, VC-JOSE): the algorithm is the key's (DESIGN rule 6)."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.proofs.signatures import verifies
from portfolio_gen.proofs.unsecured import Unsecured


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


def check_form(proof: Proof, purpose: str) -> None:
    """Nothing: what a JWS must have, its reader has made sure of."""


def check(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless the JWS is by `key`, whose kind fits the header's `alg`."""
    assert proof.jws is not None, "suites of this module are those of proofs with a JWS"  # noqa: S101
    algorithm = ALGORITHMS[proof.suite]
    made = proof.jws.signing_input, proof.jws.signature
    if not verifies(key.kind, key.public, *made, algorithm.hash_name, algorithm.pss):
        raise ProofError("SIGNATURE_INVALID")
