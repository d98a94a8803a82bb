"""The theme's style sheets as they are published: without what only their authors read.

Every page loads them, and every page is held to a weight (tests/browser/test_site.py).
"""

from __future__ import annotations

from pathlib import Path

from rcssmin import cssmin

FOLDER = "assets/portfolio"


def pack(site: Path) -> None:
    """Shorten the theme's own style sheets in a site; those of the owner stay as they are."""
    for sheet in sorted((site / FOLDER).glob("*.css")):
        sheet.write_text(cssmin(sheet.read_text("utf-8")), "utf-8", newline="\n")
