"""Stacks: what several credentials add up to, as far as a file beside mkdocs.yml or a signed record says so.

A stack lists its parts: all of them or any n, in an order or in none, and what prior learning may stand in for a part.
Here is the model, and the owner's own form of it (`stacks/*.yml`). `pathways` reads CTDL pathways, `records` signed
records. Nothing here says what is earned: only the visitor's browser counts (browser/src/stacks.ts).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import Place, read, said, suggestion

Source = Literal["owner", "ctdl", "clr"]
"""Who says it: the site's owner, a pathway file that the owner added, or an issuer in a signed record."""

MOST_PARTS = 200
_LONGEST = 2_000
_LINK = re.compile(r"(?i)https?://[^\s\x00-\x20\"<>\\^`{|}]{1,2000}\Z")

STACK_KEYS = ("title", "about", "link", "needs", "ordered", "once", "parts")
PART_KEYS = ("title", "note", "link", "credential", "achievement", "instead", "recognised")
GROUP_KEYS = ("title", "note", "needs", "parts")
RECOGNISED_KEYS = ("by", "date", "note", "credential", "link")


@dataclass(frozen=True)
class Recognised:
    """Prior learning that somebody recognised in place of a part, with what shows it; all in the owner's words."""

    by: str = ""
    date: str = ""
    note: str = ""
    link: str = ""
    files: tuple[str, ...] = ()
    """Credentials of the wallet that are the evidence."""


@dataclass(frozen=True)
class Part:
    """One of the things that a stack takes, or a group of which some are enough."""

    title: str = ""
    note: str = ""
    link: str = ""
    files: tuple[str, ...] = ()
    """Names of files in the wallet; after `#`, the pointer of a credential inside."""
    ids: tuple[str, ...] = ()
    """Identifiers or names of achievements, each of which is this part."""
    instead: tuple[str, ...] = ()
    """What may replace it: prior learning in words."""
    recognised: Recognised | None = None
    parts: tuple[Part, ...] = ()
    """Of a group: those to choose from."""
    needs: int | None = None
    """Of a group: how many are enough; None for all."""
    after: tuple[int, ...] = ()
    """The parts of the stack that come before it, by their index."""
    place: Place = ()
    """Where it stands in its file."""

    def leaves(self) -> tuple[Part, ...]:
        """Return the parts of a group, or the part itself."""
        return self.parts or (self,)


@dataclass(frozen=True)
class Stack:
    """What it takes, who says so, and the file that says it."""

    title: str
    source: Source
    file: str
    parts: tuple[Part, ...]
    needs: int | None = None
    """How many of its parts are enough; None for all."""
    ordered: bool = False
    """Whether the parts are to be done one after the other, as they stand."""
    once: bool = True
    """Whether a credential stands for one part only, where it would fit several."""
    about: str = ""
    link: str = ""
    whole: str = ""
    """Of a signed record: the identifier of the achievement that the parts add up to."""
    lines: tuple[tuple[Place, int], ...] = ()

    def leaves(self) -> Iterator[Part]:
        """Give every part that a credential can stand for."""
        for part in self.parts:
            yield from part.leaves()

    def problem(self, part: Part, message: str) -> ConfigProblem:
        """Return a problem with one of its parts, at the part's line."""
        return ConfigProblem(self.file, dict(self.lines).get(part.place), message)


def parse(name: str, data: bytes) -> Stack:
    """Return the stack that a YAML file of the owner's describes.

    Raises:
        ConfigError: all that is wrong with it, each with its line.
    """
    try:
        marked = read(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(name, None, "This is not UTF-8.")]) from None
    value = marked.value
    if not isinstance(value, dict):
        raise ConfigError([ConfigProblem(name, 1, f"found {said(value)}, expected title and parts.")])
    problems = [marked.problem(place, fault) for place, fault in _stack_faults(value)]
    if problems:
        raise ConfigError(problems)
    ordered = bool(value.get("ordered"))
    parts = [_part(row, ("parts", index)) for index, row in enumerate(value["parts"])]
    if ordered:
        parts = [_after(part, index) for index, part in enumerate(parts)]
    return Stack(
        title=value["title"].strip(),
        source="owner",
        file=name,
        parts=tuple(parts),
        needs=_needed(value.get("needs")),
        ordered=ordered,
        once=value.get("once") is not False,
        about=_text(value, "about"),
        link=_text(value, "link"),
        lines=tuple(marked.lines.items()),
    )


def _after(part: Part, index: int) -> Part:
    return Part(**{**part.__dict__, "after": (index - 1,) if index else ()})


def _part(row: Mapping[str, Any], place: Place) -> Part:
    told = row.get("recognised")
    return Part(
        title=_text(row, "title"),
        note=_text(row, "note"),
        link=_text(row, "link"),
        files=_texts(row, "credential"),
        ids=_texts(row, "achievement"),
        instead=_texts(row, "instead"),
        recognised=_recognised(told) if told else None,
        parts=tuple(_part(inner, (*place, "parts", index)) for index, inner in enumerate(row.get("parts") or ())),
        needs=_needed(row.get("needs")),
        place=place,
    )


