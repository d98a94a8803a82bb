"""Older suites, which sign the canonical RDF by a detached JSON Web Signature in the member `jws` (RFC 7797).

Linked Data Signatures 1.0; Ed25519Signature2018, JsonWebSignature2020 3, RsaSignature2018, EcdsaSecp256k1Signature2019.
"""

from __future__ import annotations

import re

from portfolio_gen import base64url
from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs.data_integrity import rdfc_hash_data
from portfolio_gen.proofs.jws import ALGORITHMS, check_algorithm, verifies
from portfolio_gen.proofs.unsecured import Unsecured
from portfolio_gen.strict_json import JsonError, read_json

KINDS = {
    "Ed25519Signature2018": ("ed25519-pub",),
    "EcdsaSecp256k1Signature2019": ("secp256k1-pub",),
    "JsonWebSignature2020": ("ed25519-pub", "p256-pub", "p384-pub", "secp256k1-pub", "rsa-pub"),
    "RsaSignature2018": ("rsa-pub",),
}
"""The kinds of key that each suite may be by."""

_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\[btfu]")
"""What RDFC-1.0 escapes and URDNA2015, with which these suites were made, does not."""


def check_form(proof: Proof, purpose: str) -> None:
    """Raise ProofError unless the proof has the members that it must have, for this purpose, and a detached JWS."""
    options = proof.options
    required = all(isinstance(options.get(name), str) for name in ("jws", "verificationMethod", "proofPurpose"))
    dates = all(isinstance(options.get(name), str | None) for name in ("created", "expires"))
    if not required or not dates or options.get("proofValue") is not None:
        raise ProofError("MALFORMED_PROOF")
    if options["proofPurpose"] != purpose:
        raise ProofError("WRONG_PURPOSE")
    if options.get("previousProof") is not None:
        raise ProofError("PROOF_CHAIN_NOT_SUPPORTED")
    _parts(proof)


def check(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless `proof` is by `key` over the document."""
    header, name, signature = _parts(proof)
    check_algorithm(key, name)
    hashed = rdfc_hash_data(unsecured, proof, without="jws")
    if _ESCAPED.search(unsecured.canonical_rdf()):
        raise ProofError("UNUSUAL_SPELLING")
    message = header.encode("ascii") + b"." + hashed
    if not verifies(name, key, message, signature):
        raise ProofError("SIGNATURE_INVALID")


def _parts(proof: Proof) -> tuple[str, str, bytes]:
    """Return the header as written, its algorithm and the signature; the payload is left out (RFC 7797, 5.1)."""
    if proof.options["jws"].count(".") != 2:
        raise ProofError("MALFORMED_PROOF")
    header, payload, signature = proof.options["jws"].split(".")
    try:
        value = read_json(base64url.decode(header, LIMITS.multibase_chars), LIMITS)
        made = base64url.decode(signature, LIMITS.multibase_chars)
    except (ValueError, JsonError) as error:
        raise ProofError("MALFORMED_PROOF") from error
    known = isinstance(value, dict) and value.keys() <= {"alg", "b64", "crit", "typ", "kid"}
    detached = known and value.get("b64") is False and value.get("crit") == ["b64"]
    name = value.get("alg") if detached else None
    if payload or not made or not isinstance(name, str) or name not in ALGORITHMS:
        raise ProofError("MALFORMED_PROOF")
    return header, name, made
