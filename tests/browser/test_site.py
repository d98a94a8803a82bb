"""The built demo in Chromium: pages check themselves and believe nothing that the build wrote."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from vector_rows import ROWS, VECTORS

from portfolio_gen.format import shown
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.marked import Marked
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message, vocabulary

NOW = "2026-11-24T12:00:00Z"
VERDICTS = vocabulary()["verdicts"]
OVER = "() => document.querySelectorAll('[data-credential]:not([data-verdict])').length === 0"
GREEN = ".pf-badge--verified, .pf-answer--pass, [data-verdict=verified]"


@pytest.fixture
def context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def opened(context: Any, address: str, wait: str = OVER) -> Any:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(wait)
    return page


def address_of(entry: Any, demo_address: str) -> str:
    return f"{demo_address}{entry.address}"


def entry_with(demo: Any, verdict: str) -> Any:
    """A credential of the demo with this verdict, in a JSON file of its own if there is one."""
    found = [entry for entry in demo.entries if entry.report.verdict == verdict]
    return next((entry for entry in found if entry.report.format == "vc2-json" and not entry.place), found[0])


def altered(page_or_context: Any, pattern: str | re.Pattern[str], change: Callable[[str], str]) -> None:
    """Let the server lie: what matches `pattern` arrives changed."""

    def fulfil(route: Any) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page_or_context.route(pattern, fulfil)


def test_the_home_page_counts_what_the_other_verifier_finds(demo: Any, demo_address: str, context: Any) -> None:
    page = opened(context, demo_address)
    expected = Counter(entry.report.verdict for entry in demo.entries)
    found = page.eval_on_selector_all(".pf-card", "cards => cards.map(card => card.dataset.verdict)")
    assert Counter(found) == expected
    count = page.locator('[data-live="count"]')
    line = message("live.count", done=expected["verified"], total=len(demo.entries))
    assert count.locator(".pf-count__line").inner_text() == line
    others = {verdict: number for verdict, number in expected.items() if verdict != "verified"}
    assert others
    for verdict, number in others.items():
        assert re.search(rf"{number}\s+{VERDICTS[verdict]['label']}", count.inner_text())
    assert message("live.count.limit") in count.inner_text()


def test_every_credential_page_says_what_was_found_and_its_limits(demo: Any, demo_address: str, context: Any) -> None:
    for entry in demo.entries:
        page = opened(context, address_of(entry, demo_address))
        article = page.locator("article[data-credential]")
        assert article.get_attribute("data-verdict") == entry.report.verdict
        panel = article.locator('[data-live="verdict"]').inner_text()
        assert VERDICTS[entry.report.verdict]["label"] in panel
        if entry.report.checks["signature"].result == "pass":
            assert message("live.limit") in panel
            key = r"key (z6Mk|did:jwk:)\w+…\w+|a key said to be that of urn:epass:"
            assert re.search(rf"signed by ({key})", panel)
            assert message("live.not.truth") in page.locator('[data-live="proves"]').inner_text()
        assert page.locator('[data-live="digest"]').inner_text().split()[-1] == entry.file.sha256
        asked = {check["title"] for check in vocabulary()["checks"].values()}
        assert set(page.locator(".pf-check strong").all_inner_texts()) == asked
        assert page.locator("article .pf-differences").count() == 0
        page.close()


def test_without_scripts_every_page_is_readable_and_says_not_checked(
    demo: Any, demo_address: str, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for entry in demo.entries:
        page.goto(address_of(entry, demo_address))
        assert VERDICTS["not-checked"]["label"] in page.locator('article [data-live="verdict"]').inner_text()
        assert message("page.nojs") in page.content()
        assert message("page.digest") in page.locator('[data-live="digest"]').inner_text()
        text = " ".join(page.locator("article[data-credential]").inner_text().split())
        facts = [fact for fact in entry.report.credential if fact.kind in ("markdown", "date")]
        assert [fact.pointer for fact in facts if " ".join(shown(fact).split()) not in text] == []
        assert page.locator(GREEN).count() == 0
    for address in ("", "skills/", "issuers/", "check/", "how/"):
        page.goto(demo_address + address)
        assert page.locator(GREEN).count() == 0
        assert page.locator("h1").is_visible()
    context.close()


def test_without_webcrypto_the_check_still_works(demo: Any, demo_address: str, context: Any) -> None:
    context.add_init_script("Object.defineProperty(globalThis, 'crypto', { value: undefined }); delete window.Worker;")
    page = opened(context, demo_address)
    found = page.eval_on_selector_all(".pf-card", "cards => cards.map(card => card.dataset.verdict)")
    assert Counter(found) == Counter(entry.report.verdict for entry in demo.entries)


def test_a_worker_that_does_not_start_is_done_without(demo: Any, demo_address: str, context: Any) -> None:
    context.route("**/worker.js", lambda route: route.abort())
    page = opened(context, address_of(entry_with(demo, "verified"), demo_address))
    assert page.locator("article").get_attribute("data-verdict") == "verified"


@pytest.mark.parametrize("lost", ["**/original.*", "**/data_integrity_rdfc-*.js"])
def test_what_cannot_be_fetched_is_not_checked_and_said(demo: Any, demo_address: str, context: Any, lost: str) -> None:
    context.route(lost, lambda route: route.abort())
    entry = next(one for one in demo.entries if "rdfc" in json.dumps(one.report.to_json()))
    page = opened(context, address_of(entry, demo_address))
    assert page.locator("article").get_attribute("data-verdict") == "not-checked"
    sentence = message("live.unfetched" if "original" in lost else "live.unchecked")
    assert sentence in page.locator('[data-live="verdict"]').inner_text()
    assert page.locator(GREEN).count() == 0


def test_a_picture_that_cannot_be_compared_is_reported(demo: Any, demo_address: str, context: Any) -> None:
    context.route("**/pictures/*", lambda route: route.fulfill(body=b"\x89PNG another", content_type="image/png"))
    entry = next(one for one in demo.entries if one.report.verdict == "verified" and (_has_picture(one)))
    page = opened(context, address_of(entry, demo_address))
    assert page.locator("article").get_attribute("data-verdict") == "failed"


def _has_picture(entry: Any) -> bool:
    return any(fact.field == "image" and str(fact.value).startswith("data:") for fact in entry.report.credential)


LIE = "ab" * 32


def lies(html: str) -> str:
    """Replace every verdict, digest and report that a build could have written."""
    verified = VERDICTS["verified"]["label"]
    html = re.sub(r"(?<!\$)\b[0-9a-f]{64}\b", LIE, html)  # after a $ it is a recipient's, and signed
    html = html.replace("pf-badge--not-checked", "pf-badge--verified").replace(
        "pf-sign--not-checked", "pf-sign--verified"
    )
    html = html.replace(VERDICTS["not-checked"]["label"], verified).replace(
        message("page.notchecked"), message("live.proves.shown")
    )
    html = html.replace(
        "data-credential=", 'data-verdict="verified" data-report=\'{"verdict":"verified"}\' data-credential='
    )
    return html.replace('data-live="proves">', f'data-live="proves"><p>{message("live.proves.signature")}</p>')


def forged(file: bytes) -> bytes:
    """Change what is signed in a token or a picture."""
    return file.replace(b'"proofValue": "z', b'"proofValue": "y').replace(b".eyJ", b".eyK", 1)


def test_nothing_that_the_build_decided_is_read(demo: Any, demo_address: str, context: Any) -> None:
    """A forged file whose pages, digests and portfolio.json all say "Signature checks out"."""
    altered(
        context,
        re.compile(r"/(credentials/[^/]+/)?(\?.*)?$"),
        lambda html: lies(html).replace(' data-report=\'{"verdict":"verified"}\'', ""),
    )
    altered(
        context,
        "**/portfolio.json",
        lambda text: re.sub(r"[0-9a-f]{64}", LIE, text).replace('"inner"', '"verdict": "verified", "inner"'),
    )
    altered(
        context,
        "**/original.json",
        lambda text: text.replace('"type"', '"type" ', 1).replace("Certificate", "certificate").replace("20", "21"),
    )
    context.route(re.compile(r"/original\.(?!json)"), lambda route: route.fulfill(body=forged(route.fetch().body())))
    settled = "() => !document.querySelector('[data-busy]') && document.querySelector('.pf-check, .pf-count__limit')"
    for entry in demo.entries:
        page = opened(context, address_of(entry, demo_address), settled)
        assert page.locator("article").get_attribute("data-verdict") not in ("verified", "not-checked")
        assert page.locator("article .pf-badge--verified, article .pf-sign--verified").count() == 0
        assert LIE not in page.locator("article").inner_text()
        page.close()
    home = opened(context, demo_address, settled)
    assert home.locator(".pf-badge--verified, [data-verdict=verified]").count() == 0


def test_a_verdict_of_the_build_is_taken_back_before_the_check(demo: Any, demo_address: str, context: Any) -> None:
    altered(context, re.compile(r"/(credentials/[^/]+/)?(\?.*)?$"), lies)
    context.route("**/original.json", lambda route: None)
    for address in ("", entry_with(demo, "verified").address):
        page = opened(context, demo_address + address, "() => !!document.querySelector('[data-busy]')")
        assert page.locator("[data-credential] .pf-badge--verified, [data-verdict]").count() == 0
        page.close()


def test_what_the_build_says_does_not_change_an_honest_verdict_either(
    demo: Any, demo_address: str, context: Any
) -> None:
    entry = entry_with(demo, "verified")
    altered(context, re.compile(r"/credentials/[^/]+/$"), lambda html: re.sub(r"\b[0-9a-f]{64}\b", LIE, html))
    page = opened(context, address_of(entry, demo_address))
    assert page.locator("article").get_attribute("data-verdict") == "verified"
    assert page.locator('[data-live="digest"] code').inner_text() == entry.file.sha256


def test_an_attribute_that_the_script_does_not_know_is_reported(demo: Any, demo_address: str, context: Any) -> None:
    altered(context, re.compile(r"/credentials/[^/]+/$"), lies)
    settled = "() => !!document.querySelector('.pf-check')"
    page = opened(context, address_of(entry_with(demo, "verified"), demo_address), settled)
    assert page.locator("article").get_attribute("data-verdict") == "failed"


def check_a_file(page: Any, name: str, data: bytes) -> str:
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/json", "buffer": data})
    page.wait_for_selector("[data-live=result] .pf-verdict[data-verdict]")
    verdict: str = page.locator("[data-live=result] .pf-verdict").first.get_attribute("data-verdict")
    return verdict


def test_any_file_can_be_checked_in_the_page(demo: Any, demo_address: str, context: Any) -> None:
    for entry in demo.entries:
        page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
        assert check_a_file(page, "any.json", entry.file.data) == verify(entry.file.data, now=NOW).verdict
        result = page.locator("[data-live=result]").inner_text()
        assert entry.file.sha256 in result
        page.close()


def test_files_of_every_format_are_checked_also_when_the_network_is_gone(
    demo: Any, demo_address: str, context: Any
) -> None:
    """Whatever part of the verifier one of them needs was loaded with the page."""
    page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    formats = {entry.report.format: entry.file.data for entry in demo.entries}
    assert len(formats) > 10
    verdicts = {format: check_a_file(page, "any.json", data) for format, data in formats.items()}
    assert verdicts == {format: verify(data, now=NOW).verdict for format, data in formats.items()}


def test_a_pasted_text_is_checked_also_when_the_network_is_gone(demo: Any, demo_address: str, context: Any) -> None:
    page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    entry = next(one for one in demo.entries if "rdfc" in json.dumps(one.report.to_json()))
    page.fill("textarea", entry.file.data.decode())
    page.click("button[type=submit]")
    page.wait_for_selector(".pf-verdict[data-verdict]")
    assert page.locator(".pf-verdict").get_attribute("data-verdict") == entry.report.verdict


def test_blank_text_is_not_answered_with_the_last_result(demo: Any, demo_address: str, context: Any) -> None:
    page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
    page.fill("textarea", demo.entries[0].file.data.decode())
    page.click("button[type=submit]")
    page.wait_for_selector(".pf-verdict[data-verdict]")
    page.fill("textarea", " \n ")
    page.click("button[type=submit]")
    assert page.locator('[data-live="result"]').inner_text() == message("live.file.blank")


@pytest.mark.parametrize("part", ["page.js", "what it imports"])
def test_a_page_without_its_script_says_why_nothing_was_checked(
    demo: Any, demo_address: str, context: Any, part: str
) -> None:
    script = (demo.site_dir / "assets/verifier/page.js").read_text("utf-8")
    imported = re.findall(r'from"\./([^"]+)"', script)
    context.route(f"**/assets/verifier/{part if part == 'page.js' else imported[0]}", lambda route: route.abort())
    reason = message("page.unloaded")
    for address in ("", demo.entries[0].address, "issuers/", "check/"):
        page = opened(context, demo_address + address, f"() => document.body.innerText.includes('{reason}')")
        for place in page.locator('[data-live="verdict"], [data-live="count"]').all():
            assert VERDICTS["not-checked"]["label"] in place.inner_text()
            assert reason in place.inner_text()
        page.close()


def test_an_issuer_s_name_cannot_leave_its_quotation_marks(demo_address: str, context: Any) -> None:
    key = IssuerKey.from_seed(bytes(32))
    name = "Acme”. It is “Bank\u202e\u2069\u200f"
    template = {"name": "x", "description": "x", "criteria": "x", "issuer": name}
    signed = issue(Marked("x", template), key, suite="eddsa-jcs-2022", created="2026-01-05T10:00:00Z", folder=Path())
    page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
    page.fill("textarea", signed.decode())
    page.click("button[type=submit]")
    said = page.locator(".pf-verdict__object").inner_text()
    assert said.endswith("which calls itself “\u2068Acme'. It is 'Bank\ufffd\ufffd\u2069”.")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "NOT_A_CREDENTIAL"),
        (b"%PDF-1.7\n", "NOT_SIGNED"),
        (b"{", "NOT_A_CREDENTIAL"),
        (b"\xff" * 99, "NOT_A_CREDENTIAL"),
    ],
)
def test_what_is_no_credential_is_said_so(demo_address: str, context: Any, data: bytes, code: str) -> None:
    page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
    assert check_a_file(page, "x", data) == "cannot-check"
    says = vocabulary()["checks"]["readable"]["codes"][code]["says"].split("{")[0]
    assert says in page.locator("[data-live=result]").inner_text()


def test_of_a_suite_that_was_decided_against_the_reason_is_said(demo_address: str, context: Any) -> None:
    file = next(row["file"] for row in ROWS if row["id"] == "suite-bbs-2020")
    page = opened(context, f"{demo_address}check/", "() => !document.querySelector('[data-filecheck]').hidden")
    check_a_file(page, "old.json", (VECTORS / file).read_bytes())
    assert page.get_by_text("Left out on purpose: it was a draft").count() == 1


def test_hostile_text_in_a_checked_file_is_text(demo: Any, demo_address: str, context: Any) -> None:
    entry = entry_with(demo, "verified")
    hostile = json.loads(entry.file.data)
    hostile["name"] = "<img src=x onerror=alert(1)><b>bold</b>"
    hostile["credentialSubject"]["achievement"]["criteria"] = {
        "id": "javascript:alert(1)",
        "narrative": "<script>1</script>",
    }
    page = opened(context, demo_address + "check/", "() => !document.querySelector('[data-filecheck]').hidden")
    check_a_file(page, "<i>name</i>.json", json.dumps(hostile).encode())
    result = page.locator("[data-live=result]")
    assert "<img src=x onerror=alert(1)><b>bold</b>" in result.inner_text()
    assert result.locator("img, b, i, script").count() == 0
    assert result.locator("a[href^=javascript]").count() == 0


def test_where_no_check_ran_nothing_is_counted_as_checked(demo: Any, demo_address: str, context: Any) -> None:
    context.route("**/original.*", lambda route: route.abort())
    page = context.new_page()
    page.goto(demo_address)
    page.wait_for_function(OVER)
    assert page.locator(".pf-count__line").inner_text() == message("live.count.nothing")


def test_a_slow_check_shows_progress_and_announces_its_end_once(demo: Any, demo_address: str, context: Any) -> None:
    held: list[Any] = []
    context.route("**/original.json", lambda route: held.append(route))
    page = context.new_page()
    page.goto(address_of(entry_with(demo, "verified"), demo_address))
    page.wait_for_selector(".pf-progress")
    live = page.locator('[data-live="verdict"]')
    assert live.get_attribute("aria-live") == "polite"
    assert live.get_attribute("aria-busy") == "true"
    for route in held:
        route.continue_()
    page.wait_for_function(OVER)
    assert live.get_attribute("aria-busy") is None
    assert page.locator(".pf-progress").count() == 0


def test_a_page_with_a_thousand_cards_finishes(demo: Any, demo_address: str, context: Any) -> None:
    """A thousand addresses, each fetched and checked."""
    address = next(one for one in demo.entries if one.report.verdict == "verified").slug

    def many(html: str) -> str:
        card = re.search(rf'<article class="pf-card"[^>]*{address}/original\.json.*?</article>', html, re.DOTALL)
        assert card
        copies = [card[0].replace("original.json", f"original.json?{number}") for number in range(1000)]
        return html.replace(card[0], "".join(copies))

    altered(context, re.compile(r"^[^?]*:\d+/$"), many)
    page = context.new_page()
    page.goto(demo_address, wait_until="domcontentloaded")
    page.wait_for_function(OVER, timeout=120_000)
    total = 1000 + len(demo.entries) - 1
    verified = 1000 - 1 + sum(entry.report.verdict == "verified" for entry in demo.entries)
    assert page.locator(".pf-count__line").inner_text() == message("live.count", done=verified, total=total)


def test_a_credential_page_is_light(demo: Any, demo_address: str, context: Any) -> None:
    """At most 150 KB gzip with everything on it (issue 2)."""
    entry = max((one for one in demo.entries if one.report.verdict == "verified"), key=lambda one: len(one.file.data))
    sizes: dict[str, int] = {}
    context.on("response", lambda response: sizes.__setitem__(response.url, len(gzip.compress(response.body(), 9))))
    page = opened(context, address_of(entry, demo_address))
    page.wait_for_load_state("networkidle")
    assert len(sizes) > 5
    assert sum(sizes.values()) <= 150_000, sorted(sizes.items(), key=str)


def test_every_sentence_of_the_script_comes_from_the_vocabulary(
    demo: Any, demo_address: str, context: Any, root: Path, node: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    """In a made-up language all that the script writes is in ⟦⟧, but for verified values and technical names."""
    folder = root / "portfolio_gen" / "browser"
    script = tmp_path / "build.mjs"
    script.write_text(
        PSEUDO.replace("FOLDER", json.dumps(str(folder))).replace("OUT", json.dumps(str(tmp_path / "out"))), "utf-8"
    )
    node(script)
    built = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.js")}
    context.route(
        "**/assets/verifier/*",
        lambda route: route.fulfill(body=built[route.request.url.rsplit("/", 1)[1]], content_type="text/javascript"),
    )
    names = "[0-9a-f]{64}$|[0-9]+$|[0-9]{4}-|did:(key|jwk):|eddsa-|merkle-|blockstream[.]info$|https://(open-streets|ledgerfield)|CN=|urn:epass:|JsonWebSignature|Ed25519|/|[A-Za-z]+[0-9]*$"
    own = f"new RegExp('^(⟦|{names})')"
    texts = """(own) => [...document.querySelectorAll('[data-live]')].flatMap((part) => {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), found = [];
      while (walker.nextNode()) found.push(walker.currentNode.data.trim());
      return found.filter((text) => text && !eval(own).test(text));
    })"""
    for address in ("", *(entry.address for entry in demo.entries)):
        page = opened(context, demo_address + address)
        assert page.locator("[data-live]", has_text="⟦").count()
        found = page.evaluate(texts.replace("eval(own)", own), "")
        assert found == [], address
        page.close()


PSEUDO = """
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const folder = FOLDER;
const { settings } = await import(folder + '/bundle.mjs');
const { build } = createRequire(folder + '/')('esbuild');
const said = (value) => typeof value === 'string' ? `⟦${value}⟧` : typeof value !== 'object' ? value
  : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, said(part)]));
