"""A credential as a certificate on one sheet, with QR codes that a picture of it gives back, and as its data."""

from __future__ import annotations

import io
import json
import random
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import resvg_py
from PIL import Image, ImageFilter
from pyhanko.pdf_utils.reader import PdfFileReader

from browser.conftest import demo_folder
from browser.portfolios import portfolio_of, served
from portfolio_gen import carried, qr
from portfolio_gen.issuing import IssuerKey, issue, sign
from portfolio_gen.pages import Entry
from portfolio_gen.vocabulary import message, vocabulary

ADDRESS = "https://ada.example/work/"
KEY = IssuerKey.from_seed(bytes(32))
CREATED = "2026-01-05T10:00:00Z"
OVER = "() => document.querySelectorAll('[data-credential][data-verdict]').length === 1"
READY = "() => !document.querySelector('[data-filecheck]').hidden"
VERDICTS = vocabulary()["verdicts"]
DPI = 300
CSS_INCH, MILLIMETRES = 96, 25.4
PAGE_WIDE, FILE_WIDE = 28, 52
"""Millimetres that certificate.css gives to the codes on paper."""


def achieved(name: str, results: int, **more: Any) -> bytes:
    """A signed credential with a name and so many results."""
    numbers = range(results)
    achievement = {
        "id": "urn:uuid:9b1f4a52-30d5-4c8e-9a55-0c6f1f1b7a00",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": name,
        "description": more.pop("description", "Learned."),
        "criteria": {"narrative": "Present."},
        "resultDescription": [
            {
                "id": f"urn:x:{n}",
                "type": ["ResultDescription"],
                "name": f"Module {n}: {name[:60]}",
                "resultType": "Result",
            }
            for n in numbers
        ],
    }
    result = [{"type": ["Result"], "resultDescription": f"urn:x:{n}", "value": f"{n} of 100 points"} for n in numbers]
    credential = {
        "id": "urn:uuid:1b1f4a52-30d5-4c8e-9a55-0c6f1f1b7a01",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": {"id": KEY.did, "type": ["Profile"], "name": more.pop("issuer", "Nordlicht")},
        "validFrom": "2026-01-01T00:00:00Z",
        "validUntil": "2046-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": achievement,
            **({"result": result} if results else {}),
        },
    }
    base = json.loads(issue({"name": "x", "description": "x", "criteria": "x", "issuer": "x"}, KEY, created=CREATED))
    return sign({**credential, "@context": base["@context"]}, KEY, suite="eddsa-jcs-2022", created=CREATED)


LONG = "Supply chains, depots and the people in them, an introduction with exercises, excursions and an examination; "
ARABIC = "شهادة في إدارة سلاسل الإمداد والمستودعات وتخطيط نوبات العمل للفرق الكبيرة "
CHINESE = "供应链管理与仓库运营高级证书"
WALLET = {
    "short.json": issue({"name": "Welding", "description": "d", "criteria": "c", "issuer": "N"}, KEY, created=CREATED),
    "long.json": achieved(LONG * 4, 3, issuer=LONG * 3, description=LONG * 20),
    "arabic.json": achieved(ARABIC * 3, 6, issuer=ARABIC * 3, description=ARABIC),
    "chinese.json": achieved(CHINESE * 20, 12, issuer=CHINESE * 9),
    "record.json": achieved("A record of thirty modules", 30),
    "worst.json": achieved(LONG * 6, 12, issuer=ARABIC * 5),
    "unholdable.json": achieved(LONG * 200, 190),
}
NAMES = tuple(WALLET)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return portfolio_of(tmp_path_factory.mktemp("certificates"), WALLET, ADDRESS)


@pytest.fixture(scope="module")
def address(built: Any) -> Iterator[str]:
    with served(built.site_dir) as base:
        yield base


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def entry_of(built: Any, name: str) -> Entry:
    found: Entry = next(entry for entry in built.entries if entry.file.name == name).whole()
    return found


def shown(context: Any, address: str) -> Any:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(OVER)
    return page


