"""What the site has of the network: the page asks its own origin, says how old it is, believes no more than that."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from issuers import Issuer, Servers

from browser.portfolios import portfolio_of, served
from portfolio_gen.issuing import IssuerKey
from portfolio_gen.refresh import refresh
from portfolio_gen.site import plugin
from portfolio_gen.snapshots import read_snapshots, write_snapshots
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message, vocabulary

HAD, SOON, TWO_YEARS_ON = "2026-06-01T12:00:00Z", "2026-06-08T12:00:00Z", "2028-06-08T12:00:00Z"
WEB = Issuer()
KEY = Issuer("isle.example", by_key=True, key=IssuerKey.from_seed(bytes([7] * 32)))
FORGER = Issuer(key=IssuerKey.from_seed(bytes([9] * 32)))
WALLET = {
    "web.json": WEB.credential("By the web", 7),
    "web-again.json": WEB.credential("By the web again", 8),
    "key.json": KEY.credential("By a key", 7),
    "ends.json": KEY.credential("Ends", validUntil="2027-01-01T00:00:00Z"),
    "revoked.json": KEY.credential("Withdrawn", 9),
    "lost.json": KEY.credential("Nobody answers", 3, number=2),
}
PAGES = {
    WEB.address: WEB.document(),
    WEB.list_at(): WEB.listing(),
    KEY.list_at(): KEY.listing(revoked=(9,)),
    KEY.list_at(2): None,
}


@dataclass(frozen=True)
class File:
    name: str
    data: bytes


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("copies")
    files = [File(name, data) for name, data in WALLET.items()]
    copies = refresh(files, {}, HAD, Servers(PAGES), lambda done, total: None).copies
    unneeded = {"https://elsewhere.example/": {**copies[WEB.address], "bytes": b"{}"}}
    write_snapshots(folder / "snapshots", {**copies, **unneeded})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plugin, "moment", lambda: SOON)
        return portfolio_of(folder, WALLET)


@pytest.fixture
def site(built: Any, tmp_path: Path) -> Path:
    """The site in a folder of its own, which a test may change."""
    folder: Path = shutil.copytree(built.site_dir, tmp_path / "site")
    return folder


def address(built: Any, name: str) -> str:
    return next(str(entry.address) for entry in built.entries if entry.file.name == name)


Visit = Callable[..., Any]


@pytest.fixture
def visit(browser: Any) -> Iterator[Visit]:
    """Open a page of a site at a moment, every other server gone; returns the page once all verdicts are there."""
    context = browser.new_context()
    asked: list[str] = []

    def open_page(base: str, place: str, now: str) -> Any:
        page = context.new_page()
        page.asked = asked
        page.on("request", lambda request: asked.append(request.url))
        page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())
        page.clock.set_fixed_time(now)
        page.goto(base + place)
        done = "() => [...document.querySelectorAll('[data-credential]')].every((one) => one.dataset.verdict)"
        page.wait_for_function(done)
        return page

    yield open_page
    context.close()


def verdict(page: Any) -> str:
    found: str = page.locator("article").get_attribute("data-verdict")
    return found


def says(check: str, code: str) -> str:
    """The sentence of a code, up to its date."""
    sentence: str = vocabulary()["checks"][check]["codes"][code]["says"]
    return sentence.partition("{at}")[0]


@pytest.mark.parametrize("now", [SOON, TWO_YEARS_ON])
def test_a_visitor_s_browser_comes_to_what_python_comes_to(built: Any, visit: Visit, now: str) -> None:
    web = read_snapshots(Path(built.site_dir).parent / "snapshots", now)
    with served(built.site_dir) as base:
        found = {name: verdict(visit(base, address(built, name), now)) for name in WALLET}
    assert found == {name: verify(data, now=now, web=web).verdict for name, data in WALLET.items()}
    soon = {
        "web.json": "partly-checked",
        "web-again.json": "partly-checked",
        "key.json": "verified",
        "ends.json": "verified",
        "revoked.json": "revoked",
        "lost.json": "partly-checked",
    }
    assert found == (soon if now == SOON else soon | {"key.json": "partly-checked", "ends.json": "expired"})


@pytest.mark.parametrize(("now", "days"), [(SOON, 7), (TWO_YEARS_ON, 738)])
def test_with_every_server_gone_each_page_says_how_old_is_what_it_rests_on(
    built: Any, visit: Visit, now: str, days: int
) -> None:
    rests_on = {
        "web.json": [WEB.address, WEB.list_at()],
        "key.json": [KEY.list_at()],
        "ends.json": [],
        "revoked.json": [KEY.list_at()],
        "lost.json": [],
    }
    passed = vocabulary()["results"]["pass"]
    with served(built.site_dir) as base:
        for name, copies in rests_on.items():
            page = visit(base, address(built, name), now)
            lines = page.locator("ul.pf-verdict__copies li").all_inner_texts()
            told = [message("live.copies.one", address=one, at="1 June 2026", days=days) for one in copies]
            assert sorted(lines) == sorted(told)
            signature = page.locator(".pf-check").nth(1).inner_text()
            assert passed in signature
        page = visit(base, address(built, "web.json"), now)
        checks = page.locator("[data-live=checks]").inner_text()
        assert f"{says('signer', 'DID_WEB_COPY_ONLY')}1 June 2026" in checks
        assert ("20 May 2026, too long ago" in checks) == (now == TWO_YEARS_ON)
        assert all("127.0.0.1" in url for url in page.asked)
        home = visit(base, "", now)
        assert home.locator(".pf-cards").get_by_text(message("live.copies.card", days=days)).count() == 4


def test_the_site_has_the_copies_that_its_credentials_ask_for_as_they_are(built: Any) -> None:
    folder = Path(built.site_dir) / "assets/snapshots"
    index = json.loads((folder / "index.json").read_bytes())
    expected = {one: page for one, page in PAGES.items() if page}
    assert {one: (folder / row["file"]).read_bytes() for one, row in index.items()} == expected
    assert len(list(folder.iterdir())) == 1 + len(expected)


def test_each_copy_is_fetched_once_however_many_ask_for_it(built: Any, visit: Visit) -> None:
    with served(built.site_dir) as base:
        page = visit(base, "", SOON)
    fetched = [url for url in page.asked if "/assets/snapshots/" in url]
    assert len(fetched) == len(set(fetched)) == 4


def test_a_site_without_copies_says_what_it_said(tmp_path: Path, visit: Visit) -> None:
    alone = portfolio_of(tmp_path, {"web.json": WALLET["web.json"]})
    with served(alone.site_dir) as base:
        page = visit(base, alone.entries[0].address, SOON)
    assert verdict(page) == "cannot-check"
    assert page.locator(".pf-verdict__copies").count() == 0


def altered(site: Path, about: str, **facts: Any) -> None:
    """Have the index say something else of one copy; `data` is put in the place of its bytes."""
    file = site / "assets/snapshots/index.json"
    index = json.loads(file.read_bytes())
    if "data" in facts:
        (site / "assets/snapshots" / index[about]["file"]).write_bytes(facts.pop("data"))
    index[about] |= facts
    file.write_text(json.dumps(index))


LIES: list[tuple[str, str, dict[str, Any], str]] = [
    ("web.json", WEB.address, {"source": "live"}, "partly-checked"),
    ("web.json", WEB.address, {"source": "self", "status": 200, "type": "application/did+json"}, "partly-checked"),
    ("web.json", WEB.address, {"at": "2031-01-01T00:00:00Z"}, "cannot-check"),
    ("web.json", WEB.address, {"at": "yesterday"}, "cannot-check"),
    ("web.json", WEB.address, {"at": None}, "cannot-check"),
    ("web.json", WEB.address, {"file": "https://elsewhere.example/a.txt"}, "cannot-check"),
    ("web.json", WEB.address, {"file": "../../credentials/"}, "cannot-check"),
    ("web.json", WEB.address, {"data": FORGER.document()}, "failed"),
    ("key.json", KEY.list_at(), {"source": "live", "at": "2028-06-08T11:00:00Z"}, "partly-checked"),
    ("key.json", KEY.list_at(), {"data": WEB.listing()}, "partly-checked"),
    ("revoked.json", KEY.list_at(), {"data": KEY.listing(2)}, "partly-checked"),
    ("revoked.json", KEY.list_at(), {"data": KEY.listing().replace(b"20T", b"21T")}, "partly-checked"),
    ("revoked.json", KEY.list_at(), {"data": b"<!doctype html>"}, "partly-checked"),
]


@pytest.mark.parametrize(("name", "about", "facts", "expected"), LIES)
def test_nothing_turns_greener_by_what_the_site_says_of_its_copies(
    built: Any, site: Path, visit: Visit, name: str, about: str, facts: dict[str, Any], expected: str
) -> None:
    altered(site, about, **facts)
    now = TWO_YEARS_ON if name == "key.json" and "at" in facts else SOON
    with served(site) as base:
        page = visit(base, address(built, name), now)
    assert verdict(page) == expected
    if facts.get("source"):
        assert page.locator("ul.pf-verdict__copies").count() == 1


def test_an_index_that_is_none_takes_nothing_away_but_copies(built: Any, site: Path, visit: Visit) -> None:
    (site / "assets/snapshots/index.json").write_text("[")
    with served(site) as base:
        assert verdict(visit(base, address(built, "web.json"), SOON)) == "cannot-check"
        assert verdict(visit(base, address(built, "key.json"), SOON)) == "partly-checked"
        assert verdict(visit(base, address(built, "ends.json"), SOON)) == "verified"


def test_a_thousand_entries_in_one_list_open_it_once_in_the_page_too(node: Any, tmp_path: Path) -> None:
    (tmp_path / "list.json").write_bytes(KEY.listing(revoked=(13,)))
    (tmp_path / "badges.json").write_text(json.dumps([KEY.credential(f"Badge {n}", n).decode() for n in range(200)]))
    script = """
      import { readFileSync } from 'node:fs';
      const [verifier, folder, address, now] = process.argv.slice(1);
      const { verify } = await import(verifier);
      const bytes = new Uint8Array(readFileSync(`${folder}/list.json`));
      const web = new Map([[address, { bytes, status: 200, type: '', at: now, source: 'copy' }]]);
      let opened = 0;
      class Counted extends Map { set(...row) { opened++; return super.set(...row); } }
      const given = { now, web, opened: new Counted() };
      const badges = JSON.parse(readFileSync(`${folder}/badges.json`, 'utf8'));
      const reports = await Promise.all(badges.map((badge) => verify(new TextEncoder().encode(badge), given)));
      const alone = await verify(new TextEncoder().encode(badges[13]), { now, web });
      const others = reports.flatMap(({ verdict }, n) => (verdict === 'verified' ? [] : [n]));
      console.log(JSON.stringify([opened, others, alone.verdict]));
    """
    verifier = Path(__file__).resolve().parents[2] / "portfolio_gen/browser/dist/verifier.js"
    out = node("--input-type=module", "-e", script, verifier.as_uri(), tmp_path, KEY.list_at(), SOON).stdout
    assert json.loads(out) == [1, [13], "revoked"]


def test_a_linked_picture_comes_from_the_site_and_is_no_claim(tmp_path: Path, visit: Visit) -> None:
    picture = "https://pictures.example/badge.svg"
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
    data = KEY.credential("Drawn", image={"id": picture, "type": "Image"})
    copies = refresh([File("a.json", data)], {}, HAD, Servers({picture: drawing}), lambda done, total: None).copies
    write_snapshots(tmp_path / "snapshots", copies)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plugin, "moment", lambda: SOON)
        drawn = portfolio_of(tmp_path, {"a.json": data})
    with served(drawn.site_dir) as base:
        page = visit(base, drawn.entries[0].address, SOON)
        image = page.locator(".pf-linked img")
        image.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelector('.pf-linked img').naturalWidth > 0")
        assert verdict(page) == "verified"
        assert message("page.linked", at="1 June 2026", address=picture) in page.locator(".pf-linked").inner_text()
        assert page.locator(".pf-differences").count() == 0
        assert all("127.0.0.1" in url for url in page.asked)


def test_the_copies_are_text_and_never_a_page_of_the_site(built: Any) -> None:
    names = [file.name for file in (Path(built.site_dir) / "assets/snapshots").iterdir()]
    assert all(re.fullmatch(r"index\.json|[0-9a-f]{64}\.txt", name) for name in names)
