"""Stacks in the browser: only what checks out is counted, by which rules, and a page unlike the record is noticed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from test_stacks import RECORDS, associations  # tests/unit
from test_stacks_on_pages import LIES, ordered  # tests/unit

from browser.portfolios import found_in, portfolio_of, served
from browser.test_site import altered
from portfolio_gen.stacks.records import structures
from portfolio_gen.vocabulary import message, speaking

UNCOUNTED = message("page.stack.unchecked")
COUNTED = f"""() => document.querySelectorAll('[data-stack]').length
  && [...document.querySelectorAll('[data-live="stack"]')].every((one) => !one.innerText.includes({UNCOUNTED!r}))"""
OWNER, CTDL = "stacks/operations-analyst/", "stacks/data-for-operations/"


def unit(*leaves: Any, needs: int = 1, after: tuple[int, ...] = ()) -> dict[str, Any]:
    """A unit; a leaf is the credentials that stand for it, or these and those that are evidence."""
    rows = [leaf if isinstance(leaf, tuple) else (leaf, "") for leaf in leaves]
    return {
        "leaves": [{"own": list(own), "prior": list(prior)} for own, prior in rows],
        "needs": needs,
        "after": list(after),
    }


# Units, how many are needed, what checks out, whether it counts once → states by unit, done, by prior learning, next.
CASES: dict[str, tuple[list[dict[str, Any]], int, str, bool, list[str], int, int, list[int]]] = {
    "all": ([unit("a"), unit("b")], 2, "a", True, ["own", "failed"], 1, 0, [1]),
    "nothing here": ([unit("a"), unit("")], 2, "a", True, ["own", "open"], 1, 0, [1]),
    "any of": ([unit("a"), unit("b"), unit("c")], 2, "ac", True, ["own", "failed", "own"], 2, 0, []),
    "more than enough": ([unit("a"), unit("b")], 1, "ab", True, ["own", "own"], 1, 0, []),
    "choice": ([unit("a", "b", needs=1)], 1, "b", True, ["failed own"], 1, 0, []),
    "no more of a choice than needed": ([unit("a", "b", needs=1)], 1, "ab", True, ["own spare"], 1, 0, []),
    "choice of two": ([unit("a", "b", "c", needs=2)], 1, "b", True, ["failed own failed"], 0, 0, [0]),
    "order": ([unit("a"), unit("b", after=(0,)), unit("c", after=(1,))], 3, "", True, ["failed"] * 3, 0, 0, [0]),
    "done early": ([unit("a"), unit("b", after=(0,))], 2, "b", True, ["failed", "own"], 1, 0, [0]),
    "done between": (
        [unit("a"), unit("b", after=(0,)), unit("c", after=(1,))],
        3,
        "b",
        True,
        ["failed", "own", "failed"],
        1,
        0,
        [0],
    ),
    "several before": (
        [unit("a"), unit("b"), unit("", after=(0, 1))],
        3,
        "ab",
        True,
        ["own", "own", "open"],
        2,
        0,
        [2],
    ),
    "once": ([unit("a"), unit("a")], 2, "a", True, ["own", "spare"], 1, 0, [1]),
    "twice": ([unit("a"), unit("a")], 2, "a", False, ["own", "own"], 2, 0, []),
    "moved where it fits": ([unit("ab"), unit("a")], 2, "ab", True, ["own", "own"], 2, 0, []),
    "moved along": ([unit("ab"), unit("bc"), unit("a")], 3, "abc", True, ["own", "own", "own"], 3, 0, []),
    "another of the choice": ([unit("a", "b", needs=1), unit("a")], 2, "ab", True, ["spare own", "own"], 2, 0, []),
    "prior": ([unit(("", "p")), unit("b")], 2, "p", True, ["prior", "failed"], 1, 1, [1]),
    "prior fails": ([unit(("", "p"))], 1, "", True, ["failed"], 0, 0, [0]),
    "itself sooner than prior": ([unit(("a", "p"))], 1, "ap", True, ["own"], 1, 0, []),
    "prior once": ([unit(("", "p")), unit(("", "p"))], 2, "p", True, ["prior", "spare"], 1, 1, [1]),
    "prior twice": ([unit(("", "p")), unit(("", "p"))], 2, "p", False, ["prior", "prior"], 2, 2, []),
    "itself before evidence": ([unit(("", "a")), unit("a")], 2, "a", True, ["spare", "own"], 1, 0, [0]),
}


@pytest.mark.parametrize("name", CASES)
def test_each_rule_of_counting(ask: Any, name: str) -> None:
    units, needs, good, once, states, done, prior, following = CASES[name]
    found = ask([{"do": "tally", "units": units, "needs": needs, "good": list(good), "once": once}])[0]["is"]
    assert [" ".join(row) for row in found["states"]] == states
    assert (found["done"], found["prior"], found["next"]) == (done, prior, following)


def test_the_same_structure_of_records_as_python(ask: Any) -> None:
    every = [rows for rows, _, _ in RECORDS] + [[("isParentOf", "w", "a"), ("replacedBy", "a", "b")]]
    tasks = [{"do": "structures", "facts": [fact.to_json() for fact in associations(*rows)]} for rows in every]
    plain = [
        [
            {
                "whole": one.whole,
                "members": [
                    {"id": member.id, "instead": [*member.instead], "after": [*member.after]} for member in one.members
                ],
            }
            for one in structures(associations(*rows))
        ]
        for rows in every
    ]
    assert [answer["is"] for answer in ask(tasks)] == plain


@pytest.fixture
def context(browser: Any) -> Any:
    context = browser.new_context()
    yield context
    context.close()


def opened(context: Any, address: str) -> Any:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(COUNTED)
    return page


def sum_of(page: Any) -> str:
    return str(page.locator(".pf-stackpage .pf-stack__sum, .pf-stackpage .pf-stack__problem").inner_text())


def record_at(demo: Any) -> str:
    (path,) = (path for path in demo.site_dir.glob("stacks/*/index.html") if b'data-stack="clr"' in path.read_bytes())
    return f"stacks/{path.parent.name}/"


def count(done: int, total: int) -> str:
    return message("live.stack.complete" if done == total else "live.stack.count", done=done, total=total)


def test_what_checks_out_is_counted(demo: Any, demo_address: str, context: Any) -> None:
    page = opened(context, demo_address + OWNER)
    assert sum_of(page) == count(3, 4)
    progress = page.locator('[data-live="stack"]').inner_text()
    assert message("live.stack.prior", count=1) in progress
    assert message("live.stack.next", parts="Lead a project in a firm") in progress
    assert message("live.stack.owner") in progress
    assert page.locator(".pf-prior").count() == 1
    assert page.locator('[data-state="prior"] .pf-prior [data-verdict="verified"]').count() >= 1
    page = opened(context, demo_address + CTDL)
    assert sum_of(page) == count(3, 5)
    assert message("live.stack.next", parts="One elective") in page.locator('[data-live="stack"]').inner_text()
    page = opened(context, demo_address + record_at(demo))
    assert sum_of(page) == count(2, 2)
    assert message("live.stack.clr") in page.locator('[data-live="stack"]').inner_text()


def test_every_stack_is_on_the_home_page_and_among_the_stacks(demo_address: str, context: Any) -> None:
    for address in ("", "stacks/"):
        page = opened(context, demo_address + address)
        sums = page.locator(".pf-stack__sum").all_inner_texts()
        assert sorted(sums) == sorted([count(3, 5), count(3, 4), count(2, 2)])


def test_before_the_check_and_without_scripts_nothing_is_counted(demo: Any, demo_address: str, browser: Any) -> None:
    for path in demo.site_dir.glob("stacks/**/index.html"):
        text = path.read_text("utf-8")
        assert UNCOUNTED in text
        assert not re.search(r"data-state|pf-stack__sum", text)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(demo_address + OWNER)
    assert page.locator('[data-live="stack"]').inner_text().strip() == UNCOUNTED
    assert page.locator(".pf-part").count() == 4
    context.close()


def changed(context: Any, pattern: str, old: str, new: str) -> None:
    """Let the server say `new` for `old`, which must be there."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    altered(context, re.compile(pattern), change)


