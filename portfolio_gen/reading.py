"""Reads what an element of a built page says in a credential's name, as `browser/src/reading.ts` does in a browser.

Claims, and every word or attribute that is neither a claim, nor a label of the vocabulary, nor marked as the site
owner's, nor filled in by the page's script. What it does not know, it reports. The page is parsed by lexbor, as
browsers do (HTML Living Standard, 13.2); its script does not run, and styles are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from portfolio_gen.format import collapsed
from portfolio_gen.languages import ENGLISH, language_of
from portfolio_gen.shown import Claim, Snapshot
from portfolio_gen.stacks.on_page import Shown, are_tangled, stacks_on
from portfolio_gen.vocabulary import in_language, speaking, spoken

LIVE = tuple("verdict checks proves differences identity digest picture concerns lookup art".split())  # noqa: SIM905
"""Parts that the script fills in, whatever stood there before: as in reading.ts."""

_TAGS = frozenset(
    [
        "article",
        "section",
        "header",
        "footer",
        "div",
        "span",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "dl",
        "dt",
        "dd",
        "ul",
        "ol",
        "li",
        "a",
        "img",
        "bdi",
        "small",
        "code",
    ]
)
_ATTRIBUTES = re.compile(
    r"class|id|rel|tabindex|loading|decoding|width|height|hidden|download|aria-(hidden|live|busy|atomic)"
    r"|data-(claim|field|live|owner|credential|view|busy)"
)
_MARK = re.compile(r"pf-(sign|badge|verdict|answer|check|proves|signed|count)")
_FINDING = re.compile(r"pf-(?:sign|badge)--(?!not-checked$)|pf-answer--")
"""How a verdict, or the answer of a check, is marked: in no page before its script has run."""
_WORDED = ("alt", "title", "aria-label")
_ODD = re.compile(r"[\x00-\x20\\]")
"""What browsers read in an address otherwise than urllib does."""

Bytes = Callable[[str], bytes | None]
"""The bytes at an absolute address; None for what cannot be had."""


@dataclass
class _Reading:
    """What is under way while an element is read."""

    root: LexborNode
    base: str
    bytes_at: Bytes
    claims: list[Claim] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Element:
    """An element that stands for a credential: the address of that, what it says, and the digest that it gives."""

    address: str | None
    """Absolute, with its fragment; None for one that cannot be followed."""
    snapshot: Snapshot
    digests: tuple[str, ...]
    built: tuple[str, ...] = ()
    """What the page says was found when it was built, line by line: of a file that no browser checks."""


@dataclass(frozen=True)
class Page:
    """A page: its elements, its links, whether it turns addresses elsewhere (`base`), and its stacks."""

    elements: tuple[Element, ...]
    links: tuple[str, ...]
    turned: bool
    language: str = ENGLISH
    """In which of our languages it is, by its root element."""
    stacks: tuple[Shown, ...] = ()
    tangled: bool = False
    """Whether stacks stand in each other, so that none was read."""


def read_page(html: bytes, base: str, bytes_at: Bytes) -> Page:
    """Return what a page at the absolute address `base` says in the name of credentials."""
    tree = LexborHTMLParser(html.decode("utf-8", "replace"))
    elements = [node for node in tree.css("[data-credential]") if not _is_in(node, "noscript")]
    language = language_of(tree.root.attributes.get("lang") or "" if tree.root is not None else "")
    links = (_resolved(node.attributes.get("href"), base) for node in tree.css("a[href]"))
    with speaking(language):
        read = tuple(_element(node, base, bytes_at) for node in elements)
        tangled = are_tangled(tree)
        stacks = () if tangled else stacks_on(tree, lambda address: _resolved(address, base))
    found = tuple(dict.fromkeys(link for link in links if link))
    return Page(read, found, bool(tree.css("base")), language, stacks, tangled)


def _element(node: LexborNode, base: str, bytes_at: Bytes) -> Element:
    reading = _Reading(node, base, bytes_at)
    reading.strays += _imitations(node)
    _read_element(node, reading)
    snapshot = Snapshot(
        node.attributes.get("data-view") or "",
        tuple(reading.claims),
        tuple(reading.strays),
        language=node.attributes.get("data-language") or "",
        sealed=any(one.attributes.get("data-live") == "art" for child in node.iter() for one in _all(child)),
    )
    digests = tuple(collapsed(_text(code)) for code in node.css('[data-live="digest"] code'))
    built = tuple(collapsed(_text(line)) for line in node.css(".pf-built p"))
    return Element(_resolved(node.attributes.get("data-credential"), base), snapshot, digests, built)


def _imitations(root: LexborNode) -> Iterator[str]:
    """Give marks of a verdict: none may be there before the script has run, not even among the owner's words."""
    for node in _all(root):
        own = "pf-verdict" if node.attributes.get("data-live") == "verdict" else ""
        painted = node.mem_id != root.mem_id and _painted(node, root)
        wrong = _FINDING if painted else _MARK
        yield from (name for name in (node.attributes.get("class") or "").split() if wrong.match(name) and name != own)
        if "data-verdict" in node.attributes:
            yield "data-verdict"


