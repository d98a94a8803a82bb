"""All that is wrong with an mkdocs.yml, ours and MkDocs' own, is reported at once, with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import exports
from portfolio_gen.errors import ConfigError
from portfolio_gen.site.config import PortfolioConfig, check, folder_faults


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for folder in ("docs", "wallet"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs" / "me.png").write_bytes(b"")
    return tmp_path


def problems(site: Path, text: str | bytes) -> list[str]:
    config = site / "mkdocs.yml"
    config.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        check(config)
    except ConfigError as error:
        return [str(problem).removeprefix(f"{config}:") for problem in error.errors]
    return []


GOOD = """\
site_name: Ada
site_url: !ENV [NO_SUCH_VARIABLE, ""]
theme:
  name: portfolio
plugins:
  - search
  - portfolio:
      wallet: wallet
      name: Ada Beispiel
      headline: Teacher
      about: I teach.
      picture: me.png
      links:
        - {title: Write to me, url: "mailto:ada@beispiel.example"}
        - {title: Code, url: "https://code.example/ada"}
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "site_name: A\ntheme: portfolio\nplugins: [portfolio]\n",
        "site_name: A\ntheme: portfolio\nplugins: {search: {}, portfolio: {name: B}}\n",
        "site_name: A\ntheme: portfolio\nplugins:\n  - portfolio:\n",
        "\ufeffsite_name: A\ntheme: portfolio\nplugins: [portfolio]\n",
    ],
)
def test_good_configurations(site: Path, text: str) -> None:
    assert problems(site, text) == []


def test_everything_wrong_at_once_with_its_line(site: Path) -> None:
    found = problems(
        site,
        "site_name: 5\n"
        "them:\n"
        "  name: material\n"
        "site_url: not a url\n"
        "nav: 7\n"
        "plugins:\n"
        "  - search:\n"
        "      lang: 5\n"
        "  - nope\n"
        "  - portfolio:\n"
        "      wallett: x\n"
        "      name: 7\n"
        "      picture: ../secret.png\n"
        "      links:\n"
        "        - {title: a, ur: b}\n"
        "        - 5\n",
    )
    for expected in (
        "1: site_name: found a number, expected text.",
        '1: theme: found "mkdocs", expected "portfolio".',
        '2: them: this key is not known. Did you mean "theme"?',
        "4: site_url: ",
        "5: nav: ",
        "8: lang: ",
        '9: plugins: The "nope" plugin is not installed',
        '11: wallett: this key is not known. Did you mean "wallet"?',
        "12: name: found the number 7, expected text; put it in quotes.",
        '13: picture: found "../secret.png", expected a path inside the site\'s own folder.',
        '14: links: link 1: "ur" is not known. Did you mean "url"? link 1: url: found nothing',
    ):
        assert any(problem.startswith(expected) for problem in found), (expected, found)
    assert "link 2: found the number 5" in "\n".join(found)
    assert len(found) == 11


def test_what_is_missing_is_said_together_with_what_is_wrong(site: Path) -> None:
    found = problems(
        site,
        "site_name: 5\n"
        "theme: material\n"
        "use_directory_urls: false\n"
        "site_dir: gone/site\n"
        "plugins:\n"
        "  - portfolio:\n"
        "      naem: x\n"
        "      wallet: gone\n"
        "      picture: gone.png\n"
        "      links: 5\n",
    )
    for expected in (
        "1: site_name: ",
        '2: theme: found "material", expected "portfolio".',
        "3: use_directory_urls: found false, expected true",
        "8: wallet: the wallet and site_dir overlap",
        "7: naem: this key is not known.",
        '8: wallet: there is no folder "gone"',
        '9: picture: there is no file "gone.png" in docs/.',
        "10: links: found the number 5",
    ):
        assert any(problem.startswith(expected) for problem in found), (expected, found)
    assert len(found) == 8


