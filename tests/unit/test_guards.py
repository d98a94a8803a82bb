"""Each named guard of `make mutate` still stands where tests/mutate/guards.py says: there, once."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "portfolio_gen"


@pytest.fixture(scope="module")
def guards() -> ModuleType:
    spec = importlib.util.spec_from_file_location("guards", ROOT / "tests" / "mutate" / "guards.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_guard_occurs_once(guards: ModuleType) -> None:
    wanted = [
        (folder / change[0], change[1])
        for guard in guards.GUARDS
        for folder, change in ((PACKAGE, guard.python), (PACKAGE / "browser" / "src", guard.typescript))
        if change
    ]
    found = {(file.name, text): file.read_text("utf-8").count(text) for file, text in wanted}
    assert {where: times for where, times in found.items() if times != 1} == {}


def test_guards_have_names_of_their_own(guards: ModuleType) -> None:
    names = Counter(guard.name for guard in guards.GUARDS)
    assert [name for name, times in names.items() if times > 1] == []
