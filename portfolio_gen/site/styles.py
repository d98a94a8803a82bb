"""The theme's style sheets as they are published: tokens, rules and the owner's look in one, without comments.

Every page loads them, and every page is held to a weight (tests/browser/test_site.py).
"""

from __future__ import annotations

from pathlib import Path

from rcssmin import cssmin

from portfolio_gen import look

FOLDER = "assets/portfolio"
MAIN, TOKENS, EXTRA = "portfolio.css", "tokens.css", "theme.css"
"""What is published, what it begins with, and what a theme that extends another may add to the other's rules."""
BADGE = "embed.css"
"""The badge for other websites has no button for light and dark."""


def pack(site: Path, chosen: look.Look) -> None:
    """Join and shorten the theme's own style sheets in a site; those of the owner stay as they are."""
    folder = site / FOLDER
    parts = [folder / name for name in (TOKENS, MAIN, EXTRA)]
    texts = [part.read_text("utf-8") for part in parts if part.is_file()]
    if texts:
        (folder / MAIN).write_text("\n".join([*texts, look.css(chosen)]), "utf-8", newline="\n")
    badge, colours = folder / BADGE, folder / TOKENS
    if badge.is_file() and colours.is_file():
        by_system = look.dark(colours.read_text("utf-8"), chosen)
        badge.write_text(f"{badge.read_text('utf-8')}\n{by_system}", "utf-8", newline="\n")
    for part in (folder / TOKENS, folder / EXTRA):
        part.unlink(missing_ok=True)
    for sheet in sorted(folder.glob("*.css")):
        sheet.write_text(cssmin(sheet.read_text("utf-8")), "utf-8", newline="\n")
