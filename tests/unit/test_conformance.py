"""The vectors from outside, row by row (../shared/vectors): what may never be, and docs/conformance.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance import run
from conformance.run import Judged


@pytest.fixture(scope="module")
def judged(shared_vectors: Path) -> list[Judged]:
    rows = run.judged()
    assert len(rows) > 400
    return rows


def named(rows: list[Judged]) -> list[str]:
    return [f"{one.row['file']}: {one.report.verdict}, {one.reason}" for one in rows]


def test_no_verdict_contradicts_what_is_expected(judged: list[Judged]) -> None:
    assert named([one for one in judged if not one.agrees]) == []


def test_nothing_is_verified_that_should_not_be(judged: list[Judged]) -> None:
    """But for rows that their collector calls placeholders and whose signature another library verified."""
    wrong = [one for one in judged if one.report.verdict == "verified" and one.expected != "valid"]
    assert named([one for one in wrong if one.row["signature_check"] != "verified"]) == []


def test_nothing_valid_is_called_forged(judged: list[Judged]) -> None:
    failed = [one for one in judged if one.expected == "valid" and one.report.verdict == "failed"]
    assert named([one for one in failed if not one.by_our_rules]) == []
    assert len(failed) <= 8


def test_the_page_is_what_a_run_writes(judged: list[Judged]) -> None:
    assert run.PAGE.read_text("utf-8") == run.page(judged), "make conformance"
