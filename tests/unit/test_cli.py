"""The command line: exit codes as DESIGN 2.4 says, messages for people, and never a traceback."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from vector_rows import ROWS, VECTORS

from portfolio_gen import __version__, cli
from portfolio_gen.issuing import IssuerKey, issue, read_key
from portfolio_gen.limits import LIMITS
from portfolio_gen.report import Check, Report
from portfolio_gen.vocabulary import vocabulary

KEY = IssuerKey.from_seed(bytes(range(32)))
CREATED = "2026-01-05T10:00:00Z"
NOW = "2026-02-01T00:00:00Z"
SHORT: dict[str, Any] = {"name": "A badge", "description": "d", "criteria": "c", "issuer": "Nordlicht Academy"}


def credential(**more: Any) -> bytes:
    return issue({**SHORT, **more}, KEY, created=CREATED)


@pytest.fixture
def cwd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def wallet(cwd: Path) -> Path:
    """Files of every kind: good, expired, forged, unsigned, no credential."""
    good = credential()
    unsigned = {name: value for name, value in json.loads(good).items() if name != "proof"}
    (cwd / "good.json").write_bytes(good)
    (cwd / "expired.json").write_bytes(credential(validUntil="2026-01-06"))
    (cwd / "forged.json").write_bytes(good.replace(b"A badge", b"A crown"))
    (cwd / "unsigned.json").write_text(json.dumps(unsigned))
    (cwd / "notes.txt").write_text("milk, eggs")
    return cwd


def verify(*arguments: str) -> int:
    return cli.run(["verify", "--now", NOW, *arguments])


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["good.json"], 0),
        (["good.json", "good.json"], 0),
        (["good.json", "expired.json"], 3),
        (["unsigned.json"], 3),
        (["good.json", "notes.txt"], 3),
        (["good.json", "unsigned.json", "forged.json"], 1),
        (["notes.txt", "forged.json"], 1),
        (["notes.txt"], 2),
        (["."], 1),
    ],
)
def test_exit_codes_of_verify(wallet: Path, files: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(*files) == code
    assert verify("--json", *files) == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("verdict", list(vocabulary()["verdicts"]))
def test_exit_code_of_every_verdict(verdict: str) -> None:
    report = Report("", "vc2-json", verdict, {"readable": Check.of("readable", "OK")})
    good = Report("", "vc2-json", "verified", {"readable": Check.of("readable", "OK")})
    expected = {"verified": 0, "failed": 1, "revoked": 1}.get(verdict, 3)
    assert cli.exit_code([report]) == cli.exit_code([good, report]) == expected


def test_nothing_at_all_is_no_credential() -> None:
    assert cli.exit_code([]) == 2


def test_what_cannot_be_read_whole_may_still_be_a_credential() -> None:
    report = Report("", "unknown", "cannot-check", {"readable": Check.of("readable", "TOO_LARGE")})
    assert cli.exit_code([report]) == 3


def test_json_has_one_report_per_file_in_the_order_given(wallet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (wallet / "sub").mkdir()
    for name in ("b", "a"):
        (wallet / "sub" / f"{name}.json").write_bytes(credential())
    verify("--json", "notes.txt", "sub", "good.json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["version"] == 1
    assert [row["file"] for row in printed["reports"]] == ["notes.txt", "sub/a.json", "sub/b.json", "good.json"]
    last = printed["reports"][-1]
    assert last["checked_at"] == NOW
    assert last["checked_by"] == f"portfolio-gen {__version__} (Python)"
    assert last["verdict"] == "verified"
    assert last["sha256"] == hashlib.sha256((wallet / "good.json").read_bytes()).hexdigest()
    assert "shown" not in last["checks"]


def test_the_words_say_who_signed_and_what_that_does_not_mean(wallet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verify("good.json", "forged.json")
    said = capsys.readouterr().out
    assert f"Signature checks out     A badge — Nordlicht Academy ({KEY.did[:20]}…{KEY.did[-6:]})" in said
    assert "Does not check out       A crown" in said
    assert "No                 Signature: The signature does not match" in said
    assert "does not say that the issuer is reputable" in said


def test_dates_are_judged_at_the_time_given(wallet: Path) -> None:
    assert cli.run(["verify", "--now", "2026-01-05T12:00:00+01:00", "expired.json"]) == 0
    assert cli.run(["verify", "--now", "2026-01-05t12:00:00z", "expired.json"]) == 0
    assert cli.run(["verify", "--now", "2025-01-01T00:00:00Z", "good.json"]) == 3


@pytest.mark.parametrize(
    "now", ["", "today", "2026-01-05", "2026-01-05T10:00:00", "2026-02-30T00:00:00Z", "-2026-01-05T10:00:00Z"]
)
def test_a_time_that_is_none_is_refused(wallet: Path, now: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", f"--now={now}", "good.json"]) == 2
    assert "expected a date and time with its zone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["verify"], "Missing argument"),
        (["verify", "nope.json", "gone.json"], "no such file or folder: nope.json, gone.json"),
        (["verify", "https://example.org/a.json"], "this is an address"),
        (["verify", "--web", "nowhere", "good.json"], "index.json: It cannot be read"),
        (["verify", "--bogus", "good.json"], "No such option"),
        (["bogus"], "No such command"),
        (["keygen", "wallet/k.json"], "which is published"),
        (["issue", "nope.yml", "--key", "k.json"], "nope.yml: It cannot be read"),
        (["issue", "t.yml"], "Missing option '--key'"),
        (["issue", "t.yml", "--key", "nope.json"], "The key file nope.json cannot be read"),
        (["serve", "-a", "nonsense"], "expected HOST:PORT"),
        (["build"], "mkdocs.yml: There is no such file. Make a site with `portfolio-gen init my-site`"),
    ],
)  # fmt: skip
def test_usage_errors_exit_with_2_and_a_sentence(
    wallet: Path, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (wallet / "t.yml").write_text(json.dumps(SHORT))
    (wallet / "wallet").mkdir()
    assert cli.run(arguments) == 2
    said = capsys.readouterr()
    assert expected in said.err
    assert said.out == ""


@pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX")
def test_pipes_are_not_opened_and_links_that_are_named_are_followed(
    wallet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(wallet / "pipe")
    (wallet / "link.json").symlink_to(wallet / "good.json")
    assert verify("pipe", "good.json") == 2
    assert "not opened" in capsys.readouterr().err
    assert verify("link.json") == 0
    (wallet / "folder").mkdir()
    (wallet / "folder" / "link.json").symlink_to(wallet / "good.json")
    assert verify("folder") == 2
    assert "folder/link.json: A link" in capsys.readouterr().err


def test_a_large_file_is_refused_with_the_hash_of_the_whole(wallet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    large = credential() + b" " * (5 * 1024 * 1024)
    (wallet / "large.json").write_bytes(large)
    assert verify("--json", "large.json") == 3
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert report["checks"]["readable"]["code"] == "TOO_LARGE"
    assert report["sha256"] == hashlib.sha256(large).hexdigest()


@pytest.mark.parametrize("beyond", [0, 1])
def test_no_hash_is_that_of_a_part(beyond: int, wallet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge = wallet / "huge.json"
    huge.write_bytes(credential())
    os.truncate(huge, LIMITS.hashed_bytes + beyond)
    assert verify("--json", "huge.json") == 3
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert report["checks"]["readable"]["code"] == "TOO_LARGE"
    assert report["sha256"] == ("" if beyond else hashlib.sha256(huge.read_bytes()).hexdigest())


def test_a_file_that_cannot_be_read_exits_with_4_and_the_others_are_checked(
    wallet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = Path.open

    def refuse(self: Path, *arguments: Any, **more: Any) -> Any:
        if self.name == "locked.json":
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **more)

    (wallet / "locked.json").write_text("{}")
    monkeypatch.setattr(Path, "open", refuse)
    assert verify("locked.json", "good.json") == 4
    said = capsys.readouterr()
    assert "locked.json: It cannot be opened: permission denied." in said.err
    assert "Signature checks out" in said.out


def test_a_mistake_of_ours_is_a_sentence_and_4(
    wallet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(cli, "verifying", lambda **_: fail)
    assert verify("good.json") == 4
    said = capsys.readouterr().err
    assert "That is our mistake" in said
    assert "Traceback" not in said


def test_a_mistake_of_ours_with_one_file_does_not_stop_the_others(
    wallet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rightly = cli.verifying

    def failing(**asked: Any) -> Any:
        check = rightly(**asked)
        return lambda data: {}["x"] if data == b"{}" else check(data)

    (wallet / "odd.json").write_text("{}")
    monkeypatch.setattr(cli, "verifying", failing)
    assert verify("odd.json", "good.json") == 4
    said = capsys.readouterr()
    assert "odd.json: Something went wrong inside portfolio-gen while this file was looked at: KeyError" in said.err
    assert "Signature checks out" in said.out


def test_text_of_a_credential_cannot_steer_the_terminal(cwd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (cwd / "a.json").write_bytes(credential(name="\x1b[2J\u202ename\r\nSignature checks out"))
    verify("a.json")
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "\nSignature checks out     forged" not in said
    assert len([line for line in said.splitlines() if line.startswith("Signature checks out  ")]) == 1


def web(folder: Path, rows: object, data: bytes = b"{}") -> str:
    folder.mkdir(exist_ok=True)
    (folder / "answer.json").write_bytes(data)
    (folder / "index.json").write_text(rows if isinstance(rows, str) else json.dumps(rows))
    return str(folder)


def test_saved_answers_from_the_web_reach_the_verifier(wallet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = cli.verifying

    def spy(*, web: Any, **asked: Any) -> Any:
        seen.append(web)
        return real(web=web, **asked)

    monkeypatch.setattr(cli, "verifying", spy)
    digest = hashlib.sha256(b"{}").hexdigest()
    rows = {
        "https://a.example/": {"file": "answer.json", "sha256": digest},
        "did:web:b.example": {
            "file": "answer.json",
            "at": "2025-01-01T00:00:00Z",
            "status": 404,
            "type": "x/y",
            "source": "copy",
        },
    }
    assert verify("--web", web(wallet / "web", rows), "good.json") == 0
    assert seen == [
        {
            "https://a.example/": {"bytes": b"{}", "status": 200, "type": "", "at": NOW, "source": "live"},
            "did:web:b.example": {
                "bytes": b"{}", "status": 404, "type": "x/y", "at": "2025-01-01T00:00:00Z", "source": "copy",
            },
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("{", "It is not JSON"),
        ([], "expected URL or DID"),
        ({"u": 5}, '"u": found the number 5'),
        ({"u": {}}, "file: found nothing"),
        ({"u": {"file": "../good.json"}}, "expected the name of a file in this folder"),
        ({"u": {"file": "gone.json"}}, "cannot be read"),
        ({"u": {"file": "answer.json", "sha256": "00"}}, "is not the one that its sha256 names"),
        ({"u": {"file": "answer.json", "sorce": "live"}}, 'Did you mean "source"?'),
        ({"u": {"file": "answer.json", "source": "dream"}}, "expected live or copy"),
        ({"u": {"file": "answer.json", "status": "ok"}}, "expected an HTTP status"),
        ({"u": {"file": "answer.json", "at": "soon"}}, "expected a date and time"),
    ],
)  # fmt: skip
def test_a_wrong_index_of_answers_is_explained(
    wallet: Path, rows: object, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify("--web", web(wallet / "web", rows), "good.json") == 2
    assert expected in capsys.readouterr().err


def test_outside_answers_can_be_read(shared_vectors: Path, wallet: Path) -> None:
    assert verify("--web", str(shared_vectors / "web"), "good.json") == 0


def test_keygen_issue_verify(cwd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["keygen", "my.key.json"]) == 0
    did = capsys.readouterr().out.strip()
    assert did == read_key(cwd / "my.key.json").did
    if os.name == "posix":
        assert stat.S_IMODE((cwd / "my.key.json").stat().st_mode) == 0o600
    assert cli.run(["keygen", "my.key.json"]) == 2
    (cwd / "t.yml").write_text("name: Ä badge\ndescription: d\ncriteria: c\nissuer: Nordlicht\n", "utf-8")
    assert cli.run(["issue", "t.yml", "--key", "my.key.json", "--created", CREATED, "-o", "a.json"]) == 0
    assert cli.run(["issue", "t.yml", "--key", "my.key.json", "-o", "a.json"]) == 2
    assert "exists already" in capsys.readouterr().err
    assert verify("a.json") == 0
    assert cli.run(["issue", "t.yml", "--key", "my.key.json", "--created", CREATED]) == 0
    assert capsys.readouterr().out.encode().endswith((cwd / "a.json").read_bytes())


def test_issue_names_every_problem_with_its_line(cwd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["keygen", "my.key.json"])
    (cwd / "t.yml").write_text("name: A\nissuer: 5\nvalidFrom: soon\n")
    assert cli.run(["issue", "t.yml", "--key", "my.key.json", "-o", "a.json"]) == 2
    said = capsys.readouterr().err
    for line in ('t.yml:1: "description" is missing', "t.yml:2: issuer: found", "t.yml:3: validFrom: found"):
        assert line in said
    assert not (cwd / "a.json").exists()


@pytest.mark.parametrize("place", ["docs/k.json", "pages/k.json", "cards/deep/k.json", "out/k.json"])
def test_no_key_in_a_folder_that_would_be_published(cwd: Path, place: str) -> None:
    (cwd / "mkdocs.yml").write_text(
        "site_url: !ENV [X, '']\ndocs_dir: pages\nsite_dir: out\nplugins:\n  - portfolio: {wallet: cards}\n"
    )
    (cwd / place).parent.mkdir(parents=True)
    assert cli.run(["keygen", place]) == 2
    assert not (cwd / place).exists()
    assert cli.run(["keygen", "k.json"]) == 0


@pytest.fixture
def site(wallet: Path) -> Path:
    """A site with two good credentials and one that is forged."""
    (wallet / "mkdocs.yml").write_text("site_name: Ada\ntheme: {name: portfolio}\nplugins: [portfolio]\n")
    (wallet / "docs").mkdir()
    (wallet / "docs" / "about.md").write_text("# About\n\nSee [nothing](gone.md).\n")
    (wallet / "wallet").mkdir()
    for name in ("good.json", "forged.json", "notes.txt"):
        (wallet / name).rename(wallet / "wallet" / name)
    return wallet


def test_build_prints_a_line_for_each_credential_and_publishes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert len([line for line in lines if "A badge — Nordlicht Academy" in line]) == 1
    assert len([line for line in lines if line.startswith("Does not check out ")]) == 1
    assert any(line.startswith("Not published: notes.txt: This file is not a credential") for line in lines)
    assert any("portfolio-gen serve" in line for line in lines)
    assert "gone.md" in said.err
    assert (site / "site" / "index.html").is_file()


def test_a_strict_build_publishes_nothing_that_fails(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--strict"]) == 1
    assert "Nothing was published" in capsys.readouterr().err
    assert not (site / "site").exists()
    (site / "wallet" / "forged.json").unlink()
    assert cli.run(["build", "--strict"]) == 4
    assert "gone.md" in capsys.readouterr().err
    (site / "docs" / "about.md").write_text("# About\n")
    assert cli.run(["build", "--strict"]) == 0
    assert (site / "site" / "index.html").is_file()


def test_check_has_the_exit_codes_of_verify_and_publishes_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check"]) == 1
    said = capsys.readouterr().out
    assert "No                 Signature: The signature does not match" in said
    (site / "wallet" / "forged.json").unlink()
    assert cli.run(["check"]) == 0
    (site / "wallet" / "good.json").rename(site / "good.json")
    assert cli.run(["check"]) == 2
    (site / "unsigned.json").rename(site / "wallet" / "unsigned.json")
    assert cli.run(["check"]) == 3
    assert not (site / "site").exists()


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("place", ["docs/notes.md", "wallet/good.json", "mkdocs.yml"])
def test_a_private_key_stops_everything_and_is_named(
    site: Path, command: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = KEY.to_json()["secretKeyMultibase"]
    if place == "wallet/good.json":
        (site / place).write_bytes(credential(description=f"key: {secret}"))
    else:
        with (site / place).open("a") as file:
            file.write(f"\nextra: {{note: {secret}}}\n")
    assert cli.run([command]) == 2
    said = capsys.readouterr().err
    assert Path(place).name in said
    assert secret not in said
    assert not (site / "site").exists()


def test_build_names_every_fault_of_the_configuration(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "mkdocs.yml").write_text("site_nam: Ada\nplugins:\n  - portfolio: {headlin: x}\n")
    assert cli.run(["build"]) == 2
    said = capsys.readouterr().err
    assert 'mkdocs.yml:1: site_nam: this key is not known. Did you mean "site_name"?' in said
    assert 'mkdocs.yml:3: headlin: this key is not known. Did you mean "headline"?' in said


def test_a_site_that_cannot_be_put_in_place_exits_with_4(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "site").write_text("a file")
    assert cli.run(["build"]) == 4
    said = capsys.readouterr().err
    assert "site" in said
    assert "our mistake" not in said


def test_runs_as_a_program_with_any_encoding(wallet: Path) -> None:
    (wallet / "name.json").write_bytes(credential(name="Überblick ✓"))
    program = [sys.executable, "-c", "from portfolio_gen.cli import main; main()"]
    finished = subprocess.run(
        [*program, "verify", "--now", NOW, "name.json"],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        check=False,
    )
    assert finished.returncode == 0
    assert b"\xdcberblick \\u2713" in finished.stdout
    assert finished.stderr == b""


def test_a_reader_that_stops_early_is_no_error(wallet: Path) -> None:
    for number in range(300):
        (wallet / f"{number}.json").write_bytes((wallet / "good.json").read_bytes())
    command = f'"{sys.executable}" -c "from portfolio_gen.cli import main; main()" verify . | head -n 1'
    finished = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert finished.stderr == ""


def test_a_hosted_badge_says_when_it_matched_the_issuer_s_copy(cwd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    vectors = Path(__file__).parents[1] / "vectors"
    row = next(row for row in json.loads((vectors / "manifest.json").read_bytes()) if row["id"] == "ob2-match")
    folder, rows = cwd / "web", {}
    folder.mkdir()
    for number, (address, answer) in enumerate(row["web"].items()):
        (folder / str(number)).write_bytes(base64.b64decode(answer["bytes"]))
        rows[address] = {"file": str(number), **{name: answer[name] for name in ("status", "type", "at", "source")}}
    (folder / "index.json").write_text(json.dumps(rows))
    assert cli.run(["verify", "--now", row["now"], "--web", "web", str(vectors / row["file"])]) == 3
    assert "It matched the issuer's copy on 1 June 2026;" in capsys.readouterr().out


def test_of_a_suite_that_was_decided_against_the_reason_is_said(cwd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next(row["file"] for row in ROWS if row["id"] == "suite-bbs-2020")
    (cwd / "old.json").write_bytes((VECTORS / file).read_bytes())
    verify("old.json")
    said = capsys.readouterr().out
    assert "BbsBlsSignature2020" in said
    assert "Left out on purpose: it was a draft" in said
