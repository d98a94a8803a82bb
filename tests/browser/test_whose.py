"""A visitor compares an identifier of the applicant's with a page's credentials, and it leaves the browser nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from browser.test_axe import LOOKS, OVER, axe, violations

__all__ = ["axe"]

MAIL = "noor@noor-halvorsen.example"
SECRETS = (MAIL, "noor%40", "Noor@", "noor-halvorsen.example")


@pytest.fixture(params=sorted(LOOKS))
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    width, height = LOOKS[request.param]
    scheme = "dark" if request.param == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    yield context.new_page()
    context.close()


def opened(page: Any, address: str) -> None:
    page.goto(address)
    page.wait_for_function(OVER)
    page.click("[data-whose] > summary")
    page.wait_for_selector("[data-whose] form")


def compared(page: Any, text: str) -> str:
    page.fill(".pf-whose__input", text)
    page.press(".pf-whose__input", "Enter")
    page.wait_for_selector(".pf-whose__result:not(:has(.pf-progress)):not(:empty)")
    said: str = page.inner_text(".pf-whose__result")
    return said


def test_the_home_page_says_which_are_made_out_to_it(demo_address: str, page: Any, axe: str) -> None:
    opened(page, demo_address)
    said = compared(page, " Noor@NOOR-halvorsen.example ")
    assert "Made out to it: 2 of " in said
    assert "(e-mail, hashed)" in said
    assert page.locator(".pf-whose__list li").count() == 2
    assert page.locator(".pf-whose__list .pf-badge").count() == 2
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    said = compared(page, "eve@mail.example")
    assert "Made out to it: 0 of " in said
    assert "Made out to another identifier: " in said
    assert "Nothing was typed." in compared(page, "  ")
    assert "did" in compared(page, "did:key:z6Mkh6WcLKmA4pRo8HuyXuSiTqGzqmgcVPt3UHmKNPmgGsjx").casefold()


def test_nothing_of_it_leaves_the_page(demo_address: str, browser: Any) -> None:
    context = browser.new_context()
    page = context.new_page()
    opened(page, demo_address)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.url
    assert "Made out to it: 2 of " in compared(page, MAIL)
    assert asked == []
    assert page.url == before
    kept = page.evaluate(
        """async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state,
          (await indexedDB.databases()).length, await caches.keys()])"""
    )
    assert not [word for word in SECRETS if word.casefold() in kept.casefold()]
    assert page.evaluate("document.querySelector('.pf-whose__input').name") == ""
    assert context.cookies() == []
    context.close()


def test_without_its_script_the_form_is_not_there(demo_address: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_address)
    assert page.locator("[data-whose] form, [data-whose] input").count() == 0
    context.close()


def test_a_credentials_page_asks_for_that_one(demo: Any, demo_address: str, browser: Any, axe: str) -> None:
    entry = next(entry for entry in demo.entries if entry.file.name == "open-data-day.json")
    page = browser.new_context(bypass_csp=True).new_page()
    opened(page, demo_address + entry.address)
    assert "Made out to it: 1 of 1" in compared(page, MAIL)
    assert violations(page, axe) == []
    assert page.get_attribute("article[data-credential]", "data-verdict") == entry.report.verdict
    page.close()


def test_other_kinds_of_identifiers(demo: Any, demo_address: str, browser: Any) -> None:
    page = browser.new_page()
    opened(page, demo_address)
    assert "(name)" in compared(page, "noor  halvorsen")
    assert "Made out to it: 0 of " in compared(page, "+47 123 45 678")
    assert "Made out to it: 0 of " in compared(page, "https://noor-halvorsen.example/")
    page.close()
