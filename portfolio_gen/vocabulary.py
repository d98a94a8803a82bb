"""The words: checks, codes, verdicts, formats, display fields and sentences, from vocabulary.json.

The TypeScript half bundles the same file. A sentence reaches a page only through `message`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


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


def message(id: str, /, **values: object) -> str:
    """Return the sentence with this id, with `{name}` replaced by the values given."""
    sentence: str = vocabulary()["messages"][id]
    return sentence.format(**values) if values else sentence
