"""The folder of stacks beside mkdocs.yml: every file in it read, and what it names looked for in the wallet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from portfolio_gen import stacks
from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.limits import LIMITS
from portfolio_gen.marked import suggestion
from portfolio_gen.pages import Entry
from portfolio_gen.pages.stacks import piles
from portfolio_gen.stacks import Part, Stack, pathways

YAML, JSON = (".yml", ".yaml"), (".json", ".jsonld")
_NEARLY = 0.9
"""How alike two identifiers are of which one is probably a slip."""


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the files of the folder by name; none where there is no folder.

    Raises:
        ConfigError: one cannot be read, is too large, or is none that describes a stack.
    """
    found: dict[str, bytes] = {}
    problems: list[ConfigProblem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = f"{folder.name}/{path.name}"
        if path.name.startswith(".") or path.is_dir():
            continue
        if path.suffix.lower() not in (*YAML, *JSON):
            advice = "A stack is a .yml file (docs/stacks.md), a CTDL pathway a .json file."
            problems.append(ConfigProblem(name, None, f"This is neither. {advice}"))
            continue
        try:
            data = path.read_bytes()
        except OSError as error:
            problems.append(ConfigProblem(name, None, f"It cannot be read: {error.strerror}."))
            continue
        if len(data) > LIMITS.file_bytes:
            problems.append(ConfigProblem(name, None, f"It is larger than {LIMITS.file_bytes} bytes."))
        else:
            found[name] = data
    if problems:
        raise ConfigError(problems)
    return found


def read_stacks(files: dict[str, bytes]) -> tuple[Stack, ...]:
    """Return what the files say; raises ConfigError with all that is wrong in any of them."""
    found: list[Stack] = []
    problems: list[ConfigProblem] = []
    for name, data in files.items():
        parse = stacks.parse if name.lower().endswith(YAML) else pathways.parse
        try:
            found.append(parse(name, data))
        except ConfigError as error:
            problems += error.errors
    if problems:
        raise ConfigError(problems)
    return tuple(found)


def refuse_unknown(found: Sequence[Stack], entries: Sequence[Entry], left_out: Collection[str]) -> None:
    """Raise ConfigError for every name of a file that the wallet does not have; one that is left out it has."""
    known = [entry.file.name + entry.place for entry in entries]
    problems = [
        stack.problem(part, _not_there(name, known))
        for stack in found
        for part, name in _names(stack)
        if name not in known and name.partition("#")[0] not in left_out
    ]
    if problems:
        raise ConfigError(problems)


def _names(stack: Stack) -> Iterator[tuple[Part, str]]:
    for part in stack.leaves():
        evidence = part.recognised.files if part.recognised else ()
        yield from ((part, name) for name in (*part.files, *evidence))


def _not_there(name: str, known: Sequence[str]) -> str:
    file = name.partition("#")[0]
    inside = [one for one in known if one.partition("#")[0] == file]
    if inside:
        return f'credential: "{name}" is not in that file. Known in it: {", ".join(inside[:5])}.'
    return f'credential: "{name}" is not in the wallet.{suggestion(name, known)}'


def remarks(found: Sequence[Stack], entries: Sequence[Entry], left_out: Collection[str]) -> Iterator[str]:
    """Give what the owner should know: parts that name a file that is not published, and identifiers nearly right."""
    for stack in found:
        for part, name in _names(stack):
            if name.partition("#")[0] in left_out:
                yield str(stack.problem(part, f'"{name}" is not published, so nothing stands for this part.'))
    known = {str(fact.value) for entry in entries for fact in entry.report.credential if fact.field == "achievementId"}
    for pile in piles([stack for stack in found if stack.source == "owner"], entries):
        named = {id for part in pile.stack.leaves() for id in part.ids}
        for held in (leaf for part in pile.parts for leaf in part.leaves()):
            for id in held.part.ids if not held.entries else ():
                near = _nearest(id, known - named)
                if near:
                    yield str(pile.stack.problem(held.part, f'achievement: no credential here is for "{id}".{near}'))


def _nearest(id: str, known: Iterable[str]) -> str:
    close = [one for one in sorted(known) if SequenceMatcher(None, id, one).ratio() >= _NEARLY]
    return suggestion(id, close) if close else ""
