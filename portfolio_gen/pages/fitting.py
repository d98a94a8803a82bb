"""How large a certificate's type can be so that all of it fits on one sheet: estimated from how long its texts are.

No script measures: what is printed without scripts must fit too. The numbers are those of the theme's certificate.css,
in CSS pixels on a sheet of Letter in portrait, the smallest of what is printed on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

WIDE, HIGH = 680, 900
"""What the frame and its margins leave."""

TITLES = (("l", 32, 3), ("m", 23, 4), ("s", 15.5, 5), ("xs", 10, 9), ("xxs", 6.2, 22))
"""Sizes of a name: class, pixels, and up to how many lines."""

OBJECTS = (("l", 15.5, 3), ("s", 10, 8), ("xs", 6.9, 20))
"""Sizes of the sentence on who signed, which holds the issuer's name; likewise."""

FACTS = (
    ("l", 15.3, 2, False),
    ("m", 12.9, 2, False),
    ("s", 10.7, 3, True),
    ("xs", 8.6, 3, True),
    ("xxs", 6.4, 4, True),
)
"""Sizes of facts: class, pixels, columns, and whether a label stands in the line of its fact, which may then break."""

BETWEEN = 22
"""Pixels between two columns."""

LETTER, LINE = 0.58, 1.4
"""Of a size of type: how wide a Latin letter is, on average and in broad fonts, and how high a line."""

OVER_TITLE, OF_VERDICT, OF_IDENTITY, OF_PAGE_CODE, OF_FILE_CODE = 125, 135, 30, 160, 205
"""Pixels of what stands above the name, of the rest of the verdict, of what is said of the issuer, of the codes."""

SAFETY = 1.08
"""Columns break between facts, and fonts differ."""

OF_THE_SENTENCE = 70
"""Letters of the sentence on who signed beside the issuer's name."""


Group = Sequence[tuple[str, str]]
"""Labels and texts that stand together."""


class Fit(NamedTuple):
    """Classes for sizes of type; `whole` is whether all of it fits."""

    title: str
    object: str
    facts: str
    whole: bool


def fit(title: str, issuer: str, groups: Sequence[Group], codes: int) -> Fit:
    """Return the sizes at which a certificate fits: of its name, its issuer's, and groups of labels and texts.

    `codes` is how many QR codes are on it.
    """
    of_title, title_high, title_fits = _sized(title, TITLES)
    of_object, object_high, object_fits = _sized("x" * OF_THE_SENTENCE + issuer, OBJECTS)
    codes_high = (0, OF_PAGE_CODE, OF_FILE_CODE)[codes]
    room = HIGH - OVER_TITLE - title_high - OF_VERDICT - object_high - OF_IDENTITY - codes_high
    for size, pixels, columns, inline in FACTS:
        wide = (WIDE - BETWEEN * (columns - 1)) / columns
        if _facts_high(groups, wide, pixels, inline) / columns + _uneven(groups, wide, pixels, inline) <= room:
            return Fit(of_title, of_object, size, title_fits and object_fits)
    return Fit(of_title, of_object, FACTS[-1][0], False)


def _sized(text: str, sizes: Sequence[tuple[str, float, int]]) -> tuple[str, float, bool]:
    """Return the largest size at which a text has no more than its lines, its height, and whether there is one."""
    for size, pixels, most in sizes:
        lines = _lines(text, WIDE, pixels)
        if lines <= most:
            return size, lines * pixels * LINE, True
    size, pixels, most = sizes[-1]
    return size, most * pixels * LINE, False


def _facts_high(groups: Sequence[Group], wide: float, pixels: float, inline: bool) -> float:
    """Return how high facts are, all in one column."""
    facts = sum(_fact_high(label, text, wide, pixels, inline) for group in groups for label, text in group)
    return (facts + len(groups) * 0.5 * pixels) * SAFETY


def _uneven(groups: Sequence[Group], wide: float, pixels: float, inline: bool) -> float:
    """Return how much longer than its share a column may be: a line, or a fact where that must not break."""
    facts = [_fact_high(label, text, wide, pixels, inline) for group in groups for label, text in group]
    return pixels * LINE if inline else max(facts, default=0) / 2


def _fact_high(label: str, text: str, wide: float, pixels: float, inline: bool) -> float:
    first, *others = text.split("\n")
    if inline:
        first, above = f"{label} {first}", 0.0
    else:
        above = _lines(label, wide, pixels * 0.8) * 0.8
    return (above + sum(_lines(part, wide, pixels) for part in (first, *others))) * pixels * LINE + 0.25 * pixels


def _lines(text: str, wide: float, pixels: float) -> int:
    return max(1, ceil(width(text) * LETTER * pixels / wide))


def width(text: str) -> int:
    """Return how wide a text is, in Latin letters: ideographs take two."""
    return len(text) + sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
