"""Credentials inside of credentials: where each stands, and its bytes (docs/verification.md, 0.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import rfc8785

from portfolio_gen.credential import Inner
from portfolio_gen.readers.facts import Place, walk
from portfolio_gen.values import strings

PRESENTED = ("/verifiableCredential",)
RECORDED = ("/credentialSubject/verifiableCredential",)
ENDORSING = tuple(
    f"{place}/{name}"
    for place in ("", "/credentialSubject/achievement", "/issuer")
    for name in ("endorsement", "endorsementJwt")
)
"""Open Badges 3.0, B.1: a credential, an achievement and a profile may each bring endorsements."""

_ENVELOPED = re.compile(r"data:application/[a-z]+(?:\+[a-z-]+)+,([A-Za-z0-9._~-]+)")
"""A token whose characters need no escape (VC data model 2.0, 4.13)."""


def inner_of(document: Mapping[str, Any], paths: Iterable[str], root: str = "") -> tuple[Inner, ...]:
    """Return every credential at these paths of `document`, which stands at the pointer `root`."""
    return tuple(inner for path in paths for inner in _at(walk(Place(root, document), path.split("/")[1:])))


def _at(places: Iterable[Place]) -> Iterator[Inner]:
    for place in places:
        if isinstance(place.value, str):
            yield Inner(place.pointer, place.value.encode("utf-8"))
        elif isinstance(place.value, dict):
            yield Inner(place.pointer, _token(place.value) or rfc8785.dumps(place.value))


def _token(value: Mapping[str, Any]) -> bytes | None:
    """Return the token in an EnvelopedVerifiableCredential; None for one that is spelt otherwise, and for others."""
    id = value.get("id")
    if "EnvelopedVerifiableCredential" not in strings(value.get("type")) or not isinstance(id, str):
        return None
    found = _ENVELOPED.fullmatch(id)
    return found[1].encode("ascii") if found else None
