"""Run the vectors through the verifier on the path, stop at the first that is red, and print its id."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from portfolio_gen.verifier import verify

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def is_green(row: dict[str, Any]) -> bool:
    """Return whether the verifier finds what this row of the manifest expects; a crash is red."""
    data = (VECTORS / row["file"]).read_bytes().ljust(row.get("generate", {}).get("padTo", 0), b" ")
    try:
        report = verify(data, now=row["now"], web=row["web"]).to_json()
    except Exception:
        return False
    expect = row["expect"]
    if (report["format"], report["verdict"]) != (expect["format"], expect["verdict"]):
        return False
    return all(_agrees(report["checks"][name], check) for name, check in expect["checks"].items())


def _agrees(found: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(found.get(part) == value for part, value in wanted.items())


if __name__ == "__main__":
    sys.setrecursionlimit(3000)
    rows = json.loads((VECTORS / "manifest.json").read_text("utf-8"))
    print(next((row["id"] for row in rows if not is_green(row)), ""))
