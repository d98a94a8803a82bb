"""Every vector through the TypeScript verifier: in Node, in Chromium, and byte for byte beside the Python verifier."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from vector_rows import ROWS, bytes_of, faults, holders_of, lists_of, web_of

from portfolio_gen.verifier import verify

TASKS = [(bytes_of(row), row["now"], web_of(row), lists_of(row), holders_of(row)) for row in ROWS]
NEEDS_WEB_CRYPTO = {"RS256", "PS256", "RsaSignature2018", "JsonWebSignature2020"}
RSA_IN_THE_CHAIN = {"edc-chain-rsa", "list-federation-rs256"}
"""Their own signature is none by RSA; one on a certificate, or on an issuer list, is."""

pytestmark = pytest.mark.xdist_group("vectors")
"""One process asks Node and Chromium for the reports, and all tests of them run there."""


@pytest.fixture(scope="module")
def node_reports(in_node: Any) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = in_node(TASKS)
    return reports


@pytest.fixture(scope="module")
def chromium_reports(in_chromium: Any) -> list[dict[str, Any]]:
    reports: list[dict[str, Any]] = in_chromium(TASKS)
    return reports


def assert_as_expected(reports: list[dict[str, Any]]) -> None:
    by_id = {row["id"]: report for row, report in zip(ROWS, reports, strict=True)}
    assert faults(lambda row: _is_as_expected(by_id[row["id"]], row)) == {}


def _is_as_expected(report: dict[str, Any], row: dict[str, Any]) -> None:
    expect = row["expect"]
    assert (report["format"], report["verdict"]) == (expect["format"], expect["verdict"])
    assert set(report["checks"]) == set(expect["checks"])
    for name, check in expect["checks"].items():
        found = report["checks"][name]
        assert (name, found["result"], found["code"]) == (name, check["result"], check["code"])
        detail = check.get("detail", expect.get("details", {}).get(name))
        if detail is not None:
            assert found.get("detail") == detail
    if "lists" in expect:
        assert report["issuer"]["lists"] == expect["lists"]


def test_node(node_reports: list[dict[str, Any]]) -> None:
    assert_as_expected(node_reports)


def test_chromium(chromium_reports: list[dict[str, Any]]) -> None:
    assert_as_expected(chromium_reports)


def test_without_web_crypto(in_chromium: Any, chromium_reports: list[dict[str, Any]]) -> None:
    """On plain http a browser has no WebCrypto; only RSA needs it."""
    asked = [
        index
        for index, report in enumerate(chromium_reports)
        if not NEEDS_WEB_CRYPTO & set(suites(report)) and ROWS[index]["id"] not in RSA_IN_THE_CHAIN
    ]
    gone = "Object.defineProperty(globalThis, 'crypto', { value: undefined });"
    without = in_chromium([TASKS[index] for index in asked], gone)
    different = [
        ROWS[index]["id"] for index, found in zip(asked, without, strict=True) if found != chromium_reports[index]
    ]
    assert different == []


@pytest.mark.parametrize("answer", ["true", "false", "Promise.reject(new Error())"])
def test_a_browser_whose_ed25519_breaks_the_rule_is_not_asked(
    answer: str, in_chromium: Any, chromium_reports: list[dict[str, Any]]
) -> None:
    """RFC 8032 leaves open what libsodium does not: a browser's own Ed25519 must show that it answers alike."""
    asked = [
        index
        for index, report in enumerate(chromium_reports)
        if suites(report) == ["eddsa-jcs-2022"] and "lists" not in ROWS[index]
    ]
    assert len(asked) > 50
    broken = f"SubtleCrypto.prototype.verify = async () => {answer};"
    assert in_chromium([TASKS[index] for index in asked], broken) == [chromium_reports[index] for index in asked]


def suites(report: dict[str, Any]) -> list[str]:
    own: list[str] = report["checks"]["signature"].get("detail", {}).get("suites", [])
    return [*own, *(name for inner in report["inner"] for name in suites(inner))]


def test_same_report_as_python(node_reports: list[dict[str, Any]], chromium_reports: list[dict[str, Any]]) -> None:
    different = [
        row["id"]
        for row, task, *reports in zip(ROWS, TASKS, node_reports, chromium_reports, strict=True)
        if {rfc8785.dumps(report) for report in reports} != {in_python(*task)}
    ]
    assert different == []


def in_python(data: bytes, now: str, web: Any, lists: Any, holders: Any) -> bytes:
    return rfc8785.dumps(verify(data, now=now, web=web, lists=lists, holders=holders).to_json())


def test_a_lone_surrogate_declares_nothing(in_node: Any) -> None:
    """It has no UTF-8, so that no file of the manifest can hold it."""
    index = next(index for index, row in enumerate(ROWS) if row["id"] == "rcp-did")
    data, now, web, _, _ = TASKS[index]
    for holders, code in (({"email": ["\ud800"]}, "NOT_ASKED"), ({"email": ["\ud800", "x"]}, "NOT_COMPARABLE")):
        assert verify(data, now=now, web=web, holders=holders).checks["recipient"].code == code
        assert in_node([(data, now, web, [], holders)])[0]["checks"]["recipient"]["code"] == code
