"""A document, its proof and a key to an outcome. PROOF_SUITES has one row for each suite that is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.credential import Anchor, Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.proofs import bbs_2023, data_integrity, ecdsa_sd, jws, ld_jws, merkle, selective
from portfolio_gen.proofs.chains import previous
from portfolio_gen.proofs.merkle import is_anchored
from portfolio_gen.proofs.unsecured import Unsecured, first_that_fits

__all__ = [
    "PROOF_SUITES",
    "Unsecured",
    "check",
    "check_anchored",
    "check_form",
    "check_kind",
    "hash_data",
    "is_anchored",
    "is_known",
    "is_selective",
    "previous",
]


@dataclass(frozen=True)
class Suite:
    """A way of signing.

    `type` is that of its proofs (None for a JWS around the document), `kinds` are the kinds of key that it may be by.
    `check_form` and `check` raise ProofError. `selective`: whoever shows the document may have left out some of it.
    """

    type: str | None
    kinds: frozenset[str]
    check_form: Callable[[Proof, str], None]
    check: Callable[[Unsecured, Proof, Key], None]
    selective: bool = False
    linked: bool = True
    """Whether it signs what the contexts make of the document."""


def _data_integrity(
    check: Callable[[Unsecured, Proof, Key], None], *kinds: str, type: str = "DataIntegrityProof"
) -> Suite:
    linked = check is data_integrity.check_rdfc
    return Suite(type, frozenset(kinds), data_integrity.check_form, check, linked=linked)


def _selective(check: Callable[[Unsecured, Proof, Key], None], kind: str) -> Suite:
    return Suite("DataIntegrityProof", frozenset({kind}), selective.check_form, check, selective=True)


PROOF_SUITES: Mapping[str, Suite] = {
    "eddsa-jcs-2022": _data_integrity(data_integrity.check_jcs, "ed25519-pub"),
    "eddsa-rdfc-2022": _data_integrity(data_integrity.check_rdfc, "ed25519-pub"),
    "Ed25519Signature2020": _data_integrity(data_integrity.check_rdfc, "ed25519-pub", type="Ed25519Signature2020"),
    "ecdsa-jcs-2019": _data_integrity(data_integrity.check_jcs, "p256-pub", "p384-pub"),
    "ecdsa-rdfc-2019": _data_integrity(data_integrity.check_rdfc, "p256-pub", "p384-pub"),
    **{name: Suite(name, frozenset(kinds), ld_jws.check_form, ld_jws.check) for name, kinds in ld_jws.KINDS.items()},
    "ecdsa-sd-2023": _selective(ecdsa_sd.check, "p256-pub"),
    "bbs-2023": _selective(bbs_2023.check, "bls12_381-g2-pub"),
    **{
        name: Suite(None, frozenset({kind}), jws.check_form, jws.check, linked=False)
        for name, kind in jws.ALGORITHMS.items()
    },
    **{name: Suite(None, frozenset(), jws.check_form, jws.check, linked=False) for name in jws.REFUSED},
}


def is_known(proof: Proof) -> bool:
    """Return whether the proof is of a suite in PROOF_SUITES or anchored, under the type that the suite has."""
    if is_anchored(proof):
        return True
    suite = PROOF_SUITES.get(proof.suite)
    if suite is None or (suite.type is None) != (proof.jws is not None):
        return False
    return suite.type is None or proof.options.get("type") == suite.type


def is_selective(proof: Proof) -> bool:
    """Return whether the proof, of a known suite, stays good when parts of the document are left out."""
    return not is_anchored(proof) and PROOF_SUITES[proof.suite].selective


def hash_data(document: Mapping[str, Any], proof: Proof, limits: Limits = LIMITS) -> bytes:
    """Return the bytes that a Data Integrity `proof` by an Ed25519 key signs over `document` (its `proof` left out).

    Raises ProofError where these cannot be had; issuing and checking share this function.
    """
    jcs = PROOF_SUITES[proof.suite].check is data_integrity.check_jcs
    make = data_integrity.jcs_hash_data if jcs else data_integrity.rdfc_hash_data
    return make(Unsecured(document, limits), proof)


def check_form(proof: Proof, purpose: str) -> None:
    """Raise ProofError unless the proof, of a known suite, has the members that it must have, for this purpose."""
    PROOF_SUITES[proof.suite].check_form(proof, purpose)


def check_kind(proof: Proof, key: Key) -> None:
    """Raise ProofError `KEY_MISMATCH` unless the proof may be by a key of this kind.

    Nor is it by one whose `alg` is not of its own kind, or none that is checked here (DESIGN rule 6).
    """
    own = not key.algorithm or jws.ALGORITHMS.get(key.algorithm) == key.kind
    if key.kind not in PROOF_SUITES[proof.suite].kinds or not own:
        raise ProofError("KEY_MISMATCH")


def check(unsecured: Unsecured, proof: Proof, key: Key) -> Mapping[str, Any]:
    """Raise ProofError unless `proof`, whose form is right, is by `key` over all of the document.

    Return the older contexts with which it is, if it was made over such, as the detail of a check.
    """
    suite = PROOF_SUITES[proof.suite]
    if not suite.linked:
        suite.check(unsecured, proof, key)
        return {}
    _, named = first_that_fits(unsecured, lambda reading: suite.check(reading, proof, key))
    return named


def check_anchored(unsecured: Unsecured, proof: Proof, purpose: str) -> tuple[Anchor, Mapping[str, Any]]:
    """Return where the root of a Merkle proof is said to stand, and the older contexts used; raises ProofError."""
    return first_that_fits(unsecured, lambda reading: merkle.check(reading, proof, purpose))
