"""A document, its proof and a key to an outcome. PROOF_SUITES has one row for each suite that is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen import multibase
from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.proofs.data_integrity import jcs_hash_data, rdfc_hash_data
from portfolio_gen.proofs.ed25519 import verifies

HashData = Callable[[Mapping[str, Any], Proof, Limits], bytes]


@dataclass(frozen=True)
class Suite:
    """The `type` of a suite's proofs, and what they sign."""

    type: str
    hash_data: HashData


PROOF_SUITES: Mapping[str, Suite] = {
    "eddsa-jcs-2022": Suite("DataIntegrityProof", jcs_hash_data),
    "eddsa-rdfc-2022": Suite("DataIntegrityProof", rdfc_hash_data),
    "Ed25519Signature2020": Suite("Ed25519Signature2020", rdfc_hash_data),
}
"""All three sign with Ed25519."""

PURPOSE = "assertionMethod"
SIGNATURE_BYTES = 64


def is_known(proof: Proof) -> bool:
    """Return whether the proof is of a suite in PROOF_SUITES, under the type that the suite has."""
    suite = PROOF_SUITES.get(proof.suite)
    return suite is not None and proof.options.get("type") == suite.type


def hash_data(document: Mapping[str, Any], proof: Proof, limits: Limits = LIMITS) -> bytes:
    """Return the bytes that `proof`, of a suite in PROOF_SUITES, signs over `document` (its `proof` left out).

    Raises ProofError where these cannot be had; issuing and checking share this function.
    """
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    return PROOF_SUITES[proof.suite].hash_data(unsecured, proof, limits)


def check_form(proof: Proof) -> None:
    """Raise ProofError unless the proof has the members that it must have, for our purpose, in no chain."""
    options = proof.options
    required = all(isinstance(options.get(name), str) for name in ("proofValue", "verificationMethod", "proofPurpose"))
    dates = all(isinstance(options.get(name), str | None) for name in ("created", "expires"))
    if not required or not dates:
        raise ProofError("MALFORMED_PROOF")
    if options["proofPurpose"] != PURPOSE:
        raise ProofError("WRONG_PURPOSE")
    if options.get("previousProof") is not None:
        raise ProofError("PROOF_CHAIN_NOT_SUPPORTED")


def check_signature(document: Mapping[str, Any], proof: Proof, key: Key, limits: Limits = LIMITS) -> None:
    """Raise ProofError unless `proof`, whose form is right, is by `key` over all of `document`."""
    try:
        signature = multibase.decode(proof.options["proofValue"], limits)
    except ValueError as error:
        raise ProofError("MALFORMED_PROOF") from error
    if len(signature) != SIGNATURE_BYTES:
        raise ProofError("MALFORMED_PROOF")
    if not verifies(key.public, hash_data(document, proof, limits), signature):
        raise ProofError("SIGNATURE_INVALID")
