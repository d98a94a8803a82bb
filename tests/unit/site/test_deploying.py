"""`portfolio-gen deploy`: onto a branch of a repository on this machine, which stands for the server."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, digests, make_site

from portfolio_gen import cli
from portfolio_gen.site import deploying


def git(folder: Path, *arguments: str) -> str:
    finished = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return finished.stdout.strip()


@pytest.fixture
def server(tmp_path: Path) -> Path:
    (tmp_path / "server.git").mkdir()
    git(tmp_path / "server.git", "init", "--quiet", "--bare")
    return tmp_path / "server.git"


@pytest.fixture
def site(tmp_path: Path, server: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a repository without a word on who commits, with ends of lines that git is told to change."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    root = make_site(tmp_path / "ada", CONFIG.replace("site_url: https://ada.example/work/\n", "")).parent
    (root / ".gitignore").write_text("site/\n")
    git(root, "init", "--quiet", "--initial-branch", "main")
    git(root, "config", "core.autocrlf", "input")
    git(root, "remote", "add", "origin", str(server))
    git(root, "add", "-A")
    git(root, "-c", "user.name=A", "-c", "user.email=a@ada.example", "commit", "--quiet", "-m", "Sources")
    monkeypatch.chdir(root)
    return root


def published(server: Path, folder: Path) -> Path:
    """Return a fresh copy of what the branch on the server holds."""
    git(folder, "-c", "core.autocrlf=false", "clone", "--quiet", "--branch", "gh-pages", str(server), "out")
    return folder / "out"


def fill(server: Path, folder: Path, files: dict[str, str]) -> None:
    """Put something on the server's branch."""
    git(folder, "clone", "--quiet", str(server), "other")
    other = folder / "other"
    git(other, "checkout", "--quiet", "--orphan", "gh-pages")
    for name, text in files.items():
        (other / name).write_text(text)
    git(other, "add", "-A")
    git(other, "-c", "user.name=B", "-c", "user.email=b@ada.example", "commit", "--quiet", "-m", "Other")
    git(other, "push", "--quiet", "origin", "gh-pages")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://github.com/Ada/portfolio.git", "https://ada.github.io/portfolio/"),
        ("https://github.com/ada/portfolio", "https://ada.github.io/portfolio/"),
        ("git@github.com:ada/My.Work.git", "https://ada.github.io/My.Work/"),
        ("ssh://git@github.com/ada/portfolio.git", "https://ada.github.io/portfolio/"),
        ("https://token@github.com/ada/Ada.github.io.git", "https://ada.github.io/"),
        ("https://github.com.evil.example/ada/portfolio", ""),
        ("https://gitlab.com/ada/portfolio.git", ""),
        ("/srv/git/ada.git", ""),
    ],
)
def test_the_address_follows_from_the_remote(url: str, address: str) -> None:
    assert deploying.address_on_github(url) == address


@pytest.mark.parametrize(
    ("site_url", "right"),
    [
        ("https://ada.github.io/portfolio/", ""),
        ("https://ada.github.io/portfolio", ""),
        ("", ""),
        ("https://ada.github.io/", "https://ada.github.io/portfolio/"),
        ("https://bob.github.io/portfolio/", "https://ada.github.io/portfolio/"),
    ],
)
def test_another_site_url_is_told_with_the_right_one(site_url: str, right: str) -> None:
    assert deploying.mismatch(site_url, "https://ada.github.io/portfolio/") == right


