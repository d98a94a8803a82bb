"""JSON-LD contexts, pinned by URL and SHA-256. The loader never fetches: what is not in the table does not load."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import rfc8785

from portfolio_gen.errors import PortfolioError


class UnknownContextError(LookupError):
    """The URL is not in the table of pinned contexts."""


class ContextMismatchError(PortfolioError):
    """A context file is not the one that the table pins: the installation is damaged."""


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Return the pinned contexts: URL → {file, sha256 (of the RFC 8785 form), origin, older (such rows, newest first)}.

    `older` has what stood at this URL before, where credentials were signed over it; most rows have none.
    """
    loaded: dict[str, dict[str, Any]] = json.loads(_read("table.json"))
    return loaded


def editions(url: str) -> list[Mapping[str, str]]:
    """Return the rows of a pinned URL, the newest first."""
    row = table()[url]
    return [row, *row.get("older", ())]


def load(url: str, edition: int = 0) -> dict[str, Any]:
    """Return a fresh copy of the context document at `url`; edition 0 is the newest.

    Raises UnknownContextError for a URL that is not pinned, ContextMismatchError where file and pin differ.
    """
    if url not in table():
        raise UnknownContextError(f"{url} is not among the built-in contexts")
    row = editions(url)[edition]
    document: dict[str, Any] = json.loads(_read(f"data/{row['file']}"))
    found = hashlib.sha256(rfc8785.dumps(document)).hexdigest()
    if found != row["sha256"]:
        raise ContextMismatchError(
            f"contexts/data/{row['file']}: SHA-256 {found} found, {row['sha256']} expected; install portfolio-gen again"
        )
    return document


def _read(name: str) -> str:
    return resources.files("portfolio_gen.contexts").joinpath(name).read_text("utf-8")
