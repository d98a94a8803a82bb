"""By keyboard alone, at 400 % zoom, and as a screen reader hears it (WCAG 1.4.10, 2.1, 2.4.3, 2.4.7, 2.4.11, 4.1.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from browser.kinds import KINDS, demo_in, page_of
from browser.portfolios import served
from browser.test_axe import OVER, axe, violations
from browser.test_filter import READY, left
from portfolio_gen.site.theme import NAMES
from portfolio_gen.vocabulary import message, vocabulary

__all__ = ["axe"]

DESKTOP, ZOOMED = (1280, 900), (320, 256)
"""ZOOMED is what a window of 1280 × 1024 has left at 400 %."""
WALKED = ("home", "credential", "check", "skills", "stacks", "stack", "export", "certificate", "data", "about")
READ = {
    "check": "[data-filecheck]:not([hidden])",
    "skills": ".pf-advert__input",
    "home": READY,
    "data": ".pf-data__lines",
}
"""What a kind of page has only when its script is done, beside verdicts."""

# A radio group is one stop. What is to be seen of a control that is itself not drawn, are its labels.
SETUP = """() => {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const radio = (one) => one.type === 'radio';
  const group = (one) => (radio(one) ? all.filter((other) => radio(other) && other.name === one.name) : [one]);
  const first = (one) => (group(one).find(({ checked }) => checked) ?? group(one)[0]) === one;
  const there = (one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true });
  const stops = all.filter((one) => there(one) && first(one));
  const names = stops.map((one) => `${one.outerHTML.slice(0, 120)} (${one.textContent.trim().slice(0, 40)})`);
  const labels = (one) => [...(one.labels ?? []), one.nextElementSibling].filter((part) => part?.matches('label'));
  const seen = (one) => [one, ...labels(one)];
  const look = (part) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor, borderWidth, visibility } = getComputedStyle(part);
    const drawn = visibility === 'visible' && part.getBoundingClientRect().width > 2;
    const outline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    return { drawn, outline, ring: [boxShadow, borderColor, borderWidth].join() };
  };
  const before = new Map(stops.flatMap(group).map((one) => [one, seen(one).map(look)]));
  const changed = (one, index, ring) => ring !== before.get(one)?.[index]?.ring;
  const marked = (one) => seen(one).map(look)
    .some(({ drawn, outline, ring }, index) => drawn && (outline || changed(one, index, ring)));
  const places = [0.05, 0.25, 0.5, 0.75, 0.95].flatMap((x, _, all) => all.map((y) => [x, y]));
  const hit = ({ left, top, width, height }, [x, y]) => document.elementFromPoint(left + width * x, top + height * y);
  const shows = (part) => [...part.getClientRects()].filter(({ width, height }) => width > 2 && height > 2)
    .some((box) => places.some((place) => part.contains(hit(box, place) ?? document)));
  const now = () => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return null;
    const at = stops.findIndex((stop) => group(stop).includes(one));
    const name = names[at] ?? one.outerHTML.slice(0, 160);
    return { at, name, marked: marked(one), shown: seen(one).some(shows) };
  };
  const settled = async () => {
    for (let turn = 0; turn < 40 && now()?.shown === false; turn++) await new Promise((done) => setTimeout(done, 25));
    return now();
  };
  window.walk = { names, now: settled };
}"""


@pytest.fixture(scope="session")
def in_theme(
    tmp_path_factory: pytest.TempPathFactory, root: Any, demo: Any, demo_address: str
) -> Iterator[Callable[[str], tuple[Any, str]]]:
    """The demo in a theme: what was built, and where it is served."""
    made = {NAMES[0]: (demo, demo_address)}
    with ExitStack() as stack:

        def give(theme: str) -> tuple[Any, str]:
            if theme not in made:
                result = demo_in(tmp_path_factory.mktemp(theme), root, theme=theme)
                made[theme] = (result, stack.enter_context(served(result.site_dir)))
            return made[theme]

        yield give


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    yield context.new_page()
    context.close()


def opened(page: Any, made: Any, address: str, kind: str) -> Any:
    page.goto(address + page_of(made, kind))
    page.wait_for_function(OVER)
    if kind in READ:
        page.wait_for_selector(READ[kind])
    page.wait_for_load_state("networkidle")
    return page


def walked(page: Any, key: str) -> list[dict[str, Any]]:
    """Each stop, from where the focus is until it leaves the page, or comes round."""
    there: list[dict[str, Any]] = []
    while True:
        page.keyboard.press(key)
        stop = page.evaluate("window.walk.now()")
        if stop is None or stop["at"] in [one["at"] for one in there]:
            return there
        there.append(stop)


@pytest.mark.parametrize("size", [DESKTOP, ZOOMED], ids=["desktop", "zoomed"])
@pytest.mark.parametrize("kind", WALKED)
def test_each_control_is_reached_in_order_marked_and_in_sight(
    demo: Any, demo_address: str, page: Any, kind: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, demo, demo_address, kind).evaluate(SETUP)
    stops = page.evaluate("window.walk.names")
    there = walked(page, "Tab")
    assert [stop["name"] for stop in there] == stops
    page.evaluate("document.activeElement.blur()")
    back = walked(page, "Shift+Tab")
    assert [stop["at"] for stop in back] == list(range(len(stops)))[::-1]
    assert [stop["name"] for stop in (*there, *back) if not stop["marked"]] == []
    assert [stop["name"] for stop in (*there, *back) if not stop["shown"]] == []


@pytest.mark.parametrize("theme", NAMES[1:])
def test_the_focus_is_marked_in_other_themes(in_theme: Callable[[str], tuple[Any, str]], page: Any, theme: str) -> None:
    made, address = in_theme(theme)
    for kind in ("home", "credential", "check"):
        opened(page, made, address, kind).evaluate(SETUP)
        stops = walked(page, "Tab")
        assert [stop["name"] for stop in stops if not stop["marked"] or not stop["shown"]] == [], kind


# Lines of text that a box cuts off, boxes that scroll sideways, and how much of the window stays when it is scrolled.
CUT = """() => {
  const out = [];
  const hides = ({ overflowX, overflowY }) => [overflowX, overflowY].some((one) => ['hidden', 'clip'].includes(one));
  const aside = ({ clipPath }) => clipPath !== 'none';
  const seen = { visibilityProperty: true, opacityProperty: true };
  const beyond = (line, box) =>
    line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - 2 || line.bottom > box.bottom + 2;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, range = document.createRange(), parent = text.parentElement;
    if (!text.data.trim() || !parent.checkVisibility(seen) || parent.closest('option, script, noscript')) continue;
    range.selectNodeContents(text);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 1);
    for (let box = parent; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (aside(style) || ['auto', 'scroll'].includes(style.overflowX)) break;
      if (hides(style) && lines.some((line) => beyond(line, box.getBoundingClientRect())))
        out.push(`cut off by .${box.className}: ${text.data.trim().slice(0, 60)}`);
    }
  }
  return out;
}"""
SIDEWAYS = """() => [...document.querySelectorAll('body *')]
  .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && !one.matches('.pf-nav'))
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.scrollWidth > one.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""
STAYS = """() => {
  scrollTo(0, document.documentElement.scrollHeight / 2);
  const fixed = (one) => ['fixed', 'sticky'].includes(getComputedStyle(one).position);
  const stays = (one) => one && (fixed(one) || stays(one.parentElement));
  const across = [20, innerWidth / 2, innerWidth - 20];
  const stuck = (y) => across.some((x) => stays(document.elementFromPoint(x, y)));
  const rows = Array.from({ length: innerHeight }, (_, y) => stuck(y));
  return rows.filter(Boolean).length / innerHeight;
}"""


