"""Every fact on every view stays under the check `shown` (issue 5): 200 claims of the demo, each changed by itself.

The server lies about one claim, of a page or of a picture, and the page's own script must say so; so must Python's
reading of the same page. Nothing may be left out of a view unnoticed: docs/verification.md says what each is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest

from browser.claims import CHANGES, TARGET, Altered, Claim, Page, mark, pages_of, put
from portfolio_gen.format import collapsed
from portfolio_gen.reading import read_page
from portfolio_gen.report import Report
from portfolio_gen.shown import compare, sentence

SEED = "2026"
VIEWS = {
    "home": (r"index\.html", 18),
    "a credential": (r"credentials/[^/]+/index\.html", 36),
    "a certificate": (r"credentials/[^/]+/certificate/index\.html", 14),
    "the data": (r"credentials/[^/]+/data/index\.html", 8),
    "a badge to embed": (r"embed/.*", 10),
    "all issuers": (r"issuers/index\.html", 8),
    "an issuer": (r"issuers/[^/]+/index\.html", 20),
    "all skills": (r"skills/index\.html", 8),
    "a skill": (r"skills/[^/]+/index\.html", 26),
    "all stacks": (r"stacks/index\.html", 12),
    "a stack": (r"stacks/[^/]+/index\.html", 10),
    "the timeline": (r"timeline/index\.html", 8),
    "the CV": (r"cv/index\.html", 12),
    "a page of the owner's": (r"(about|demo)/index\.html", 10),
}
"""Each kind of page with claims, and how many of the 200 are drawn there: more where there are more kinds of them."""

BASE = "https://site.invalid/"
OVER = "() => !document.querySelector('[data-credential]:not([data-verdict])')"
FOUND = f"""() => [...document.querySelectorAll('[data-credential]')].map((one) => ({{
  element: one.id.startsWith('{TARGET}') ? Number(one.id.slice('{TARGET}'.length)) : null,
  verdict: one.dataset.verdict,
  said: one.querySelector('.pf-differences')?.innerText ?? '',
}}))"""


class Drawn(NamedTuple):
    """A claim, the name of a change, and what it changes."""

    claim: Claim
    change: str
    altered: Altered


@pytest.fixture(scope="module")
def pages(demo: Any) -> list[Page]:
    return pages_of(demo.site_dir)


@pytest.fixture(scope="module")
def reports(demo: Any) -> Mapping[str, Report]:
    """The report on each credential of the demo, endorsements too, by the address that its elements have."""
    found: dict[str, Report] = {}

    def add(report: Report, at: str) -> None:
        found[at] = report
        for inner in report.inner:
            add(inner, f"{at}#{inner.pointer}")

    for entry in demo.entries:
        add(entry.report, f"{entry.original}{entry.place}")
    return found


def pages_in(view: str, pages: list[Page]) -> list[Page]:
    return [page for page in pages if re.fullmatch(VIEWS[view][0], page.path)]


def drawn(view: str, pages: list[Page]) -> list[Drawn]:
    """Draw claims of a view, each with a change: one of each kind, in each part of a page, before a second of any."""
    draw = Random(f"{SEED} {view}")
    strata: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in (claim for page in pages_in(view, pages) for claim in page.claims):
        for change in CHANGES:
            strata.setdefault((claim.view, claim.kind, change), []).append(claim)
    found: list[Drawn] = []
    order = draw.sample(sorted(strata), len(strata))
    while len(found) < VIEWS[view][1]:
        for key in order:
            claim = draw.choice(strata[key])
            altered = CHANGES[key[2]](claim, draw)
            if altered and claim not in (one.claim for one in found):
                found.append(Drawn(claim, key[2], altered))
    return found[: VIEWS[view][1]]


def test_every_claim_of_the_demo_is_of_one_of_these_views(demo: Any, pages: list[Page]) -> None:
    assert [page.path for page in pages if sum(page in pages_in(view, pages) for view in VIEWS) != 1] == []
    claims = sum(len(page.claims) for page in pages)
    assert claims == sum(path.read_text("utf-8").count(" data-claim=") for path in demo.site_dir.rglob("*.html"))
    assert claims > 2_000


def test_200_are_drawn_and_each_kind_of_claim_is_changed_in_each_way(pages: list[Page]) -> None:
    found = [one for view in VIEWS for one in drawn(view, pages)]
    assert len(found) == 200
    own = {"text": {"letter"}, "link": {"letter", "address"}, "picture": {"picture", "drawing"}}
    every = {"moved_to_a_field", "moved_to_a_pointer", "moved_to_a_place", "deleted"}
    told = {"text": {"left_out"}, "link": {"left_out"}, "picture": set[str]()}
    for kind, ways in own.items():
        assert {change for claim, change, _ in found if claim.kind == kind} == ways | every | told[kind]


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def visits(changes: Iterable[Drawn]) -> list[list[Drawn]]:
    """Sort changes into as few visits as possible: one to a credential's element, and alone where a file is another."""
    found: list[list[Drawn]] = []
    for one in changes:
        fitting = (
            of
            for of in found
            if of[0].claim.page is one.claim.page
            and not any(other.altered.elements & one.altered.elements for other in of)
            and not any(each.altered.files for each in (one, *of))
        )
        of = next(fitting, [])
        of.append(one)
        found += [of] if len(of) == 1 else []
    return found