def sheets(page: Any, size: str, landscape: bool = False) -> int:
    data = io.BytesIO(page.pdf(format=size, landscape=landscape))
    return int(PdfFileReader(data).root["/Pages"]["/Count"])


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_prints_on_exactly_one_sheet(built: Any, address: str, context: Any, name: str) -> None:
    entry = entry_of(built, name)
    page = shown(context, f"{address}{entry.address}certificate/")
    assert page.get_attribute("[data-credential]", "data-verdict") == entry.report.verdict == "verified"
    assert [sheets(page, size, turned) for size in ("A4", "Letter") for turned in (False, True)] == [1, 1, 1, 1]


def test_every_certificate_of_the_demo_prints_on_one_sheet_and_says_the_same(
    demo: Any, demo_address: str, context: Any
) -> None:
    assert len(demo.entries) > 10
    for entry in sorted(demo.entries, key=lambda one: -len(one.report.credential))[:8]:
        page = shown(context, f"{demo_address}{entry.address}certificate/")
        assert page.get_attribute("[data-credential]", "data-verdict") == entry.report.verdict, entry.address
        assert [sheets(page, size) for size in ("A4", "Letter")] == [1, 1], entry.address
        page.close()


LETTER_PORTRAIT = {
    "width": round((8.5 - 18 / MILLIMETRES) * CSS_INCH),
    "height": round((11 - 18 / MILLIMETRES) * CSS_INCH),
}
"""What `@page` leaves of a sheet of Letter, the lower of the two, in CSS pixels."""


@pytest.mark.parametrize("name", [name for name in NAMES if name != "unholdable.json"])
def test_nothing_of_it_is_cut_off_on_paper(built: Any, address: str, context: Any, name: str) -> None:
    page = shown(context, f"{address}{entry_of(built, name).address}certificate/")
    assert page.locator(".pf-certificate__more").count() == 0
    page.set_viewport_size(LETTER_PORTRAIT)
    page.emulate_media(media="print")
    cut = page.evaluate("""() => {
      const box = (one) => one.getBoundingClientRect();
      const within = (a, b) =>
        a.top >= b.top - 1 && a.bottom <= b.bottom + 1 && a.left >= b.left - 1 && a.right <= b.right + 1;
      const sheet = box(document.querySelector('.pf-certificate'));
      const facts = box(document.querySelector('.pf-certificate__facts'));
      const out = (parts, of) => [...document.querySelectorAll(parts)].filter((one) => !within(box(one), of));
      const cut = [...out('.pf-certificate__facts .pf-claim', facts), ...out('.pf-certificate *', sheet)];
      return cut.map((one) => one.className);
    }""")
    assert cut == []


def test_what_does_not_fit_is_said(built: Any, address: str, context: Any) -> None:
    page = shown(context, f"{address}{entry_of(built, 'unholdable.json').address}certificate/")
    assert page.locator(".pf-certificate__more").inner_text() == message("page.certificate.more")


def test_on_paper_it_says_when_it_was_checked_and_else_that_it_was_not(built: Any, address: str, browser: Any) -> None:
    entry = entry_of(built, "short.json")
    found = {}
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(f"{address}{entry.address}certificate/")
        if scripts:
            page.wait_for_function(OVER)
        page.emulate_media(media="print")
        found[scripts] = page.locator("main").inner_text()
        context.close()
    when = message("live.when").partition("{")[0]
    assert when in found[True]
    assert VERDICTS["verified"]["label"] in found[True]
    assert message("page.certificate.unchecked") not in found[True]
    assert when not in found[False]
    assert VERDICTS["not-checked"]["label"] in found[False]
    assert message("page.certificate.unchecked") in found[False]


def test_while_it_is_being_checked_paper_says_that_it_was_not(built: Any, address: str, context: Any) -> None:
    entry = entry_of(built, "short.json")
    page = context.new_page()
    page.route(f"**/{entry.original}", lambda route: None)
    page.goto(f"{address}{entry.address}certificate/")
    page.wait_for_selector(".pf-progress")
    page.emulate_media(media="print")
    assert not page.locator(".pf-progress").is_visible()
    assert VERDICTS["not-checked"]["label"] in page.locator("main").inner_text()


# Pictures of codes


