"""A portfolio that its holder signed: the file, the command, and what a build says when it no longer fits."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from portfolio_cases import ABOUT, ADDRESS, CASES, CREATED, HOLDER, NOW, A, Case

from portfolio_gen.cli import run
from portfolio_gen.issuing import IssuingError, issue, write_key
from portfolio_gen.portfolio_proof import FILE, check, normal, sign
from portfolio_gen.site.build import build
from portfolio_gen.verifier import verify

CONFIG = """\
site_name: Ada
site_url: https://ada.example/work/
theme:
  name: portfolio
plugins:
  - portfolio
"""
SHORT = {"description": "d", "criteria": "c", "issuer": "Nordlicht"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case) -> None:
    found = asdict(check(case.data, case.now, case.address, case.files))
    nothing: dict[str, Any] = {"holder": "", "domain": "", "created": "", "count": 0, "added": (), "gone": ()}
    wanted = nothing | {name: tuple(one) if isinstance(one, list) else one for name, one in case.found.items()}
    assert found == {"code": case.code, **wanted}


def test_codes_are_all_there() -> None:
    codes = {"SIGNED", "NONE_ISSUED", "OTHER_ADDRESS", "LIST_DIFFERS", "NOT_SIGNED", "MALFORMED"}
    assert {case.code for case in CASES} == codes


def test_the_file_is_a_presentation_that_any_verifier_reads() -> None:
    data = sign(HOLDER, "https://ADA.example/work", [A, A], CREATED)
    report = verify(data, now=NOW)
    assert (report.format, report.verdict) == ("presentation", "verified")
    assert report.checks["signature"].detail["domains"] == [ADDRESS]
    assert json.loads(data)["digests"] == [A]
    assert json.loads(data)["proof"]["proofPurpose"] == "authentication"
    assert ABOUT["holder"] == json.loads(data)["holder"]


@pytest.mark.parametrize(("address", "digests"), [("ada.example", [A]), ("", [A]), (ADDRESS, [])])
def test_what_cannot_be_signed(address: str, digests: list[str]) -> None:
    with pytest.raises(IssuingError):
        sign(HOLDER, address, digests, CREATED)


def test_one_form_of_an_address() -> None:
    assert normal("HTTPS://Ada.Example/Work") == "https://ada.example/Work/"
    assert normal("ftp://ada.example/") == ""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "ada"
    (root / "wallet").mkdir(parents=True)
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text(CONFIG)
    mine = {**SHORT, "name": "Mine", "recipient": {"id": HOLDER.did}}
    (root / "wallet" / "mine.json").write_bytes(issue(mine, HOLDER, created=CREATED))
    (root / "wallet" / "other.json").write_bytes(issue({**SHORT, "name": "Other"}, HOLDER, created=CREATED))
    write_key(HOLDER, tmp_path / "holder.key.json")
    return root / "mkdocs.yml"


def signs(site: Path, *more: str) -> int:
    return run(["sign", "-f", str(site), "--key", str(site.parent.parent / "holder.key.json"), *more])


def stale(site: Path) -> list[str]:
    return [text for text in build(site).warnings if FILE in text]


def test_the_command_signs_and_the_build_publishes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert signs(site, "--created", CREATED) == 0
    said = capsys.readouterr().out
    assert "Signed 2 files for https://ada.example/work/" in said
    assert f"Issued to {HOLDER.did}: 1 credential." in said
    result = build(site)
    assert result.warnings == ()
    assert (result.site_dir / FILE).read_bytes() == (site.parent / FILE).read_bytes()
    assert "data-portfolio-proof" in (result.site_dir / "index.html").read_text()
    assert "secretKey" not in (result.site_dir / FILE).read_text()


def test_without_a_signature_nothing_is_said(site: Path) -> None:
    result = build(site)
    assert not (result.site_dir / FILE).exists()
    assert "data-portfolio-proof" not in (result.site_dir / "index.html").read_text()


def test_a_build_says_when_it_no_longer_fits(site: Path) -> None:
    signs(site)
    (site.parent / "wallet" / "new.json").write_bytes(issue({**SHORT, "name": "New"}, HOLDER, created=CREATED))
    assert ["not in what was signed: new.json; signed, and no longer there: 0" in text for text in stale(site)] == [
        True
    ]
    (site.parent / "wallet" / "new.json").unlink()
    (site.parent / "wallet" / "other.json").unlink()
    assert ["not in what was signed: none; signed, and no longer there: 1" in text for text in stale(site)] == [True]


def test_a_build_says_that_the_address_is_another(site: Path) -> None:
    signs(site, "--address", "https://old.example/")
    assert [
        "signed for https://old.example/, and the site is published at https://ada" in text for text in stale(site)
    ] == [True]
    site.write_text(CONFIG.replace("site_url", "# site_url"))
    assert stale(site) == []


@pytest.mark.parametrize("data", [b"x", b"{}", b'{"digests": []}'])
def test_a_build_says_that_it_does_not_check_out(site: Path, data: bytes) -> None:
    (site.parent / FILE).write_bytes(data)
    assert ["does not check out" in text for text in stale(site)] == [True]


def test_what_the_command_refuses(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site.write_text(CONFIG.replace("site_url", "# site_url"))
    assert signs(site) == 2
    assert "--address" in capsys.readouterr().err
    write_key(HOLDER, site.parent / "wallet" / "holder.key.json")
    assert run(["sign", "-f", str(site), "--key", str(site.parent / "wallet" / "holder.key.json")]) == 2
    assert "is published" in capsys.readouterr().err


def test_a_key_to_which_nothing_was_issued_is_told(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site.parent / "wallet" / "mine.json").unlink()
    assert signs(site) == 0
    assert "none of the credentials was issued" in capsys.readouterr().err
