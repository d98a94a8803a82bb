"""The steps of the verifier, on credentials signed here with a key of this test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from nacl.signing import SigningKey

from portfolio_gen import multibase
from portfolio_gen.credential import Proof
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.proofs import hash_data
from portfolio_gen.report import CHECKS, Report
from portfolio_gen.verifier import verify

NOW = "2026-06-01T12:00:00Z"
V2 = "https://www.w3.org/ns/credentials/v2"


def did(key: SigningKey) -> str:
    return "did:key:" + multibase.encode(b"\xed\x01" + bytes(key.verify_key))


def method(key: SigningKey) -> str:
    return f"{did(key)}#{did(key).removeprefix('did:key:')}"


ISSUER, OTHER = SigningKey(bytes([1]) * 32), SigningKey(bytes([2]) * 32)
JCS, RDFC = "eddsa-jcs-2022", "eddsa-rdfc-2022"


def credential(**members: Any) -> dict[str, Any]:
    basis = {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": did(ISSUER),
        "credentialSubject": {"id": "urn:uuid:1"},
    }
    return {**basis, **members}


def proof(document: Mapping[str, Any], key: SigningKey = ISSUER, suite: str = JCS, **options: Any) -> dict[str, Any]:
    basis = {"type": "DataIntegrityProof", "cryptosuite": suite, "verificationMethod": method(key)}
    whole = {**basis, "proofPurpose": "assertionMethod", **options}
    signed = hash_data(document, Proof(suite, whole, "/proof"))
    return {**whole, "proofValue": multibase.encode(key.sign(signed).signature)}


def signed(*proofs: dict[str, Any], suite: str = JCS, **members: Any) -> dict[str, Any]:
    document = credential(**members)
    return {**document, "proof": list(proofs) or proof(document, suite=suite)}


def check(document: Mapping[str, Any], now: str = NOW, limits: Limits = LIMITS) -> Report:
    return verify(json.dumps(document).encode("utf-8"), now=now, limits=limits)


def found(document: Mapping[str, Any], name: str = "signature", now: str = NOW) -> tuple[str, dict[str, Any]]:
    answer = check(document, now).checks[name]
    return answer.code, dict(answer.detail)


@pytest.mark.parametrize("suite", [JCS, RDFC])
def test_verified(suite: str) -> None:
    report = check(signed(suite=suite, validFrom="2026-01-01T00:00:00Z"))
    assert report.verdict == "verified"
    assert list(report.checks) == list(CHECKS[:6])
    assert report.checks["signature"].detail == {"suites": [suite], "methods": [method(ISSUER)]}
    assert report.issuer is not None
    assert report.issuer.id == did(ISSUER)


def test_the_report_is_json_and_names_the_bytes() -> None:
    data = json.dumps(signed()).encode("utf-8")
    report = verify(data, now=NOW)
    assert report.sha256 == sha256(data).hexdigest()
    assert json.loads(rfc8785.dumps(report.to_json()))["version"] == 1
    assert verify(data, now=NOW) == report


def test_an_unread_file_has_nothing_to_show() -> None:
    report = verify(b"%PDF-1.7", now=NOW).to_json()
    assert report["issuer"] is None
    assert report["credential"] == report["inner"] == []
    assert [answer["code"] for answer in report["checks"].values()] == [
        "NOT_SIGNED",
        *["NOT_READ"] * 4,
        "NOT_ASKED",
    ]


def test_what_an_unproven_file_says_of_itself_is_no_fact() -> None:
    report = check({**signed(validUntil="2020-01-01T00:00:00Z"), "name": "changed"})
    assert [answer.code for answer in report.checks.values()][1:5] == ["SIGNATURE_INVALID", *["SIGNATURE_FIRST"] * 3]
    assert report.verdict == "failed"


def test_no_proof_and_too_many() -> None:
    for nothing in (None, []):
        assert found({**credential(), "proof": nothing}) == ("NO_PROOF", {})
    assert found(credential()) == ("NO_PROOF", {})
    one = proof(credential())
    assert found(signed(*[one] * 16))[0] == "OK"
    assert found(signed(*[one] * 17)) == ("TOO_MANY_PROOFS", {})


def test_whose_proof_counts() -> None:
    document = credential()
    own, foreign = proof(document), proof(document, OTHER)
    broken = {**foreign, "proofValue": "z2"}
    detail = {"suites": [JCS], "methods": [method(ISSUER)], "otherProofs": 1}
    assert found(signed(own, foreign)) == found(signed(broken, own)) == ("OK", detail)
    assert found(signed(foreign)) == ("NO_ISSUER_PROOF", {})
    assert found(signed({**own, "verificationMethod": None})) == ("NO_ISSUER_PROOF", {})
    assert found(signed({**own, "verificationMethod": did(OTHER)})) == ("NO_ISSUER_PROOF", {})
    assert found(signed(proof(document, verificationMethod=did(ISSUER))))[0] == "OK"


def test_an_unknown_issuer_document_makes_every_proof_count_and_the_signer_unknown() -> None:
    document = credential(issuer="did:web:issuer.example")
    report = check({**document, "proof": proof(document)})
    assert (report.verdict, report.checks["signer"].code) == ("partly-checked", "ISSUER_NOT_RESOLVED")
    bad = {**proof(document, OTHER), "proofValue": proof(document)["proofValue"]}
    assert found({**document, "proof": [proof(document), bad]})[0] == "SIGNATURE_INVALID"
    elsewhere = {**proof(document), "verificationMethod": "did:web:issuer.example#key-1"}
    assert found({**document, "proof": elsewhere})[0] == "KEY_NOT_RESOLVED"


def test_unknown_suites_are_listed_not_counted() -> None:
    document = credential()
    known = proof(document)
    unknown = [{**known, "cryptosuite": suite} for suite in ("bees-2030", "bats-2031", None)]
    names = {"unknownSuites": ["?", "bats-2031", "bees-2030"]}
    assert found(signed(*unknown)) == ("SUITE_NOT_SUPPORTED", names)
    assert found(signed(known, *unknown)) == ("OK", {"suites": [JCS], "methods": [method(ISSUER)], **names})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"proofValue": None}, "MALFORMED_PROOF"),
        ({"proofValue": ["z2"]}, "MALFORMED_PROOF"),
        ({"proofValue": "u2"}, "MALFORMED_PROOF"),
        ({"proofValue": "z2"}, "MALFORMED_PROOF"),
        ({"proofValue": "z" + "1" * 65}, "MALFORMED_PROOF"),
        ({"proofValue": "z" + "2" * 1_000_000}, "MALFORMED_PROOF"),
        ({"proofPurpose": 1}, "MALFORMED_PROOF"),
        ({"created": 5}, "MALFORMED_PROOF"),
        ({"expires": ["2030-01-01T00:00:00Z"]}, "MALFORMED_PROOF"),
        ({"created": None}, "SIGNATURE_INVALID"),
        ({"created": "2026-01-01T00:00:00Z"}, "SIGNATURE_INVALID"),
        ({"proofPurpose": "authentication"}, "WRONG_PURPOSE"),
        ({"previousProof": "urn:x"}, "PROOF_CHAIN_BROKEN"),
        ({"cryptosuite": RDFC}, "SIGNATURE_INVALID"),
    ],
)
def test_one_proof_s_outcome(change: dict[str, Any], code: str) -> None:
    assert found(signed({**proof(credential()), **change}))[0] == code


def test_the_worst_proof_decides() -> None:
    document = credential()
    fine = proof(document)
    chained = {**fine, "type": "Ed25519Signature2020", "previousProof": "urn:x"}
    malformed = {**fine, "proofValue": "z2"}
    purpose = {**fine, "proofPurpose": "authentication"}
    assert found(signed(fine, chained))[0] == "PROOF_CHAIN_NOT_SUPPORTED"
    assert found(signed(fine, chained, purpose, malformed))[0] == "WRONG_PURPOSE"
    assert found(signed(chained, malformed, purpose, fine))[0] == "MALFORMED_PROOF"


def test_a_word_added_to_a_signed_document_is_found_in_its_place() -> None:
    document = signed(suite=RDFC)
    code, detail = found({**document, "motto": "x"})
    assert (code, detail["pointers"]) == ("UNSIGNED_TERM", ["/motto"])
    second = [document["proof"], {**document["proof"], "remark": "x"}]
    code, detail = found({**document, "proof": second})
    assert (code, detail["pointers"]) == ("UNSIGNED_TERM", ["/proof/1/remark"])


@pytest.mark.parametrize(
    ("members", "options", "code", "detail"),
    [
        ({}, {}, "NO_DATES", {}),
        ({"validFrom": None}, {"created": "2026-06-01T12:05:00Z"}, "OK", {}),
        ({"validFrom": "2026-06-01T12:05:00Z", "validUntil": "2026-06-01T11:55:00Z"}, {}, "OK", {}),
        (
            {"validFrom": "2026-06-01T12:05:00.000000001Z"},
            {},
            "NOT_YET_VALID",
            {"from": "2026-06-01T12:05:00.000000001Z"},
        ),
        ({"validUntil": "2026-06-01T11:54:59.999Z"}, {}, "EXPIRED", {"until": "2026-06-01T11:54:59.999Z"}),
        (
            {"validUntil": "2025-01-01T00:00:00Z", "expirationDate": "2024-01-01T00:00:00Z"},
            {"expires": "2025-06-01T00:00:00Z"},
            "EXPIRED",
            {"until": "2024-01-01T00:00:00Z"},
        ),
        (
            {"validFrom": "2027-01-01T00:00:00Z", "issuanceDate": "2028-01-01T00:00:00Z"},
            {"created": "2027-06-01T00:00:00Z"},
            "NOT_YET_VALID",
            {"from": "2028-01-01T00:00:00Z"},
        ),
        (
            {"validFrom": "2027-01-01T00:00:00Z", "validUntil": "2025-01-01T00:00:00Z"},
            {},
            "EXPIRED",
            {"until": "2025-01-01T00:00:00Z"},
        ),
        (
            {"validFrom": "2030-02-30T00:00:00Z", "validUntil": ["x"]},
            {},
            "MALFORMED",
            {"pointers": ["/validFrom", "/validUntil"]},
        ),
        ({"validUntil": "2020-01-01T00:00:00Z"}, {"created": "today"}, "MALFORMED", {"pointers": ["/proof/created"]}),
        ({"validUntil": "10000-01-01T00:00:00Z"}, {}, "OK", {}),
    ],
)
def test_dates(members: dict[str, Any], options: dict[str, Any], code: str, detail: dict[str, Any]) -> None:
    document = credential(**members)
    assert found({**document, "proof": proof(document, **options)}, "dates") == (code, detail)


def test_dates_of_a_foreign_proof_do_not_count() -> None:
    document = credential()
    foreign = proof(document, OTHER, expires="2020-01-01T00:00:00Z")
    assert found({**document, "proof": [foreign, proof(document)]}, "dates") == ("NO_DATES", {})


@pytest.mark.parametrize(
    ("status", "code", "detail"),
    [
        (None, "NO_STATUS", {}),
        ([], "NO_STATUS", {}),
        ({}, "NOT_SUPPORTED", {}),
        ({"type": "B"}, "NOT_SUPPORTED", {"types": ["B"]}),
        ([{"type": ["B", 5, "A"]}, {"type": "C"}, "x"], "NOT_SUPPORTED", {"types": ["A", "B"]}),
    ],
)
def test_status(status: Any, code: str, detail: dict[str, Any]) -> None:
    assert found(signed(credentialStatus=status), "status") == (code, detail)


def test_now_is_a_date_time_or_an_error() -> None:
    assert found(signed(), now="2026-06-01t12:00:00z")[0] == "OK"
    with pytest.raises(ValueError, match="not a date"):
        check(signed(), now="today")


def test_limits_are_the_caller_s() -> None:
    assert check(signed(), limits=replace(LIMITS, file_bytes=10)).checks["readable"].code == "TOO_LARGE"


@pytest.mark.parametrize("cut", range(0, 700, 7))
def test_no_cut_file_ends_in_a_traceback_or_a_verified(cut: int) -> None:
    data = json.dumps(signed(suite=RDFC)).encode("utf-8")
    if cut < len(data):
        assert verify(data[:cut], now=NOW).verdict in ("failed", "cannot-check")


def test_files_in_files_end_at_a_depth() -> None:
    """Each level but the one at the limit is opened; what an outer file holds never changes its own checks."""
    document: dict[str, Any] = {"@context": [V2], "type": "VerifiablePresentation", "verifiableCredential": "x"}
    for _ in range(LIMITS.inner_depth):
        document = {**document, "verifiableCredential": document}
    report = verify(json.dumps(document).encode(), now=NOW)
    codes = []
    while report.inner:
        codes.append(report.checks["readable"].code)
        [report] = report.inner
    assert codes == ["OK"] * LIMITS.inner_depth
    assert (report.pointer, report.checks["readable"].code) == ("/verifiableCredential", "TOO_MANY_INNER")
