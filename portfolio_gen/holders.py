"""What the site's owner declares as their own identifiers: privately, in a file or in the environment.

    email: [ada@mail.example, ada@work.example]
    did: did:key:z6Mk…
    name: Ada Example

Nothing of it is ever published: a build says which credentials match, and by what kind of identifier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import Place, read
from portfolio_gen.recipient import KINDS

FILE = "holders.yml"
"""Beside mkdocs.yml; `init` has git ignore it."""

VARIABLE = "PORTFOLIO_HOLDERS"
"""The environment variable that may hold the same, for a workflow, where it comes from a secret."""

Holders = Mapping[str, tuple[str, ...]]


def holders_of(folder: Path, environment: Mapping[str, str]) -> Holders:
    """Return what is declared for the site in `folder`: by its file, else by the environment; nothing where neither is.

    Raises:
        ConfigError: all that is wrong with it, by line. No message repeats an identifier.
    """
    file = folder / FILE
    if file.is_file():
        return read_holders(file, FILE)
    return parse(f"${VARIABLE}", environment.get(VARIABLE, ""))


def read_holders(path: Path, name: str) -> Holders:
    """Return what a file declares.

    Raises:
        ConfigError: it cannot be read, or all that is wrong with it.
    """
    try:
        return parse(name, path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(name, None, "The file is not text in UTF-8.")]) from None
    except OSError as error:
        raise ConfigError([ConfigProblem(name, None, f"It cannot be read: {error.strerror}.")]) from None


def parse(name: str, text: str) -> Holders:
    """Return what the text of a YAML file declares: kind → texts.

    Raises:
        ConfigError: all that is wrong with it, by line.
    """
    marked = read(name, text)
    value = {} if marked.value is None else marked.value
    if not isinstance(value, Mapping):
        raise ConfigError([ConfigProblem(name, 1, f"expected some of {', '.join(KINDS)}, each with one or a list.")])
    problems = [marked.problem(place, fault) for place, fault in _faults(value)]
    if problems:
        raise ConfigError(problems)
    return {kind: tuple(one if isinstance(one, list) else [one]) for kind, one in value.items()}


def _faults(value: Mapping[Any, Any]) -> Iterator[tuple[Place, str]]:
    for kind, one in value.items():
        if kind not in KINDS:
            yield (str(kind),), f"this kind is not known. Known here: {', '.join(KINDS)}."
            continue
        for index, text in enumerate(one if isinstance(one, list) else [one]):
            place = (kind, index) if isinstance(one, list) else (kind,)
            if isinstance(text, bool | int | float):
                yield place, f"{kind}: expected text; put it in quotes."
            elif not isinstance(text, str) or not text.strip():
                yield place, f"{kind}: expected text."
