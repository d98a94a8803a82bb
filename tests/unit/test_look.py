"""Colours that can be read: of the themes, and of owners who choose their own."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio_gen import look
from portfolio_gen.site import theme

SHEETS = {name: (theme.folder(name) / "assets/portfolio/tokens.css").read_text("utf-8") for name in theme.NAMES}


@pytest.mark.parametrize("name", theme.NAMES)
def test_every_text_of_a_theme_can_be_read(name: str) -> None:
    found = look.tokens(SHEETS[name])
    assert set(found) == {"light", "dark"}
    poor = {
        (scheme, text, ground): look.contrast(colours[text], colours[ground])
        for scheme, colours in found.items()
        for text, ground in look.PAIRS
        if look.contrast(colours[text], colours[ground]) < look.ENOUGH
    }
    assert poor == {}


def test_the_themes_have_the_same_tokens() -> None:
    names = [
        {line.split(":")[0].strip() for line in sheet.splitlines() if "--pf-" in line} for sheet in SHEETS.values()
    ]
    assert names[0] == names[1] == names[2]


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"acent": "red"}, '"acent" is not known. Did you mean "accent"?'),
        ({"accent": "not a colour"}, 'accent: found "not a colour", expected a colour'),
        ({"accent": "#1d4a8080"}, "accent: found"),
        ({"accent": {"night": "red"}}, 'accent: found "night", expected light or dark.'),
        ({"ok": "red"}, '"ok" is not known.'),
        ({"text": "Georgia; } body { display: none"}, "text: found"),
        ({"headings": 4}, "headings: found the number 4"),
        ("blue", 'found "blue", expected some of paper'),
    ],
)
def test_what_is_wrong_with_a_look_is_told(chosen: Any, told: str) -> None:
    assert told in " ".join(look.faults(chosen))


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert len(list(look.faults({"accent": "x", "paper": {"light": 3, "dark": "y"}, "text": ""}))) == 4


def test_colours_that_cannot_be_read_are_named_with_their_contrast() -> None:
    found = list(look.unreadable(SHEETS["portfolio"], {"accent": "lightblue"}))
    assert found[0].startswith("accent #add8e6 on paper #f5f1e8 (light) has a contrast of 1.")
    assert all("(light)" in fault for fault in found)


def test_a_look_that_can_be_read_becomes_tokens() -> None:
    chosen = {"accent": {"light": "rebeccapurple", "dark": "#c9a7f5"}, "headings": "Georgia, serif"}
    assert list(look.faults(chosen)) == []
    assert list(look.unreadable(SHEETS["portfolio"], chosen)) == []
    assert look.css(chosen).splitlines() == [
        ":root{--pf-serif:Georgia, serif;}",
        '[data-md-color-scheme="default"]{--pf-accent:#663399;}',
        '[data-md-color-scheme="slate"]{--pf-accent:#c9a7f5;}',
    ]
    assert look.css({}) == ""
