"""A European Digital Credential on a page: every fact is compared, in each language, and the seal is explained."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.portfolios import portfolio_of, served
from portfolio_gen.vocabulary import vocabulary


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    name = "edc-good.json"
    data = (root / "tests/vectors/jws_json" / name).read_bytes()
    return portfolio_of(tmp_path_factory.mktemp("european"), {name: data})


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    with served(site.site_dir) as base:
        yield base + site.entries[0].address


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
