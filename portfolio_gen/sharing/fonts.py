"""Fonts for the pictures that a site draws: those of installed `fontpkg-…` packages, each with its licence, no others.

`fontpkg-noto-sans` (SIL Open Font License 1.1) comes with portfolio-gen: Latin, Greek, Cyrillic. Others that are
installed beside it (`pip install fontpkg-noto-sans-arabic`) are found and used. A text for which there is no font, or
no shaping, is not drawn: never boxes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import fontpkg
from fontTools.ttLib import TTFont, TTLibError
from fontTools.unicodedata import script
from PIL import ImageFont, features

REGULAR, BOLD = 400, 700
FIRST = "Noto Sans"

UNSHAPED = frozenset(
    ["Latn", "Grek", "Cyrl", "Armn", "Geor", "Hani", "Hira", "Kana", "Hang", "Bopo", "Zyyy"],
)
"""Scripts (ISO 15924) whose characters stand one after the other, each as its font draws it; `Zyyy` is common to all.

All others need shaping: letters that join, change places or stand on top of each other.
"""
_DISCARDED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SMALLEST = 0.62
"""A name that does not fit is drawn smaller, down to this part of its size, before it is cut off."""


class Written(NamedTuple):
    """A text as it fits: in rows, by a font, each row so many pixels high."""

    rows: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    height: int


def fitting(text: str, size: int, weight: int, width: int, most: int) -> Written | None:
    """Return a text in at most `most` rows of a width; None if no font that is here can draw all of it."""
    text = plain(text)
    family = family_for(text)
    if not text or family is None:
        return None
    for tried in range(size, round(size * _SMALLEST) - 1, -6):
        font = _font(family, tried, weight, needs_shaping(text))
        rows = list(_rows(text, font, width))
        if len(rows) <= most:
            return Written(tuple(rows), font, round(tried * 1.28))
    kept = rows[:most]
    while kept[-1] and font.getlength(kept[-1] + "…") > width:
        kept[-1] = kept[-1][:-1]
    return Written((*kept[:-1], kept[-1].rstrip() + "…"), font, round(tried * 1.28))


def plain(text: str) -> str:
    """Return text in composed characters, on one line, without those that have no shape."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(character for character in composed if character not in _DISCARDED).split())


def needs_shaping(text: str) -> bool:
    """Return whether text has characters that stand otherwise than one after the other."""
    return any(script(one) not in UNSHAPED or unicodedata.category(one).startswith("M") for one in text)


@lru_cache(maxsize=1024)
def family_for(text: str) -> str | None:
    """Return the first family that has every character of a text, if the text can be laid out here."""
    if needs_shaping(text) and not features.check("raqm"):
        return None
    wanted = {ord(character) for character in text} | {ord("…")}
    return next((family for family in families() if wanted <= _covered(family)), None)


@cache
def families() -> tuple[str, ...]:
    """Return the names of the families that are installed, our own first."""
    names = sorted(family.name for family in fontpkg.families().values())
    return tuple(sorted(names, key=lambda name: name != FIRST))


@cache
def _covered(family: str) -> frozenset[int]:
    """Return the characters that a family has glyphs for (OpenType, table `cmap`)."""
    try:
        with TTFont(fontpkg.path(family, nearest=True), lazy=True, fontNumber=0) as opened:
            return frozenset(opened.getBestCmap() or ())
    except (OSError, TTLibError, fontpkg.FontpkgError):
        return frozenset()


@lru_cache(maxsize=256)
def _font(family: str, size: int, weight: int, shaped: bool) -> ImageFont.FreeTypeFont:
    # Without shaping the basic layout: it is there on every machine, so that the same text gives the same bytes.
    layout = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    font = ImageFont.truetype(str(fontpkg.path(family, weight, nearest=True)), size, layout_engine=layout)
    if found := _axes(family):
        font.set_variation_by_axes([weight if tag == "wght" else most for tag, most in found])
    return font


@cache
def _axes(family: str) -> tuple[tuple[str, float], ...]:
    """Return the axes of a family's variable font in the font's own order, each with its normal value."""
    with TTFont(fontpkg.path(family, nearest=True), lazy=True, fontNumber=0) as opened:
        axes = opened["fvar"].axes if "fvar" in opened else ()
        return tuple((axis.axisTag, axis.defaultValue) for axis in axes)


def _rows(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """Break text into rows, between words; in a word that is too long, and in scripts without spaces, anywhere."""
    row = ""
    for part in _parts(text, font, width):
        if row and font.getlength((row + part).rstrip()) > width:
            yield row.strip()
            row = ""
        row += part
    if row.strip():
        yield row.strip()


def _parts(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    for word in text.split(" "):
        if font.getlength(word) <= width and not any(script(one) in ("Hani", "Hira", "Kana") for one in word):
            yield word + " "
        else:
            yield from word[:-1]
            yield word[-1:] + " "