def _recognised(row: Mapping[str, Any]) -> Recognised:
    files = _texts(row, "credential")
    return Recognised(_text(row, "by"), _text(row, "date"), _text(row, "note"), _text(row, "link"), files)


def _text(row: Mapping[str, Any], key: str) -> str:
    return str(row.get(key) or "").strip()


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key)
    several = value if isinstance(value, list) else [value] if value else []
    return tuple(text.strip() for text in several)


def _needed(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _stack_faults(value: Mapping[Any, Any]) -> Iterator[tuple[Place, str]]:
    yield from _unknown(value, STACK_KEYS, ())
    if not _text(value, "title"):
        yield ("title",), f"title: found {said(value.get('title'))}, expected what the stack is called."
    for key in ("title", "about", "link"):
        yield from _text_faults(value, key, ())
    for key in ("ordered", "once"):
        if not isinstance(value.get(key, False), bool):
            yield (key,), f"{key}: found {said(value[key])}, expected true or false."
    yield from _choice_faults(value, (), "the stack")
    rows = value.get("parts")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        yield from _part_faults(row, ("parts", index), inside=False)


def _choice_faults(value: Mapping[Any, Any], place: Place, what: str) -> Iterator[tuple[Place, str]]:
    """Give what is wrong with a list of parts, and with how many of them it takes."""
    rows = value.get("parts")
    if not isinstance(rows, list) or not rows:
        yield (*place, "parts"), f"parts: found {said(rows)}, expected a list of what {what} takes."
        return
    if len(rows) > MOST_PARTS:
        yield (*place, "parts"), f"parts: more than {MOST_PARTS}."
    needs = value.get("needs", "all")
    if needs != "all" and not (type(needs) is int and 1 <= needs <= len(rows)):
        yield (*place, "needs"), f'needs: found {said(needs)}, expected "all" or a number from 1 to {len(rows)}.'


def _part_faults(row: object, place: Place, *, inside: bool) -> Iterator[tuple[Place, str]]:
    if not isinstance(row, Mapping):
        yield place, f"found {said(row)}, expected a part: some of {', '.join(PART_KEYS)}."
        return
    group = "parts" in row
    if group and inside:
        yield (*place, "parts"), "parts: a choice within a choice is not possible; make it a stack of its own."
        return
    yield from _unknown(row, GROUP_KEYS if group else PART_KEYS if inside else (*PART_KEYS, "needs", "parts"), place)
    for key in ("title", "note", "link"):
        yield from _text_faults(row, key, place)
    if group:
        yield from _choice_faults(row, place, "the choice")
        rows = row["parts"]
        for index, inner in enumerate(rows if isinstance(rows, list) else ()):
            yield from _part_faults(inner, (*place, "parts", index), inside=True)
        return
    if "needs" in row:
        yield (*place, "needs"), "needs: only a list of parts has it."
    for key in ("credential", "achievement", "instead"):
        yield from _list_faults(row, key, place)
    if not any(row.get(key) for key in ("title", "credential", "achievement")):
        yield place, "a part needs a title, a credential or an achievement."
    if row.get("recognised") is not None:
        yield from _recognised_faults(row["recognised"], (*place, "recognised"))


def _recognised_faults(row: object, place: Place) -> Iterator[tuple[Place, str]]:
    if not isinstance(row, Mapping):
        yield place, f"recognised: found {said(row)}, expected some of {', '.join(RECOGNISED_KEYS)}."
        return
    yield from _unknown(row, RECOGNISED_KEYS, place)
    for key in ("by", "date", "note", "link"):
        yield from _text_faults(row, key, place)
    yield from _list_faults(row, "credential", place)
    if not row.get("credential") and not row.get("link"):
        yield place, "recognised: what shows it is missing. Give a credential of the wallet, or a link."


def _unknown(row: Mapping[Any, Any], known: tuple[str, ...], place: Place) -> Iterator[tuple[Place, str]]:
    for key in row:
        if key not in known:
            near = suggestion(key, known) or f" Known here: {', '.join(known)}."
            yield (*place, str(key)), f'"{key}" is not known.{near}'


def _text_faults(row: Mapping[Any, Any], key: str, place: Place) -> Iterator[tuple[Place, str]]:
    value = row.get(key)
    if value is None:
        return
    if not isinstance(value, str):
        quotes = "; put it in quotes" if isinstance(value, bool | int | float) else ""
        yield (*place, key), f"{key}: found {said(value)}, expected text{quotes}."
    elif key == "link" and not _LINK.match(value.strip()):
        yield (*place, key), f"link: found {said(value)}, expected https://… or http://…."
    elif len(value) > _LONGEST:
        yield (*place, key), f"{key}: found {len(value)} characters, expected at most {_LONGEST}."


def _list_faults(row: Mapping[Any, Any], key: str, place: Place) -> Iterator[tuple[Place, str]]:
    value = row.get(key)
    several = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(text, str) and text.strip() and len(text) <= _LONGEST for text in several):
        yield (*place, key), f"{key}: found {said(value)}, expected text, or a list of texts."
