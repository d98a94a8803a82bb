"""Where the themes are: in the wheel below the package, in a checkout beside it.

MkDocs takes the folder of a theme's entry point from the `__file__` of the module that it names; this
module is that entry point, and says where `themes/portfolio` really is.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def themes_folder() -> Path:
    """Return the folder that holds the themes, installed or editable."""
    installed = _PACKAGE / "themes"
    return installed if installed.is_dir() else _PACKAGE.parent / "themes"


def theme_folder() -> Path:
    """Return the folder of the theme `portfolio`."""
    return themes_folder() / "portfolio"


__file__ = str(theme_folder() / "__init__.py")
