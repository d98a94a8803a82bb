"""One button checks the whole portfolio from its files, names what does not check out, and gives a report to save."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.test_axe import LOOKS, axe, violations
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message, vocabulary

__all__ = ["axe"]

ADDED = ("file", "checked_at", "checked_by")
"""What is in a row beside the core's report (DESIGN 2.3)."""


@pytest.fixture(params=sorted(LOOKS))
def look(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    width, height = LOOKS[request.param]
    scheme = "dark" if request.param == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def started(page: Any, address: str) -> Any:
    page.goto(address)
    page.get_by_role("button", name=message("live.everything.button")).click()
    return page


def checked(page: Any, address: str) -> Any:
    started(page, address)
    page.wait_for_selector(".pf-everything__tools", timeout=60_000)
    return page


def saved(page: Any, folder: Path) -> Any:
    with page.expect_download() as download:
        page.get_by_role("button", name=message("live.everything.save")).click()
    assert re.fullmatch(r"check-\d{4}-\d{2}-\d{2}\.json", download.value.suggested_filename)
    download.value.save_as(folder / "report.json")
    return json.loads((folder / "report.json").read_text("utf-8"))


def test_every_credential_gets_a_result_and_axe_finds_nothing(
    demo: Any, demo_address: str, look: Any, axe: str
) -> None:
    checked(look, demo_address)
    expected = Counter(entry.report.verdict for entry in demo.entries)
    items = look.locator(".pf-everything__item")
    assert Counter(items.evaluate_all("all => all.map((item) => item.dataset.found)")) == expected
    assert items.last.get_attribute("data-found") == "verified", "what does not check out stands first"
    sentence = message("live.everything.sum", done=expected["verified"], total=len(demo.entries))
    assert look.inner_text(".pf-everything__says") == sentence
    for verdict, number in expected.items():
        if verdict != "verified":
            label = vocabulary()["verdicts"][verdict]["label"]
            assert re.search(rf"{number}\s+{label}", look.inner_text(".pf-everything .pf-count__others"))
    for limit in ("site", "identity", "truth", "holder", "shown", "list"):
        assert message(f"live.everything.limit.{limit}") in look.inner_text(".pf-everything__limits")
    assert look.locator(".pf-everything__remark").count() == 0
    look.wait_for_function("() => !document.querySelector('[data-busy]')")
    assert violations(look, axe) == []
    assert look.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_saved_report_holds_what_the_command_says_of_each_file(
    demo: Any, demo_address: str, page: Any, tmp_path: Path
) -> None:
    report = saved(checked(page, demo_address), tmp_path)
    assert report["version"] == 1
    assert report["site"] == demo_address
    assert report["not_asked"] == ["shown"]
    assert message("live.everything.limit.shown") in report["limits"]
    assert demo_address.split("/")[2] in report["checked_by"]
    files = {entry.original: entry.file.data for entry in demo.entries}
    assert {row["file"] for row in report["reports"]} == set(files)
    for row in report["reports"]:
        assert row["checked_at"] == report["checked_at"]
        assert row["checked_by"] == report["checked_by"]
        of_the_core = {name: value for name, value in row.items() if name not in ADDED}
        assert of_the_core == verify(files[row["file"]], now=report["checked_at"]).to_json()
        assert "shown" not in row["checks"]
    listed = json.loads((demo.site_dir / "portfolio.json").read_text("utf-8"))["credentials"]
    assert [(row["page"], row["file"], row.get("pointer", "")) for row in report["credentials"]] != []
    assert {(row["page"], row["file"], row.get("pointer", "")) for row in report["credentials"]} == {
        (row["page"], row["file"], row.get("pointer", "")) for row in listed
    }
    verdicts = {entry.address: entry.report.verdict for entry in demo.entries}
    assert {row["page"]: row["verdict"] for row in report["credentials"]} == verdicts
    assert all(row["sha256"] and row["remarks"] == [] for row in report["credentials"])


def test_a_tampered_file_is_named_and_one_that_is_gone_is_no_forgery(
    demo: Any, demo_address: str, page: Any, tmp_path: Path
) -> None:
    good = [one for one in demo.entries if one.report.verdict == "verified" and one.report.format == "vc2-json"]
    tampered, gone = [one for one in good if not one.place][:2]
    changed = tampered.file.data.replace(b'"name": "', b'"name": "Not ', 1)
    assert changed != tampered.file.data
    page.goto(demo_address)
    page.wait_for_selector(".pf-filter__form")
    page.route(f"**/{tampered.original}", lambda route: route.fulfill(body=changed))
    page.route(f"**/{gone.original}", lambda route: route.fulfill(status=404, body="gone"))
    page.get_by_role("button", name=message("live.everything.button")).click()
    page.wait_for_selector(".pf-everything__tools")
    first = page.locator(".pf-everything__item").first
    assert first.get_attribute("data-found") == "failed"
    assert first.locator("a").get_attribute("href") == f"{demo_address}{tampered.address}"
    assert message("live.everything.altered") in first.inner_text()
    assert hashlib.sha256(changed).hexdigest() in first.inner_text()
    lost = page.locator(f'.pf-everything__item:has(a[href$="{gone.address}"])')
    assert lost.get_attribute("data-found") == "not-checked"
    assert message("live.unfetched") in lost.inner_text()
    report = saved(page, tmp_path)
    rows = {row["page"]: row for row in report["credentials"]}
    assert rows[tampered.address]["verdict"] == "failed"
    assert rows[tampered.address]["remarks"] == [message("live.everything.altered")]
    assert rows[gone.address]["verdict"] == "not-checked"
    assert rows[gone.address]["sha256"] is None
    assert rows[gone.address]["remarks"] == [message("live.unfetched")]
    assert gone.original not in {row["file"] for row in report["reports"]}


def test_a_page_and_a_list_that_differ_are_said_so(demo: Any, demo_address: str, page: Any, tmp_path: Path) -> None:
    listed = json.loads((demo.site_dir / "portfolio.json").read_text("utf-8"))
    dropped = listed["credentials"].pop(0)
    shorter = json.dumps(listed)
    victim = next(one for one in demo.entries if one.report.verdict == "verified" and one.original != dropped["file"])
    page.route("**/portfolio.json", lambda route: route.fulfill(body=shorter))

    def without(route: Any) -> None:
        """Another card is missing, and one says something else than its file."""
        response = route.fetch()
        html = response.text()
        other = listed["credentials"][-1]
        card = re.search(rf'<article class="pf-card"[^>]*{re.escape(other["page"])}.*?</article>', html, re.DOTALL)
        assert card
        wrong = re.search(rf'<article class="pf-card"[^>]*{re.escape(victim.original)}.*?</article>', html, re.DOTALL)
        assert wrong
        lie = wrong[0].replace(' dir="auto">', ' dir="auto">Not ', 1)
        route.fulfill(response=response, body=html.replace(card[0], "").replace(wrong[0], lie))

    page.route(demo_address, without)
    report = saved(checked(page, demo_address), tmp_path)
    remarks = [message(f"live.everything.{name}", count=1) for name in ("missing", "unnamed", "unlike")]
    assert report["remarks"] == remarks
    for remark in remarks:
        assert remark in page.inner_text(".pf-everything__result")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{}",
        '{"credentials": [{"page": 1}]}',
        '{"credentials": [{"page": "x", "file": "https://e.example/", "sha256": ""}]}',
    ],
)
def test_a_list_that_cannot_be_read_checks_nothing(demo_address: str, page: Any, body: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/portfolio.json", lambda route: route.fulfill(body=body))
    started(page, demo_address)
    page.wait_for_selector(".pf-everything .pf-note")
    assert page.inner_text(".pf-everything .pf-note") == message("live.everything.unread")
    assert page.locator(".pf-everything__item, .pf-everything__tools").count() == 0
    assert [url for url in asked if not url.startswith((demo_address, "data:"))] == []


def test_progress_is_shown_and_the_page_stays_at_hand_with_hundreds(demo: Any, demo_address: str, page: Any) -> None:
    entry = next(one for one in demo.entries if one.report.verdict == "verified" and not one.place)
    row = {"page": entry.address, "sha256": entry.file.sha256, "inner": []}
    rows = [{**row, "file": f"copies/{number}"} for number in range(300)]
    page.route("**/portfolio.json", lambda route: route.fulfill(body=json.dumps({"version": 1, "credentials": rows})))
    page.route("**/copies/*", lambda route: route.fulfill(body=entry.file.data))
    page.goto(demo_address)
    page.wait_for_selector(".pf-filter__form")
    page.evaluate("""() => {
      window.long = [];
      const note = (list) => window.long.push(...list.getEntries().map((one) => one.duration));
      new PerformanceObserver(note).observe({ entryTypes: ['longtask'] });
      window.seen = [];
      new MutationObserver(() => {
        const bar = document.querySelector('.pf-everything__bar');
        if (bar) window.seen.push(bar.value);
      }).observe(document.querySelector('.pf-everything'), { subtree: true, childList: true });
    }""")
    page.get_by_role("button", name=message("live.everything.button")).click()
    page.wait_for_selector(".pf-everything__tools", timeout=120_000)
    assert page.locator(".pf-everything__item[data-found=verified]").count() == 300
    seen = page.evaluate("window.seen")
    assert len(set(seen)) > 4
    assert seen == sorted(seen)
    assert max(page.evaluate("window.long"), default=0) < 1000
    assert page.get_attribute(".pf-everything__says", "role") == "status"


def test_the_report_prints_alone(demo_address: str, page: Any) -> None:
    page.add_init_script("window.print = () => { window.printed = true; };")
    checked(page, demo_address)
    page.get_by_role("button", name=message("live.everything.print")).click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator(".pf-everything").is_visible()
    assert page.locator("#list, .pf-me, .pf-glance").filter(visible=True).count() == 0
    assert page.locator(".pf-everything__codes").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#list").is_visible()
