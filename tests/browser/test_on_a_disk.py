"""The portfolio in a ZIP, unpacked and opened from a disk: every credential is checked, nobody is asked."""

from __future__ import annotations

import base64
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.portfolios import found_in
from portfolio_gen.exports import archive
from portfolio_gen.vocabulary import message, vocabulary

VERDICTS = vocabulary()["verdicts"]
OVER = "() => document.querySelectorAll('[data-credential]:not([data-verdict])').length === 0"


@pytest.fixture(scope="module")
def unpacked(demo: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo from its ZIP, in a folder whose name an address has to escape."""
    folder = tmp_path_factory.mktemp("disk")
    archive.write(demo.site_dir, folder / "portfolio.zip")
    with zipfile.ZipFile(folder / "portfolio.zip") as made:
        made.extractall(folder / "My portfolio, ä & #1")
    return folder / "My portfolio, ä & #1"


@pytest.fixture
def copy(unpacked: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(unpacked, tmp_path / "copy"))


class Watched:
    """A browser, and all that its pages asked for or said."""

    def __init__(self, context: Any) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self._context = context
        context.on("console", lambda line: self.said.append(line.text))
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("requestfailed", lambda request: self.said.append(request.url))

    def open(self, path: Path) -> Any:
        page = self._context.new_page()
        page.goto(path.as_uri())
        page.wait_for_function(OVER)
        return page


@pytest.fixture
def watched(browser: Any) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context)
    context.close()


def a_verified(demo: Any, fits: Callable[[Any], bool] = lambda _: True) -> Any:
    found = (one for one in demo.entries if one.report.verdict == "verified" and not one.place)
    return next(one for one in found if one.report.format == "vc2-json" and fits(one))


def has_picture(entry: Any) -> bool:
    return any(fact.field == "image" and str(fact.value).startswith("data:") for fact in entry.report.credential)


def test_every_credential_has_the_verdict_that_it_has_on_the_web(demo: Any, unpacked: Path, watched: Watched) -> None:
    home = watched.open(unpacked / "index.html")
    found = home.eval_on_selector_all(".pf-card", "cards => cards.map(card => card.dataset.verdict)")
    expected = Counter(entry.report.verdict for entry in demo.entries)
    assert Counter(found) == expected
    line = message("live.count", done=expected["verified"], total=len(demo.entries))
    assert home.locator(".pf-count__line").inner_text() == line
    assert not home.locator(".md-search").is_visible()
    for entry in demo.entries:
        page = watched.open(unpacked / entry.address / "index.html")
        assert page.locator("article[data-credential]").get_attribute("data-verdict") == entry.report.verdict
        assert page.locator('[data-live="digest"]').inner_text().split()[-1] == entry.file.sha256
        assert page.locator('[data-live="lookup"] button').count() == 0
        page.close()
    assert {url for url in watched.asked if not url.startswith(("file:", "data:"))} == set()
    assert watched.said == []


def test_all_links_lead_to_files_that_are_there(unpacked: Path) -> None:
    pages = sorted(unpacked.rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        addresses = re.findall(r'\s(?:href|src|data-credential)="([^"]+)"', path.read_text("utf-8"))
        local = {re.split("[?#]", one)[0] for one in addresses if not re.match("[a-z]+:", one)} - {""}
        assert local
        assert [one for one in local if not (path.parent / one).is_file()] == [], path


def test_an_altered_byte_does_not_check_out(demo: Any, copy: Path, watched: Watched) -> None:
    entry = a_verified(demo)
    script = copy / archive.INLINED / f"{entry.original}.js"
    text = script.read_text("utf-8")
    encoded = re.search(r'="([^"]+)"', text)
    assert encoded
    before = base64.b64decode(encoded[1])
    after = before.replace(b'"name": "', b'"name": "X', 1).replace(b'"name":"', b'"name":"X', 1)
    assert after != before
    script.write_text(text.replace(encoded[1], base64.b64encode(after).decode()), "utf-8")
    page = watched.open(copy / entry.address / "index.html")
    assert page.locator("article").get_attribute("data-verdict") == "failed"
    assert VERDICTS["failed"]["label"] in page.locator('[data-live="verdict"]').inner_text()


def test_an_altered_page_does_not_check_out(demo: Any, copy: Path, watched: Watched) -> None:
    entry = a_verified(demo)
    page = copy / entry.address / "index.html"
    text = page.read_text("utf-8")
    altered = re.sub(r'(data-field="name"[^>]*>)', r"\1Very ", text, count=1)
    assert altered != text
    page.write_text(altered, "utf-8")
    assert watched.open(page).locator("article").get_attribute("data-verdict") == "failed"


def test_what_is_not_there_is_not_checked(demo: Any, copy: Path, watched: Watched) -> None:
    entry = a_verified(demo)
    (copy / archive.INLINED / f"{entry.original}.js").unlink()
    page = watched.open(copy / entry.address / "index.html")
    assert page.locator("article").get_attribute("data-verdict") == "not-checked"
    assert message("live.unfetched") in page.locator('[data-live="verdict"]').inner_text()


def test_a_picture_is_drawn_from_the_bytes_that_are_compared(demo: Any, copy: Path, watched: Watched) -> None:
    entry = a_verified(demo, has_picture)
    page = copy / entry.address / "index.html"
    source = re.search(r'<img data-field="image"[^>]*src="([^"]+)"', page.read_text("utf-8"))
    assert source
    picture = (page.parent / source[1]).resolve()
    picture.write_bytes(b"another")
    opened = watched.open(page)
    assert opened.locator("article").get_attribute("data-verdict") == "verified"
    drawn = opened.locator('img[data-field="image"]')
    assert drawn.get_attribute("src").startswith("data:image/")
    assert drawn.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    name = picture.relative_to(copy.resolve()).as_posix()
    (copy / archive.INLINED / f"{name}.js").write_bytes(archive.inlined(name, b"another"))
    assert watched.open(page).locator("article").get_attribute("data-verdict") == "failed"


def test_a_file_can_be_checked_from_the_disk(demo: Any, unpacked: Path, watched: Watched) -> None:
    page = watched.open(unpacked / "check/index.html")
    page.set_input_files("#pf-file", unpacked / a_verified(demo).original)
    page.wait_for_selector('.pf-result [data-verdict="verified"]')
    assert watched.said == []


def test_the_other_verifier_checks_the_folder(demo: Any, unpacked: Path) -> None:
    found = found_in(unpacked, "2026-11-26T00:00:00Z")
    assert found.problems == []
    assert found.differences == []
    assert len(found.reports) == len(demo.entries)
