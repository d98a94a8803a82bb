"""Derived proofs, by which a holder shows a part of what was signed (vc-di-ecdsa 3.4 to 3.6, vc-di-bbs 3.2 to 3.4).

The document's statements fall into two groups: those that the issuer made mandatory, signed by one hash together, and
those that the holder chose to show, signed one by one. Between them nothing in the document is unsigned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portfolio_gen import base64url
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits
from portfolio_gen.proofs import data_integrity
from portfolio_gen.proofs.cbor import Reader
from portfolio_gen.proofs.rdfc import lines, relabelled
from portfolio_gen.proofs.unsecured import Unsecured

BASE, DERIVED = "base", "derived"
_FORMS: Mapping[str, Mapping[str, str]] = {
    "ecdsa-sd-2023": {"u2V0A": BASE, "u2V0B": DERIVED},
    "bbs-2023": {
        **dict.fromkeys(("u2V0C", "u2V0E", "u2V0G", "u2V0I"), BASE),
        "u2V0D": DERIVED,
        "u2V0F": "anonymous_holder_binding",
        "u2V0H": "pseudonym",
        "u2V0J": "holder_binding_pseudonym",
    },
}
"""What a `proofValue` is, by its multibase prefix and its first three bytes, D9 5D and one more: a base proof, a
derived proof, or one with a feature of bbs-2023 that is not checked here."""

_FORM_CHARS = 5


def check_form(proof: Proof, purpose: str) -> None:
    """Raise ProofError unless this is a derived proof, with the members that it must have, for this purpose."""
    data_integrity.check_form(proof, purpose)
    form = _FORMS[proof.suite].get(proof.options["proofValue"][:_FORM_CHARS])
    if form is None:
        raise ProofError("MALFORMED_PROOF")
    if form == BASE:
        raise ProofError("BASE_PROOF")
    if form != DERIVED:
        raise ProofError("FEATURE_NOT_SUPPORTED", {"feature": form})


def reader(proof: Proof, limits: Limits) -> Reader:
    """Return a reader of the components of the proof's value, whose form was checked; raises ProofError."""
    value = proof.options["proofValue"]
    if len(value) > limits.selective_chars:
        raise ProofError("TOO_MUCH_WORK")
    try:
        return Reader(base64url.decode(value[_FORM_CHARS:]))
    except ValueError as error:
        raise ProofError("MALFORMED_PROOF") from error


@dataclass(frozen=True)
class Statements:
    """What a derived proof signs (createVerifyData): hashes of options and mandatory statements, and the others."""

    options: bytes
    mandatory: bytes
    others: list[bytes]


def statements(unsecured: Unsecured, proof: Proof, labels: Mapping[str, str], mandatory: Collection[int]) -> Statements:
    """Return what is signed, as N-Quads. `labels` gives blank nodes the names that they had for the issuer.

    Raises ProofError: `SIGNATURE_INVALID` where labels or indexes are not those of this document.
    """
    options = data_integrity.rdfc_options(unsecured, proof)
    quads = unsecured.canonical_quads()
    blank = {term for quad in quads for term in quad if term.startswith("_:")}
    found = [line.encode("utf-8") for line in lines(relabelled(quads, labels))]
    if blank != labels.keys() or not all(index < len(found) for index in mandatory):
        raise ProofError("SIGNATURE_INVALID")
    chosen = set(mandatory)
    together = b"".join(line for index, line in enumerate(found) if index in chosen)
    others = [line for index, line in enumerate(found) if index not in chosen]
    return Statements(hashlib.sha256(options).digest(), hashlib.sha256(together).digest(), others)


def named(labels: Mapping[int, str]) -> dict[str, str]:
    """Return the map of canonical labels to the issuer's (decompressLabelMap).

    Raises ProofError where two nodes would get one name, by which what is said of one could be shown of the other.
    """
    distinct(labels.values())
    return {f"_:c14n{number}": f"_:{name}" for number, name in labels.items()}


def distinct(values: Collection[object]) -> None:
    """Raise ProofError `MALFORMED_PROOF` if a value comes twice."""
    if len(set(values)) != len(values):
        raise ProofError("MALFORMED_PROOF")


def within(count: int, limits: Limits) -> None:
    """Raise ProofError `TOO_MUCH_WORK` for more statements than are checked one by one."""
    if count > limits.selective_statements:
        raise ProofError("TOO_MUCH_WORK")