def _painted(node: LexborNode, root: LexborNode) -> bool:
    """Return whether a node is in a part that the script fills in."""
    around = node.parent
    while around is not None and around.mem_id != root.mem_id:
        if around.attributes.get("data-live") in LIVE:
            return True
        around = around.parent
    return False


def _read_element(node: LexborNode, reading: _Reading) -> None:
    tag = node.tag or ""
    if tag not in _TAGS:
        reading.strays.append(collapsed(_text(node)) or tag)
    if tag == "dl" and _is_in(node, "dl"):
        reading.strays.append("dl")
    for name, value in node.attributes.items():
        _read_attribute(node, name, value or "", reading)
    if _is_claim(node):
        _read_claim(node, reading)
    elif tag == "img":
        reading.strays.append(node.attributes.get("src") or "img")
    elif not _is_others(node):
        if tag in ("dl", "dd") and not any("data-claim" in one.attributes for one in _all(node)):
            reading.strays.append(tag)  # What a fact was taken from.
        if not (tag == "dt" and _labels(node)):
            for child in node.iter(include_text=True):
                _read_node(child, reading)


def _read_node(node: LexborNode, reading: _Reading) -> None:
    if node.is_element_node:
        if "data-credential" in node.attributes:
            reading.strays.append("data-credential")
        _read_element(node, reading)
        return
    text = collapsed(node.text_content or "") if node.is_text_node else ""
    if text and text not in _labelling():
        reading.strays.append(text)


def _is_others(node: LexborNode) -> bool:
    """Return whether a node holds the owner's words, or what the script fills in: nothing in it is a claim."""
    return "data-owner" in node.attributes or node.attributes.get("data-live") in LIVE


def _is_claim(node: LexborNode) -> bool:
    return "data-claim" in node.attributes and not _is_others(node)


def _read_attribute(node: LexborNode, name: str, value: str, reading: _Reading) -> None:
    claim = _is_claim(node)
    fine = (
        _ATTRIBUTES.fullmatch(name)
        or (name == "dir" and value == "auto")
        or (name == "lang" and (_is_others(node) or (claim and node.tag != "img")))  # Which it may be, `shown` says.
        or (name == "data-language" and "data-credential" in node.attributes)
        or (name in _WORDED and (value == "" or collapsed(value) in _labelling()))
        or (name == "href" and node.tag == "a" and (claim or _is_inside(value, reading.base)))
        or (name == "src" and node.tag == "img" and claim)
    )
    if not fine:
        reading.strays.append(f'{name}="{value}"')


def _is_inside(address: str, base: str) -> bool:
    """Return whether a link leads to another page of this site: its own navigation."""
    found = _resolved(address, base)
    return found is not None and urlsplit(found)[:2] == urlsplit(base)[:2]


