"""The visitor's button on a Blockcerts diploma: nobody is asked before it is pressed, nor whom it does not name."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.portfolios import portfolio_of, served
from portfolio_gen.vocabulary import message, vocabulary

HOSTS = ["blockstream.info", "fernwald.example"]
OVER = "() => document.querySelector('article[data-verdict]')"


@pytest.fixture(scope="module")
def rows(root: Path) -> dict[str, Any]:
    return {row["id"]: row for row in json.loads((root / "tests/vectors/manifest.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    name = "blockcert-v3.json"
    data = (root / "tests/vectors/blockcerts" / name).read_bytes()
    return portfolio_of(tmp_path_factory.mktemp("lookup"), {name: data})


@pytest.fixture(scope="module")
def page_address(site: Any) -> Iterator[str]:
    with served(site.site_dir) as base:
        yield base + site.entries[0].address


@pytest.fixture
def asked(page: Any, rows: dict[str, Any], page_address: str) -> list[str]:
    """Open the page; what it asks of others is answered as in the vector, and noted."""
    seen: list[str] = []
    web = rows["blockcert-v3"]["web"]

    def answer(route: Any) -> None:
        seen.append(route.request.url)
        found = web.get(route.request.url)
        headers = {"access-control-allow-origin": "*", "content-type": "application/json"}
        body = base64.b64decode(found["bytes"]) if found else b"{}"
        route.fulfill(status=found["status"] if found else 404, headers=headers, body=body)

    page.route(lambda url: "127.0.0.1" not in url, answer)
    page.goto(page_address)
    page.wait_for_function(OVER)
    page.wait_for_selector(".pf-lookup button")
    return seen


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    yield page
    page.close()


def pressed(page: Any) -> str:
    page.click(".pf-lookup button")
    page.wait_for_function("() => !document.querySelector('.pf-lookup button')")
    verdict: str = page.locator("article").get_attribute("data-verdict")
    return verdict


def test_nobody_is_asked_before_the_button_that_names_them_is_pressed(page: Any, asked: list[str]) -> None:
    assert page.locator("article").get_attribute("data-verdict") == "cannot-check"
    assert page.locator(".pf-lookup button").inner_text() == message("live.lookup.button")
    assert message("live.lookup", hosts=", ".join(HOSTS)) in page.locator(".pf-lookup").inner_text()
    page.wait_for_timeout(300)
    assert asked == []


def test_what_they_answer_gives_the_verdict_that_the_vector_expects(
    page: Any, asked: list[str], rows: dict[str, Any]
) -> None:
    row = rows["blockcert-v3"]
    assert pressed(page) == row["expect"]["verdict"] == "verified"
    key_set = "https://fernwald.example/.well-known/jwt-vc-issuer/blockcerts.json"  # an https issuer may have one
    assert sorted(asked) == sorted([*row["web"], key_set])
    codes = row["expect"]["checks"]
    says = vocabulary()["checks"]["signer"]["codes"][codes["signer"]["code"]]["says"]
    assert says in page.locator("[data-live=checks]").inner_text()
    said = page.locator(".pf-lookup").inner_text()
    assert message("live.lookup.answered", hosts=", ".join(HOSTS)) in said
    assert message("live.lookup.explorer") in said
    assert page.locator("article .pf-differences").count() == 0


def test_an_explorer_that_does_not_know_the_transaction_settles_nothing(
    page: Any, asked: list[str], rows: dict[str, Any]
) -> None:
    page.unroute_all()
    page.route(
        lambda url: "127.0.0.1" not in url, lambda route: route.fulfill(status=404, body="Transaction not found")
    )
    assert pressed(page) == "cannot-check"


def test_an_explorer_that_cannot_be_reached_settles_nothing(page: Any, asked: list[str]) -> None:
    page.unroute_all()
    page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
    assert pressed(page) == "cannot-check"


def test_the_policy_allows_the_hosts_that_the_button_names_and_no_others(site: Any, demo: Any) -> None:
    def allowed(built: Any, path: str) -> str:
        text = (built.site_dir / path / "index.html").read_text("utf-8")
        return text.partition("connect-src ")[2].partition(";")[0]

    assert allowed(site, site.entries[0].address) == " ".join(["'self'", *(f"https://{host}" for host in HOSTS)])
    assert allowed(site, "") == "'self'"
    names = {entry.file.name: entry for entry in demo.entries}
    assert (
        allowed(demo, names["summer-school.json"].address)
        == "'self' https://blockstream.info https://isle-of-rook.example"
    )
