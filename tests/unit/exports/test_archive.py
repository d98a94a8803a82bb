"""The portfolio in a ZIP: pages for a disk, every needed file inlined, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from portfolio_gen.errors import SiteError
from portfolio_gen.exports import archive

KNOWN = frozenset(("index.html", "how/index.html", "credentials/a/index.html", "credentials/a/original.json", "me.png"))
PAGE = """<!doctype html><head><meta charset="utf-8">\
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'sha256-x='; connect-src 'self' https://a.example; worker-src 'self'">\
<link rel="stylesheet" href="../../assets/a.css"></head>
<body><a title="1 > 0" href="../../how/#limits">How</a> <a href="../../">Home</a> <img src="../../me.png">
<!--served--><a href="../../export/portfolio.zip">ZIP</a><!--/served-->
<article data-credential="original.json"></article>
<script type="module" src="../../assets/verifier/page.js"></script></body>
"""  # noqa: E501


@pytest.mark.parametrize(
    ("address", "folder", "expected"),
    [
        (".", "", "index.html"),
        ("./", "", "index.html"),
        ("..", "how", "../index.html"),
        ("../..", "credentials/a", "../../index.html"),
        ("../../how/", "credentials/a", "../../how/index.html"),
        ("../../how", "credentials/a", "../../how/index.html"),
        ("how/?a=b#c", "", "how/index.html?a=b#c"),
        ("original.json", "credentials/a", "original.json"),
        ("me.png", "", "me.png"),
        ("gone/", "", "gone/"),
        ("#here", "how", "#here"),
        ("?x", "how", "?x"),
        ("", "how", ""),
        ("mailto:a@example.org", "", "mailto:a@example.org"),
        ("https://ada.example/how/", "", "https://ada.example/how/"),
        ("//ada.example/how/", "", "//ada.example/how/"),
    ],
)
def test_links_lead_to_files(address: str, folder: str, expected: str) -> None:
    assert archive.on_disk(address, folder, KNOWN) == expected


def test_a_page_for_a_disk_differs_in_links_policy_and_kind_of_script_alone() -> None:
    made = archive.page(PAGE, "credentials/a/index.html", KNOWN)
    assert '<a title="1 > 0" href="../../how/index.html#limits">' in made
    assert '<a href="../../index.html">Home</a>' in made
    assert '<script defer src="../../assets/verifier/page.js">' in made
    assert "module" not in made
    assert "portfolio.zip" not in made
    policy = "default-src 'none'; script-src 'self' file: 'sha256-x='; connect-src 'none'; worker-src 'none'"
    assert f'content="{policy}"' in made
    assert '<link rel="stylesheet" href="../../assets/a.css">' in made
    assert '<article data-credential="original.json"></article>' in made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    files = {
        "credentials/a/index.html": PAGE.encode(),
        "index.html": b"<!doctype html>",
        "404.html": b"",
        "sitemap.xml": b"",
        "credentials/a/original.json": b'{"a":"\xc3\xa9"}',
        "pictures/p.png": b"\x89PNG",
        "portfolio.json": b"{}",
        "export/clr.json": b"{}",
        "search/search_index.json": b"{}",
        "assets/verifier/page.js": b"import './x'",
        "assets/verifier/x.js": b"",
        "assets/a.css": b"a{}",
        "assets/a.css.map": b"{}",
        "export/portfolio.zip": b"of last time",
    }
    for name, data in files.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(data)
    return tmp_path / "site"


def test_what_is_in_it(site: Path) -> None:
    archive.write(site, site / "export/portfolio.zip")
    with zipfile.ZipFile(site / "export/portfolio.zip") as made:
        names = made.namelist()
        assert {entry.date_time for entry in made.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        script = made.read("assets/inlined/credentials/a/original.json.js").decode()
        assert made.read("credentials/a/original.json") == (site / "credentials/a/original.json").read_bytes()
        assert b"import" not in made.read("assets/verifier/page.js")[:20]
    inlined = [name.removeprefix(archive.INLINED) for name in names if name.startswith(archive.INLINED)]
    assert inlined == ["credentials/a/original.json.js", "pictures/p.png.js", "portfolio.json.js"]
    name, text = script.removeprefix("(globalThis.portfolioFiles??={})[").removesuffix(";\n").split("]=")
    assert json.loads(name) == "credentials/a/original.json"
    assert base64.b64decode(json.loads(text)) == (site / "credentials/a/original.json").read_bytes()
    left = ("404.html", "sitemap.xml", "search/search_index.json", "assets/verifier/x.js", "assets/a.css.map")
    assert not set(left) & set(names)
    assert "export/portfolio.zip" not in names
    assert len(names) == len(set(names))
    assert any("READ ME" in name for name in names)


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    digests = set()
    for name in ("one.zip", "two.zip"):
        archive.write(site, tmp_path / name)
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
        (site / "index.html").touch()
    assert len(digests) == 1


def test_a_place_that_cannot_be_written_is_said(site: Path, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"portfolio\.zip cannot be written"):
        archive.write(site, tmp_path / "gone/portfolio.zip")
