"""Proof chains: what a proof builds on, by the identifiers in `previousProof` (vc-data-integrity 2.1.2 and 4.5)."""

from __future__ import annotations

from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS, Limits


def previous(proof: Proof, proofs: tuple[Proof, ...], limits: Limits = LIMITS) -> tuple[Proof, ...]:
    """Return those of a document's `proofs` on which `proof` builds directly, in their order.

    Raises ProofError: `MALFORMED_PROOF` for a `previousProof` of another form, `PROOF_CHAIN_BROKEN` where anything up
    the chain is not there just once, or builds on `proof` in turn, `TOO_MUCH_WORK` where the proofs of the document
    build on too many different sets: each is canonicalised with it.
    """
    _follow(proof, proofs, (), set())
    if len({tuple(sorted(set(names))) for other in proofs if (names := _names(other))}) > limits.proof_chains:
        raise ProofError("TOO_MUCH_WORK")
    return _named(proof, proofs)


def _follow(proof: Proof, proofs: tuple[Proof, ...], above: tuple[str, ...], seen: set[str]) -> None:
    if proof.pointer in above:
        raise ProofError("PROOF_CHAIN_BROKEN")
    if proof.pointer not in seen:
        for earlier in _named(proof, proofs):
            _follow(earlier, proofs, (*above, proof.pointer), seen)
        seen.add(proof.pointer)


def _named(proof: Proof, proofs: tuple[Proof, ...]) -> tuple[Proof, ...]:
    names = _names(proof)
    if names is None:
        raise ProofError("MALFORMED_PROOF")
    found = tuple(other for other in proofs if other.options.get("id") in names)
    if sorted(other.options["id"] for other in found) != sorted(set(names)):
        raise ProofError("PROOF_CHAIN_BROKEN")
    return found


def _names(proof: Proof) -> list[str] | None:
    """Return the identifiers in `previousProof`; None where it holds something else."""
    value = proof.options.get("previousProof")
    names = [] if value is None else value if isinstance(value, list) else [value]
    return names if all(isinstance(name, str) for name in names) else None