def shown_by(context: Any, address: str, page: Page, text: str, files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return what the browser says of each element, where the server gives this text."""

    def lie(route: Any) -> None:
        path = route.request.url.removeprefix(address)
        if path in files:
            route.fulfill(body=files[path])
        else:
            route.fulfill(body=text, content_type="text/html; charset=utf-8")

    tab = context.new_page()
    for path in (page.path, *files):
        tab.route(address + path, lie)
    tab.goto(address + page.path)
    tab.wait_for_function(OVER)
    found: list[dict[str, Any]] = tab.evaluate(FOUND)
    tab.close()
    return found


def lines(said: str) -> set[str]:
    told = (collapsed(re.sub("[\u2068\u2069]", "", line)) for line in said.split("\n")[1:])
    return {line for line in told if line}


@pytest.mark.parametrize("view", VIEWS)
def test_a_claim_that_is_altered_moved_or_deleted_is_reported(
    demo: Any, demo_address: str, context: Any, pages: list[Page], reports: Mapping[str, Report], view: str
) -> None:
    told = 0
    for visit in visits(drawn(view, pages)):
        page = visit[0].claim.page
        files = {path: data for one in visit for path, data in one.altered.files.items()}
        touched = frozenset[int]().union(*(one.altered.elements for one in visit))
        parts = [part for one in visit for part in one.altered.parts] + [mark(page, element) for element in touched]
        text = put(page, parts)
        shown = shown_by(context, demo_address, page, text, files)
        honest = {one["said"] for one in shown if one["element"] is None}
        assert honest <= {""} or files, page.path

        def bytes_at(asked: str, files: Mapping[str, bytes] = files) -> bytes | None:
            path = asked.removeprefix(BASE)
            file = demo.site_dir / path
            return files.get(path) or (file.read_bytes() if file.is_file() else None)

        read = read_page(text.encode(), BASE + page.path, bytes_at).elements
        for claim, change, altered in visit:
            case = f"{claim}: {change}"
            (found,) = (one for one in shown if one["element"] == claim.element)
            assert found["verdict"] == "failed", case
            said = lines(found["said"])
            assert any(name in line for name in altered.names for line in said), (case, said)
            element = read[claim.element]
            assert element.address
            check, differences = compare(element.snapshot, reports[unquote(element.address.removeprefix(BASE))])
            assert check.result == "fail", case
            assert {collapsed(sentence(one)) for one in differences} == said, case
            told += 1
    assert told == VIEWS[view][1]


def test_a_claim_that_is_not_changed_is_not_reported(
    demo: Any, demo_address: str, context: Any, pages: list[Page]
) -> None:
    """So that it was the change that was reported, and not the name by which these tests find its element."""
    for view in VIEWS:
        page = pages_in(view, pages)[0]
        shown = shown_by(context, demo_address, page, put(page, [mark(page, 0)]), {})
        assert [one for one in shown if one["said"] or one["verdict"] == "failed"] == [], view
