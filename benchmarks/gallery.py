"""Build the demo and harder sites in every theme, take their pictures, and write docs/gallery.md. Run: make gallery

The pages are as a browser shows them once its checks are over; nothing in the pictures is drawn by hand.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.conftest import demo_folder
from browser.portfolios import served
from conftest import CHROMIUM_FLAGS, _chromium
from playwright.sync_api import sync_playwright

from benchmarks import data
from portfolio_gen.site.build import build
from portfolio_gen.site.theme import NAMES

DOCS = ROOT / "docs"
FOLDER = DOCS / "gallery"
SIZES = {"desktop": (1280, 860), "phone": (390, 780), "paper": (800, 1130)}
OVER = (
    "() => !document.querySelector('[data-busy]') && !document.querySelector('[data-credential]:not([data-verdict])')"
)
LEARNER = """\
site_name: Ada Example
site_url: https://ada.example/
theme: {{name: {theme}, font: false}}
plugins: [search, portfolio: {{wallet: wallet, name: "{name}", headline: "{headline}", social_images: false}}]
"""
HEAD = """# Gallery

<!-- Written by: make gallery -->

The demo portfolio, in a browser that has just checked it, and at the end sites that are harder to lay out. All learners and schools are
fictional, all signatures are real.
"""


class Picture(NamedTuple):
    """What to take a picture of: in which theme, which page, how, and what to say of it."""

    theme: str
    page: str
    size: str
    scheme: str
    says: str
    site: str = "demo"

    @property
    def file(self) -> str:
        """The picture's name."""
        page = self.page.strip("/").split("/")[0] or "home"
        parts = [self.theme, *([self.site] if self.site != "demo" else []), page, self.size, self.scheme]
        return f"{'-'.join(parts)}.jpg"


def demo(folder: Path, theme: str, language: str = "en") -> Path:
    """Make the demo's sources; return its mkdocs.yml."""
    config = demo_folder(folder, ROOT) / "mkdocs.yml"
    named = f"  name: {theme}\n  language: {language}\n"
    config.write_text(config.read_text("utf-8").replace("  name: portfolio\n", named), "utf-8")
    return config


def many(folder: Path, theme: str, count: int) -> Path:
    """Make the sources of a site with so many credentials."""
    return learner(folder, theme, "Ada Example", "Ship's engineer", partial(data.wallet, count=count))


def long_names(folder: Path, theme: str) -> Path:
    """Make the sources of a site of long names in six languages, without pictures."""
    name = "Wolfeschlegelsteinhausenbergerdorff-Mastroianni de la Cruz y Fernández-Villaverde"
    headline = "Micro-credentials in six languages, without a single picture, with names longer than anybody would like"
    return learner(folder, theme, name, headline, data.long_names)


def learner(folder: Path, theme: str, name: str, headline: str, fill: Callable[[Path], None]) -> Path:
    """Make a site's sources; `fill` makes its wallet."""
    (folder / "docs").mkdir()
    fill(folder / "wallet")
    config = folder / "mkdocs.yml"
    config.write_text(LEARNER.format(theme=theme, name=name, headline=headline), "utf-8")
    return config


SITES: dict[str, Callable[[Path, str], Path]] = {
    "demo": demo,
    "arabic": partial(demo, language="ar"),
    "names": long_names,
    "five": partial(many, count=5),
    "fifty": partial(many, count=50),
    "thousand": partial(many, count=1000),
}
"""By name, what makes the sources of a site in a theme."""


def wanted(credential: str) -> list[Picture]:
    """Return the pictures of the gallery, in its order."""
    warm, academic, spare = NAMES
    return [
        Picture(warm, "", "desktop", "light", "The home page: who, what it adds up to, and what checks out"),
        Picture(
            warm, credential, "desktop", "light", "A credential, with whose key signed it and what that does not say"
        ),
        Picture(warm, credential, "phone", "dark", "The same on a phone, in the dark"),
        Picture(warm, "skills/", "desktop", "light", "Skills, with the credentials that name them"),
        Picture(warm, "stacks/", "phone", "light", "Stacks: what adds up to what"),
        Picture(warm, "timeline/", "phone", "light", "The timeline"),
        Picture(warm, "cv/", "paper", "print", "A CV to print"),
        Picture(warm, "check/", "desktop", "dark", "Check a file, which leaves the browser nowhere"),
        Picture(academic, "", "desktop", "light", "The academic theme"),
        Picture(academic, credential, "desktop", "dark", "A credential in the academic theme, in the dark"),
        Picture(spare, "", "desktop", "light", "The spare theme"),
        Picture(spare, credential, "phone", "light", "A credential in the spare theme, on a phone"),
        Picture(warm, "", "phone", "light", "The demo in Arabic, from right to left", "arabic"),
        Picture(academic, "", "desktop", "dark", "Long names in six languages, without pictures of their own", "names"),
        Picture(spare, "", "phone", "dark", "Five credentials", "five"),
        Picture(warm, "timeline/", "desktop", "light", "Fifty credentials on their timeline", "fifty"),
        Picture(spare, "", "desktop", "light", "A thousand credentials", "thousand"),
    ]


def take(browser: Any, address: str, picture: Picture) -> None:
    """Take one picture, when the page's checks are over."""
    width, height = SIZES[picture.size]
    scheme = "dark" if picture.scheme == "dark" else "light"
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address + picture.page)
    page.wait_for_function(OVER, timeout=120_000)
    if picture.scheme == "print":
        page.emulate_media(media="print")
    page.screenshot(path=FOLDER / picture.file, type="jpeg", quality=72)
    page.close()


def main() -> None:
    """Write the pictures and the page."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.jpg"):
        old.unlink()
    pictures: list[Picture] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)
        for site, theme in dict.fromkeys((picture.site, picture.theme) for picture in wanted("")):
            print(f"{site}, {theme} …", flush=True)
            with tempfile.TemporaryDirectory() as temporary:
                made = build(SITES[site](Path(temporary), theme))
                shown = [entry.address for entry in made.entries if entry.file.name == "data-analyst.json"]
                mine = [one for one in wanted("".join(shown)) if (one.site, one.theme) == (site, theme)]
                with served(made.site_dir) as address:
                    for picture in mine:
                        take(browser, address, picture)
                pictures += mine
        browser.close()
    rows = [f"\n## {picture.says}\n\n![{picture.says}](gallery/{picture.file})\n" for picture in pictures]
    (DOCS / "gallery.md").write_text(HEAD + "".join(rows), "utf-8")


if __name__ == "__main__":
    main()
