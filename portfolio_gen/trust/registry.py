"""Lists that are one JSON object: the known-issuer registries of the Digital Credentials Consortium, and one's own.

`{"meta": {"created", "updated"}, "registry": {identifier: {"name", "location", "url"}}}`. Nobody signs them. In lists
of one's own an entry may have `logo` and `since` as well.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from portfolio_gen.limits import Limits
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.trust.entry import Asked, Entry, ListError, member, text


def entry(data: bytes, asked: Asked) -> Entry | None:
    """Return what a registry says of an issuer; None if it does not know it. Raises ListError."""
    whole = _read(data, asked.limits)
    found = whole["registry"].get(asked.identifier)
    if not isinstance(found, dict):
        return None
    name, logo, website, since = (text(found.get(part)) for part in ("name", "logo", "url", "since"))
    meta = whole.get("meta")
    return Entry(name, logo, website, text(member(meta, "updated")) or text(member(meta, "created")), since)


def identifiers(data: bytes, limits: Limits) -> list[str]:
    """Return all whom a registry knows. Raises ListError."""
    return [identifier for identifier, found in _read(data, limits)["registry"].items() if isinstance(found, dict)]


@lru_cache(maxsize=64)
def _read(data: bytes, limits: Limits) -> dict[str, Any]:
    """Read a registry once for all credentials that are looked for in it."""
    if len(data) > limits.file_bytes:
        raise ListError
    try:
        whole = read_json(data, limits)
    except JsonError as error:
        raise ListError from error
    if not isinstance(member(whole, "registry"), dict):
        raise ListError
    found: dict[str, Any] = whole
    return found
