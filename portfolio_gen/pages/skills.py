"""The pages of skills, and which skills a credential names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from portfolio_gen import format, together
from portfolio_gen.pages.claims import Row, claim_of, grouped, rows_of
from portfolio_gen.pages.entries import Entry, Listed, SkillKey, address_for, digest_of, slug
from portfolio_gen.pages.page import Page
from portfolio_gen.report import Report
from portfolio_gen.vocabulary import message


def skills_of(report: Report) -> list[SkillKey]:
    """Return the skills that a credential names, in its order, each once."""
    found: dict[str, dict[str, str]] = {}
    for fact in report.credential:
        if fact.field in ("skill", "skillFramework"):
            found.setdefault(together.holder(fact.pointer), {}).setdefault(fact.field, format.shown(fact))
    keys = ((named.get("skillFramework", ""), named["skill"]) for named in found.values() if named.get("skill"))
    return list(dict.fromkeys(keys))


def skill_rows(report: Report) -> dict[SkillKey, tuple[Row, ...]]:
    """Return a credential's own words for each skill: its name, framework and description there."""
    wanted = ("skill", "skillFramework", "skillDescription")
    claims = [claim_of(fact) for fact in report.credential if fact.field in wanted]
    rows: dict[SkillKey, tuple[Row, ...]] = {}
    for group in grouped(claims):
        texts = {claim.field: claim.text for claim in reversed(group)}  # In several languages, the first, as above.
        rows.setdefault((texts.get("skillFramework", ""), texts.get("skill", "")), rows_of(group))
    return rows


def by_skill(entries: Sequence[Entry]) -> list[tuple[SkillKey, str, list[Entry]]]:
    """Return (skill, address, credentials), by framework and name."""
    groups: dict[SkillKey, list[Entry]] = {}
    for entry in entries:
        for key in skills_of(entry.report):
            groups.setdefault(key, []).append(entry)
    taken: set[str] = set()
    rows = []
    for key, of in sorted(groups.items(), key=lambda item: [(not text, text.casefold(), text) for text in item[0]]):
        rows.append((key, f"skills/{address_for(slug(key[1]) or 'skill', digest_of(chr(10).join(key)), taken)}/", of))
    return rows


def skills_data(*rows: tuple[SkillKey, str, list[Entry]]) -> Mapping[str, Any]:
    """Return what the page of all skills shows, by framework."""
    frameworks = [
        {
            "name": framework or message("page.skills.none"),
            "skills": [
                {"name": key[1], "address": at, "cards": [Listed(entry) for entry in of]} for key, at, of in group
            ],
        }
        for framework, group in groupby(rows, key=lambda row: row[0][0])
    ]
    return {"frameworks": frameworks}


def skill_page(key: SkillKey, address: str, of: Sequence[Entry]) -> Page:
    """Return the page of a skill, with the credentials that name it."""
    return Page(address, "skill", key[1], key[0] or message("page.skills.none"), _skill_page_data, (key, of))


def _skill_page_data(key: SkillKey, of: Sequence[Entry]) -> Mapping[str, Any]:
    return {"name": key[1], "framework": key[0], "cards": [Listed(entry, key) for entry in of]}