@pytest.mark.parametrize("theme", NAMES)
def test_at_400_percent_nothing_is_lost(in_theme: Callable[[str], tuple[Any, str]], page: Any, theme: str) -> None:
    made, address = in_theme(theme)
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    for kind in KINDS:
        opened(page, made, address, kind)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, kind
        assert page.evaluate(CUT) == [], kind
        assert page.evaluate(SIDEWAYS) == [], kind
        assert page.evaluate(STAYS) <= 1 / 3, kind


def tabbed(page: Any, selector: str, key: str = "Tab") -> None:
    """Go to an element by keyboard."""
    for _ in range(250):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"{selector} is never reached")


def focused(page: Any, part: str) -> Any:
    return page.evaluate(f"document.activeElement.{part}")


@pytest.mark.parametrize("kind", [kind for kind in WALKED if kind not in ("certificate", "data")])
def test_the_header_is_skipped(demo: Any, demo_address: str, page: Any, kind: str) -> None:
    opened(page, demo, demo_address, kind)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.length > 1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('header.md-header') === null"), focused(page, "outerHTML")
    assert page.evaluate("document.activeElement.closest('main') !== null"), focused(page, "outerHTML")


@pytest.mark.parametrize("size", [DESKTOP, ZOOMED], ids=["desktop", "zoomed"])
def test_the_list_is_filtered(demo: Any, demo_address: str, page: Any, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, demo, demo_address, "home")
    everything = left(page, demo_address)
    tabbed(page, ".pf-filter select")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => location.search !== ''")
    some = left(page, demo_address)
    assert 0 < len(some) < len(everything)
    assert message("live.filter.some", shown=len(some), total=len(everything)) == page.inner_text(".pf-filter__says")
    tabbed(page, ".pf-filter__all")
    page.keyboard.press("Space")
    assert left(page, demo_address) == everything
    assert page.evaluate("location.search") == ""
    assert focused(page, "tagName") == "SELECT", "the focus is not lost with the button"


