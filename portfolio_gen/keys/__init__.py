"""A DID or key URL to a Key. DID_METHODS has one row for each kind of identifier whose keys can be found here.

Nothing is fetched: what would have to be looked up is answered by `web` (DESIGN 2.3), or is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import bls, curves, did_jwk, did_key, documents, edwards, jwk, rsa
from portfolio_gen.keys.addresses import Address, addresses
from portfolio_gen.keys.documents import Listing
from portfolio_gen.limits import LIMITS, Limits

__all__ = ["DID_METHODS", "Address", "Listing", "Web", "addresses", "check", "embedded", "listing", "resolve"]

Web = Mapping[str, Mapping[str, Any]]
"""What is known of the network: URL or DID → `{bytes, status, type, at, source}`."""


@dataclass(frozen=True)
class Method:
    """A kind of identifier: which verification methods its document lists for a purpose, and the key behind one."""

    listing: Callable[[str, str, Web, Limits], Listing | None]
    key: Callable[[str, Web, Limits], Key]


LOOKED_UP = Method(documents.listing, documents.key)

DID_METHODS: Mapping[str, Method] = {
    "did:key:": Method(did_key.listing, did_key.key),
    "did:jwk:": Method(did_jwk.listing, did_jwk.key),
    "did:": LOOKED_UP,
    "https://": LOOKED_UP,
    "http://": LOOKED_UP,
}
"""The first row whose beginning matches."""


def listing(identifier: str, purpose: str, web: Web, limits: Limits = LIMITS) -> Listing | None:
    """Return what the identifier's own document lists for `purpose`; None where that document is not known."""
    method = _method(identifier)
    return method.listing(identifier, purpose, web, limits) if method else None


def resolve(verification_method: str, web: Web, limits: Limits = LIMITS) -> Key:
    """Return the key that a proof names; raises ProofError, `KEY_NOT_RESOLVED` for one that is not known here."""
    method = _method(verification_method)
    if method is None:
        raise ProofError("KEY_NOT_RESOLVED")
    return method.key(verification_method, web, limits)


def embedded(value: Any, limits: Limits = LIMITS) -> Key:
    """Return the key that came only with the document, as a JSON Web Key (DESIGN rule 6); raises ProofError."""
    kind, public = jwk.decode(value, limits)
    return Key("", "", kind, public, "document", algorithm=jwk.algorithm(value))


def check(key: Key) -> None:
    """Raise ProofError, `MALFORMED_KEY` or `WEAK_KEY`, for bytes that are no key of their kind, or none to rely on."""
    if key.kind == "ed25519-pub":
        edwards.check_point(key.public)
    elif key.kind in curves.CURVES:
        curves.check_point(key.kind, key.public)
    elif key.kind == "rsa-pub":
        rsa.check(key.public)
    elif key.kind == bls.KIND:
        bls.check_point(key.public)


def _method(identifier: str) -> Method | None:
    return next((method for prefix, method in DID_METHODS.items() if identifier.startswith(prefix)), None)
