"""Credentials and presentations signed as JWS JSON, general and flattened (RFC 7515, 7.2), European ones among them.

docs/verification.md, JWS JSON. Members beside `payload` and the signatures are unsigned: nothing of them is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen import base64url
from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers import jose, jwt
from portfolio_gen.readers.recognise import format_of_payload
from portfolio_gen.strict_json import JsonError, read_json

Json = Mapping[str, Any]

_OF_ONE = ("protected", "header", "signature")


@dataclass(frozen=True)
class _Signed:
    """One of the signatures, where it stands, and the header beside it that nobody signed."""

    token: jose.Token
    pointer: str
    unprotected: Json


def read(document: Json, format: str, limits: Limits) -> Envelope:
    """Return the opened credential or presentation; raises ReadError."""
    signed = _signatures(document, format, limits)
    payload = jose.payload_of(signed[0].token, format, limits)
    presents = format_of_payload(payload) == "vp-jwt"
    read = jwt.presentation_of if presents else jwt.credential_of
    return read(payload, lambda who: tuple(one.token.proof(who, one.pointer) for one in signed), format, limits)


def _signatures(document: Json, format: str, limits: Limits) -> list[_Signed]:
    """Return the signatures in their order; raises ReadError for a form that is neither of the two, or both."""
    many = document.get("signatures")
    if many is None:
        return [_signed(document, document["payload"], "", format, limits)]
    if any(name in document for name in _OF_ONE):
        raise ReadError("AMBIGUOUS", format)
    if not isinstance(many, list) or not many or not all(isinstance(one, dict) for one in many):
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": ["/signatures"]})
    signed = [
        _signed(one, document["payload"], f"/signatures/{index}", format, limits) for index, one in enumerate(many)
    ]
    if len({one.token.data for one in signed}) > 1:
        raise ReadError("AMBIGUOUS", format)
    return signed


def _signed(one: Json, payload: str, pointer: str, format: str, limits: Limits) -> _Signed:
    """Return one signature. Of the header beside it only `kid` counts: a key must be found, whoever names it."""
    encoded, unprotected, signature = one.get("protected"), one.get("header"), one.get("signature")
    unprotected = {} if unprotected is None else unprotected
    protected = _header(encoded, limits)
    fine = {
        "protected": protected is not None,
        "header": isinstance(unprotected, dict) and not unprotected.keys() & (protected or {}).keys(),
        "signature": isinstance(signature, str),
    }
    wrong = sorted(f"{pointer}/{name}" for name, is_fine in fine.items() if not is_fine)
    if wrong or protected is None:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    raw = protected.get("b64", True) is not True
    header = {**protected, "kid": unprotected["kid"]} if unprotected.get("kid") is not None else protected
    token = jose.Token(
        header,
        payload.encode() if raw else jose.decoded(payload),
        f"{encoded or ''}.{payload}".encode(),
        jose.decoded(str(signature)) or b"",
    )
    return _Signed(token, pointer, unprotected)


def _header(encoded: Any, limits: Limits) -> Json | None:
    """Return a protected header; an empty one where there is none, None for what is no JSON object."""
    if encoded is None:
        return {}
    try:
        header = read_json(base64url.decode(encoded), limits)
    except (JsonError, TypeError, ValueError):
        return None
    return header if isinstance(header, dict) else None
