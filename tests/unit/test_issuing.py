"""What `issue` signs checks out, is the same each time, and says all that is wrong with a template at once."""

from __future__ import annotations

import base64
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import issuing, marked
from portfolio_gen.errors import ConfigError
from portfolio_gen.issuing import IssuerKey, IssuingError, issue, read_key, write_key
from portfolio_gen.template import SHORT_FORM
from portfolio_gen.verifier import verify

KEY = IssuerKey.from_seed(bytes(range(32)))
OTHER = IssuerKey.from_seed(bytes(32))
CREATED = "2026-01-05T10:00:00Z"
SUITES = ("eddsa-jcs-2022", "eddsa-rdfc-2022", "Ed25519Signature2020")
SHORT: dict[str, Any] = {
    "name": "Remote Team Productivity Expert",
    "description": "Leads remote teams.",
    "criteria": "A project, assessed by two people.",
    "issuer": "Nordlicht Academy",
}
FULL = """
name: Remote Team Productivity Expert
credentialName: Certificate of a remote team expert
id: urn:uuid:00000000-0000-4000-8000-000000000001
achievementId: https://nordlicht.example/a/1
description: Leads *remote* teams.
criteria: {narrative: Shown in a project., url: "https://nordlicht.example/c"}
type: MicroCredential
issuer: {name: Nordlicht Academy, url: "https://nordlicht.example/", email: a@nordlicht.example, description: A school.}
creator: Nordlicht Academy
recipient: {name: Ada Beispiel, id: "did:example:ada"}
validFrom: 2026-01-05
validUntil: 2027-01-05T00:00:00+01:00
awardedDate: 2026-01-04
image: {file: badge.png, caption: A badge}
skills:
  - {name: Kanban, url: "https://esco.example/s/1", framework: ESCO, code: s1, type: CFItem, description: Boards.}
  - {name: Writing, url: "https://esco.example/s/2"}
tags: [remote, teams]
credits: 3
creditsEarned: 1.5
fieldOfStudy: Business
specialization: Teams
humanCode: RT-1
version: "2"
language: en
narrative: Ada wrote well.
role: Lead
term: Autumn
licenseNumber: "7"
results:
  - {name: Grade, type: LetterGrade, value: A, status: Completed, min: F, max: A, required: C, allowed: [A, B, C, F]}
  - {name: Points, value: "92"}
activity: {from: 2025-09-01, to: 2025-12-01}
evidence: {name: Project, url: "https://x.example/", audience: Leads, genre: Report, narrative: Yes.}
"""


def problems(template: str | dict[str, Any], folder: Path = Path()) -> list[str]:
    read = marked.read("card.yml", template) if isinstance(template, str) else template
    with pytest.raises(ConfigError) as caught:
        issue(read, KEY, created=CREATED, folder=folder)
    return [str(error) for error in caught.value.errors]


@pytest.fixture
def art(tmp_path: Path) -> Path:
    (tmp_path / "badge.png").write_bytes(b"\x89PNG\r\n\x1a\n-")
    return tmp_path


@pytest.mark.parametrize("suite", SUITES)
def test_the_full_short_form_verifies_with_every_suite(suite: str, art: Path) -> None:
    data = issue(marked.read("card.yml", FULL), KEY, suite=suite, created=CREATED, folder=art)
    report = verify(data, now="2026-02-01T00:00:00Z")
    assert report.verdict == "verified"
    assert report.checks["signature"].detail["suites"] == [suite]
    shown = {fact.field for fact in report.credential}
    assert {"name", "skill", "resultValue", "evidenceLink", "recipientName", "image", "activityEndDate"} <= shown


def test_every_key_of_the_short_form_is_shown_as_a_fact(art: Path) -> None:
    data = issue(marked.read("card.yml", FULL), KEY, created=CREATED, folder=art)
    facts = {fact.value for fact in verify(data, now=CREATED).credential}
    assert {"Boards.", "s1", "ESCO", "CFItem", "RT-1", "2", "Autumn", "7", "Lead", "Report", 1.5, 3, "92", "C"} <= facts
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n-").decode()
    assert f"data:image/png;base64,{picture}" in facts


@pytest.mark.parametrize("suite", SUITES)
def test_the_same_input_gives_the_same_bytes(suite: str) -> None:
    assert issue(SHORT, KEY, suite=suite, created=CREATED) == issue(SHORT, KEY, suite=suite, created=CREATED)


