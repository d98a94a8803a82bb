"""The pictures that previews of links show, 1200 × 630: drawn when the site is built, with nothing from the network.

Each holds a credential's own picture (or its seal), and in text what its file says: name, issuer, date. Text is drawn
only where an installed font has every character of it, and in scripts that need shaping only where the means for that
are there; otherwise it is left out. Nothing in a picture says that anything was checked.

What is drawn has 16 shades of ink and up to 200 colours of the picture, because a file of few colours is written in a
fifth of the time: a site has one for every credential.
"""

from __future__ import annotations

import colorsys
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from math import cos, pi, sin
from typing import NamedTuple

from PIL import Image, ImageDraw

from portfolio_gen.art import emblem, seal
from portfolio_gen.pages import Entry, SiteInfo, pictures
from portfolio_gen.pages.entries import digest_of
from portfolio_gen.sharing import fonts
from portfolio_gen.sharing.meta import HEIGHT, WIDTH
from portfolio_gen.sharing.told import told
from portfolio_gen.vocabulary import message

PAPER, INK, ACCENT = (251, 248, 240), (27, 34, 51), (29, 74, 128)
SHADES = 16
"""Of ink on paper, which smooth the edges of letters; they are the first colours of the palette, from paper to ink."""
_BAR = SHADES
_PICTURE = SHADES + 1
_COLOURS = 200
_FAINT = 168
"""How much of 255 ink there is in what is said in passing: more than 4.5 : 1 against the paper (WCAG 2.2, 1.4.3)."""

SIDE, MARGIN, GAP = 330, 70, 60
"""The picture is a square of `SIDE`; text begins `GAP` beside it."""
TOP = 118
MOST_PIXELS = 16_000_000
"""A picture of more is not opened: a small file may claim a very large one."""
MOST_SVG_BYTES, MOST_USES = 200_000, 16
"""Of an SVG: elements that repeat others can stand for exponentially many."""
_SLOW_SVG = re.compile(r"<(?:[\w.-]+:)?(?:filter|pattern|mask|marker)\b")
_USE = re.compile(r"<(?:[\w.-]+:)?use\b")
_HSL = re.compile(r"hsl\((\d+) (\d+)% (\d+)%\)")


class Line(NamedTuple):
    """Text to draw: what, how large, how heavy, how much ink, in how many lines at most."""

    text: str
    size: int
    weight: int = fonts.REGULAR
    ink: int = 255
    most: int = 1


def of_credential(entry: Entry, site: SiteInfo, base: str) -> bytes:
    """Return the picture of a credential's page, as PNG; `entry` is whole."""
    about = told(entry)
    lines = [
        Line(about.name, 58, fonts.BOLD, most=3),
        Line(about.issuer, 34, most=2),
        Line(about.date, 30, ink=_FAINT),
    ]
    return _drawn(_own_picture(entry) or _seal(emblem(entry.report)), lines, site.name, base)


@lru_cache(maxsize=1)
def of_site(name: str, headline: str, base: str) -> bytes:
    """Return the picture of the home page and of all that have none of their own."""
    lines = [Line(name, 64, fonts.BOLD, most=2), Line(headline, 36, most=4)]
    return _drawn(_seal(digest_of(name)), lines, "", base)


def _drawn(picture: Image.Image, lines: Sequence[Line], owner: str, base: str) -> bytes:
    """Return a picture in PNG, with `picture` in it, whose colours are few.

    The same arguments, fonts and version of Pillow give the same bytes.
    """
    ink = _ground(owner, base).copy()
    draw = ImageDraw.Draw(ink)
    texts = [line for line in lines if line.text]
    left = MARGIN + SIDE + GAP
    top = TOP
    for line in texts:
        top = _write(draw, line, left, top, WIDTH - MARGIN - left) + 18
    whole = ink.point(_TO_SHADE).convert("P")
    whole.putpalette(_palette(picture))
    whole.paste(picture.point(_TO_PICTURE), (MARGIN, TOP))
    whole.paste(_BAR, (0, 0, WIDTH, 16))
    out = io.BytesIO()
    whole.save(out, "PNG", compress_level=1)
    return out.getvalue()


@cache
def _ground(owner: str, base: str) -> Image.Image:
    """Return what all pictures of a site have: whose it is, and where the check is that a picture cannot make."""
    ground = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(ground)
    draw.line((MARGIN, 500, WIDTH - MARGIN, 500), fill=48, width=2)
    _write(draw, Line(owner, 30, fonts.BOLD), MARGIN, 516, 420)
    address = base.partition("://")[2].rstrip("/")
    left = MARGIN + SIDE + GAP if owner else MARGIN
    width = WIDTH - MARGIN - left
    bottom = _write(draw, Line(message("social.check"), 26, ink=_FAINT), left, 516, width)
    _write(draw, Line(address, 26), left, bottom + 2, width)
    return ground


