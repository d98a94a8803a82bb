"""A file that says more of the learner than mkdocs.yml allows is left out of the site, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, KEY, credential, make_site

from portfolio_gen.cli import run
from portfolio_gen.issuing import sign
from portfolio_gen.personal import Personal
from portfolio_gen.site.build import build

BORN = {"birthDate": "1990-02-03", "contact": {"email": "ada@mail.example"}}
FOUND = (
    Personal("born.json", "/credentialSubject/birthDate", "birthDate"),
    Personal("born.json", "/credentialSubject/contact/email", "email"),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    config_file = make_site(tmp_path / "ada")
    document = json.loads(credential(name="Born"))
    del document["proof"]
    document["credentialSubject"] |= BORN
    signed = sign(document, KEY, suite="eddsa-jcs-2022", created="2026-01-05T10:00:00Z")
    (config_file.parent / "wallet" / "born.json").write_bytes(signed)
    return config_file


def allow(config_file: Path, kinds: str) -> None:
    config_file.write_text(CONFIG + f"      publish_personal: {kinds}\n")


def published(site_dir: Path) -> str:
    return "".join(path.read_text("utf-8", "replace") for path in site_dir.rglob("*") if path.is_file())


def test_the_file_is_withheld_and_the_others_are_published(site: Path) -> None:
    result = build(site)
    assert result.published
    assert result.personal == FOUND
    assert result.withheld == {"birthDate", "email"}
    assert [left.name for left in result.skipped] == ["born.json", "notes.txt"]
    assert "a birth date (/credentialSubject/birthDate), an e-mail address" in result.skipped[0].reason
    assert (result.site_dir / BADGE / "index.html").is_file()
    text = published(result.site_dir)
    assert "1990-02-03" not in text
    assert "ada@mail.example" not in text


@pytest.mark.parametrize("kinds", ["[birthDate]", "[email]", "[postalAddress, nationalId]"])
def test_each_kind_must_be_allowed(site: Path, kinds: str) -> None:
    allow(site, kinds)
    result = build(site)
    assert "born.json" in [left.name for left in result.skipped]
    assert "1990-02-03" not in published(result.site_dir)


def test_what_is_allowed_is_published(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    allow(site, "[email, birthDate]")
    result = build(site)
    assert result.withheld == frozenset()
    assert [left.name for left in result.skipped] == ["notes.txt"]
    assert "1990-02-03" in published(result.site_dir)
    run(["check", "-f", str(site)])
    assert "born.json, /credentialSubject/birthDate: a birth date" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_command_line_says_where_and_how_to_allow_it(
    site: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run([command, "-f", str(site)])
    said = capsys.readouterr()
    assert "Not published: born.json: It says what mkdocs.yml does not allow to be published" in said.out
    assert "(/credentialSubject/contact/email)" in said.out
    assert "does not remove it from the signed file" in said.err
    assert "publish_personal: [birthDate, email]" in said.err
    assert "1990-02-03" not in said.out + said.err


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("[emial]", 'found "emial". Did you mean "email"? Known here: birthDate, nationalId, email, postalAddress.'),
        ("email", "expected a list"),
        ("[1, true]", "found the number 1. found true."),
    ],
)
def test_the_option_is_checked(site: Path, value: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    allow(site, value)
    assert run(["build", "-f", str(site)]) == 2
    error = capsys.readouterr().err
    assert "mkdocs.yml:10: publish_personal: " in error
    assert says in error


def test_a_wallet_of_which_nothing_may_be_published(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.json", "two.json", "notes.txt"):
        (site.parent / "wallet" / name).unlink()
    assert run(["check", "-f", str(site)]) == 3
    assert "No credential was found" not in capsys.readouterr().err
