"""Personal data of a learner in what would be published: found, and named by kind and place (DESIGN rule 12).

Looks where a credential speaks of its subject (`credentialSubject`, `recipient`, evidence, narratives, the claims of a
JWT), by the terms in vocabulary.json, and for e-mail addresses in any text there. What issuers say of themselves is
not meant, nor is an identifier that is hashed. Judges nothing: whether a file is published, the build decides.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.readers import read
from portfolio_gen.values import items, strings
from portfolio_gen.vocabulary import vocabulary

EMAIL = "email"

# Bounded, and no repetition can overlap the next: no text makes the search quadratic.
_EMAIL = re.compile(r"(?<![\w.%+@-])([\w.%+'-]{1,64})@((?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,62})(?![\w@])")
_PICTURE = re.compile(r"(?i)\.(?:png|jpe?g|gif|svg|webp|avif|ico)\Z")
"""`seal@2x.png` is a picture for screens with small dots."""
_NO_PERSON = ("git",)
"""`git@code.example` is how one asks for a program."""
_HASHED = re.compile(r"(?i)(?:[a-z0-9-]{2,10}\$)?[0-9a-f]{32,128}\Z")
_OF_A_THING = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]{1,30}:\S*|0x[0-9a-f]+)\Z")
"""An `address` may be a URL, a DID or an account on a block chain."""
_CAMEL = re.compile(r"[^a-z0-9]")
_TEXT_MEMBER = re.compile(r'"([^"\\]{1,80})"\s{0,20}:\s{0,20}"([^"\\]{1,200})"')
_DATA_ADDRESS = "data:"
_AT = ("@", "%40", "&", "\uff20")
"""One of these stands in each text with an e-mail address, however it is written."""

DEEPEST = 100
"""Readers refuse what is deeper than 64 (`limits.json_depth`); what none of them accepts is searched this far."""

Json = Any
Found = tuple[str, str]


@dataclass(frozen=True, order=True)
class Personal:
    """Something personal in a file: the file's name, the pointer in what was signed, and a kind of vocabulary.json."""

    file: str
    place: str
    kind: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {label(self.kind)}"


def kinds() -> tuple[str, ...]:
    """Return every kind of personal data that is looked for."""
    return tuple(vocabulary()["personal"]["kinds"])


def label(kind: str) -> str:
    """Return what a kind is called."""
    says: str = vocabulary()["personal"]["kinds"][kind]["label"]
    return says


def personal_in(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[Personal, ...]:
    """Return all that is found in a file, each kind once at each place, in the order of the document.

    Places are JSON pointers in what was signed (after disclosure, out of a picture); of a credential inside of another
    `pointer#/pointer`. A file that is no JSON and that no reader opens is searched as text, and gives line numbers.
    """
    return tuple(Personal(name, place, kind) for place, kind in dict.fromkeys(_in_file(data, "", limits, 0)))


def _in_file(data: bytes, around: str, limits: Limits, depth: int) -> Iterator[Found]:
    try:
        envelope = read(data, limits, inside=depth > 0)
    except ReadError:
        yield from ((around + place, kind) for place, kind in _unread(data))
        return
    if envelope.document:
        inner = frozenset(one.pointer for one in envelope.inner)
        yield from ((around + place, kind) for place, kind in _Search(envelope.document, inner))
    if depth < limits.inner_depth:
        for one in envelope.inner[: limits.inner]:
            yield from _in_file(one.data, f"{around}{one.pointer}#", limits, depth + 1)


def _unread(data: bytes) -> Iterator[Found]:
    """Look through what no reader accepts and is published all the same: broken JSON and tokens, also as text."""
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    parts = [text, *re.split(r"[.~\s]", text)] if text.lstrip()[:1] != "{" else [text]
    opened = [found for part in parts if (found := _opened(part)) is not None]
    for document in opened:
        yield from _Search(document)
    if opened:
        return
    for match in _TEXT_MEMBER.finditer(text):
        kind = _terms().get(_plain(match[1]))
        if kind:
            yield _line(text, match.start()), kind
    for match in _EMAIL.finditer(text):
        if _is_email(match):
            yield _line(text, match.start()), EMAIL


def _line(text: str, position: int) -> str:
    return f"line {text.count(chr(10), 0, position) + 1}"


def _opened(text: str) -> Json | None:
    """Return the object or list that a text, or what it is in base64url, is as JSON; None for any other."""
    stripped = text.strip()
    if stripped[:1] not in ("{", "["):
        try:
            stripped = base64.urlsafe_b64decode(stripped + "=" * (-len(stripped) % 4)).decode("utf-8")
        except (ValueError, binascii.Error):
            return None
    try:
        found = json.loads(stripped, object_pairs_hook=_every_member)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict | list) else None


