"""What the home page shows first: the skills that most credentials name, and the newest credentials.

Only names and places are decided here. How many credentials and issuers back a skill, the visitor's browser
counts, from what checks out (browser/src/strengths.ts): no count that a build made stands on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from portfolio_gen.pages.entries import Entry, Listed, SkillKey, dated

STRONGEST, NEWEST = 6, 3
ENOUGH = 4
"""Where there are no more credentials than this, the newest are not shown twice."""


class Strength(NamedTuple):
    """A skill, and the address of its page."""

    name: str
    framework: str
    address: str


def strongest(skills: Iterable[tuple[SkillKey, str, Sequence[Entry]]]) -> tuple[Strength, ...]:
    """Return the skills that most credentials name, then those of most issuers, then by name."""

    def rank(row: tuple[SkillKey, str, Sequence[Entry]]) -> tuple[int, int, str, SkillKey]:
        key, _, of = row
        issuers = {entry.report.issuer.id for entry in of if entry.report.issuer}
        return -len(of), -len(issuers), key[1].casefold(), key

    return tuple(Strength(key[1], key[0], address) for key, address, _ in sorted(skills, key=rank)[:STRONGEST])


def glance_data(entries: Sequence[Entry], strengths: Sequence[Strength]) -> Mapping[str, Any]:
    """Return what stands above everything else on the home page; the newest by the dates that credentials have."""
    with_dates = [entry for entry in entries if dated(entry)] if len(entries) > ENOUGH else []
    newest = sorted(with_dates, key=lambda entry: (dated(entry), entry.slug), reverse=True)[:NEWEST]
    return {"strengths": strengths, "newest": [Listed(entry) for entry in newest]}
