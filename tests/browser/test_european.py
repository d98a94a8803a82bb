"""A European Digital Credential on a page: every fact is compared, in each language, and the seal is explained."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen.site.build import build
from portfolio_gen.vocabulary import vocabulary

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


class _Quiet(http.server.SimpleHTTPRequestHandler):
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}  # noqa: RUF012

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    folder = tmp_path_factory.mktemp("european")
    for name in ("wallet", "pages"):
        (folder / name).mkdir()
    (folder / "pages" / "about.md").write_text("# About\n", "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    shutil.copy(root / "tests/vectors/jws_json/edc-good.json", folder / "wallet")
    return build(folder / "mkdocs.yml")


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site.site_dir)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.entries[0].address}"
    server.shutdown()


def checked(browser: Any, address: str, site: Any, change: tuple[str, str] | None = None) -> tuple[str, str]:
    """Return the verdict and the words of the page, after a change to its HTML."""
    page = browser.new_page()
    if change:
        html = (site.site_dir / site.entries[0].address / "index.html").read_text("utf-8")
        assert change[0] in html
        page.route(address, lambda route: route.fulfill(body=html.replace(*change), content_type="text/html"))
    page.goto(address)
    page.wait_for_function("() => !!document.querySelector('article[data-verdict]')")
    verdict, words = page.locator("article").get_attribute("data-verdict"), page.locator("article").inner_text()
    page.close()
    return verdict, words


def test_it_is_checked_and_says_whose_certificate_it_was(site: Any, address: str, browser: Any) -> None:
    verdict, words = checked(browser, address, site)
    assert verdict == "partly-checked"
    for fact in ("Beekeeping for beginners", "Imkern für Anfänger", "very good", "PT125H", "keep bees", "Level 5"):
        assert fact in words
    assert vocabulary()["checks"]["signer"]["codes"]["CERTIFICATE_NOT_ANCHORED"]["says"] in words
    assert "CN=Fernwald University e-seal" in words


@pytest.mark.parametrize(
    "change", [("very good", "excellent"), ("Imkern für Anfänger", "Imkern für Meister"), ("PT125H", "PT500H")]
)
def test_a_fact_that_differs_fails(site: Any, address: str, browser: Any, change: tuple[str, str]) -> None:
    assert checked(browser, address, site, change)[0] == "failed"
