"""In a real browser: Material and our scripts run under the policy, with nothing in the console."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from small_site import BADGE, HOST, credential, make_site

from portfolio_gen.site.build import build
from portfolio_gen.site.serve import PreviewServer

PAGES = ("", f"{BADGE}/", "issuers/", "skills/", "check/", "how/", "about/", "deep/below/", "404.html")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("site")
    config_file = make_site(root / "ada")
    config_file.write_text(config_file.read_text().replace("https://ada.example/work/", ""))
    build(config_file)
    handler = partial(Quiet, directory=root / "ada" / "site")
    httpd = ThreadingHTTPServer((HOST, 0), handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{httpd.server_address[1]}/"
    httpd.shutdown()
    httpd.server_close()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_runs_without_a_word_in_the_console(address: str, tab: Any, path: str) -> None:
    tab.goto(address + path, wait_until="networkidle")
    assert tab.evaluate("typeof __md_scope") == "object"  # the theme's inline scripts ran
    tab.wait_for_function("document.documentElement.classList.contains('js')")  # and its bundle, in its own time
    assert tab.console == []
    assert [url for url in tab.elsewhere if not url.startswith(address)] == []


def test_search_and_the_choice_of_light_and_dark_work(address: str, tab: Any) -> None:
    tab.goto(address + f"{BADGE}/", wait_until="networkidle")
    tab.locator("input[name=query]").click()
    tab.keyboard.type("Nordlicht")
    tab.wait_for_selector(".md-search-result__link[href*='a-badge']", state="attached")
    tab.goto(address, wait_until="networkidle")
    before = tab.evaluate("document.body.getAttribute('data-md-color-media')")
    tab.locator("form[data-md-component=palette] label:visible").first.click()
    assert tab.evaluate("document.body.getAttribute('data-md-color-media')") != before
    assert tab.console == []


def test_an_inline_script_of_the_owners_does_not_run(tmp_path: Path, browser: Any) -> None:
    config_file = make_site(tmp_path / "ada")
    (config_file.parent / "docs/about.md").write_text("# A\n\n<script>document.title = 'ran'</script>\n")
    build(config_file)
    tab = browser.new_page()
    tab.goto((config_file.parent / "site/about/index.html").as_uri())
    assert tab.title() != "ran"
    tab.close()


def test_the_preview_reloads_in_the_browser_and_shows_what_is_wrong(
    server: PreviewServer,
    config_file: Path,
    tab: Any,
) -> None:
    tab.goto(server.url)
    (config_file.parent / "wallet/three.json").write_bytes(credential(name="Third"))
    tab.wait_for_selector("text=Third")
    good = config_file.read_text()
    config_file.write_text("site_name: [")
    tab.wait_for_selector("#preview-problem:has-text('mkdocs.yml')")
    config_file.write_text(good)
    tab.wait_for_selector("#preview-problem", state="detached")
    tab.wait_for_selector("text=Third")
    assert [line for line in tab.console if "Content" in line or "Refused" in line] == []
