"""The addresses from which an issuer of Blockcerts sends transactions, as its profile lists them.

The profile is answered under the issuer's identifier. Its keys are `ecdsa-koblitz-pubkey:` and an address; a profile of
version 2.0-alpha has them in `publicKeys`, under `publicKey`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.keys.documents import answer_for
from portfolio_gen.limits import Limits
from portfolio_gen.values import items

_PREFIX = "ecdsa-koblitz-pubkey:"
_ZONE = re.compile(r"([+-][0-9]{2})([0-9]{2})$")


@dataclass(frozen=True)
class Address:
    """An address, from when on it was in use (None: not said), and from when on no longer."""

    address: str
    created: str | None
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Addresses:
    """What a profile lists, and where the profile is from: `live` or `copy`, and when."""

    entries: tuple[Address, ...]
    source: str
    at: str


def addresses(identifier: str, web: Mapping[str, Any], limits: Limits) -> Addresses | None:
    """Return the addresses in the identifier's own document; None where that is not known."""
    answer = answer_for(identifier, web, limits)
    if answer is None or answer.document.get("id") != identifier:
        return None
    listed = [item for name in ("publicKey", "publicKeys") for item in items(answer.document.get(name))]
    return Addresses(tuple(_address(item) for item in listed if isinstance(item, dict)), answer.source, answer.at)


def _address(item: Mapping[str, Any]) -> Address:
    name = next((item[key] for key in ("id", "publicKey") if isinstance(item.get(key), str)), "")
    created, *ends = (
        _date(item[key]) if isinstance(item.get(key), str) else None for key in ("created", "revoked", "expires")
    )
    return Address(name.removeprefix(_PREFIX), created, tuple(end for end in ends if end is not None))


def _date(written: str) -> str:
    """Return a date-time with the colon in its zone that profiles of 2016 lack."""
    return _ZONE.sub(r"\1:\2", written)
