"""Stacks: which credentials stand for which part, and the pages that show it. No page says by itself what is earned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from portfolio_gen import format
from portfolio_gen.pages.entries import CTID, NAMES, Entry, Listed, address_for, called, digest_of, slug
from portfolio_gen.pages.page import Page
from portfolio_gen.pages.translations import first_fact
from portfolio_gen.stacks import Part, Recognised, Source, Stack
from portfolio_gen.stacks.records import Member, Structure, structures
from portfolio_gen.vocabulary import message


@dataclass(frozen=True)
class Held:
    """A part, and the credentials that may stand for it: by themselves, or as evidence of prior learning."""

    part: Part
    entries: tuple[Entry, ...] = ()
    evidence: tuple[Entry, ...] = ()
    inside: tuple[Held, ...] = ()
    id: str = ""
    """Of a part in a signed record: its achievement."""

    def leaves(self) -> tuple[Held, ...]:
        """Return the parts of a group, or the part itself."""
        return self.inside or (self,)


@dataclass(frozen=True)
class Pile:
    """A stack with the credentials of its parts. `record` is the one that it was signed in."""

    stack: Stack
    address: str
    parts: tuple[Held, ...]
    record: Entry | None = None

    @property
    def title(self) -> str:
        """What it is called: of a signed record, what that calls itself."""
        return called(self.record) if self.record else self.stack.title

    @property
    def cards(self) -> tuple[Entry, ...]:
        """Every credential on its page."""
        leaves = [leaf for part in self.parts for leaf in part.leaves()]
        return tuple(dict.fromkeys(entry for leaf in leaves for entry in (*leaf.entries, *leaf.evidence)))


class Shelf:
    """The credentials of a site, by file and by what they are for."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.by_file: dict[str, list[Entry]] = {}
        self.by_id: dict[str, list[Entry]] = {}
        self.by_name: dict[str, list[Entry]] = {}
        for entry in entries:
            self.by_file.setdefault(entry.file.name + entry.place, []).append(entry)
            for key in dict.fromkeys(_ids_of(entry)):
                self.by_id.setdefault(key, []).append(entry)
            name = first_fact(entry.report, NAMES)
            if name:
                self.by_name.setdefault(format.shown(name).strip().casefold(), []).append(entry)

    def files(self, names: Iterable[str]) -> tuple[Entry, ...]:
        """Return the credentials of these files."""
        return tuple(entry for name in names for entry in self.by_file.get(name, ()))

    def of(self, part: Part, source: Source) -> tuple[Entry, ...]:
        """Return the credentials that stand for a part. By its name only where the owner gives it."""
        found = list(self.files(part.files))
        for id in part.ids:
            found += [entry for key in _keys(id) for entry in self.by_id.get(key, ())]
            found += self.by_name.get(id.casefold(), ()) if source == "owner" else ()
        return tuple(dict.fromkeys(found))


def _ids_of(entry: Entry) -> Iterator[str]:
    for fact in entry.report.credential:
        if fact.field in ("achievementId", "otherId"):
            yield from _keys(str(fact.value))
        elif fact.field == "skillLink":
            yield from _keys(str(fact.value))[1:]


def _keys(id: str) -> tuple[str, ...]:
    """Return an identifier and, where it holds one of the Credential Registry, that."""
    found = CTID.search(id)
    return (id, found[0].lower()) if found else (id,)


def piles(stacks: Sequence[Stack], entries: Sequence[Entry]) -> tuple[Pile, ...]:
    """Return every stack of a site: the owner's and the pathways, then those that signed records hold."""
    shelf = Shelf(entries)
    taken: set[str] = set()
    found = [_of_file(stack, shelf, taken) for stack in stacks]
    for entry in entries:
        if any(fact.field == "association" for fact in entry.report.credential):
            found += [_signed(entry, one, shelf, taken) for one in structures(entry.report.credential)]
    return tuple(found)


def _of_file(stack: Stack, shelf: Shelf, taken: set[str]) -> Pile:
    name = slug(PurePosixPath(stack.file).stem) or "stack"
    if name in taken:
        name = address_for(name, digest_of(stack.file), taken)
    taken.add(name)
    parts = tuple(_held(part, shelf, stack.source) for part in stack.parts)
    return Pile(stack, f"stacks/{name}/", parts)


def _held(part: Part, shelf: Shelf, source: Source) -> Held:
    evidence = shelf.files(part.recognised.files) if part.recognised else ()
    inside = tuple(_held(one, shelf, source) for one in part.parts)
    return Held(part, shelf.of(part, source), evidence, inside)


def _signed(record: Entry, structure: Structure, shelf: Shelf, taken: set[str]) -> Pile:
    """Return a stack in a signed record. Only what its issuer issued, or put into it, stands for its parts."""
    name = address_for(slug(called(record)) or "record", digest_of(record.source + "\n" + structure.whole), taken)
    parts = tuple(_member(record, one, shelf) for one in structure.members)
    stack = Stack("", "clr", record.file.name, tuple(held.part for held in parts), whole=structure.whole)
    return Pile(stack, f"stacks/{name}/", parts, record)


