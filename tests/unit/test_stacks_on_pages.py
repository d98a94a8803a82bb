"""`verify SITE` and stacks: a page that shows a stack otherwise than its signed record has it is reported.

tests/browser/test_stacks.py shows the same pages to a browser, which then counts nothing.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from browser import portfolios
from browser.portfolios import portfolio_of

from portfolio_gen import cli
from portfolio_gen.issuing import IssuerKey, sign
from portfolio_gen.vocabulary import message, speaking

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-06-01T12:00:00Z"
RECORD = "higher-certificate.json"
BUSINESS = "https://port-merrow.example/courses/business-mathematics"
TRANSPORT = "https://port-merrow.example/courses/transport-operations"
OWNER = b"title: My plan\nneeds: 1\nparts:\n  - credential: higher-certificate.json\n  - title: A course\n"


def swapped(html: str) -> str:
    """Each part with the other's credential."""
    places = re.findall(r'data-leaf data-of="([^"]*)"', html)
    assert len(places) == 2
    one, other = places
    return (
        html.replace(f'data-of="{one}"', "data-of=1")
        .replace(f'data-of="{other}"', f'data-of="{one}"')
        .replace("data-of=1", f'data-of="{other}"')
    )


def moved(html: str) -> str:
    """Each part's card in the other part; which credential stands for which is as it was."""
    parts = html.partition('<ol class="pf-parts')[2].partition("</ol>\n</section>")[0]
    first, second = re.findall(r'<article class="pf-card".*?</article>', parts, re.DOTALL)
    return html.replace(first, "\x01").replace(second, first).replace("\x01", second)


def placed(place: str) -> Callable[[str], str]:
    """Words that stand in the second part."""
    return lambda html: html.replace('<p class="pf-part__title">Part 2</p>', place)