def test_of_a_wrong_option_only_that_is_said(site: Path) -> None:
    found = problems(
        site, "site_name: A\ntheme: portfolio\nplugins:\n  - portfolio:\n      wallet: 5\n      picture: gone.png\n"
    )
    assert [problem.split(":")[1].strip() for problem in found] == ["wallet", "picture"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_name: A\n\tb: c\n", "2: This is not YAML"),
        ("site_name: [A\n", "This is not YAML"),
        ("site_name: A\nsite_name: B\n", '2: "site_name" is given twice (also in line 1).'),
        ("site_name: A\nplugins: [search]\n", '2: plugins: "portfolio" is not among them. Add "- portfolio".'),
        ("site_name: A\n", '"portfolio" is not among them'),
        ("site_name: A\nplugins: 5\n", "2: plugins: found the number 5, expected a list of plugins."),
        ("plugins: [portfolio]\n", "site_name"),
        ("site_name: A\ndocs_dir: gone\nplugins: [portfolio]\n", "2: docs_dir: "),
        ("site_name: A\nplugins:\n  - portfolio: 5\n", "3: "),
        ("site_name: A\nplugins:\n  - portfolio: {wallet: gone}\n", '3: wallet: there is no folder "gone"'),
        ("site_name: A\nplugins:\n  - portfolio: {wallet: docs}\n", "3: wallet: the wallet and docs_dir overlap"),
        ("site_name: A\nplugins:\n  - portfolio: {wallet: docs/inner}\n", "the wallet and docs_dir overlap"),
        ("site_name: A\nplugins:\n  - portfolio: {wallet: .}\n", "the wallet and docs_dir overlap"),
        ("site_name: A\nsite_dir: wallet/site\nplugins: [portfolio]\n", "the wallet and site_dir overlap"),
        ("site_name: A\nplugins:\n  - portfolio: {wallet: /etc}\n", "expected a path inside the site's own folder"),
        ("site_name: A\nplugins:\n  - portfolio: {picture: gone.png}\n", 'there is no file "gone.png" in docs/'),
        ("site_name: A\nplugins:\n  - portfolio: {exports: [csw]}\n", '3: exports: found "csw". Did you mean "csv"?'),
        ("site_name: A\nplugins:\n  - portfolio: {exports: all}\n", '3: exports: found "all", expected a list of some'),
        (b"site_name: \xff\n", "The file is not text in UTF-8."),
        ("just text\n", ""),
        ("- a list\n", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_single_faults(site: Path, text: str | bytes, expected: str) -> None:
    found = problems(site, text)
    assert found
    assert any(expected in problem for problem in found), found


def test_links_lead_to_the_web_or_to_mail(site: Path) -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "//host/x", "about.md", ""):
        found = problems(
            site,
            f"site_name: A\ntheme: portfolio\nplugins:\n  - portfolio:\n      links: [{{title: x, url: '{url}'}}]\n",
        )
        assert "expected https://…, http://… or mailto:…." in found[0]


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"There is no such file\. Make a site with `portfolio-gen init my-site`"):
        check(tmp_path / "mkdocs.yml")


def options(**given: Any) -> PortfolioConfig:
    config = PortfolioConfig()
    config.load_dict(given)
    return config


def test_mkdocs_build_gets_every_fault_too() -> None:
    errors, _ = options(wallet=5, headline=True, naem="x").validate()
    assert [key for key, _ in errors] == ["naem", "wallet", "headline"]


def test_defaults() -> None:
    config = options()
    assert config.validate() == ([], [])
    assert (config.wallet, config.name, config.headline, config.about, config.links, config.picture) == (
        "wallet",
        "",
        "",
        "",
        [],
        "",
    )
    assert config.exports == list(exports.DEFAULT)


@pytest.mark.parametrize(("given", "found"), [(["csv", "json-resume"], ["json-resume", "csv"]), ([], []), (False, [])])
def test_exports_stand_in_the_order_of_their_page(given: object, found: list[str]) -> None:
    config = options(exports=given)
    assert config.validate() == ([], [])
    assert config.exports == found


def test_a_wallet_behind_a_link_into_docs_overlaps(site: Path) -> None:
    (site / "cards").symlink_to(site / "docs")
    config = options(wallet="cards")
    config.validate()
    assert folder_faults(config, site, site / "docs", site / "site")[0][0] == "wallet"
