"""Credentials and presentations signed as JWS JSON, general and flattened (RFC 7515, 7.2), European ones among them.

docs/verification.md, JWS JSON. Members beside `payload` and the signatures are unsigned: nothing of them is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen import base64url
from portfolio_gen.credential import Envelope, Proof
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers import jose, jwt, sd_jwt
from portfolio_gen.readers.recognise import format_of_payload
from portfolio_gen.strict_json import JsonError, read_json

Json = Mapping[str, Any]

_DISCLOSING = frozenset({"disclosures", "kb_jwt"})
_OF_ONE = ("protected", "header", "signature")


@dataclass(frozen=True)
class _Signed:
    """One of the signatures, where it stands, and the header beside it that nobody signed."""

    token: jose.Token
    pointer: str
    unprotected: Json
    text: str
    """It in the compact form, with the payload as it stands."""


def read(document: Json, format: str, limits: Limits) -> Envelope:
    """Return the opened credential or presentation; raises ReadError."""
    signed = _signatures(document, format, limits)
    first, payload = signed[0], jose.payload_of(signed[0].token, format, limits)
    shown = _shown(signed, format)

    def prove(who: str) -> tuple[Proof, ...]:
        return tuple(one.token.proof(who, one.pointer) for one in signed)

    if shown or payload.get("_sd_alg") is not None or payload.get("vct") is not None:
        texts, bound = shown or ([], "")
        return sd_jwt.opened(payload, prove, sd_jwt.Shown(first.text, texts, bound), format, limits)
    read = jwt.presentation_of if format_of_payload(payload) == "vp-jwt" else jwt.credential_of
    return read(payload, prove, format, limits)


def _shown(signed: list[_Signed], format: str) -> tuple[list[str], str] | None:
    """Return the disclosures and the key binding beside the first signature; None where there is neither.

    Raises ReadError for others than texts, and for any beside another signature (RFC 9901, 8.1 and 8.2).
    """
    with_any = [one for one in signed if _DISCLOSING & one.unprotected.keys()]
    if not with_any:
        return None
    beside = with_any[-1].unprotected
    texts, bound = beside.get("disclosures", []), beside.get("kb_jwt")
    fine = isinstance(texts, list) and all(isinstance(text, str) for text in texts)
    bound_fine = "kb_jwt" not in beside or (isinstance(bound, str) and bound != "")
    if with_any != signed[:1] or not fine or not bound_fine:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": [f"{with_any[-1].pointer}/header"]})
    return texts, bound or ""


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
    """Return one signature. Of the header beside it only `kid` counts for it: a key must be found, whoever names it."""
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
    return _Signed(token, pointer, unprotected, f"{encoded or ''}.{payload}.{signature}")


def _header(encoded: Any, limits: Limits) -> Json | None:
    """Return a protected header; an empty one where there is none, None for what is no JSON object."""
    if encoded is None:
        return {}
    try:
        header = read_json(base64url.decode(encoded), limits)
    except (JsonError, TypeError, ValueError):
        return None
    return header if isinstance(header, dict) else None
