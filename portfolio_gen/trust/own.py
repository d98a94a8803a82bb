"""A list of the site owner's own, as they write it (YAML or JSON), to the copy that is looked up in: a `registry`.

`name`, `date` (on which the owner last looked through it) and `issuers`: identifier → `name`, `url`, `since`. It has no
logos: a name that the owner gives an issuer is shown as theirs, and nothing of it as the issuer's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import Place, read, said, suggestion
from portfolio_gen.timestamps import instant

KEYS = ("name", "date", "issuers")
OF_ISSUER = ("name", "url", "since")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IDENTIFIER = re.compile(r"(?:did:[a-z0-9]+:|https?://)\S+")
_LINK = re.compile(r"https?://\S+")


def parse(file: str, data: bytes) -> dict[str, Any]:
    """Return a list of the owner's as a copy that `verify` takes, dated as it says.

    Raises:
        ConfigError: all that is wrong with it, each with its line.
    """
    try:
        marked = read(file, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError([ConfigProblem(file, None, "This is not UTF-8.")]) from None
    value = marked.value
    if not isinstance(value, dict):
        raise ConfigError([ConfigProblem(file, 1, f"found {said(value)}, expected {', '.join(KEYS)}.")])
    problems = [marked.problem(place, fault) for place, fault in _faults(value)]
    if problems:
        raise ConfigError(problems)
    entries = {identifier: entry or {} for identifier, entry in value["issuers"].items()}
    whole = {"meta": {"updated": value["date"]}, "registry": entries}
    text = json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
    copy = {
        "name": value["name"].strip(),
        "kind": "registry",
        "by": "owner",
        "url": "",
        "at": f"{value['date']}T00:00:00Z",
    }
    return copy | {"bytes": text.encode(), "seen": {}}


def _faults(value: Mapping[Any, Any]) -> Iterator[tuple[Place, str]]:
    yield from _unknown((), value, KEYS)
    if not _is_text(value.get("name")):
        yield ("name",), f"name: found {said(value.get('name'))}, expected what the list is called."
    if not _is_day(value.get("date")):
        expected = "the day on which you last looked through the list, such as 2026-03-14"
        yield ("date",), f"date: found {said(value.get('date'))}, expected {expected}."
    issuers = value.get("issuers")
    if not isinstance(issuers, dict):
        yield ("issuers",), f"issuers: found {said(issuers)}, expected identifier → name, url, since."
        return
    for identifier, entry in issuers.items():
        for place, fault in _faults_of_issuer(identifier, entry):
            yield ("issuers", str(identifier), *place), fault


def _faults_of_issuer(identifier: object, entry: object) -> Iterator[tuple[Place, str]]:
    if not isinstance(identifier, str) or not _IDENTIFIER.fullmatch(identifier):
        yield (), f"found {said(identifier)}, expected an issuer's identifier: did:… or https://…."
    if entry is None:
        return
    if not isinstance(entry, dict):
        yield (), f"found {said(entry)}, expected some of {', '.join(OF_ISSUER)}."
        return
    yield from _unknown((), entry, OF_ISSUER)
    if "name" in entry and not _is_text(entry["name"]):
        yield ("name",), f"name: found {said(entry['name'])}, expected text."
    if "url" in entry and not (isinstance(entry["url"], str) and _LINK.fullmatch(entry["url"])):
        yield ("url",), f"url: found {said(entry['url'])}, expected https://… or http://…."
    if "since" in entry and not _is_day(entry["since"]):
        yield ("since",), f"since: found {said(entry['since'])}, expected a day such as 2024-09-01."


def _unknown(place: Place, value: Mapping[Any, Any], known: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    for key in value:
        if key not in known:
            near = suggestion(key, known) or f" Known here: {', '.join(known)}."
            yield (*place, str(key)), f'"{key}" is not known.{near}'


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_day(value: object) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        instant(f"{value}T00:00:00Z")
    except ValueError:
        return False
    return True