def _write(draw: ImageDraw.ImageDraw, line: Line, left: int, top: int, width: int) -> int:
    """Draw a text where a font is there for it; return where it ends, or `top` where there is none."""
    written = fonts.fitting(line.text, line.size, line.weight, width, line.most)
    if written is None:
        return top
    for row in written.rows:
        draw.text((left, top), row, fill=line.ink, font=written.font, anchor="la")
        top += written.height
    return top


_TO_SHADE = [min(SHADES - 1, value * SHADES // 256) for value in range(256)]
_TO_PICTURE = [min(255, value + _PICTURE) for value in range(256)]


def _palette(picture: Image.Image) -> list[int]:
    shades = [
        round(paper + (ink - paper) * step / (SHADES - 1))
        for step in range(SHADES)
        for paper, ink in zip(PAPER, INK, strict=True)
    ]
    own = (picture.getpalette() or [])[: 3 * _COLOURS]
    return [*shades, *ACCENT, *own]


def _own_picture(entry: Entry) -> Image.Image | None:
    """Return the credential's own picture on paper, or None where it has none that can be drawn."""
    for path, data in pictures([entry]).items():
        found = _raster(_rastered(data) if path.endswith(".svg") else data)
        if found is not None:
            return found
    return None


def _raster(data: bytes) -> Image.Image | None:
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))
            small = opened.convert("RGBA")
    except Exception:  # A decoder that meets damaged bytes may raise anything; the seal stands for the picture then.
        return None
    small.thumbnail((SIDE, SIDE))
    ground = Image.new("RGB", (SIDE, SIDE), PAPER)
    ground.paste(small, ((SIDE - small.width) // 2, (SIDE - small.height) // 2), small)
    return _of_few_colours(ground)


def _of_few_colours(picture: Image.Image) -> Image.Image:
    return picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


@lru_cache(maxsize=64)
def _rastered(svg: bytes) -> bytes:
    """Return an SVG as PNG; nothing where it cannot be drawn, or could take long. Text in it has no font here."""
    try:
        text = svg.decode("utf-8-sig")
        if len(svg) > MOST_SVG_BYTES or _SLOW_SVG.search(text) or len(_USE.findall(text)) > MOST_USES:
            return b""
        import resvg_py

        # Both sides: it fits into them. With one, a drawing a million times as high as wide would fill the memory.
        return bytes(resvg_py.svg_to_bytes(svg_string=text, width=SIDE, height=SIDE, skip_system_fonts=True))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # Where the library gives up, its exception is none of `Exception` (PyO3, PanicException).
        return b""


@lru_cache(maxsize=4)
def _seal(digest: str) -> Image.Image:
    """Draw a credential's seal (portfolio_gen/art.py), twice as large as it will be, for smooth edges."""
    shapes = seal(digest)
    side = 2 * SIDE
    image = Image.new("RGB", (side, side), _colour(shapes[0][1]["fill"]))
    draw = ImageDraw.Draw(image)
    for name, attributes in shapes[1:]:
        if "stroke-dasharray" in attributes:
            for corners in _rays(attributes, side):
                draw.polygon(corners, fill=_colour(attributes["stroke"]))
        elif name == "circle":
            _circle(draw, attributes, side)
    return _of_few_colours(image.reduce(2))


def _circle(draw: ImageDraw.ImageDraw, attributes: dict[str, str], side: int) -> None:
    unit, middle = side / 100, side / 2
    radius = float(attributes["r"]) * unit
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    if attributes["fill"] == "none":
        draw.ellipse(box, outline=_colour(attributes["stroke"]), width=round(unit))
    else:
        draw.ellipse(box, fill=_colour(attributes["fill"]))


def _rays(attributes: dict[str, str], side: int) -> Iterator[Sequence[tuple[float, float]]]:
    """Yield the dashes of a circle, each as the four corners of a polygon."""
    unit, middle = side / 100, side / 2
    radius, width, count = (float(attributes[name]) for name in ("r", "stroke-width", "pathLength"))
    inner, outer = (radius - width / 2) * unit, (radius + width / 2) * unit
    for ray in range(round(count / 2)):
        start, end = (2 * ray) * 2 * pi / count, (2 * ray + 1) * 2 * pi / count
        corners = ((inner, start), (outer, start), (outer, end), (inner, end))
        yield [(middle + length * cos(angle), middle + length * sin(angle)) for length, angle in corners]


@cache
def _colour(hsl: str) -> tuple[int, int, int]:
    """Return an `hsl(…)` colour of a seal in red, green and blue."""
    found = _HSL.fullmatch(hsl)
    hue, saturation, light = (int(part) for part in found.groups()) if found else (0, 0, 0)
    red, green, blue = colorsys.hls_to_rgb(hue / 360, light / 100, saturation / 100)
    return round(255 * red), round(255 * green), round(255 * blue)
