"""Selective disclosure in the payload of a JWT (RFC 9901, 7.1): digests in, what was disclosed out.

A digest without its disclosure says nothing: it may be a decoy. A disclosure without its digest was never signed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portfolio_gen import base64url
from portfolio_gen.limits import Limits
from portfolio_gen.strict_json import JsonError, read_json

HASHES = {"sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}
BEYOND_US = ("TOO_DEEP", "NUMBER_OUT_OF_RANGE")
"""What is wrong with JSON that others may well read."""

NEVER_APART = ("iss", "nbf", "exp", "cnf", "vct", "status")
"""Claims of an SD-JWT VC that must not be disclosed selectively (SD-JWT VC, 2.2.2.2): a holder could hide an end.
Nor may anything in them."""


class DisclosureError(Exception):
    """The disclosures are not what the payload needs. `code` is a code of the check `readable`."""

    def __init__(self, code: str = "BAD_DISCLOSURE") -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Disclosed:
    """A payload with what was disclosed in its place, and how many digests have no disclosure here."""

    payload: dict[str, Any]
    left: int


def disclosed(payload: Mapping[str, Any], texts: Sequence[str], limits: Limits) -> Disclosed:
    """Return the payload with the disclosures in place; raises DisclosureError, and RFC 9901 says where."""
    if len(texts) > limits.disclosures:
        raise DisclosureError("TOO_LARGE")
    hash_name = hash_of(payload)
    work = _Work({digest(text, hash_name): _parsed(text, limits) for text in texts}, limits)
    if len(work.waiting) != len(texts):
        raise DisclosureError
    whole = work.object(payload, 1)
    if work.deep:
        raise DisclosureError("TOO_DEEP")
    if work.waiting or (
        "vct" in whole and any(name in whole and whole[name] != payload.get(name) for name in NEVER_APART)
    ):
        raise DisclosureError
    return Disclosed({name: value for name, value in whole.items() if name != "_sd_alg"}, work.left)


def hash_of(payload: Mapping[str, Any]) -> str:
    """Return hashlib's name of the hash that a payload says it has its digests by (RFC 9901, 4.1.1)."""
    name = payload.get("_sd_alg", "sha-256")
    if not isinstance(name, str) or name not in HASHES:
        raise DisclosureError("DISCLOSURE_HASH_NOT_SUPPORTED")
    return HASHES[name]


def digest(text: str, hash_name: str) -> str:
    """Return the digest of a disclosure, or of an SD-JWT (`sd_hash`), which is over its characters."""
    return base64url.encode(hashlib.new(hash_name, text.encode()).digest())


def _parsed(text: str, limits: Limits) -> list[Any]:
    """Return a disclosure's salt, its name if it is of an object, and its value (RFC 9901, 4.2)."""
    try:
        parts = read_json(base64url.decode(text), limits)
    except ValueError as error:
        raise DisclosureError from error
    except JsonError as error:
        raise DisclosureError(error.code if error.code in BEYOND_US else "BAD_DISCLOSURE") from error
    names = parts[:-1] if isinstance(parts, list) and len(parts) in (2, 3) else [None]
    if not all(isinstance(name, str) for name in names) or names[1:] in (["_sd"], ["..."]):
        raise DisclosureError
    return list(parts)


class _Work:
    """Puts disclosures in the place of their digests; each digest may stand in one place only."""

    def __init__(self, waiting: dict[str, list[Any]], limits: Limits) -> None:
        self.waiting = waiting
        self.left = 0
        self.deep = False
        self._seen: set[str] = set()
        self._limits = limits

    def object(self, value: Mapping[str, Any], depth: int) -> dict[str, Any]:
        if "..." in value:
            raise DisclosureError
        whole = {name: self._value(part, depth + 1) for name, part in value.items() if name != "_sd"}
        digests = value.get("_sd", [])
        for one in digests if isinstance(digests, list) else [None]:
            part = self._taken(one, 3)
            if part and part[1] in whole:
                raise DisclosureError
            if part:
                whole[part[1]] = self._value(part[2], depth + 1)
        return whole

    def _value(self, value: Any, depth: int) -> Any:
        if isinstance(value, dict | list) and depth > self._limits.json_depth:
            self.deep = True  # And no more: which fault is told must not depend on the order of members.
            return None
        if isinstance(value, dict):
            return self.object(value, depth)
        if not isinstance(value, list):
            return value
        items = []
        for item in value:
            part = self._taken(item["..."], 2) if isinstance(item, dict) and set(item) == {"..."} else ["", item]
            items += [self._value(part[1], depth + 1)] if part else []
        return items

    def _taken(self, one: Any, parts: int) -> list[Any] | None:
        """Return the disclosure of a digest, which must have so many parts; None if it is not disclosed."""
        if not isinstance(one, str) or one in self._seen:
            raise DisclosureError
        self._seen.add(one)
        found = self.waiting.pop(one, None)
        self.left += found is None
        if found is not None and len(found) != parts:
            raise DisclosureError
        return found