def _member(record: Entry, member: Member, shelf: Shelf) -> Held:
    part = Part(ids=(member.id, *member.instead), after=member.after)
    found = (entry for id in part.ids for entry in shelf.by_id.get(id, ()))
    own = tuple(dict.fromkeys(entry for entry in found if entry != record and _is_by(record, entry)))
    return Held(part, own, id=member.id)


def _is_by(record: Entry, entry: Entry) -> bool:
    same = record.report.issuer and entry.report.issuer and record.report.issuer.id == entry.report.issuer.id
    return bool(same) or (entry.file == record.file and entry.place.startswith(f"{record.place}#"))


def stacks_on_home(every: Sequence[Pile], entries: Sequence[Entry]) -> Mapping[str, Any]:
    """Return the stacks of the home page: `stacked` are those that say what they take.

    `stacks` are the simplest ones: a name that sidecars give, which requires nothing, over its credentials.
    """
    groups: dict[str, list[Listed]] = {}
    for entry in entries:
        if entry.owner and entry.owner.stack:
            groups.setdefault(entry.owner.stack, []).append(Listed(entry))
    return {"stacked": list(map(stack_data, every)), "stacks": groups}


def pages_of(every: Sequence[Pile]) -> Iterator[Page]:
    """Yield the page of all stacks and that of each; none where there is no stack."""
    if every:
        lead = message("page.stacks.lead")
        yield Page("stacks/", "stacks", message("page.stacks.title"), lead, stacks_data, tuple(every))
        for pile in every:
            yield Page(pile.address, "stack", pile.title, _summary(pile), stack_data, (pile,))


def _summary(pile: Pile) -> str:
    return format.line(pile.stack.about) or message(f"page.stack.from.{pile.stack.source}")


def stacks_data(*every: Pile) -> Mapping[str, Any]:
    """Return what the page of all stacks shows."""
    cards = dict.fromkeys(entry for pile in every for entry in pile.cards)
    return {"stacks": list(map(stack_data, every)), "cards": list(map(Listed, cards))}


def stack_data(pile: Pile) -> dict[str, Any]:
    """Return what the page of a stack shows."""
    stack = pile.stack
    return {
        "address": pile.address,
        "title": stack.title,
        "source": stack.source,
        "file": stack.file,
        "about": stack.about,
        "link": stack.link,
        "whole": stack.whole,
        "record": Listed(pile.record) if pile.record else None,
        "says": message(f"page.stack.from.{stack.source}"),
        "rule": _rule(stack.needs, len(pile.parts)),
        "needs": stack.needs or len(pile.parts),
        "ordered": stack.ordered,
        "once": stack.once,
        # A record's stack is compared with the record, even where nothing here stands for its parts.
        "empty": not pile.cards and not pile.record,
        "parts": [_part_data(held, number) for number, held in enumerate(pile.parts, 1)],
    }


def _rule(needs: int | None, total: int) -> str:
    if needs is None or needs == total:
        return message("page.stack.rule.one") if total == 1 else message("page.stack.rule.all", total=total)
    some = {"needs": needs, "total": total}
    return message("page.stack.rule.any", total=total) if needs == 1 else message("page.stack.rule.some", **some)


def _part_data(held: Held, number: int) -> dict[str, Any]:
    part = held.part
    earlier = ", ".join(str(index + 1) for index in part.after)
    return {
        "number": number,
        "title": part.title,
        "note": part.note,
        "link": part.link,
        "id": held.id,
        "needs": (part.needs or len(held.inside)) if held.inside else 1,
        "rule": _rule(part.needs, len(held.inside)) if held.inside else "",
        "after": " ".join(map(str, part.after)),
        "comes": message("page.stack.after", parts=earlier) if earlier else "",
        "leaves": [_leaf_data(leaf) for leaf in held.leaves()],
        "group": bool(held.inside),
    }


def _leaf_data(held: Held) -> dict[str, Any]:
    part = held.part
    return {
        "title": part.title,
        "note": part.note,
        "link": part.link,
        "cards": [Listed(entry) for entry in held.entries],
        "of": " ".join(entry.source for entry in held.entries),
        "instead": part.instead,
        "recognised": _recognised_data(part.recognised) if part.recognised else None,
        "evidence": [Listed(entry) for entry in held.evidence],
        "prior": " ".join(entry.source for entry in held.evidence),
    }


def _recognised_data(told: Recognised) -> dict[str, str]:
    values = {"by": told.by, "date": told.date}
    which = "".join(f".{key}" for key, value in values.items() if value)
    return {"line": message(f"page.stack.recognised{which}", **values), "note": told.note, "link": told.link}
