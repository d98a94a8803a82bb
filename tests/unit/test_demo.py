"""The demo's wallet is what its script makes, and every file of it gets the verdict that the demo is there to show."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mkdocs.utils import yaml_load

from portfolio_gen.format import picture
from portfolio_gen.pages import slugged
from portfolio_gen.pdf import told
from portfolio_gen.sidecar import is_sidecar
from portfolio_gen.verifier import verify
from portfolio_gen.wallet import collect

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_wallet"
NOW = "2026-11-24T12:00:00Z"

# file: format, verdict, suites, and the one check that the visitor should understand from it
EXPECTED = {
    "remote-team": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("dates", "OK")),
    "sustainable-business": ("vc2-json", "verified", ["eddsa-jcs-2022"], ("dates", "OK")),
    "data-analyst": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("dates", "OK")),
    "inclusion": ("vc2-json", "verified", ["eddsa-jcs-2022"], ("dates", "OK")),
    "threat-mitigation": ("vc2-json", "verified", ["eddsa-jcs-2022", "eddsa-rdfc-2022"], ("dates", "OK")),
    "course-foundations": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("dates", "OK")),
    "course-forecasting": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("dates", "OK")),
    "course-decisions": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("dates", "OK")),
    "programme": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("dates", "OK")),
    "english": ("vc1-json", "verified", ["Ed25519Signature2020"], ("dates", "OK")),
    "own-project": ("vc2-json", "verified", ["eddsa-rdfc-2022"], ("signer", "OK")),
    "first-aid": ("vc2-json", "expired", ["eddsa-jcs-2022"], ("dates", "EXPIRED")),
    "data-protection": ("vc2-json", "partly-checked", ["eddsa-rdfc-2022"], ("status", "LIST_NOT_LOOKED_UP")),
    "open-data-day": ("ob2-hosted", "cannot-check", None, ("signature", "HOSTED")),
}
# The other forms: format, verdict, the check to understand, and the verdicts inside.
OTHERS = {
    "van-charging.jwt": ("vc-jwt", "verified", ("signer", "OK"), []),
    "mediation.jwt": ("vc-jwt", "verified", ("signer", "OK"), []),
    "bicycle.png": ("png", "verified", ("signer", "OK"), []),
    "energy-volunteer.svg": ("svg", "verified", ("signer", "OK"), []),
    "application.json": ("presentation", "verified", ("signer", "OK"), ["verified", "verified"]),
    "open-streets.jwt": ("ob2-jws", "cannot-check", ("signature", "KEY_NOT_RESOLVED"), []),
    "higher-certificate.json": ("clr2-json", "verified", ("signer", "OK"), ["verified", "verified", "verified"]),
    "summer-school.json": ("blockcerts-v3", "cannot-check", ("signature", "ANCHOR_NOT_LOOKED_UP"), []),
    "low-carbon-freight.json": ("jws-json", "partly-checked", ("signer", "CERTIFICATE_NOT_ANCHORED"), []),
    "forklift.txt": ("sd-jwt", "verified", ("signer", "OK"), []),
    "evening-classes.zip": ("archive", "cannot-check", ("signature", "CONTAINER"), ["verified", "verified"]),
    "reference.pdf": ("pdf", "cannot-check", ("readable", "CHECKED_AT_BUILD"), []),
    "depot-days.url": ("link", "cannot-check", ("readable", "LINK_ONLY"), []),
}
EVIDENCE = {"charging-plan.csv"}
WITHOUT_PICTURE = {"english", "open-data-day"}


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_wallet_make", SAMPLE / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(SAMPLE))
    spec.loader.exec_module(module)
    return module


def data(name: str) -> bytes:
    return (SAMPLE / "credentials" / f"{name}.json").read_bytes()


def subject(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data(name))["credentialSubject"]
    return found


def test_the_script_makes_the_committed_files(make: ModuleType) -> None:
    assert make.differences() == []


def test_a_changed_a_missing_and_a_foreign_file_are_told(make: ModuleType, tmp_path: Path) -> None:
    for name, content in make.wallet().items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "english.json").write_bytes(b"{}")
    (tmp_path / "programme.json").unlink()
    (tmp_path / "extra.json").write_bytes(b"{}")
    assert make.differences(tmp_path) == [
        "english.json: differs",
        "extra.json: not made here",
        "programme.json: missing",
    ]


def test_every_file_has_an_expectation() -> None:
    files = {path.name for path in (SAMPLE / "credentials").iterdir() if not is_sidecar(path.name)}
    assert files == {f"{name}.json" for name in EXPECTED} | set(OTHERS) | EVIDENCE


@pytest.mark.parametrize("name", EXPECTED)
def test_verdict(name: str) -> None:
    format, verdict, suites, (check, code) = EXPECTED[name]
    report = verify(data(name), now=NOW)
    assert (report.format, report.verdict, report.checks[check].code) == (format, verdict, code)
    assert report.checks["signature"].detail.get("suites") == suites


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("now", [NOW, "2036-09-01T00:00:00Z"])
def test_verdict_of_other_forms(name: str, now: str) -> None:
    format, verdict, (check, code), inside = OTHERS[name]
    report = verify((SAMPLE / "credentials" / name).read_bytes(), now=now)
    assert (report.format, report.verdict, report.checks[check].code) == (format, verdict, code)
    assert [inner.verdict for inner in report.inner] == inside


def test_the_letter_s_signature_is_good() -> None:
    _, says = told((SAMPLE / "credentials" / "reference.pdf").read_bytes(), NOW)
    assert says.startswith(
        "The whole file is unchanged since the key of “Common Name: Tidal Freight Cooperative” signed"
    )


def test_the_record_s_endorsement_names_what_it_stands_in() -> None:
    report = verify((SAMPLE / "credentials" / "higher-certificate.json").read_bytes(), now=NOW)
    endorsed = next(fact.value for fact in report.inner[2].credential if fact.field == "endorsed")
    assert endorsed in [fact.value for fact in report.credential if fact.field == "achievementId"]


def test_what_is_not_the_first_story_stands_apart() -> None:
    apart = {f"{name}.yml" for name in (*OTHERS, "open-data-day.json")}
    sidecars = {path.name: path.read_text("utf-8") for path in (SAMPLE / "credentials").glob("*.yml")}
    assert set(sidecars) == apart
    assert [name for name, text in sidecars.items() if "stack: Earlier and elsewhere" not in text] == [
        "depot-days.url.yml"
    ]


def test_most_of_the_demo_checks_out_and_the_expired_one_expired_in_2025() -> None:
    verdicts = [verify(data(name), now=NOW).verdict for name in EXPECTED]
    assert verdicts.count("verified") == 11
    assert verify(data("first-aid"), now="2025-03-10T00:04:00Z").verdict == "verified"


@pytest.mark.parametrize("name", EXPECTED)
def test_the_demo_stays_as_it_is_for_years(name: str) -> None:
    assert verify(data(name), now="2036-09-01T00:00:00Z").verdict == EXPECTED[name][1]


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - {"open-data-day"}))
def test_any_changed_letter_is_found(name: str) -> None:
    changed = data(name).replace(b"Noor", b"Nora") if name != "english" else data(name).replace(b"Reaches", b"reaches")
    assert changed != data(name)
    assert verify(changed, now=NOW).checks["signature"].code == "SIGNATURE_INVALID"


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - WITHOUT_PICTURE))
def test_the_picture_is_inside_what_was_signed_and_small(name: str) -> None:
    facts = [fact for fact in verify(data(name), now=NOW).credential if fact.field == "image"]
    found = picture(facts[0])
    assert found is not None
    extension, content = found
    assert extension == "svg"
    assert content == (SAMPLE / "art" / f"{name}.svg").read_bytes()
    assert len(content) <= 4096


@pytest.mark.parametrize("path", sorted((SAMPLE / "art").glob("*.svg")), ids=lambda path: path.name)
def test_art_holds_shapes_only(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<(text|script|style|image|use|foreignObject)|href|url\((?!#)|\bon\w+=", text)


@pytest.mark.parametrize("name", [*(f"{name}.json" for name in EXPECTED), *OTHERS])
def test_addresses_are_fictional(name: str) -> None:
    text = (SAMPLE / "credentials" / name).read_bytes().decode("latin-1")
    parts = re.findall(r"[A-Za-z0-9_-]{40,}", text) if name.endswith((".jwt", ".txt")) else []
    text += "".join(base64.urlsafe_b64decode(part + "==").decode("latin-1") for part in parts)
    hosts = re.findall(r"https?://([a-z0-9.-]+)", text)
    contexts = {"www.w3.org", "w3id.org", "purl.imsglobal.org", "data.europa.eu", "publications.europa.eu"}
    assert [host for host in hosts if host not in contexts and not host.endswith(".example")] == []


def test_five_micro_credentials_have_all_that_the_demo_promises() -> None:
    fields = {"image", "skill", "skillFramework", "criteria", "evidenceNarrative", "evidenceAudience", "resultValue"}
    for name in list(EXPECTED)[:5]:
        assert subject(name)["achievement"]["achievementType"] == "MicroCredential"
        assert fields <= {fact.field for fact in verify(data(name), now=NOW).credential}


def test_three_courses_add_up_to_the_programme() -> None:
    courses = [subject(f"course-{course}") for course in ("foundations", "forecasting", "decisions")]
    programme = subject("programme")
    related = [entry["id"] for entry in programme["achievement"]["related"]]
    assert related == [course["achievement"]["id"] for course in courses]
    assert programme["creditsEarned"] == sum(course["creditsEarned"] for course in courses)
    assert [result["value"] for result in programme["result"]][:3] == [
        course["result"][0]["value"] for course in courses
    ]
    issuers = {json.loads(data(name))["issuer"]["id"] for name in EXPECTED if name.startswith(("course-", "programme"))}
    assert len(issuers) == 1


def test_the_self_issued_one_is_signed_by_its_recipient_and_no_other_is() -> None:
    learner = subject("own-project")["id"]
    signed = set(EXPECTED) - {"open-data-day"}
    assert {subject(name)["id"] for name in signed} == {learner}
    assert {name for name in signed if json.loads(data(name))["issuer"]["id"] == learner} == {"own-project"}


def test_mkdocs_file_names_the_demo() -> None:
    config = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    options = next(row["portfolio"] for row in config["plugins"] if isinstance(row, dict) and "portfolio" in row)
    assert (config["docs_dir"], options["wallet"]) == ("sample_wallet/pages", "sample_wallet/credentials")
    assert options["name"] == subject("own-project")["name"]


def test_the_demo_page_links_to_credentials_that_there_are() -> None:
    wallet = collect(SAMPLE / "credentials")
    files = [file for file in wallet.files if file.name not in EVIDENCE]
    slugs = {entry.slug for entry in slugged((file, verify(file.data, now=NOW)) for file in files)}
    assert len(slugs) == 31
    linked = re.findall(r'href="\.\./credentials/([^"/]+)/"', (SAMPLE / "pages" / "demo.md").read_text("utf-8"))
    assert len(linked) == 11
    assert set(linked) <= slugs
