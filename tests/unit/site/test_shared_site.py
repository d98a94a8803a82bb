"""What the command `check` says of sharing, and what a site has of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, make_site

from portfolio_gen import cli
from portfolio_gen.vocabulary import message


def test_check_says_once_that_there_is_no_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for config, times in ((CONFIG, 0), (CONFIG.replace("site_url: https://ada.example/work/\n", ""), 1)):
        file = make_site(tmp_path / str(times), config)
        cli.run(["check", "--config-file", str(file)])
        assert "".join(capsys.readouterr()).count(message("share.noaddress")) == times


@pytest.mark.parametrize("value", ["[1]", "{did:x: name}", "{did:x: 0}", "{did:x: true}", "{7: 7}"])
def test_a_wrong_organisation_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str
) -> None:
    file = make_site(tmp_path / "site", CONFIG + f"      linkedin_organizations: {value}\n")
    assert cli.run(["check", "--config-file", str(file)]) == 2
    said = "".join(capsys.readouterr())
    assert "mkdocs.yml:10" in said
    assert "linkedin_organizations" in said


def test_a_site_holds_what_others_read(tmp_path: Path) -> None:
    file = make_site(tmp_path / "site")
    assert cli.run(["build", "--config-file", str(file)]) == 0
    site = file.parent / "site"
    for name in ("atom.xml", "sitemap.xml", "llms.txt"):
        assert f"https://ada.example/work/{BADGE}" in (site / name).read_text("utf-8")
    own = (site / "about" / "index.html").read_text("utf-8")
    assert '<meta property="og:url" content="https://ada.example/work/about/">' in own
    assert '<meta property="og:title" content="About me">' in own
    home = (site / "index.html").read_text("utf-8")
    assert home.count('<script type="application/ld+json">') == 1
    assert home.index("ProfilePage") < home.index("</head>")
    badge = (site / f"{BADGE.replace('credentials', 'embed')}.html").read_text("utf-8")
    assert "default-src 'none'" in badge
    assert "style=" not in badge
    assert not [part for part in ("<script>", " on") if f"{part}load=" in badge]
    assert "xqhead" not in home + own + badge + (site / "404.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["llms.txt", "atom.xml", "embed/x.txt", "social/x.png"])
def test_files_of_the_owner_do_not_stand_in_the_way(tmp_path: Path, name: str) -> None:
    file = make_site(tmp_path / "site")
    mine = file.parent / "docs" / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_bytes(b"mine")
    assert cli.run(["build", "--config-file", str(file)]) == 4
