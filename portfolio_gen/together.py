"""Which facts belong together, as `browser/src/together.ts` has it: what stands beside what it does not belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from portfolio_gen.format import shown
from portfolio_gen.report import Fact

_LISTED = re.compile(r"result|skill|evidence")
"""Things of which a page lists several, each in one group of its own."""
_HOLDER = re.compile(r"(.*/[0-9]+)/[^/]*[^0-9/]")


class Grouped(Protocol):
    """A claim, as far as it matters here: `group` tells which list of facts on the page it stands in."""

    @property
    def field(self) -> str: ...  # noqa: D102
    @property
    def pointer(self) -> str: ...  # noqa: D102
    @property
    def group(self) -> int | None: ...  # noqa: D102


Claim = TypeVar("Claim", bound=Grouped)


def misplaced(claims: Iterable[Claim], facts: Sequence[Fact]) -> list[Claim]:
    """Return the claims that stand beside what they do not belong to, or away from what they do."""
    described = _descriptions(facts)
    owners: dict[int, str] = {}
    homes: dict[tuple[str, str], int] = {}
    found = []
    for claim in claims:
        if claim.group is None:
            continue
        owner = described.get(_holder(claim.pointer), _holder(claim.pointer))
        kind = _LISTED.match(claim.field)
        home = homes.setdefault((owner, kind[0]), claim.group) if kind else claim.group
        if owners.setdefault(claim.group, owner) != owner or home != claim.group:
            found.append(claim)
    return found


def _descriptions(facts: Sequence[Fact]) -> Mapping[str, str]:
    """Return where each result belongs: to the description that it names, unless two descriptions share the name.

    So with the level of a rubric that a result names.
    """
    named: dict[tuple[str, str], list[str]] = {}
    told = [fact for fact in facts if shown(fact)]
    for wanted in ("resultId", "resultRubricId"):
        for fact in told:
            if fact.field == wanted:
                named.setdefault((wanted, shown(fact)), []).append(_holder(fact.pointer))
    homes: dict[str, str] = {}
    for fact in told:
        if fact.field == "resultOf":
            homes[_holder(fact.pointer)] = _only(named.get(("resultId", shown(fact)))) or _holder(fact.pointer)
    for fact in told:
        level = _only(named.get(("resultRubricId", shown(fact)))) if fact.field == "resultLevel" else None
        if level is not None:
            homes.setdefault(level, homes.get(_holder(fact.pointer), _holder(fact.pointer)))
    return homes


def _only(items: list[str] | None) -> str | None:
    return items[0] if items and len(items) == 1 else None


def _holder(pointer: str) -> str:
    """Return the nearest list item that holds a fact; facts that stand in no list belong together."""
    found = _HOLDER.match(pointer.removesuffix("/@value"))
    return found[1] if found else ""
