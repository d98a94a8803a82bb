"""Pictures for previews of links: the same bytes each time, text only where a font has all of it, never boxes."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import replace
from typing import Any

import pytest
import resvg_py
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, features

from portfolio_gen.art import emblem
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.pages import Entry, SiteInfo, slugged
from portfolio_gen.report import Fact
from portfolio_gen.sharing import fonts, images
from portfolio_gen.verifier import verify
from portfolio_gen.wallet import WalletFile

NOW = "2026-06-01T12:00:00Z"
BASE = "https://ada.example/work/"
SITE = SiteInfo("Ada Example", "Builds bridges")
KEY = IssuerKey.from_seed(bytes(range(32)))
NAME = (images.MARGIN + images.SIDE + images.GAP, images.TOP, images.WIDTH, 490)
"""Where the texts of a credential are."""
PICTURE = (images.MARGIN, images.TOP, images.MARGIN + images.SIDE, images.TOP + images.SIDE)


def entry(image: str = "", **more: Any) -> Entry:
    short = {"name": "A badge", "description": "d", "criteria": "c", "issuer": "Nordlicht", **more}
    data = issue(short, KEY, created="2026-03-05T10:00:00Z")
    report = verify(data, now=NOW)
    if image:
        fact = Fact("image", "/credentialSubject/achievement/image/id", image, "image")
        report = replace(report, credential=(*report.credential, fact))
    return slugged([(WalletFile("x.json", data, hashlib.sha256(data).hexdigest()), report)])[0]


def drawn(**more: Any) -> Image.Image:
    return Image.open(io.BytesIO(images.of_credential(entry(**more), SITE, BASE))).convert("RGB")


def test_a_picture_has_the_size_that_previews_want_and_few_bytes() -> None:
    data = images.of_credential(entry(), SITE, BASE)
    with Image.open(io.BytesIO(data)) as found:
        assert (found.format, found.size) == ("PNG", (1200, 630))
    assert len(data) < 60_000


def test_the_same_credential_gives_the_same_bytes() -> None:
    first = images.of_credential(entry(), SITE, BASE)
    for remembered in (images._ground, images._seal, fonts._font, fonts._covered, fonts.family_for):
        remembered.cache_clear()
    assert images.of_credential(entry(), SITE, BASE) == first
    assert images.of_credential(entry(name="Another"), SITE, BASE) != first


@pytest.mark.parametrize("name", ["数据分析", "شهادة", "שלום", "ทดสอบ", "🎓", "A 数 b", "\ue000"])
def test_a_name_that_no_font_has_is_left_out_and_the_rest_stands(name: str) -> None:
    """The text begins with the issuer instead, as if the credential had no name at all."""
    assert fonts.family_for(fonts.plain(name)) is None
    with_name, other = drawn(name=name), drawn(name=name * 2)
    assert not ImageChops.difference(with_name.crop(NAME), other.crop(NAME)).getbbox()
    assert len(with_name.crop(NAME).getcolors() or ()) > 4


@pytest.mark.parametrize("name", ["Größe & “Maß” – ½ €", "Ωμέγα", "Привет", "Łódź Ğüşıöç"])
def test_every_character_that_is_drawn_has_a_glyph(name: str) -> None:
    written = fonts.fitting(name, 58, fonts.BOLD, 800, 3)
    assert written is not None
    with TTFont(written.font.path, lazy=True) as font:
        characters = set(font.getBestCmap())
    assert {ord(character) for row in written.rows for character in row} <= characters
    box = written.font.getmask("\ue000")
    assert all(written.font.getmask(one).getbbox() != box.getbbox() or one == "□" for one in "".join(written.rows))


def test_the_parts_of_a_character_are_put_together_before_a_font_is_asked() -> None:
    assert fonts.plain("Gro\u0308ße\u200b\n x") == "Größe x"
    assert not fonts.needs_shaping(fonts.plain("Gro\u0308ße"))
    assert fonts.needs_shaping("q\u0308")


def test_what_needs_shaping_is_drawn_only_where_it_can_be_shaped(monkeypatch: pytest.MonkeyPatch) -> None:
    hindi = "डेटा"
    fonts.family_for.cache_clear()
    if features.check("raqm"):
        assert fonts.family_for(hindi) == fonts.FIRST
    fonts.family_for.cache_clear()
    monkeypatch.setattr(fonts.features, "check", lambda name: False)
    assert fonts.family_for(hindi) is None
    assert fonts.family_for("Data") == fonts.FIRST
    fonts.family_for.cache_clear()


def test_a_long_name_is_made_smaller_then_cut_off() -> None:
    for text in ("word " * 60, "w" * 300):
        written = fonts.fitting(text, 58, fonts.BOLD, 600, 3)
        assert written is not None
        assert len(written.rows) == 3
        assert written.rows[-1].endswith("…")
        assert all(written.font.getlength(row) <= 600 for row in written.rows)
    short = fonts.fitting("word", 58, fonts.BOLD, 600, 3)
    assert short is not None
    assert (short.rows, short.font.size) == (("word",), 58)


def image_uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(out, "PNG")
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#ff0000"/></svg>'


@pytest.mark.parametrize(("kind", "data"), [("png", png("#ff0000")), ("svg+xml", SVG)])
def test_a_credentials_own_picture_is_drawn(kind: str, data: bytes) -> None:
    found = drawn(image=image_uri(kind, data)).crop(PICTURE)
    centre = found.getpixel((images.SIDE // 2, images.SIDE // 2))
    assert isinstance(centre, tuple)
    assert centre[0] > 240
    assert max(centre[1:]) < 16


USES = SVG.replace(b"</svg>", b'<g id="a"/>' + b'<use href="#a"/>' * 17 + b"</svg>")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("png", png("#ff0000")[:60]),
        ("png", b"GIF89a"),
        ("svg+xml", SVG.replace(b"<rect", b"<filter/><rect")),
        ("svg+xml", USES),
        ("svg+xml", SVG.replace(b"</svg>", b"")),
    ],
)
def test_a_picture_that_cannot_be_drawn_gives_way_to_the_seal(kind: str, data: bytes) -> None:
    one = entry(image=image_uri(kind, data))
    found = Image.open(io.BytesIO(images.of_credential(one, SITE, BASE))).convert("RGB").crop(PICTURE)
    seal = images._seal(emblem(one.report)).convert("RGB")
    assert not ImageChops.difference(found, seal).getbbox()
    assert found.getpixel((165, 165)) != (255, 0, 0)


@pytest.mark.parametrize("box", ["0 0 1 1000000", "0 0 1000000 1", "0 0 2 4"])
def test_a_drawing_of_any_shape_fits(box: str) -> None:
    made = images._rastered(SVG.replace(b"0 0 4 4", box.encode()))
    with Image.open(io.BytesIO(made)) as found:
        assert max(found.size) == images.SIDE


def test_a_library_that_gives_up_does_not_end_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    class GivesUp(BaseException):
        pass

    def gives(error: BaseException) -> bytes:
        def fail(**options: Any) -> bytes:
            raise error

        monkeypatch.setattr(resvg_py, "svg_to_bytes", fail)
        images._rastered.cache_clear()
        return images._rastered(SVG)

    assert gives(GivesUp()) == gives(ValueError()) == b""
    with pytest.raises(KeyboardInterrupt):
        gives(KeyboardInterrupt())
    images._rastered.cache_clear()


def test_a_picture_of_too_many_pixels_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 40 * 40 - 1)
    assert images._raster(png("#ff0000")) is None
    monkeypatch.setattr(images, "MOST_PIXELS", 40 * 40)
    assert images._raster(png("#ff0000")) is not None


def test_the_site_has_a_picture_of_its_own() -> None:
    data = images.of_site("Ada Example", "Builds bridges", BASE)
    assert data == images.of_site.__wrapped__("Ada Example", "Builds bridges", BASE)
    with Image.open(io.BytesIO(data)) as found:
        assert found.size == (1200, 630)


def test_faint_text_can_be_read() -> None:
    """WCAG 2.2, 1.4.3: 4.5 : 1."""
    shade = images._TO_SHADE[images._FAINT]
    ink = [round(paper + (dark - paper) * shade / 15) for paper, dark in zip(images.PAPER, images.INK, strict=True)]

    def light(colour: Any) -> float:
        parts = [value / 255 for value in colour]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert (light(images.PAPER) + 0.05) / (light(ink) + 0.05) >= 4.5
