"""What the rules of Open Badges 3.0 and CLR 2.0 ask of a file that the check `readable` lets pass without it.

A signature does not mend a file that other programs may refuse; its holder should know, and ask the issuer for
another. The table is `data/form.json`: of each class its members, with type and multiplicity as the specifications'
own tables have them, and the terms of their vocabularies (docs/verification.md, “Rules of the formats”, says which
edition, when it was compared, and what is left out). Verdicts do not depend on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import LIMITS
from portfolio_gen.numeric_date import stamp
from portfolio_gen.readers import read
from portfolio_gen.values import strings
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
    credential = _with_claims(document["vc"], document) if root else document
    rules = _table()["credentials"]
    kinds = dict.fromkeys(rules[type] for type in strings(credential.get("type")) if type in rules)
    return tuple(fault for kind in kinds for fault in _faults(credential, kind, root))


@cache
def _table() -> Mapping[str, Any]:
    text = resources.files("portfolio_gen").joinpath("data/form.json").read_text("utf-8")
    table: Mapping[str, Any] = json.loads(text)
    return table


def _with_claims(credential: Mapping[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a credential in `vc` with what the token's claims say in its members' stead (VC 1.1, 6.3.1)."""
    whole = {"id": claims.get("jti"), "issuer": claims.get("iss"), **credential}
    start = claims.get("nbf")
    if isinstance(start, int | float) and not isinstance(start, bool):
        name = _table()["older"]["names"]["validFrom"] if _is_older(credential) else "validFrom"
        whole = {name: stamp(start), **whole}
    subject = credential.get("credentialSubject")
    if isinstance(subject, dict):
        whole["credentialSubject"] = {"id": claims.get("sub"), **subject}
    return whole


def _faults(thing: Mapping[str, Any], kind: str, pointer: str) -> Iterator[Fault]:
    """Yield what is wrong with an object of a class, and then with its parts."""
    rule = _table()["classes"][kind]
    for says in _wrong(thing, rule):
        yield Fault(pointer or "/", says, rule["clause"])
    for member in _members(thing, rule):
        value = thing.get(member.name)
        for index, item in enumerate(_items(value)):
            # What stands in for a credential is a token, and looked at where that is read.
            if member.kind in _table()["classes"] and isinstance(item, dict) and not _is_envelope(item):
                place = f"{pointer}/{member.name}/{index}" if isinstance(value, list) else f"{pointer}/{member.name}"
                yield from _faults(item, member.kind, place)


class _Member(NamedTuple):
    """A row of a class's table: its name in the object at hand, its type, its multiplicity."""

    name: str
    kind: str
    required: bool
    many: bool
    by_address: bool
    """Whether its address may stand for the object."""


def _members(thing: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[_Member]:
    older = _table()["older"]["names"] if "contexts" in rule and _is_older(thing) else {}
    references = _table()["references"]
    for name, text in rule["members"].items():
        kind, multiplicity = text.split(" ")
        yield _Member(
            older.get(name, name),
            references.get(kind, kind),
            required=multiplicity.startswith("1"),
            many=multiplicity.endswith("*"),
            by_address=kind in references,
        )


def _wrong(thing: Mapping[str, Any], rule: Mapping[str, Any]) -> Iterator[str]:
    called = rule["called"]
    if "contexts" in rule:
        yield from _contexts_wrong(_items(thing.get("@context")), rule["contexts"], called)
    if "type" in rule and rule["type"] not in _items(thing.get("type")):
        yield message("form.type", called=called, type=rule["type"])
    either = rule.get("oneOf", [])
    if either and all(_is_missing(thing.get(name)) for name in either):
        yield message("form.oneOf", called=called, members=" or ".join(f"“{name}”" for name in either))
    for member in _members(thing, rule):
        yield from _member_wrong(member, thing.get(member.name), called)


def _member_wrong(member: _Member, value: Any, called: str) -> Iterator[str]:
    """Yield what is wrong with a member: that it is not there, that there are several, that one is not of its type."""
    values = [item for item in _items(value) if item is not None]
    if _is_missing(value):
        if member.required:
            yield message("form.must", called=called, member=member.name)
    elif not member.many and len(values) > 1 and not all(_is_translated(item) for item in values):
        yield message("form.one", called=called, member=member.name)
    elif not (member.by_address and all(isinstance(item, str) for item in values)):
        yield from _values_wrong(member, values, called)


def _contexts_wrong(found: list[Any], contexts: list[str], called: str) -> Iterator[str]:
    """Yield which contexts are missing, or that they do not follow the data model's own in order."""
    missing = [context for context in contexts if not any(str(one).startswith(context) for one in found)]
    for context in missing:
        yield message("form.context", called=called, context=context)
    if not missing and not all(str(one).startswith(at) for one, at in zip(found[1:], contexts, strict=False)):
        yield message("form.contexts", called=called, contexts=", ".join(contexts))


def _values_wrong(member: _Member, values: list[Any], called: str) -> Iterator[str]:
    vocabulary = _table()["vocabularies"].get(member.kind)
    if vocabulary is None:
        kind = member.kind if member.kind in KINDS else "Object"
        if not all(KINDS[kind](value) for value in values):
            yield message(f"form.is{kind}", called=called, member=member.name)
    elif not all(_is_term(value, vocabulary) for value in values):
        id = "form.termOrOwn" if vocabulary["extensible"] else "form.term"
        yield message(id, called=called, member=member.name, vocabulary=member.kind)


def _is_term(value: Any, vocabulary: Mapping[str, Any]) -> bool:
    """Say whether a value is a term of a vocabulary; an extensible one has further terms that hold `ext:`."""
    return isinstance(value, str) and (
        value in vocabulary["terms"] or (vocabulary["extensible"] and _OWN_TERM.search(value) is not None)
    )


_OWN_TERM = re.compile(r"ext:[a-zA-Z0-9.|_-]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(
    r"-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)


def _is_time(value: Any, *, zone: bool) -> bool:
    match = _TIME.fullmatch(value) if isinstance(value, str) else None
    return match is not None and (match["zone"] is not None or not zone)


KINDS: Mapping[str, Callable[[Any], bool]] = {
    "Text": lambda value: isinstance(value, str | dict),  # An object, for a text has a language in JSON-LD.
    "Number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
    "Date": lambda value: isinstance(value, str) and _DATE.fullmatch(value) is not None,
    # The context makes a day of what the table calls a DateTime: either will do.
    "DateTime": lambda value: KINDS["Date"](value) or _is_time(value, zone=False),
    "DateTimeZ": lambda value: _is_time(value, zone=True),
    "Object": lambda value: isinstance(value, dict),
}
"""By primitive type, whether a value is of it; `Object` is every class."""


def _is_older(thing: Mapping[str, Any]) -> bool:
    return _table()["older"]["context"] in _items(thing.get("@context"))


def _is_envelope(thing: Mapping[str, Any]) -> bool:
    return "EnvelopedVerifiableCredential" in _items(thing.get("type"))


def _is_missing(value: Any) -> bool:
    return value in (None, "", [])


def _is_translated(value: Any) -> bool:
    """Say whether a value is a text in one language, of which one member may have several (VC 2.0, 11.1)."""
    return isinstance(value, dict) and "@value" in value


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
