"""Open Badges before 3.0: assertions that are hosted (JSON) or signed (a JWS around the JSON).

A badge names its class, and the class its issuer; where these are addresses, `portfolio_gen.open_badges` follows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portfolio_gen.credential import Dated, Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.numeric_date import stamp
from portfolio_gen.readers import jose
from portfolio_gen.readers.facts import facts_of
from portfolio_gen.readers.vc_json import is_text

PURPOSE = "publicKey"
"""The member of an issuer's profile that lists its keys (Open Badges 2.0, Profile)."""


def read(document: Mapping[str, Any], format: str, limits: Limits) -> Envelope:
    """Return an assertion that nobody signed; raises ReadError `MALFORMED_CREDENTIAL` for one without a badge."""
    badge = document.get("badge")
    if not (isinstance(badge, dict) or is_text(badge)):
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": ["/badge"]})
    return Envelope(
        format=format,
        document=document,
        proofs=(),
        issuer=None,
        facts=facts_of(document, limits.facts, model="ob2"),
        starts=_dated(document, "issuedOn"),
        ends=_dated(document, "expires"),
        purpose=PURPOSE,
        unsigned="HOSTED",
        badge=badge,
    )


def read_signed(text: str, format: str, limits: Limits) -> Envelope:
    """Return a signed assertion. The key is the one that its `verification.creator` names, whatever the header says."""
    token = jose.compact(text, limits)
    document = jose.payload_of(token, format, limits)
    proof = token.proof("")
    assert proof.jws is not None, "a token's proof has its JWS"  # noqa: S101
    named = replace(proof, jws=replace(proof.jws, method=_creator(document)))
    return replace(read(document, format, limits), proofs=(named,))


def _creator(document: Mapping[str, Any]) -> str | None:
    """Return the address of the key: `verification.creator`, before 2.0 `verify.url`."""
    for name, member in (("verification", "creator"), ("verify", "creator"), ("verify", "url")):
        verification = document.get(name)
        if isinstance(verification, dict) and is_text(verification.get(member)):
            return str(verification[member])
    return None


def _dated(document: Mapping[str, Any], name: str) -> tuple[Dated, ...]:
    """Return a date; before 2.0 it may be seconds since 1970."""
    value = document.get(name)
    if value is None:
        return ()
    seconds = isinstance(value, int | float) and not isinstance(value, bool)
    return ((f"/{name}", stamp(value) if seconds else value),)