def test_a_tampered_credential_is_not_counted(demo: Any, demo_address: str, context: Any) -> None:
    course = next(one for one in demo.entries if one.file.name == "course-foundations.json")
    changed(context, re.escape(course.original) + "$", '"2024-', '"2023-')
    page = opened(context, demo_address + OWNER)
    assert sum_of(page) == count(2, 4)
    assert page.locator(f'[data-leaf][data-of*="{course.slug}"]').get_attribute("data-state") == "failed"
    assert message("live.stack.next", parts="Data for Operations, all three courses") in page.inner_text("body")


def test_evidence_that_fails_is_not_counted(demo: Any, demo_address: str, context: Any) -> None:
    record = next(one for one in demo.entries if one.file.name == "higher-certificate.json")
    changed(context, re.escape(record.original) + "$", "2016-12-16", "2015-12-16")
    page = opened(context, demo_address + OWNER)
    assert sum_of(page) == count(2, 4)
    page = opened(context, demo_address + record_at(demo))
    assert sum_of(page) == message("live.stack.unsigned")


def test_what_a_page_shows_wrongly_is_not_counted(demo: Any, demo_address: str, context: Any) -> None:
    """The check `shown` of a card is a part of its verdict."""
    changed(context, "operations-analyst/$", "13 December 2024", "13 December 2023")
    assert sum_of(opened(context, demo_address + OWNER)) == count(2, 4)


