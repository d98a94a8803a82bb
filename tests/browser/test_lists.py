"""Issuer lists on a page: looked up in the browser, in the copies that the site publishes, named as whose they are."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from vector_rows import ROWS, bytes_of, lists_of

from browser.portfolios import portfolio_of, served
from portfolio_gen.issuer_lists import files

BY_ID = {row["id"]: row for row in ROWS}
FULL = [copy for id in ("list-federation-says-all", "list-name-script", "list-own") for copy in lists_of(BY_ID[id])]
LOGO = FULL[0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "snapshots" / "lists").mkdir(parents=True)
    for name, data in files(FULL).items():
        (folder / "snapshots" / "lists" / name).write_bytes(data)
    wallet = {"good.json": bytes_of(BY_ID["list-knows"]), "web.json": bytes_of(BY_ID["list-web-live"])}
    return portfolio_of(folder, wallet)


@pytest.fixture
def address(site: Any) -> Iterator[str]:
    with served(site.site_dir) as found:
        yield found


def page_of(site: Any, file: str) -> str:
    return next(str(entry.address) for entry in site.entries if entry.file.name == file)


def identity(page: Any, address: str) -> Any:
    page.goto(address)
    page.wait_for_selector(".pf-credential[data-verdict]")
    found = page.locator("[data-live=identity]").first
    page.wait_for_function("() => !/any list yet/.test(document.querySelector('[data-live=identity]').textContent)")
    return found


def test_the_page_says_which_lists_know_the_issuer(browser: Any, site: Any, address: str) -> None:
    page = browser.new_page()
    text = identity(page, address + page_of(site, "good.json")).inner_text()
    plain = re.sub("[\u2068\u2069]", "", text)
    assert "“Federation” knows this identifier, as “Fernwald Academy of Beekeeping”." in plain
    assert "The owner of this site knows this identifier" in plain
    assert "List as copied by this site on 20 May 2026." in plain
    assert page.locator(".pf-known__name").all_inner_texts() == ["Fernwald Academy of Beekeeping"]
    assert page.locator(".pf-known__logo").get_attribute("src").startswith("data:image/png")
    assert page.locator(".pf-credential").get_attribute("data-verdict") == "verified"
    page.close()


def test_markup_in_a_list_is_text(browser: Any, site: Any, address: str) -> None:
    page = browser.new_page()
    found = identity(page, address + page_of(site, "good.json"))
    assert "<script>alert(1)</script>" in found.inner_text()
    assert found.locator("script, a").count() == 0
    assert found.locator("img").count() == 1
    page.close()


def test_whoever_is_not_shown_to_have_signed_is_looked_for_on_none(browser: Any, site: Any, address: str) -> None:
    page = browser.new_page()
    found = identity(page, address + page_of(site, "web.json")).inner_text()
    assert "Not looked for on any list: it is not shown" in found
    page.close()


def changed(page: Any, name: str, body: str, status: int = 200) -> None:
    page.route(f"**/assets/lists/{name}", lambda route: route.fulfill(body=body, status=status))


def test_a_copy_that_is_not_the_one_in_the_index_counts_for_nothing(browser: Any, site: Any, address: str) -> None:
    """Nor is what the build may have found in it on the page."""
    page = browser.new_page()
    changed(page, "*.txt", "")
    text = identity(page, address + page_of(site, "good.json")).inner_text()
    assert "Federation" not in text
    assert "Lists whose copies here could not be read: 1." in text
    page.close()


def test_an_issuer_that_no_list_knows(browser: Any, site: Any, address: str) -> None:
    page = browser.new_page()
    index = json.loads((Path(site.site_dir) / "assets/lists/index.json").read_bytes())
    none = lists_of(BY_ID["list-other-did"])
    row = json.loads(files(none)["index.json"])[0]
    changed(page, "index.json", json.dumps([{**row, "name": "Strangers"}]))
    changed(page, row["file"], none[0]["bytes"].decode())
    assert len(index) == 3
    text = re.sub("[\u2068\u2069]", "", identity(page, address + page_of(site, "good.json")).inner_text())
    assert "On no list we know. Looked at: “Strangers”, 20 May 2026." in text
    page.close()


def test_without_the_lists_the_page_claims_nothing(browser: Any, site: Any, address: str) -> None:
    page = browser.new_page()
    changed(page, "index.json", "", 404)
    page.goto(address + page_of(site, "good.json"))
    page.wait_for_selector(".pf-credential[data-verdict=verified]")
    page.wait_for_timeout(300)
    assert "Not looked for on any list yet." in page.locator("[data-live=identity]").first.inner_text()
    page.close()


def test_a_site_without_lists_says_so(browser: Any, tmp_path: Path) -> None:
    site = portfolio_of(tmp_path, {"good.json": bytes_of(BY_ID["list-knows"])})
    with served(site.site_dir) as address:
        page = browser.new_page()
        found = identity(page, address + page_of(site, "good.json"))
        assert "On no list we know." in found.inner_text()
        page.close()
