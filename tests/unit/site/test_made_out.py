"""What the owner declares as theirs: which credentials match is said, in their words; the identifiers never are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_site import BADGE, CONFIG, KEY, credential, make_site

from portfolio_gen.cli import run
from portfolio_gen.errors import ConfigError
from portfolio_gen.holders import holders_of, parse
from portfolio_gen.issuing import sign
from portfolio_gen.site.build import build

MAIL = "ada.secret@mail.example"
HOLDERS = f"email: {MAIL}\ndid: [did:example:ada-secret]\nid: S-1815-secret\nname: Ada Secret\n"


def made_out(name: str, **subject: Any) -> bytes:
    document = json.loads(credential(name=name))
    del document["proof"]
    document["credentialSubject"] |= subject
    return sign(document, KEY, suite="eddsa-jcs-2022", created="2026-01-05T10:00:00Z")


def hashed() -> dict[str, Any]:
    from hashlib import sha256

    value = "sha256$" + sha256((MAIL + "bee").encode()).hexdigest()
    return {"identifier": [{"hashed": True, "identityHash": value, "identityType": "emailAddress", "salt": "bee"}]}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    config_file = make_site(tmp_path / "ada")
    (config_file.parent / "wallet" / "mine.json").write_bytes(made_out("Mine", **hashed()))
    (config_file.parent / "wallet" / "other.json").write_bytes(made_out("Other", id="did:example:eve"))
    (config_file.parent / "holders.yml").write_text(HOLDERS)
    config_file.write_text(CONFIG + "      made_out_to_others: [other.json]\n")
    return config_file


def test_pages_say_whom_they_are_made_out_to_and_no_identifier(site: Path) -> None:
    result = build(site)
    assert result.published
    pages = {
        path.parent.name.rpartition("-")[0]: path.read_text()
        for path in result.site_dir.glob("credentials/*/index.html")
    }
    assert "Made out to an identifier that the site&#39;s owner declared (e-mail, hashed)." in pages["mine"]
    assert "Made out to someone else." in pages["other"]
    assert "Does not say whom it is about." in (result.site_dir / BADGE / "index.html").read_text()
    assert "the owner&#39;s word" in pages["mine"]
    assert "data-owner><p>Made out" in pages["mine"]
    for path in result.site_dir.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [
                word
                for word in (MAIL, "did:example:ada-secret", "S-1815-secret", "Ada Secret")
                if word.encode() in data
            ]
    assert not list(result.site_dir.rglob("holders*"))


def test_without_a_declaration_nothing_is_said(site: Path) -> None:
    (site.parent / "holders.yml").unlink()
    result = build(site)
    assert "pf-madeout" not in "".join(path.read_text() for path in result.site_dir.glob("credentials/*/index.html"))


@pytest.mark.parametrize("command", ["build", "check"])
def test_somebody_elses_stops_the_build(site: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    site.write_text(CONFIG)
    assert run([command, "-f", str(site)]) == 2
    said = capsys.readouterr()
    assert "someone else than holders.yml (or PORTFOLIO_HOLDERS) declares: other.json." in said.err
    assert MAIL not in said.out + said.err
    assert not (site.parent / "site").exists()


def test_the_declaration_may_come_from_the_environment(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site.parent / "holders.yml").unlink()
    monkeypatch.setenv("PORTFOLIO_HOLDERS", HOLDERS)
    result = build(site)
    assert "(e-mail, hashed)" in "".join(
        path.read_text() for path in result.site_dir.glob("credentials/mine-*/index.html")
    )
    monkeypatch.setenv("PORTFOLIO_HOLDERS", "")
    assert holders_of(site.parent, {"PORTFOLIO_HOLDERS": ""}) == {}


@pytest.mark.parametrize("place", ["holders.yml", "deep/Holders.yml"])
def test_a_declaration_among_the_pages_is_refused(site: Path, place: str) -> None:
    (site.parent / "docs" / place).write_text(HOLDERS)
    with pytest.raises(Exception, match="would be published"):
        build(site)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("mail: x@y.example", ["h:1: this kind is not known. Known here: email, did, url, phone, name, id."]),
        (
            "email: 7\nid: [true, '', ok]",
            [
                "h:1: email: expected text; put it in quotes.",
                "h:2: id: expected text; put it in quotes.",
                "h:2: id: expected text.",
            ],
        ),
        ("- secret@mail.example", ["h:1: expected some of email, did, url, phone, name, id, each with one or a list."]),
    ],
)
def test_what_is_wrong_is_said_at_once_and_repeats_nothing(text: str, faults: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        parse("h", text)
    assert [str(error) for error in caught.value.errors] == faults
    assert "secret" not in str(caught.value)


def test_one_text_or_a_list() -> None:
    assert parse("h", "email: a@b.example\ndid: [x, y]\n") == {"email": ("a@b.example",), "did": ("x", "y")}
    assert parse("h", "") == {}


def test_the_command_line_asks_too(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = site.parent / "wallet" / "mine.json"
    assert run(["verify", "--holders", str(site.parent / "holders.yml"), str(file)]) == 0
    said = capsys.readouterr().out
    assert "Made out to: It is made out to an identifier that was declared. (email, sha256)" in said
    assert MAIL not in said
    assert run(["verify", "--holders", str(site.parent / "none.yml"), str(file)]) == 2


def test_the_command_line_asks_of_all_files_of_a_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(build(site).site_dir)
    assert run(["verify", "--json", "--holders", str(site.parent / "holders.yml"), folder]) == 0
    said = capsys.readouterr().out
    codes = [report["checks"]["recipient"]["code"] for report in json.loads(said)["reports"]]
    assert sorted(codes) == ["MATCH", "NO_SUBJECT", "NO_SUBJECT", "OTHER"]
    assert MAIL not in said


def test_another_declaration_is_asked_anew(site: Path) -> None:
    from portfolio_gen.site.gather import Checker

    checker, wallet = Checker(), site.parent / "wallet"
    first = checker.gather(wallet, "2026-02-01T00:00:00Z", holders={"did": ("did:example:eve",)})
    again = checker.gather(wallet, "2026-02-01T00:00:00Z", holders={"did": ("did:example:ada",)})
    assert first.strangers == ()
    assert again.strangers == ("other.json",)
