"""Two implementations, one truth: what `verify SITE` finds on an altered page is what the page's own script finds.

Each page is altered in Chromium; its HTML is read in Python, then its script runs. Styles, which Python does not see,
are left alone. In Python a verdict that stands on a page before its script has run is a fault too: the script paints
it over.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from browser.test_shown import ALTERED, FOUND, IMITATIONS, OVER, UNSIGNED, musts
from portfolio_gen.format import collapsed
from portfolio_gen.reading import read_page
from portfolio_gen.shown import compare, sentence

TEXTS = "() => [...document.querySelectorAll(':not([data-credential] *)[data-credential]')].map((one) => one.outerHTML)"
BASE = "https://site.invalid/"
CLAIMS = [
    "claim.tagName === 'IMG' ? claim.setAttribute('src', '../../noor.svg') : claim.append('x')",
    "claim.tagName === 'IMG' ? claim.removeAttribute('src') : claim.replaceChildren('')",
    "claim.dataset.field = claim.dataset.field === 'term' ? 'role' : 'term'",
    "claim.dataset.claim = '/nowhere'",
    "claim.removeAttribute('data-claim')",
    "claim.remove()",
    "if (claim.tagName === 'A') claim.setAttribute('href', '')",
    "claim.setAttribute('lang', '')",
    "claim.setAttribute('lang', 'de')",
    "claim.parentElement.setAttribute('lang', 'de')",
    "claim.hidden = true",
    "copy.querySelectorAll('dl')[1]?.append(claim)",
    "copy.querySelector('h1').append(claim)",
    "claim.parentElement.setAttribute('data-owner', '')",
    "claim.parentElement.setAttribute('data-live', 'checks')",
    "copy.dataset.view = 'card'; claim.remove()",
    "copy.dataset.view = 'issuer'; claim.remove()",
]
LEFT_ALONE = ("style=", "'style'", "iframe")
"""What Python sees of these is that they are there, as a browser does; what the page then looks like, it does not."""


@pytest.fixture(scope="module")
def rich(demo: Any) -> Any:
    verified = [entry for entry in demo.entries if entry.report.verdict == "verified"]
    return max(verified, key=lambda entry: len({fact.field for fact in entry.report.credential}))


def both(
    browser: Any, demo: Any, address: str, path: str, changes: list[str], report: Any, which: str = "[data-credential]"
) -> list[tuple[Any, ...]]:
    """Return, for each change, what Python finds and what the browser finds: whether it fails, and the sentences.

    It is made in copies of the first element that the selector `which` finds.
    """
    page = browser.new_page()
    page.route("**/page.js*", lambda route: route.abort())
    page.goto(address + path)
    altered = ALTERED.replace("return import(scripts);", "").replace("('[data-credential]');", f"('{which}');", 1)
    page.evaluate(altered, [changes, ""])
    texts = page.evaluate(TEXTS)
    page.unroute("**/page.js*")
    page.evaluate("(script) => import(script)", f"{address}assets/verifier/page.js?later")
    page.wait_for_function(OVER)
    there = page.evaluate(FOUND)
    page.close()

    def bytes_at(asked: str) -> bytes | None:
        file = Path(demo.site_dir) / asked.removeprefix(BASE)
        return file.read_bytes() if file.is_file() else None

    here = [
        compare(read_page(f"<!doctype html><body>{text}".encode(), BASE + path, bytes_at).elements[0].snapshot, report)
        for text in texts
    ]
    assert len(there) == len(here) == len(changes)
    return [
        (check.result == "fail", {collapsed(sentence(one)) for one in differences}, found)
        for (check, differences), found in zip(here, there, strict=True)
    ]


def sentences(found: dict[str, str]) -> set[str]:
    lines = (collapsed(line) for line in found["differences"].split("\n")[1:])
    return {line for line in lines if line}


def plain(lines: set[str]) -> set[str]:
    return {re.sub("[\u2068\u2069]", "", line) for line in lines}


def test_words_and_marks_that_were_added(browser: Any, demo: Any, demo_address: str, rich: Any) -> None:
    changes = ["", *(change for change in UNSIGNED if not any(part in change for part in LEFT_ALONE)), *IMITATIONS]
    found = both(browser, demo, demo_address, rich.address, changes, rich.report)
    for change, (fails, _, there) in zip(changes, found, strict=True):
        assert fails == (there["verdict"] == "failed"), change


@pytest.mark.parametrize("change", CLAIMS)
def test_claims_that_were_altered(browser: Any, demo: Any, demo_address: str, rich: Any, change: str) -> None:
    changes = [
        f'const claim = copy.querySelector(`[data-claim="{pointer}"]`); if (!claim) return; {change}'
        for pointer in musts(rich)
    ]
    changes += [f"const claim = claims[{index}]; if (!claim) return; {change}" for index in range(0, 60, 3)]
    found = both(browser, demo, demo_address, rich.address, changes, rich.report)
    for one, (fails, here, there) in zip(changes, found, strict=True):
        assert fails == (there["verdict"] == "failed"), one
        assert plain(here) == sentences(there), one
