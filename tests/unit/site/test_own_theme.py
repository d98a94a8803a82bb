"""Templates of an owner's own, and a theme from a package of its own: docs/themes.md, as somebody would do it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from browser.conftest import demo_folder
from small_site import BADGE, CONFIG, digests, make_site

from portfolio_gen.site import theme
from portfolio_gen.site.build import build

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(
    path.relative_to(theme.folder()).as_posix()
    for part in ("fragments", "partials")
    for path in (theme.folder() / part).glob("*.html")
)
OURS = "partials/ours.html"
"""Prints nothing: it tells other templates to which part of the portfolio a page belongs."""
MARK = re.compile(rb"<!-- mine: ([^>]*) -->")
MACROS = re.compile(r"{%-? macro .*?{%-? endmacro -?%}", re.S)
OTHER_CODE = re.compile(r"{#.*?#}|{%.*?%}", re.S)


def told(language: str, having: str) -> str:
    """Return what docs/themes.md shows in this language, with these words in it."""
    fences = re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / "docs/themes.md").read_text("utf-8"), re.M | re.S)
    [found] = [fence for fence in fences if having in fence]
    return str(found)


def marked(name: str) -> str:
    """Return the theme's template with a comment in what it prints; in a file of macros, in what the first prints."""
    text, mark = (theme.folder() / name).read_text("utf-8"), f"<!-- mine: {name} -->"
    if OTHER_CODE.sub("", MACROS.sub("", text)).strip() or not MACROS.search(text):
        return text.removesuffix("\n") + mark
    return re.sub(r"({% macro [^%]*-%})\s*(?=<)", rf"\1{mark}", text, count=1)


def overridden(folder: Path, templates: dict[str, str]) -> None:
    """Put templates where the site's mkdocs.yml says, as the page on themes has it."""
    config_file = folder / "mkdocs.yml"
    config = config_file.read_text("utf-8")
    assert "theme:\n  name: portfolio\n" in config
    config_file.write_text(config.replace("theme:\n  name: portfolio\n", told("yaml", "custom_dir")), "utf-8")
    for name, text in templates.items():
        path = folder / "overrides" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.mark.slow
def test_each_template_is_replaced_by_one_of_its_name_and_all_else_is_as_before(tmp_path: Path) -> None:
    plain, mine = (demo_folder(tmp_path / name, ROOT) for name in ("plain", "mine"))
    overridden(mine, {name: marked(name) for name in TEMPLATES if name != OURS})
    for folder in (plain, mine):
        build(folder / "mkdocs.yml")
    found: set[str] = set()
    for page in sorted((mine / "site").rglob("*.html")):
        data = page.read_bytes()
        found |= {name.decode() for name in MARK.findall(data)}
        assert MARK.sub(b"", data) == (plain / "site" / page.relative_to(mine / "site")).read_bytes(), page
    assert found == {*TEMPLATES} - {OURS}
    others = [
        {name: digest for name, digest in digests(folder / "site").items() if not name.endswith((".html", ".zip"))}
        for folder in (plain, mine)
    ]
    assert others[0] == others[1]


def changed(config_file: Path, templates: dict[str, str]) -> set[str]:
    """Build a site with the theme's templates, then with these; return which of its files differ."""
    build(config_file)
    before = digests(config_file.parent / "site")
    overridden(config_file.parent, templates)
    build(config_file)
    after = digests(config_file.parent / "site")
    assert set(before) == set(after)
    return {name for name in before if before[name] != after[name]}


def test_a_card_of_the_owner_s_own_stands_wherever_cards_stand_and_nothing_else_changes(config_file: Path) -> None:
    card = """\
<article class="mine" data-view="card" data-credential="{{ root }}{{ card.original }}">
<h3><a href="{{ root }}{{ card.address }}">{{ facts.claim(card.title) }}</a></h3>
<p data-owner>One of {{ words.verdicts | length }} verdicts:</p>
<p data-live="verdict">{{ parts.unchecked() }}</p><div data-live="differences"></div>
</article>
"""
    theirs = changed(config_file, {"fragments/card.html": card})
    site = config_file.parent / "site"
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert theirs == {name for name, text in pages.items() if '<article class="mine"' in text}
    assert {name.partition("/")[0] for name in theirs} == {"index.html", "issuers"}
    home = pages["index.html"]
    assert home.count('<article class="mine" data-view="card" data-credential="credentials/') == 2
    assert f'<h3><a href="{BADGE}/"><span class=' in home
    assert "<p data-owner>One of 9 verdicts:</p>" in home
    assert 'class="pf-card"' not in home


def test_where_a_page_belongs_can_be_said_otherwise(config_file: Path) -> None:
    ours = (theme.folder() / OURS).read_text("utf-8").replace("{{ part_of(page) }}", "issuers")
    assert changed(config_file, {OURS: ours})
    home = (config_file.parent / "site" / "index.html").read_text("utf-8")
    assert re.findall('<a href="([^"]*)" aria-current="page">', home) == ["issuers/"]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder to put on the path: a theme as docs/themes.md describes it, as pip leaves it when it is installed."""
    folder = tmp_path / "installed"
    files = {
        "my_theme/__init__.py": "",
        "my_theme/mkdocs_theme.yml": "extends: portfolio\n",
        "my_theme/assets/portfolio/tokens.css": tokens(),
        "my_theme/assets/portfolio/theme.css": ".pf-line { outline: 3px dotted; }\n",
        "my_theme/partials/footer.html": "<footer>A theme of my own</footer>\n",
        "my_theme-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: my-theme\nVersion: 1.0\n",
        "my_theme-1.0.dist-info/entry_points.txt": entry_points(),
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def tokens() -> str:
    """Return the theme's tokens with another paper in the light scheme."""
    sheet = (theme.folder() / "assets/portfolio/tokens.css").read_text("utf-8")
    assert "--pf-paper: #f5f1e8;" in sheet
    return sheet.replace("--pf-paper: #f5f1e8;", "--pf-paper: #fffdf0;")


def entry_points() -> str:
    """Return the page's lines for pyproject.toml as a build back end writes them."""
    groups = tomllib.loads(told("toml", "mkdocs.themes"))["project"]["entry-points"]
    lines = ([f"[{group}]", *(f"{name} = {what}" for name, what in of.items())] for group, of in groups.items())
    return "\n".join(line for of in lines for line in of) + "\n"


def test_a_theme_comes_as_a_package(package: Path, tmp_path: Path) -> None:
    config = CONFIG.replace("name: portfolio\n", "name: my-theme\n", 1)
    config = config.replace("- search\n", "- search: {separator: '[;]+'}\n")
    site = make_site(tmp_path / "ada", config).parent
    done = subprocess.run(
        [Path(sys.executable).with_name("portfolio-gen"), "build"],
        cwd=site,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sheet = (site / "site/assets/portfolio/portfolio.css").read_text("utf-8")
    assert "--pf-paper:#fffdf0" in sheet
    assert "#f5f1e8" not in sheet
    assert sheet.index(".pf-line{") < sheet.index(".pf-line{outline:3px dotted")
    page = (site / "site" / BADGE / "index.html").read_text("utf-8")
    assert "<footer>A theme of my own</footer>" in page
    assert 'class="pf-header' in page, "what it leaves out is the portfolio theme's"
    index = json.loads((site / "site/search/search_index.json").read_bytes())
    assert index["config"]["separator"] == "[;]+"
