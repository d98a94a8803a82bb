"""A site to build, fresh for every test."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import make_site


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return make_site(tmp_path / "ada")
