"""What a published page says of a stack, read from its HTML, and whether that is what a signed record says.

`browser/src/stacks.ts` reads and compares the same before it counts. Here nothing is counted: what of a stack is there
follows from the reports, which `verify SITE` gives anyway. A stack in the words of the owner, or in a file that nobody
signed, has nothing to be compared with; whether it can be counted at all is asked of every stack.

All of this is done while the page's language is spoken: the sentences about it are the command's own, and in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from portfolio_gen.format import collapsed, quoted
from portfolio_gen.report import Report
from portfolio_gen.stacks.records import Member, Structure, structures
from portfolio_gen.vocabulary import message

Resolved = Callable[[str | None], str | None]
"""Makes the address in an attribute absolute; None for one that cannot be followed."""
ReportAt = Callable[[str], Report | None]
"""The report on the credential at an absolute address; None for one that is none of the site's."""

_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_PLACES = ("data-stack", "data-unit", "data-leaf")
_LIVE = ("stack", "part", "unit")
"""What the page's script writes into a stack."""

NOTHING = "—"
"""Said where a page, or the record, has nothing."""


@dataclass(frozen=True)
class Leaf:
    """The addresses of the credentials that stand for a part, by themselves or as evidence of prior learning."""

    own: tuple[str, ...]
    prior: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A part as a page has it, each text as its attribute has that; `id` is its achievement in a signed record."""

    id: str
    needs: str
    after: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    cards: tuple[str, ...]
    """The credentials that are shown in it."""
    texts: tuple[str, ...]
    """What it says, but for its credentials and for what the page's script writes."""


@dataclass(frozen=True)
class Shown:
    """A stack as a page has it; `record` and `whole` are of one in a signed record."""

    source: str
    needs: str
    units: tuple[Unit, ...]
    record: str
    whole: str
    texts: tuple[str, ...]
    """What it says beside its parts."""
    counted: tuple[str, ...]
    """What only the page's script writes, and stands there before it has run: a count, or the state of a part."""

    @property
    def is_of_a_record(self) -> bool:
        """Whether it says so, in any way."""
        return bool(self.source == "clr" or self.record or self.whole)

    @property
    def named(self) -> tuple[str, ...]:
        """Every credential that stands for something in it."""
        leaves = (leaf for unit in self.units for leaf in unit.leaves)
        return tuple(dict.fromkeys(address for leaf in leaves for address in (*leaf.own, *leaf.prior)))


def stacks_on(tree: LexborHTMLParser, resolved: Resolved) -> tuple[Shown, ...]:
    """Return every stack on a page."""
    return tuple(
        Shown(
            _attribute(node, "data-stack"),
            _attribute(node, "data-needs"),
            tuple(_unit(unit, resolved) for unit in node.css("[data-unit]")),
            resolved(node.attributes.get("data-record")) or "",
            _attribute(node, "data-whole"),
            tuple(_own_texts(node)),
            tuple(_counted(node)),
        )
        for node in tree.css("[data-stack]")
    )


def are_tangled(tree: LexborHTMLParser) -> bool:
    """Return whether a stack, a part or a place in it stands in another: no page has such, and they are not read.

    As many in each other as a page has elements would be read cubically.
    """
    todo: list[tuple[LexborNode, frozenset[str]]] = [(node, frozenset()) for node in tree.css("[data-stack]")]
    while todo:
        node, around = todo.pop()
        own = {name for name in _PLACES if name in node.attributes}
        if own & around:
            return True
        todo += [(child, around | own) for child in node.iter()]
    return False


def _unit(node: LexborNode, resolved: Resolved) -> Unit:
    leaves = tuple(
        Leaf(*(_addresses(_attribute(leaf, name).split(), resolved) for name in ("data-of", "data-prior")))
        for leaf in node.css("[data-leaf]")
    )
    cards = _addresses((_attribute(card, "data-credential") for card in node.css("[data-credential]")), resolved)
    after = tuple(_attribute(node, "data-after").split())
    texts = tuple(_own_texts(node))
    return Unit(_attribute(node, "data-id"), _attribute(node, "data-unit"), after, leaves, cards, texts)


def _own_texts(root: LexborNode) -> Iterator[str]:
    """Give each text in a stack or part, but for those of its parts, of credentials, and of the page's script."""
    todo = [root]
    while todo:
        for node in todo.pop().iter(include_text=True):
            if not node.is_element_node or node.tag == "noscript":
                yield collapsed(node.text(deep=True, separator="", strip=False))
            elif (
                not ({"data-unit", "data-credential"} & node.attributes.keys())
                and _attribute(node, "data-live") not in _LIVE
            ):
                todo.append(node)


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _addresses(texts: Iterable[str], resolved: Resolved) -> tuple[str, ...]:
    return tuple(resolved(text) or text for text in texts)


