"""Facts as a page shows them: each with its field and the place it was signed at, sorted into sections and groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from portfolio_gen import format, together
from portfolio_gen import pictures as published_pictures
from portfolio_gen.pages.entries import ISSUERS
from portfolio_gen.pages.translations import tag_of
from portfolio_gen.report import Fact, Report
from portfolio_gen.vocabulary import labels, message

ACHIEVED = ("resultValue", "resultLevel", "resultStatus")
"""What a result says of this learner, in the order of the vocabulary."""


SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("results", ("result",)),
    ("tells", ("fieldOfStudy", "specialization", "level", "volumeOfLearning", "credits", "creditFramework")),
    ("about", ("description", "credentialDescription", "narrative")),
    ("criteria", ("criteria",)),
    ("skills", ("skill", "tag")),
    ("evidence", ("evidence",)),
    ("dates", ("awarded", "valid", "issuanceDate", "expirationDate", "activity")),
    ("recipient", ("recipient", "role", "term", "licenseNumber")),
    ("issuer", ("issuer",)),
    ("details", ("",)),
)
"""A credential page's sections in order, each with the beginnings of its fields' names; the first that matches."""


LAST = ("resultName", "resultType", "resultRequired", "resultMin", "resultMax", "resultAllowed", "resultRubric", "tag")
"""Fields whose groups come after the others of their section: what could be achieved, after what was."""


class Claim(NamedTuple):
    """A fact as a page shows it, with the field and the pointer by which the page script compares it."""

    field: str
    pointer: str
    text: str
    href: str | None = None
    src: str | None = None
    lang: str | None = None
    kind: str = "text"


class Row(NamedTuple):
    """A label and the claims under it."""

    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Section:
    """A headed part of a credential's page; its groups are the things it lists (a skill, a piece of evidence …)."""

    name: str
    heading: str
    groups: tuple[tuple[Row, ...], ...]


def sections_of(claims: Sequence[Claim]) -> Iterator[Section]:
    """Sort claims into sections; in each, those of one object of the signed document stay together."""
    sorted_out: dict[str, list[Claim]] = {name: [] for name, _ in SECTIONS}
    for claim in claims:
        if claim.field not in ISSUERS:
            sorted_out[_section_of(claim.field)].append(claim)
    for name, mine in sorted_out.items():
        unsorted = _results(mine) if name == "results" else grouped(mine)
        found = sorted(unsorted, key=lambda group: group[0].field.startswith(LAST))
        groups = tuple(rows_of(group) for group in found)
        if groups:
            yield Section(name, message(f"label.section.{name}"), groups)


@cache
def _section_of(field: str) -> str:
    return next(name for name, beginnings in SECTIONS if field.startswith(beginnings))


def grouped(claims: Sequence[Claim]) -> Iterable[list[Claim]]:
    """Return the claims by the object of the signed document that they stand in."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(together.holder(claim.pointer), []).append(claim)
    return groups.values()


def _results(claims: Sequence[Claim]) -> Iterable[list[Claim]]:
    """Put what was achieved beside its description, which it names by identifier (OB 3.0 B.1.20); then what was needed.

    So with the level of a rubric that was achieved (B.1, RubricCriterionLevel). An identifier that two descriptions or
    levels share names none of them. The identifiers themselves say nothing to a reader.
    """
    homes = together.homes((claim.field, claim.text, claim.pointer) for claim in claims)
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.field not in ("resultName", *ACHIEVED)):
        if claim.field not in ("resultId", "resultOf", "resultRubricId"):
            holder = together.holder(claim.pointer)
            groups.setdefault(homes.get(holder, holder), []).append(claim)
    return groups.values()


def results_of(report: Report) -> tuple[tuple[Row, ...], ...]:
    """Return all results of a credential, as its page has them."""
    claims = [claim_of(fact) for fact in report.credential if fact.field.startswith("result")]
    return tuple(map(rows_of, _results([claim for claim in claims if claim.text])))


def rows_of(claims: Sequence[Claim]) -> tuple[Row, ...]:
    """Return claims under their labels; those of one field that follow each other share one."""
    called = labels()
    return tuple(Row(called[name], tuple(group)) for name, group in groupby(claims, key=attrgetter("field")))


def claim_of(fact: Fact) -> Claim:
    """Return a fact as pages show it; a picture that the credential holds, with the address of its file."""
    if fact.kind != "image":
        return Claim(fact.field, fact.pointer, format.shown(fact), format.href(fact), None, tag_of(fact), fact.kind)
    found = published_pictures.published(fact)
    text = "" if str(fact.value).startswith("data:") else format.shown(fact)
    return Claim(
        fact.field, fact.pointer, text, format.href(fact), found[0] if found else None, tag_of(fact), fact.kind
    )


def picture_of(report: Report) -> Claim | None:
    """Return the first picture of the credential that the site publishes."""
    claims = (claim_of(fact) for fact in report.credential if fact.field == "image")
    return next((claim for claim in claims if claim.src), None)
