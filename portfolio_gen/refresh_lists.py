"""The public lists of issuers, fetched into dated copies: what `refresh --lists` does.

A registry by OpenID Federation gives one statement for each issuer. It is first asked whom it lists, then for those of
them of whom the wallet has credentials: it learns of no others. A copy is replaced only by one that can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from portfolio_gen import statements, trust
from portfolio_gen.fetch import Fetcher
from portfolio_gen.limits import LIMITS
from portfolio_gen.refresh import Row
from portfolio_gen.report import Report
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.timestamps import instant
from portfolio_gen.trust import federation, sources
from portfolio_gen.trust.entry import Asked, ListError, member
from portfolio_gen.vocabulary import message

_OK = 200

Copy = Mapping[str, Any]


class _NotHad(Exception):
    """A list could not be had: why, in a sentence, and whether nobody answered at all."""

    def __init__(self, why: str, silent: bool = False) -> None:
        super().__init__(why)
        self.silent = silent


@dataclass(frozen=True)
class Refreshed:
    """The copies that there are now, in the order of the index, and what came of each list."""

    copies: tuple[Copy, ...]
    rows: tuple[Row, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every list is as its server has it now."""
        return not any(row.outcome in ("kept", "absent") for row in self.rows)


def issuers(reports: Iterable[Report]) -> list[str]:
    """Return the identifiers of all issuers in reports, each once."""
    found: dict[str, None] = {}
    for report in reports:
        if report.issuer:
            found[report.issuer.id] = None
        found |= dict.fromkeys(issuers(report.inner))
    return list(found)


def refresh_lists(
    kept: Sequence[Copy],
    wanted: Collection[str],
    now: str,
    fetcher: Fetcher,
    progress: Callable[[int, int], None],
    index: str = sources.INDEX,
) -> Refreshed:
    """Fetch the lists that `index` names; `kept` are the last copies, `wanted` the issuers of the wallet.

    A copy that the index no longer names, or that cannot be renewed, stays, with its date.
    """
    before = {copy["url"]: copy for copy in kept}
    try:
        registries = list(_registries(_fetched(index, now, fetcher)))[: sources.MOST_REGISTRIES]
    except _NotHad as error:
        return Refreshed(tuple(kept), (Row(index, "absent", str(error), "", error.silent),))
    copies: dict[str, Copy] = {}
    rows = []
    for done, (name, kind, url) in enumerate(registries, 1):
        row, copy = _renewed(name, kind, url, before.get(url), wanted, now, fetcher)
        rows.append(row)
        if copy is not None:
            copies[url] = copy
        progress(done, len(registries))
    left = [copy for url, copy in before.items() if url not in {url for _, _, url in registries}]
    rows += [Row(copy["url"], "kept", message("refresh.list.gone"), copy["at"]) for copy in left]
    return Refreshed((*copies.values(), *left), tuple(rows))


def _registries(data: bytes) -> Iterator[tuple[str, str, str]]:
    """Give name, kind and address of each registry in an index that is of a kind known here; raises _NotHad."""
    rows = _json(data)
    if not isinstance(rows, list):
        raise _NotHad(message("refresh.list.unreadable"))
    for row in rows:
        kind, at = sources.TYPES.get(str(member(row, "type")), ("", ""))
        name, url = member(row, "name"), member(row, at)
        if kind and isinstance(name, str) and name.strip() and isinstance(url, str):
            yield name, kind, url


def _renewed(
    name: str, kind: str, url: str, kept: Copy | None, wanted: Collection[str], now: str, fetcher: Fetcher
) -> tuple[Row, Copy | None]:
    """Return what came of one list, and the copy of it that there is now."""
    try:
        data = _statements(url, wanted, now, fetcher) if kind == "federation" else _fetched(url, now, fetcher)
        copy = {"name": name, "kind": kind, "by": "public", "url": url, "at": now, "bytes": data}
        seen = _seen(copy, kept, now)
    except _NotHad as error:
        if kept is None:
            return Row(url, "absent", str(error), "", error.silent), None
        return Row(url, "kept", str(error), kept["at"], error.silent), kept
    if kept is None:
        return Row(url, "new"), copy | {"seen": seen}
    same = kept["bytes"] == data
    return Row(url, "unchanged" if same else "changed", "", kept["at"]), copy | {"seen": seen}


def _seen(copy: Copy, kept: Copy | None, now: str) -> dict[str, str]:
    """Return since when each issuer stands in all copies of a list; raises _NotHad for one that cannot be read."""
    try:
        known = trust.LISTS[copy["kind"]].identifiers(copy["bytes"], LIMITS)
        if copy["kind"] == "federation":
            asked = Asked("", instant(now), copy["url"], LIMITS, statements.is_signed)
            federation.entry(copy["bytes"], asked)
    except ListError:
        raise _NotHad(message("refresh.list.unreadable")) from None
    before = kept.get("seen", {}) if kept else {}
    return {identifier: before.get(identifier, now) for identifier in sorted(known)}


def _statements(anchor: str, wanted: Collection[str], now: str, fetcher: Fetcher) -> bytes:
    """Return a registry's statement on itself, and those on the issuers that it lists of those that are wanted."""
    own = _fetched(anchor, now, fetcher).strip()
    try:
        entity = member(federation.statement(own.decode("ascii"), LIMITS).payload, "metadata", "federation_entity")
    except (ListError, UnicodeDecodeError):
        raise _NotHad(message("refresh.list.unreadable")) from None
    listing, fetch = (member(entity, f"federation_{name}_endpoint") for name in ("list", "fetch"))
    if not isinstance(listing, str) or not isinstance(fetch, str):
        raise _NotHad(message("refresh.list.unreadable"))
    listed = _json(_fetched(listing, now, fetcher))
    asked = [identifier for identifier in wanted if isinstance(listed, list) and identifier in listed]
    joined = "&" if urlsplit(fetch).query else "?"
    lines = [own]
    for identifier in sorted(asked)[: sources.MOST_STATEMENTS]:
        lines.append(_fetched(f"{fetch}{joined}sub={quote(identifier, safe='')}", now, fetcher).strip())
    return b"\n".join(lines) + b"\n"


def _fetched(address: str, now: str, fetcher: Fetcher) -> bytes:
    found = fetcher.fetch(address, now)
    if isinstance(found, str):
        raise _NotHad(found, silent=True)
    if found["status"] != _OK:
        raise _NotHad(message("refresh.status", host=urlsplit(address).netloc, status=found["status"]))
    data: bytes = found["bytes"]
    return data


def _json(data: bytes) -> Any:
    try:
        return read_json(data, LIMITS)
    except JsonError:
        raise _NotHad(message("refresh.list.unreadable")) from None
