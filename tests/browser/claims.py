"""Claims of a built site as they stand in its HTML, and what a liar would do to one."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from random import Random
from string import ascii_lowercase

from portfolio_gen.format import collapsed, quoted
from portfolio_gen.vocabulary import labels

CLAIM = re.compile(
    r'<(?P<tag>span|a|img)(?: class="pf-claim[^"]*")? data-field="(?P<field>\w+)" data-claim="(?P<pointer>[^"]*)"'
    r"(?P<rest>[^>]*)>(?:(?P<text>[^<]*)</(?P=tag)>)?"
)
"""A claim as fragments.py writes it."""
ELEMENT = re.compile(r'<\w+[^>]* data-credential="(?P<address>[^"]*)"')
ROW = re.compile(r'<div class="pf-fact[^"]*"><dt>[^<]*</dt>\n(?:<dd>(?:(?!</dd>).)*</dd>\n)+</div>\n', re.DOTALL)
LIST = '<dl class="pf-facts">\n'
VIEW = re.compile(r' data-view="([^"]*)"')
KINDS = {"span": "text", "a": "link", "img": "picture"}
PLACELESS = {"image", "achievementType"}
TARGET = "altered-"


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
    pictures: Mapping[str, bytes] = field(repr=False)
    """The site's pictures; their names follow from their bytes."""

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


def pages_of(site: Path) -> list[Page]:
    """Return the pages of a built site."""
    pictures = {path.name: path.read_bytes() for path in sorted((site / "pictures").iterdir())}
    found = [
        Page(path.relative_to(site).as_posix(), path.read_text("utf-8"), pictures)
        for path in sorted(site.rglob("*.html"))
    ]
    return [page for page in found if page.claims]


Part = tuple[int, int, str]
"""A part of a page's text, and what stands there instead."""


@dataclass(frozen=True)
class Altered:
    """What is changed: parts of the page in these elements, files of the site.

    `names` are words of which what is reported must hold some.
    """

    parts: tuple[Part, ...]
    names: tuple[str, ...]
    elements: frozenset[int]
    files: Mapping[str, bytes] = field(default_factory=dict)


def altered(claim: Claim, *parts: Part, names: Iterable[str] = ()) -> Altered:
    told = filter(None, (labels()[claim.field], quoted(claim.text), *names))
    return Altered(parts, tuple(told), frozenset([claim.element]))


def put(page: Page, parts: Iterable[Part]) -> str:
    """Return a page's text with these parts replaced."""
    text = page.text
    for start, end, new in sorted(parts, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def mark(page: Page, element: int) -> Part:
    """Name one of a page's elements, so that a test finds it."""
    end = page.text.index(" ", page.starts[element].start())
    return end, end, f' id="{TARGET}{element}"'


def with_attribute(claim: Claim, name: str, value: str) -> Part:
    whole = claim.found[0]
    new = re.sub(rf' {name}="[^"]*"', lambda _: f' {name}="{html.escape(value)}"', whole, count=1)
    assert new != whole
    return (*claim.found.span(), new)


def attribute_of(claim: Claim, name: str) -> str:
    found = re.search(rf' {name}="([^"]*)"', claim.found[0])
    return html.unescape(found[1]) if found else ""


def letter(claim: Claim, draw: Random) -> Altered | None:
    """Exchange one letter of its text."""
    text = html.unescape(claim.found["text"] or "")
    at = [index for index, sign in enumerate(text) if not sign.isspace()]
    if not at:
        return None
    index = draw.choice(at)
    new = text[:index] + draw.choice([sign for sign in ascii_lowercase if sign != text[index]]) + text[index + 1 :]
    return altered(claim, (*claim.found.span("text"), html.escape(new)))


def address(claim: Claim, draw: Random) -> Altered | None:
    """Let a link lead elsewhere."""
    if claim.kind != "link":
        return None
    elsewhere = draw.choice([f"{attribute_of(claim, 'href')}x", "https://elsewhere.example/"])
    return altered(claim, with_attribute(claim, "href", elsewhere))


def picture(claim: Claim, draw: Random) -> Altered | None:
    """Show another picture of the site."""
    if claim.kind != "picture":
        return None
    source = PurePosixPath(attribute_of(claim, "src"))
    other = draw.choice([name for name in claim.page.pictures if name != source.name])
    return altered(claim, with_attribute(claim, "src", str(source.with_name(other))))


def drawing(claim: Claim, draw: Random) -> Altered | None:
    """Leave the page as it is, and put another picture into the picture's place."""
    if claim.kind != "picture":
        return None
    name = PurePosixPath(attribute_of(claim, "src")).name
    other = draw.choice([data for other, data in claim.page.pictures.items() if other != name])
    return replace(altered(claim), files={f"pictures/{name}": other})


def moved_to_a_field(claim: Claim, draw: Random) -> Altered:
    """Call it another field's: one that is beside it, or one that every credential has."""
    names = {one.field for one in claim.beside} | {"name", "issuerName", "validFrom"}
    other = draw.choice(sorted(names - {claim.field}))
    return altered(claim, with_attribute(claim, "data-field", other), names=[labels()[other]])


def moved_to_a_pointer(claim: Claim, draw: Random) -> Altered:
    """Say that it stands elsewhere in the signed document: where another of the element's facts does."""
    places = {one.pointer for one in claim.beside if one.field != claim.field}
    return altered(claim, with_attribute(claim, "data-claim", draw.choice(sorted(places or {"/nowhere"}))))


def moved_to_a_place(claim: Claim, draw: Random) -> Altered | None:
    """Put it where another fact stands, and that one in its place.

    Not two values of one fact: their order says nothing. Nor picture and kind, of which neither has a label. Where a
    credential has no other fact, one of another credential's takes its place.
    """
    others = [one for one in claim.beside if one.field != claim.field and {one.field, claim.field} != PLACELESS]
    if not claim.beside:
        mine = claim.address.partition("#")[0]
        others = [one for one in claim.page.claims if one.address.partition("#")[0] != mine and one.text != claim.text]
    if not others:
        return None
    other = draw.choice(others)
    parts = (*claim.found.span(), other.found[0]), (*other.found.span(), claim.found[0])
    found = altered(claim, *parts, names=[labels()[other.field], quoted(other.text)])
    return replace(found, elements=found.elements | {other.element})


def deleted(claim: Claim, draw: Random) -> Altered:
    """Take it from the page, and leave its place empty."""
    return altered(claim, (*claim.found.span(), ""), names=["“dd”"])


def left_out(claim: Claim, draw: Random) -> Altered | None:
    """Take it from the page with all that would tell that there was something: its place, its label, its list.

    Of an element that says nothing any more, a browser can only tell what no view may lack.
    """
    text, (start, end) = claim.page.text, claim.found.span()
    if not text.startswith("</dd>\n", end):
        return None
    row = next(row for row in ROW.finditer(text) if row.start() < start < row.end())
    start, end = start - len("<dd>"), end + len("</dd>\n")
    if row[0].count("<dd>") == 1:
        alone = text.endswith(LIST, 0, row.start()) and text.startswith("</dl>", row.end())
        start, end = row.start() - alone * len(LIST), row.end() + alone * len("</dl>")
    whole = [] if claim.beside else [labels()["issuerName"], labels()["issuerId"]]
    return altered(claim, (start, end, ""), names=whole)


CHANGES: Mapping[str, Callable[[Claim, Random], Altered | None]] = {
    change.__name__: change
    for change in (
        letter,
        address,
        picture,
        drawing,
        moved_to_a_field,
        moved_to_a_pointer,
        moved_to_a_place,
        deleted,
        left_out,
    )
}
