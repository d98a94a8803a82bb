"""The vectors from outside, row by row (../shared/vectors): what may never be, and docs/conformance.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from conformance import run
from conformance.run import Judged

DIGITAL_BAZAAR = (
    "transmute-industries/verifiable-data: "
    "packages/linked-data-proof/src/__fixtures__/1-verifiable-credentials/digital-bazaar"
)


@pytest.fixture(scope="module")
def judged(shared_vectors: Path) -> list[Judged]:
    rows = run.judged()
    assert len(rows) > 400
    return rows


FAILED_THOUGH_VALID = {
    "w3c/vc-di-ecdsa: TestVectors/ecdsa-rdfc-2019-p256/employ/signedECDSAP256.json": "signature NO_ISSUER_PROOF",
    "w3c/vc-di-ecdsa: TestVectors/ecdsa-rdfc-2019-p384/employ/signedECDSAP384.json": "signature NO_ISSUER_PROOF",
    "w3c/vc-di-ecdsa: TestVectors/ecdsa-sd-2023/employ/derivedRevealDocument.json": "signature NO_ISSUER_PROOF",
    "w3c/vc-di-eddsa: TestVectors/eddsa-rdfc-2022/employ/signedDataInt.json": "signature NO_ISSUER_PROOF",
    f"{DIGITAL_BAZAAR}/case-6.json": "dates MALFORMED",
    f"{DIGITAL_BAZAAR}/case-7.json": "dates MALFORMED",
}
"""All of them, by the design: four name a `did:key` as issuer and are signed by another key (rule 7); two are signed
with the dates "foobar" and "", which are none."""


def named(rows: list[Judged]) -> list[str]:
    return [f"{one.row['file']}: {one.report.verdict}, {one.reason}" for one in rows]


def test_no_verdict_contradicts_what_is_expected(judged: list[Judged]) -> None:
    """But for those that a rule of the design makes `failed`, which the page names."""
    assert named([one for one in judged if not one.agrees and not one.stricter]) == []


def test_nothing_invalid_is_verified(judged: list[Judged]) -> None:
    assert sum(one.expected == "invalid" for one in judged) > 40
    assert named([one for one in judged if one.expected == "invalid" and one.report.verdict == "verified"]) == []


def test_nothing_is_verified_that_should_not_be(judged: list[Judged]) -> None:
    """But for rows that their collector calls placeholders and whose signature another library verified."""
    wrong = [one for one in judged if one.report.verdict == "verified" and one.expected != "valid"]
    assert named([one for one in wrong if one.row["signature_check"] != "verified"]) == []


def test_of_what_should_be_good_nineteen_in_twenty_are(judged: list[Judged]) -> None:
    """Of the valid files that are signed, in formats and suites that are checked, over contexts that can be pinned."""
    countable = run.countable(judged)
    assert len(countable) > 150
    assert sum(one.report.verdict in ("verified", "partly-checked") for one in countable) >= 0.95 * len(countable)


def test_the_valid_files_that_are_failed_are_known(judged: list[Judged]) -> None:
    failed = [one for one in judged if one.expected == "valid" and one.report.verdict == "failed"]
    assert {f"{one.row['repo']}: {one.row['path']}": one.reason for one in failed} == FAILED_THOUGH_VALID
    page = run.PAGE.read_text("utf-8")
    contradictions = page.partition("## Verdicts that contradict")[2].partition("\n## ")[0]
    assert [name for name in FAILED_THOUGH_VALID if f"`{name}`" not in contradictions] == []


def test_the_page_is_what_a_run_writes(judged: list[Judged]) -> None:
    assert run.PAGE.read_text("utf-8") == run.page(judged), "make conformance"
