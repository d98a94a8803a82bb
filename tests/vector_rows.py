"""The rows of tests/vectors/manifest.json, with their files and what they know of the network."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

VECTORS = Path(__file__).resolve().parent / "vectors"
ROWS: list[dict[str, Any]] = json.loads((VECTORS / "manifest.json").read_text("utf-8"))


FAMILIES = sorted({Path(row["file"]).parts[0] for row in ROWS})


def faults(check: Callable[[dict[str, Any]], None], family: str | None = None) -> dict[str, str]:
    """What `check` asserts in vain, by the id of the row, over all rows or those of a family.

    A test for each row would cost more than what it tests.
    """
    found = {}
    for row in ROWS:
        if family in (None, Path(row["file"]).parts[0]):
            try:
                check(row)
            except (AssertionError, LookupError) as error:
                found[row["id"]] = f"{row['reason']} {error!r}"
    return found


def bytes_of(row: dict[str, Any]) -> bytes:
    """The vector's file, padded with white space where the row says so: files too large for the repository."""
    return (VECTORS / row["file"]).read_bytes().ljust(row.get("generate", {}).get("padTo", 0), b" ")


def holders_of(row: dict[str, Any]) -> dict[str, list[str]]:
    """What was declared as somebody's identifiers: in most rows, nothing."""
    holders: dict[str, list[str]] = row.get("holders", {})
    return holders


def lists_of(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The copies of issuer lists, padded where the row says so."""
    return [
        {name: value for name, value in one.items() if name != "padTo"}
        | {"bytes": base64.b64decode(one["bytes"]).ljust(one.get("padTo", 0), b" ")}
        for one in row.get("lists", [])
    ]


def web_of(row: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the verifier knows of the network; by default live, now, with status 200."""
    usual = {"status": 200, "type": "", "at": row["now"], "source": "live"}
    return {
        address: {**usual, **answer, "bytes": base64.b64decode(answer["bytes"])}
        for address, answer in row["web"].items()
    }
