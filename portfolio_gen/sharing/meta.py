"""The tags that previews of links read: Open Graph (https://ogp.me), and one more for X to show a large picture."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import escape

from portfolio_gen.pages import Page
from portfolio_gen.vocabulary import message

WIDTH, HEIGHT = 1200, 630


def tags(page: Page, owner: str, address: str, image: str) -> str:
    """Return the tags for one page; `image` is the absolute address of its picture, if there is one.

    The site's own name, the address in `canonical` and the description of the page stand in the head already.
    """
    rows = [
        ("og:type", "profile" if page.kind == "home" else "article" if page.kind == "credential" else "website"),
        ("og:site_name", owner),
        ("og:title", page.title),
        ("og:description", description(page)),
        ("og:url", address),
    ]
    if image:
        rows += [("og:image", image), ("og:image:width", str(WIDTH)), ("og:image:height", str(HEIGHT))]
        rows += [("og:image:alt", page.title), ("twitter:card", "summary_large_image")]
    return "".join(f'<meta property="{name}" content="{escape(text)}">\n' for name, text in rows)


def description(page: Page) -> str:
    """Return what a preview says below the title: of a credential, what its file says, and that the file says it."""
    if page.kind != "credential":
        return page.description or page.title
    return message("share.says", says=page.description) if page.description else message("share.says.nothing")


def mail(name: str, address: str) -> str:
    """Return the link that begins a message about a page (RFC 6068)."""
    return f"mailto:?subject={quote(name, safe='', errors='replace')}&body={quote(address, safe='')}"
