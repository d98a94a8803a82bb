"""Keeps the catalogues of translations up to date: `make translations`, or `python tools/translations.py`.

Every language of `LANGUAGES` gets an entry for each text of vocabulary.json that a page shows. A translation of a text
that is as it was is kept, another is marked fuzzy, and what is gone is dropped. Writes data/locales.json too: how each
language writes dates and numbers, from the CLDR that Babel brings.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from babel.numbers import format_decimal

from portfolio_gen.vocabulary import sentences, untranslated

LANGUAGES = ("en", "es", "fr", "de", "pt", "tr", "ar", "zh", "ja")
DATA = Path(__file__).resolve().parents[1] / "portfolio_gen" / "data"


def locale_of(language: str) -> dict[str, object]:
    """Return how a language writes dates and numbers. English is British and sets no thousands apart."""
    locale = Locale.parse("en_GB" if language == "en" else language)
    pattern = str(locale.date_formats["long"].pattern)
    names = dict(locale.months["format"]["wide"]) if "MMMM" in pattern else {}
    months = [names.get(month, str(month)) for month in range(1, 13)]
    date = re.sub(r"'([^']*)'", r"\1", re.sub(r"MMMM|M", "{month}", re.sub(r"\bd\b|d(?=日)|d(?=\.)", "{day}", pattern)))
    date = re.sub(r"y+", "{year}", date, count=1) if language in ("zh", "ja") else re.sub(r"\by\b", "{year}", date)
    written = {digits: _plain(locale, 10**digits) for digits in (3, 4, 5)}
    group = re.sub(r"[\d]", "", written[5])
    grouped_from = next((digits + 1 for digits, text in written.items() if group and group in text), 0)
    return {
        "name": locale.english_name if language != "en" else "English",
        "rtl": locale.text_direction == "rtl",
        "date": date,
        "months": months,
        "decimal": re.sub(r"\d", "", format_decimal(0.5, locale=locale, numbering_system="default")),
        "group": "" if language == "en" else group,
        "grouped_from": 0 if language == "en" else grouped_from,
    }


def _plain(locale: Locale, number: int) -> str:
    return str(format_decimal(number, locale=locale, numbering_system="default"))


def place(language: str) -> Path:
    """Return where a language's catalogue is."""
    return DATA / "locale" / language / "LC_MESSAGES" / "portfolio.po"


def updated(language: str) -> Catalog:
    """Return a language's catalogue with an entry for each text there is now."""
    path = place(language)
    old = read_po(BytesIO(path.read_bytes()), locale=language) if path.is_file() else Catalog(locale=language)
    new = Catalog(locale=language, project="portfolio_gen", header_comment=old.header_comment, fuzzy=False)
    if path.is_file():  # What its plurals are written for; another version of Babel would have other forms.
        new.mime_headers = [("Plural-Forms", old.plural_forms)]
    known = {row.context: row for row in old if row.context}
    for id, english in sentences().items():
        row = known.get(id)
        same = row is not None and row.id == english
        string = row.string if row is not None else None
        flags = ["fuzzy"] if row is not None and row.string and (row.fuzzy or not same) else []
        if isinstance(string, tuple | list) != isinstance(english, tuple):
            string, flags = None, []
        new.add(english, string, context=id, flags=flags)
    return new


def text_of(catalog: Catalog) -> bytes:
    """Return a catalogue as a file: without dates and names, so that it changes only where a text does."""
    file = BytesIO()
    write_po(file, catalog, width=0, omit_header=False, sort_output=False)
    dated = re.compile(
        rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid).*\n', re.M
    )
    return dated.sub(b"", file.getvalue())


def main() -> None:
    """Update everything and say what is not translated."""
    rows = {language: locale_of(language) for language in LANGUAGES}
    (DATA / "locales.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")
    for language in LANGUAGES[1:]:
        place(language).parent.mkdir(parents=True, exist_ok=True)
        place(language).write_bytes(text_of(updated(language)))
    for language in LANGUAGES[1:]:
        missing = untranslated(language)
        sys.stdout.write(f"{language}: {len(sentences()) - len(missing)} of {len(sentences())}\n")


if __name__ == "__main__":
    main()
