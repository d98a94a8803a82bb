"""The portfolio in other forms: against the published schema, harmless to spreadsheets, originals as they were."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest

from portfolio_gen import exports, form
from portfolio_gen.exports.table import harmless
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.pages import Entry, SiteInfo, slugged
from portfolio_gen.verifier import verify
from portfolio_gen.wallet import WalletFile

ROOT = Path(__file__).resolve().parents[3]
BROWSER = ROOT / "portfolio_gen/browser"
SCHEMA = BROWSER / "node_modules/@jsonresume/schema/schema.json"
KEY = IssuerKey.from_seed(bytes(range(32)))
NOW = "2026-06-01T12:00:00Z"
SITE = SiteInfo(
    "Ada Example",
    "Mathematician",
    "About me.",
    ({"title": "Write to me", "url": "mailto:ada@example.org"}, {"title": "Code", "url": "https://code.example/ada"}),
    "ada.png",
)
URL = "https://ada.example/portfolio/"


def credential(name: str = "A badge", **more: Any) -> bytes:
    document = {"name": name, "description": "d", "criteria": "c", "issuer": "Nordlicht Academy", **more}
    return issue(document, KEY, created="2026-01-05T10:00:00Z")


def entries_of(files: dict[str, bytes], now: str = NOW) -> tuple[Entry, ...]:
    read = [WalletFile(name, data, hashlib.sha256(data).hexdigest()) for name, data in files.items()]
    return slugged((file, verify(file.data, now=now)) for file in read)


@pytest.fixture(scope="module")
def demo() -> tuple[Entry, ...]:
    """The files of the demo's wallet that are credentials."""
    wallet = ROOT / "sample_wallet/credentials"
    files = {
        path.name: path.read_bytes() for path in sorted(wallet.iterdir()) if path.suffix in (".json", ".jwt", ".png")
    }
    return entries_of(files)


def made(name: str, entries: Sequence[Entry], site_url: str = URL) -> str:
    return b"".join(exports.pieces(name, entries, SITE, site_url)).decode()


def known(value: Any, schema: Any) -> bool:
    """Whether the schema names each property: it lets others pass."""
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        extra = set(value) - set(properties) - {"$schema", "validUntil", "credential", "note"}
        return not extra and all(
            known(item, properties.get(name, {})) for name, item in value.items() if name in properties
        )
    return all(known(item, schema.get("items", {})) for item in value) if isinstance(value, list) else True


@pytest.mark.parametrize("site_url", [URL, ""])
def test_a_json_resume_is_valid_by_the_published_schema(demo: tuple[Entry, ...], site_url: str) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    resume = json.loads(made("json-resume", demo, site_url))
    jsonschema.Draft7Validator(schema).validate(resume)
    assert known(resume, schema)
    assert len(resume["certificates"]) + len(resume["education"]) == len(demo)
    addresses = re.findall(r'"(?:url|image|canonical|credential)": "([^"]*)"', json.dumps(resume))
    assert [address for address in addresses if urlsplit(address).scheme not in ("http", "https")] == []
    assert any(address.startswith(URL) for address in addresses) == bool(site_url)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(schema).validate({**resume, "certificates": [{"date": "5 May"}]})


def test_what_a_resume_says_of_the_owner_and_the_credentials() -> None:
    degree = credential("Mathematics", type="BachelorDegree", validFrom="2020-07-01T00:00:00Z")
    badge = credential("Weaving", validFrom="2021-02-03T00:00:00Z", validUntil="2024-02-03T00:00:00Z")
    resume = json.loads(made("json-resume", entries_of({"degree.json": degree, "badge.json": badge})))
    assert resume["basics"]["name"] == "Ada Example"
    assert resume["basics"]["label"] == "Mathematician"
    assert resume["basics"]["email"] == "ada@example.org"
    assert resume["basics"]["image"] == f"{URL}ada.png"
    assert resume["basics"]["profiles"] == [{"network": "Code", "url": "https://code.example/ada"}]
    [education], [certificate] = resume["education"], resume["certificates"]
    assert (education["area"], education["studyType"], education["endDate"]) == (
        "Mathematics",
        "BachelorDegree",
        "2020-07-01",
    )
    assert certificate["name"] == "Weaving"
    assert (certificate["date"], certificate["validUntil"]) == ("2021-02-03", "2024-02-03")
    assert certificate["url"].startswith(f"{URL}credentials/weaving-")
    assert "not signed" in resume["meta"]["note"]


