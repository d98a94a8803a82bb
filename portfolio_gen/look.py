"""The owner's colours and type in place of the theme's, as long as every text can be read (WCAG 2.2, 1.4.3).

The colours of verdicts are not among them: what green and red say is not the owner's to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from portfolio_gen.marked import said, suggestion

COLOURS = ("paper", "surface", "sunk", "ink", "muted", "line", "gold", "accent")
"""Tokens of tokens.css that an owner may set.

The page, what lies on it, what is sunk into it; text, fainter text, lines, marks, links.
"""
FAMILIES = {"headings": "serif", "text": "sans"}
"""Kinds of text, and the token of each one's font."""
SCHEMES = {"light": '[data-md-color-scheme="default"]', "dark": '[data-md-color-scheme="slate"]'}
PAIRS = (
    *((text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "surface", "sunk")),
    ("gold", "paper"),
    ("gold", "surface"),
    ("surface", "accent"),
    *((verdict, f"{verdict}-soft") for verdict in ("ok", "warn", "bad", "dim")),
)
"""Every text colour with every ground that it stands on."""
ENOUGH = 4.5
"""The contrast that text must have (WCAG 2.2, 1.4.3)."""
_FONTS = re.compile(r"""[\w "',-]{1,300}""")
_TOKEN = re.compile(r"--pf-([a-z-]+):\s*(#[0-9a-fA-F]{6})\s*;")

Look = Mapping[str, Any]


def faults(look: object) -> Iterator[str]:
    """Yield everything that is wrong with the form of an owner's look."""
    if not isinstance(look, Mapping):
        yield f"found {said(look)}, expected some of {', '.join((*COLOURS, *FAMILIES))}."
        return
    for name, value in look.items():
        if name in FAMILIES:
            if not isinstance(value, str) or not _FONTS.fullmatch(value):
                yield f'{name}: found {said(value)}, expected names of fonts, such as "Georgia, serif".'
        elif name in COLOURS:
            yield from (f"{name}: {fault}" for fault in _colour_faults(value))
        else:
            near = suggestion(str(name), (*COLOURS, *FAMILIES)) or f" Known here: {', '.join((*COLOURS, *FAMILIES))}."
            yield f'"{name}" is not known.{near}'


def _colour_faults(value: object) -> Iterator[str]:
    by_scheme = value if isinstance(value, Mapping) else {"light": value}
    for scheme, colour in by_scheme.items():
        if scheme not in SCHEMES:
            yield f"found {said(scheme)}, expected light or dark."
        elif not isinstance(colour, str) or _hex(colour) is None:
            yield f'found {said(colour)}, expected a colour, such as "#1d4a80" or rebeccapurple.'


@cache
def _hex(colour: str) -> str | None:
    """Return an opaque CSS colour as `#rrggbb`; None for anything else."""
    from coloraide import Color

    try:
        found = Color(colour)
    except ValueError:
        return None
    return str(found.convert("srgb").fit().to_string(hex=True)) if found.alpha() == 1 else None


def _colours(look: Look, scheme: str) -> dict[str, str]:
    """Return the owner's colours of a scheme; one that is given alone is of the light scheme."""
    found = {}
    for name in COLOURS:
        value = look.get(name)
        colour = value.get(scheme) if isinstance(value, Mapping) else value if scheme == "light" else None
        if colour is not None:
            found[name] = str(_hex(colour))
    return found


def tokens(sheet: str) -> dict[str, dict[str, str]]:
    """Return the colours in a theme's tokens.css, by scheme and name."""
    blocks = {scheme: sheet.partition(f"{selector} {{")[2].partition("}")[0] for scheme, selector in SCHEMES.items()}
    return {scheme: dict(_TOKEN.findall(block)) for scheme, block in blocks.items()}


def unreadable(sheet: str, look: Look) -> Iterator[str]:
    """Yield each text that could not be read with the owner's colours on the theme's, `sheet` being its tokens.css."""
    for scheme, theirs in tokens(sheet).items():
        own = _colours(look, scheme)
        both = theirs | own
        for text, ground in PAIRS:
            if {text, ground} & own.keys() and {text, ground} <= both.keys():
                ratio = contrast(both[text], both[ground])
                if ratio < ENOUGH:
                    yield (
                        f"{text} {both[text]} on {ground} {both[ground]} ({scheme}) has a contrast of {ratio:.1f}, "
                        f"text needs {ENOUGH}. Choose colours that are further apart."
                    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    from coloraide import Color

    return float(Color(one).contrast(other, method="wcag21"))


def dark(sheet: str, look: Look) -> str:
    """Return the rule that has the dark colours, the owner's over the theme's, where the reader's system is dark."""
    colours = tokens(sheet)["dark"] | _colours(look, "dark")
    body = "".join(f"--pf-{name}:{value};" for name, value in colours.items())
    return f"@media (prefers-color-scheme: dark){{:root{{{body}}}}}"


def css(look: Look) -> str:
    """Return the rules that put an owner's look over a theme's tokens; empty for none."""
    fonts = {token: look[name] for name, token in FAMILIES.items() if name in look}
    blocks = {":root": fonts, **{SCHEMES[scheme]: _colours(look, scheme) for scheme in SCHEMES}}
    bodies = {at: "".join(f"--pf-{name}:{value};" for name, value in of.items()) for at, of in blocks.items()}
    return "\n".join(f"{selector}{{{body}}}" for selector, body in bodies.items() if body)
