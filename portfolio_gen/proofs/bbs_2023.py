"""bbs-2023, derived proofs of the feature `baseline` (vc-di-bbs 3.3 and 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits
from portfolio_gen.proofs import bbs, selective
from portfolio_gen.proofs.unsecured import Unsecured


@dataclass(frozen=True)
class _Value:
    """The components of a derived proof's value (parseDerivedProofValue)."""

    proof: bbs.Proof
    labels: dict[str, str]
    mandatory: list[int]
    shown: list[int]
    presentation: bytes


def check(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless the proof shows that `key` signed every statement of the document."""
    value = _parse(proof, unsecured.limits)
    signed = selective.statements(unsecured, proof, value.labels, value.mandatory)
    if len(value.shown) != len(signed.others):
        raise ProofError("SIGNATURE_INVALID")
    shown = dict(zip(value.shown, signed.others, strict=True))
    if not bbs.verifies(key.public, value.proof, signed.options + signed.mandatory, value.presentation, shown):
        raise ProofError("SIGNATURE_INVALID")


def _parse(proof: Proof, limits: Limits) -> _Value:
    reader = selective.reader(proof, limits)
    reader.array_of(5)
    octets, labels = reader.octets(), reader.pairs(reader.uint)
    mandatory, shown = reader.items(reader.uint), reader.items(reader.uint)
    presentation = reader.octets()
    reader.end()
    hidden = bbs.count_hidden(octets)
    selective.distinct(mandatory)
    named = selective.named({number: f"b{name}" for number, name in labels.items()})
    if sorted(set(shown)) != shown or (shown and shown[-1] >= len(shown) + hidden):
        raise ProofError("MALFORMED_PROOF")
    selective.within(len(shown) + hidden, limits)
    return _Value(bbs.parse(octets), named, mandatory, shown, presentation)
