"""did:key: the identifier is the key (the did:key method, 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import multikey
from portfolio_gen.keys.documents import Listing
from portfolio_gen.limits import LIMITS, Limits

PREFIX = "did:key:"


def listing(did: str, purpose: str, web: Mapping[str, Any], limits: Limits) -> Listing:
    """Return the one verification method that this DID's document lists, for every purpose of signing.

    The DID by itself names it too: the Recommendations' own samples do.
    """
    return Listing(frozenset({f"{did}#{did.removeprefix(PREFIX)}", *([] if "#" in did else [did])}))


def key(verification_method: str, web: Mapping[str, Any], limits: Limits = LIMITS) -> Key:
    """Return the key of `did:key:M#M` or `did:key:M`; raises ProofError with the first code that applies."""
    did, hash_sign, fragment = verification_method.partition("#")
    if not hash_sign:
        fragment = did.removeprefix(PREFIX)
    if did != PREFIX + fragment:
        raise ProofError("MALFORMED_KEY")
    kind, public = multikey.decode(fragment, limits)
    return Key(verification_method, did, kind, public)
