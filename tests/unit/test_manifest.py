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
    """Issue 3: at least 250 with distinct reasons, two thirds of them hostile."""
    assert len({row["reason"] for row in ROWS}) >= 250
    assert 3 * sum("hostile" in row["flags"] for row in ROWS) >= 2 * len(ROWS)


KINDS = ("good", "tampered", "wrong key", "truncated", "oversized", "ambiguous", "expired")
NO_KEY = "Nothing in it is signed, so that there is no key to be wrong."
NOT_READ = "No rule reads what is in it: each file of this form gets the same FORMAT_NOT_SUPPORTED, whatever it holds."
AT_BUILD = "Neither verifier reads a PDF's signature; tests/unit/test_pdf.py asks the build, which does."
LINK = "It holds an address and nothing else: nothing is signed, and nothing in it has an end."
MATRIX: dict[str, tuple[str, ...]] = {
    # In the order of KINDS: a vector's id or, where there can be none, the sentence that says why.
    "vc1-json": (
        "2020-vc1",
        "2020-changed",
        "jsonwebsignature2020-es256-other-key",
        "truncated-v1",
        "size-over-v1",
        "duplicate-v1",
        "2020-expired",
    ),
    "vc2-json": (
        "ob-3.0.3",
        "ecdsa-rdfc-2019-es256-tampered",
        "ecdsa-wrong-key",
        "truncated",
        "size-over",
        "duplicate-key",
        "rdfc-expired",
    ),
    "vc-jwt": (
        "vcjwt-good",
        "vcjwt-tampered",
        "vcjwt-by-another",
        "vcjwt-cut",
        "vcjwt-too-large",
        "vcjwt-two-credentials",
        "vcjwt-expired",
    ),
    "vp-jwt": (
        "vpjwt-good",
        "vpjwt-tampered",
        "vpjwt-by-another",
        "vpjwt-cut",
        "vpjwt-too-large",
        "vpjwt-form-two",
        "vpjwt-expired",
    ),
    "sd-jwt": (
        "sdjwt-good",
        "sdjwt-tampered",
        "sdjwt-by-another",
        "sdjwt-cut",
        "sdjwt-too-large",
        "sdjwt-same-name-twice",
        "sdjwt-expired",
    ),
    "jws-json": (
        "jwsjson-general",
        "edc-tampered",
        "edc-wrong-key",
        "edc-truncated",
        "edc-oversized",
        "edc-both-forms",
        "edc-expired",
    ),
    "presentation": (
        "presented",
        "one-exchanged",
        "presented-wrong-key",
        "presentation-truncated",
        "presentation-too-large",
        "presentation-twice",
        "presented-expired",
    ),
    "clr2-json": (
        "record",
        "record-tampered",
        "record-wrong-key",
        "record-truncated",
        "record-too-large",
        "record-subject-twice",
        "record-expired",
    ),
    "ob2-hosted": ("ob2-match", "ob2-changed", NO_KEY, "ob2-cut", "ob2-too-large", "ob2-twice", "ob2-expired"),
    "ob2-jws": (
        "ob2jws-good",
        "ob2jws-tampered",
        "ob2jws-wrong-key",
        "ob2jws-cut",
        "ob2jws-too-large",
        "ob2jws-badge-twice",
        "ob2jws-expired",
    ),
    "ob1": ("ob1-match", "ob1-changed", NO_KEY, "ob1-cut", "ob1-too-large", "ob1-twice", "ob1-expired"),
    "blockcerts-v1": (
        "blockcerts-v1",
        NOT_READ,
        NOT_READ,
        "blockcerts-v1-cut",
        "blockcerts-v1-too-large",
        "blockcerts-v1-twice",
        NOT_READ,
    ),
    "blockcerts-v2": (
        "blockcert",
        "blockcert-tampered",
        "sent-by-another",
        "blockcert-truncated",
        "blockcert-too-large",
        "blockcert-twice",
        "blockcert-expired",
    ),
    "blockcerts-v3": (
        "blockcert-v3",
        "blockcert-v3-tampered",
        "blockcert-v3-sent-by-another",
        "blockcert-v3-truncated",
        "blockcert-v3-too-large",
        "blockcert-v3-twice",
        "blockcert-v3-expired",
    ),
    "png": ("png-json", "png-tampered", "png-wrong-key", "png-cut-in-text", "png-too-large", "png-two", "png-expired"),
    "svg": ("svg-json", "svg-tampered", "svg-wrong-key", "svg-cut", "svg-too-large", "svg-two", "svg-expired"),
    "pdf": ("pdf-signed", "pdf-changed", AT_BUILD, "pdf-cut", "pdf-too-large", "pdf-two-signatures", AT_BUILD),
    "link": ("url", LINK, LINK, "webloc-cut", "url-too-large", "url-two", LINK),
    "archive": (
        "zip-stored",
        "zip-one-forged",
        "zip-wrong-key",
        "zip-cut",
        "zip-bomb",
        "zip-name-twice",
        "zip-expired-inside",
    ),
}
"""Issue 3: "for each format: good, tampered, wrong key, truncated, oversized, ambiguous, expired"."""

