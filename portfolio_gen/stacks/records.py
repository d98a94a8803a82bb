"""Stacks in signed records: what a CLR's associations say of how its achievements belong together.

CLR 2.0, `credentialSubject.association`: `isParentOf`, `isChildOf` and `isPartOf` say what is a part of what,
`precedes` in which order, `replacedBy` what stands in for a part. How many parts are enough, a record cannot say: all
count. browser/src/records.ts reads the same from a report that it made itself, and holds the page to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from portfolio_gen.report import Fact

_FIELDS = {"association": "type", "associationSource": "source", "associationTarget": "target"}

MOST = 500
"""Associations of one record: sorting them takes time with their square, and no programme has as many parts."""


class Member(NamedTuple):
    """A part in a record: its achievement's identifier, what may stand in for it, and the members before it."""

    id: str
    instead: tuple[str, ...]
    after: tuple[int, ...]


class Structure(NamedTuple):
    """What one achievement of a record is made of."""

    whole: str
    members: tuple[Member, ...]


def structures(facts: Iterable[Fact]) -> tuple[Structure, ...]:
    """Return the achievements of a record that have parts, in the order in which its associations name them.

    None of one that has more associations than `MOST`.
    """
    rows: dict[str, dict[str, str]] = {}
    for fact in facts:
        if fact.field in _FIELDS:
            rows.setdefault(fact.pointer.rpartition("/")[0], {})[_FIELDS[fact.field]] = str(fact.value)
    whole = [row for row in sorted(rows.items(), key=lambda item: _index(item[0])) if len(row[1]) == 3]
    if len(whole) > MOST:
        return ()
    triples = [(row["type"], row["source"], row["target"]) for _, row in whole]
    children: dict[str, list[str]] = {}
    for kind, source, target in triples:
        parent, child = (source, target) if kind == "isParentOf" else (target, source)
        if kind in ("isParentOf", "isChildOf", "isPartOf") and parent != child:
            of = children.setdefault(parent, [])
            of += [child] if child not in of else []
    before = [(source, target) for kind, source, target in triples if kind == "precedes"]
    instead = [(source, target) for kind, source, target in triples if kind == "replacedBy"]
    return tuple(Structure(parent, _members(of, before, instead)) for parent, of in children.items())


def _index(holder: str) -> int:
    last = holder.rpartition("/")[2]
    return int(last) if last.isascii() and last.isdigit() else 0


def _members(of: list[str], before: list[tuple[str, str]], instead: list[tuple[str, str]]) -> tuple[Member, ...]:
    """Put each behind those that precede it; what precedes itself, by whatever way, stays where it was named."""
    pairs = [(first, then) for first, then in before if first in of and then in of and first != then]
    order: list[str] = []
    waiting = list(of)
    while waiting:
        free = next((one for one in waiting if all(first in order for first, then in pairs if then == one)), waiting[0])
        waiting.remove(free)
        order.append(free)
    return tuple(
        Member(
            one,
            tuple(target for source, target in instead if source == one),
            tuple(sorted({order.index(first) for first, then in pairs if then == one and order.index(first) < at})),
        )
        for at, one in enumerate(order)
    )
