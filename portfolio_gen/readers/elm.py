"""The European Learning Model 3 (ELM), in which European Digital Credentials are written: its texts and its dates.

Only where the bytes of a document are signed (JWT, JWS JSON): its context is not pinned for suites that canonicalise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from portfolio_gen.credential import Dated
from portfolio_gen.readers import facts
from portfolio_gen.readers.facts import Place, Told, walk
from portfolio_gen.report import Fact
from portfolio_gen.values import items, strings

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_THINGS = re.compile(r"/(?:issuer|credentialSubject)(?:/[0-9]+)?$")
"""Where a text could only be an identifier: an object there is somebody, with a `type` or without."""
_LABEL, _ENGLISH = "/prefLabel", "en"


def is_european(credential: Mapping[str, Any]) -> bool:
    """Return whether a credential says that it is written in this model."""
    return "EuropeanDigitalCredential" in strings(credential.get("type"))


def facts_of(credential: Mapping[str, Any], most: int, root: str) -> tuple[Fact, ...]:
    """Return at most `most` facts by the model `elm`, as `facts.facts_of` does."""
    return facts.facts_of(credential, most, root, "elm", _by_language)


def starts_of(credential: Mapping[str, Any], root: str) -> tuple[Dated, ...]:
    """Return the date of issue, which ELM has beside those of the W3C data model."""
    return ((f"{root}/issued", credential["issued"]),) if credential.get("issued") is not None else ()


def status_of(credential: Mapping[str, Any]) -> list[Any]:
    """Return the ways in which it may be withdrawn, which issuers of ELM also put under `status`."""
    named = (credential.get(name) for name in ("credentialStatus", "status"))
    return [entry for value in named if value is not None for entry in items(value)]


def _by_language(places: Iterable[Place]) -> Told:
    """Yield each text of a map of languages, with its language (JSON-LD 1.1, 4.6.2), and what is none as it is.

    What has a `type` is a thing, and no text. Labels of the European vocabularies have some thirty languages each:
    where there is an English one, that is it.
    """
    for place in places:
        if not isinstance(place.value, dict):
            yield place, None
            continue
        thing = "type" in place.value or _THINGS.search(place.pointer)
        tags = [tag for tag in place.value if not thing and _LANGUAGE.fullmatch(tag)]
        if place.pointer.endswith(_LABEL) and _ENGLISH in tags:
            tags = [_ENGLISH]
        for tag in tags:
            yield from ((text, tag) for text in walk(Place(f"{place.pointer}/{tag}", place.value[tag]), ()))