const vocabulary = JSON.parse(readFileSync(folder + '/../data/vocabulary.json', 'utf8'));
const { checks, results, verdicts, fields, messages, formats } = vocabulary;
const codes = (rows) => Object.fromEntries(Object.entries(rows).map(([code, { says }]) => [code, says]));
const words = said({
  checks: Object.fromEntries(Object.entries(checks).map(([name, { title, asks, codes: rows }]) =>
    [name, { title, asks, codes: codes(rows) }])),
  results, verdicts, messages, formats: {},
  fields: Object.fromEntries(fields.map(({ field, label, must }) => [field, { label, must }])),
});
const later = { codes: Object.fromEntries(Object.entries(words.checks).map(([name, check]) => [name, check.codes])),
  formats: said(formats), fields: words.fields, messages: words.messages };
const disguise = { name: 'disguise', setup({ onResolve, onLoad }) {
  onResolve({ filter: /^virtual:(words|sentences)$/ }, ({ path }) => ({ path, namespace: 'disguise' }));
  onLoad({ filter: /.*/, namespace: 'disguise' }, ({ path }) =>
    ({ contents: `export default ${JSON.stringify(path.endsWith('words') ? words : later)}` }));
} };
const base = settings();
await build({ ...base, splitting: true, outdir: OUT, chunkNames: '[name]-[hash]', plugins: [disguise, ...base.plugins],
  entryPoints: { verifier: 'src/verifier.ts', worker: 'src/worker.ts', page: 'src/dom.ts',
    unloaded: 'src/unloaded.ts' } });
"""
