"""Which of a credential's languages a view shows: the one that its owner chose, else the page's, else the first.

The page script chooses in the same way (`browser/src/translations.ts`), and misses what another choice leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Protocol, TypeVar

from portfolio_gen import format, together
from portfolio_gen.report import Fact, Report
from portfolio_gen.vocabulary import spoken

_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


class Worded(Protocol):
    """What is in a language, or in none that is named."""

    @property
    def lang(self) -> str | None: ...  # noqa: D102


Text = TypeVar("Text", bound=Worded)


def tag_of(text: Worded) -> str | None:
    """Return the language that a page gives a text; what is signed as one and is no tag is none (BCP 47)."""
    return text.lang if text.lang and _TAG.fullmatch(text.lang) else None


def in_language(text: Worded, language: str) -> bool:
    """Return whether a text is in a language, as tags are matched: `de` is meant by `de` and by `de-AT` (RFC 4647)."""
    tag = tag_of(text)
    return bool(tag and language) and f"{tag}-".lower().startswith(f"{language}-".lower())


def is_of_the_page(text: Worded) -> bool:
    """Return whether a text is in the page's language, or in none that is named."""
    tag = tag_of(text)
    return tag is None or tag.lower().split("-")[0] == spoken()


def chosen_of(texts: Sequence[Text], language: str) -> Text:
    """Return that one of a thing's texts which is shown where there is room for one. `language` may be empty."""
    wanted = next((text for text in texts if in_language(text, language)), None)
    return wanted or next((text for text in texts if is_of_the_page(text)), texts[0])


def first_of(facts: Iterable[Fact], wanted: Iterable[str], language: str = "") -> Fact | None:
    """Return the fact of the first of these fields that says something: in `language`, else as `chosen_of` has it."""
    every = tuple(facts)
    for name in wanted:
        told = [fact for fact in every if fact.field == name and format.collapsed(format.shown(fact))]
        if told:
            return chosen_of(told, language)
    return None


def first_fact(report: Report, wanted: Iterable[str], language: str = "") -> Fact | None:
    """Return the first of a credential's facts, as `first_of` has it."""
    return first_of(report.credential, wanted, language)


def translation_of(fact: Fact, facts: Iterable[Fact], language: str) -> Fact | None:
    """Return the text that stands for a fact where each is shown in one language: itself, or the same in another."""
    place = together.holder(fact.pointer)
    beside = (one for one in facts if one.field == fact.field and together.holder(one.pointer) == place)
    return first_of(beside, (fact.field,), language)


def in_its_language(report: Report, language: str) -> Report:
    """Return a report with the texts of one language before the same in others."""
    if not language:
        return report
    moved: dict[str, list[Fact]] = {}
    for fact in report.credential:
        moved.setdefault(fact.field, []).append(fact)
    turns = {name: iter(_turned(of, language)) for name, of in moved.items()}
    return replace(report, credential=tuple(next(turns[fact.field]) for fact in report.credential))


def _turned(facts: Sequence[Fact], language: str) -> list[Fact]:
    """Put texts of one thing in the order wanted: those that stand at the same place but for the last part of it."""
    runs = [list(run) for _, run in groupby(facts, key=lambda fact: (together.holder(fact.pointer), fact.lang is None))]
    return [fact for run in runs for fact in sorted(run, key=lambda fact: not in_language(fact, language))]