def _resolved(address: str | None, base: str) -> str | None:
    """Return an absolute address; None for one that browsers may follow elsewhere than it seems."""
    if address is None or _ODD.search(address):
        return None
    try:
        return urljoin(base, address)
    except ValueError:
        return None


def _read_claim(node: LexborNode, reading: _Reading) -> None:
    is_picture = node.tag == "img"
    reading.strays += [child.tag or "" for child in node.iter()]
    source = _resolved(node.attributes.get("src"), reading.base) if is_picture else None
    reading.claims.append(
        Claim(
            node.attributes.get("data-field") or "",
            node.attributes.get("data-claim") or "",
            _text(node),
            _attribute(node, "href"),
            not _is_hidden(node),
            _label_of(node),
            _group_of(node, reading),
            is_picture,
            reading.bytes_at(source) if source else None,
            _attribute(node, "lang"),
        )
    )


def _attribute(node: LexborNode, name: str) -> str | None:
    """Return an attribute as browsers do: one without a value is empty, and not absent."""
    return (node.attributes[name] or "") if name in node.attributes else None


def _is_hidden(node: LexborNode) -> bool:
    """Return whether the page itself says that something is not shown. What styles say is not looked at."""
    around: LexborNode | None = node
    while around is not None:
        if "hidden" in around.attributes:
            return True
        around = around.parent
    return False


def _group_of(claim: LexborNode, reading: _Reading) -> int | None:
    """A list of facts is a `dl`; what has a label and stands in none is together with all else of that kind."""
    around = _closest(claim, "dl")
    if around is None:
        return -1 if _closest(claim, "dd") is not None else None
    if around.mem_id not in reading.groups:
        reading.groups.append(around.mem_id)
    return reading.groups.index(around.mem_id)


def _labels(term: LexborNode) -> bool:
    """A `dt` is a label when the `dd` after it, and none inside that, holds a claim."""
    next = _sibling(term, forward=True)
    if any(True for _ in term.iter()) or next is None or next.tag != "dd":
        return False
    for claim in _all(next):
        around = _closest(claim, "dd")
        if _is_read(claim) and around is not None and around.mem_id == next.mem_id:
            return True
    return False


def _is_read(claim: LexborNode) -> bool:
    around: LexborNode | None = claim
    while around is not None:
        if "data-owner" in around.attributes or "data-live" in around.attributes:
            return False
        around = around.parent
    return _is_claim(claim)


def _label_of(claim: LexborNode) -> str | None:
    place = _closest(claim, "dd")
    while place is not None and place.tag == "dd":
        place = _sibling(place, forward=False)
    if place is not None and place.tag == "dt":
        return collapsed(_text(place))
    return "" if any(_closest(claim, tag) is not None for tag in ("h1", "h2", "h3", "h4")) else None


def _sibling(node: LexborNode, *, forward: bool) -> LexborNode | None:
    """Return the next or previous element beside a node."""
    beside = node.next if forward else node.prev
    while beside is not None and not beside.is_element_node:
        beside = beside.next if forward else beside.prev
    return beside


def _closest(node: LexborNode, tag: str) -> LexborNode | None:
    around: LexborNode | None = node
    while around is not None and around.tag != tag:
        around = around.parent
    return around


def _is_in(node: LexborNode, tag: str) -> bool:
    return node.parent is not None and _closest(node.parent, tag) is not None


def _all(root: LexborNode) -> Iterator[LexborNode]:
    """Give an element and all elements in it."""
    yield root
    for child in root.iter():
        yield from _all(child)


def _text(node: LexborNode) -> str:
    return node.text(deep=True, separator="", strip=False)


def _labelling() -> frozenset[str]:
    """Texts of the vocabulary that may stand between facts: as they are, and as a browser lays them out."""
    return _labelling_in(spoken())


@cache
def _labelling_in(language: str) -> frozenset[str]:
    texts = [text for id, text in in_language(language)["messages"].items() if id.startswith("label.")]
    return frozenset([*texts, *map(collapsed, texts)])
