"""The shell: Material renders one placeholder page of each kind; every real page of that kind is joined onto it.

Credential text thus never meets MkDocs' unescaped templates, and a thousand pages cost one render (DESIGN §3).
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

TITLE, DESCRIPTION, BODY, SLUG = "xqtitlexq", "xqdescriptionxq", "xqbodyxq", "xqslugxq"
"""Words that no template changes and no text holds by chance; a fragment never passes through a placeholder's split."""

_TOKENS = re.compile(f"(<h1>{BODY}</h1>|{TITLE}|{DESCRIPTION}|{SLUG})")

SOURCES: Mapping[str, str] = {
    "home": "index.md",
    "credential": f"credentials/{SLUG}.md",
    "issuers": "issuers.md",
    "issuer": f"issuers/{SLUG}.md",
    "skills": "skills.md",
    "skill": f"skills/{SLUG}.md",
    "check": "check.md",
    "how": "how.md",
}
"""Kind of page → the placeholder's place in docs_dir, which decides the page's address and depth."""


def placeholder(kind: str, after: str = "") -> str:
    """Return the Markdown of a kind's placeholder. It needs an `<h1>`, or Material adds one.

    `after` is the owner's Markdown.
    """
    return (
        f"---\ntitle: {TITLE}\ndescription: {DESCRIPTION}\nportfolio_kind: {kind}\nsearch:\n  exclude: true\n"
        f"hide: [navigation, toc]\n---\n<h1>{BODY}</h1>\n\n{after}"
    )


@dataclass(frozen=True)
class Shell:
    """A rendered placeholder, cut at its tokens."""

    parts: tuple[str, ...]

    @classmethod
    def cut(cls, rendered: str) -> Shell:
        """Cut a rendered placeholder. Raises ValueError when the theme has lost the place of the body."""
        parts = tuple(_TOKENS.split(rendered))
        if parts.count(f"<h1>{BODY}</h1>") != 1:
            raise ValueError("the theme does not show a page's content exactly once")
        return cls(parts)

    def join(self, *, title: str, description: str, slug: str, body: str) -> str:
        """Return a whole page. `title` and `description` are plain text, `body` is HTML."""
        values = {
            TITLE: html.escape(title),
            DESCRIPTION: html.escape(description),
            SLUG: slug,
            f"<h1>{BODY}</h1>": body,
        }
        return "".join(values.get(part, part) for part in self.parts)
