"""The portfolio as a CV for paper: the owner's words, skills, and every credential in a line or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from portfolio_gen.pages.entries import Entry, Listed
from portfolio_gen.pages.page import SiteInfo
from portfolio_gen.pages.skills import Skill
from portfolio_gen.report import Report
from portfolio_gen.vocabulary import counted, message

CV = "cv/"
"""The page's address."""

DEGREES = frozenset(
    (
        "AssociateDegree",
        "BachelorDegree",
        "MasterDegree",
        "DoctoralDegree",
        "ProfessionalDoctorate",
        "ResearchDoctorate",
        "Degree",
        "Diploma",
        "GeneralEducationDevelopment",
        "SecondarySchoolDiploma",
    )
)
"""Of the kinds of achievement in Open Badges 3.0 (B.2, AchievementType), those that a CV has under education."""


class Line(NamedTuple):
    """A credential in a CV, and its page's whole address where the site's is known."""

    item: Listed
    url: str


class Part(NamedTuple):
    """A headed part of a CV."""

    name: str
    heading: str
    lines: tuple[Line, ...]


class Backed(NamedTuple):
    """A skill and the credential that shows it here: the newest of those that name it."""

    item: Listed
    times: str


def is_education(report: Report) -> bool:
    """Return whether a credential belongs under education: it says that it is a degree or diploma."""
    return any(
        fact.field == "degreeName" or (fact.field == "achievementType" and fact.value in DEGREES)
        for fact in report.credential
    )


def cv_data(entries: Sequence[Entry], skills: Sequence[Skill], site: SiteInfo) -> Mapping[str, Any]:
    """Return what the CV shows: `entries` in the owner's order, `skills` as `by_skill` gives them."""
    of: dict[str, list[Line]] = {"education": [], "credentials": []}
    for entry in entries:
        url = f"{site.address.rstrip('/')}/{entry.address}" if site.address else ""
        of["education" if is_education(entry.report) else "credentials"].append(Line(Listed(entry), url))
    parts = [Part(name, message(f"page.cv.{name}"), tuple(lines)) for name, lines in of.items() if lines]
    backed = [Backed(skill.listed[0], _count(len(skill.listed))) for skill in _most_backed(skills)]
    return {"site": site, "parts": parts, "skills": backed}


def _most_backed(skills: Sequence[Skill]) -> list[Skill]:
    return sorted(skills, key=lambda skill: -len(skill.listed))


def _count(number: int) -> str:
    return counted("page.count", number)
