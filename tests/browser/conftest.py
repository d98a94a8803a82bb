"""The built verifier in Node and in Chromium, and the parts of it that have vectors of their own."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from browser.portfolios import Quiet, served

HERE = Path(__file__).resolve().parent
DIST = HERE.parents[1] / "portfolio_gen" / "browser" / "dist"
sys.path.append(str(HERE.parent / "unit"))  # rdf_lines

Node = Callable[..., subprocess.CompletedProcess[str]]
Web = Mapping[str, Mapping[str, Any]]
Lists = list[dict[str, Any]]
Task = (
    tuple[bytes, str]
    | tuple[bytes, str, Web]
    | tuple[bytes, str, Web, Lists]
    | tuple[bytes, str, Web, Lists, Mapping[str, list[str]]]
)
"""A file, the time at which it is checked, what is known of the network, copies of issuer lists, what was declared."""


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def plain(task: Task) -> dict[str, Any]:
    """The task as JSON, bytes in base64."""
    data, now, *more = task
    web = more[0] if more else {}
    lists = [{**one, "bytes": encoded(one["bytes"])} for one in (more[1] if len(more) > 1 else ())]
    answers = {address: {**answer, "bytes": encoded(answer["bytes"])} for address, answer in web.items()}
    declared = {"holders": more[2]} if len(more) > 2 and more[2] else {}
    return {"data": encoded(data), "now": now, "web": answers, "lists": lists, **declared}


def _lines(output: str) -> list[Any]:
    return [json.loads(line) for line in output.split("\n") if line]


@pytest.fixture(scope="session")
def in_node(node: Node) -> Callable[[list[Task]], list[dict[str, Any]]]:
    """Check files with dist/verifier.js in Node."""

    def run(tasks: list[Task]) -> list[dict[str, Any]]:
        lines = "\n".join(json.dumps(plain(task)) for task in tasks)
        reports = _lines(node(HERE / "check.mjs", stdin=lines).stdout)
        assert len(reports) == len(tasks)
        return reports

    return run


@pytest.fixture(scope="session")
def ask(node: Node) -> Callable[[list[dict[str, Any]]], list[dict[str, Any]]]:
    """Put questions to the parts of the verifier: see internals.ts."""

    def run(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        answers = _lines(node(HERE / "internals.mjs", stdin="\n".join(json.dumps(task) for task in tasks)).stdout)
        assert len(answers) == len(tasks)
        return answers

    return run


class _Vectors(Quiet):
    def do_GET(self) -> None:  # noqa: N802 (its name in http.server)
        if self.path != "/":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "default-src 'none'; script-src 'self'")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Vectors</title>")


@pytest.fixture(scope="session")
def dist_address() -> Iterator[str]:
    """The bundle on a loopback address, under a policy that lets a page load scripts of its own and nothing else."""
    with served(DIST, _Vectors) as address:
        yield address


CHECK_IN_PAGE = """async ({ data, now, web, lists, holders }) => {
  const { verify } = await import('/verifier.js');
  const bytes = (encoded) => Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const answers = Object.entries(web).map(([address, answer]) => [address, { ...answer, bytes: bytes(answer.bytes) }]);
  const copies = lists.map((list) => ({ ...list, bytes: bytes(list.bytes) }));
  return verify(bytes(data), { now, web: Object.fromEntries(answers), lists: copies, ...(holders && { holders }) });
}"""


@pytest.fixture(scope="session")
def in_chromium(browser: Any, dist_address: str) -> Callable[..., list[dict[str, Any]]]:
    """Check files with dist/verifier.js in a page, also in one where a script has changed the browser before."""

    def run(tasks: list[Task], script: str = "") -> list[dict[str, Any]]:
        page = browser.new_page()
        if script:
            page.add_init_script(script)
        page.goto(dist_address)
        reports = [page.evaluate(CHECK_IN_PAGE, plain(task)) for task in tasks]
        page.close()
        return reports

    return run


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    """The demo portfolio, built aside; the result of the build, its entries whole, whose `site_dir` holds it."""
    from portfolio_gen.site.build import build

    result = build(demo_folder(tmp_path_factory.mktemp("demo"), root) / "mkdocs.yml")
    return replace(result, entries=tuple(entry.whole() for entry in result.entries))


def demo_folder(folder: Path, root: Path) -> Path:
    """Copy what the demo portfolio is built from into a folder."""
    for name in ("credentials", "pages", "stacks"):
        shutil.copytree(root / "sample_wallet" / name, folder / "sample_wallet" / name)
    shutil.copy(root / "sample_wallet" / "schools.yml", folder / "sample_wallet")
    for name in ("mkdocs.yml", "holders.yml"):
        shutil.copy(root / name, folder)
    return folder


@pytest.fixture(scope="session")
def demo_address(demo: Any) -> Iterator[str]:
    """The demo portfolio on a loopback address."""
    with served(demo.site_dir) as address:
        yield address
