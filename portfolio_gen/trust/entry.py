"""What the kinds of lists have in common: what a list says of one issuer, and how its texts are taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portfolio_gen.limits import Limits

IsSigned = Callable[[dict[str, Any], bytes, bytes, Any], bool]
"""Whether a JWS with this header, signing input and signature is by the public key that this JSON Web Key is."""


class ListError(Exception):
    """A list cannot be read as one of its kind: it knows nobody."""


@dataclass(frozen=True)
class Asked:
    """Whom a list is asked about, when (nanoseconds since 1970), and what it needs for its answer."""

    identifier: str
    now: int
    url: str
    limits: Limits
    is_signed: IsSigned


@dataclass(frozen=True)
class Entry:
    """What a list says of an issuer: the name, logo and website that it gives it, since when and until when.

    `date` is the list's own. Everything is as it stands there, None where it does not say.
    """

    name: str | None
    logo: str | None
    website: str | None
    date: str | None
    since: str | None = None
    until: str | None = None
    ended: bool = False


def text(value: Any) -> str | None:
    """Return a text that says something; None for anything else."""
    return value if isinstance(value, str) and value.strip(" \t\n\f\r") else None


def member(value: Any, *names: str) -> Any:
    """Return what stands in an object under these names, one in the other; None where there is nothing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
