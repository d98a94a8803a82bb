"""What rules of Open Badges 3.0 and CLR 2.0 a file breaks: said to its holder, and no part of a verdict."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import cli, form
from portfolio_gen.issuing import IssuerKey, sign
from portfolio_gen.verifier import verify

ROOT = Path(__file__).parents[2]
CREDENTIALS = ROOT / "sample_wallet" / "credentials"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
KEY = IssuerKey.from_seed(bytes(range(32)))
NOW = "2026-02-01T00:00:00Z"
Edit = Callable[[dict[str, Any]], Any]


def badge() -> dict[str, Any]:
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2", OB3],
        "id": "https://fernwald.example/credentials/7",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": KEY.did, "type": ["Profile"], "name": "Fernwald Academy"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://fernwald.example/achievements/bees",
                "type": ["Achievement"],
                "name": "Beekeeping",
                "description": "Keeps a hive.",
                "criteria": {"narrative": "One winter."},
                "alignment": [{"type": ["Alignment"], "targetName": "Calm", "targetUrl": "https://skills.example/"}],
            },
        },
    }


def broken(edit: Edit) -> list[tuple[str, str]]:
    document = copy.deepcopy(badge())
    edit(document)
    found = form.faults(json.dumps(document).encode())
    assert all(fault.says.endswith(".") for fault in found)
    return [(fault.pointer, fault.clause) for fault in found]


def achievement(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["credentialSubject"]["achievement"]
    return found


SUBJECT, BADGE = "/credentialSubject", "Open Badges 3.0, B.1, AchievementCredential"
IN_SUBJECT, IN_BADGE = "Open Badges 3.0, B.1, AchievementSubject", "Open Badges 3.0, B.1, Achievement"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda d: None, []),
        (lambda d: d.pop("id"), [("/", BADGE)]),
        (lambda d: d.update({"@context": d["@context"][:1]}), [("/", BADGE)]),
        (lambda d: d["credentialSubject"].pop("type"), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].pop("id"), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].pop("achievement"), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: achievement(d).pop("criteria"), [(f"{SUBJECT}/achievement", IN_BADGE)]),
        (lambda d: achievement(d).update(description=""), [(f"{SUBJECT}/achievement", IN_BADGE)]),
        (
            lambda d: achievement(d)["alignment"][0].pop("targetUrl"),
            [(f"{SUBJECT}/achievement/alignment/0", "Open Badges 3.0, B.1, Alignment")],
        ),
        (lambda d: d["issuer"].pop("type"), [("/issuer", "Open Badges 3.0, B.1, Profile")]),
        (lambda d: d.update(issuer=KEY.did), []),
        (lambda d: d.update(type=["VerifiableCredential"]), []),
    ],
)
def test_each_rule_is_named_with_its_place(edit: Edit, expected: list[tuple[str, str]]) -> None:
    assert broken(edit) == expected


def test_the_sentence_says_what_is_missing() -> None:
    (fault,) = form.faults(json.dumps({**badge(), "id": None}).encode())
    assert fault.says == "an Open Badge must have “id”."


def test_a_record_and_what_is_in_it_are_looked_at_apart() -> None:
    data = (CREDENTIALS / "higher-certificate.json").read_bytes()
    record = json.loads(data)
    del record["credentialSubject"]["association"][0]["targetId"]
    del record["credentialSubject"]["verifiableCredential"][1]["credentialSubject"]["achievement"]["criteria"]
    data = json.dumps(record).encode()
    assert [fault.clause for fault in form.faults(data)] == ["CLR 2.0, B.1, Association"]
    inside = form.faults(data, "#/credentialSubject/verifiableCredential/1")
    assert [fault.pointer for fault in inside] == ["/credentialSubject/achievement"]


@pytest.mark.parametrize("path", sorted(CREDENTIALS.glob("*.[jps][wsnv]*")), ids=lambda path: path.name)
def test_the_demo_keeps_the_rules(path: Path) -> None:
    report = verify(path.read_bytes(), now=NOW)
    places = ["", *(f"#{inner.pointer}" for inner in report.inner)]
    assert [form.faults(path.read_bytes(), place) for place in places] == [()] * len(places)


@pytest.mark.parametrize("data", [b"", b"{}", b"%PDF-1.7", b"\x89PNG", b'{"vc": []}'])
def test_of_what_cannot_be_read_nothing_is_said(data: bytes) -> None:
    assert form.faults(data) == ()


def test_a_well_signed_file_that_breaks_a_rule_checks_out_and_its_holder_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = badge()
    del achievement(document)["criteria"]
    (tmp_path / "a.json").write_bytes(sign(document, KEY, suite="eddsa-jcs-2022", created="2026-01-05T10:00:00Z"))
    assert cli.run(["verify", "--now", NOW, str(tmp_path / "a.json")]) == 0
    said = capsys.readouterr().out
    assert "Signature checks out" in said
    assert (
        "Open Badges 3.0, B.1, Achievement: an achievement must have “criteria”. (/credentialSubject/achievement)"
        in said
    )