def test_identifiers_follow_from_the_content() -> None:
    one = json.loads(issue(SHORT, KEY, created=CREATED))
    two = json.loads(issue({**SHORT, "name": "Other"}, KEY, created=CREATED))
    other_key = json.loads(issue(SHORT, IssuerKey.from_seed(bytes(32)), created=CREATED))
    assert one["id"].startswith("urn:uuid:")
    assert len({one["id"], two["id"], other_key["id"]}) == 3
    assert one["validFrom"] == CREATED


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize("context", ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/2018/credentials/v1"])
def test_a_raw_credential_of_both_data_models(suite: str, context: str) -> None:
    start = "validFrom" if "ns" in context else "issuanceDate"
    raw = {
        "@context": [context],
        "type": ["VerifiableCredential"],
        start: CREATED,
        "credentialSubject": {"id": "did:a:b"},
    }
    report = verify(issue({"credential": raw}, KEY, suite=suite, created=CREATED), now=CREATED)
    assert report.verdict == "verified"
    assert report.issuer is not None
    assert report.issuer.id == KEY.did


def test_expired_and_future_credentials_can_be_issued() -> None:
    for dates in ({"validUntil": "2020-01-01"}, {"validFrom": "2030-01-01"}):
        assert issue({**SHORT, **dates}, KEY, created=CREATED)


def test_all_problems_at_once_with_their_lines() -> None:
    found = problems(
        "name: 5\ndescripton: x\ncriteria: []\nissuer: {nam: A}\nvalidFrom: 2026-02-30\nvalidUntil: soon\n"
        "type: MicroCredntial\nskills:\n  - name: Kanban\n    url: esco\n  - url: https://a.example/\n"
        "results: [{name: Grade, value: 92}]\ncredits: many\nimage: badge.txt\n"
    )
    assert [problem.split(": ")[0] for problem in found] == sorted(
        (problem.split(": ")[0] for problem in found), key=lambda place: int(place.split(":")[1])
    )
    text = "\n".join(found)
    for expected in (
        "card.yml:1: name: found the number 5, expected text (put it in quotes).",
        'card.yml:2: descripton: this key is not known. Did you mean "description"?',
        'card.yml:4: issuer.nam: this key is not known. Did you mean "name"?',
        'card.yml:4: issuer: "name" is missing',
        'card.yml:5: validFrom: found "2026-02-30", expected a day and a time that exist.',
        'card.yml:6: validUntil: found "soon", expected a date such as 2026-03-14',
        'Did you mean "MicroCredential"?',
        'card.yml:10: skills.1.url: found "esco", expected a web address',
        'card.yml:11: skills.2: "name" is missing',
        "card.yml:12: results.1.value: found the number 92, expected text (put it in quotes).",
        'card.yml:13: credits: found "many", expected a number.',
        "card.yml:14: image: found",
        'card.yml:1: "description" is missing',
    ):
        assert expected in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1", "This is not YAML that can be read"),
        ("name: a\n\tb: c", "never with tabs"),
        ("name: a\nname: b", '"name" is given twice (also in line 1)'),
        ("just text", "found \"just text\", expected a mapping"),
        ("", "found nothing, expected a mapping"),
        ("name: !!python/object:os.system x", "This is not YAML that can be read"),
        ("a: &a [*a]", "a: this key is not known"),
        ("credential: 5", "expected the members of a credential"),
        ("credential: {proof: {}}", "the proof is what signing adds"),
        ("credential: {issuer: did:example:me}", "expected the identifier of the key that signs"),
        ("credential: {a: .nan}", "a number that every JSON reader reads alike"),
        ("credential: {a: 9007199254740992}", "a number that every JSON reader reads alike"),
        ("credential: {1: x}", "expected a name (put it in quotes)"),
        ("credential: {}\nname: a", "nothing else can stand"),
    ],
)  # fmt: skip
def test_bad_templates_are_explained(text: str, expected: str) -> None:
    assert expected in "\n".join(problems_of(text))


def problems_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        issue(marked.read("card.yml", text), KEY, created=CREATED)
    return [str(error) for error in caught.value.errors]


def test_a_picture_that_is_missing_or_too_large(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in problems({**SHORT, "image": "no.png"}, tmp_path)[0]
    (tmp_path / "big.png").write_bytes(bytes(1_000_001))
    assert "1000001 bytes; at most 1000000" in problems({**SHORT, "image": "big.png"}, tmp_path)[0]


def test_refuses_to_sign_what_does_not_check_out() -> None:
    undefined = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "credentialSubject": {"nonsense": 1},
    }
    with pytest.raises(IssuingError, match=r"UNSIGNED_TERM.*At /credentialSubject/nonsense"):
        issue({"credential": undefined}, KEY, suite="eddsa-rdfc-2022", created=CREATED)
    with pytest.raises(IssuingError, match="readable: MALFORMED_CREDENTIAL"):
        issue({"credential": {**undefined, "credentialSubject": []}}, KEY, created=CREATED)
    with pytest.raises(IssuingError, match="dates: MALFORMED"):
        issue({"credential": {**undefined, "validUntil": "2026-02-30T00:00:00Z"}}, KEY, created=CREATED)
    with pytest.raises(IssuingError, match='"rsa" is not known'):
        issue(SHORT, KEY, suite="rsa", created=CREATED)


def test_a_broken_signer_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issuing, "hash_data", lambda *_: bytes(64))
    with pytest.raises(IssuingError, match="SIGNATURE_INVALID"):
        issue(SHORT, KEY, created=CREATED)


def test_key_files(tmp_path: Path) -> None:
    path = tmp_path / "issuer.key.json"
    write_key(KEY, path)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_key(path) == KEY
    with pytest.raises(IssuingError, match="exists already"):
        write_key(KEY, path)
    assert KEY.did == "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "is not a key file"),
        ("[]", "is not a key file"),
        ('{"secretKeyMultibase": 5}', "is not a key file"),
        ('{"secretKeyMultibase": "z0"}', "is not a key file"),
        ('{"secretKeyMultibase": "z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"}', "does not hold an Ed25519 key"),
        (json.dumps({**KEY.to_json(), "publicKeyMultibase": OTHER.multibase}), "do not belong"),
    ],
)  # fmt: skip
def test_bad_key_files_are_explained(tmp_path: Path, content: str, expected: str) -> None:
    path = tmp_path / "k.json"
    path.write_text(content)
    with pytest.raises(IssuingError, match=expected):
        read_key(path)


def test_the_documentation_names_every_key_and_its_examples_work(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "issuing.md").read_text("utf-8")
    named = {key for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    assert named == set(SHORT_FORM)
    (tmp_path / "badge.png").write_bytes(b"\x89PNG\r\n\x1a\n-")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 2
    for example in examples:
        data = issue(marked.read("example.yml", example), KEY, created=CREATED, folder=tmp_path)
        assert verify(data, now="2026-06-01T00:00:00Z").verdict == "verified"
