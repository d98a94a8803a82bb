"""What the exports say of a credential: short texts, as pages show them."""

from __future__ import annotations

import re
from typing import NamedTuple

from portfolio_gen import format
from portfolio_gen.pages import DATES, NAMES, Entry, called, ending, is_education
from portfolio_gen.pages.translations import first_fact

_DAY = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9](?=T|\Z)")


class Summary(NamedTuple):
    """A credential in a few words; each is "" where the credential does not say it."""

    name: str
    kind: str
    issuer: str
    issuer_id: str
    issuer_url: str
    date: str
    until: str
    result: str
    education: bool
    named: bool
    """Whether the name is the credential's own; else it is the owner's word for the file."""


def summary(entry: Entry) -> Summary:
    """Return what the exports say of a credential; fetches it."""
    entry = entry.whole()
    report = entry.report

    def text(*fields: str) -> str:
        fact = first_fact(report, fields, entry.language)
        return format.line(format.shown(fact)) if fact else ""

    dated = first_fact(report, DATES)
    return Summary(
        name=format.line(called(entry)),
        kind=text("achievementType"),
        issuer=text("issuerName", "issuerId"),
        issuer_id=format.line(report.issuer.id) if report.issuer else text("issuerId"),
        issuer_url=text("issuerUrl"),
        date=day(str(dated.value)) if dated else "",
        until=day(ending(report)),
        result=text("resultValue", "resultLevel"),
        education=is_education(report),
        named=first_fact(report, NAMES) is not None,
    )


def day(text: str) -> str:
    """Return the day of a date as it is written, which needs no time zone; "" for what is no date of our era."""
    found = _DAY.match(text)
    return found[0] if found else ""