def test_a_resume_leaves_out_what_does_not_check_out() -> None:
    forged = credential().replace(b"A badge", b"A crown")
    entries = entries_of({"good.json": credential("Good"), "forged.json": forged})
    assert [row["name"] for row in json.loads(made("json-resume", entries))["certificates"]] == ["Good"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("http://x","y")', "|cmd", "%0A"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    assert harmless("A = B") == "A = B"


@pytest.mark.parametrize(
    ("cell", "written"), [("X;=1+1", "X;'=1+1"), ("X; @A1;-2", "X; '@A1;'-2"), ("a; b - c", "a; b - c")]
)
def test_no_cell_is_a_formula_where_semicolons_separate(cell: str, written: str) -> None:
    assert harmless(cell) == written


def test_a_table_has_a_row_for_each_credential_and_no_formula() -> None:
    files = {"a.json": credential('=HYPERLINK("http://evil.example";"x")'), "b.json": credential("Two, with “quotes”")}
    text = made("csv", entries_of(files))
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(head)}
    assert sorted(row[0] for row in rows) == ['\'=HYPERLINK("http://evil.example";"x")', "Two, with “quotes”"]
    assert {row[-1] for row in rows} == {hashlib.sha256(data).hexdigest() for data in files.values()}
    assert all(row[6].startswith(f"{URL}credentials/") for row in rows)
    assert text.count("\r\n") == 3


def test_the_record_holds_every_original_and_the_credentials_in_it_still_check_out(demo: tuple[Entry, ...]) -> None:
    text = made("clr", demo)
    record = json.loads(text)
    inside = record["credentialSubject"]["verifiableCredential"]
    files = {entry.original: entry for entry in demo}
    assert len(inside) == len(files)
    objects = [item for item in inside if item["type"] != "EnvelopedVerifiableCredential"]
    packed = [item["id"] for item in inside if item["type"] == "EnvelopedVerifiableCredential"]
    originals = [json.loads(one.file.data) for one in files.values() if one.file.name.endswith(".json")]
    assert [one for one in objects if one not in originals] == []
    data = {base64.b64decode(url.partition(";base64,")[2]) for url in packed if ";base64," in url}
    assert data <= {entry.file.data for entry in demo}
    assert len(objects) + len(data) + sum(";base64," not in url for url in packed) == len(inside)
    report = verify(text.encode(), now=NOW)
    assert (report.format, report.checks["signature"].code) == ("clr2-json", "NO_PROOF")
    found = [inner.verdict for inner in report.inner if inner.format in ("vc1-json", "vc2-json")]
    expected = [one.report.verdict for one in demo if one.report.format in ("vc1-json", "vc2-json") and not one.place]
    assert sorted(found) == sorted(expected)
    assert found.count("verified") > 5


def test_the_record_keeps_the_rules_of_its_form(demo: tuple[Entry, ...]) -> None:
    assert form.faults(made("clr", demo).encode()) == ()
    broken = json.loads(made("clr", demo))
    del broken["credentialSubject"]["verifiableCredential"]
    assert form.faults(json.dumps(broken).encode())


VALIDATE = """
import { readFileSync } from 'node:fs';
import { UnsignedClrCredentialValidator } from '@learncard/types';
const faults = (record) => UnsignedClrCredentialValidator.safeParse(record).error?.issues.map(({ path }) => path) ?? [];
console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(faults)));
"""


@pytest.mark.parametrize("site_url", [URL, ""])
def test_the_record_is_valid_by_the_schema_of_others(
    demo: tuple[Entry, ...], node: Callable[..., Any], site_url: str
) -> None:
    record = json.loads(made("clr", demo, site_url))
    broken = [
        {name: value for name, value in record.items() if name != "issuer"},
        {**record, "type": "ClrCredential"},
        {**record, "credentialSubject": {"name": SITE.name}},
        {**record, "credentialSubject": {**record["credentialSubject"], "association": [{"type": ["Association"]}]}},
    ]
    done = node("--input-type=module", "-e", VALIDATE, stdin=json.dumps([record, *broken]), cwd=BROWSER)
    valid, *faulty = json.loads(done.stdout)
    assert valid == []
    assert all(faulty), faulty


@pytest.mark.parametrize("name", exports.EXPORTS)
def test_the_same_credentials_give_the_same_bytes(demo: tuple[Entry, ...], name: str) -> None:
    assert made(name, demo) == made(name, tuple(reversed(demo)))


@pytest.mark.parametrize("name", exports.EXPORTS)
def test_without_credentials_there_is_still_a_file(name: str) -> None:
    assert made(name, ())
