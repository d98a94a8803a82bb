"""A credential as lists show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from portfolio_gen.art import Shape, emblem, seal
from portfolio_gen.pages.claims import Claim, Row, claim_of, grouped, picture_of, results_of, rows_of
from portfolio_gen.pages.entries import DATES, ENDS, ISSUERS, NAMES, Entry, SkillKey
from portfolio_gen.pages.skills import skill_rows, skills_of
from portfolio_gen.pages.translations import first_fact, in_its_language


class Card(NamedTuple):
    """A credential where several are listed."""

    address: str
    original: str
    file: str
    """The owner's title, or the file's name in the wallet: their word for a credential that gives itself none."""
    title: Claim | None
    groups: tuple[tuple[Row, ...], ...]
    picture: Claim | None
    art: Sequence[Shape]
    skills: Mapping[SkillKey, tuple[tuple[Row, ...], ...]]
    """For each of its skills, its own words for it, as often as it has them."""
    level: tuple[tuple[Row, ...], ...]
    """At what level it is."""
    results: tuple[tuple[Row, ...], ...]
    """What was achieved, of what could be: all of it or nothing."""
    featured: bool = False
    """Whether its owner wants it to be seen first."""
    language: str = ""
    """The language in which its owner wants it shown."""


def card(entry: Entry) -> Card:
    """Return a credential as lists show it."""
    report, language = entry.whole().report, entry.language
    title = first_fact(report, NAMES, language)
    shown = [fact for wanted in (ISSUERS, DATES, ENDS) if (fact := first_fact(report, wanted, language))]
    rows, ordered = skill_rows(report, language), in_its_language(report, language)
    return Card(
        entry.address,
        entry.source,
        (entry.owner and entry.owner.title) or entry.file.name,
        claim_of(title) if title else None,
        tuple(map(rows_of, grouped([claim_of(fact) for fact in shown]))),
        picture_of(report),
        seal(emblem(report)),
        {key: rows.get(key, ()) for key in skills_of(report)},
        tuple(map(rows_of, grouped([claim_of(fact) for fact in ordered.credential if fact.field == "level"]))),
        results_of(ordered),
        bool(entry.owner and entry.owner.feature),
        language,
    )
