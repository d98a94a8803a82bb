"""A job advert is compared in the visitor's browser: what matches and why, what backs it, and that nothing leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from browser.test_axe import LOOKS, OVER, axe, violations
from browser.test_site import altered
from portfolio_gen.vocabulary import message

__all__ = ["axe"]

ADVERT = """You make rounds and forecast demand. ROUTE PLANNING, first aid, Leading a shift team.
<img src=x onerror="self.name='run'"> You know Zugzwang."""


def term(text: str, *synonyms: str, lang: str = "") -> dict[str, Any]:
    return {"text": text, "synonyms": list(synonyms), **({"lang": lang} if lang else {})}


# The text, the terms → what is matched: its words, and for each term why and by which words.
CASES: dict[str, tuple[str, list[dict[str, Any]], list[tuple[str, list[tuple[int, str, str]]]]]] = {
    "same": ("We value First  AID.", [term("First aid")], [("First  AID", [(0, "same", "First aid")])]),
    "form": ("build predictive models", [term("Predictive modelling")], [("predictive models", [(0, "form", "")])]),
    "spelling": ("route optimization", [term("Route optimisation")], [("route optimization", [(0, "form", "")])]),
    "part": (
        "time series",
        [term("Time series and forecasting")],
        [("time series", [(0, "part", "Time series")])],
    ),
    "part's form": (
        "forecasts",
        [term("Time series and forecasting")],
        [("forecasts", [(0, "partForm", "forecasting")])],
    ),
    "synonym": (
        "Tourenplanung",
        [term("Routing", "Tourenplanung")],
        [("Tourenplanung", [(0, "synonym", "Tourenplanung")])],
    ),
    "the longest": ("data analysis", [term("Data"), term("Data analysis")], [("data analysis", [(1, "same", "")])]),
    "several terms": (
        "welding",
        [term("Welding"), term("Welding, brazing")],
        [("welding", [(0, "same", ""), (1, "part", "")])],
    ),
    "the same of a term that is best": ("go", [term("Go-karting and go")], []),
    "no part of a word": ("rewelding the wreckage", [term("Welding")], []),
    "words that say nothing": ("You work with other people", [term("Work"), term("Trust and other work")], []),
    "a short name as it is written": (
        "We go far with Go and IT",
        [term("Go"), term("IT")],
        [("Go", [(0, "same", "")]), ("IT", [(1, "same", "")])],
    ),
    "signs that belong to a name": ("C, C++ or C#", [term("C++")], [("C++", [(0, "same", "")])]),
    "not across other words": ("first, quick aid", [term("First aid")], []),
    "each place": (
        "welding? Welding!",
        [term("Welding")],
        [("welding", [(0, "same", "")]), ("Welding", [(0, "same", "")])],
    ),
    "nothing": ("", [term("Welding"), term("")], []),
    "a language that is said": (
        "Sie kennen Lieferketten",
        [term("Lieferkette", lang="de-AT"), term("Lieferkette")],
        [("Lieferketten", [(0, "form", "Lieferkette"), (1, "form", "Lieferkette")])],
    ),
    "no other language than the one that is said": ("welded", [term("Welding", lang="de")], []),
    "a language that nobody knows": ("weldings", [term("Welding", lang="xx")], [("weldings", [(0, "form", "")])]),
}

IN_LANGUAGES: dict[str, tuple[str, str, str]] = {
    "ar": ("نبحث عن المهندسين", "مهندس", "المهندسين"),
    "de": ("Sie planen Lieferketten und Routen.", "Lieferkette", "Lieferketten"),
    "es": ("Se valoran análisis estadísticos.", "Análisis estadístico", "análisis estadísticos"),
    "fr": ("Analyses statistiques, en équipe", "Analyse statistique", "Analyses statistiques"),
    "ja": ("データ分析ができる方", "データ分析", "データ分析"),
    "pt": ("Fazer análises estatísticas", "Análise estatística", "análises estatísticas"),
    "tr": ("Kitapları düzenlemek", "Kitap", "Kitapları"),
    "zh": ("熟悉数据分析和项目管理", "数据分析", "数据分析"),
}
UNLIKE = {
    "zh": ("脂肪分析、设计", "饱和脂肪分析"),
    "ja": ("サイエンス、解析", "調和解析"),
    "en": ("Full-time work", "Time and attendance"),
}
"""By language: an advert in which a skill is not named, and the skill."""
"""By the language of a page: an advert, a skill of which nobody says what language it is in, and what is marked."""


@pytest.fixture(scope="module", params=[False, True], ids=["segmenter", "no segmenter"])
def answers(request: pytest.FixtureRequest, ask: Any) -> dict[str, Any]:
    """What each case gives, in a browser that takes texts apart and in one that does not."""
    rows = [
        {"do": "matches", "text": text, "terms": terms, "plain": request.param, "languages": ["en", "de"]}
        for text, terms, _ in CASES.values()
    ]
    return dict(zip(CASES, ask(rows), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_what_matches_and_why(answers: dict[str, Any], name: str) -> None:
    text, _, expected = CASES[name]
    answer = answers[name]
    found = [(text[one["start"] : one["end"]], one["terms"]) for one in answer["is"]]
    assert [words for words, _ in found] == [words for words, _ in expected]
    for (_, reasons), (_, wanted) in zip(found, expected, strict=True):
        assert [(one["index"], one["why"]) for one in reasons] == [(index, why) for index, why, _ in wanted]
        assert all(not by or one["by"] == by for one, (_, _, by) in zip(reasons, wanted, strict=True))


def test_words_match_in_their_forms_in_each_language(ask: Any) -> None:
    asked = [
        {"do": "matches", "text": text, "terms": [term(skill)], "languages": [language, "en"]}
        for language, (text, skill, _) in IN_LANGUAGES.items()
    ]
    for (language, (text, _, marked)), answer in zip(IN_LANGUAGES.items(), ask(asked), strict=True):
        found = [text[one["start"] : one["end"]] for one in answer["is"]]
        assert found == [marked], language


def test_half_a_word_is_no_part_of_a_name(ask: Any) -> None:
    asked = [
        {"do": "matches", "text": text, "terms": [term(skill)], "languages": [language, "en"]}
        for language, (text, skill) in UNLIKE.items()
    ]
    assert [answer["is"] for answer in ask(asked)] == [[]] * len(UNLIKE)


def test_very_long_words_and_gaps_take_no_time(ask: Any) -> None:
    """Some stemmers take minutes for these: the test would not end."""
    word, gap = "ãõ" * 50_000, "Welding" + "\u00a0" * 50_000 + "and brazing"
    asked = {
        "do": "matches",
        "text": f"{word} brazing",
        "terms": [term(word), term(gap)],
        "languages": ["pt", "de", "en"],
    }
    [answer] = ask([asked])
    assert [one["terms"][0]["why"] for one in answer["is"]] == ["same", "part"]


@pytest.fixture(params=sorted(LOOKS))
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    width, height = LOOKS[request.param]
    scheme = "dark" if request.param == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    yield context.new_page()
    context.close()


def compared(page: Any, text: str = ADVERT) -> str:
    """Type it and press the button by keyboard."""
    page.fill(".pf-advert__input", text)
    page.press(".pf-advert__input", "Tab")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(waiting) => ![waiting, ''].includes(document.querySelector('.pf-advert__says').innerText)",
        arg=message("live.advert.waiting"),
    )
    said: str = page.inner_text(".pf-advert__says")
    return said


def marks(page: Any, state: str) -> list[str]:
    found: list[str] = page.locator(f".pf-advert__text .pf-mark--{state}").all_inner_texts()
    return found


def test_words_are_marked_by_what_backs_them(demo_address: str, page: Any, axe: str) -> None:
    page.goto(demo_address + "skills/")
    page.wait_for_selector(".pf-advert__input")
    assert compared(page) == message("live.advert.sum", backed=2, named=1, stated=1)
    assert marks(page, "backed") == ["forecast", "ROUTE PLANNING"]
    assert marks(page, "named") == ["first aid"], "its credential is over"
    assert marks(page, "stated") == ["Leading a shift team"]
    assert page.locator(".pf-advert__text").inner_text() == ADVERT
    assert page.locator(".pf-advert__text img").count() == 0
    assert page.evaluate("self.name") == ""
    why = page.inner_text(".pf-advert__list")
    assert "Another form of a part of “\u2068Time series and forecasting\u2069”" in why
    assert "The owner of this website says that “\u2068Route planning\u2069” means the same" in why
    assert message("live.advert.own") in why
    assert why.count(message("live.advert.not")) == 1
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert compared(page, " ") == message("live.advert.blank")
    assert compared(page, "Zugzwang") == message("live.advert.none")


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    yield context
    context.close()


def test_nothing_of_it_leaves_the_page(demo_address: str, context: Any) -> None:
    page = context.new_page()
    page.goto(demo_address + "skills/")
    page.wait_for_function(OVER)
    page.wait_for_selector(".pf-advert__input")
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    compared(page)
    page.wait_for_timeout(300)
    assert asked == []
    assert page.evaluate("location.href") == demo_address + "skills/"
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0 or "Zugzwang" not in page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}])"
    )


def test_no_script_is_loaded_once_somebody_can_write(demo_address: str, context: Any) -> None:
    page = context.new_page()
    asked: list[str] = []
    altered(context, re.compile(r"/skills/$"), lambda html: html.replace('<html lang="en"', '<html lang="tr"'))
    page.goto(demo_address + "skills/")
    page.wait_for_selector(".pf-advert__input:enabled")
    context.on("request", lambda request: asked.append(request.url))
    page.fill(".pf-advert__input", ADVERT)
    page.click(".pf-advert__form button")
    page.wait_for_selector(".pf-advert__text")
    assert [url for url in asked if url.endswith(".js")] == []


def test_what_the_page_says_of_a_skill_backs_nothing(demo_address: str, context: Any) -> None:
    """A heading, a card that was changed: only reports on signed files count, and only where the page agrees."""

    def lie(html: str) -> str:
        html = html.replace('dir="auto">Data for Operations', 'dir="auto">Zugzwang for Operations')
        return re.sub(r'(<h3 dir="auto"><a href="[^"]*">)Threat modelling', r"\1Zugzwang", html)

    altered(context, re.compile(r"/skills/$"), lie)
    page = context.new_page()
    page.goto(demo_address + "skills/")
    page.wait_for_selector(".pf-advert__input")
    assert compared(page, "Zugzwang") == message("live.advert.none")
    assert compared(page, "Data for Operations Programme Certificate") != message("live.advert.none")
    assert marks(page, "backed") == [], "the page shows it otherwise than it was signed"


def test_the_page_of_a_skill_is_compared(demo: Any, demo_address: str, context: Any) -> None:
    (folder,) = demo.site_dir.glob("skills/scheduling-and-route-optimisation-*")
    page = context.new_page()
    page.goto(f"{demo_address}skills/{folder.name}/")
    page.wait_for_function(OVER)
    views = page.eval_on_selector_all(
        "[data-credential]", "all => all.map(one => [one.dataset.view, one.dataset.verdict])"
    )
    assert {view for view, _ in views} == {"definition", "card"}
    assert {verdict for _, verdict in views} == {"verified"}
    altered(
        context, re.compile(r"/skills/scheduling-and-[^/]*/$"), lambda html: html.replace(">OSA-5.4<", ">OSA-9.9<", 1)
    )
    page.goto(f"{demo_address}skills/{folder.name}/")
    page.wait_for_function(OVER)
    assert page.locator('[data-view="definition"]').first.get_attribute("data-verdict") == "failed"
