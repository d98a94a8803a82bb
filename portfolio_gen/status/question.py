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
    open: Callable[[bytes], SignedList | None]
    """Opens and checks a list; None for bytes that are no credential."""

    def fetch(self, address: str) -> Found:
        """Return what `web` answers; raises Refusal `LIST_NOT_LOOKED_UP` or `LIST_UNREACHABLE`."""
        answer = self.web.get(address)
        if answer is None:
            raise Refusal("LIST_NOT_LOOKED_UP", {"list": address})
        if answer["status"] != _OK or len(answer["bytes"]) > self.limits.file_bytes:
            raise Refusal("LIST_UNREACHABLE", {"list": address})
        return Found(answer["bytes"], answer["source"] == "live", answer["at"])
