"""Tags in the owner's Markdown: what they become, what is left as text, and what is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small_site import BADGE, TITLE, credential, make_site

from portfolio_gen.errors import ConfigError
from portfolio_gen.site.build import build
from portfolio_gen.site.citing import Citing, first_line
from portfolio_gen.site.serve import Preview

SKILL = {"skills": [{"name": "Welding", "framework": "ESCO", "url": "https://esco.example/welding"}]}


def page(config_file: Path, address: str = "about") -> str:
    return (config_file.parent / "site" / address / "index.html").read_text("utf-8")


def about(config_file: Path, text: str, name: str = "about.md") -> None:
    (config_file.parent / "docs" / name).write_text(text, "utf-8")


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return make_site(tmp_path / "ada")


def test_a_tag_becomes_the_card_that_lists_use(config_file: Path) -> None:
    text = "---\ntitle: Me\n---\n# A\n\n[[credential: on.json]]\n\n[[skill: Flying]]\n\n"
    text += "See [[credential: one.json]] here.\n\n[[credential: notes.txt]]\n\n[[credentials: one.json]]\n"
    about(config_file, text)
    with pytest.raises(ConfigError) as caught:
        build(config_file)
    assert str(caught.value).splitlines() == [
        'docs/about.md:6: [[credential: on.json]]: the wallet has no file on.json. Did you mean "one.json"?',
        "docs/about.md:8: [[skill: Flying]]: no credential names a skill “Flying”.",
        "docs/about.md:10: [[credential: one.json]]: it stands in the middle of a text. "
        "Give it a line of its own, with an empty line before and after it.",
        "docs/about.md:12: [[credential: notes.txt]]: notes.txt is not published. "
        "This file is not a credential in any format that this page knows.",
        "docs/about.md:14: [[credentials: one.json]]: expected one of credential, skill before the colon. "
        'Did you mean "credential"?',
    ]
    assert not (config_file.parent / "site").exists()


def test_a_word_that_the_owner_wrote_is_no_tag() -> None:
    citing = Citing()
    assert citing.mark("<p>xqcite7qx</p>") == "<p>xqcite7qx</p>"
    assert citing.problems == []
    assert citing.splice('<div data-cited="0"></div>', "", None) == '<div data-cited="0"></div>'  # type: ignore[arg-type]


@pytest.mark.parametrize(("source", "line"), [("a\nb", 1), ("---\nx: 1\n---\n\na\nb", 5), ("other", 1)])
def test_lines_are_counted_in_the_file(source: str, line: int) -> None:
    assert first_line(source, "a\nb") == line


def test_a_preview_shows_cards_of_what_changed(config_file: Path, tmp_path: Path) -> None:
    about(config_file, "# A\n\n[[credential: two.json]]\n")
    preview = Preview(config_file, tmp_path / "preview", "http://127.0.0.1:8000/", lambda _: None)
    preview.build()
    assert "Schweißen" in (preview.root / "about/index.html").read_text("utf-8")
    (config_file.parent / "wallet" / "two.json").write_bytes(credential(name="Third"))
    preview.update()
    html = (preview.root / "about/index.html").read_text("utf-8")
    assert "Third" in html
    assert "Schweißen" not in html
    (config_file.parent / "wallet" / "two.json").unlink()
    preview.update()
    assert "docs/about.md:3" in preview.problem
    assert TITLE not in html
