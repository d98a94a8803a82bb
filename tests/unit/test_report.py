"""`judge` over every combination of results and codes (DESIGN 2.2)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import pytest

from portfolio_gen.report import CHECKS, Check, judge
from portfolio_gen.vocabulary import vocabulary

JUDGED = ("readable", "signature", "signer", "dates", "status", "shown")
BETTER = ("failed", "cannot-check", "partly-checked", "verified")


def answers(check: str) -> list[Check | None]:
    """One answer for each result, one for each code that the table names; None where the check may be missing."""
    named = {"EXPIRED", "NOT_YET_VALID", "REVOKED", "SUSPENDED"}
    codes: dict[str, str] = {code: row["result"] for code, row in vocabulary()["checks"][check]["codes"].items()}
    if check == "status":
        codes |= {"REVOKED": "fail", "SUSPENDED": "fail", "OK": "pass"}
    kept = {code if code in named else result: Check(result, code) for code, result in codes.items()}
    return [*kept.values(), *([None] if check == "shown" else [])]


def expected(found: Mapping[str, Check]) -> str:
    """The table of DESIGN 2.2, written down a second time, row by row."""
    result = {name: found[name].result if name in found else "none" for name in JUDGED}
    code = {name: found[name].code if name in found else "" for name in JUDGED}
    over = result["dates"] == "fail" and code["dates"] in ("EXPIRED", "NOT_YET_VALID")
    fine = [result[name] for name in ("readable", "signature", "signer")] == ["pass"] * 3
    rows = [
        ("fail" in (result["readable"], result["signature"], result["signer"], result["shown"]), "failed"),
        (result["dates"] == "fail" and not over, "failed"),
        (code["status"] == "REVOKED", "revoked"),
        (code["status"] == "SUSPENDED", "suspended"),
        (code["dates"] == "NOT_YET_VALID", "not-yet-valid"),
        (code["dates"] == "EXPIRED", "expired"),
        (fine and {result["dates"], result["status"], result["shown"]} <= {"pass", "none"}, "verified"),
        (result["readable"] == "pass" and result["signature"] == "pass", "partly-checked"),
    ]
    return next((verdict for matches, verdict in rows if matches), "cannot-check")


def combinations() -> list[dict[str, Check]]:
    every = itertools.product(*(answers(name) for name in JUDGED))
    return [{name: one for name, one in zip(JUDGED, some, strict=True) if one is not None} for some in every]


def test_every_combination_gets_the_verdict_of_the_table() -> None:
    found = combinations()
    assert len(found) > 1_000
    assert [judge(checks) for checks in found] == [expected(checks) for checks in found]


def test_every_verdict_is_reached() -> None:
    assert {judge(checks) for checks in combinations()} | {judge({})} == set(vocabulary()["verdicts"])


def test_nothing_has_run() -> None:
    assert judge({}) == "not-checked"


@pytest.mark.parametrize("name", JUDGED)
def test_a_worse_answer_never_improves_the_verdict(name: str) -> None:
    for checks in combinations():
        if name in checks and checks[name].result == "pass":
            before = judge(checks)
            for result in ("unknown", "fail"):
                after = judge(checks | {name: Check(result, "ANY")})
                assert after in BETTER or after == before
                assert before not in BETTER or BETTER.index(after) <= BETTER.index(before)


@pytest.mark.parametrize("name", CHECKS)
def test_taking_a_check_away_never_verifies(name: str) -> None:
    for checks in combinations():
        if judge(checks) != "verified":
            kept = {other: check for other, check in checks.items() if other != name}
            assert judge(kept) != "verified" or name == "shown"


def test_recipient_is_no_part_of_the_verdict() -> None:
    for checks in combinations():
        assert judge(checks | {"recipient": Check("fail", "ANY")}) == judge(checks)


def test_every_code_has_a_known_result() -> None:
    for check in CHECKS:
        for code, row in vocabulary()["checks"][check]["codes"].items():
            assert Check.of(check, code).result == row["result"]
            assert row["result"] in vocabulary()["results"]