def test_verdicts_that_the_markup_brings_are_not_counted(demo_address: str, context: Any) -> None:
    """Also where the page's language never comes, so that nothing is checked at all."""

    def forged(html: str) -> str:
        made = html.replace('<html lang="en"', '<html lang="de"').replace(
            ' data-view="card"', ' data-verdict="verified" data-view="card"'
        )
        assert made.count("data-verdict") > 2
        assert 'lang="de"' in made
        return made

    altered(context, re.compile("operations-analyst/$"), forged)
    context.route(re.compile("/languages-"), lambda route: route.abort())
    page = context.new_page()
    page.goto(demo_address + OWNER)
    page.wait_for_timeout(2_000)
    assert page.locator('[data-state="own"], [data-state="prior"], .pf-badge--verified').count() == 0


def test_a_unit_that_takes_nothing_is_not_counted(demo_address: str, context: Any) -> None:
    altered(
        context, re.compile("operations-analyst/$"), lambda html: re.sub(r'data-unit="[0-9]+"', 'data-unit="0"', html)
    )
    assert sum_of(opened(context, demo_address + OWNER)) == message("live.stack.failed")


@pytest.mark.parametrize("lie", LIES)
def test_a_page_that_shows_other_parts_than_the_record_is_noticed(
    demo: Any, demo_address: str, context: Any, lie: str
) -> None:
    address = record_at(demo)
    html = (demo.site_dir / address / "index.html").read_text("utf-8")
    assert LIES[lie](html) != html
    altered(context, re.compile(re.escape(address) + "$"), LIES[lie])
    page = opened(context, demo_address + address)
    assert page.locator('[data-verdict="verified"]').count() == 3
    assert sum_of(page) == message("live.stack.differs")
    assert page.locator("[data-state]").count() == 0


def test_a_record_that_says_what_comes_first_in_another_language(browser: Any, tmp_path: Path) -> None:
    """The words between its parts are compared in the page's language."""
    site = portfolio_of(tmp_path, {"record.json": ordered()}, language="de")
    with served(site.site_dir) as address:
        page = browser.new_page()
        page.goto(address + record_at(site))
        page.wait_for_selector(".pf-stackpage .pf-stack__sum")
        with speaking("de"):
            assert sum_of(page) == count(2, 2)
            assert page.locator(".pf-part__comes").all_inner_texts() == [message("page.stack.after", parts="1")]
        page.close()


def test_a_record_for_whose_parts_nothing_stands_is_compared_too(browser: Any, tmp_path: Path) -> None:
    site = portfolio_of(tmp_path, {"record.json": ordered(alone=True)})
    address = record_at(site)
    file = site.site_dir / address / "index.html"
    with served(site.site_dir) as root:
        for lie, says in ((str, count(0, 2)), (LIES["another part"], message("live.stack.differs"))):
            file.write_text(lie(file.read_text("utf-8")), "utf-8")
            page = browser.new_page()
            page.goto(root + address)
            page.wait_for_function(COUNTED)
            assert sum_of(page) == says
            page.close()


def test_a_record_that_is_shown_wrongly_is_reported(demo: Any, demo_address: str, context: Any) -> None:
    """In the browser and by `verify SITE`."""
    address = record_at(demo)
    file: Path = demo.site_dir / address / "index.html"
    html = file.read_bytes()
    lie = html.replace(b">29 June 2018<", b">29 June 2019<")
    assert lie != html
    altered(context, re.compile(re.escape(address) + "$"), lambda _: lie.decode())
    page = opened(context, demo_address + address)
    assert page.locator('[data-verdict="failed"]').count() == 1
    assert sum_of(page) == message("live.stack.unsigned")
    try:
        file.write_bytes(lie)
        found = found_in(demo.site_dir, "2026-06-01T12:00:00Z")
    finally:
        file.write_bytes(html)
    assert {told.page for told in found.differences} == {f"{address}index.html"}


def test_credentials_that_are_not_on_the_page_are_not_counted(demo_address: str, context: Any) -> None:
    def without(html: str) -> str:
        return re.sub(r'<article class="pf-card"[^>]*data-protection.*?</article>', "", html, flags=re.DOTALL)

    altered(context, re.compile("stacks/$"), without)
    page = opened(context, demo_address + "stacks/")
    assert page.locator(".pf-stack__problem").all_inner_texts() == [message("live.stack.elsewhere")] * 2
