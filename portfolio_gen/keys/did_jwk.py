"""did:jwk: the identifier is a JSON Web Key, base64url-encoded (the did:jwk method, 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_gen import base64url
from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import jwk
from portfolio_gen.keys.documents import Listing
from portfolio_gen.limits import Limits
from portfolio_gen.strict_json import JsonError, read_json

PREFIX = "did:jwk:"


def listing(did: str, purpose: str, web: Mapping[str, Any], limits: Limits) -> Listing:
    """Return the one verification method that this DID's document lists, for every purpose of signing."""
    return Listing(frozenset({f"{did}#0"}))


def key(verification_method: str, web: Mapping[str, Any], limits: Limits) -> Key:
    """Return the key of `did:jwk:J#0`; raises ProofError with the first code that applies."""
    did, _, fragment = verification_method.partition("#")
    if fragment != "0":
        raise ProofError("MALFORMED_KEY")
    try:
        value = read_json(base64url.decode(did.removeprefix(PREFIX), limits.multibase_chars), limits)
    except (ValueError, JsonError) as error:
        raise ProofError("MALFORMED_KEY") from error
    kind, public = jwk.decode(value, limits)
    return Key(verification_method, did, kind, public, algorithm=jwk.algorithm(value))
