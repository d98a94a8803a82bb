"""A new site works as it comes, and its workflow installs the very version that made it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from portfolio_gen import cli, scaffold
from portfolio_gen.errors import SiteError
from portfolio_gen.guard import secrets_in
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.scaffold import ScaffoldError, Source, installed_from
from portfolio_gen.site import config

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ACTIONS = {
    "actions/checkout": "v7",
    "actions/setup-python": "v7",
    "actions/configure-pages": "v6",
    "actions/upload-pages-artifact": "v5",
    "actions/deploy-pages": "v5",
}


@pytest.fixture
def from_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if pip had installed us from a git repository, so that no wheel need be built."""
    source = Source(f"portfolio-gen @ git+https://git.example/p.git@{COMMIT}")
    monkeypatch.setattr(scaffold, "installed_from", lambda: source)


@pytest.fixture
def site(tmp_path: Path, from_git: None) -> Path:
    assert cli.run(["init", str(tmp_path / "my-site")]) == 0
    return tmp_path / "my-site"


def workflow(site: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((site / ".github" / "workflows" / "publish.yml").read_text("utf-8"))
    return loaded


def steps(site: Path) -> Iterator[dict[str, Any]]:
    for job in workflow(site)["jobs"].values():
        yield from job["steps"]


def test_the_files_of_a_new_site(site: Path) -> None:
    made = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    assert made == [
        ".github/workflows/publish.yml",
        ".github/workflows/refresh.yml",
        ".gitignore",
        "docs/about.md",
        "mkdocs.yml",
        "requirements.txt",
        "wallet/README.md",
    ]
    config.check(site / "mkdocs.yml")
    assert [secret for name in made for secret in secrets_in(name, (site / name).read_bytes())] == []


def test_the_words_say_what_was_made_and_what_comes_next(
    tmp_path: Path, from_git: None, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["init", str(tmp_path / "my-site")])
    said = capsys.readouterr().out
    for expected in ("mkdocs.yml", f"cd {tmp_path / 'my-site'}", "portfolio-gen serve", "GitHub Pages"):
        assert expected in said


def test_an_empty_wallet_makes_a_friendly_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "-f", str(site / "mkdocs.yml")]) == 0
    said = capsys.readouterr()
    assert "The wallet holds no credential yet" in said.out
    assert "README" not in said.out + said.err
    assert (site / "site" / "index.html").is_file()
    assert (site / "site" / "about" / "index.html").is_file()
    assert "Put the credential files" not in (site / "site" / "index.html").read_text("utf-8")


