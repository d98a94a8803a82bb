"""What the rules of Open Badges 3.0 and CLR 2.0 ask of a file that the check `readable` lets pass without it.

A signature does not mend a file that other programs may refuse; its holder should know, and ask the issuer for
another. The table is `data/form.json`; it was written by hand and not yet compared with the specifications' own
tables, so that it names the class and leaves out whatever was in doubt. Verdicts do not depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import LIMITS
from portfolio_gen.readers import read
from portfolio_gen.vocabulary import message


class Fault(NamedTuple):
    """A rule that a file breaks: where, what is wrong in a sentence, and the clause."""

    pointer: str
    says: str
    clause: str


def faults(data: bytes, place: str = "") -> tuple[Fault, ...]:
    """Return what of the rules for its kind a credential breaks, in its order; nothing of one that cannot be read.

    `place` is where it stands in its file: `` for the whole of it, `#/pointer` for one inside, and so on.
    """
    try:
        envelope = read(data, LIMITS)
        for pointer in place.split("#")[1:]:
            envelope = read(
                next(inner.data for inner in envelope.inner if inner.pointer == pointer), LIMITS, inside=True
            )
    except (ReadError, StopIteration):
        return ()
    document = envelope.document
    root = "/vc" if isinstance(document.get("vc"), dict) and "credentialSubject" not in document else ""
    credential = document["vc"] if root else document
    rules = _table()["credentials"]
    kinds = dict.fromkeys(rules[type] for type in _items(credential.get("type")) if type in rules)
    return tuple(fault for kind in kinds for fault in _faults(credential, kind, root))


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files("portfolio_gen").joinpath("data/form.json").read_text("utf-8")
    table: Mapping[str, Any] = json.loads(text)
    return table


def _faults(thing: Mapping[str, Any], kind: str, pointer: str) -> Iterator[Fault]:
    """Yield what is wrong with an object of a class, and then with its parts."""
    rule = _table()["classes"][kind]
    for says in _wrong(thing, rule):
        yield Fault(pointer or "/", says, rule["clause"])
    for name, part in rule.get("parts", {}).items():
        value = thing.get(name)
        for index, item in enumerate(_items(value)):
            if isinstance(item, dict):
                place = f"{pointer}/{name}/{index}" if isinstance(value, list) else f"{pointer}/{name}"
                yield from _faults(item, part, place)


def _wrong(thing: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[str]:
    called = rule["called"]
    if "context" in rule and not any(str(one).startswith(rule["context"]) for one in _items(thing.get("@context"))):
        yield message("form.context", called=called, context=rule["context"])
    if "type" in rule and rule["type"] not in _items(thing.get("type")):
        yield message("form.type", called=called, type=rule["type"])
    for name in rule["must"]:
        if thing.get(name) in (None, "", []):
            yield message("form.must", called=called, member=name)
    either = rule.get("oneOf", [])
    if either and all(thing.get(name) in (None, "", []) for name in either):
        yield message("form.oneOf", called=called, members=" or ".join(f"“{name}”" for name in either))


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
