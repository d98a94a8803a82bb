"""`portfolio-gen add`: what is said of a file before it is copied, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest

from portfolio_gen import cli
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.site import adding

KEY = IssuerKey.from_seed(bytes(range(32)))
CREATED = "2026-01-05T10:00:00Z"
SHORT: dict[str, Any] = {"name": "A badge", "description": "d", "criteria": "c", "issuer": "Nordlicht Academy"}
PRIVATE = '{"kty":"OKP","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}'


def credential(**more: Any) -> bytes:
    return issue({**SHORT, **more}, KEY, created=CREATED)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    for name in ("wallet", "docs"):
        (root / name).mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: Ada\nsite_url: https://ada.example/work\ntheme: {name: portfolio}\nplugins: [portfolio]\n"
    )
    (tmp_path / "good.json").write_bytes(credential())
    monkeypatch.chdir(root)
    return root


def test_it_says_what_it_is_and_where_before_it_copies(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["add", "--yes", "../good.json"]) == 0
    said = capsys.readouterr().out
    assert "“A badge”, from Nordlicht Academy (a verifiable credential" in said
    assert "Signature checks out" in said
    assert "Signature: Unchanged since it was signed" in said
    assert "https://ada.example/work/credentials/a-badge-" in said
    assert "The file is published whole" in said
    assert "Issuer's identifier" in said
    assert (site / "wallet" / "good.json").read_bytes() == (site.parent / "good.json").read_bytes()
    assert [path.name for path in (site / "wallet").iterdir()] == ["good.json"]


def test_without_a_terminal_nothing_is_copied_unasked(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["add", "../good.json"]) == 2
    said = capsys.readouterr()
    assert "A badge" in said.out
    assert "--yes" in said.err
    assert list((site / "wallet").iterdir()) == []


@pytest.mark.parametrize("answer", [True, False])
def test_at_a_terminal_it_asks(
    site: Path, answer: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "confirm", lambda text: (asked.append(text), answer)[1])
    assert cli.run(["add", "../good.json"]) == 0
    assert asked == ["Add it to the wallet as good.json?"]
    assert (site / "wallet" / "good.json").exists() is answer


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (credential(validUntil="2026-01-06"), 3),
        (credential().replace(b"A badge", b"A crown"), 1),
    ],
)
def test_exit_codes_are_those_of_check(site: Path, data: bytes, code: int) -> None:
    Path("../other.json").write_bytes(data)
    assert cli.run(["add", "--yes", "../good.json", "../other.json"]) == code
    assert (site / "wallet" / "other.json").is_file()


def test_a_private_key_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = json.loads(credential())
    for name, data in {
        "key.json": PRIVATE,
        "inside.json": json.dumps({**good, "evidence": [{"id": "urn:x", "type": ["Evidence"], "narrative": PRIVATE}]}),
    }.items():
        Path("..", name).write_text(data)
        assert cli.run(["add", "--yes", f"../{name}"]) == 2
        assert "private key" in capsys.readouterr().err
    assert list((site / "wallet").iterdir()) == []


def test_personal_data_are_named_and_what_allows_them(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("../told.json").write_bytes(credential(description="Write to ada@mail.example."))
    assert cli.run(["add", "--yes", "../told.json"]) == 0
    said = capsys.readouterr().out
    assert "publish_personal: [email]" in said
    assert "does not remove it from the signed file" in said
    Path("mkdocs.yml").write_text(
        "site_name: Ada\ntheme: {name: portfolio}\nplugins:\n  - portfolio: {publish_personal: [email]}\n"
    )
    Path("../more.json").write_bytes(credential(description="Ask ada@mail.example."))
    assert cli.run(["add", "--yes", "../more.json"]) == 0
    assert "publish_personal" not in capsys.readouterr().out


def test_what_is_no_credential_is_refused_with_the_reason(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("../notes.txt").write_text("milk, eggs")
    Path("../good.json.yml").write_text("note: mine\n")
    Path("../readme.txt").write_text("milk")
    assert cli.run(["add", "--yes", "../notes.txt", "../good.json.yml", "../readme.txt", "../good.json"]) == 2
    said = capsys.readouterr().err
    assert "not a credential" in said
    assert "your words about another file" in said
    assert "taken for a note" in said
    assert [path.name for path in (site / "wallet").iterdir()] == ["good.json"]
    assert cli.run(["add", "../gone.json"]) == 2
    assert cli.run(["add", ".."]) == 2


def test_nothing_is_written_over(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = credential(name="Another")
    (site / "wallet" / "good.json").write_bytes(other)
    assert cli.run(["add", "--yes", "../good.json"]) == 2
    assert "--name good-2.json" in capsys.readouterr().err
    assert (site / "wallet" / "good.json").read_bytes() == other
    assert cli.run(["add", "--yes", "--name", "good-2.json", "../good.json"]) == 0
    assert (site / "wallet" / "good-2.json").read_bytes() == credential()


def test_the_same_file_is_not_copied_twice_and_the_same_identifier_is_told(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "wallet" / "mine.json").write_bytes(credential())
    assert cli.run(["add", "--yes", "../good.json"]) == 0
    assert "in the wallet already: mine.json" in capsys.readouterr().out
    assert not (site / "wallet" / "good.json").exists()
    again = {**json.loads(credential()), "name": "B"}
    Path("../again.json").write_text(json.dumps(again))
    assert cli.run(["add", "--yes", "../again.json"]) == 1
    assert "same identifier: mine.json" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden.json", "a/b.json", "..\\b.json", "a\nb.json", "CON:.json", "x" * 200, " x.json"]
)
def test_names_that_are_none_are_refused(site: Path, name: str) -> None:
    desk = adding.Desk(site / "wallet", CREATED)
    with pytest.raises(adding.AddError, match="cannot be the name"):
        adding.look(desk, name, credential())


def test_whoever_was_quicker_keeps_their_file(site: Path) -> None:
    desk = adding.Desk(site / "wallet", CREATED)
    offer = adding.look(desk, "good.json", credential())
    (site / "wallet" / "good.json").write_text("quicker")
    with pytest.raises(adding.AddError, match=r"good-2\.json"):
        adding.add(desk, offer)
    with pytest.raises(FileExistsError):
        adding._put(site / "wallet" / "good.json", b"x")
    assert (site / "wallet" / "good.json").read_text() == "quicker"
    assert [path.name for path in (site / "wallet").iterdir()] == ["good.json"]


def test_what_is_larger_than_any_credential_is_refused(site: Path) -> None:
    with pytest.raises(adding.AddError, match="Too large"):
        adding.look(adding.Desk(site / "wallet", CREATED), "big.json", b" " * (4 * 1024 * 1024 + 1))


def test_words_that_wait_for_a_file_are_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "wallet" / "good.yml").write_text("note: My first\n")
    assert cli.run(["add", "--yes", "../good.json"]) == 0
    assert "good.yml in the wallet would be about it" in capsys.readouterr().out


def test_a_file_after_which_a_build_would_stop_is_refused(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "wallet" / "good.yml").write_text("note: My first\n")
    (site / "wallet" / "good.jwt").write_bytes(b"e30.e30.")
    assert cli.run(["add", "--yes", "../good.json"]) == 2
    assert "It may belong to good.jwt or good.json" in capsys.readouterr().err
    assert not (site / "wallet" / "good.json").exists()
    assert cli.run(["add", "--yes", "--name", "better.json", "../good.json"]) == 0
