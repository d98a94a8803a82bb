"""Every kind of page in light, dark and on a phone: axe finds nothing (WCAG 2.2 AA)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.conftest import demo_folder
from browser.portfolios import served
from portfolio_gen.sharing import embed_at
from portfolio_gen.site.build import build
from portfolio_gen.site.theme import NAMES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OVER = "() => document.querySelectorAll('[data-credential]:not([data-verdict])').length === 0"
LEFT = "net::ERR_ABORTED"
"""Why a request fails whose page was left."""

PARTS = 8
"""Into how many tests the pages of the demo are divided, for as many processes as there may be."""
LOOKS = {"light": (1280, 900), "dark": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    return (root / "portfolio_gen/browser/node_modules/axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture(params=sorted(LOOKS))
def context(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    width, height = LOOKS[request.param]
    scheme = "dark" if request.param == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    yield context
    context.close()


def addresses(demo: Any) -> list[str]:
    """One page of each kind, and a credential of each verdict."""
    verdicts = {entry.report.verdict: entry.address for entry in demo.entries}
    folders = [next(demo.site_dir.glob(f"{kind}/*/index.html")) for kind in ("issuers", "skills")]
    folders += sorted(demo.site_dir.glob("stacks/*/index.html"))
    inner = [f"{path.parent.relative_to(demo.site_dir).as_posix()}/" for path in folders]
    single = ["issuers/", "skills/", "stacks/", "check/", "how/", "timeline/", "export/", "cv/", "about/"]
    return ["", *single, *inner, *verdicts.values()]


def violations(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("(rules) => axe.run(document, { runOnly: rules })", RULES)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("context", ["dark", "phone"], indirect=True)
def test_axe_finds_nothing(demo: Any, demo_address: str, context: Any, axe: str) -> None:
    assert len(addresses(demo)) > 10
    for address in addresses(demo):
        page = context.new_page()
        page.goto(demo_address + address)
        page.wait_for_function(OVER)
        assert violations(page, axe) == [], address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        page.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_checks_itself_asks_nobody_else_and_axe_finds_nothing(
    demo: Any, demo_address: str, browser: Any, axe: str, part: int
) -> None:
    pages = sorted(path.relative_to(demo.site_dir).as_posix() for path in demo.site_dir.rglob("*.html"))
    assert len(pages) > 4 * len(demo.entries)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    failed: list[str] = []
    context.on("console", lambda line: said.append(line.text))
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: failed.append(request.url) if request.failure != LEFT else None)
    context.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
    page = context.new_page()
    for address in pages[part::PARTS]:
        page.goto(demo_address + address.removesuffix("index.html"))
        page.wait_for_function(OVER)
        assert page.locator("h1").count() == 1, address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        assert violations(page, axe) == [], address
    assert said == []
    assert failed == []
    assert {url for url in asked if not url.startswith((demo_address, "data:"))} == set()
    context.close()


@pytest.mark.parametrize("name", NAMES[1:])
def test_axe_finds_nothing_in_other_themes(name: str, root: Path, tmp_path: Path, browser: Any, axe: str) -> None:
    folder = demo_folder(tmp_path, root)
    config = (folder / "mkdocs.yml").read_text("utf-8").replace("  name: portfolio\n", f"  name: {name}\n")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    made = build(folder / "mkdocs.yml")
    pages = ["", made.entries[0].address, "stacks/", "check/", "cv/"]
    with served(made.site_dir) as address:
        for path, look in zip(pages, ("light", "dark", "phone", "dark", "light"), strict=True):
            width, height = LOOKS[look]
            scheme = "dark" if look == "dark" else "light"
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
            page.goto(address + path)
            page.wait_for_function(OVER)
            assert violations(page, axe) == [], path
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            page.close()


def test_axe_finds_nothing_in_badges_for_other_sites(demo: Any, demo_address: str, context: Any, axe: str) -> None:
    badges = {entry.report.verdict: embed_at(entry) for entry in demo.entries}
    assert len(badges) > 2
    for address in badges.values():
        page = context.new_page()
        page.set_viewport_size({"width": 440, "height": 300})
        page.goto(demo_address + address)
        page.wait_for_function(OVER)
        assert violations(page, axe) == [], address
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        page.close()


@pytest.mark.parametrize(("view", "there"), [("certificate/", "body"), ("data/", ".pf-data__lines")])
def test_axe_finds_nothing_in_certificates_and_data(
    demo: Any, demo_address: str, context: Any, axe: str, view: str, there: str
) -> None:
    verdicts = {entry.report.verdict: entry.address + view for entry in demo.entries if entry.report.credential}
    assert len(verdicts) > 2
    for address in verdicts.values():
        page = context.new_page()
        page.goto(demo_address + address)
        page.wait_for_function(OVER)
        page.wait_for_selector(there)
        assert violations(page, axe) == [], address
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address
        page.close()


def test_axe_finds_nothing_in_a_checked_file(demo: Any, demo_address: str, context: Any, axe: str) -> None:
    page = context.new_page()
    page.goto(demo_address + "check/")
    page.wait_for_selector("[data-filecheck]")
    page.set_input_files("input[type=file]", {"name": "x.json", "mimeType": "", "buffer": demo.entries[0].file.data})
    page.wait_for_selector(".pf-verdict[data-verdict]")
    assert violations(page, axe) == []
