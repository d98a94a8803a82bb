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


def as_cited(html: str) -> str:
    """Return cards of a list as an owner's page has them: without headings; here without the title's element at all."""
    return re.sub(r"</h[34]>", "</div>", re.sub(r'<h[34] class="pf-card__title">', "", html))


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    return make_site(tmp_path / "ada")


def test_a_tag_becomes_the_card_that_lists_use(config_file: Path) -> None:
    text = "---\ntitle: Me\n---\n\n# About me\n\n[[credential: one.json]]\n[[ credential : two.json ]]\n\nBye.\n"
    about(config_file, text)
    about(config_file, "# Below\n\n- [[credential: one.json]]\n", "deep/below.md")
    build(config_file)
    html, home = page(config_file), page(config_file, "")
    cards = re.findall(r'<article class="pf-card".*?</article>', html, re.DOTALL)
    assert len(cards) == 2
    assert "<h3" not in cards[0]
    assert cards[0].replace("../", "").replace('<div class="pf-card__title">', "") in as_cited(home)
    assert f'data-credential="../{BADGE}/original.json"' in cards[0]
    assert "Schweißen &lt;b&gt;&amp; Löten&lt;/b&gt;" in cards[1]
    assert 'assets/verifier/page.js"' in html
    assert "xqcite" not in html
    assert "data-cited" not in html
    assert f'data-credential="../../{BADGE}/original.json"' in page(config_file, "deep/below")
    search = (config_file.parent / "site/search/search_index.json").read_text("utf-8")
    assert "xqcite" not in search
    assert "[[" not in search


def test_pages_that_cite_nothing_load_no_script_of_ours(config_file: Path) -> None:
    build(config_file)
    assert "page.js" not in page(config_file)


def test_the_home_page_of_the_owner_cites_too(config_file: Path) -> None:
    about(config_file, "# Hello\n\n[[credential: one.json]]\n", "index.md")
    build(config_file)
    home = page(config_file, "")
    words = home[home.index('<section class="pf-words') :]
    assert words.startswith('<section class="pf-words md-typeset">')
    assert f'data-credential="{BADGE}/original.json"' in words


def test_a_skill_stands_with_the_credentials_that_name_it(config_file: Path) -> None:
    (config_file.parent / "wallet" / "weld.json").write_bytes(credential(name="Weld", **SKILL))
    about(config_file, "# A\n\n[[skill: welding]]\n\n[[skill: Welding (ESCO)]]\n")
    build(config_file)
    html = page(config_file)
    assert html.count('<section class="pf pf-cited pf-cited--skill">') == 2
    assert len(re.findall(r'<article class="pf-line"[^>]* data-credential="../credentials/weld-', html)) == 2
    assert re.search(r'<a href="../skills/welding-[0-9a-f]{8}/" dir="auto">Welding</a>', html)


def test_code_and_comments_are_left_as_they_are(config_file: Path) -> None:
    text = "# A\n\nWrite `[[credential: gone.json]]`.\n\n    [[skill: None]]\n\n<!-- [[skill: Gone]] -->\n"
    text += "\n[[toc: x]] [[Wiki]]\n"
    about(config_file, text)
    build(config_file)
    html = page(config_file)
    assert "<code>[[credential: gone.json]]</code>" in html
    assert "[[skill: None]]" in html
    assert "[[toc: x]] [[Wiki]]" in html
    assert "xqcite" not in html


def test_all_that_leads_nowhere_is_told_with_page_and_line(config_file: Path) -> None:
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
