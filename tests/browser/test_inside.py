"""Credentials inside of files: each has a page of its own, which checks it in the file that it came in."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen.site.build import build

CONFIG = """site_name: Ada
docs_dir: pages
theme:
  name: portfolio
plugins:
  - search
  - portfolio:
      wallet: wallet
      name: Ada Example
"""
FILES = ("presentations/signed-mixed.json", "jwt/vpjwt-good.jwt", "presentations/endorsed.json")


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    folder = tmp_path_factory.mktemp("inside")
    for name in ("wallet", "pages"):
        (folder / name).mkdir()
    (folder / "pages" / "about.md").write_text("# About\n", "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    for name in FILES:
        shutil.copy(root / "tests/vectors" / name, folder / "wallet")
    return build(folder / "mkdocs.yml")


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site.site_dir)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def test_each_credential_has_a_card_and_no_container_or_endorsement(site: Any) -> None:
    places = sorted((entry.file.name, entry.place) for entry in site.entries)
    assert places == [
        ("endorsed.json", ""),
        ("signed-mixed.json", "#/verifiableCredential/0"),
        ("signed-mixed.json", "#/verifiableCredential/1"),
        ("signed-mixed.json", "#/verifiableCredential/2"),
        ("vpjwt-good.jwt", "#/vp/verifiableCredential/0"),
        ("vpjwt-good.jwt", "#/vp/verifiableCredential/1"),
    ]


def test_the_file_is_published_once_byte_for_byte(site: Any, root: Path) -> None:
    rows = json.loads((site.site_dir / "portfolio.json").read_text("utf-8"))["credentials"]
    mixed = [row for row in rows if row.get("pointer", "").startswith("/verifiableCredential/")]
    assert len({row["file"] for row in mixed}) == 1
    assert len({row["page"] for row in mixed}) == 3
    published = (site.site_dir / mixed[0]["file"]).read_bytes()
    assert published == (root / "tests/vectors/presentations/signed-mixed.json").read_bytes()


def test_each_page_finds_its_own_credential_in_the_file(site: Any, address: str, browser: Any) -> None:
    page = browser.new_page()
    for entry in site.entries:
        page.goto(address + entry.address)
        page.wait_for_function("() => !!document.querySelector('article[data-verdict]')")
        assert page.locator("article").get_attribute("data-verdict") == entry.report.verdict, entry.place
        assert entry.file.sha256 in page.locator("[data-live=digest]").inner_text()
    page.goto(address)
    page.wait_for_function("() => !document.querySelector('[data-busy]')")
    cards = page.evaluate("() => [...document.querySelectorAll('.pf-card')].map((card) => card.dataset.verdict)")
    assert sorted(cards) == sorted(entry.report.verdict for entry in site.entries)
    page.close()


def test_a_page_that_names_no_credential_of_the_file_is_not_checked(site: Any, address: str, browser: Any) -> None:
    page = browser.new_page()
    entry = next(entry for entry in site.entries if entry.place.endswith("/0"))
    html = (site.site_dir / entry.address / "index.html").read_text("utf-8")
    page.route(
        f"{address}{entry.address}",
        lambda route: route.fulfill(body=html.replace(entry.place, entry.place + "9"), content_type="text/html"),
    )
    page.goto(address + entry.address)
    page.wait_for_function("() => !!document.querySelector('article[data-verdict]')")
    assert page.locator("article").get_attribute("data-verdict") == "not-checked"
    page.close()
