"""What is told of a credential where it is shared: as its file says it, or else the owner."""

from __future__ import annotations

from typing import NamedTuple

from portfolio_gen import format
from portfolio_gen.pages import DATES, ISSUERS, Entry, called, dated, ending
from portfolio_gen.pages.translations import first_fact
from portfolio_gen.timestamps import instant


class Told(NamedTuple):
    """A credential in plain text. What it does not say is empty."""

    name: str
    issuer: str
    issuer_id: str
    date: str
    """As it is shown: “12 March 2026”."""
    start: str
    """As it is written, if it is a date: `2026-03-12T…`."""
    end: str
    number: str
    """What the issuer calls this one credential by."""


def told(entry: Entry) -> Told:
    """Return what a credential says of itself."""
    report = entry.report
    issuer, date = first_fact(report, ISSUERS, entry.language), first_fact(report, DATES)
    number = first_fact(report, ("licenseNumber",))
    return Told(
        format.line(called(entry)),
        format.shown(issuer) if issuer else "",
        report.issuer.id if report.issuer else "",
        format.shown(date) if date else "",
        _written(dated(entry)),
        ending(report),
        format.shown(number) if number else "",
    )


def _written(text: str) -> str:
    try:
        instant(text)
    except ValueError:
        return ""
    return text
