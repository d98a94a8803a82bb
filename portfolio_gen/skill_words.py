"""What the owner says of skills, in mkdocs.yml: which words mean one skill, and which skills nobody signed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from portfolio_gen.marked import said, suggestion

KEYS = ("synonyms", "stated")
LONGEST = 200


@dataclass(frozen=True)
class SkillWords:
    """`synonyms` are skills with the other words for each; `stated` are those that only the owner states."""

    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stated: tuple[str, ...] = ()

    @cached_property
    def called(self) -> Mapping[str, str]:
        """What each word is called, by the word as `folded` gives it."""
        return {folded(word): name for name, words in self.synonyms for word in (name, *words)}


def folded(text: str) -> str:
    """Return a skill's name as it is compared: without regard to case, to spaces, and to how a letter is encoded."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(value: Mapping[str, Any] | None) -> SkillWords:
    """Return what a value says in which `faults` found nothing."""
    given = value or {}
    synonyms = tuple((str(name).strip(), _texts(words)) for name, words in (given.get("synonyms") or {}).items())
    return SkillWords(synonyms, _texts(given.get("stated") or []))


def faults(value: object) -> Iterator[str]:
    """Yield all that is wrong with the value of the option `skills`."""
    if value is None:
        return
    if not isinstance(value, Mapping):
        yield f"found {said(value)}, expected some of {', '.join(KEYS)}."
        return
    for key in value:
        if key not in KEYS:
            near = suggestion(key, KEYS) or f" Known here: {', '.join(KEYS)}."
            yield f'"{key}" is not known.{near}'
    stated = value.get("stated")
    if stated is not None and not _are_names(stated):
        yield f"stated: found {_wrong(stated)}, expected a list of skills."
    yield from _synonym_faults(value.get("synonyms"))


def _synonym_faults(synonyms: object) -> Iterator[str]:
    if synonyms is None:
        return
    if not isinstance(synonyms, Mapping):
        yield f"synonyms: found {said(synonyms)}, expected skills, each with a list of other words for it."
        return
    owners: dict[str, str] = {}
    for name, words in synonyms.items():
        if not _is_name(name):
            yield f"synonyms: found {said(name)}, expected the name of a skill; put it in quotes."
        elif not (_is_name(words) or _are_names(words)):
            yield f"synonyms: {name}: found {_wrong(words)}, expected a list of other words for it."
        else:
            for word in dict.fromkeys(map(folded, (name, *_texts(words)))):
                if owners.setdefault(word, name) != name:
                    yield f'synonyms: "{word}" stands for both {owners[word]} and {name}. Keep one of them.'


def _texts(value: object) -> tuple[str, ...]:
    every = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(str(one).strip() for one in every))


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST


def _wrong(value: object) -> str:
    """Return what was found: of a list, the member that is wrong."""
    wrong = [one for one in value if not _is_name(one)] if isinstance(value, list) else []
    if not wrong:
        return said(value)
    is_long = isinstance(wrong[0], str) and len(wrong[0]) > LONGEST
    return f"a name of more than {LONGEST} characters" if is_long else f"{said(wrong[0])} in the list"
