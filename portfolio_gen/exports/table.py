"""A table of the credentials as comma-separated values (RFC 4180), one row each, for spreadsheets.

A cell that a spreadsheet would take for a formula is made text (OWASP, CSV Injection): what stands in it was written by
whoever made the credential.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from portfolio_gen.addresses import absolute
from portfolio_gen.exports.facts import summary
from portfolio_gen.pages import Entry, SiteInfo
from portfolio_gen.vocabulary import message

COLUMNS = ("name", "kind", "issuer", "issuerId", "date", "validUntil", "page", "original", "pointer", "sha256")
MARK = "\ufeff"
"""Without a byte order mark, a spreadsheet takes UTF-8 for something else."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
"""What a formula, or what spreadsheets take for one, begins with; full-width signs are read as the plain ones."""

_INSIDE = re.compile(rf"(?!\A)([;\t] *)(?=[{re.escape(''.join(FORMULA))}])")
"""Where the next cell would begin for spreadsheets that separate by `;` (OWASP, CSV Injection)."""


def pieces(entries: Sequence[Entry], site: SiteInfo, site_url: str) -> Iterator[str]:
    """Yield the table, row by row."""
    yield MARK + _row([message(f"export.column.{name}") for name in COLUMNS])
    for entry in entries:
        said = summary(entry)
        page = absolute(site_url, entry.address) or entry.address
        original = absolute(site_url, entry.original) or entry.original
        place = entry.place.removeprefix("#")
        row = [said.name, said.kind, said.issuer, said.issuer_id, said.date, said.until, page, original, place]
        yield _row([*row, entry.file.sha256])


def _row(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([harmless(cell) for cell in cells])
    return line.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet computes."""
    inside = _INSIDE.sub(r"\1'", cell)
    return f"'{inside}" if inside.lstrip(" ").startswith(FORMULA) else inside
