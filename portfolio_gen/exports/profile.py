"""What a JSON Resume (jsonresume.org) says of a site's owner: name, headline, a few sentences, links, a picture.

The owner's words only: what it says of work, education and certificates is nobody's signature, and is not read. Nor are
e-mail address, telephone and address: they are published only where somebody puts them into mkdocs.yml.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.limits import LIMITS
from portfolio_gen.marked import Marked, Place, outline, said
from portfolio_gen.strict_json import JsonError, read_json

_LINK = re.compile(r"https?://[^\s/]+\S*\Z", re.IGNORECASE)


class Profile(NamedTuple):
    """The owner, as far as a resume says it. `picture` is as it stands there: an address, or the name of a file."""

    name: str = ""
    headline: str = ""
    about: str = ""
    links: tuple[Mapping[str, str], ...] = ()
    picture: str = ""


def parse(file: str, data: bytes) -> Profile:
    """Return what a resume says; `file` is its name in messages.

    Raises:
        ConfigError: all that is wrong with what is read of it, with lines.
    """
    marked = _read(file, data)
    reader = _Reader(marked)
    found = reader.profile()
    if reader.problems:
        raise ConfigError(reader.problems)
    return found


def _read(file: str, data: bytes) -> Marked:
    try:
        text = data.decode("utf-8-sig")
        json.loads(text)
        value = read_json(text.encode(), LIMITS)
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(file, None, "The file is not text in UTF-8.")]) from None
    except json.JSONDecodeError as error:
        raise ConfigError([ConfigProblem(file, error.lineno, f"This is not JSON: {error.msg}.")]) from None
    except (JsonError, RecursionError) as error:
        why = getattr(error, "code", "TOO_DEEP")
        raise ConfigError([ConfigProblem(file, None, f"This is not JSON that can be read: {why}.")]) from None
    try:
        lines = outline(file, text).lines
    except ConfigError:  # JSON that is no YAML, such as one with tabs: then a message names no line.
        lines = {}
    return Marked(file, value, lines)


class _Reader:
    """Takes what it can use, and notes what is wrong with that."""

    def __init__(self, marked: Marked) -> None:
        self._marked = marked
        self.problems: list[ConfigProblem] = []

    def profile(self) -> Profile:
        basics = self._mapping(self._marked.value, "basics") if isinstance(self._marked.value, Mapping) else None
        if basics is None:
            if not self.problems:
                self._wrong((), self._marked.value, "a JSON Resume: an object with basics")
            return Profile()
        return Profile(
            name=self._text(basics, "basics", "name"),
            headline=self._text(basics, "basics", "label"),
            about=self._text(basics, "basics", "summary"),
            links=tuple(self._links(basics)),
            picture=self._text(basics, "basics", "image"),
        )

    def _links(self, basics: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
        if url := self._link(basics, "basics"):
            yield {"title": urlsplit(url).hostname or url, "url": url}
        profiles = basics.get("profiles") or []
        if not isinstance(profiles, list):
            self._wrong(("basics", "profiles"), profiles, "a list")
            return
        for index, row in enumerate(profiles):
            place = ("basics", "profiles", index)
            if not isinstance(row, Mapping):
                self._wrong(place, row, "an object with network and url")
            elif url := self._link(row, *place):
                title = self._text(row, *place, "network") or self._text(row, *place, "username")
                yield {"title": title or urlsplit(url).hostname or url, "url": url}

    def _link(self, row: Mapping[str, Any], *place: str | int) -> str:
        url = self._text(row, *place, "url")
        if url and not _LINK.match(url):
            self._wrong((*place, "url"), url, "https://… or http://…")
        return url

    def _mapping(self, value: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
        found = value.get(name)
        if isinstance(found, Mapping):
            return found
        self._wrong((name,), found, "an object with name, label, summary …")
        return None

    def _text(self, row: Mapping[str, Any], *place: str | int) -> str:
        value = row.get(str(place[-1]))
        if value is None or isinstance(value, str):
            return (value or "").strip()
        self._wrong(place, value, "text")
        return ""

    def _wrong(self, place: Place, value: object, expected: str) -> None:
        where = ".".join(map(str, place))
        start = f"{where}: " if where else ""
        self.problems.append(self._marked.problem(place, f"{start}found {said(value)}, expected {expected}."))