def _every_member(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return an object with a list of the values of each name that occurs twice."""
    found: dict[str, list[Json]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


class _Search:
    """The way through one signed document. Credentials at the pointers `inner` are looked through by themselves."""

    def __init__(self, document: Json, inner: frozenset[str] = frozenset()) -> None:
        self._document, self._inner = document, inner
        issuer = frozenset({"issuer"} if _is_self_issued(document) else ())
        self._own, self._subjects = _words("own") - issuer, _words("subject") | issuer
        self._claims = isinstance(document, dict) and bool({"vct", "vc", "vp"} & document.keys())
        self._issuers_emails = set(self._said_by_issuers(document, False))

    def __iter__(self) -> Iterator[Found]:
        """Give each place, with the kind of what is found there."""
        return self._walk(self._document, "", self._claims, frozenset())

    def _walk(self, value: Json, pointer: str, is_subjects: bool, under: frozenset[str]) -> Iterator[Found]:
        """Look through a value, which is said of the subject or not, `under` members of these kinds."""
        if pointer in self._inner or pointer.count("/") > DEEPEST:
            return
        if isinstance(value, str):
            if is_subjects and EMAIL not in under and _emails(value) - self._issuers_emails:
                yield pointer, EMAIL
        elif isinstance(value, list):
            for index, one in enumerate(value):
                yield from self._walk(one, f"{pointer}/{index}", is_subjects, under)
        elif isinstance(value, dict):
            yield from self._walk_members(value, pointer, is_subjects, under)

    def _walk_members(self, value: Json, pointer: str, is_subjects: bool, under: frozenset[str]) -> Iterator[Found]:
        for kind in _identity(value) - under if is_subjects else ():
            yield pointer, kind
            under |= {kind}
        for name, one in value.items():
            plain, place = _plain(name), f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if plain in self._own:
                continue
            subjects = plain in self._subjects or (is_subjects and not (self._claims and place in ("/vc", "/vp")))
            kind = _terms().get(plain, "") if subjects and _says_something(plain, one) else ""
            if kind and kind not in under:
                yield place, kind
            yield from self._walk(one, place, subjects, under | {kind} if kind else under)

    def _said_by_issuers(self, value: Json, is_theirs: bool) -> Iterator[str]:
        """Yield the e-mail addresses that issuers give as their own: nobody else is meant by them elsewhere."""
        if isinstance(value, str):
            yield from _emails(value) if is_theirs else ()
        elif isinstance(value, list):
            for one in value:
                yield from self._said_by_issuers(one, is_theirs)
        elif isinstance(value, dict):
            for name, one in value.items():
                yield from self._said_by_issuers(one, is_theirs or _plain(name) in self._own)


def _identity(value: Mapping[str, Json]) -> frozenset[str]:
    """Return the kinds of an identifier that says of which kind it is, unless it is hashed.

    Open Badges 3.0, B.1.11 IdentityObject (`identityType`, `identityHash`) and B.1.10 IdentifierEntry.
    """
    known = {_plain(name): one for name, one in value.items()}
    named = (one for name in ("identitytype", "identifiertype") for one in strings(known.get(name)))
    said = (one for name in ("identityhash", "identifier", "identity") for one in strings(known.get(name)))
    if all(_HASHED.match(one) for one in said):
        return frozenset()
    return frozenset(_types()[_plain(one)] for one in named if _plain(one) in _types())


def _says_something(plain: str, value: Json) -> bool:
    """Return whether a member that a term names holds anything of that kind."""
    if isinstance(value, str):
        of_a_thing = plain == "address" and (_OF_A_THING.match(value) or _emails(value))
        return bool(value.strip()) and not _HASHED.match(value) and not of_a_thing
    return bool(value) and value is not True


def _is_self_issued(document: Json) -> bool:
    """Return whether issuer and subject are one: then the issuer's contact data are the subject's."""
    if not isinstance(document, dict):
        return False
    return bool(_ids(document.get("issuer")) & _ids(document.get("credentialSubject")))


def _ids(value: Json) -> set[str]:
    """Return the identifiers of one thing or several, which may be named by them alone."""
    found = (one.get("id") if isinstance(one, dict) else one for one in items(value))
    return {one for one in found if isinstance(one, str)}


def _emails(text: str) -> set[str]:
    """Return the e-mail addresses in a text, in lower case, also as addresses of pages and HTML write them."""
    if text.startswith(_DATA_ADDRESS) or not any(sign in text for sign in _AT):
        return set()
    plain = html.unescape(unquote(text) if "%40" in text else text).replace("\uff20", "@")
    return {match[0].lower() for match in _EMAIL.finditer(plain) if _is_email(match)}


def _is_email(match: re.Match[str]) -> bool:
    return match[1].lower() not in _NO_PERSON and not _PICTURE.search(match[2])


@cache
def _terms() -> Mapping[str, str]:
    """Return the kind by each term as `_plain` writes it."""
    rows = vocabulary()["personal"]["kinds"].items()
    return {_plain(term): kind for kind, row in rows for term in row["terms"]}


@cache
def _types() -> Mapping[str, str]:
    """Return the kind by each `identityType`."""
    rows = vocabulary()["personal"]["kinds"].items()
    return {_plain(one): kind for kind, row in rows for one in row["identityTypes"]}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(map(_plain, vocabulary()["personal"][name]))


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """Return a member's name in lower case, without what an address or a prefix puts before it, `_` and `-`."""
    return _CAMEL.sub("", re.split(r"[#:/]", name)[-1].lower())
