"""Cards in the owner's own pages: the visitor's browser checks them, and compares what they show."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from browser.portfolios import Quiet, served

ABOUT = "about/index.html"
TITLE = "Data for Operations: Programme Certificate"


def verdicts(browser: Any, address: str) -> list[str]:
    page = browser.new_page()
    page.goto(f"{address}/about/")
    page.wait_for_selector("[data-credential][data-verdict]")
    found = page.locator("[data-credential]")
    for index in range(found.count()):
        page.wait_for_selector(f"[data-credential][data-verdict] >> nth={index}")
    told = [found.nth(index).get_attribute("data-verdict") for index in range(found.count())]
    page.close()
    return told


def test_a_cited_credential_and_a_cited_skill_are_checked(browser: Any, demo_address: str) -> None:
    assert verdicts(browser, demo_address) == ["verified"] * 3


def test_a_card_that_says_something_else_is_found_out(browser: Any, demo: Any, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(demo.site_dir, site)
    html = (site / ABOUT).read_text("utf-8")
    assert html.count(TITLE) == 2
    (site / ABOUT).write_text(html.replace(TITLE, "Doctor of Everything", 1), "utf-8")
    with served(site, Quiet) as address:
        assert verdicts(browser, address)[0] == "failed"
