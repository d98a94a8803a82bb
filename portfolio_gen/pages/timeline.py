"""The timeline: every credential by the year and month of its date, the newest first.

The headings are where a credential stands, not what it says: its own date is a claim in its line, as on a card.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from portfolio_gen.pages.entries import Entry, Listed, dated
from portfolio_gen.vocabulary import message

_MONTH = re.compile(r"(-?[0-9]{4,9})-(0[1-9]|1[0-2])-")

Placed = tuple[tuple[int, int], Entry]
"""A credential, with the year and month that it stands under."""


def month_of(entry: Entry) -> tuple[int, int] | None:
    """Return year and month of a credential's date as it is written, whatever zone it names; None without one."""
    found = _MONTH.match(dated(entry))
    return (int(found[1]), int(found[2])) if found else None


def timeline_data(*entries: Entry) -> Mapping[str, Any]:
    """Return the credentials by year and month, and those without a date that can be read."""
    placed = [(month, entry) for entry in entries if (month := month_of(entry))]
    # Within a month by day, then by address, as everywhere.
    placed.sort(key=lambda row: (row[0], dated(row[1]), row[1].slug), reverse=True)
    years = [_year(year, list(of)) for year, of in groupby(placed, key=lambda row: row[0][0])]
    undated = [Listed(entry) for entry in entries if month_of(entry) is None]
    return {"years": years, "undated": undated, "any": bool(entries)}


def _year(year: int, rows: Sequence[Placed]) -> Mapping[str, Any]:
    months = [_month(month, list(of)) for month, of in groupby(rows, key=lambda row: row[0])]
    return {"name": message("page.timeline.year", year=str(year)), "id": f"year-{year}", "months": months}


def _month(month: tuple[int, int], of: Sequence[Placed]) -> Mapping[str, Any]:
    name = message("page.timeline.month", month=message(f"live.month.{month[1]}"), year=str(month[0]))
    return {"name": name, "cards": [Listed(entry) for _, entry in of]}
