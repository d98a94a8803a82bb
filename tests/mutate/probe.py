"""Run the vectors through the verifier on the path, stop at the first that is red, and print its id.

The vector that the command line names, if any, goes first. A crash is no answer: the search goes on, and the vector
counts only if no other is red.
"""

from __future__ import annotations

import sys
from typing import Any

from vector_rows import ROWS, bytes_of, holders_of, lists_of, web_of

from portfolio_gen.verifier import verify

CRASHED = "(crashed) "


def red(row: dict[str, Any]) -> str:
    """Return "" if the verifier finds what this row of the manifest expects; else its id, marked if it crashed."""
    try:
        report = verify(
            bytes_of(row), now=row["now"], web=web_of(row), lists=lists_of(row), holders=holders_of(row)
        ).to_json()
    except Exception:
        return CRASHED + str(row["id"])
    return "" if _agrees(report, row["expect"]) else str(row["id"])


def _agrees(report: dict[str, Any], expect: dict[str, Any]) -> bool:
    checks = all(
        report["checks"][name].get(part) == value
        for name, check in expect["checks"].items()
        for part, value in check.items()
    )
    inner = [{name: one[name] for name in ("pointer", "format", "verdict")} for one in report["inner"]]
    same = (report["format"], report["verdict"]) == (expect["format"], expect["verdict"])
    known = "lists" not in expect or report["issuer"]["lists"] == expect["lists"]
    return checks and same and known and inner == expect.get("inner", inner)


def first_red(rows: list[dict[str, Any]]) -> str:
    crashed = ""
    for found in filter(None, map(red, rows)):
        if not found.startswith(CRASHED):
            return found
        crashed = crashed or found
    return crashed


if __name__ == "__main__":
    first = "".join(sys.argv[1:])
    print(first_red(sorted(ROWS, key=lambda row: row["id"] != first)))
