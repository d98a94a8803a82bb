"""Where the themes are: in the package when installed from a wheel, beside it in a source tree.

MkDocs takes the folder of whatever an entry point of `mkdocs.themes` loads, by its `__file__`.
"""

from __future__ import annotations

from pathlib import Path

import portfolio_gen

NAMES = ("portfolio", "portfolio-academic", "portfolio-spare")
"""The first is what the others extend: templates, rules and tokens; they bring tokens and a few rules of their own."""


def folder(name: str = NAMES[0]) -> Path:
    """Return the folder that holds a theme's mkdocs_theme.yml."""
    package = Path(portfolio_gen.__file__).resolve().parent
    places = (package / "themes" / name, package.parent / "themes" / name)
    return next((place for place in places if (place / "mkdocs_theme.yml").is_file()), places[0])


class _Location:
    """What MkDocs asks of a theme's module."""

    def __init__(self, name: str) -> None:
        self.__file__ = str(folder(name) / "mkdocs_theme.yml")


portfolio, academic, spare = map(_Location, NAMES)
