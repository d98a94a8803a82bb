"""What a learner says of a file, in a YAML file beside it: `name.yml` or `name.ext.yml`.

A sidecar adds what a credential lacks. All of it is the owner's word, and is shown as such: nothing here is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import Place, read, said, suggestion

ENDINGS = (".yml", ".yaml")
TELLS = ("industry", "focus", "audience", "duration", "assessment")
"""What makes a micro-credential tell, where its issuer does not say it."""
TEXTS = ("title", "note", "stack", "link", *TELLS)
LISTS = {"skills": "skills", "evidence": "names of files"}
SWITCHES = ("feature", "hide")
"""What is so or is not: shown first and larger on the home page; kept out of the site, page and file."""
KEYS = ("order", *TEXTS, *SWITCHES, "language", *LISTS)
GROUP = "group"
"""Another name of `stack`, which for the home page is a heading and no more."""
_LINK = re.compile(r"(?i)https?://[^\s\x00-\x20\"<>\\^`{|}]{1,2000}\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}\Z")
"""A language tag, as texts in credentials carry it (BCP 47)."""
_LONGEST = 2_000


@dataclass(frozen=True)
class Sidecar:
    """The owner's words for one file. Lower `order` comes first; files without one come after those with one."""

    order: int | None = None
    title: str = ""
    note: str = ""
    stack: str = ""
    link: str = ""
    industry: str = ""
    focus: str = ""
    audience: str = ""
    duration: str = ""
    assessment: str = ""
    skills: tuple[str, ...] = ()
    """Skills that the owner says it is about."""
    evidence: tuple[str, ...] = ()
    """Files of the wallet that the owner publishes beside it, by their names from the sidecar's folder."""

    feature: bool = False
    hide: bool = False
    language: str = ""
    """The language of its texts that is shown first, on its page and wherever it is listed."""
    given: frozenset[str] = field(default=frozenset(), compare=False)
    """The keys that are written there, whatever they say."""
    beats: frozenset[str] = field(default=frozenset(), compare=False)
    """Those that are written in mkdocs.yml, too, where they do not count."""

    @property
    def tells(self) -> tuple[tuple[str, str], ...]:
        """What is said of it under each of `TELLS`, where something is."""
        return tuple((key, getattr(self, key)) for key in TELLS if getattr(self, key))

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """What to sort by."""
        return not self.feature, self.order is None, self.order or 0

    def over(self, other: Sidecar) -> Sidecar:
        """Return what both say of a file; where both say something, what this one says."""
        mine = {key: getattr(self, key) for key in self.given}
        return replace(other, **mine, given=self.given | other.given, beats=self.given & other.given)


def is_sidecar(name: str) -> bool:
    """Return whether a file of this name is one."""
    return name.lower().endswith(ENDINGS)


def parse(name: str, data: bytes) -> Sidecar:
    """Return what a sidecar says.

    Raises:
        ConfigError: all that is wrong with it, each with its line.
    """
    try:
        marked = read(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(name, None, "This is not UTF-8.")]) from None
    value = {} if marked.value is None else marked.value
    if not isinstance(value, dict):
        raise ConfigError([ConfigProblem(name, 1, f"found {said(value)}, expected some of {', '.join(KEYS)}.")])
    problems = [marked.problem(place, fault) for place, fault in faults(value)]
    if problems:
        raise ConfigError(problems)
    return of(value)


def of(value: Mapping[str, Any]) -> Sidecar:
    """Return what a mapping without faults says."""
    said = {("stack" if key == GROUP else key): one for key, one in value.items() if one is not None}
    texts = {key: str(said[key]).strip() for key in (*TEXTS, "language") if key in said}
    switches = {key: bool(said[key]) for key in SWITCHES if key in said}
    lists = {key: tuple(dict.fromkeys(str(name).strip() for name in said.get(key) or ())) for key in LISTS}
    known: dict[str, Any] = {**texts, **switches, **lists}
    return Sidecar(order=said.get("order"), given=frozenset(said), **known)


def faults(value: Mapping[Any, Any]) -> Iterator[tuple[Place, str]]:
    """Give all that is wrong with what is said of a file, each with its place in the mapping."""
    for key, said_of_it in value.items():
        if key == GROUP:
            fault = _fault("stack", said_of_it) if said_of_it is not None else ""
            if value.get("stack") is not None:
                yield (key,), "group and stack are two names of the same; leave out one."
            elif fault:
                yield (key,), f"{key}: found {said(said_of_it)}, expected {fault}."
        elif key not in KEYS:
            near = suggestion(key, KEYS) or f" Known here: {', '.join(KEYS)}."
            yield (str(key),), f'"{key}" is not known.{near}'
        elif said_of_it is not None and (fault := _fault(key, said_of_it)):
            yield (key,), f"{key}: found {said(said_of_it)}, expected {fault}."


def _fault(key: str, value: object) -> str:
    """Return what was expected instead of a value, the empty string for one that is fine."""
    if key == "order":
        fine = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
        return "" if fine else "a whole number such as 1"
    if key in LISTS:
        fine = isinstance(value, list) and all(isinstance(one, str) and 0 < len(one.strip()) <= 200 for one in value)
        return "" if fine else f"a list of {LISTS[key]}, each a text"
    if key in SWITCHES:
        return "" if isinstance(value, bool) else "true or false"
    if key == "language":
        return "" if isinstance(value, str) and _LANGUAGE.match(value.strip()) else "a language such as de or pt-BR"
    if not isinstance(value, str):
        return "text; put it in quotes" if isinstance(value, bool | int | float) else "text"
    if key == "link":
        return "" if _LINK.match(value.strip()) else "https://… or http://…"
    return "" if len(value) <= _LONGEST else f"at most {_LONGEST} characters"


def paired(names: Iterable[str]) -> dict[str, str]:
    """Return, for each sidecar among the names of a wallet, the file that it is beside.

    `name.ext.yml` belongs to `name.ext`, `name.yml` to the one other file `name.…` in its folder.

    A sidecar beside no file is not in the answer.

    Raises:
        ConfigError: sidecars that may belong to more than one file, and two for one file.
    """
    every = list(names)
    others = [name for name in every if not is_sidecar(name)]
    exact = set(others)
    stems: dict[str, list[str]] = {}
    for name in others:
        folder, slash, file = name.rpartition("/")
        stems.setdefault(folder + slash + file.rpartition(".")[0] if "." in file else name, []).append(name)
    found: dict[str, str] = {}
    problems: list[ConfigProblem] = []
    for name in every:
        if not is_sidecar(name):
            continue
        beside = name.rpartition(".")[0]
        owned = [beside] if beside in exact else stems.get(beside, [])
        if len(owned) == 1 and owned[0] not in found.values():
            found[name] = owned[0]
        elif owned:
            advice = f"It may belong to {' or '.join(owned)}. Name it after one of them: {owned[0]}.yml."
            problems.append(ConfigProblem(name, None, advice if len(owned) > 1 else f"{owned[0]} has two sidecars."))
    if problems:
        raise ConfigError(problems)
    return found
