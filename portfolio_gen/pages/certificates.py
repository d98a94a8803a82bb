"""A credential as a certificate for one sheet of paper, and as its data.

A certificate has every fact that a page must show (vocabulary.json, `must`) and, where there is room, a few others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portfolio_gen import format
from portfolio_gen.art import seal
from portfolio_gen.pages.claims import Claim, Row, claim_of, grouped, picture_of, rows_of, sections_of
from portfolio_gen.pages.credentials import identity
from portfolio_gen.pages.entries import DATES, ENDS, ISSUERS, NAMES, Entry, called
from portfolio_gen.pages.fitting import Fit, fit
from portfolio_gen.pages.translations import first_fact, first_of, in_its_language
from portfolio_gen.report import Fact, Report
from portfolio_gen.vocabulary import fields, labels

CERTIFICATE, DATA = "certificate/", "data/"
"""Where they are, below the credential's own page."""

CODES = "codes/"
"""Where the codes on certificates are: not among the credentials, where every file is one or a page of one."""

PAGE_QR, FILE_QR = f"{CODES}page/", f"{CODES}file/"
"""Folders of the codes that lead to a credential's page, and of those that carry its file."""

WANTED = ("recipientName", "role", "term", "licenseNumber", "level", "creditsAvailable", "volumeOfLearning")
"""Facts that a certificate has where there is room; after them, what the credential says of itself."""

SAYS = ("description", "credentialDescription")

NAMES_OF_RESULTS = ("resultId", "resultOf", "resultRubricId")
"""Identifiers by which results find their descriptions; they stand on no page."""

ROOM = 700
"""Characters of facts and of a description up to which optional ones are taken: what leaves the type at its size."""

OF_A_LABEL = 12
"""What a fact takes beside its text and its label: the space around it."""

_WIDE = re.compile("[\u2e80-\U0010ffff]")
"""Characters that take the room of two: nearly all from there on, and browsers know no better (UAX 11)."""


def certificate(entry: Entry, base: str, carries: bool) -> Mapping[str, Any]:
    """Return what a certificate shows; `base` is the site's address, empty where it has none.

    `carries` is whether a second code carries the credential's file.
    """
    entry = entry.whole()
    report = in_its_language(entry.report, entry.language)
    title, kind = (first_fact(report, wanted, entry.language) for wanted in (NAMES, ("achievementType",)))
    used = {fact.pointer for fact in (title, kind) if fact}
    claims = [claim for claim in _chosen(report, entry.language) if claim.pointer not in used]
    says = [claim for claim in claims if claim.field in SAYS]
    facts = [claim for claim in claims if claim.field not in SAYS]
    of_issuer = rows_of(sorted((one for one in facts if one.field in ISSUERS), key=lambda one: one.field))
    groups = [*map(rows_of, grouped(says)), of_issuer]
    sections = tuple(sorted(sections_of(facts), key=lambda section: section.name != "recipient"))
    groups += [group for section in sections for group in section.groups]
    return {
        **_about(entry),
        "title": claim_of(title) if title else None,
        "kind": claim_of(kind) if kind else None,
        "picture": picture_of(report),
        "art": seal(report.sha256),
        "identity": identity(report),
        "groups": [group for group in groups if group],
        "fit": _fit(entry, groups, bool(base) + carries),
        "url": f"{base}{entry.address}" if base else "",
        "carries": carries,
    }


def data_view(entry: Entry) -> Mapping[str, Any]:
    """Return what is around a credential's data: name, issuer, date. The visitor's browser reads the data."""
    entry = entry.whole()
    report = entry.report
    title = first_fact(report, NAMES, entry.language)
    shown = [fact for wanted in (ISSUERS, DATES, ENDS) if (fact := first_fact(report, wanted, entry.language))]
    return {
        **_about(entry),
        "title": claim_of(title) if title else None,
        "groups": tuple(map(rows_of, grouped([claim_of(fact) for fact in shown]))),
    }


def _about(entry: Entry) -> dict[str, Any]:
    return {
        "address": entry.address,
        "source": entry.source,
        "original": entry.original,
        "file": (entry.owner and entry.owner.title) or entry.file.name,
        "name": called(entry),
        "slug": entry.slug,
        "language": entry.language,
    }


def _chosen(report: Report, language: str) -> list[Claim]:
    """Return the claims of a certificate, and the identifiers by which its results find their descriptions."""
    kept = {fact.pointer for fact in chosen(report.credential, language)}
    claims = (claim_of(fact) for fact in report.credential if fact.kind != "image")
    return [claim for claim in claims if claim.pointer in kept or (claim.text and claim.field in NAMES_OF_RESULTS)]


def chosen(facts: Iterable[Fact], language: str = "") -> list[Fact]:
    """Return every fact that must be shown, and those others for which there is room, the most telling first.

    The page script chooses in the same way (`browser/src/shown.ts`), and misses what is left out.
    """
    must = {row.field for row in fields() if row.must}
    every = [fact for fact in facts if fact.kind != "image" and format.shown(fact)]
    room = ROOM - sum(_takes(fact) for fact in every if fact.field in must)
    taken = set()
    for wanted in (*WANTED, *SAYS):
        fact = first_of(every, (wanted,), language)
        if fact and _takes(fact) <= room:
            room -= _takes(fact)
            taken.add(fact.pointer)
    return [fact for fact in every if fact.field in must or fact.pointer in taken]


def _fit(entry: Entry, groups: Iterable[Sequence[Row]], codes: int) -> Fit:
    issuer = entry.report.issuer
    texts = [
        [(row.label if not at else "", claim.text) for row in group for at, claim in enumerate(row.claims)]
        for group in groups
    ]
    return fit(called(entry), (issuer and issuer.name) or "", texts, codes)


def _takes(fact: Fact) -> int:
    text = format.shown(fact)
    return len(text) + len(_WIDE.findall(text)) + len(labels()[fact.field]) + OF_A_LABEL
