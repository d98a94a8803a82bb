"""Every vector through the TypeScript verifier: in Node, in Chromium, and byte for byte beside the Python verifier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from portfolio_gen.verifier import verify

VECTORS = Path(__file__).resolve().parents[1] / "vectors"
ROWS: list[dict[str, Any]] = json.loads((VECTORS / "manifest.json").read_text("utf-8"))


def file_of(row: dict[str, Any]) -> bytes:
    """The vector's file, padded with white space where the row says so: files too large for the repository."""
    return (VECTORS / row["file"]).read_bytes().ljust(row.get("generate", {}).get("padTo", 0), b" ")


TASKS = [(file_of(row), row["now"]) for row in ROWS]

each_row = pytest.mark.parametrize("index", range(len(ROWS)), ids=[row["id"] for row in ROWS])


@pytest.fixture(scope="module")
def node_reports(in_node: Any) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = in_node(TASKS)
    return reports


@pytest.fixture(scope="module")
def chromium_reports(in_chromium: Any) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = in_chromium(TASKS)
    return reports


def assert_as_expected(report: dict[str, Any], row: dict[str, Any]) -> None:
    expect = row["expect"]
    assert (report["format"], report["verdict"]) == (expect["format"], expect["verdict"]), row["reason"]
    assert set(report["checks"]) == set(expect["checks"])
    for name, check in expect["checks"].items():
        found = report["checks"][name]
        assert (name, found["result"], found["code"]) == (name, check["result"], check["code"]), row["reason"]
        detail = check.get("detail", expect.get("details", {}).get(name))
        if detail is not None:
            assert found.get("detail") == detail, row["reason"]


@each_row
def test_node(index: int, node_reports: list[dict[str, Any]]) -> None:
    assert_as_expected(node_reports[index], ROWS[index])


@each_row
def test_chromium(index: int, chromium_reports: list[dict[str, Any]]) -> None:
    assert_as_expected(chromium_reports[index], ROWS[index])


@each_row
def test_same_report_as_python(
    index: int, node_reports: list[dict[str, Any]], chromium_reports: list[dict[str, Any]]
) -> None:
    data, now = TASKS[index]
    python = rfc8785.dumps(verify(data, now=now).to_json())
    assert rfc8785.dumps(node_reports[index]) == python
    assert rfc8785.dumps(chromium_reports[index]) == python