def test_whatever_is_in_the_way_is_named_and_left_alone(
    tmp_path: Path, from_git: None, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "about.md").write_text("mine")
    (tmp_path / "mkdocs.yml").write_text("mine")
    assert cli.run(["init", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "mkdocs.yml, docs/about.md" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "mkdocs.yml"]
    assert (tmp_path / "docs" / "about.md").read_text() == "mine"


def test_a_file_where_a_folder_is_needed_is_named(tmp_path: Path, from_git: None) -> None:
    (tmp_path / "wallet").write_text("a file")
    with pytest.raises(ScaffoldError, match="wallet"):
        scaffold.scaffold(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["wallet"]
    with pytest.raises(ScaffoldError, match="file"):
        scaffold.scaffold(tmp_path / "wallet" / "below")


def test_the_workflow_uses_current_actions_and_no_more_rights_than_it_needs(site: Path) -> None:
    used = dict(step["uses"].split("@") for step in steps(site) if "uses" in step)
    assert used == ACTIONS
    flow = workflow(site)
    assert flow["permissions"] == {}
    assert flow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert flow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert not any("uses" not in step and "run" not in step for step in steps(site))


def refreshing(site: Path) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((site / ".github" / "workflows" / "refresh.yml").read_text("utf-8"))
    return loaded


def test_the_refresh_has_no_more_rights_than_it_needs_and_hands_no_text_to_a_shell(site: Path) -> None:
    flow = refreshing(site)
    assert flow["permissions"] == {}
    [job] = flow["jobs"].values()
    assert job["permissions"] == {"contents": "write", "issues": "write"}
    assert [step["uses"].split("@")[0] for step in job["steps"] if "uses" in step] == [
        "actions/checkout",
        "actions/setup-python",
    ]
    assert job["steps"][0]["with"] == {"persist-credentials": False}
    scripts = [step["run"] for step in job["steps"] if "run" in step]
    assert not any("${{" in script for script in scripts)
    given = {step["name"] for step in job["steps"] if "GH_TOKEN" in step.get("env", {})}
    assert given == {"Tell the owner", "Keep the copies"}
    assert workflow(site)[True]["workflow_run"]["workflows"] == [flow["name"]]


GH = """#!/bin/bash
printf '%s\\n' "$*" >> "$GH_LOG"
case "$1 $2" in
  "issue list") cat "$GH_OPEN" ;;
  "issue create"|"issue edit") cp "${@: -1}" "$GH_BODY" ;;
esac
"""
HOSTILE = "## Withdrawn\n\n- `$(touch pwned) '; touch pwned #.json`\n"


class Repository:
    """A new site in a git repository with a remote, and stand-ins for `gh` and `portfolio-gen`."""

    def __init__(self, site: Path, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.log, self.body, self.open = (folder / name for name in ("log", "body", "open"))
        (folder / "bin").mkdir()
        self.open.write_text("")
        self.write("gh", GH)
        self.git("init", "--quiet", "--bare", str(folder / "remote"), at=folder)
        for command in (["init", "--quiet"], ["add", "."], ["remote", "add", "origin", str(folder / "remote")]):
            self.git(*command)
        self.git("-c", "user.name=Ada", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "A site")

    def write(self, name: str, script: str) -> None:
        (self.folder / "bin" / name).write_text(script)
        (self.folder / "bin" / name).chmod(0o755)

    def git(self, *command: str, at: Path | None = None) -> str:
        return subprocess.run(["git", *command], cwd=at or self.site, check=True, capture_output=True, text=True).stdout

    def refresh(self, news: str, code: int = 0) -> list[str]:
        """Run the steps after the installation; return what `gh` was asked to do with issues."""
        self.log.write_text("")
        (self.folder / "news").write_text(news)
        self.write("portfolio-gen", f'#!/bin/bash\ncp "{self.folder}/news" "$3"\nexit {code}\n')
        environment = {
            **os.environ,
            "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
            **{"GH_LOG": str(self.log), "GH_OPEN": str(self.open), "GH_BODY": str(self.body)},
        }
        [job] = refreshing(self.site)["jobs"].values()
        for step in [step for step in job["steps"] if "run" in step][1:]:
            subprocess.run(["bash", "-e", "-c", step["run"]], cwd=self.site, env=environment, check=True)
        asked = self.log.read_text().splitlines()
        return [line for line in asked if line.startswith("issue") and not line.startswith("issue list")]


@pytest.fixture
def repository(site: Path, tmp_path: Path) -> Repository:
    (tmp_path / "repository").mkdir()
    return Repository(site, tmp_path / "repository")


def test_the_refresh_opens_one_issue_keeps_it_current_and_closes_it(repository: Repository) -> None:
    [opened] = repository.refresh(HOSTILE, code=1)
    assert opened.startswith("issue create")
    assert repository.body.read_text() == HOSTILE
    assert "A site" not in repository.git("log", "-1", "--format=%s")
    assert repository.git("rev-parse", "HEAD") == repository.git("rev-parse", "HEAD", at=repository.folder / "remote")
    repository.open.write_text("7\n")
    assert repository.refresh(HOSTILE, code=3) == []
    assert [line[:12] for line in repository.refresh(HOSTILE + "- `more`\n")] == ["issue edit 7"]
    assert repository.body.read_text().endswith("- `more`\n")
    assert [line[:13] for line in repository.refresh("")] == ["issue close 7"]
    assert not list(repository.site.rglob("pwned"))


def test_a_refresh_without_news_opens_nothing_and_one_that_breaks_stops(repository: Repository) -> None:
    assert repository.refresh("") == []
    with pytest.raises(subprocess.CalledProcessError):
        repository.refresh(HOSTILE, code=4)
    assert repository.log.read_text() == ""


@pytest.mark.parametrize(
    ("record", "requirement"),
    [
        (
            {"url": "https://git.example/p.git", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"portfolio-gen @ git+https://git.example/p.git@{COMMIT}",
        ),
        (
            {"url": "ssh://git@git.example/p", "vcs_info": {"vcs": "git", "commit_id": COMMIT}, "subdirectory": "py"},
            f"portfolio-gen @ git+ssh://git@git.example/p@{COMMIT}#subdirectory=py",
        ),
        (
            {"url": "https://x.example/p-1.tar.gz", "archive_info": {"hashes": {"sha256": "ab" * 32}}},
            f"portfolio-gen @ https://x.example/p-1.tar.gz#sha256={'ab' * 32}",
        ),
        ({"url": "https://x.example/p-1.tar.gz", "archive_info": {}}, "portfolio-gen @ https://x.example/p-1.tar.gz"),
        ({}, f"portfolio-gen=={metadata.version('portfolio-gen')}"),
    ],
)  # fmt: skip
def test_the_requirement_is_what_pip_recorded_and_never_a_bare_name(record: dict[str, Any], requirement: str) -> None:
    line = installed_from(record).requirement
    assert line == requirement
    parsed = Requirement(line)
    assert parsed.url or str(parsed.specifier).startswith("==")


def test_a_local_origin_is_a_wheel_to_vendor(tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    for record, expected in (
        ({"url": folder.as_uri(), "dir_info": {"editable": True}}, Source(local=folder)),
        ({"url": folder.as_uri(), "dir_info": {}}, Source(local=folder)),
        (
            {"url": folder.as_uri(), "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            Source(local=folder, commit=COMMIT),
        ),
        ({"url": (folder / "p.whl").as_uri(), "archive_info": {}}, Source(local=folder / "p.whl")),
    ):
        assert installed_from(record) == expected


def test_the_wheel_that_we_came_from_is_taken_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = tmp_path / "portfolio_gen-9.9-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    monkeypatch.setattr(scaffold, "installed_from", lambda: Source(local=wheel))
    scaffold.scaffold(tmp_path / "s")
    assert (tmp_path / "s" / "vendor" / wheel.name).read_bytes() == b"wheel"
    assert (tmp_path / "s" / "requirements.txt").read_text().endswith(f"\n./vendor/{wheel.name}\n")


def test_an_origin_that_is_gone_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaffold, "installed_from", lambda: Source(local=tmp_path / "gone"))
    with pytest.raises(ScaffoldError, match="which is gone"):
        scaffold.scaffold(tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_wheel_that_cannot_be_built_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(scaffold, "installed_from", lambda: Source(local=tmp_path / "empty"))
    with pytest.raises(SiteError, match="No wheel of portfolio-gen could be built"):
        scaffold.scaffold(tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_serve_shows_a_new_site(site: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = [sys.executable, "-c", "from portfolio_gen.cli import main; main()", "serve", "-a", f"127.0.0.1:{port}"]
    server = subprocess.Popen(program, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        page = ""
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    page = answer.read().decode()
                break
            except OSError:
                assert server.poll() is None, server.communicate()[0]
                time.sleep(0.1)
        assert "Your Name" in page
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.mark.slow
def test_the_workflow_installs_and_builds_in_a_fresh_environment(tmp_path: Path) -> None:
    """Its `run:` steps, as they stand in the YAML, with the wheel built from this folder."""
    site = tmp_path / "my-site"
    assert cli.run(["init", str(site)]) == 0
    card = {"name": "A badge", "description": "d", "criteria": "c", "issuer": "Nordlicht"}
    signed = issue(card, IssuerKey.from_seed(bytes(32)), created="2026-01-05T10:00:00Z")
    (site / "wallet" / "badge.json").write_bytes(signed)
    fresh = fresh_environment(tmp_path / "fresh", tmp_path / "dependencies")
    ran = [run(step, site, fresh) for step in steps(site) if "run" in step]
    assert len(ran) == 2
    assert "Signature checks out" in ran[1]
    where = run({"run": "python -c 'import portfolio_gen; print(portfolio_gen.__file__)'"}, tmp_path, fresh)
    assert Path(where.strip()).is_relative_to(fresh)
    run({"run": "portfolio-gen init ../again"}, site, fresh)
    assert (tmp_path / "again" / "requirements.txt").read_bytes() == (site / "requirements.txt").read_bytes()
    home = (site / "site" / "index.html").read_text("utf-8")
    assert "A badge" in home
    assert "https://ada.example/" in (site / "site" / "sitemap.xml").read_text("utf-8")
    [page] = json.loads((site / "site" / "portfolio.json").read_text("utf-8"))["credentials"]
    assert (site / "site" / page["file"]).read_bytes() == signed
    assert (site / "site" / "assets" / "verifier" / "verifier.js").is_file()


def run(step: dict[str, Any], site: Path, environment: Path) -> str:
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    told = {"steps.pages.outputs.base_url": "https://ada.example", "secrets.PORTFOLIO_HOLDERS": ""}
    given = {
        name: re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda found: told[found[1]], value)
        for name, value in step.get("env", {}).items()
    }
    assert not any("${{" in value for value in given.values())
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    finished = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=site,
        env={**kept, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "PIP_NO_INDEX": "1", **given},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def fresh_environment(folder: Path, dependencies: Path) -> Path:
    """A new virtual environment that holds pip and what we depend on (so that no network is needed), but not us."""
    venv.create(folder, with_pip=True)
    dependencies.mkdir()
    for name in closure("portfolio-gen") - {"portfolio-gen"}:
        distribution = metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or () if file.parts[0] not in ("..", "__pycache__")}:
            if not (dependencies / top).exists():
                (dependencies / top).symlink_to(Path(str(distribution.locate_file(top))))
    packages = sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)})
    (Path(packages) / "dependencies.pth").write_text(str(dependencies))
    return folder


def closure(name: str) -> set[str]:
    """The normalised names of a distribution and of all that it needs here, in this environment."""
    found: set[str] = set()
    waiting = [(name, "")]
    while waiting:
        name, extra = waiting.pop()
        found.add(re.sub(r"[-_.]+", "-", name).lower())
        for line in metadata.requires(name) or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                key = re.sub(r"[-_.]+", "-", needed.name).lower()
                if key not in found:
                    waiting += [(needed.name, each) for each in ("", *needed.extras)]
    return found
