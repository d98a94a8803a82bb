"""The benchmarks run: what they say is measured by hand, and what nobody runs breaks unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import build

ROOT = Path(__file__).parents[2]
LOCKS = ["benchmarks", "portfolio_gen/browser", "tests/vectors"]


@pytest.mark.slow
def test_every_peer_builds_its_site(tmp_path: Path) -> None:
    found = build.measure(2, 1, tmp_path)
    assert {"portfolio-gen build", "its site part", "mkdocs build", "floor"} <= found.keys()
    assert all(run.seconds > 0 for runs in found.values() for run in runs)


@pytest.mark.parametrize("folder", LOCKS)
def test_a_lock_names_all_that_is_needed_and_no_address(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))["packages"]
    assert len(packages) > 3
    for place, package in packages.items():
        assert "resolved" not in package, place
        for name in package.get("dependencies", {}):
            assert any(f"{above}node_modules/{name}" in packages for above in _above(place)), f"{place}: {name}"


def _above(place: str) -> list[str]:
    """Return the folders in whose node_modules a package looks for another, as prefixes: its own first."""
    parts = place.split("node_modules/")
    return [*("node_modules/".join(parts[:end]) + "/" for end in range(len(parts), 1, -1)), ""]
