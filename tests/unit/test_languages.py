"""The languages: what translations must keep, how dates and numbers look, what is said of those that are missing."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import cli, languages, vocabulary
from portfolio_gen.format import shown
from portfolio_gen.languages import Catalogue, catalogue, language_of, locales
from portfolio_gen.report import Fact
from portfolio_gen.vocabulary import counted, message, sentences, speak, speaking, spoken, untranslated

OTHERS = sorted(set(locales()) - {"en"})

NEVER = {
    "en": r"guarantee|certified|trusted|official|100 ?%",
    "de": r"garant|zertifiziert|beglaubigt|vertrauenswürdig|amtlich|offiziell|100 ?%",
    "es": r"garant|certificad[ao]s? auténtic|certificamos|de confianza|\bfiable|oficial|100 ?%",
    "fr": r"garanti|certifié|de confiance|\bfiable|officiel|100 ?%",
    "pt": r"garant|certificad[ao]s? autêntic|certificamos|de confiança|confiável|oficial|100 ?%",
    "tr": r"garanti|onaylı|tasdikli|güvenilir|resmî|resmi (olarak|belge|kurum)|% ?100|yüzde yüz",
    "ar": r"مضمون|نضمن|ضمان|معتمد|موثوق|رسمي|100 ?%|١٠٠",
    "zh": r"保证|担保|认证|可信|可靠|官方|100 ?%|百分之百",
    "ja": r"保証|認定済|認証済|信頼でき|公式|100 ?%",
}
"""What no page may say of a credential, in any language."""

DENIED = re.compile(r"reputable")
"""Sentences that deny something may name it."""


def slots(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def texts(language: str) -> Iterator[tuple[str, str, str]]:
    """Give each translation with its id and the English text that it is of."""
    found = catalogue(language)
    for id, english in sentences().items():
        if isinstance(english, tuple):
            yield from ((id, english[1], text) for text in found.plurals(id, english[1]))
        elif text := found.text(id, english):
            yield id, english, text


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    speak("en")


@pytest.fixture(scope="module")
def tool(root: Path) -> Any:
    spec = importlib.util.spec_from_file_location("translations", root / "tools" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_nine_languages() -> None:
    assert set(locales()) == {"en", "es", "fr", "de", "pt", "tr", "ar", "zh", "ja"}
    assert [language for language, locale in locales().items() if locale.rtl] == ["ar"]


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_every_placeholder(language: str) -> None:
    for id, english, text in texts(language):
        wanted = slots(english)
        # One and two of something may be words.
        assert slots(text) == wanted or (id == "page.count" and slots(text) == []), id
        assert "{" not in re.sub(r"\{\w+\}", "", text), id
        assert (text != text.strip()) <= (english != english.strip()), id


@pytest.mark.parametrize("language", sorted(NEVER))
def test_no_language_says_more_than_a_signature_shows(language: str) -> None:
    never = re.compile(NEVER[language], re.IGNORECASE)
    rows = ((id, text, text) for id, text in sentences().items()) if language == "en" else texts(language)
    found = [
        (id, str(text)) for id, english, text in rows if never.search(str(text)) and not DENIED.search(str(english))
    ]
    assert found == []


@pytest.mark.parametrize("language", OTHERS)
def test_verdicts_are_told_apart(language: str) -> None:
    """A verdict that two languages confuse would be another verdict."""
    verdicts = vocabulary.in_language(language)["verdicts"]
    assert len({row["label"] for row in verdicts.values()}) == len(verdicts)
    labels = vocabulary.in_language(language)["results"]
    assert len(set(labels.values())) == len(labels)


def test_the_table_of_locales_is_what_cldr_says(tool: Any) -> None:
    for language, locale in locales().items():
        row = tool.locale_of(language)
        assert {**row, "months": tuple(row["months"])} == vars(locale), language


@pytest.mark.parametrize(
    ("language", "date", "number"),
    [
        ("en", "4 March 2026", "1234567.5"),
        ("de", "4. März 2026", "1.234.567,5"),
        ("es", "4 de marzo de 2026", "1.234.567,5"),
        ("fr", "4 mars 2026", "1\u202f234\u202f567,5"),
        ("pt", "4 de março de 2026", "1.234.567,5"),
        ("tr", "4 Mart 2026", "1.234.567,5"),
        ("ar", "4 مارس 2026", "1,234,567.5"),
        ("zh", "2026年3月4日", "1,234,567.5"),
        ("ja", "2026年3月4日", "1,234,567.5"),
    ],
)
def test_dates_and_numbers_by_locale(language: str, date: str, number: str) -> None:
    with speaking(language):
        assert shown(Fact("validFrom", "/validFrom", "2026-03-04T23:30:00Z", "date")) == date
        assert shown(Fact("creditsEarned", "/credits", 1234567.5, "number")) == number
        assert shown(Fact("creditsEarned", "/credits", -0.25, "number")) == f"-0{locales()[language].decimal}25"
        assert shown(Fact("resultValue", "/value", "1234567.5", "text")) == "1234567.5"
        assert shown(Fact("creditsEarned", "/credits", 1e21, "number")) == "1e+21"


def test_whole_numbers_in_sentences_are_written_as_the_language_does() -> None:
    with speaking("de"):
        assert "1.234 von 5.678" in message("live.count", done=1234, total=5678)
        assert "1234" in message("live.count", done="1234", total="5678")


def test_plural_forms() -> None:
    assert counted("page.count", 1) == "1 credential"
    assert counted("page.count", 2) == "2 credentials"
    with speaking("de"):
        assert counted("page.count", 1) == "1 Nachweis"
        assert counted("page.count", 1200) == "1.200 Nachweise"


def test_tags() -> None:
    tags = ("de", "de-AT", "pt_BR", "pt-BR", "zh", "zh-Hans", "zh-CN", "zh-Hant", "zh-TW", "it", "", "EN", "x")
    assert [language_of(tag) for tag in tags] == "de de pt pt zh zh zh en en en en en en".split()  # noqa: SIM905


def test_a_language_is_spoken_until_the_block_ends() -> None:
    with speaking("de"):
        assert (spoken(), message("page.skills.title")) == ("de", "Kompetenzen")
        with speaking("it"):
            assert message("page.skills.title") == "Skills"
        assert spoken() == "de"
    assert message("page.skills.title") == "Skills"


def test_a_missing_or_outdated_translation_falls_back_and_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = dict(catalogue("de").rows)
    rows.pop("page.skills.title")
    rows["page.issuers.title"] = ("Schools", ("Schulen",))
    monkeypatch.setattr(vocabulary, "catalogue", lambda language: Catalogue(rows, catalogue("de").plural))
    before = untranslated("de")
    assert {"page.skills.title", "page.issuers.title"} <= set(before)
    vocabulary._translated.cache_clear()
    try:
        with speaking("de"):
            assert (message("page.skills.title"), message("page.issuers.title")) == ("Skills", "Issuers")
    finally:
        vocabulary._translated.cache_clear()


def test_check_lists_what_stands_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "untranslated", lambda language: ["page.home", "page.links"] if language == "tr" else [])
    cli._list_untranslated("tr")
    said = capsys.readouterr().out
    assert "2 sentences are not translated into Turkish and stand in English: page.home, page.links." in said
    cli._list_untranslated("it")
    assert "theme.language is it, in which portfolio-gen has no sentences" in capsys.readouterr().out
    for tag in ("en", "en-GB", "de", "pt-BR"):
        cli._list_untranslated(tag)
    assert capsys.readouterr().out == ""


def test_english_lacks_nothing_and_the_command_line_is_not_translated() -> None:
    assert untranslated("en") == []
    assert not [id for id in sentences() if id.startswith(("cli.", "wallet.", "site."))]
    assert "page.count" in sentences()


def test_updating_the_catalogues_keeps_what_is_translated(tool: Any) -> None:
    for language in OTHERS:
        file = Path(str(tool.place(language)))
        kept = languages.catalogue(language).rows
        again = {str(row.context): row for row in tool.updated(language) if row.context}
        assert set(again) == set(sentences()), language
        for id, (english, strings) in kept.items():
            row = again.get(id)
            if row is not None and not row.fuzzy and any(strings):
                string = row.string if isinstance(row.string, tuple | list) else (row.string,)
                assert tuple(string) == strings, (file.name, id, english)
