"""The wallet is read safely, wholly, and nothing is passed over in silence."""

from __future__ import annotations

import hashlib
import os
import socket
import zipfile
from pathlib import Path

import pytest

from portfolio_gen import wallet
from portfolio_gen.errors import WalletError
from portfolio_gen.limits import LIMITS

POSIX = pytest.mark.skipif(os.name != "posix", reason="links, pipes and byte names are POSIX")


def names(found: tuple[wallet.WalletFile, ...] | tuple[wallet.Skipped, ...]) -> list[str]:
    return [item.name for item in found]


def test_reads_files_of_sub_folders_sorted_by_code_point(tmp_path: Path) -> None:
    for name in ("b.json", "a/z.json", "Z.json", "ä.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    found = wallet.collect(tmp_path)
    assert names(found.files) == ["Z.json", "a/z.json", "b.json", "ä.json"]
    assert found.files[1].data == b"a/z.json"
    assert found.files[1].sha256 == hashlib.sha256(b"a/z.json").hexdigest()
    assert found.skipped == ()


def test_an_empty_wallet_and_a_readme_are_fine(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Put your credentials here.")
    assert wallet.collect(tmp_path) == wallet.Wallet((), ())


def test_hidden_files_and_folders_are_skipped_aloud(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_bytes(b"")
    found = wallet.collect(tmp_path)
    assert found.files == ()
    assert [(item.name, item.reason) for item in found.skipped] == [
        (".DS_Store", "Hidden file; left alone."),
        (".git", "Hidden file; left alone."),
    ]


@POSIX
def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.json").write_text("{}")
    folder = tmp_path / "wallet"
    folder.mkdir()
    (folder / "file.json").symlink_to(tmp_path / "secret")
    (folder / "folder").symlink_to(tmp_path / "other")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling").symlink_to(tmp_path / "nowhere")
    found = wallet.collect(folder)
    assert found.files == ()
    assert names(found.skipped) == ["dangling", "file.json", "folder", "loop"]
    assert {item.reason.split(";")[0] for item in found.skipped} == {"A link"}


@POSIX
def test_pipes_and_sockets_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    monkeypatch.chdir(tmp_path)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("socket.json")
    monkeypatch.setattr(os, "open", lambda *_, **__: pytest.fail("opened"))
    found = wallet.collect(tmp_path)
    listener.close()
    assert names(found.skipped) == ["pipe.json", "socket.json"]
    assert "device, pipe or socket" in found.skipped[0].reason


@POSIX
def test_a_file_that_became_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    monkeypatch.setattr(Path, "lstat", lambda self: os.lstat(ordinary))
    assert isinstance(wallet.read(pipe, "pipe.json"), wallet.Skipped)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "video.json").open("wb") as huge:
        huge.truncate(100_000_000)
    (tmp_path / "limit.json").write_bytes(b" " * LIMITS.file_bytes)
    (tmp_path / "over.json").write_bytes(b" " * (LIMITS.file_bytes + 1))
    found = wallet.collect(tmp_path)
    assert names(found.files) == ["limit.json"]
    assert names(found.skipped) == ["over.json", "video.json"]
    assert found.skipped[1].reason == "Too large for a credential: 100.0 MB, and at most 4.2 MB are read."


def test_a_file_that_vanishes_is_named(tmp_path: Path) -> None:
    gone = wallet.read(tmp_path / "gone.json", "gone.json")
    assert gone == wallet.Skipped("gone.json", "It was gone before it could be read.")


@POSIX
def test_an_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_text("{}")

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert wallet.collect(tmp_path).skipped == (wallet.Skipped("a.json", "It cannot be opened: permission denied."),)


@POSIX
def test_names_that_cannot_be_shown_are_escaped_and_stay_distinct(tmp_path: Path) -> None:
    for raw in (b"caf\xe9.json", b"caf\\xe9.json", "café.json".encode(), b"a\nb.json", b"\x1b[31m.json"):
        (Path(os.fsdecode(os.fsencode(tmp_path))) / os.fsdecode(raw)).write_bytes(raw)
    found = wallet.collect(tmp_path).files
    assert sorted(names(found)) == sorted(
        [r"\u001b[31m.json", r"a\u000ab.json", r"caf\\xe9.json", r"caf\xe9.json", "café.json"]
    )
    assert all(name.encode() for name in names(found))


def test_a_missing_wallet_and_a_file_as_wallet_are_errors(tmp_path: Path) -> None:
    with pytest.raises(WalletError, match="There is no wallet folder"):
        wallet.collect(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(WalletError, match="is a file"):
        wallet.collect(tmp_path / "file")


def test_files_in_an_archive_stand_each_on_its_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/bees.json", "{}")
        archive.writestr("b~.json", "[]")
        archive.writestr("__MACOSX/._b.json", "x")
    found = wallet.collect(tmp_path)
    assert [(file.name, file.data) for file in found.files] == [
        ("export.zip/a/bees.json", b"{}"),
        ("export.zip/b~.json", b"[]"),
    ]


def test_an_archive_that_is_refused_stays_whole(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("../bees.json", "{}")
    assert names(wallet.collect(tmp_path).files) == ["export.zip"]


def test_an_archive_that_changed_since_it_was_listed_is_named(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bees.json", "{}")
    [found] = wallet.listing(tmp_path).found
    path.write_bytes(b"{}")
    assert wallet.read_found(found) == wallet.Skipped("export.zip/bees.json", "It was gone before it could be read.")
