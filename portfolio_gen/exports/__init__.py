"""A portfolio in forms that other programs read: nothing in them is signed anew, and none states a verdict.

Each export is made piece by piece, so that the files of thousands of credentials are never in memory at once. The same
credentials give the same bytes: no export says when it was made. mkdocs is unknown here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from portfolio_gen.exports import clr, json_resume, table
from portfolio_gen.pages import Entry, SiteInfo, in_order, newest_first

FOLDER = "export/"


class Maker(Protocol):
    """Makes an export of credentials in the owner's order."""

    def __call__(self, entries: Sequence[Entry], site: SiteInfo, site_url: str) -> Iterator[str]:
        """Yield its text in pieces; `site_url` is "" where nobody knows the site's address."""
        ...


class Export(NamedTuple):
    """A form of export: its file in the site, and what makes it."""

    file: str
    make: Maker


EXPORTS: Mapping[str, Export] = {
    "json-resume": Export(f"{FOLDER}resume.json", json_resume.pieces),
    "csv": Export(f"{FOLDER}credentials.csv", table.pieces),
    "clr": Export(f"{FOLDER}clr.json", clr.pieces),
}
"""Those that are made of credentials alone, by the names that mkdocs.yml and the command line have for them."""

ZIP, CV = "zip", "cv"
ARCHIVE = f"{FOLDER}portfolio.zip"
"""The file of `zip`, which is made of the whole site (archive.py). `cv` is a page."""

NAMES = (CV, *EXPORTS, ZIP)
DEFAULT = (CV, *EXPORTS)
"""Not the archive: it is as large as all the rest of the site."""


def files(names: Sequence[str]) -> dict[str, str]:
    """Return the file of each of these exports that is one, by name."""
    return {name: ARCHIVE if name == ZIP else EXPORTS[name].file for name in names if name != CV}


def pieces(name: str, entries: Sequence[Entry], site: SiteInfo, site_url: str = "") -> Iterator[bytes]:
    """Yield one of EXPORTS as UTF-8, in pieces."""
    ordered = in_order(newest_first(entries))
    return (text.encode("utf-8", "replace") for text in EXPORTS[name].make(ordered, site, site_url))
