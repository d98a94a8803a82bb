"""Who may never import whom (DESIGN.md §3)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "portfolio_gen"
CRYPTO_AND_NETWORK = {"nacl", "cryptography", "socket", "ssl", "urllib", "http", "requests", "aiohttp", "asyncio"}
FETCHES = "portfolio_gen.fetch"
SEALED = ("readers", "proofs", "keys", "status", "trust")
FORBIDDEN: dict[str, set[str]] = {
    "readers": CRYPTO_AND_NETWORK | {"mkdocs"} | {f"portfolio_gen.{name}" for name in SEALED if name != "readers"},
    "verifier.py": {
        FETCHES,
        "mkdocs",
        "time",
        "os",
        "socket",
        "urllib",
        "requests",
        "subprocess",
        "pathlib",
        "io",
        "tempfile",
    },
    "pages": {FETCHES, "mkdocs", "nacl", "portfolio_gen.verifier", "portfolio_gen.proofs", "portfolio_gen.keys"},
}
for name in SEALED[1:]:
    others = {f"portfolio_gen.{other}" for other in SEALED if other != name}
    FORBIDDEN[name] = others | {
        "mkdocs",
        "socket",
        "urllib",
        "requests",
        "portfolio_gen.verifier",
        "portfolio_gen.wallet",
    }
STDLIB_ONLY = ("credential.py", "report.py", "limits.py", "errors.py", "vocabulary.py")


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide who imports whom"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files(part: str) -> list[Path]:
    path = PACKAGE / part
    return [path] if path.suffix else sorted(path.rglob("*.py"))


def breaches(part: str, banned: set[str]) -> list[str]:
    return [
        f"{file.relative_to(PACKAGE)} imports {name}"
        for file in files(part)
        if file.exists()
        for name in imports(file.read_text("utf-8"))
        if any(name == bad or name.startswith(bad + ".") for bad in banned)
    ]


@pytest.mark.parametrize("part", sorted(FORBIDDEN))
def test_part_keeps_to_its_walls(part: str) -> None:
    assert breaches(part, FORBIDDEN[part]) == []


def test_mkdocs_is_imported_in_site_only() -> None:
    elsewhere = [path for path in PACKAGE.rglob("*.py") if "site" not in path.relative_to(PACKAGE).parts]
    assert len(elsewhere) > 5
    found = [
        f"{path.name}: {name}"
        for path in elsewhere
        for name in imports(path.read_text("utf-8"))
        if name == "mkdocs" or name.startswith(("mkdocs.", "material"))
    ]
    assert found == []


@pytest.mark.parametrize("name", STDLIB_ONLY)
def test_the_words_and_the_model_need_the_standard_library_only(name: str) -> None:
    import sys

    allowed = sys.stdlib_module_names | {"portfolio_gen"}
    used = {module.split(".")[0] for module in imports((PACKAGE / name).read_text("utf-8"))}
    assert used <= allowed


def test_only_the_command_line_prints_or_exits() -> None:
    calls = re.compile(r"(?<![\w.])(print|exit|quit)\(|sys\.exit\(|click\.echo\(")
    printing = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.name != "cli.py" and "node_modules" not in path.parts and calls.search(path.read_text("utf-8"))
    ]
    assert printing == []


def test_the_network_is_reached_from_one_file_only() -> None:
    """`fetch.py` is the one network implementation; `serve.py` listens on loopback."""
    network = {"socket", "ssl", "urllib.request", "urllib3", "http.client", "requests", "aiohttp"}
    harmless = "urllib.request.url2pathname"
    found = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in PACKAGE.rglob("*.py")
        if "node_modules" not in path.parts and path.name not in ("serve.py", "fetch.py")
        for name in reached(path.read_text("utf-8"), harmless)
        if any(name == bad or name.startswith(bad + ".") for bad in network)
    ]
    assert found == []


def reached(source: str, harmless: str) -> set[str]:
    """What a module imports, without `harmless` and a module of which it takes nothing else."""
    names = set(imports(source))
    module = harmless.rpartition(".")[0]
    if harmless in names and not any(name.startswith(module + ".") for name in names - {harmless}):
        names.discard(module)
    return names - {harmless}


PAGE_ONLY = {"dom.ts", "worker.ts", "unloaded.ts"}
"""`unloaded.ts` speaks up where dom.ts itself, or a part of it, could not be loaded."""


GLOBALS = re.compile(
    r"(?<![\w.$'\"])(?:document\.(?!\s)[A-Za-z]|window[.(\[]|globalThis\.(?:document|fetch)|fetch\(|XMLHttpRequest|localStorage|navigator\.)"
)


def test_the_browser_half_touches_the_page_in_three_files_only() -> None:
    """`document["id"]` is a credential that a parameter names; `document.body` is the page's."""
    found = [
        f"{path.name}: {match.group(0)}"
        for path in (PACKAGE / "browser" / "src").rglob("*.ts")
        if path.name not in PAGE_ONLY
        for line in path.read_text("utf-8").splitlines()
        if not line.strip().startswith(("//", "*", "/*")) and (match := GLOBALS.search(line))
    ]
    assert found == []


def test_the_worker_never_fetches() -> None:
    worker = PACKAGE / "browser" / "src" / "worker.ts"
    assert worker.exists()
    assert not re.search(r"\bfetch\s*\(|XMLHttpRequest|WebSocket|EventSource", worker.read_text("utf-8"))
