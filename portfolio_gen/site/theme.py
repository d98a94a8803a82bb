"""Where the theme is: in the package when installed from a wheel, beside it in a source tree.

MkDocs takes the folder of whatever the entry point `mkdocs.themes` loads, by its `__file__`.
"""

from __future__ import annotations

from pathlib import Path

import portfolio_gen

NAME = "portfolio"


def folder() -> Path:
    """Return the folder that holds the theme's mkdocs_theme.yml."""
    package = Path(portfolio_gen.__file__).resolve().parent
    places = (package / "themes" / NAME, package.parent / "themes" / NAME)
    return next((place for place in places if (place / "mkdocs_theme.yml").is_file()), places[0])


class _Location:
    """What MkDocs asks of a theme's module."""

    __file__ = str(folder() / "mkdocs_theme.yml")


location = _Location()
