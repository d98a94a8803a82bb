"""The shell: Material's chrome, rendered once for each kind of page and cut where a page's own parts go.

MkDocs renders one placeholder of each kind whole. `Shell` cuts it at the placeholder's marks, and joins
every real page onto it. The result is what MkDocs would have rendered for that page, byte for byte, but
credential text never meets MkDocs' unescaped templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from portfolio_gen.site import csp

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

TITLE, DESCRIPTION, BODY, SLUG = "XQTITLEQX", "XQDESCRIPTIONQX", "<h1>XQBODYQX</h1>", "xqslugqx"
"""Marks. Without an `<h1>` in the body Material would add one of its own."""

FOLDERS = {"credential": "credentials", "issuer": "issuers", "skill": "skills", "stack": "stacks"}
"""Kinds of which there are many pages, and where they are. Of every other kind there is one page."""

ANCHOR = "content"
"""The id that the theme gives to a page's own part; Material's skip link leads to it."""

HOSTS = csp.hosts_in_policy([csp.HOSTS])

HEAD = "<!--xqheadqx-->"
"""The mark in the head for what is told to others than visitors (portfolio_gen/sharing)."""

_MARKS = re.compile("|".join(f"({re.escape(mark)})" for mark in (TITLE, DESCRIPTION, BODY, SLUG, HOSTS, HEAD)))


class ShellPage(Page):
    """A page whose HTML is given, not made from Markdown. `title` and `description` must be escaped."""

    def __init__(self, file: File, config: MkDocsConfig, kind: str, title: str, description: str, body: str) -> None:
        # Markup keeps Material from escaping it once more.
        super().__init__(Markup(title), file, config)  # noqa: S704
        self.update_date = ""
        self.kind, self._description, self._body = kind, description, body

    def read_source(self, config: MkDocsConfig) -> None:
        """Give MkDocs the metadata that a Markdown page has at its top."""
        self.markdown = ""
        self.meta = shell_meta(self.kind, None if self.is_homepage else str(self.title), self._description)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Give MkDocs the HTML."""
        self.content, self.toc = self._body, skip_target(str(self.title))

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Do nothing: there is no Markdown whose links could be wrong."""


def shell_meta(kind: str, title: str | None, description: str) -> dict[str, Any]:
    """Return the metadata of a generated page. The plugin itself feeds the search; there is no table of contents."""
    named = {"title": title} if title else {}
    hidden = {"hide": ["navigation", "toc", "path"], "search": {"exclude": True}}
    return {"portfolio_kind": kind, "description": description, **named, **hidden}


def skip_target(title: str) -> TableOfContents:
    """Return a table of contents that holds the skip link's target only; Material shows no list for it."""
    return TableOfContents([AnchorLink(title, ANCHOR, 1)])


def with_head(page: str, head: str) -> str:
    """Return a page with more in its head, at the end."""
    before, end, after = page.partition("</head>")
    return before + head + end + after if end else page


def placeholder(config: MkDocsConfig, kind: str) -> File:
    """Return the file that stands for all pages of a kind of which there are many."""
    file = File.generated(config, f"{FOLDERS[kind]}/{SLUG}.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    ShellPage(file, config, kind, TITLE, DESCRIPTION, BODY)
    return file


def single(config: MkDocsConfig, kind: str, address: str, title: str) -> File:
    """Return the file of a page that is the only one of its kind. The theme's header leads to it."""
    source = f"{address.rstrip('/') or 'index'}.md"
    file = File.generated(config, source, content="", inclusion=InclusionLevel.NOT_IN_NAV)
    ShellPage(file, config, kind, str(escape(title)), DESCRIPTION, BODY)
    return file


@dataclass(frozen=True)
class Shell:
    """A rendered placeholder, cut at its marks."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, rendered: str, own: str = "") -> Shell:
        """Cut a placeholder's page and put its policy in; `own` is owner's HTML that the body will hold."""
        parts = _MARKS.split(csp.with_policy(with_head(rendered, HEAD), later=own, hosts=[csp.HOSTS]))
        return cls(tuple(part for part in parts if part))

    def around(
        self,
        body: Iterable[str],
        *,
        title: str,
        description: str,
        slug: str,
        hosts: Iterable[str] = (),
        head: str = "",
    ) -> Iterator[str]:
        """Yield a page in pieces: `body` is HTML, the others are text, which is escaped here.

        `hosts` are those that a button on this page names: it may ask these and no others. `head` is HTML for its head.
        """
        texts = {TITLE: str(escape(title)), DESCRIPTION: str(escape(description)), SLUG: slug}
        values = texts | {HOSTS: str(escape(csp.hosts_in_policy(hosts))), HEAD: head}
        for part in self.parts:
            if part == BODY:
                yield from body
            else:
                yield values.get(part, part)
