"""The display facts of a credential: what the table `fields` of the vocabulary finds in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from portfolio_gen.report import Fact
from portfolio_gen.values import items
from portfolio_gen.vocabulary import Field, fields

_LINKS = ("http://", "https://", "mailto:")
_KINDS = ("clr2", "endorsement")
_IMAGES = ("data:image/", "https://", "http://")


class Place(NamedTuple):
    """A pointer, and what stands there."""

    pointer: str
    value: Any


Told = Iterator[tuple[Place, str | None]]
"""Where texts stand, each with its language, where that is known before it is read."""


def _plainly(places: Iterable[Place]) -> Told:
    return ((place, None) for place in places)


def facts_of(
    document: Mapping[str, Any],
    most: int,
    root: str = "",
    model: str = "vc",
    told: Callable[[Iterable[Place]], Told] = _plainly,
) -> tuple[Fact, ...]:
    """Return at most `most` facts in the order of the vocabulary; no pointer occurs twice.

    `document` is the credential, which stands at the pointer `root` of the signed document; `model` names the paths;
    `told` finds the texts at the end of one.
    """
    found: dict[str, Fact] = {}
    for field in fields():
        for path in _paths(field, model):
            for place, lang in told(walk(Place(root, document), _steps(path))):
                fact = _fact(field, place, lang)
                if fact and fact.pointer not in found:
                    found[fact.pointer] = fact
                if len(found) == most:
                    return tuple(found.values())
    return tuple(found.values())


def model_of(document: Mapping[str, Any], format: str = "") -> str:
    """Return the model of a credential of the W3C data model, whose kinds differ in a few fields only."""
    types = document.get("type")
    endorses = "EndorsementCredential" in items(types)
    return "clr2" if format == "clr2-json" else "endorsement" if endorses else "vc"


def _paths(field: Field, model: str) -> Sequence[str]:
    """Return where the field stands; where a kind of credential says nothing else, as in any."""
    return field.paths.get(model, field.paths.get("vc", ()) if model in _KINDS else ())


@cache
def _steps(path: str) -> tuple[str, ...]:
    """Return the steps of one of the few paths in tables of ours."""
    return tuple(path.split("/")[1:])


def walk(place: Place, steps: Sequence[str]) -> list[Place]:
    """Return what stands at the end of a path from a place; a list at any step is walked in order."""
    if isinstance(place.value, list):
        inside = (Place(f"{place.pointer}/{index}", item) for index, item in enumerate(place.value))
        return [found for one in inside for found in walk(one, steps)]
    if not steps:
        return [place]
    step, *rest = steps
    if not isinstance(place.value, dict) or step not in place.value:
        return []
    return walk(Place(f"{place.pointer}/{step}", place.value[step]), rest)


def _fact(field: Field, place: Place, lang: str | None) -> Fact | None:
    value, pointer = place.value, place.pointer
    if isinstance(value, dict) and isinstance(value.get("@value"), str):
        lang = value.get("@language")
        value, pointer = value["@value"], f"{pointer}/@value"
    number = isinstance(value, int | float) and not isinstance(value, bool) and field.kind in ("number", "text")
    if not (isinstance(value, str) or number):
        return None
    kind = field.kind
    if kind == "image" and not str(value).startswith(_IMAGES):
        return None
    if kind == "link" and not str(value)[:8].lower().startswith(_LINKS):
        kind = "text"
    return Fact(field.field, pointer, value, kind, lang if isinstance(lang, str) else None)