LIES: dict[str, Callable[[str], str]] = {
    "another part": lambda html: html.replace(f'data-id="{BUSINESS}"', 'data-id="https://a.example/"'),
    "another order": lambda html: re.sub(
        'data-id="([^"]*)"', lambda found: f'data-id="{TRANSPORT if found[1] == BUSINESS else BUSINESS}"', html
    ),
    "a part less": lambda html: re.sub(r'data-unit="1"([^>]*transport-operations)', r"\1", html),
    "a part more": lambda html: html.replace("</ol>\n</section>", '<li data-unit="1"></li></ol></section>'),
    "what comes before": lambda html: html.replace(
        f'data-after="" data-id="{TRANSPORT}"', f'data-after="0" data-id="{TRANSPORT}"'
    ),
    "fewer needed": lambda html: html.replace('data-unit="1"', 'data-unit="0"'),
    "fewer are enough": lambda html: html.replace('data-needs="2"', 'data-needs="1"'),
    "fewer are enough, in words": lambda html: html.replace(
        message("page.stack.rule.all", total=2), message("page.stack.rule.any", total=2)
    ),
    "a part of another name": placed('<p class="pf-part__title">Medicine</p>'),
    "a part of another name, unmarked": placed("<p>Medicine</p>"),
    "fewer are enough, unmarked": lambda html: html.replace(
        f'<p class="pf-stack__rule">{message("page.stack.rule.all", total=2)}', "<p>Any one of these is enough."
    ),
    "words in a place of the script's": placed('<p data-live="parts">Medicine</p>'),
    "words of the owner": placed("<p data-owner>Medicine</p>"),
    "another part's number": placed('<p class="pf-part__title">Part 1</p>'),
    "a stack of another kind": lambda html: html.replace('data-stack="clr"', 'data-stack="ctdl"'),
    "a stack of the owner's": lambda html: re.sub(
        'data-stack="clr"|data-record="[^"]*"', lambda found: "" if "record" in found[0] else 'data-stack="owner"', html
    ),
    "parts in a part": lambda html: html.replace("<li data-unit", "<li><p data-unit").replace(
        '<p class="pf-part__state"', '<p data-unit="1"></p><p class="pf-part__state"'
    ),
    "a part with a name": placed('<p>Part 2 <span class="pf-stack__name">Medicine</span></p>'),
    "what comes before, in words": placed('<p class="pf-part__title">Part 2</p><p class="pf-part__comes">After</p>'),
    "a card in another part": moved,
    "credentials of another achievement": lambda html: moved(swapped(html)),
    "credentials of another part than is shown": swapped,
    "another whole": lambda html: html.replace('data-whole="', 'data-whole="x'),
    "evidence": lambda html: re.sub(r'data-of="([^"]+)" data-prior=""', r'data-of="" data-prior="\1"', html),
}
"""Ways in which the page of a record's stack can say something else than the record."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stacked")
    (folder / "stacks").mkdir()
    (folder / "stacks" / "plan.yml").write_bytes(OWNER)
    record = (ROOT / "sample_wallet/credentials" / RECORD).read_bytes()
    site: Path = portfolio_of(folder, {RECORD: record}).site_dir
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


found_in = partial(portfolios.found_in, now=NOW)


def page_of(site: Path, source: str = "clr") -> Path:
    (page,) = (page for page in site.glob("stacks/*/index.html") if f'data-stack="{source}"' in page.read_text("utf-8"))
    return page


def alter(page: Path, lie: Callable[[str], str]) -> None:
    html = page.read_text("utf-8")
    assert lie(html) != html
    page.write_text(lie(html), "utf-8")


def problems(site: Path) -> set[tuple[str, str]]:
    return {(problem.code, problem.path) for problem in found_in(site).problems}


def test_stacks_as_they_were_built(built: Path) -> None:
    assert found_in(built).problems == []
    pages = [page for page in built.rglob("index.html") if "data-stack" in page.read_text("utf-8")]
    assert len(pages) == 4  # The two stacks, the list of them, the home page.


@pytest.mark.parametrize("lie", LIES)
def test_a_page_that_shows_other_parts_than_the_record_is_reported(site: Path, lie: str) -> None:
    page = page_of(site)
    alter(page, LIES[lie])
    assert ("stack", page.relative_to(site).as_posix()) in problems(site)


def test_so_is_a_stack_in_brief(site: Path) -> None:
    alter(site / "index.html", LIES["another part"])
    alter(site / "stacks" / "index.html", LIES["fewer are enough"])
    assert problems(site) == {("stack", "index.html"), ("stack", "stacks/index.html")}


def test_what_was_found_and_what_was_expected_is_said(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alter(page_of(site), LIES["another part"])
    assert cli.run(["verify", "--now", NOW, str(site)]) == 1
    said = capsys.readouterr().out
    assert f"part 1 is https://a.example/; in the record it is {BUSINESS}." in said
    assert "Build the site anew from this record." in said
    assert "Every file is the one" not in said


def test_a_record_that_is_none_of_the_site_s(site: Path) -> None:
    page = page_of(site)
    alter(page, lambda html: re.sub('data-record="[^"]*"', 'data-record="https://elsewhere.example/r.json"', html))
    assert problems(site) == {("stack", page.relative_to(site).as_posix())}


def test_a_record_with_another_association_is_noticed(site: Path) -> None:
    """The file, not the page, is another: what the pages of its stack say is no longer what is in it."""
    row = json.loads((site / "portfolio.json").read_bytes())["credentials"][0]
    file = site / row["file"]
    file.write_bytes(file.read_bytes().replace(b'"targetId": "' + TRANSPORT.encode(), b'"targetId": "' + b"x"))
    assert {"altered", "stack"} <= {code for code, _ in problems(site)}


def test_a_credential_that_is_not_on_the_page(site: Path) -> None:
    page = page_of(site, "owner")
    alter(page, lambda html: re.sub(r'<article class="pf-card".*?</article>', "", html, flags=re.DOTALL))
    assert problems(site) == {("uncounted", page.relative_to(site).as_posix())}


@pytest.mark.parametrize("number", ["0", "", "-1", "many", "1.0", " 1 ", "0x1", "\u0661", "1" * 5_000])
def test_a_number_of_parts_that_is_none(site: Path, number: str) -> None:
    page = page_of(site, "owner")
    alter(page, lambda html: html.replace('data-needs="1"', f'data-needs="{number}"'))
    assert problems(site) == {("uncounted", page.relative_to(site).as_posix())}


def test_a_credential_by_another_issuer_does_not_stand_for_a_part(tmp_path: Path) -> None:
    """Anybody can sign a credential that is for the record's achievement."""
    record = (ROOT / "sample_wallet/credentials" / RECORD).read_bytes()
    forged = json.loads(record)["credentialSubject"]["verifiableCredential"][0]
    key = IssuerKey.from_seed(bytes(32))
    forged["issuer"]["id"] = key.did
    del forged["proof"]
    data = sign(forged, key, suite="eddsa-jcs-2022", created=forged["validFrom"])
    site: Path = portfolio_of(tmp_path, {RECORD: record, "forged.json": data}).site_dir
    assert found_in(site).problems == []
    file = next(
        row["file"] for row in json.loads((site / "portfolio.json").read_bytes())["credentials"] if not row["inner"]
    )
    page = page_of(site)
    alter(
        page, lambda html: re.sub(r'"[^" ]*#/credentialSubject/verifiableCredential/0( ?)"', rf'"../../{file}\1"', html)
    )
    [problem] = found_in(site).problems
    assert f"{file} stands for part 1, and is not for {BUSINESS}, or not by the issuer of the record." in problem.says


