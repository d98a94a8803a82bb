"""An issuer's identifier to the lists that know it. LISTS has one row for each kind of list.

A list is a dated copy that the caller hands in; nothing is fetched, and no list ever changes a verdict (DESIGN 2.1). An
identifier is known where it stands in the list character by character.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.trust import federation, registry
from portfolio_gen.trust.entry import Asked, Entry, IsSigned, ListError

__all__ = ["LISTS", "IsSigned", "Lists", "knowing", "size"]

Lists = Iterable[Mapping[str, Any]]
"""Copies of lists: `{name, kind, by, url, at, bytes, seen?}`.

`kind` is a row of LISTS, `by` whose list it is: `public` or `owner` (of the site); `url` is where it was copied from,
"" for an owner's, `at` when. `seen` maps identifiers to the date of the first copy in which they stood.
"""


@dataclass(frozen=True)
class Kind:
    """A kind of list: what one says of an issuer, and whom it knows. Both raise ListError."""

    entry: Callable[[bytes, Asked], Entry | None]
    identifiers: Callable[[bytes, Limits], list[str]]


LISTS: Mapping[str, Kind] = {
    "registry": Kind(registry.entry, registry.identifiers),
    "federation": Kind(federation.entry, federation.identifiers),
}


def knowing(
    identifier: str, lists: Lists, now: int, is_signed: IsSigned, limits: Limits = LIMITS
) -> tuple[Mapping[str, Any], ...]:
    """Return what each list that knows an issuer says of it, in the order of the lists: `issuer.lists` of the report.

    A list that cannot be read knows nobody. `now` is in nanoseconds since 1970.
    """
    found = []
    for copy in lists:
        try:
            entry = LISTS[copy["kind"]].entry(copy["bytes"], Asked(identifier, now, copy["url"], limits, is_signed))
        except ListError:
            continue
        if entry:
            found.append(_said(copy, entry, identifier))
    return tuple(found)


def size(copy: Mapping[str, Any], limits: Limits = LIMITS) -> int | None:
    """Return how many issuers a list knows; None for one that cannot be read."""
    try:
        return len(LISTS[copy["kind"]].identifiers(copy["bytes"], limits))
    except ListError:
        return None


def _said(copy: Mapping[str, Any], entry: Entry, identifier: str) -> Mapping[str, Any]:
    said = {
        "list": copy["name"],
        "by": copy["by"],
        "url": copy["url"],
        "at": copy["at"],
        "sha256": sha256(copy["bytes"]).hexdigest(),
        "date": entry.date,
        "name": entry.name,
        "logo": entry.logo,
        "website": entry.website,
        "since": entry.since,
        "seen": copy.get("seen", {}).get(identifier),
        "until": entry.until,
        "ended": entry.ended or None,
    }
    return {name: value for name, value in said.items() if value is not None}
