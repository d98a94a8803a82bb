"""Token status lists (Token Status List, 4 to 8): one number for each credential, in a JWT of its own kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_gen.base64url import decode
from portfolio_gen.inflate import InflateError, inflate
from portfolio_gen.numeric_date import stamp
from portfolio_gen.status.question import Answer, Found, Question, Refusal, SignedList, checked
from portfolio_gen.timestamps import SECOND, instant

_BITS = 8
_SIZES = (1, 2, 4, 8)
_MEANS = {0: "OK", 1: "REVOKED", 2: "SUSPENDED"}
"""Token Status List, 7.1: VALID, INVALID, SUSPENDED. All others are the application's own, or nobody's yet."""

_CWT, _COSE_SIGN1 = "application/statuslist+cwt", b"\xd2"
"""The other form of a list, by its media type and by its first byte (RFC 9052, 2: tag 18)."""

_DAY = 86_400


def check(entry: Mapping[str, Any], question: Question) -> Answer:
    """Return what the list says at the entry's index (Token Status List, 8.3)."""
    try:
        return _check(entry.get("status"), question)
    except Refusal as refusal:
        return refusal.answer


def _check(reference: Any, question: Question) -> Answer:
    index, address = _reference(reference)
    found = question.fetch(address)
    about = {"list": address}
    if found.type.partition(";")[0].strip(" \t").lower() == _CWT or found.data.startswith(_COSE_SIGN1):
        raise Refusal("LIST_FORMAT_NOT_SUPPORTED", about)
    opened = checked(question.open(found.data, question.about.issuer or ""), "sub", address, question)
    claims = opened.credential
    size, data = _list(opened, about, question)
    if claims.get("iat") is None or not _is_positive(claims.get("ttl", 1)):
        raise Refusal("LIST_MALFORMED", about)
    if index >= len(data) * _BITS // size:
        raise Refusal("INDEX_OUT_OF_RANGE", about)
    value = data[index * size // _BITS] >> index * size % _BITS & (1 << size) - 1
    return _said(value, claims, found, question)


def _reference(reference: Any) -> tuple[int, str]:
    """Return the place and the address of a list (6.2)."""
    members = reference if isinstance(reference, dict) else {}
    index, address = members.get("idx"), members.get("uri")
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise Refusal("MALFORMED_ENTRY")
    if not isinstance(address, str) or not address:
        raise Refusal("MALFORMED_ENTRY")
    return index, address


def _list(opened: SignedList, about: Mapping[str, str], question: Question) -> tuple[int, bytes]:
    """Return how many bits each credential has in a list, and all of them (4.2)."""
    members = opened.credential.get("status_list")
    inside = members if isinstance(members, dict) else {}
    size, encoded = inside.get("bits"), inside.get("lst")
    if not isinstance(size, int) or isinstance(size, bool) or size not in _SIZES or not isinstance(encoded, str):
        raise Refusal("LIST_MALFORMED", about)
    if "status_list" not in opened.unpacked:
        opened.unpacked["status_list"] = _unpacked(encoded, question.limits.status_list_bytes)
    data = opened.unpacked["status_list"]
    if data is None:
        raise Refusal("LIST_MALFORMED", about)
    return size, data


def _unpacked(encoded: str, most: int) -> bytes | None:
    try:
        return inflate(decode(encoded), most)
    except (ValueError, InflateError):
        return None


def _is_positive(ttl: Any) -> bool:
    return ttl is None or (isinstance(ttl, int | float) and not isinstance(ttl, bool) and ttl > 0)


def _said(value: int, claims: Mapping[str, Any], found: Found, question: Question) -> Answer:
    """A copy answers as of its own date, for as long as its issuer has it kept (`ttl`), and not for long in any case.

    But what was revoked stays so (DESIGN rule 8).
    """
    code, at = _MEANS.get(value, "MESSAGE"), stamp(claims["iat"])
    most = question.limits.status_copy_days * _DAY
    kept = min(most, claims.get("ttl") or most)
    too_old = instant(at) < question.now - int(kept * SECOND)
    if not found.live and too_old and code != "REVOKED":
        return "LIST_TOO_OLD", {"at": at}
    return code, {"at": at} | ({"message": f"0x{value:x}"} if code == "MESSAGE" else {})