def test_everything_is_checked_and_saved(demo: Any, demo_address: str, page: Any) -> None:
    opened(page, demo, demo_address, "home")
    tabbed(page, ".pf-everything button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pf-everything__tools")
    assert focused(page, "innerText") == message("live.everything.button"), "the focus stays"
    page.keyboard.press("Tab")
    assert focused(page, "innerText") == message("live.everything.save")
    with page.expect_download():
        page.keyboard.press("Enter")
    tabbed(page, ".pf-everything__each")
    before = page.evaluate("document.activeElement.scrollTop")
    page.keyboard.press("End")
    page.wait_for_function("(before) => document.activeElement.scrollTop > before", arg=before)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_is_opened(demo: Any, demo_address: str, page: Any, key: str) -> None:
    opened(page, demo, demo_address, "credential")
    tabbed(page, ".pf-whose[data-whose] > summary")
    page.keyboard.press(key)
    page.wait_for_selector(".pf-whose__input")
    page.wait_for_function("() => document.activeElement.matches('.pf-whose__input')")
    page.keyboard.type("Somebody Else")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pf-whose__sum")
    tabbed(page, ".pf-whose[data-whose] > summary", "Shift+Tab")
    page.keyboard.press(key)
    assert page.locator(".pf-whose__input").is_hidden()


