"""What a report says, in sentences: for the command line, and for whoever asks before a file is added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portfolio_gen.format import shown
from portfolio_gen.report import Check, Fact, Report
from portfolio_gen.vocabulary import vocabulary

UNTOLD = ("NOT_READ", "SIGNATURE_FIRST", "NOT_ASKED")
"""Codes that say nothing which another line does not say."""

TOLD_DETAILS = ("members", "pointers", "contexts", "types", "unknownSuites", "from", "until", "kind", "hashed", "kinds")
"""Details of a check that help a person."""


def checks_told(report: Report) -> Iterator[tuple[str, str]]:
    """Give the result of each check that says something, and its sentence."""
    for name, found in report.checks.items():
        if found.code not in UNTOLD:
            yield vocabulary()["results"][found.result], sentence(report, name, found)


def sentence(report: Report, name: str, found: Check) -> str:
    """Return what a check found, with its title."""
    words = vocabulary()["checks"][name]
    says = words["codes"][found.code]["says"].replace("{format}", vocabulary()["formats"].get(report.format, ""))
    says = says.replace("{at}", shown(Fact("", "", str(found.detail.get("at", "")), "date")))
    places = [str(place) for detail in TOLD_DETAILS for place in _listed(found.detail.get(detail))]
    named = f" ({', '.join(places)})" if places else ""
    return " ".join([f"{words['title']}: {says}{named}", *_why_refused(found)])


def _why_refused(found: Check) -> list[str]:
    """Return why suites that were decided against are not checked: a sentence for each that has one."""
    sentences: dict[str, str] = vocabulary()["messages"]
    names = (f"live.detail.suite.{name}" for name in _listed(found.detail.get("unknownSuites")))
    return list(dict.fromkeys(sentences[name] for name in names if name in sentences))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
