"""Every vector of tests/vectors through the Python verifier: results and codes by hand, from the rules."""

from __future__ import annotations

from typing import Any

import pytest
from vector_rows import FAMILIES, ROWS, bytes_of, faults, holders_of, lists_of, web_of

from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import vocabulary

NOT_IN_A_FILE = {("shown", code) for code in vocabulary()["checks"]["shown"]["codes"]} | {("signature", "NEEDS_HTTPS")}


def inner_of(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: inner[name] for name in ("pointer", "format", "verdict")} for inner in report["inner"]]


@pytest.mark.parametrize("family", FAMILIES)
def test_vectors(family: str) -> None:
    assert faults(as_expected, family) == {}


def as_expected(row: dict[str, Any]) -> None:
    report = verify(
        bytes_of(row), now=row["now"], web=web_of(row), lists=lists_of(row), holders=holders_of(row)
    ).to_json()
    found = {
        "format": report["format"],
        "verdict": report["verdict"],
        **({"inner": inner_of(report)} if "inner" in row["expect"] else {}),
        "checks": {
            name: {part: check[part] for part in ("result", "code")} for name, check in report["checks"].items()
        },
    }
    wanted = {
        name: {part: check[part] for part in ("result", "code")} for name, check in row["expect"]["checks"].items()
    }
    if "lists" in row["expect"]:
        found["lists"] = report["issuer"]["lists"]
    assert found == {**row["expect"], "checks": wanted}
    for name, check in row["expect"]["checks"].items():
        if "detail" in check:
            assert report["checks"][name].get("detail") == check["detail"]


def test_every_code_has_a_vector() -> None:
    codes = {(name, code) for name, check in vocabulary()["checks"].items() for code in check["codes"]}
    used = {(name, check["code"]) for row in ROWS for name, check in row["expect"]["checks"].items()}
    assert codes - used - NOT_IN_A_FILE == set()
