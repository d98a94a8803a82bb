"""What is asked of a status list, and what a list is once it was checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio_gen.limits import Limits
from portfolio_gen.report import Check

Answer = tuple[str, Mapping[str, Any]]
"""A code of the check `status`, and its detail."""

Keys = frozenset[tuple[str, bytes]]
"""Public keys: kind and bytes of each."""

_OK = 200


@dataclass(frozen=True)
class SignedList:
    """A status list that was opened and checked as any credential is; `credential` is the part that says it all."""

    credential: Mapping[str, Any]
    issuer: str | None
    signature: Check
    signer: Check
    dates: Check
    keys: Keys
    """Those by which its proofs verified."""
    unpacked: dict[str, bytes | None] = field(default_factory=dict, compare=False)
    """What its kind of list made of it, once it did."""


@dataclass(frozen=True)
class About:
    """Whose status is asked: the credential's identifier, its issuer, and the keys by which it was signed."""

    id: Any
    issuer: str | None
    keys: Keys


@dataclass(frozen=True)
class Found:
    """What an address answered, and whether now (`live`) or in a copy."""

    data: bytes
    live: bool
    at: str
    type: str


class Refusal(Exception):
    """The list says nothing: `code` of the check `status`, and its detail."""

    def __init__(self, code: str, detail: Mapping[str, Any] | None = None) -> None:
        super().__init__(code)
        self.answer: Answer = (code, detail or {})


@dataclass(frozen=True)
class Question:
    """All that a status depends on beside its entry. `now` is in nanoseconds since 1970."""

    about: About
    now: int
    web: Mapping[str, Any]
    limits: Limits
    open: Callable[[bytes, str | None], SignedList | None]
    """Opens and checks a list that is a credential, or with the issuer of whom it is if it does not say, a Status List
    Token; None for bytes that are none."""

    def fetch(self, address: str) -> Found:
        """Return what `web` answers; raises Refusal `LIST_NOT_LOOKED_UP` or `LIST_UNREACHABLE`."""
        answer = self.web.get(address)
        if answer is None:
            raise Refusal("LIST_NOT_LOOKED_UP", {"list": address})
        if answer["status"] != _OK or len(answer["bytes"]) > self.limits.file_bytes:
            raise Refusal("LIST_UNREACHABLE", {"list": address})
        return Found(answer["bytes"], answer["source"] == "live", answer["at"], answer["type"])


def checked(opened: SignedList | None, name: str, address: str, question: Question) -> SignedList:
    """Return the list if it checks out, and is the issuer's and the one that was asked for, by its member `name`.

    Raises:
        Refusal: what is wrong with it (docs/verification.md, 4, Lists of bits, 2).
    """
    about = {"list": address}
    if opened is None:
        raise Refusal("LIST_MALFORMED", about)
    same_key = bool(opened.keys) and opened.keys <= question.about.keys
    for code, refused in (
        ("LIST_NOT_SIGNED", opened.signature.result == "none"),
        ("LIST_FORGED", "fail" in (opened.signature.result, opened.signer.result)),
        ("LIST_NOT_CHECKED", opened.signature.result != "pass" or not (opened.signer.result == "pass" or same_key)),
        ("LIST_OF_ANOTHER_ISSUER", opened.issuer != question.about.issuer),
        ("LIST_OF_ANOTHER_ADDRESS", opened.credential.get(name) != address),
        ("LIST_EXPIRED", opened.dates.code == "EXPIRED"),
        ("LIST_NOT_YET_VALID", opened.dates.code == "NOT_YET_VALID"),
        ("LIST_MALFORMED", opened.dates.result == "fail"),
        ("LIST_NOT_CHECKED", opened.dates.result == "unknown"),
    ):
        if refused:
            raise Refusal(code, about)
    return opened
