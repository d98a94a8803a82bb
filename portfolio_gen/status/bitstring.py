"""Lists of bits that are credentials themselves: Bitstring Status List 1.0, and its forerunners of 2021 and 2020."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.base64url import decode
from portfolio_gen.inflate import GZIP, InflateError, inflate
from portfolio_gen.status.question import Answer, Found, Question, Refusal, SignedList, checked
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.values import items, strings

_DAY = 86_400 * SECOND
_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,14})")
_BITS = 8
_MOST_BITS = 32
_LEAST = 131_072
"""Bitstring Status List 1.0, 6.1: a shorter list tells too much of whom it is about."""

_MEANS = {"revocation": "REVOKED", "suspension": "SUSPENDED", "refresh": "REFRESH_OFFERED", "message": "MESSAGE"}
"""What a value other than zero says, by purpose."""


@dataclass(frozen=True)
class Kind:
    """One version of the format: the type names of entry, list and subject, and the entry's members.

    `purpose` is that of a version whose entries name none. `prefix` stands before the encoded list. `both_ends`: the
    specification leaves open from which end of a byte its bits count.
    """

    entry: str
    list: str
    subject: str
    index: str = "statusListIndex"
    address: str = "statusListCredential"
    purpose: str | None = None
    prefix: str = ""
    least: int = _LEAST
    both_ends: bool = False

    def check(self, entry: Mapping[str, Any], question: Question) -> Answer:
        """Return what the list says at the entry's index (Bitstring Status List 1.0, 3.2)."""
        try:
            return self._check(entry, question)
        except Refusal as refusal:
            return refusal.answer

    def _check(self, entry: Mapping[str, Any], question: Question) -> Answer:
        purpose, address, index = self._entry(entry)
        if purpose not in _MEANS:
            return "PURPOSE_NOT_SUPPORTED", {"purposes": [purpose]}
        found = question.fetch(address)
        about = {"list": address}
        opened = checked(question.open(found.data, None), "id", address, question)
        bits = self._bits(opened, purpose, about, question)
        value = self._value(bits, index, _size(entry), about)
        at = _date(opened.credential, found, about)
        return self._said(value, purpose, found, at, entry, question)

    def _entry(self, entry: Mapping[str, Any]) -> tuple[str, str, int]:
        purpose = self.purpose or entry.get("statusPurpose")
        address, index = entry.get(self.address), entry.get(self.index)
        text = str(index) if isinstance(index, int) and not isinstance(index, bool) else index
        fine = isinstance(text, str) and _INDEX.fullmatch(text)
        if not isinstance(purpose, str) or not isinstance(address, str) or not address or not fine:
            raise Refusal("MALFORMED_ENTRY")
        return purpose, address, int(str(text))

    def _bits(self, opened: SignedList, purpose: str, about: Mapping[str, str], question: Question) -> bytes:
        credential = opened.credential
        subject = credential.get("credentialSubject")
        types, inside = strings(credential.get("type")), subject if isinstance(subject, dict) else {}
        encoded = inside.get("encodedList")
        if self.list not in types or self.subject not in strings(inside.get("type")) or not isinstance(encoded, str):
            raise Refusal("LIST_MALFORMED", about)
        if self.purpose is None and purpose not in strings(inside.get("statusPurpose")):
            raise Refusal("LIST_OF_ANOTHER_PURPOSE", about)
        if self.entry not in opened.unpacked:
            opened.unpacked[self.entry] = _unpacked(encoded, self.prefix, question.limits.status_list_bytes)
        bits = opened.unpacked[self.entry]
        if bits is None:
            raise Refusal("LIST_MALFORMED", about)
        return bits

    def _value(self, bits: bytes, index: int, size: int, about: Mapping[str, str]) -> int:
        entries = len(bits) * _BITS // size
        if entries < self.least:
            raise Refusal("LIST_TOO_SHORT", about)
        if index >= entries:
            raise Refusal("INDEX_OUT_OF_RANGE", about)
        value = _at(bits, index * size, size)
        mirrored = index // _BITS * _BITS + _BITS - 1 - index % _BITS
        if self.both_ends and value != _at(bits, mirrored, 1):
            raise Refusal("BIT_ORDER_UNCLEAR", about)
        return value

    def _said(
        self, value: int, purpose: str, found: Found, at: str, entry: Mapping[str, Any], question: Question
    ) -> Answer:
        """A copy answers as of its own date, and not for long; but what was revoked stays so (DESIGN rule 8)."""
        code = _MEANS[purpose] if value or purpose == "message" else "OK"
        detail = {"at": at}
        too_old = instant(at) < question.now - question.limits.status_copy_days * _DAY
        if not found.live and too_old and code != "REVOKED":
            return "LIST_TOO_OLD", detail
        if code == "MESSAGE":
            return code, detail | _message(entry, value)
        return code, detail


KINDS = (
    Kind("BitstringStatusListEntry", "BitstringStatusListCredential", "BitstringStatusList", prefix="u"),
    Kind("StatusList2021Entry", "StatusList2021Credential", "StatusList2021"),
    Kind(
        "RevocationList2020Status",
        "RevocationList2020Credential",
        "RevocationList2020",
        index="revocationListIndex",
        address="revocationListCredential",
        purpose="revocation",
        least=0,
        both_ends=True,
    ),
)


def _date(credential: Mapping[str, Any], found: Found, about: Mapping[str, str]) -> str:
    """Return the list's own date (DESIGN §4): `validFrom` or `issuanceDate`; of a live one without, when it was had."""
    for name in ("validFrom", "issuanceDate"):
        if isinstance(credential.get(name), str):
            return str(credential[name])
    if not found.live:
        raise Refusal("LIST_WITHOUT_DATE", about)
    return found.at


def _size(entry: Mapping[str, Any]) -> int:
    """Return how many bits each entry of the list has: `statusSize`, by default one."""
    size = entry.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= _MOST_BITS:
        raise Refusal("MALFORMED_ENTRY")
    return size


def _at(bits: bytes, start: int, size: int) -> int:
    """Return the value of `size` bits from `start`, both counted from the left."""
    first, last = start // _BITS, (start + size - 1) // _BITS
    around = int.from_bytes(bits[first : last + 1], "big")
    return around >> ((last + 1) * _BITS - start - size) & ((1 << size) - 1)


def _message(entry: Mapping[str, Any], value: int) -> dict[str, str]:
    """Return what the entry says that this value means (Bitstring Status List 1.0, 2.1, `statusMessage`)."""
    rows = entry.get("statusMessage")
    for row in items(rows):
        if isinstance(row, dict) and row.get("status") == f"0x{value:x}" and isinstance(row.get("message"), str):
            return {"message": row["message"]}
    return {"message": f"0x{value:x}"}


def _unpacked(encoded: str, prefix: str, most: int) -> bytes | None:
    """Return the bits of an `encodedList`; None for what is none. Without a prefix both alphabets of base64 count."""
    if not encoded.startswith(prefix):
        return None
    text = encoded.removeprefix(prefix)
    if not prefix:
        padded = text.replace("+", "-").replace("/", "_")
        text = padded if len(padded) % 4 else re.sub(r"==?\Z", "", padded)
    try:
        return inflate(decode(text), most, GZIP)
    except (ValueError, InflateError):
        return None
