"""What the command `check` says of sharing, and what a site has of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import BADGE, CONFIG, WELDING, make_site

from portfolio_gen import cli
from portfolio_gen.site import theme
from portfolio_gen.site.serve import Preview
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


def test_each_credential_has_its_picture_the_same_in_every_build(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        file = make_site(tmp_path / name)
        assert cli.run(["build", "--config-file", str(file)]) == 0
        social = file.parent / "site" / "social"
        found.append({path.name: path.read_bytes() for path in social.iterdir()})
    assert found[0] == found[1]
    names = {f"{address.partition('/')[2]}.png" for address in (BADGE, WELDING)} | {"index.png"}
    assert set(found[0]) == names
    page = (tmp_path / "one" / "site" / BADGE / "index.html").read_text("utf-8")
    picture = f"https://ada.example/work/social/{BADGE.partition('/')[2]}.png"
    assert f'<meta property="og:image" content="{picture}">' in page


@pytest.mark.parametrize(
    "config",
    [CONFIG + "      social_images: false\n", CONFIG.replace("site_url: https://ada.example/work/\n", "")],
)
def test_pictures_are_drawn_only_where_they_are_wanted_and_can_be_linked(tmp_path: Path, config: str) -> None:
    file = make_site(tmp_path / "site", config)
    assert cli.run(["build", "--config-file", str(file)]) == 0
    assert not (file.parent / "site" / "social").exists()
    assert "og:image" not in (file.parent / "site" / BADGE / "index.html").read_text("utf-8")


def test_a_switch_that_is_none_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = make_site(tmp_path / "site", CONFIG + "      social_images: perhaps\n")
    assert cli.run(["check", "--config-file", str(file)]) == 2
    said = "".join(capsys.readouterr())
    assert "mkdocs.yml:10" in said
    assert "expected true or false" in said


def test_the_theme_is_published_without_its_comments_and_the_owners_styles_as_they_are(tmp_path: Path) -> None:
    mine = "/* mine */\na { color : red }\n"
    file = make_site(tmp_path / "site", CONFIG + "extra_css: [x.css]\n")
    (file.parent / "docs" / "x.css").write_text(mine)
    assert cli.run(["build", "--config-file", str(file)]) == 0
    site = file.parent / "site"
    assert (site / "x.css").read_text() == mine
    sheet = (site / "assets" / "portfolio" / "portfolio.css").read_text("utf-8")
    sources = [theme.folder() / "assets" / "portfolio" / name for name in ("tokens.css", "portfolio.css")]
    source = "".join(path.read_text("utf-8") for path in sources)
    assert "/*" not in sheet
    assert (sheet.count("{"), sheet.count(":root")) == (source.count("{"), source.count(":root"))


@pytest.mark.parametrize("name", ["llms.txt", "atom.xml", "embed/x.txt", "social/x.png"])
def test_files_of_the_owner_do_not_stand_in_the_way(tmp_path: Path, name: str) -> None:
    file = make_site(tmp_path / "site")
    mine = file.parent / "docs" / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_bytes(b"mine")
    assert cli.run(["build", "--config-file", str(file)]) == 4


def test_a_preview_names_the_address_where_the_site_will_be(preview: Preview) -> None:
    page = (preview.root / BADGE / "index.html").read_text("utf-8")
    assert 'property="og:url" content="https://ada.example/work/' in page
    assert "certUrl=https%3A%2F%2Fada.example%2Fwork%2F" in page
    assert "127.0.0.1%3A" not in page
