"""Run the vectors through the verifier on the path, stop at the first that is red, and print its id.

A crash is no answer: the search goes on, and the vector counts only if no other is red.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portfolio_gen.verifier import verify

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


CRASHED = "(crashed) "


def red(row: dict[str, Any]) -> str:
    """Return "" if the verifier finds what this row of the manifest expects; else its id, marked if it crashed."""
    data = (VECTORS / row["file"]).read_bytes().ljust(row.get("generate", {}).get("padTo", 0), b" ")
    try:
        report = verify(data, now=row["now"], web=row["web"]).to_json()
    except Exception:
        return CRASHED + str(row["id"])
    return "" if _agrees(report, row["expect"]) else str(row["id"])


def _agrees(report: dict[str, Any], expect: dict[str, Any]) -> bool:
    checks = all(
        report["checks"][name].get(part) == value
        for name, check in expect["checks"].items()
        for part, value in check.items()
    )
    return checks and (report["format"], report["verdict"]) == (expect["format"], expect["verdict"])


def first_red(rows: list[dict[str, Any]]) -> str:
    crashed = ""
    for found in filter(None, map(red, rows)):
        if not found.startswith(CRASHED):
            return found
        crashed = crashed or found
    return crashed


if __name__ == "__main__":
    print(first_red(json.loads((VECTORS / "manifest.json").read_text("utf-8"))))
