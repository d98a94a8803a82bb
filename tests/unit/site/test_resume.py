"""A JSON Resume fills in what mkdocs.yml leaves out of the owner's words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import cli, exports, scaffold
from portfolio_gen.errors import ConfigError
from portfolio_gen.exports.profile import parse
from portfolio_gen.pages import SiteInfo
from portfolio_gen.scaffold import Source
from portfolio_gen.site.build import build

RESUME: dict[str, Any] = {
    "basics": {
        "name": "Ada Example",
        "label": "Mathematician",
        "summary": "I compute.",
        "email": "ada@private.example",
        "phone": "+1 555 0100",
        "url": "https://ada.example/",
        "image": "https://elsewhere.example/ada.png",
        "profiles": [
            {"network": "Code", "username": "ada", "url": "https://code.example/ada"},
            {"username": "countess", "url": "https://social.example/countess"},
            {"network": "Fax", "username": "12"},
            {"network": "", "url": ""},
        ],
    },
    "work": [{"name": "Analytical Engines"}],
}
CONFIG = "site_name: A site\ntheme: portfolio\nplugins:\n  - portfolio:\n      resume: resume.json\n"


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    for name in ("wallet", "docs"):
        (tmp_path / name).mkdir()
    (tmp_path / "docs/about.md").write_text("# About\n")
    (tmp_path / "resume.json").write_text(json.dumps(RESUME, indent=2))
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return tmp_path / "mkdocs.yml"


def home(config_file: Path) -> str:
    return (config_file.parent / "site/index.html").read_text("utf-8")


def test_what_is_taken_of_a_resume() -> None:
    found = parse("resume.json", json.dumps(RESUME).encode())
    assert (found.name, found.headline, found.about) == ("Ada Example", "Mathematician", "I compute.")
    assert found.links == (
        {"title": "ada.example", "url": "https://ada.example/"},
        {"title": "Code", "url": "https://code.example/ada"},
        {"title": "countess", "url": "https://social.example/countess"},
    )


def test_our_own_export_can_be_read_back() -> None:
    links = ({"title": "Code", "url": "https://code.example/ada"},)
    site = SiteInfo("Ada", "Mathematician", "I compute.", links)
    found = parse("resume.json", b"".join(exports.pieces("json-resume", (), site)))
    assert (found.name, found.headline, found.about, found.links) == ("Ada", "Mathematician", "I compute.", links)


def test_everything_wrong_at_once_with_its_line() -> None:
    text = (
        '{"basics": {\n "name": 5,\n "label": ["a"],\n "url": "ada.example",\n "profiles": [\n  "x",\n'
        '  {"url": "javascript:alert(1)"}\n ]}}'
    )
    with pytest.raises(ConfigError) as caught:
        parse("resume.json", text.encode())
    assert sorted(map(str, caught.value.errors)) == [
        "resume.json:2: basics.name: found the number 5, expected text.",
        "resume.json:3: basics.label: found a list, expected text.",
        'resume.json:4: basics.url: found "ada.example", expected https://… or http://….',
        'resume.json:6: basics.profiles.0: found "x", expected an object with network and url.',
        'resume.json:7: basics.profiles.1.url: found "javascript:alert(1)", expected https://… or http://….',
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"{", "resume.json:1: This is not JSON"),
        (b"\xff", "resume.json: The file is not text in UTF-8."),
        (b"[]", "found a list, expected a JSON Resume: an object with basics."),
        (b"{}", "basics: found nothing, expected an object"),
        (b'{"basics": {"name": "a", "name": "b"}}', "DUPLICATE_KEY"),
        (b'{\t"basics": {\n\t"name": 5}}', "basics.name: found the number 5, expected text."),
    ],
)
def test_what_is_no_resume_is_said(data: bytes, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse("resume.json", data)
    assert expected in str(caught.value)


def test_a_site_says_what_the_resume_does(config_file: Path) -> None:
    result = build(config_file)
    page = home(config_file)
    for text in ("Ada Example", "Mathematician", "I compute.", 'href="https://code.example/ada"'):
        assert text in page
    for text in ("ada@private.example", "555 0100", "Analytical Engines", "elsewhere.example"):
        assert text not in page
    assert any("basics.image" in warning and "elsewhere.example" in warning for warning in result.warnings)


def test_mkdocs_yml_comes_first(config_file: Path) -> None:
    (config_file.parent / "docs/me.png").write_bytes(b"\x89PNG")
    config_file.write_text(CONFIG + "      headline: Poet\n      picture: me.png\n")
    result = build(config_file)
    assert "Poet" in home(config_file)
    assert "Mathematician" not in home(config_file)
    assert "Ada Example" in home(config_file)
    assert not [warning for warning in result.warnings if "basics.image" in warning]


def test_a_picture_may_be_a_file_of_the_site(config_file: Path) -> None:
    (config_file.parent / "docs/ada.png").write_bytes(b"\x89PNG")
    resume = {"basics": {**RESUME["basics"], "image": "ada.png"}}
    (config_file.parent / "resume.json").write_text(json.dumps(resume))
    assert not [one for one in build(config_file).warnings if "basics.image" in one]
    assert 'src="ada.png"' in home(config_file)
    for image in ("../secret.png", "/etc/a.png", "gone.png", "about.md"):
        resume["basics"]["image"] = image
        (config_file.parent / "resume.json").write_text(json.dumps(resume))
        assert [one for one in build(config_file).warnings if "basics.image" in one], image


def test_a_resume_that_is_not_there_or_is_wrong_stops_the_build(config_file: Path) -> None:
    (config_file.parent / "resume.json").write_text('{"basics":\n{"name": 5}}')
    with pytest.raises(ConfigError, match=r"resume\.json:2: basics\.name: found the number 5"):
        build(config_file)
    (config_file.parent / "resume.json").unlink()
    with pytest.raises(ConfigError, match=r'mkdocs\.yml:5: resume: there is no file "resume\.json" beside mkdocs\.yml'):
        build(config_file)


def test_init_takes_a_resume_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scaffold, "installed_from", lambda: Source("portfolio-gen==0"))
    given = tmp_path / "mine.json"
    given.write_text(json.dumps(RESUME))
    assert cli.run(["init", str(tmp_path / "site"), "--resume", str(given)]) == 0
    assert (tmp_path / "site/resume.json").read_text() == given.read_text()
    build(tmp_path / "site/mkdocs.yml")
    assert "Ada Example" in (tmp_path / "site/site/index.html").read_text("utf-8")
    given.write_text("[]")
    assert cli.run(["init", str(tmp_path / "other"), "--resume", str(given)]) == 2
    assert not (tmp_path / "other").exists()