SHOWS: dict[str, set[str]] = {
    "good": {"HOSTED_MATCH", "CONTAINER", "CHECKED_AT_BUILD", "LINK_ONLY", "FORMAT_NOT_SUPPORTED"},
    "tampered": {"SIGNATURE_INVALID", "HOSTED_DIFFERS", "CONTAINER", "CHECKED_AT_BUILD"},
    "wrong key": {"SIGNATURE_INVALID", "ANCHOR_BY_ANOTHER", "CONTAINER"},
    "truncated": {
        "MALFORMED_JSON",
        "MALFORMED_FILE",
        "NOT_A_CREDENTIAL",
        "SIGNATURE_INVALID",
        "KEY_BINDING_INVALID",
        "NOT_SIGNED",
        "LINK_ONLY",
    },
    "oversized": {"TOO_LARGE"},
    "ambiguous": {
        "AMBIGUOUS",
        "DUPLICATE_KEY",
        "MALFORMED_CREDENTIAL",
        "BAD_DISCLOSURE",
        "NOT_A_CREDENTIAL",
        "CHECKED_AT_BUILD",
        "LINK_ONLY",
    },
    "expired": {"EXPIRED", "HOSTED_MATCH", "CONTAINER"},
}
"""What the checks may say of each kind, one of these codes at least; of a good one, else, that it is `verified`."""

CELLS = [(format, kind, cell) for format, row in MATRIX.items() for kind, cell in zip(KINDS, row, strict=True)]
VECTORS_OF_CELLS = [(format, kind, cell) for format, kind, cell in CELLS if " " not in cell]


def test_every_format_has_a_vector_of_every_kind_or_a_reason() -> None:
    assert set(MATRIX) == set(VOCABULARY["formats"]) - {"unknown"}
    named = [cell for _, _, cell in VECTORS_OF_CELLS]
    assert [id for id, count in Counter(named).items() if count > 1] == []
    assert set(named) <= {row["id"] for row in ROWS}
    reasons = {cell for _, _, cell in CELLS} - set(named)
    assert reasons == {NO_KEY, NOT_READ, AT_BUILD, LINK}


@pytest.mark.parametrize(("format", "kind", "id"), VECTORS_OF_CELLS)
def test_the_vector_is_of_its_format_and_kind(format: str, kind: str, id: str) -> None:
    [row] = [row for row in ROWS if row["id"] == id]
    checks = row["expect"]["checks"]
    codes = {check["code"] for check in checks.values()}
    assert codes & SHOWS[kind] or (kind == "good" and row["expect"]["verdict"] == "verified"), codes
    assert ("honest" if kind == "good" else "hostile") in row["flags"]
    assert (row["expect"]["verdict"] == "verified") <= (kind == "good")
    if checks["signature"]["code"] == "CONTAINER" and kind != "good":
        # An archive has no verdict of its own: the file in it does.
        wanted = "expired" if kind == "expired" else "failed"
        assert wanted in {inner["verdict"] for inner in row["expect"]["inner"]}
    if format == row["expect"]["format"]:
        return
    # What cannot be read whole is not known for what it is (verification 0.1, 0.2): another row knows the file,
    # or the file's name and reason are all that say so.
    assert kind in ("truncated", "oversized", "ambiguous")
    assert row["expect"]["format"] in ("unknown", "vc1-json", "vc2-json")
    if kind == "oversized" and id != "size-over-v1":
        assert format in {other["expect"]["format"] for other in ROWS if other["file"] == row["file"]}


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
