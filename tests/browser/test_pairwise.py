"""Pages of each kind over themes, languages and colour schemes, pairwise: axe finds nothing, nothing is too wide."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from browser.kinds import KINDS, demo_in, page_of
from browser.portfolios import served
from browser.test_axe import OVER, axe, violations
from portfolio_gen.languages import locales
from portfolio_gen.site.theme import NAMES

__all__ = ["axe"]

LANGUAGES = tuple(locales())
SCHEMES = ("light", "dark")
WIDTHS = (1280, 320)


class Case(NamedTuple):
    theme: str
    language: str
    scheme: str
    kind: str


def covering() -> list[Case]:
    """Each kind in each language once, which no array could do without; themes and schemes take turns over them."""
    return [
        Case(NAMES[(i + j) % len(NAMES)], language, SCHEMES[(i // 3 + j // 3) % 2], kind)
        for i, language in enumerate(LANGUAGES)
        for j, kind in enumerate(KINDS)
    ]


FACTORS = Case(NAMES, LANGUAGES, SCHEMES, KINDS)  # type: ignore[arg-type]
SITES = sorted({(case.theme, case.language) for case in covering()})


def test_every_two_values_meet() -> None:
    for one, other in itertools.combinations(range(len(FACTORS)), 2):
        met = {(case[one], case[other]) for case in covering()}
        assert met == set(itertools.product(FACTORS[one], FACTORS[other])), Case._fields[one]


@pytest.mark.parametrize(("theme", "language"), SITES)
def test_axe_finds_nothing(theme: str, language: str, root: Path, tmp_path: Path, browser: Any, axe: str) -> None:
    made = demo_in(tmp_path, root, theme=theme, language=language)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    turn = LANGUAGES.index(language)
    with served(made.site_dir) as address:
        for case in (one for one in covering() if (one.theme, one.language) == (theme, language)):
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.emulate_media(color_scheme=case.scheme)
            page.goto(address + page_of(made, case.kind, turn))
            page.wait_for_function(OVER)
            assert page.locator("html").get_attribute("lang") == language, case
            assert violations(page, axe) == [], case
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (case, width)
    context.close()
