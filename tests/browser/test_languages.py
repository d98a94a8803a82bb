"""Portfolios in every language: what the script paints, what it compares, and what `verify` finds in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from browser.portfolios import CONFIG, found_in, served
from browser.test_axe import axe, violations  # noqa: F401  (a fixture)
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.languages import locales
from portfolio_gen.site.build import build
from portfolio_gen.vocabulary import in_language, message, speaking

CREATED = "2026-01-05T10:00:00Z"
OVER = "() => [...document.querySelectorAll('[data-credential]')].every((element) => element.dataset.verdict)"
LANGUAGES = list(locales())


def credential() -> bytes:
    short = {
        "name": "Schweißen & Löten",
        "description": "d",
        "criteria": "c",
        "issuer": "Nordlicht Academy",
        "credits": 12345.5,
        "skills": [{"name": "Welding", "url": "https://skills.example/welding"}],
    }
    return issue(short, IssuerKey.from_seed(bytes(range(32))), created=CREATED)


@pytest.fixture(scope="session")
def in_each(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """The result of a build of the same small portfolio in a language."""
    made: dict[str, Any] = {}

    def portfolio(language: str) -> Any:
        if language not in made:
            folder = tmp_path_factory.mktemp(language)
            (folder / "wallet").mkdir()
            (folder / "pages").mkdir()
            (folder / "pages" / "about.md").write_text("# About\n", "utf-8")
            (folder / "wallet" / "one.json").write_bytes(credential())
            config = CONFIG.replace("  name: portfolio\n", f"  name: portfolio\n  language: {language}\n", 1)
            (folder / "mkdocs.yml").write_text(config, "utf-8")
            made[language] = build(folder / "mkdocs.yml")
        return made[language]

    return portfolio


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_is_painted_in_the_language_of_the_page(
    in_each: Callable[[str], Any], browser: Any, language: str
) -> None:
    result, words = in_each(language), in_language(language)
    assert message("page.skills.title") == "Skills", "the command line goes on in English"
    with served(result.site_dir) as address:
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        for place in ("", result.entries[0].address, f"embed/{result.entries[0].slug}.html"):
            page.goto(address + place)
            page.wait_for_function(OVER)
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("[data-credential]").first.get_attribute("data-verdict") == "verified", place
            badge = page.locator("[data-live=verdict] .pf-badge").first.inner_text()
            assert badge.strip() == words["verdicts"]["verified"]["label"]
            direction = page.evaluate("getComputedStyle(document.querySelector('[data-credential]')).direction")
            assert direction == ("rtl" if locales()[language].rtl else "ltr")
        page.goto(address + result.entries[0].address)
        page.wait_for_function(OVER)
        with speaking(language):
            number = page.locator("[data-field=creditsAvailable]").inner_text()
            assert number == ("12345.5" if language == "en" else locales()[language].number("12345.5"))
            answers = page.locator(".pf-checks .pf-answer").all_inner_texts()
            assert answers[1] == words["results"]["pass"]
            assert (
                page.locator(".pf-check__says").nth(6).inner_text() == words["checks"]["shown"]["codes"]["OK"]["says"]
            )
        page.close()
        assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_verify_reads_a_page_in_its_language(in_each: Callable[[str], Any], language: str) -> None:
    found = found_in(in_each(language).site_dir, CREATED)
    assert [report.verdict for _, report in found.reports] == ["verified"]
    assert (found.problems, found.differences) == ([], [])
    timeline = (in_each(language).site_dir / "timeline" / "index.html").read_text("utf-8")
    assert 'id="year-2026"' in timeline
    if language != "en":
        assert locales()[language].number("2026") not in timeline, "a year is no number of things"


def test_a_label_in_another_language_is_a_difference(
    in_each: Callable[[str], Any], browser: Any, tmp_path: Path
) -> None:
    result = in_each("de")
    page_at = result.site_dir / result.entries[0].address / "index.html"
    html = page_at.read_text("utf-8")
    assert "<dt>Aussteller</dt>" in html
    page_at.write_text(html.replace("<dt>Aussteller</dt>", "<dt>Issuer</dt>"), "utf-8")
    try:
        found = found_in(result.site_dir, CREATED)
        assert {report.checks["shown"].code for _, report in found.reports} == {"SHOWN_DIFFERS"}
        with served(result.site_dir) as address:
            page = browser.new_page()
            page.goto(address + result.entries[0].address)
            page.wait_for_function(OVER)
            assert page.locator("[data-credential]").first.get_attribute("data-verdict") == "failed"
            assert in_language("de")["messages"]["live.differences"] in page.locator("body").inner_text()
            page.close()
    finally:
        page_at.write_text(html, "utf-8")


def test_without_its_words_a_page_is_not_checked(in_each: Callable[[str], Any], browser: Any) -> None:
    result = in_each("de")
    with served(result.site_dir) as address:
        page = browser.new_page()
        page.route("**/assets/verifier/de-*.js", lambda route: route.abort())
        page.goto(address + result.entries[0].address)
        page.wait_for_function(OVER)
        assert page.locator("[data-credential]").first.get_attribute("data-verdict") == "not-checked"
        page.close()


def test_right_to_left_axe_finds_nothing(in_each: Callable[[str], Any], browser: Any, axe: str) -> None:  # noqa: F811
    result = in_each("ar")
    with served(result.site_dir) as address:
        context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
        for place in ("", result.entries[0].address):
            page = context.new_page()
            page.goto(address + place)
            page.wait_for_function(OVER)
            assert violations(page, axe) == [], place
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, place
            page.close()
        context.close()


def test_the_script_formats_and_speaks_as_the_build_does(ask: Callable[[list[dict[str, Any]]], Any]) -> None:
    facts = [
        {"as": "date", "value": "2026-03-04T23:30:00Z"},
        {"as": "date", "value": "2026-12-31T00:00:00Z"},
        *({"as": "number", "value": value} for value in (0, 7, -1234, 999, 1000, 12345.5, 1234567.25, 1e21, 1e-7)),
        {"as": "text", "value": "1234.5"},
    ]
    answers = ask([{"do": "language", "language": language, "facts": facts} for language in LANGUAGES])
    for language, answer in zip(LANGUAGES, answers, strict=True):
        words, mine = in_language(language), answer["is"]
        with speaking(language):
            assert mine["shown"] == list(map(partial(as_shown), facts)), language
        if language == "en":
            continue
        assert mine["verdicts"] == {name: dict(row) for name, row in words["verdicts"].items()}
        assert mine["results"] == words["results"]
        assert mine["fields"] == {row["field"]: row["label"] for row in words["fields"]}
        assert mine["codes"] == {
            name: {code: row["says"] for code, row in check["codes"].items()} for name, check in words["checks"].items()
        }
        assert {id: words["messages"][id] for id in mine["messages"]} == mine["messages"]
        assert len(mine["messages"]) > 150


def as_shown(fact: dict[str, Any]) -> str:
    from portfolio_gen.format import shown
    from portfolio_gen.report import Fact

    return shown(Fact("f", "/f", json.loads(json.dumps(fact["value"])), fact["as"]))