def test_the_site_arrives_byte_for_byte(
    site: Path, server: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (site / "wallet" / "crlf.json").write_bytes((site / "wallet" / "one.json").read_bytes() + b"\r\n")
    branches = git(site, "for-each-ref", "refs/heads")
    assert cli.run(["deploy"]) == 0
    said = capsys.readouterr()
    assert "wallet/crlf.json" in said.err
    assert "Put on gh-pages of origin" in said.out
    out = published(server, tmp_path)
    there = {name: digest for name, digest in digests(out).items() if not name.startswith(".git/")}
    assert there.pop(".nojekyll")
    assert there == digests(site / "site")
    assert (out / BADGE / "index.html").is_file()
    assert git(site, "for-each-ref", "refs/heads") == branches
    assert cli.run(["deploy"]) == 0
    assert "nothing was pushed" in capsys.readouterr().out


def test_a_dry_run_pushes_nothing(site: Path, server: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["deploy", "--dry-run"]) == 0
    assert "Nothing was pushed" in capsys.readouterr().out
    assert git(server, "for-each-ref") == ""


def test_something_else_on_the_branch_is_not_replaced_unasked(
    site: Path, server: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(server, tmp_path, {"index.html": "<p>Mine", "CNAME": "www.ada.example\n"})
    before = git(server, "rev-parse", "gh-pages")
    assert cli.run(["deploy"]) == 2
    assert "index.html" in capsys.readouterr().err
    assert git(server, "rev-parse", "gh-pages") == before
    assert cli.run(["deploy", "--replace"]) == 0
    said = capsys.readouterr().out
    assert "Its address: https://www.ada.example/" in said
    assert git(server, "rev-parse", "gh-pages~1") == before
    out = published(server, tmp_path)
    assert (out / "CNAME").read_text().strip() == "www.ada.example"
    assert "<p>Mine" not in (out / "index.html").read_text()
    assert "https://www.ada.example/credentials/" in (out / "sitemap.xml").read_text()
    assert cli.run(["deploy"]) == 0
    assert "nothing was pushed" in capsys.readouterr().out


def test_a_domain_of_the_pages_wins(site: Path, server: Path, tmp_path: Path) -> None:
    (site / "docs" / "CNAME").write_text("ada.example\n")
    assert cli.run(["deploy"]) == 0
    assert (published(server, tmp_path) / "CNAME").read_text() == "ada.example\n"


def test_the_page_for_wrong_addresses_works_at_any_depth(
    site: Path, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(deploying, "address_on_github", lambda url: "https://ada.github.io/portfolio/")
    assert cli.run(["deploy"]) == 0
    assert "Its address: https://ada.github.io/portfolio/" in capsys.readouterr().out
    page = (published(server, tmp_path) / "404.html").read_text()
    assert 'href="/portfolio/assets/portfolio/portfolio.css"' in page
    assert 'href="assets/' not in page
    assert 'href="../' not in page
    assert 'src="assets/' not in page


def test_a_wrong_site_url_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(deploying, "address_on_github", lambda url: "https://ada.github.io/portfolio/")
    (site / "mkdocs.yml").write_text(f"site_url: https://ada.example/\n{(site / 'mkdocs.yml').read_text()}")
    assert cli.run(["deploy", "--dry-run"]) == 0
    assert "Write: site_url: https://ada.github.io/portfolio/" in capsys.readouterr().err


def test_what_cannot_work_is_said(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["deploy", "--remote", "elsewhere"]) == 2
    assert "There are: origin." in capsys.readouterr().err
    assert cli.run(["deploy", "--branch", "main"]) == 2
    assert "main is the branch that you work on" in capsys.readouterr().err
    git(site, "remote", "set-url", "origin", str(tmp_path / "gone.git"))
    assert cli.run(["deploy"]) == 4
    assert "gone.git cannot be asked" in capsys.readouterr().err
    (site / "docs" / "CNAME").write_text("not a domain\n")
    git(site, "remote", "set-url", "origin", str(tmp_path / "server.git"))
    assert cli.run(["deploy"]) == 2
    assert "docs/CNAME" in capsys.readouterr().err


def test_a_folder_in_no_repository_is_told_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(make_site(tmp_path / "plain").parent)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert cli.run(["deploy"]) == 2
    assert "git init" in capsys.readouterr().err


def test_strict_pushes_nothing_that_fails(site: Path, server: Path) -> None:
    forged = (site / "wallet" / "one.json").read_bytes().replace(b"A badge", b"A crown")
    (site / "wallet" / "one.json").write_bytes(forged)
    assert cli.run(["deploy", "--strict"]) == 1
    assert git(server, "for-each-ref") == ""


def test_a_token_in_the_remote_is_not_said() -> None:
    assert deploying.without_secret("https://me:t0ken@github.com/me/site.git") == "https://github.com/me/site.git"
    assert deploying.without_secret("git@github.com:me/site.git") == "git@github.com:me/site.git"
