"""Claims of a built site as they stand in its HTML, and what a liar would do to one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

from portfolio_gen.format import collapsed

CLAIM = re.compile(
    r'<(?P<tag>span|a|img)(?: class="pf-claim[^"]*")? data-field="(?P<field>\w+)" data-claim="(?P<pointer>[^"]*)"'
    r'(?P<rest>[^>]*)>(?:(?P<text>[^<]*)</(?P=tag)>)?'
)
"""A claim as fragments.py writes it."""
ELEMENT = re.compile(r'<\w+[^>]* data-credential="(?P<address>[^"]*)"')
ROW = re.compile(r'<div class="pf-fact[^"]*"><dt>[^<]*</dt>\n(?:<dd>(?:(?!</dd>).)*</dd>\n)+</div>\n', re.DOTALL)
LIST = '<dl class="pf-facts">\n'
VIEW = re.compile(r' data-view="([^"]*)"')
KINDS = {"span": "text", "a": "link", "img": "picture"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TARGET = "the-altered-one"


@dataclass(frozen=True)
class Claim:
    """One claim: the page that it is on, where in its HTML, and which of the page's elements it is in."""

    page: Page
    found: re.Match[str]
    element: int

    @property
    def kind(self) -> str:
        return KINDS[self.found["tag"]]

    @property
    def field(self) -> str:
        return self.found["field"]

    @property
    def pointer(self) -> str:
        return html.unescape(self.found["pointer"])

    @property
    def text(self) -> str:
        return collapsed(html.unescape(self.found["text"] or ""))

    @property
    def view(self) -> str:
        return self.page.views[self.element]

    @property
    def address(self) -> str:
        return self.page.starts[self.element]["address"]

    @property
    def beside(self) -> list[Claim]:
        """The other claims of the element."""
        return [one for one in self.page.claims if one.element == self.element and one != self]

    def __str__(self) -> str:
        return f"{self.page.path} {self.view or 'page'} {self.field} {self.pointer}"


@dataclass(frozen=True)
class Page:
    """A page of the site, by its path there."""

    path: str
    text: str
    pictures: Sequence[str]
    """The names of the site's pictures, which follow from their bytes."""

    @cached_property
    def starts(self) -> list[re.Match[str]]:
        return list(ELEMENT.finditer(self.text))

    @cached_property
    def views(self) -> list[str]:
        return [found[1] if (found := VIEW.search(start[0])) else "" for start in self.starts]

    @cached_property
    def claims(self) -> list[Claim]:
        """Every claim; elements stand beside each other, so that each is in the last that began before it."""
        return [
            Claim(self, found, sum(start.start() < found.start() for start in self.starts) - 1)
            for found in CLAIM.finditer(self.text)
        ]

    def marked(self, element: int, text: str) -> str:
        """Return the page's text, altered behind the element's beginning, with a name for that element."""
        start = self.starts[element].start()
        end = text.index(" ", start)
        return f'{text[:end]} id="{TARGET}"{text[end:]}'


def pages_of(site: Path) -> list[Page]:
    """Return the pages of a built site."""
    pictures = sorted(path.name for path in (site / "pictures").iterdir())
    found = [
        Page(path.relative_to(site).as_posix(), path.read_text("utf-8"), pictures)
        for path in sorted(site.rglob("*.html"))
    ]
    return [page for page in found if page.claims]


def put(page: Page, *changes: tuple[int, int, str]) -> str:
    """Return a page's text with these parts replaced."""
    text = page.text
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def attribute(claim: Claim, name: str, value: str) -> str:
    whole = claim.found[0]
    altered = re.sub(rf' {name}="[^"]*"', lambda _: f' {name}="{html.escape(value)}"', whole, count=1)
    assert altered != whole
    return put(claim.page, (*claim.found.span(), altered))


def letter(claim: Claim, draw: Random) -> str | None:
    """Exchange one letter of its text."""
    text = html.unescape(claim.found["text"] or "")
    at = [index for index, sign in enumerate(text) if not sign.isspace()]
    if not at:
        return None
    index = draw.choice(at)
    new = draw.choice([sign for sign in LETTERS if sign != text[index]])
    return put(claim.page, (*claim.found.span("text"), html.escape(text[:index] + new + text[index + 1 :])))


def address(claim: Claim, draw: Random) -> str | None:
    """Let a link lead elsewhere."""
    if claim.kind != "link":
        return None
    found = re.search(r' href="([^"]*)"', claim.found[0])
    assert found
    return attribute(claim, "href", draw.choice([html.unescape(found[1]) + "x", "https://elsewhere.example/"]))


def picture(claim: Claim, draw: Random) -> str | None:
    """Show another picture of the site."""
    found = re.search(r' src="([^"]*pictures/)([^"]*)"', claim.found[0])
    if not found:
        return None
    others = [name for name in claim.page.pictures if name != found[2]]
    return attribute(claim, "src", found[1] + draw.choice(others))


def field(claim: Claim, draw: Random) -> str | None:
    """Call it another field's: one that is beside it, else one of those that every credential has."""
    names = {one.field for one in claim.beside} | {"name", "issuerName", "validFrom"}
    return attribute(claim, "data-field", draw.choice(sorted(names - {claim.field})))


def pointer(claim: Claim, draw: Random) -> str | None:
    """Say that it stands elsewhere in the signed document: where another of the element's facts does."""
    places = {one.pointer for one in claim.beside if one.field != claim.field} - {claim.pointer}
    return attribute(claim, "data-claim", draw.choice(sorted(places or {"/nowhere"})))


def place(claim: Claim, draw: Random) -> str | None:
    """Put it where another fact stands, and that one in its place; of two values of one fact, the order says nothing."""
    others = [one for one in claim.beside if one.field != claim.field]
    if not others:
        others = [
            one
            for one in claim.page.claims
            if one.address.partition("#")[0] != claim.address.partition("#")[0] and one.text != claim.text
        ]
    if not others:
        return None
    other = draw.choice(others)
    return put(claim.page, (*claim.found.span(), other.found[0]), (*other.found.span(), claim.found[0]))


def deleted(claim: Claim, draw: Random) -> str | None:
    """Take it from the page, and leave its place empty."""
    return put(claim.page, (*claim.found.span(), ""))


def left_out(claim: Claim, draw: Random) -> str | None:
    """Take it from the page with all that would tell that there was something: its place, and a label of its own."""
    text, (start, end) = claim.page.text, claim.found.span()
    if not text.startswith("</dd>\n", end):
        return None
    row = next(row for row in ROW.finditer(text) if row.start() < start < row.end())
    if row[0].count("<dd>") == 1:
        alone = text.endswith(LIST, 0, row.start()) and text.startswith("</dl>", row.end())
        return put(claim.page, (row.start() - alone * len(LIST), row.end() + alone * len("</dl>"), ""))
    return put(claim.page, (start - len("<dd>"), end + len("</dd>\n"), ""))


Change = Callable[[Claim, Random], str | None]
CHANGES: Mapping[str, Change] = {
    one.__name__: one for one in (letter, address, picture, field, pointer, place, deleted, left_out)
}
