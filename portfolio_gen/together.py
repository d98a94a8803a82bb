"""Which facts belong together, as `browser/src/together.ts` has it: what stands beside what it does not belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
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
    told = ((fact.field, shown(fact), fact.pointer) for fact in facts)
    described = homes(one for one in told if one[1])
    owners: dict[int, str] = {}
    first: dict[tuple[str, str], int] = {}
    found = []
    for claim in claims:
        if claim.group is None:
            continue
        owner = described.get(holder(claim.pointer), holder(claim.pointer))
        kind = _LISTED.match(claim.field)
        home = first.setdefault((owner, kind[0]), claim.group) if kind else claim.group
        if owners.setdefault(claim.group, owner) != owner or home != claim.group:
            found.append(claim)
    return found


def homes(said: Iterable[tuple[str, str, str]]) -> Mapping[str, str]:
    """Return, for results and for levels of rubrics that were achieved, the description to which they belong.

    It is the one that they name by identifier (OB 3.0, B.1.20), unless two share that. `said` has the field, text and
    pointer of each fact.
    """
    told = list(said)
    named: dict[tuple[str, str], list[str]] = {}
    for field, text, pointer in told:
        if field in ("resultId", "resultRubricId"):
            named.setdefault((field, text), []).append(holder(pointer))
    found: dict[str, str] = {}
    for field, text, pointer in told:
        if field == "resultOf":
            found[holder(pointer)] = _only(named.get(("resultId", text))) or holder(pointer)
    for field, text, pointer in told:
        level = _only(named.get(("resultRubricId", text))) if field == "resultLevel" else None
        if level is not None:
            found.setdefault(level, found.get(holder(pointer), holder(pointer)))
    return found


def _only(items: list[str] | None) -> str | None:
    return items[0] if items and len(items) == 1 else None


@lru_cache(maxsize=1024)
def holder(pointer: str) -> str:
    """Return the nearest list item that holds a fact; facts that stand in no list belong together."""
    found = _HOLDER.match(pointer.removesuffix("/@value"))
    return found[1] if found else ""
