"""A DID or key URL to a Key. DID_METHODS has one row for each method that is resolved here, without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import did_key
from portfolio_gen.limits import LIMITS, Limits


@dataclass(frozen=True)
class Method:
    """A DID method: which verification methods a DID's document lists, and the key behind one of them."""

    listed: Callable[[str], frozenset[str]]
    key: Callable[[str, Limits], Key]


DID_METHODS: Mapping[str, Method] = {
    "did:key:": Method(did_key.listed, did_key.key),
}


def listed(issuer: str) -> frozenset[str] | None:
    """Return the assertion methods that the issuer's own document lists; None where that document is not known."""
    method = _method(issuer)
    return method.listed(issuer) if method else None


def resolve(verification_method: str, limits: Limits = LIMITS) -> Key:
    """Return the key that a proof names; raises ProofError, `KEY_NOT_RESOLVED` for a method that is not ours."""
    method = _method(verification_method)
    if method is None:
        raise ProofError("KEY_NOT_RESOLVED")
    return method.key(verification_method, limits)


def _method(identifier: str) -> Method | None:
    return next((method for prefix, method in DID_METHODS.items() if identifier.startswith(prefix)), None)
