"""MkDocs finds the theme, in a source tree and in a wheel, and it asks no other host for anything."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from mkdocs.utils import get_theme_dir, get_theme_names
from small_site import BADGE, make_site

from portfolio_gen import look
from portfolio_gen.site import theme
from portfolio_gen.site.build import build

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", theme.NAMES)
def test_an_editable_install_finds_the_themes(name: str) -> None:
    assert name in get_theme_names()
    assert Path(get_theme_dir(name)) == theme.folder(name)
    assert (theme.folder(name) / "mkdocs_theme.yml").is_file()
    assert (theme.folder(name) / "assets" / "portfolio" / "tokens.css").is_file()
    assert (theme.folder() / "fragments" / "credential.html").is_file()


@pytest.mark.parametrize("name", theme.NAMES)
def test_a_theme_brings_its_colours_and_the_owner_s_come_last(name: str, config_file: Path) -> None:
    given = config_file.read_text("utf-8").replace("name: portfolio\n", f"name: {name}\n")
    config_file.write_text(given.replace("- portfolio:\n", '- portfolio:\n      look: {accent: "#123456"}\n'), "utf-8")
    build(config_file)
    folder = config_file.parent / "site" / "assets" / "portfolio"
    sheet = (folder / "portfolio.css").read_text("utf-8")
    for colours in look.tokens((theme.folder(name) / "assets/portfolio/tokens.css").read_text("utf-8")).values():
        assert f"--pf-paper:{colours['paper']}" in sheet
    assert sheet.rstrip().endswith('[data-md-color-scheme="default"]{--pf-accent:#123456}')
    assert not (folder / "tokens.css").exists()
    badge = (folder / "embed.css").read_text("utf-8")
    dark = look.tokens((theme.folder(name) / "assets/portfolio/tokens.css").read_text("utf-8"))["dark"]
    assert f"--pf-paper:{dark['paper']}" in badge


@pytest.mark.slow
def test_a_wheel_carries_the_theme_and_finds_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        wheel.extractall(tmp_path / "installed")
    assert {f"portfolio_gen/themes/{name}/mkdocs_theme.yml" for name in theme.NAMES} <= set(names)
    assert "portfolio_gen/site/reload.js" in names
    assert "portfolio_gen/site/drop.js" in names
    assert "portfolio_gen/browser/dist/verifier.js" in names
    config_file = make_site(tmp_path / "ada")
    script = "import portfolio_gen, sys; print(portfolio_gen.__file__); from mkdocs.__main__ import cli; cli()"
    done = subprocess.run(
        [sys.executable, "-c", script, "build", "-f", str(config_file)],
        env={"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "installed") in done.stdout
    assert (tmp_path / f"ada/site/{BADGE}/index.html").is_file()


def test_the_theme_is_material_without_requests_to_others(config_file: Path) -> None:
    settings = yaml.safe_load((theme.folder() / "mkdocs_theme.yml").read_text("utf-8"))
    assert settings["extends"] == "material"
    assert settings["font"] is False
    assert len(settings["palette"]) > 1
    build(config_file)
    for page in (config_file.parent / "site").rglob("*.html"):
        text = page.read_text("utf-8")
        assert "fonts.g" not in text
        assert "preconnect" not in text


def test_the_language_is_the_configurations(config_file: Path) -> None:
    config_file.write_text(config_file.read_text().replace("name: portfolio\n", "name: portfolio\n  language: de\n", 1))
    build(config_file)
    assert '<html lang="de"' in (config_file.parent / f"site/{BADGE}/index.html").read_text("utf-8")
