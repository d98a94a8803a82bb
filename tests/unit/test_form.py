"""What rules of Open Badges 3.0 and CLR 2.0 a file breaks: said to its holder, and no part of a verdict."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from vector_rows import FAMILIES, ROWS, VECTORS

from portfolio_gen import base64url, cli, form
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


def endorsement(**members: Any) -> dict[str, Any]:
    whole = {
        "@context": ["https://www.w3.org/ns/credentials/v2", OB3],
        "id": "https://guild.example/endorsements/1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Well taught",
        "issuer": {"id": "https://guild.example/", "type": "Profile"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "https://fernwald.example/achievements/bees", "type": "EndorsementSubject"},
    }
    return whole | members


def clause(name: str) -> str:
    return f"Open Badges 3.0, B.1, {name}"


SUBJECT, BADGE = "/credentialSubject", "Open Badges 3.0, B.1, AchievementCredential"
IN_SUBJECT, IN_BADGE = "Open Badges 3.0, B.1, AchievementSubject", "Open Badges 3.0, B.1, Achievement"
CRITERIA, ALIGNED = clause("Criteria"), f"{SUBJECT}/achievement/alignment/0"


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
        (lambda d: d.pop("validFrom"), [("/", BADGE)]),
        (lambda d: d.update(issuer=KEY.did), []),
        (lambda d: d.update(type=["VerifiableCredential"]), []),
        (lambda d: d["@context"].insert(1, "https://w3id.org/security/data-integrity/v2"), [("/", BADGE)]),
        (lambda d: d["@context"].append("https://w3id.org/security/data-integrity/v2"), []),
        (lambda d: d["credentialSubject"].update(creditsEarned="3"), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].update(creditsEarned=True), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].update(creditsEarned=3.5), []),
        (lambda d: d["credentialSubject"].update(activityEndDate="in May"), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].update(activityEndDate="2026-01-01"), []),
        (lambda d: d["credentialSubject"].update(activityEndDate="2026-01-01T10:00:00"), []),
        (lambda d: d.update(awardedDate="2026-01-01T10:00:00"), [("/", BADGE)]),
        (lambda d: d.update(awardedDate="2026-01-01T10:00:00+02:00"), []),
        (lambda d: d.update(name=7), [("/", BADGE)]),
        (lambda d: d.update(name={"en": "Bees", "de": "Bienen"}), []),
        (lambda d: d.update(name=[{"@value": "Bees", "@language": "en"}, {"@value": "Bienen", "@language": "de"}]), []),
        (lambda d: d.update(name=["Bees", "Hives"]), [("/", BADGE)]),
        (lambda d: d["credentialSubject"].update(achievement=[achievement(d)]), []),
        (lambda d: d["credentialSubject"].update(achievement=[achievement(d)] * 2), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].update(achievement="https://a.example/"), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d["credentialSubject"].update(source=KEY.did), [(SUBJECT, IN_SUBJECT)]),
        (lambda d: d.update(image="https://fernwald.example/bee.png"), []),
        (lambda d: d.update(image=7), [("/", BADGE)]),
        (lambda d: d.update(image={"id": "https://fernwald.example/bee.png"}), [("/image", clause("Image"))]),
        (lambda d: achievement(d).update(achievementType="Badge"), []),
        (lambda d: achievement(d).update(achievementType="ext:Hive"), []),
        (lambda d: achievement(d).update(achievementType="Hive"), [(f"{SUBJECT}/achievement", IN_BADGE)]),
        (lambda d: achievement(d).update(achievementType=["Badge"]), []),
        (lambda d: achievement(d).update(criteria="One winter."), [(f"{SUBJECT}/achievement", IN_BADGE)]),
        (lambda d: achievement(d).update(criteria={"narrative": 1}), [(f"{SUBJECT}/achievement/criteria", CRITERIA)]),
        (lambda d: achievement(d).update(tag=["bees", 7]), [(f"{SUBJECT}/achievement", IN_BADGE)]),
        (lambda d: achievement(d)["alignment"][0].update(targetType="Skill"), [(ALIGNED, clause("Alignment"))]),
        (
            lambda d: achievement(d).update(
                resultDescription={"id": "urn:r", "type": "ResultDescription", "name": "Mark", "resultType": "Mark"}
            ),
            [(f"{SUBJECT}/achievement/resultDescription", clause("ResultDescription"))],
        ),
        (
            lambda d: d["credentialSubject"].update(result=[{"type": ["Result"], "status": "Provisional"}]),
            [],
        ),
        (
            lambda d: d["credentialSubject"].update(result=[{"type": ["Result"], "status": "ext:Done"}]),
            [(f"{SUBJECT}/result/0", clause("Result"))],
        ),
        (
            lambda d: d["credentialSubject"].update(
                identifier={"type": "IdentityObject", "hashed": "no", "identityHash": "Ada", "identityType": "name"}
            ),
            [(f"{SUBJECT}/identifier", clause("IdentityObject"))],
        ),
        (
            lambda d: d["issuer"].update(address={"type": "Address", "geo": {"type": "GeoCoordinates", "latitude": 1}}),
            [("/issuer/address/geo", clause("GeoCoordinates"))],
        ),
        (lambda d: d["issuer"].update(address={"addressCountry": "AT"}), [("/issuer/address", clause("Address"))]),
        (
            lambda d: d["issuer"].update(parentOrg={"id": "urn:p", "type": "Profile", "dateOfBirth": "1990"}),
            [("/issuer/parentOrg", clause("Profile"))],
        ),
        (lambda d: d.update(credentialSchema={"id": "urn:s"}), [("/credentialSchema", clause("CredentialSchema"))]),
        (lambda d: d.update(credentialStatus={"id": "urn:s"}), [("/credentialStatus", clause("CredentialStatus"))]),
        (lambda d: d.update(refreshService={"type": "R"}), [("/refreshService", clause("RefreshService"))]),
        (lambda d: d.update(termsOfUse=[{"id": "urn:t"}]), [("/termsOfUse/0", clause("TermsOfUse"))]),
        (
            lambda d: d.update(endorsement=[endorsement(name=None)]),
            [("/endorsement/0", clause("EndorsementCredential"))],
        ),
        (lambda d: d.update(endorsement=[endorsement()]), []),
        (
            lambda d: d.update(endorsement=[{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc,"}]),
            [],
        ),
    ],
)
def test_each_rule_is_named_with_its_place(edit: Edit, expected: list[tuple[str, str]]) -> None:
    assert broken(edit) == expected


def test_the_sentence_says_what_is_missing() -> None:
    (fault,) = form.faults(json.dumps({**badge(), "id": None}).encode())
    assert fault.says == "an Open Badge must have “id”."


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda d: d["@context"].insert(1, "urn:x"), "right after the data model's own context"),
        (lambda d: d.update(name=7), "an Open Badge must have a text as its “name”."),
        (lambda d: d.update(name=["Bees", "Hives"]), "an Open Badge must have no more than one “name”."),
        (lambda d: d.update(awardedDate="2026"), "with a time and a zone, such as 2026-03-14T09:00:00Z, as"),
        (lambda d: achievement(d).update(achievementType="Hive"), "AchievementType, or one of its own"),
        (lambda d: achievement(d).update(criteria="One winter."), "must have an object as its “criteria”."),
        (lambda d: achievement(d).update(creditsAvailable="3"), "must have a number as its “creditsAvailable”."),
    ],
)
def test_the_sentence_says_what_the_table_asks_for(edit: Edit, says: str) -> None:
    document = badge()
    edit(document)
    (fault,) = form.faults(json.dumps(document).encode())
    assert says in fault.says


def test_of_the_older_data_model_the_older_name_of_the_date_is_asked_for() -> None:
    document = badge()
    document["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    (fault,) = form.faults(json.dumps(document).encode())
    assert fault.says == "an Open Badge must have “issuanceDate”."
    document["issuanceDate"] = document.pop("validFrom")
    assert form.faults(json.dumps(document).encode()) == ()


def test_claims_of_a_token_may_stand_for_members_of_the_credential_in_it() -> None:
    document = badge()
    document["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    for name in ("id", "issuer", "validFrom"):
        del document[name]
    del document["credentialSubject"]["id"]
    claims = {"iss": KEY.did, "jti": "urn:uuid:1", "sub": "did:example:ada", "nbf": 1767225600}
    assert form.faults(token({**claims, "vc": document})) == ()
    assert [fault.says for fault in form.faults(token({"iss": KEY.did, "vc": document}))] == [
        "an Open Badge must have “id”.",
        "an Open Badge must have “issuanceDate”.",
        "the subject of a badge must have “id” or “identifier”.",
    ]


def token(payload: dict[str, Any]) -> bytes:
    parts = ({"alg": "EdDSA", "typ": "JWT", "kid": f"{KEY.did}#0"}, payload)
    return ".".join((*(base64url.encode(json.dumps(part).encode()) for part in parts), "AA")).encode()


def test_the_table_names_only_types_that_it_has() -> None:
    table = json.loads((ROOT / "portfolio_gen" / "data" / "form.json").read_text("utf-8"))
    known = {*table["classes"], *table["vocabularies"], *table["references"], *form.KINDS}
    rows = [row.split(" ") for rule in table["classes"].values() for row in rule["members"].values()]
    assert {kind for kind, _ in rows} <= known
    assert {multiplicity for _, multiplicity in rows} <= {"1", "0..1", "0..*", "1..*"}
    assert {name for rule in table["classes"].values() for name in rule.get("oneOf", [])} <= {"id", "identifier"}


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda d: d.pop("name"), "a learner record must have “name”."),
        (lambda d: d.update(partial="no"), "a learner record must have true or false as its “partial”."),
        (lambda d: d["@context"].pop(), f"a learner record must name a context that starts with {OB3[:-11]}."),
        (lambda d: d["credentialSubject"].pop("id"), "the subject of a record must have “id” or “identifier”."),
        (
            lambda d: d["credentialSubject"].update(verifiableCredential=["a.b.c"]),
            "the subject of a record must have an object as its “verifiableCredential”.",
        ),
        (
            lambda d: d["credentialSubject"]["association"][0].update(associationType="ext:near"),
            "an association must have a term of AssociationType as its “associationType”.",
        ),
    ],
)
def test_each_rule_of_records_is_named(edit: Edit, says: str) -> None:
    record = json.loads((CREDENTIALS / "higher-certificate.json").read_bytes())
    edit(record)
    (fault,) = form.faults(json.dumps(record).encode())
    assert fault.says == says
    assert fault.clause.startswith("CLR 2.0, B.1, ")


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
    found = [form.faults(path.read_bytes(), place) for place in places]
    if path.name == "summer-school.json":
        # The context of Blockcerts redefines terms of the one of Open Badges, and so cannot stand after it.
        assert ["right after the data model's own context" in fault.says for fault in found[0]] == [True]
    else:
        assert found == [()] * len(places)


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


@pytest.mark.parametrize("family", FAMILIES)
def test_no_file_of_the_vectors_is_too_odd_for_it(family: str) -> None:
    for row in ROWS:
        if row["file"].startswith(f"{family}/"):
            form.faults((VECTORS / row["file"]).read_bytes())


def test_a_type_that_is_no_text_is_left_aside() -> None:
    document = {"@context": "https://w3id.org/openbadges/v2", "type": ["Assertion", {}, ["OpenBadgeCredential"]]}
    assert form.faults(json.dumps({**document, "id": "https://a.example/1", "badge": {}}).encode()) == ()
