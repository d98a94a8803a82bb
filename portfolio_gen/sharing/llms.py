"""llms.txt: what the site is, for programs that read text (https://llmstxt.org).

One heading, a summary in a quotation, a few paragraphs, then lists of links. Credential text is no Markdown here: what
has a meaning there is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from portfolio_gen import format
from portfolio_gen.pages import Entry, SiteInfo
from portfolio_gen.sharing.told import told
from portfolio_gen.vocabulary import message

NAME = "llms.txt"
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")


def text(entries: Sequence[Entry], site: SiteInfo, base: str) -> bytes:
    """Return the file. Addresses are absolute where the site has one, else relative to it."""
    return "\n".join(_lines(entries, site, base)).encode("utf-8", "replace")


def _lines(entries: Sequence[Entry], site: SiteInfo, base: str) -> Iterator[str]:
    yield f"# {_plain(site.name)}"
    yield ""
    yield f"> {_plain(message('llms.summary', name=site.name))}"
    yield ""
    if site.headline:
        yield _plain(message("llms.headline", headline=site.headline))
        yield ""
    for part in ("says", "check", "not"):
        yield message(f"llms.{part}", manifest=f"{base}portfolio.json")
        yield ""
    yield f"## {message('page.credentials')}"
    yield ""
    for entry in entries:
        about = told(entry)
        notes = (message("llms.issuer", issuer=about.issuer) if about.issuer else "", about.date)
        said = ", ".join(_plain(note) for note in notes if note)
        yield f"- [{_plain(about.name)}]({base}{entry.address})" + (f": {said}" if said else "")
    yield ""
    yield f"## {message('llms.more')}"
    yield ""
    for kind in ("how", "issuers", "skills"):
        yield f"- [{message(f'page.{kind}.title')}]({base}{kind}/)"
    yield f"- [portfolio.json]({base}portfolio.json): {message('llms.manifest')}"
    yield ""


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", format.line(text))
