"""Which of several languages is shown: the rule by itself. The page script is held to it in a browser."""

from __future__ import annotations

import pytest

from portfolio_gen.pages.translations import first_of, in_language, tag_of, translation_of
from portfolio_gen.report import Fact
from portfolio_gen.vocabulary import speaking


def texts(*langs: str | None, field: str = "name", at: str = "/name") -> list[Fact]:
    """A text in each of these languages, named after it."""
    return [Fact(field, f"{at}/{n}/@value", f"{field} {lang}", "text", lang) for n, lang in enumerate(langs)]


@pytest.mark.parametrize(
    ("langs", "chosen", "page", "shown"),
    [
        (("en", "de", "fr"), "de", "en", "de"),
        (("en", "de", "fr"), "DE", "en", "de"),
        (("en", "de-AT", "de"), "de", "en", "de-AT"),
        (("en", "de"), "de-AT", "en", "en"),
        (("en", "deu"), "de", "en", "en"),
        (("fr", "en", "de"), "it", "en", "en"),
        (("fr", "en", "de"), "it", "de", "de"),
        (("fr", "en", "de"), "", "de", "de"),
        (("fr", "en-GB"), "", "en", "en-GB"),
        (("fr", None, "en"), "", "en", None),
        (("fr", None, "de"), "de", "en", "de"),
        (("fr", "es"), "it", "en", "fr"),
        (("fr", ""), "", "en", ""),
        (("de_AT", "en"), "", "en", "de_AT"),
        (("fr", "de_AT"), "de", "en", "de_AT"),
        (("en", "de_AT"), "de", "en", "en"),
    ],
)
def test_the_chosen_language_else_the_page_s_else_the_first(
    langs: tuple[str | None, ...], chosen: str, page: str, shown: str | None
) -> None:
    with speaking(page):
        fact = first_of(texts(*langs), ("name",), chosen)
    assert fact is not None
    assert fact.lang == shown


def test_a_field_goes_before_a_language() -> None:
    facts = texts("de", field="credentialName", at="/other") + texts("en")
    fact = first_of(facts, ("name", "credentialName"), "de")
    assert fact == facts[1]


def test_a_text_that_comes_to_nothing_is_passed_over() -> None:
    empty = Fact("name", "/name/9/@value", " \n", "text", "de")
    assert first_of([empty, *texts("en")], ("name",), "de") == texts("en")[0]
    other = texts("fr", field="credentialName")
    assert first_of([empty, *other], ("name", "credentialName"), "de") == other[0]
    assert first_of([empty], ("name", "credentialName"), "de") is None


def test_a_text_stands_for_those_beside_it_only() -> None:
    one, other = texts("en", "de", at="/subject/0/name"), texts("en", at="/subject/1/name")
    assert translation_of(one[0], [*one, *other], "de") == one[1]
    assert translation_of(other[0], [*one, *other], "de") == other[0]


def test_what_is_no_tag_is_no_language_of_a_text() -> None:
    tags = {"de": "de", "de-AT": "de-AT", "x": "x", "": None, "no tag": None, "de\n": None, "ſ": None, "d" * 9: None}
    assert {lang: tag_of(fact) for lang in tags for fact in texts(lang)} == tags
    assert tag_of(texts(None)[0]) is None
    assert not in_language(texts(None)[0], "")
    assert not in_language(texts("de")[0], "")