def printed(svg: bytes, millimetres: float) -> Image.Image:
    """A code as a printer at 300 dpi makes it, on white paper."""
    side = round(millimetres / MILLIMETRES * DPI)
    png = resvg_py.svg_to_bytes(svg_string=svg.decode(), width=side, height=side)
    code = Image.open(io.BytesIO(bytes(png))).convert("RGB")
    assert code.size == (side, side)
    sheet = Image.new("RGB", (side + 200, side + 240), "white")
    sheet.paste(code, (100, 120))
    return sheet


def photographed(sheet: Image.Image) -> bytes:
    """Turned by 5°, a little blurred, and saved as a JPEG at 70 %."""
    turned = sheet.convert("RGB").rotate(5, resample=Image.Resampling.BICUBIC, fillcolor="white", expand=True)
    saved = io.BytesIO()
    turned.filter(ImageFilter.GaussianBlur(1)).save(saved, "JPEG", quality=70)
    return saved.getvalue()


@pytest.fixture
def check(address: str, context: Any) -> Callable[[bytes], Any]:
    """Give a picture to "Check a file", without a network; return what it answers."""
    return checking(context, address)


def checking(context: Any, address: str) -> Callable[[bytes], Any]:
    page = context.new_page()
    asked: list[str] = []
    page.goto(f"{address}check/")
    page.wait_for_function(READY)
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.on("request", lambda request: asked.append(request.url))

    def run(picture: bytes) -> Any:
        page.set_input_files("input[type=file]", {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture})
        page.wait_for_selector('[data-live="result"]:not([aria-busy]) > *', timeout=60_000)
        assert [url for url in asked if not url.startswith((address, "blob:"))] == []
        return page.locator('[data-live="result"]')

    return run


def files_that_fit(built: Any) -> list[Entry]:
    return [entry for entry in map(Entry.whole, built.entries) if carried.pack(entry.file.data) is not None]


def test_a_photographed_code_leads_to_the_page(built: Any, check: Any) -> None:
    for entry in built.entries:
        code = (built.site_dir / f"codes/page/{entry.slug}.svg").read_bytes()
        assert check(photographed(printed(code, PAGE_WIDE))).locator("code").inner_text() == ADDRESS + entry.address


def test_a_photographed_code_is_the_credential(built: Any, check: Any) -> None:
    carrying = files_that_fit(built)
    assert "short.json" in {entry.file.name for entry in carrying}
    for entry in carrying:
        code = (built.site_dir / f"codes/file/{entry.slug}.svg").read_bytes()
        answer = check(photographed(printed(code, FILE_WIDE)))
        assert answer.locator(".pf-verdict").first.get_attribute("data-verdict") == entry.report.verdict
        assert entry.file.sha256 in answer.inner_text()


