"""What the owner says of files, in a sidecar or in mkdocs.yml, and what becomes of it; the files stay as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, WELDING, credential, make_site

from portfolio_gen import cli, curating
from portfolio_gen.errors import ConfigError
from portfolio_gen.pages import called
from portfolio_gen.pages import credential as credential_data
from portfolio_gen.report import Fact
from portfolio_gen.sidecar import Sidecar, of
from portfolio_gen.site.build import build
from portfolio_gen.site.gather import Checker

CARD = re.compile(r'<article class="(pf-card[^"]*)" data-view="card" data-credential="([^"]*)/original')
CURATED = CONFIG + "      curate:\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path / "ada").parent


def home(root: Path) -> str:
    return (root / "site/index.html").read_text("utf-8")


def test_a_featured_credential_stands_first_and_larger(root: Path) -> None:
    build(root / "mkdocs.yml")
    cards = re.findall(
        r'<article class="(pf-card[^"]*)" data-view="card" data-credential="([^"]*)/original', home(root)
    )
    last = cards[-1][1]
    name = "one.json" if last == BADGE else "two.json"
    (root / "wallet" / f"{name}.yml").write_text("feature: true\n")
    build(root / "mkdocs.yml")
    cards = re.findall(
        r'<article class="(pf-card[^"]*)" data-view="card" data-credential="([^"]*)/original', home(root)
    )
    assert cards[0] == ("pf-card pf-card--featured", last)
    assert cards[1][0] == "pf-card"


def test_what_is_hidden_has_no_page_and_no_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "wallet" / "two.json.yml").write_text("hide: true\n")
    assert cli.run(["build", "-f", str(root / "mkdocs.yml")]) == 0
    said = capsys.readouterr().out
    assert "Not published: two.json: Hidden, as you say: it has no page, and its file is not published." in said
    assert "Single facts of a signed file cannot be hidden." in said
    assert not (root / "site" / WELDING).exists()
    everything = b"".join(
        path.read_bytes() for path in (root / "site").rglob("*") if path.suffix in (".html", ".json", ".xml")
    )
    assert WELDING.encode() not in everything
    assert "Schweißen".encode() not in everything
    assert (root / "site" / BADGE / "original.json").is_file()


def test_a_link_can_be_hidden_too(root: Path) -> None:
    (root / "wallet" / "talk.yml").write_text("link: https://talk.example/\nhide: true\n")
    build(root / "mkdocs.yml")
    assert "talk.example" not in home(root)


def test_the_configuration_says_the_same_and_the_sidecar_goes_before(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mkdocs.yml").write_text(
        f"{CURATED}        one.json: {{feature: true, order: 4, note: Mine}}\n        two.json: {{hide: true}}\n"
    )
    (root / "wallet" / "one.json.yml").write_text("order: 1\nlanguage: de\n")
    assert cli.run(["check", "-f", str(root / "mkdocs.yml")]) == 0
    said = capsys.readouterr().out
    assert "It stands first on the home page, and larger." in said
    assert "It has place 1 on the home page." in said
    assert "Your note stands on its page." in said
    assert "mkdocs.yml says something else on order; the sidecar's word counts." in said
    assert "Its texts cannot be shown in “de” first" in said
    assert "Not published: two.json: Hidden" in said


def test_files_that_are_not_there_are_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "mkdocs.yml").write_text(f"{CURATED}        on.json: {{order: 1}}\n")
    assert cli.run(["check", "-f", str(root / "mkdocs.yml")]) == 0
    assert 'curate: the wallet has no file on.json. Did you mean "one.json"?' in capsys.readouterr().err


def test_all_that_is_wrong_in_the_configuration_is_told_at_once(root: Path) -> None:
    (root / "mkdocs.yml").write_text(f"{CURATED}        one.json: {{ordr: 1, hide: perhaps}}\n        two.json: [a]\n")
    with pytest.raises(ConfigError) as caught:
        build(root / "mkdocs.yml")
    said = str(caught.value)
    assert 'one.json: "ordr" is not known. Did you mean "order"?' in said
    assert 'one.json: hide: found "perhaps", expected true or false.' in said
    assert "two.json: found a list" in said
    assert "mkdocs.yml:10: curate:" in said


def test_its_page_shows_the_chosen_language_first(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(credential())
    [entry] = Checker().gather(tmp_path, "2026-06-01T12:00:00Z").entries
    whole = entry.whole()
    others = [fact for fact in whole.report.credential if fact.field not in ("name", "description")]
    texts = [
        Fact("name", "/credentialSubject/achievement/name/en", "Bees", "text", "en"),
        Fact("name", "/credentialSubject/achievement/name/de", "Bienen", "text", "de-AT"),
        Fact("description", "/credentialSubject/achievement/description/en", "One hive.", "text", "en"),
        Fact("description", "/credentialSubject/achievement/description/de", "Ein Stock.", "text", "de-AT"),
    ]
    both = replace(whole, report=replace(whole.report, credential=(*texts, *others)))
    german = replace(both, owner=of({"language": "de"}))
    assert (called(both), called(german)) == ("Bees", "Bienen")
    page = credential_data(german, None, ())
    assert page["title"].text == "Bienen"
    rows = [claim.text for group in page["sections"]["about"].groups for row in group for claim in row.claims]
    assert rows.index("Ein Stock.") < rows.index("One hive.")
    assert "Bees" in [c.text for part in page["sections"].values() for g in part.groups for r in g for c in r.claims]
    assert list(curating.told(german.owner, both.report)) == [
        "Its texts in “de” are shown first, on its page and wherever it is listed."
    ]
    assert list(curating.told(Sidecar(), both.report)) == []
