"""The languages of a site: which there are, how dates and numbers look in each, and the catalogues of translations.

`data/locales.json` is made from CLDR by `tools/translations.py`; the browser half formats from the same table, so that
both write the same to the last character. A catalogue is a gettext file whose entries have an id of the vocabulary as
their context and the English sentence as their msgid: a translation of a sentence that has changed since is none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

ENGLISH = "en"
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_OTHER_SCRIPT = re.compile(r"zh[-_](hant|tw|hk|mo)\b")
"""Chinese in traditional characters; ours is in simplified ones."""


@dataclass(frozen=True)
class Locale:
    """How a language writes dates and numbers."""

    name: str
    """What the language is called in English."""
    rtl: bool
    date: str
    months: tuple[str, ...]
    decimal: str
    group: str
    grouped_from: int
    """How many digits a whole number needs for its thousands to be set apart; 0 for never."""

    def number(self, text: str) -> str:
        """Return a number as JSON writes it in this language's way; any other text as it is."""
        found = _NUMBER.fullmatch(text)
        if not found:
            return text
        sign, whole, part = found.groups()
        return sign + self._grouped(whole) + (self.decimal + part if part else "")

    def _grouped(self, whole: str) -> str:
        if not self.grouped_from or len(whole) < self.grouped_from:
            return whole
        return re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", self.group, whole)


@dataclass(frozen=True)
class Catalogue:
    """The translations of one language: by id, the English sentence of each, and the text or its plural forms."""

    rows: Mapping[str, tuple[str, tuple[str, ...]]]
    plural: str
    """The gettext expression that says which of the plural forms a number takes."""

    def text(self, id: str, english: str) -> str | None:
        """Return the translation of an English sentence; None where there is none, or of another sentence."""
        was, texts = self.rows.get(id, ("", ()))
        return texts[0] if was == english and texts and texts[0] else None

    def plurals(self, id: str, english: str) -> tuple[str, ...]:
        """Return all plural forms; none where one is missing."""
        was, texts = self.rows.get(id, ("", ()))
        return texts if was == english and all(texts) else ()


@cache
def locales() -> Mapping[str, Locale]:
    """Return every language that a site can be in."""
    rows = json.loads(_data("locales.json"))
    return {tag: Locale(**{**row, "months": tuple(row["months"])}) for tag, row in rows.items()}


def language_of(tag: str) -> str:
    """Return which of our languages a tag such as `pt-BR` means; English for those that we do not speak."""
    plain = tag.lower()
    base = re.split("[-_]", plain)[0]
    return base if base in locales() and not _OTHER_SCRIPT.match(plain) else ENGLISH


@cache
def catalogue(language: str) -> Catalogue:
    """Return the translations into a language; empty for English and for one without a file."""
    if language == ENGLISH:
        return Catalogue({}, "")
    from babel.messages.pofile import read_po

    with (resources.files("portfolio_gen") / f"data/locale/{language}/LC_MESSAGES/portfolio.po").open("rb") as file:
        found = read_po(file, locale=language)
    return Catalogue({str(row.context): _row(row) for row in found if row.context and not row.fuzzy}, found.plural_expr)


def _row(row: Any) -> tuple[str, tuple[str, ...]]:
    ids, texts = (part if isinstance(part, tuple | list) else (part,) for part in (row.id, row.string))
    return ids[-1], tuple(texts)


def _data(name: str) -> str:
    return resources.files("portfolio_gen").joinpath(f"data/{name}").read_text("utf-8")
