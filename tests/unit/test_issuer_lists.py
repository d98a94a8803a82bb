"""Copies of issuer lists: the folder that holds them, and what the command line says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from vector_rows import ROWS, bytes_of, lists_of

from portfolio_gen.cli import run
from portfolio_gen.errors import ConfigError
from portfolio_gen.issuer_lists import files, read_lists
from portfolio_gen.trust import size

NOW = "2026-06-01T12:00:00Z"
[SEVERAL] = [row for row in ROWS if row["id"] == "list-several"]
COPIES = [{"seen": {}, **copy} for copy in lists_of(SEVERAL)]


def written(folder: Path, copies: list[dict[str, Any]]) -> Path:
    folder.mkdir()
    for name, data in files(copies).items():
        (folder / name).write_bytes(data)
    return folder


def test_what_is_written_is_read(tmp_path: Path) -> None:
    assert read_lists(written(tmp_path / "lists", COPIES)) == COPIES


def test_sizes() -> None:
    assert [size(copy) for copy in COPIES] == [1, 1, 1, 1]
    assert size({**COPIES[0], "bytes": b"<html>"}) is None


def changed(index: list[dict[str, Any]]) -> Iterator[tuple[Any, str]]:
    first = index[0]
    for member, value, fault in (
        ("name", "", "name: found"),
        ("url", None, "url: found"),
        ("kind", "rumour", "expected registry or federation"),
        ("by", "us", "expected public or owner"),
        ("at", "yesterday", "expected a date and time"),
        ("file", "../index.json", "expected the name of a file in this folder"),
        ("file", "absent.json", "cannot be read"),
        ("sha256", "0" * 64, "is not the one that its sha256 names"),
        ("seen", ["x"], "expected identifier → date"),
    ):
        yield [{**first, member: value}, *index[1:]], f"list 1: {fault}"
    yield {"lists": index}, "expected a list of lists"
    yield [7], "list 1: found the number 7"


def test_every_fault_is_said(tmp_path: Path) -> None:
    folder = written(tmp_path / "lists", COPIES)
    index = json.loads((folder / "index.json").read_bytes())
    for rows, fault in changed(index):
        (folder / "index.json").write_text(json.dumps(rows))
        with pytest.raises(ConfigError) as raised:
            read_lists(folder)
        assert fault.removeprefix("list 1: ") in str(raised.value)


def test_a_copy_that_is_no_list_is_said(tmp_path: Path) -> None:
    folder = written(tmp_path / "lists", [{**COPIES[0], "bytes": b"<html>404</html>"}])
    with pytest.raises(ConfigError, match="is no list of kind registry"):
        read_lists(folder)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "credential.json"
    path.write_bytes(bytes_of(SEVERAL))
    return path


def test_verify_says_which_lists_know_the_issuer(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "lists", COPIES)
    assert run(["verify", "--now", NOW, "--lists", str(folder), str(file)]) == 0
    said = [line for line in capsys.readouterr().out.split("\n") if "Issuer lists" in line]
    assert len(said) == 3
    assert "The owner of this site knows this identifier, as “Fernwald Academy of Beekeeping”" in said[0]
    assert "“Federation” knows this identifier" in said[1]
    assert "Copied on 20 May 2026 from https://lists.example/registry.json; SHA-256" in said[2]


def test_verify_says_that_no_list_does(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "lists", [COPIES[2]])
    assert run(["verify", "--now", NOW, "--lists", str(folder), str(file)]) == 0
    assert "Issuer lists       On no list we know." in capsys.readouterr().out


def test_without_lists_nothing_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--now", NOW, str(file)]) == 0
    assert "Issuer lists" not in capsys.readouterr().out


def test_a_forged_file_is_looked_for_on_no_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [forged] = [row for row in ROWS if row["id"] == "list-forged"]
    (tmp_path / "forged.json").write_bytes(bytes_of(forged))
    folder = written(tmp_path / "lists", COPIES)
    assert run(["verify", "--now", NOW, "--lists", str(folder), str(tmp_path / "forged.json")]) == 1
    assert "Not looked for on any list" in capsys.readouterr().out


def test_the_report_as_json_has_them(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "lists", COPIES)
    assert run(["verify", "--json", "--now", NOW, "--lists", str(folder), str(file)]) == 0
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert [known["list"] for known in report["issuer"]["lists"]] == [
        "Schools I went to",
        "Federation",
        "Known schools",
    ]