@pytest.fixture(scope="module")
def demo_at_an_address(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    """The demo portfolio as it is built for an address; without one there are no codes."""
    from portfolio_gen.site.build import build

    config_file = demo_folder(tmp_path_factory.mktemp("demo"), root) / "mkdocs.yml"
    config, unset = config_file.read_text("utf-8"), '!ENV [SITE_URL, ""]'
    assert unset in config
    config_file.write_text(config.replace(unset, ADDRESS), "utf-8")
    return build(config_file)


def test_every_code_of_the_demo_can_be_photographed(demo_at_an_address: Any, context: Any) -> None:
    """Those of every format that fits, each without a network: nothing is loaded that was not there before."""
    entries = {entry.slug: entry.whole() for entry in demo_at_an_address.entries}
    pages, files = (sorted((demo_at_an_address.site_dir / "codes" / kind).glob("*.svg")) for kind in ("page", "file"))
    assert {code.stem for code in pages} == set(entries)
    assert {code.stem for code in files} == {entry.slug for entry in files_that_fit(demo_at_an_address)}
    assert len({entries[code.stem].report.format for code in files}) > 5
    with served(demo_at_an_address.site_dir) as address:
        check = checking(context, address)
        for code in pages:
            answer = check(photographed(printed(code.read_bytes(), PAGE_WIDE)))
            assert answer.locator("code").inner_text() == ADDRESS + entries[code.stem].address
        for code in files:
            entry = entries[code.stem]
            answer = check(photographed(printed(code.read_bytes(), FILE_WIDE)))
            assert entry.file.sha256 in answer.inner_text(), entry.file.name
            assert answer.locator(".pf-verdict").first.get_attribute("data-verdict") == entry.report.verdict


def largest() -> bytes:
    """The credential that fills a code of version 25 at level L to the last byte, as near as it goes."""
    best, chosen = b"", random.Random(25)
    noise = ""
    for _ in range(1_200):
        noise += chosen.choice("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
        data = issue({"name": "x", "description": noise, "criteria": "c", "issuer": "N"}, KEY, created=CREATED)
        if carried.pack(data) is None:
            return best
        best = data
    raise AssertionError("every one of them fits")


def test_a_photographed_code_of_version_25_is_the_credential(check: Any) -> None:
    data = largest()
    packed = carried.pack(data)
    assert packed is not None
    assert len(packed) > carried.MOST - 4
    code = qr.svg(packed, "L")
    assert b'viewBox="0 0 125 125"' in code, "17 + 4 · 25 modules, and the quiet zone"
    answer = check(photographed(printed(code, FILE_WIDE)))
    assert answer.locator(".pf-verdict").first.get_attribute("data-verdict") == "verified"


def test_of_a_photographed_certificate_the_credential_is_checked(
    built: Any, address: str, browser: Any, check: Any
) -> None:
    entry = entry_of(built, "short.json")
    context = browser.new_context(viewport=LETTER_PORTRAIT, device_scale_factor=DPI / CSS_INCH)
    page = shown(context, f"{address}{entry.address}certificate/")
    page.emulate_media(media="print")
    sheet = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    answer = check(photographed(sheet))
    assert answer.locator(".pf-verdict").first.get_attribute("data-verdict") == "verified"
    assert entry.file.sha256 in answer.inner_text()


def test_a_tampered_credential_in_a_code_does_not_check_out(built: Any, check: Any) -> None:
    data = entry_of(built, "short.json").file.data.replace(b"Welding", b"Surgery")
    answer = check(photographed(printed(qr.svg(carried.pack(data) or b"", "L"), FILE_WIDE)))
    assert answer.locator(".pf-verdict").first.get_attribute("data-verdict") == "failed"
    assert VERDICTS["failed"]["label"] in answer.inner_text()


def test_a_text_in_a_code_is_checked_as_it_is(built: Any, check: Any) -> None:
    answer = check(photographed(printed(qr.svg("no credential, but a greeting", "M"), PAGE_WIDE)))
    assert answer.locator(".pf-verdict").first.get_attribute("data-verdict") == "cannot-check"


@pytest.mark.parametrize(
    "packed",
    [zlib.compress(bytes(1_000_000), 9), zlib.compress(b"{}", 9)[:-1], zlib.compress(b"{}", 9) + b"x"],
    ids=["a bomb", "cut off", "more behind it"],
)
def test_packed_data_that_do_not_unpack_are_refused(check: Any, packed: bytes) -> None:
    assert len(packed) <= carried.MOST
    assert message("live.file.qr.damaged") in check(photographed(printed(qr.svg(packed, "L"), FILE_WIDE))).inner_text()


def test_a_picture_without_a_code_is_said_so(check: Any) -> None:
    said = check(photographed(Image.new("RGB", (400, 300), "white"))).inner_text()
    assert said == message("live.file.qr.none", name="photo.jpg")


def test_a_code_that_leads_to_this_site_is_offered(address: str, context: Any) -> None:
    page = context.new_page()
    page.goto(f"{address}check/")
    page.wait_for_function(READY)
    picture = photographed(printed(qr.svg(f"{address}skills/", "M"), PAGE_WIDE))
    page.set_input_files("input[type=file]", {"name": "a.jpg", "mimeType": "", "buffer": picture})
    link = page.locator('[data-live="result"] a')
    assert link.get_attribute("href") == f"{address}skills/"
    assert page.url == f"{address}check/"


CAMERA = """() => {
  window.opened = 0; window.stopped = 0;
  navigator.mediaDevices.getUserMedia = async () => {
    window.opened++;
    const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 960 });
    const ground = canvas.getContext('2d');
    const picture = await createImageBitmap(await (await fetch('/picture.png')).blob());
    setInterval(() => ground.drawImage(picture, 0, 0, 1280, 960), 50);
    const stream = canvas.captureStream(20);
    for (const track of stream.getTracks()) {
      const stop = track.stop.bind(track);
      track.stop = () => (window.stopped++, stop());
    }
    return stream;
  };
}"""


def filmed(svg: bytes) -> bytes:
    sheet = Image.new("RGB", (1280, 960), "white")
    code = printed(svg, 60).resize((900, 940))
    sheet.paste(code, (190, 10))
    saved = io.BytesIO()
    sheet.rotate(3, fillcolor="white").save(saved, "PNG")
    return saved.getvalue()


def test_the_camera_starts_when_asked_reads_a_code_and_stops(built: Any, address: str, context: Any) -> None:
    entry = entry_of(built, "short.json")
    picture = filmed((built.site_dir / f"codes/file/{entry.slug}.svg").read_bytes())
    page = context.new_page()
    page.route("**/picture.png", lambda route: route.fulfill(body=picture, content_type="image/png"))
    page.goto(f"{address}check/")
    page.wait_for_function(READY)
    page.evaluate(CAMERA)
    assert page.evaluate("window.opened") == 0
    page.click("[data-camera] button")
    page.wait_for_selector(".pf-verdict[data-verdict]", timeout=60_000)
    assert page.get_attribute(".pf-verdict", "data-verdict") == "verified"
    assert entry.file.sha256 in page.locator('[data-live="result"]').inner_text()
    assert page.evaluate("[window.opened, window.stopped]") == [1, 1]
    assert page.locator("video").count() == 0


def test_a_camera_that_is_refused_is_said_so(address: str, context: Any) -> None:
    page = context.new_page()
    page.goto(f"{address}check/")
    page.wait_for_function(READY)
    page.evaluate("() => void (navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')))")
    page.click("[data-camera] button")
    page.wait_for_function(f"() => document.body.innerText.includes({json.dumps(message('live.file.qr.refused'))})")
    assert page.locator("[data-camera] button").inner_text() == message("live.file.qr.start")


# As data


def written_out(page: Any) -> list[list[str]]:
    page.wait_for_selector(".pf-data__lines")
    rows: list[list[str]] = page.evaluate("""() => {
      const rows = [...document.querySelectorAll('.pf-data__lines tbody tr')];
      return rows.map((row) => [...row.cells].map((cell) => cell.textContent));
    }""")
    return rows


def test_the_data_are_the_signed_document_with_its_pointers(built: Any, address: str, context: Any) -> None:
    entry = entry_of(built, "arabic.json")
    rows = written_out(shown(context, f"{address}{entry.address}data/"))
    document = json.loads(entry.file.data)
    assert json.loads("".join(text for _, text in rows)) == document
    name = next(text for pointer, text in rows if pointer == "/credentialSubject/achievement/name")
    assert json.loads(name.partition(": ")[2].rstrip(",")) == document["credentialSubject"]["achievement"]["name"]


def test_data_that_changed_since_the_check_are_not_written_out(built: Any, address: str, context: Any) -> None:
    entry = entry_of(built, "short.json")
    answers = iter([entry.file.data, entry.file.data.replace(b"Welding", b"Surgery")])
    page = context.new_page()
    page.route(f"**/{entry.original}", lambda route: route.fulfill(body=next(answers)))
    page.goto(f"{address}{entry.address}data/")
    page.wait_for_selector("[data-document] p")
    assert page.locator("[data-document]").inner_text() == message("live.document.changed")


def test_data_without_scripts_lead_to_the_file(built: Any, address: str, browser: Any) -> None:
    entry = entry_of(built, "short.json")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{entry.address}data/")
    assert message("page.data.nojs") in page.locator("main").inner_text()
    assert page.locator(f'main a[href$="{entry.original}"]').count() == 1
    context.close()
