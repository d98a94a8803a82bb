"""The manifest of tests/vectors: its form, that it is complete, and that it agrees with the words and the verdicts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from vector_rows import faults

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors"
ROWS: list[dict[str, Any]] = json.loads((VECTORS / "manifest.json").read_text("utf-8"))
VOCABULARY: dict[str, Any] = json.loads((ROOT / "portfolio_gen/data/vocabulary.json").read_text("utf-8"))
CHECKS = ("readable", "signature", "signer", "dates", "status", "recipient")
SOURCES = (
    ".npmrc",
    "README.md",
    "manifest.json",
    "package.json",
    "package-lock.json",
    "make.py",
    "make.mjs",
    "selective.mjs",
)


def test_form() -> None:
    assert faults(_form) == {}


def _form(row: dict[str, Any]) -> None:
    assert set(row) - {"generate", "holders", "lists"} == {"id", "file", "now", "web", "flags", "reason", "expect"}
    assert re.fullmatch(r"[a-z0-9][a-z0-9.-]*", row["id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", row["now"])
    assert len({"hostile", "honest"} & set(row["flags"])) == 1
    assert len(row["reason"].split()) >= 2
    assert set(row["expect"]) - {"inner", "lists"} == {"format", "verdict", "checks"}
    assert row["expect"]["format"] in VOCABULARY["formats"]
    assert set(row["expect"]["checks"]) == set(CHECKS)
    assert set(row.get("generate", {})) <= {"padTo"}
    assert all(isinstance(text, str) for texts in row.get("holders", {}).values() for text in texts)


def test_results_are_the_vocabulary_s() -> None:
    assert faults(_results_are_the_vocabulary_s) == {}


def _results_are_the_vocabulary_s(row: dict[str, Any]) -> None:
    for name, check in row["expect"]["checks"].items():
        assert set(check) - {"detail"} == {"result", "code"}
        assert check["result"] == VOCABULARY["checks"][name]["codes"][check["code"]]["result"]


def verdict_of(checks: dict[str, dict[str, Any]]) -> str:
    """DESIGN 2.2 again, in other words than judge(): away from a page, `shown` does not arise."""
    results = {name: check["result"] for name, check in checks.items()}
    timely = {"EXPIRED": "expired", "NOT_YET_VALID": "not-yet-valid"}
    date_code = checks["dates"]["code"]
    if "fail" in (results["readable"], results["signature"], results["signer"]):
        return "failed"
    if results["dates"] == "fail" and date_code not in timely:
        return "failed"
    if results["status"] == "fail":
        return {"REVOKED": "revoked", "SUSPENDED": "suspended"}[checks["status"]["code"]]
    if results["dates"] == "fail":
        return timely[date_code]
    if (results["readable"], results["signature"]) != ("pass", "pass"):
        return "cannot-check"
    fine = results["signer"] == "pass" and {results["dates"], results["status"]} <= {"pass", "none"}
    return "verified" if fine else "partly-checked"


def test_verdict_follows_from_the_checks() -> None:
    assert faults(_verdict_follows_from_the_checks) == {}


def _verdict_follows_from_the_checks(row: dict[str, Any]) -> None:
    assert row["expect"]["verdict"] == verdict_of(row["expect"]["checks"])


def test_one_unread_or_unsigned_step_decides_the_later_ones() -> None:
    assert faults(_one_unread_or_unsigned_step_decides_the_later_ones) == {}


def _one_unread_or_unsigned_step_decides_the_later_ones(row: dict[str, Any]) -> None:
    checks = row["expect"]["checks"]
    later = {checks[name]["code"] for name in ("signer", "dates", "status")}
    if checks["readable"]["result"] != "pass":
        assert later | {checks["signature"]["code"]} == {"NOT_READ"}
    elif checks["signature"]["result"] != "pass":
        assert later == {"SIGNATURE_FIRST"}
    else:
        assert not later & {"NOT_READ", "SIGNATURE_FIRST"}


@pytest.mark.parametrize("member", ["id", "reason"])
def test_distinct(member: str) -> None:
    assert [value for value, count in Counter(row[member] for row in ROWS).items() if count > 1] == []


def test_enough() -> None:
    assert len(ROWS) >= 120
    assert sum("hostile" in row["flags"] for row in ROWS) >= 80


def test_every_code_has_a_vector() -> None:
    used = {(name, check["code"]) for row in ROWS for name, check in row["expect"]["checks"].items()}
    known = {(name, code) for name in CHECKS for code in VOCABULARY["checks"][name]["codes"]} - {
        ("signature", "NEEDS_HTTPS"),  # of a page on plain http: tests/browser/test_vectors.py asks for it
    }
    assert used == known


def test_no_hostile_file_is_verified() -> None:
    assert [row["id"] for row in ROWS if "hostile" in row["flags"] and row["expect"]["verdict"] == "verified"] == []


def test_files_exist_and_none_is_unlisted() -> None:
    listed = {row["file"] for row in ROWS}
    folders = {Path(name).parts[0] for name in listed}
    found = {path.relative_to(VECTORS).as_posix() for folder in folders for path in (VECTORS / folder).rglob("*")}
    assert found == listed
    others = {path.name for path in VECTORS.iterdir()} - folders - {"node_modules", "families", "__pycache__"}
    assert others == set(SOURCES)


def test_files_are_small() -> None:
    assert [row["file"] for row in ROWS if (VECTORS / row["file"]).stat().st_size > 200_000] == []


def test_the_lock_file_names_no_address() -> None:
    assert '"resolved"' not in (VECTORS / "package-lock.json").read_text("utf-8")


def test_the_generators_make_the_committed_files() -> None:
    if not (VECTORS / "node_modules").is_dir():
        pytest.skip("the independent signer is not installed: npm ci in tests/vectors")
    checked = subprocess.run(
        [sys.executable, VECTORS / "make.py", "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
