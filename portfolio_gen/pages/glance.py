"""What the home page shows first: the skills that most credentials name, and the newest credentials.

Only names and places are decided here. How many credentials and issuers back a skill, the visitor's browser
counts, from what checks out (browser/src/strengths.ts): no count that a build made stands on the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from portfolio_gen.pages.entries import Entry, Listed, dated
from portfolio_gen.pages.skills import Skill

STRONGEST, NEWEST = 6, 3
ENOUGH = 4
"""Where there are no more credentials than this, the newest are not shown twice."""


class Strength(NamedTuple):
    """A skill, the address of its page, and the names in frameworks (as JSON) by which credentials call it."""

    name: str
    address: str
    keys: str


def strongest(skills: Iterable[Skill]) -> tuple[Strength, ...]:
    """Return the skills that most credentials name, then those of most issuers, then by name."""

    def rank(skill: Skill) -> tuple[int, int, str, str]:
        issuers = {item.entry.report.issuer.id for item in skill.listed if item.entry.report.issuer}
        return -len(skill.listed), -len(issuers), skill.name.casefold(), skill.address

    best = sorted(skills, key=rank)[:STRONGEST]
    return tuple(Strength(skill.name, skill.address, json.dumps(skill.keys, ensure_ascii=False)) for skill in best)


def glance_data(entries: Sequence[Entry], strengths: Sequence[Strength]) -> Mapping[str, Any]:
    """Return what stands above everything else on the home page; the newest by the dates that credentials have."""
    with_dates = [entry for entry in entries if dated(entry)] if len(entries) > ENOUGH else []
    newest = sorted(with_dates, key=lambda entry: (dated(entry), entry.slug), reverse=True)[:NEWEST]
    return {"strengths": strengths, "newest": [Listed(entry) for entry in newest]}