def _texts(node: LexborNode, selector: str) -> list[str]:
    return [collapsed(one.text(deep=True, separator="", strip=False)) for one in node.css(selector)]


def _counted(node: LexborNode) -> Iterator[str]:
    """Give what looks as if somebody had counted. The script would paint it over, but only if it runs."""
    before = {collapsed(message(f"page.stack.{name}")) for name in ("unchecked", "empty")}
    yield from (text for text in _texts(node, '[data-live="stack"]') if text not in before)
    yield from filter(None, _texts(node, '[data-live="part"], [data-live="unit"]'))
    yield from (_attribute(one, "data-state") for one in node.css("[data-state]"))


def uncountable(stack: Shown, here: Collection[str]) -> Iterator[str]:
    """Give why the script would not count a stack, in sentences; `here` are the credentials that the page shows."""
    for address in stack.named:
        if address not in here:
            yield message("site.stack.elsewhere", here=address)
    for number in (stack.needs, *(unit.needs for unit in stack.units)):
        if not _NUMBER.fullmatch(number):
            yield message("site.stack.number", here=number or NOTHING)


def differing(stack: Shown, report_at: ReportAt) -> Iterator[str]:
    """Give how a stack on a page differs from its signed record, in sentences.

    Nothing of a record that could not be read: its own report says so.
    """
    if stack.source != "clr":
        yield message("site.stack.source", here=stack.source or NOTHING)
    record = report_at(stack.record)
    if record is None:
        yield message("site.stack.record", here=stack.record or NOTHING)
        return
    if record.checks["readable"].result != "pass":
        return
    known = structures(record.credential)
    signed = next((one for one in known if one.whole == stack.whole), None)
    if signed is None:
        wholes = ", ".join(one.whole for one in known)
        yield message("site.stack.whole", here=stack.whole or NOTHING, signed=wholes or NOTHING)
        return
    yield from _rule_differs(stack, signed)
    for number, (unit, member) in enumerate(zip(stack.units, signed.members, strict=False), 1):
        yield from _part_differs(number, unit, member)
        for address in (address for leaf in unit.leaves for address in leaf.own):
            if not _stands(address, member, stack.record, record, report_at(address)):
                yield message("site.stack.stands", number=number, here=address, signed=member.id)


def _rule_differs(stack: Shown, signed: Structure) -> Iterator[str]:
    """Give what differs as to how many parts there are, and how many are enough: a record's are all needed."""
    total = len(signed.members)
    if len(stack.units) != total:
        yield message("site.stack.total", here=len(stack.units), signed=total)
    if stack.needs != str(total):
        yield message("site.stack.needs", here=stack.needs or NOTHING, signed=total)
    rule = message("page.stack.rule.one") if total == 1 else message("page.stack.rule.all", total=total)
    around = (message(f"page.stack.{name}") for name in ("record", "signed", "takes", "from.clr"))
    yield from _said(stack.texts, (rule, message("page.nojs"), *around))


def _part_differs(number: int, unit: Unit, member: Member) -> Iterator[str]:
    if unit.id != member.id:
        yield message("site.stack.part", number=number, here=unit.id or NOTHING, signed=member.id)
    if unit.needs != "1" or len(unit.leaves) != 1 or unit.leaves[0].prior:
        yield message("site.stack.takes", number=number)
    for card in unit.cards:
        if not any(card in (*leaf.own, *leaf.prior) for leaf in unit.leaves):
            yield message("site.stack.card", number=number, here=card)
    before = tuple(map(str, member.after))
    earlier = ", ".join(str(index + 1) for index in member.after)
    if unit.after != before:
        yield message("site.stack.order", number=number, here=" ".join(unit.after), signed=" ".join(before))
    comes = message("page.stack.after", parts=earlier) if earlier else ""
    yield from _said(unit.texts, (message("page.stack.part", number=number), comes, message("page.stack.missing")))


def _said(texts: Iterable[str], expected: Iterable[str]) -> Iterator[str]:
    """Give each text that is none of these. What the record calls its parts, the page's script takes from there."""
    known = {"", *map(collapsed, expected)}
    yield from (message("site.stack.words", here=quoted(text)) for text in texts if text not in known)


def _stands(address: str, member: Member, place: str, record: Report, report: Report | None) -> bool:
    """Return whether a credential is for a part, and by the record's issuer; one inside of it may be by anybody."""
    if report is None:
        return False
    same = report.issuer is not None and record.issuer is not None and report.issuer.id == record.issuer.id
    ids = (member.id, *member.instead)
    is_for = any(fact.field == "achievementId" and str(fact.value) in ids for fact in report.credential)
    return is_for and (same or address.startswith(f"{place}#"))
