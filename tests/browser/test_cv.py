"""The CV of the demo: every fact in it is compared, a skill too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

OVER = "() => document.querySelectorAll('[data-credential]:not([data-verdict])').length === 0"
SKILL = re.compile(r'(<div data-view="skill".*?</dl>)', re.DOTALL)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    yield page
    page.close()


def opened(page: Any, address: str, change: Any = None) -> Any:
    def fulfil(route: Any) -> None:
        response = route.fetch()
        text = response.text()
        assert not change or change(text) != text
        route.fulfill(response=response, body=change(text) if change else text)

    page.route("**/cv/", fulfil)
    page.goto(f"{address}cv/")
    page.wait_for_function(OVER)
    return page


def test_it_holds_every_credential_with_its_verdict(demo: Any, demo_address: str, page: Any) -> None:
    opened(page, demo_address)
    found = page.eval_on_selector_all(".pf-cv__line [data-verdict]", "all => all.map(one => one.dataset.verdict)")
    assert sorted(found) == sorted(entry.report.verdict for entry in demo.entries)
    skills = page.eval_on_selector_all('[data-view="skill"]', "all => all.map(one => one.dataset.verdict)")
    assert len(skills) > 10
    assert "failed" not in skills
    page.emulate_media(media="print")
    assert not page.locator(".pf-header").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: SKILL.sub(
            lambda found: re.sub(r"([^<>]+)(</span>)", r"Flying\2", found[1], count=1), text, count=1
        ),
        lambda text: SKILL.sub(lambda found: re.sub("<span.*?</span>", "", found[1], count=1), text, count=1),
    ],
    ids=["altered", "deleted"],
)
def test_a_skill_that_is_not_as_signed_does_not_check_out(demo: Any, demo_address: str, page: Any, change: Any) -> None:
    opened(page, demo_address, change)
    assert page.locator('[data-view="skill"]').first.get_attribute("data-verdict") == "failed"
