"""Lists that name what was withdrawn and that nobody signed: they count only where their server was just asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portfolio_gen.status.question import Answer, Question, Refusal
from portfolio_gen.strict_json import JsonError, read_json


def edtech(entry: Mapping[str, Any], question: Question) -> Answer:
    """Return what a list of 1EdTech's says (Credential Status 1.0, `1EdTechRevocationList`)."""
    return _asked(entry.get("id"), ("revokedCredentials", "revokedCredential"), question)


def open_badges(entry: Mapping[str, Any], question: Question) -> Answer:
    """Return what an issuer's list says (Open Badges 2.0, `RevocationList`).

    An entry without address stands for the list that the issuer's profile names, if any: Blockcerts name it there only.
    """
    address = entry.get("id")
    if address is None:
        try:
            address = _in_profile(question)
        except Refusal as refusal:
            return refusal.answer
        if address is None:
            return "NO_STATUS", {}
    return _asked(address, ("revokedAssertions",), question)


def _in_profile(question: Question) -> Any:
    """Return the `revocationList` of the issuer's own live profile; raises Refusal."""
    issuer = question.about.issuer or ""
    found = question.fetch(issuer)
    if not found.live:
        raise Refusal("LIST_UNSIGNED_COPY", {"at": found.at})
    profile = _read(found.data, question)
    if profile is None or profile.get("id") != issuer:
        raise Refusal("LIST_MALFORMED", {"list": issuer})
    return profile.get("revocationList")


def _asked(address: Any, members: tuple[str, ...], question: Question) -> Answer:
    if not isinstance(address, str) or not address or not isinstance(question.about.id, str):
        return "MALFORMED_ENTRY", {}
    try:
        found = question.fetch(address)
    except Refusal as refusal:
        return refusal.answer
    if not found.live:
        return "LIST_UNSIGNED_COPY", {"at": found.at}
    document = _read(found.data, question)
    about = {"list": address}
    if document is None or not any(isinstance(document.get(name), list) for name in members):
        return "LIST_MALFORMED", about
    if document.get("id") not in (None, address):
        return "LIST_OF_ANOTHER_ADDRESS", about
    if document.get("issuer") not in (None, question.about.issuer):
        return "LIST_OF_ANOTHER_ISSUER", about
    withdrawn = question.about.id in {name for member in members for name in _names(document.get(member))}
    return "REVOKED" if withdrawn else "OK", {"at": found.at}


def _read(data: bytes, question: Question) -> Mapping[str, Any] | None:
    try:
        document = read_json(data, question.limits)
    except JsonError:
        return None
    return document if isinstance(document, dict) else None


def _names(rows: Any) -> Iterator[str]:
    """What a list withdraws: identifiers by themselves, or in objects with `id` or, before 2.0, `uid`."""
    for row in rows if isinstance(rows, list) else []:
        names = (row.get("id"), row.get("uid")) if isinstance(row, dict) else (row,)
        if not (isinstance(row, dict) and row.get("revoked") is False):
            yield from (name for name in names if isinstance(name, str))
