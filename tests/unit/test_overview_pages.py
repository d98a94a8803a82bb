"""What stands first on the home page, and the timeline."""

from __future__ import annotations

import re
from typing import Any

from test_pages import SITE, SUBJECT, entry, fact, render

from portfolio_gen import pages
from portfolio_gen.pages.glance import NEWEST, STRONGEST
from portfolio_gen.pages.timeline import month_of
from portfolio_gen.vocabulary import message


def dated(name: str, date: str, *skills: str, issuer: str = "did:key:z6MkA") -> pages.Entry:
    facts = [fact("name", f"{SUBJECT}/name", name), fact("issuerName", "/issuer/name", "Issuer")]
    facts += [fact("validFrom", "/validFrom", date, "date")] if date else []
    facts += [fact("skill", f"{SUBJECT}/alignment/{n}/targetName", skill) for n, skill in enumerate(skills)]
    return entry(name, *facts, issuer=issuer)


def page(entries: list[pages.Entry], address: str) -> pages.Page:
    return next(one for one in pages.compose(entries, (), SITE) if one.address == address)


def data(entries: list[pages.Entry], address: str = "") -> Any:
    return page(entries, address).data


def test_the_strongest_skills_are_those_of_most_credentials_then_of_most_issuers() -> None:
    entries = [
        dated("a", "2026-01-01T00:00:00Z", "Often", "Once", "Twice"),
        dated("b", "2026-01-02T00:00:00Z", "Often", "Twice"),
        dated("c", "2026-01-03T00:00:00Z", "Often", "Elsewhere"),
        dated("d", "2026-01-03T00:00:00Z", "Elsewhere", issuer="did:key:z6MkB"),
    ]
    assert [one.name for one in data(entries)["strengths"]] == ["Often", "Elsewhere", "Twice", "Once"]
    many = [dated("a", "2026-01-01T00:00:00Z", *(f"Skill {n}" for n in range(STRONGEST + 3)))]
    assert len(data(many)["strengths"]) == STRONGEST


def test_every_strongest_skill_leads_to_its_page_and_no_count_is_built() -> None:
    entries = [dated(name, "2026-01-01T00:00:00Z", "Forecasting") for name in "abc"]
    addresses = {one.address for one in pages.compose(entries, (), SITE)}
    assert {one.address for one in data(entries)["strengths"]} <= addresses
    html = render(page(entries, "")).partition("data-strengths")[2].partition("</section>")[0]
    assert "Forecasting" in html
    assert message("page.strengths.unchecked") in html
    said = re.sub(r"<[^>]*>", " ", html)
    assert not re.search("[0-9]", said), "the visitor's browser counts"


def test_the_newest_stand_first_whatever_the_owner_s_order_unless_there_are_few() -> None:
    entries = [dated(f"n{day}", f"2026-01-0{day}T00:00:00Z") for day in (3, 1, 5, 2, 4)]
    newest = [one.entry.file.name for one in data([*entries, dated("none", "")])["newest"]]
    assert newest == ["n5", "n4", "n3"]
    assert len(newest) == NEWEST
    assert data(entries[:4])["newest"] == []


def test_the_timeline_has_every_credential_once_by_year_and_month() -> None:
    entries = [
        dated("old", "2019-12-31T23:59:59Z"),
        dated("june 1", "2026-06-01T00:00:00+14:00"),
        dated("june 30", "2026-06-30T00:00:00Z"),
        dated("january", "2026-01-15T00:00:00Z"),
        dated("no date", ""),
        dated("no such month", "2026-13-01T00:00:00Z"),
    ]
    found = data(entries, "timeline/")
    rows = [
        (year["name"], month["name"], [one.entry.file.name for one in month["cards"]])
        for year in found["years"]
        for month in year["months"]
    ]
    assert rows == [
        ("2026", "June 2026", ["june 30", "june 1"]),
        ("2026", "January 2026", ["january"]),
        ("2019", "December 2019", ["old"]),
    ]
    assert {one.entry.file.name for one in found["undated"]} == {"no date", "no such month"}


def test_a_month_is_the_one_that_is_written_whatever_zone_it_names() -> None:
    assert month_of(dated("x", "2026-06-01T00:30:00+14:00")) == (2026, 6)
    assert month_of(dated("x", "12026-06-01T00:30:00Z")) == (12026, 6)
    assert month_of(dated("x", "2026")) is None


def test_an_empty_timeline_says_so() -> None:
    assert message("page.empty") in render(page([], "timeline/"))
    assert message("page.empty") not in render(page([dated("x", "")], "timeline/"))
