"""Registries by OpenID Federation 1.0: the registry's signed statements, one on itself and one on each issuer.

A copy is text: one compact JWS a line, first the registry's own (its entity configuration), then those on its
subordinates, as its fetch endpoint gives them. Only the registry's own keys count; chains of trust are not followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portfolio_gen import base64url
from portfolio_gen.limits import Limits
from portfolio_gen.numeric_date import stamp
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.timestamps import SECOND
from portfolio_gen.trust.entry import Asked, Entry, ListError, member, text

WELL_KNOWN = "/.well-known/openid-federation"
TYPE = "entity-statement+jwt"


@dataclass(frozen=True)
class Statement:
    """An entity statement (OpenID Federation 1.0, 3), taken apart: the JWS, and what it says of whom."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signing_input: bytes
    signature: bytes

    def says(self, name: str) -> str | None:
        """Return what it says under this name of the entity, for which an organisation stands (5.2.2)."""
        return text(member(self.payload, "metadata", "federation_entity", name))


@dataclass(frozen=True)
class Copy:
    """The registry's statement on itself, and those on others, by whom they are on."""

    own: Statement
    others: Mapping[str, Statement]


def entry(data: bytes, asked: Asked) -> Entry | None:
    """Return what a registry says of an issuer; None if no statement of its own on it holds. Raises ListError."""
    copy = _read(data, asked.limits)
    anchor = copy.own.payload["iss"]
    place = asked.url.removesuffix(WELL_KNOWN).rstrip("/")
    if anchor.rstrip("/") != place or not _holds(copy.own, copy.own, asked):
        raise ListError
    found = copy.others.get(asked.identifier)
    if found is None or found.payload["iss"] != anchor or not _holds(found, copy.own, asked):
        return None
    end = min(copy.own.payload["exp"], found.payload["exp"])
    name, logo, website = (found.says(part) for part in ("organization_name", "logo_uri", "homepage_uri"))
    ended = end * SECOND < asked.now - asked.limits.date_tolerance_seconds * SECOND
    return Entry(name, logo, website, stamp(found.payload["iat"]), until=stamp(end), ended=ended)


def identifiers(data: bytes, limits: Limits) -> list[str]:
    """Return all on whom there is a statement, whether or not it holds. Raises ListError."""
    return list(_read(data, limits).others)


def statement(line: str, limits: Limits) -> Statement:
    """Take an entity statement apart. Raises ListError for what is none."""
    parts = line.split(".")
    try:
        header, payload = (read_json(base64url.decode(part), limits) for part in parts[:2])
        signature = base64url.decode(parts[2]) if len(parts) == 3 else b""
    except (ValueError, JsonError) as error:
        raise ListError from error
    found = isinstance(header, dict) and isinstance(payload, dict) and signature and header.get("typ") == TYPE
    if not found or not all(isinstance(payload.get(name), str) for name in ("iss", "sub")):
        raise ListError
    if not all(type(payload.get(name)) is int for name in ("iat", "exp")) or "crit" in payload:
        raise ListError
    return Statement(header, payload, f"{parts[0]}.{parts[1]}".encode(), signature)


@lru_cache(maxsize=64)
def _read(data: bytes, limits: Limits) -> Copy:
    """Read a copy once for all credentials that are looked for in it."""
    if len(data) > limits.file_bytes or not data.isascii():
        raise ListError
    own, *rest = (statement(line, limits) for line in data.decode("ascii").removesuffix("\n").split("\n"))
    others = {one.payload["sub"]: one for one in rest}
    if own.payload["iss"] != own.payload["sub"] or len(others) != len(rest):
        raise ListError
    return Copy(own, others)


def _holds(one: Statement, own: Statement, asked: Asked) -> bool:
    """Return whether a statement is signed by a key that the registry gives as its own, and is none of the future."""
    keys, kid = member(own.payload, "jwks", "keys"), text(one.header.get("kid"))
    named = [key for key in keys if kid and member(key, "kid") == kid] if isinstance(keys, list) else []
    begun = one.payload["iat"] * SECOND <= asked.now + asked.limits.date_tolerance_seconds * SECOND
    return begun and len(named) == 1 and asked.is_signed(one.header, one.signing_input, one.signature, named[0])
