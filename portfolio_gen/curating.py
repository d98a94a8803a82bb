"""What the owner's words change in the site, in sentences: for `check`. The signed files stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_gen.pages import NAMES
from portfolio_gen.pages.translations import in_language
from portfolio_gen.report import Report
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.vocabulary import message

TOLD = ("feature", "order", "title", "note", "stack", "link", "language", "hide")
"""Keys with a sentence of their own."""


def told(owner: Sidecar | None, report: Report) -> Iterator[str]:
    """Give a sentence for each thing that the owner's words change for a credential."""
    if owner is None:
        return
    if owner.feature:
        yield message("curate.feature")
    if owner.order is not None:
        yield message("curate.order", order=owner.order)
    if owner.title:
        named = any(fact.field in NAMES for fact in report.credential)
        yield message("curate.title.own" if named else "curate.title.only", title=owner.title)
    if owner.note:
        yield message("curate.note")
    if owner.stack:
        yield message("curate.stack", stack=owner.stack)
    if owner.link:
        yield message("curate.link", link=owner.link)
    if owner.language:
        yield _language(owner.language, report)
    others = sorted(owner.given - set(TOLD))
    if others:
        yield message("curate.others", keys=", ".join(others))
    if owner.beats:
        yield message("curate.beats", keys=", ".join(sorted(owner.beats)))


def _language(language: str, report: Report) -> str:
    has = sorted({fact.lang for fact in report.credential if fact.lang})
    if any(in_language(fact, language) for fact in report.credential):
        return message("curate.language", language=language)
    return message("curate.language.none", language=language, has=", ".join(has) or "–")