def test_a_hostile_stack_hides_nothing_of_the_next(site: Path) -> None:
    page = page_of(site)
    alter(page, lambda html: html.replace('data-needs="2"', f'data-needs="{"1" * 5_000}"'))
    alter(page, LIES["another whole"])
    found = {problem.code for problem in found_in(site).problems}
    assert found == {"stack", "uncounted"}


def test_stacks_within_stacks_are_not_read(site: Path) -> None:
    page = page_of(site)
    nested = "<div data-stack=clr data-unit=1 data-leaf data-of='a b c'>" * 2_000
    alter(page, lambda html: html.replace("</section>", f"{nested}</section>"))
    assert ("stack", page.relative_to(site).as_posix()) in problems(site)


PAINTED = {
    "progress": lambda html: html.replace(message("page.stack.unchecked"), "Complete: 2 of 2 parts check out."),
    "a state": lambda html: html.replace('class="pf-part"', 'class="pf-part" data-state="own"'),
    "a part": lambda html: html.replace('data-live="part"></p>', 'data-live="part">Counted</p>'),
}


@pytest.mark.parametrize("painted", PAINTED)
@pytest.mark.parametrize("source", ["clr", "owner"])
def test_a_stack_that_was_counted_before_anybody_did_is_reported(site: Path, painted: str, source: str) -> None:
    page = page_of(site, source)
    alter(page, PAINTED[painted])
    assert problems(site) == {("counted", page.relative_to(site).as_posix())}


def ordered(*, alone: bool = False) -> bytes:
    """The record, by another issuer, in which the second course comes first; `alone`, without the courses' own."""
    record = json.loads((ROOT / "sample_wallet/credentials" / RECORD).read_bytes())
    key = IssuerKey.from_seed(bytes(range(32)))
    before = {"type": ["Association"], "associationType": "precedes", "sourceId": TRANSPORT, "targetId": BUSINESS}
    record["credentialSubject"]["association"].append(before)
    record["issuer"]["id"] = key.did
    del record["proof"]
    if alone:
        record["credentialSubject"]["verifiableCredential"] = []
    return sign(record, key, suite="eddsa-jcs-2022", created=record["validFrom"])


def test_a_record_that_says_what_comes_first_in_another_language(tmp_path: Path) -> None:
    site: Path = portfolio_of(tmp_path, {RECORD: ordered()}, language="de").site_dir
    found = found_in(site)
    assert found.problems == []
    assert {report.verdict for _, report in found.reports} == {"verified"}
    page = page_of(site)
    with speaking("de"):
        said = message("page.stack.after", parts="1")
    assert f'data-after="0" data-id="{BUSINESS}"' in page.read_text("utf-8")
    alter(page, lambda html: html.replace(said, "Kommt zuerst"))
    assert problems(site) == {("stack", page.relative_to(site).as_posix())}


def test_a_record_for_whose_parts_nothing_stands_is_compared_too(tmp_path: Path) -> None:
    site: Path = portfolio_of(tmp_path, {RECORD: ordered(alone=True)}).site_dir
    assert found_in(site).problems == []
    page = page_of(site)
    assert page.read_text("utf-8").count(message("page.stack.missing")) == 2
    alter(page, LIES["another part"])
    assert problems(site) == {("stack", page.relative_to(site).as_posix())}
