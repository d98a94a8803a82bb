"""YAML with the line of every value, so that an error can say where it is.

Reads nothing but text, constructs nothing but plain values, and refuses what YAML would pass
over in silence: a key that occurs twice.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from portfolio_gen.errors import ConfigError, ConfigProblem

Place = tuple[str | int, ...]
"""Where a value stands: the keys and indexes that lead to it."""

MOST_PLACES = 20_000
DEEPEST = 64


@dataclass(frozen=True)
class Marked:
    """A YAML document: its name for messages, its value, and the line (from 1) of each place in it."""

    file: str
    value: Any
    lines: Mapping[Place, int] = field(default_factory=dict)

    def problem(self, place: Place, message: str) -> ConfigProblem:
        """Return `message` as a problem at `place`, or at the nearest place around it that has a line."""
        while place and place not in self.lines:
            place = place[:-1]
        return ConfigProblem(self.file, self.lines.get(place), message)


class _PlainLoader(yaml.SafeLoader):
    """Leaves dates as the text that they are: a credential's date is text, with its zone."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: str, text: str) -> Marked:
    """Return the plain value of a YAML document with its lines.

    Raises:
        ConfigError: not YAML, a tag that is not plain data, or a key that occurs twice.
    """
    lines = outline(file, text).lines
    try:
        return Marked(file, yaml.load(text, _PlainLoader), lines)  # noqa: S506 - it is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError([_syntax(file, error)]) from None


def outline(file: str, text: str) -> Marked:
    """Return the lines of a YAML document without its value, whatever tags it uses.

    Raises:
        ConfigError: not YAML, or a key that occurs twice.
    """
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError([_syntax(file, error)]) from None
    lines: dict[Place, int] = {(): 1}
    problems = []
    for place, line, again in _places(root, ()) if root else ():
        if again:
            problems.append(ConfigProblem(file, line, f'"{place[-1]}" is given twice (also in line {lines[place]}).'))
        elif len(lines) > MOST_PLACES:
            raise ConfigError([ConfigProblem(file, line, f"More than {MOST_PLACES} values; nobody means that.")])
        else:
            lines[place] = line
    if problems:
        raise ConfigError(problems)
    return Marked(file, None, lines)


def suggestion(word: object, known: Iterable[str]) -> str:
    """Return ` Did you mean "…"?`, or nothing when no known word is near."""
    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f' Did you mean "{near[0]}"?' if near else ""


def said(value: object) -> str:
    """Return a value as a message names it: short, and with its kind where that is the point."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "a mapping (key: value)"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int | float):
        return f"the number {value}"
    shown = str(value)
    return f'"{shown}"' if len(shown) <= 60 else f'"{shown[:57]}…"'


def _places(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int, bool]]:
    """Give each place, its line, and whether its key has occurred before. Bounded in depth against anchors."""
    if len(place) > DEEPEST:
        return
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            here = (*place, str(key.value))
            yield here, key.start_mark.line + 1, here in seen
            if here not in seen:
                yield from _places(value, here)
            seen.add(here)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            here = (*place, index)
            yield here, item.start_mark.line + 1, False
            yield from _places(item, here)


def _syntax(file: str, error: Exception) -> ConfigProblem:
    mark = getattr(error, "problem_mark", None)
    found = getattr(error, "problem", None) or (
        "nested too deeply" if isinstance(error, RecursionError) else str(error).splitlines()[0]
    )
    if "\\t" in found or "'\\t'" in found:
        found += " (YAML is indented with spaces, never with tabs)"
    return ConfigProblem(file, mark.line + 1 if mark else None, f"This is not YAML that can be read: {found}.")
