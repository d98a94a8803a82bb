"""The words: checks, codes, verdicts, formats, display fields and sentences, from vocabulary.json.

The TypeScript half bundles the same file. A sentence reaches a page only through `message`, in the language that is
being spoken: that of the site while one is built or read, English everywhere else.
"""

from __future__ import annotations

import gettext
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from portfolio_gen.languages import ENGLISH, Locale, catalogue, locales

COMMAND_LINE = (
    *(
        "add.",
        "cite.",
        "cli.",
        "curate.",
        "export.left",
        "form.",
        "llms.",
        "lists.",
        "madeout.refused",
        "news.",
        "online.",
        "personal.",
        "skills.",
    ),
    *("portfolio.stale.", "portfolio.none", "refresh.", "resume.", "share.noaddress", "site.", "wallet.", "languages."),
)
"""How ids begin whose sentences no page shows: the command line speaks English."""

COUNTED = ".one"
"""How the id of a sentence on one thing ends; that on many ends in `.many`. Translations have gettext's plurals."""


@dataclass(frozen=True)
class Field:
    """A row of the display model: what a fact is, where it may stand, how it is shown."""

    field: str
    label: str
    kind: str
    must: bool
    paths: Mapping[str, tuple[str, ...]]
    """By data model (`vc` and others): JSON pointers without list indexes, from the credential's root."""


@cache
def vocabulary() -> dict[str, Any]:
    """Return the whole vocabulary, read once."""
    text = resources.files("portfolio_gen").joinpath("data/vocabulary.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def fields() -> tuple[Field, ...]:
    """Return the display fields in the order in which the report lists them."""
    return tuple(
        Field(row["field"], row["label"], row["as"], row["must"], _paths(row["paths"]))
        for row in vocabulary()["fields"]
    )


def _paths(by_model: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {model: tuple(paths) for model, paths in by_model.items()}


def result_of(check: str, code: str) -> str:
    """Return the result (`pass`, `fail`, `unknown`, `none`) that `code` of `check` always has."""
    result: str = vocabulary()["checks"][check]["codes"][code]["result"]
    return result


# Which language is spoken. One process builds or reads one page at a time; those that it forks inherit the language.

_spoken = ENGLISH


def speak(language: str) -> None:
    """Speak one of `locales()` from now on."""
    global _spoken
    _spoken = language if language in locales() else ENGLISH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language until the end of the block, whatever is spoken inside of it."""
    before = _spoken
    speak(language)
    try:
        yield
    finally:
        speak(before)


def spoken() -> str:
    """Return the language that is being spoken."""
    return _spoken


def locale() -> Locale:
    """Return how dates and numbers look in the language that is being spoken."""
    return locales()[_spoken]


def message(id: str, /, **values: object) -> str:
    """Return the sentence with this id, with `{name}` replaced by the values; numbers as the language has them."""
    sentence: str = words()["messages"][id]
    return sentence.format(**_written(values)) if values else sentence


def counted(id: str, number: int, /, **values: object) -> str:
    """Return the sentence for a number of things, in the plural form that it takes: `id` without `.one` or `.many`."""
    forms = catalogue(_spoken).plurals(id, vocabulary()["messages"][f"{id}.many"])
    if not forms:
        return message(f"{id}.one" if number == 1 else f"{id}.many", count=number, **values)
    return forms[_plural(catalogue(_spoken).plural)(number)].format(**_written({"count": number, **values}))


def label(field: str) -> str:
    """Return what a display field is called."""
    found: str = labels()[field]
    return found


def labels() -> dict[str, str]:
    """Return what each display field is called."""
    return _labels(_spoken)


def words() -> dict[str, Any]:
    """Return the vocabulary in the language that is being spoken."""
    return in_language(_spoken)


def _written(values: Mapping[str, object]) -> dict[str, object]:
    return {name: locale().number(str(value)) if type(value) is int else value for name, value in values.items()}


@cache
def _plural(expression: str) -> Callable[[int], int]:
    return gettext.c2py(expression)


@cache
def _labels(language: str) -> dict[str, str]:
    return {row["field"]: row["label"] for row in in_language(language)["fields"]}


def in_language(language: str) -> dict[str, Any]:
    """Return the vocabulary in a language; what is not translated is English."""
    return vocabulary() if language == ENGLISH else _translated(language)


@cache
def _translated(language: str) -> dict[str, Any]:
    found = catalogue(language)
    whole = translated(lambda id, english: found.text(id, english) or english)
    one = locales()[language]
    whole["messages"] |= {f"live.month.{number}": name for number, name in enumerate(one.months, 1)}
    whole["messages"] |= {"live.date": one.date, "live.language": language}
    return whole


def translated(say: Callable[[str, str], str]) -> dict[str, Any]:
    """Return the vocabulary with each text that a page shows replaced by what `say` says for its id and its English."""
    whole: dict[str, Any] = dict(vocabulary())
    whole["results"] = {name: say(f"result.{name}", text) for name, text in whole["results"].items()}
    whole["checks"] = {name: _check(name, check, say) for name, check in whole["checks"].items()}
    whole["verdicts"] = {
        name: row | {part: say(f"verdict.{name}.{part}", row[part]) for part in ("label", "says")}
        for name, row in whole["verdicts"].items()
    }
    whole["formats"] = {name: say(f"format.{name}", text) for name, text in whole["formats"].items()}
    whole["fields"] = [row | {"label": say(f"field.{row['field']}", row["label"])} for row in whole["fields"]]
    whole["messages"] = {id: say(id, text) if is_translated(id) else text for id, text in whole["messages"].items()}
    return whole


def _check(name: str, check: Mapping[str, Any], say: Callable[[str, str], str]) -> dict[str, Any]:
    codes = {code: {**row, "says": say(f"check.{name}.{code}", row["says"])} for code, row in check["codes"].items()}
    asked = {part: say(f"check.{name}.{part}", check[part]) for part in ("title", "asks")}
    return {**check, **asked, "codes": codes}


def is_translated(id: str) -> bool:
    """Return whether a message is for pages, and says something that differs by language otherwise than a date does."""
    return not id.startswith((*COMMAND_LINE, "live.month.", "live.date", "live.language"))


def sentences() -> dict[str, str | tuple[str, str]]:
    """Return all English texts to translate by id; a pair of one and many where a sentence counts."""
    found: dict[str, str | tuple[str, str]] = {}

    def keep(id: str, english: str) -> str:
        found[id] = english
        return english

    translated(keep)
    for id in [id for id in found if id.endswith(COUNTED) and id.removesuffix(COUNTED) + ".many" in found]:
        base = id.removesuffix(COUNTED)
        found[base] = (str(found.pop(id)), str(found.pop(f"{base}.many")))
    return found


def untranslated(language: str) -> list[str]:
    """Return the ids of all sentences that have no translation into a language, and so are shown in English."""
    if language == ENGLISH:
        return []
    found = catalogue(language)
    rows = sentences().items()
    return [
        id
        for id, english in rows
        if not (found.plurals(id, english[1]) if isinstance(english, tuple) else found.text(id, english))
    ]