def test_an_advert_is_compared(demo: Any, demo_address: str, page: Any) -> None:
    opened(page, demo, demo_address, "skills")
    tabbed(page, ".pf-advert__input")
    page.keyboard.type("First aid and route planning")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector(".pf-advert__text mark")
    assert page.locator(".pf-advert__text mark").all_inner_texts() == ["First aid", "route planning"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pf-advert__list') !== null")


def test_a_file_is_chosen_or_pasted_and_checked(demo: Any, demo_address: str, page: Any) -> None:
    opened(page, demo, demo_address, "check")
    entry = next(one for one in demo.entries if one.report.verdict == "verified" and one.original.endswith(".json"))
    tabbed(page, "#pf-file")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "x.json", "mimeType": "", "buffer": entry.file.data})
    page.wait_for_selector(".pf-verdict[data-verdict=verified]")
    page.reload()
    page.wait_for_selector(READ["check"])
    tabbed(page, "#pf-text")
    page.keyboard.insert_text(entry.file.data.decode("utf-8"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pf-verdict[data-verdict=verified]")


def down_to_a_result(page: Any) -> None:
    """Press the key for down, again where it came while Material was still writing out what it found."""
    for _ in range(20):
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(250)
        if page.evaluate("document.activeElement.matches('.md-search-result__link')"):
            return
    raise AssertionError("no result has the focus")


@pytest.mark.parametrize("size", [DESKTOP, ZOOMED], ids=["desktop", "zoomed"])
def test_something_is_searched_and_the_search_left(
    demo: Any, demo_address: str, page: Any, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, demo, demo_address, "home")
    tabbed(page, ".md-search__input")
    page.keyboard.type("forecasting")
    page.wait_for_selector(".md-search-result__item", state="attached")
    down_to_a_result(page)
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.getElementById('__search').checked")
    tabbed(page, ".md-search__input")
    page.wait_for_function("() => document.getElementById('__search').checked")
    down_to_a_result(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/credentials/**")


def test_light_and_dark_are_changed(demo: Any, demo_address: str, page: Any) -> None:
    opened(page, demo, demo_address, "home")
    page.emulate_media(color_scheme="light")
    tabbed(page, ".md-option")
    before = page.get_attribute("body", "data-md-color-media")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("(before) => document.body.dataset.mdColorMedia !== before", arg=before)
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.body.dataset.mdColorScheme === 'slate'")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('form') === null")


# What is announced is what comes into a region that stands there already, and is not busy when the script has paused.
LISTEN = """
window.said = [];
const LIVE = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"]';
const regions = [];
new MutationObserver((records) => {
  const made = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
  const fresh = (one) => one && (made.has(one) || fresh(one.parentElement));
  const told = new Map();
  for (const { target, addedNodes, type } of records) {
    const region = (target.closest ? target : target.parentElement)?.closest(LIVE);
    const nodes = type === 'characterData' ? [target] : [...addedNodes].filter((node) => region?.contains(node));
    if (region) told.set(region, [...(told.get(region) ?? []), ...nodes.map(({ textContent }) => textContent)]);
  }
  for (const [region, texts] of told) {
    const text = texts.join(' ').trim();
    if (!text || fresh(region) || region.closest('[aria-busy="true"]') || !region.isConnected) continue;
    if (!regions.includes(region)) regions.push(region);
    const whose = region.closest('[data-credential]')?.dataset.credential ?? '';
    window.said.push({ region: region.dataset.live ?? region.className, id: regions.indexOf(region), whose, text });
  }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
LABELS = [row["label"] for row in vocabulary()["verdicts"].values()]


@pytest.fixture(params=["at once", "slowly"])
def listening(request: pytest.FixtureRequest, page: Any) -> Callable[[str], list[dict[str, Any]]]:
    """Open a page; return what was announced until all was over, of quick checks and of those that show progress."""
    page.add_init_script(LISTEN)
    slow = request.param == "slowly"

    def said(address: str) -> list[dict[str, Any]]:
        if slow:
            page.route("**/original*", lambda route: None)
        page.goto(address, wait_until="domcontentloaded")
        if slow:
            page.wait_for_selector(".pf-progress")
            page.unroute("**/original*")  # which lets go those that were held
        page.wait_for_function(OVER)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)
        found: list[dict[str, Any]] = page.evaluate("window.said")
        return found

    return said


def endorsed(demo: Any, entry: Any) -> bool:
    return 'data-view="endorsement"' in (demo.site_dir / entry.address / "index.html").read_text("utf-8")


@pytest.mark.parametrize("view", ["", "certificate/", "data/"])
def test_each_verdict_is_announced_once(
    demo: Any, demo_address: str, page: Any, listening: Callable[[str], list[dict[str, Any]]], view: str
) -> None:
    entries = {one.report.verdict: one for one in demo.entries if one.report.credential or not view}
    if not view:
        entries["endorsed"] = next(one for one in demo.entries if endorsed(demo, one))
    for entry in entries.values():
        said = listening(demo_address + entry.address + view)
        shown = page.locator("[data-live=verdict][aria-live]")
        assert shown.count() == page.locator("[data-credential]").count(), "each has a region"
        for region in shown.all():
            whose = region.evaluate("(one) => one.closest('[data-credential]').dataset.credential")
            label = region.locator(".pf-badge").inner_text().strip()
            texts = [one["text"] for one in said if one["whose"] == whose]
            verdicts = [text for text in texts if any(word in text for word in LABELS)]
            assert len(verdicts) == 1, (entry.address, texts)
            assert label in verdicts[0]
        assert [one for one in said if not one["whose"] and any(word in one["text"] for word in LABELS)] == []


def test_the_count_is_announced_once_and_the_cards_are_not(
    demo: Any, demo_address: str, page: Any, listening: Callable[[str], list[dict[str, Any]]]
) -> None:
    said = listening(demo_address)
    assert [one for one in said if one["whose"]] == [], "forty verdicts would drown what they add up to"
    counts = [one["text"] for one in said if one["region"] == "count"]
    verified = sum(one.report.verdict == "verified" for one in demo.entries)
    assert len(counts) == 1
    assert message("live.count", done=verified, total=len(demo.entries)) in counts[0]
    assert len(said) == len({one["id"] for one in said}), said


def test_a_badge_for_other_sites_announces_its_verdict_once(
    demo: Any, demo_address: str, page: Any, listening: Callable[[str], list[dict[str, Any]]]
) -> None:
    said = listening(demo_address + page_of(demo, "embed"))
    assert len(said) == 1
    assert page.locator(".pf-badge").inner_text().strip() in said[0]["text"]


def test_check_everything_announces_its_end_once(demo: Any, demo_address: str, page: Any) -> None:
    page.add_init_script(LISTEN)
    opened(page, demo, demo_address, "home")
    page.evaluate("window.said.length = 0")
    for _ in range(2):
        page.get_by_role("button", name=message("live.everything.button")).click()
        page.wait_for_selector(".pf-everything__tools")
        page.wait_for_function("() => document.querySelector('.pf-everything [data-busy]') === null")
    verified = sum(one.report.verdict == "verified" for one in demo.entries)
    end = message("live.everything.sum", done=verified, total=len(demo.entries))
    said = [one["text"] for one in page.evaluate("window.said")]
    assert said == [message("live.everything.reading"), end] * 2


def test_a_checked_file_is_announced_once(demo: Any, demo_address: str, page: Any) -> None:
    page.add_init_script(LISTEN)
    opened(page, demo, demo_address, "check")
    page.set_input_files("input[type=file]", {"name": "x.json", "mimeType": "", "buffer": demo.entries[0].file.data})
    page.wait_for_selector(".pf-verdict[data-verdict]")
    page.wait_for_timeout(200)
    said = page.evaluate("window.said")
    assert len(said) == 1
    assert page.locator(".pf-verdict .pf-badge").first.inner_text().strip() in said[0]["text"]


def test_targets_are_measured_wherever_axe_looks(page: Any, axe: str) -> None:
    """The rule on sizes (2.5.8) is off in axe unless WCAG 2.2 is asked for."""
    small = "<button style='all: unset'>a</button>"
    page.set_content(f"<title>t</title><main><h1>x</h1>{small}{small}</main>")
    assert "target-size" in {one.split(":")[0] for one in violations(page, axe)}
