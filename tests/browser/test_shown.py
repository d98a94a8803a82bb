"""The check `shown`: whatever a page says in a credential's name is compared with the signed document.

One page holds many copies of a credential's element, each with one thing changed; then the page script runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portfolio_gen.pages import Entry, SiteInfo, compose
from portfolio_gen.report import Fact, IssuerIdentity, Report
from portfolio_gen.vocabulary import fields, message, vocabulary
from portfolio_gen.wallet import WalletFile

ALTERED = """([changes, scripts]) => {
  const original = document.querySelector('[data-credential]');
  const template = original.cloneNode(true), parent = original.parentElement;
  for (const one of document.querySelectorAll('[data-credential]')) one.remove();
  const claims = (root) => [...root.querySelectorAll('[data-claim]')];
  for (const [index, change] of changes.entries()) {
    const copy = template.cloneNode(true);
    const link = () => copy.querySelector('a[data-claim]');
    const image = () => copy.querySelector('img[data-claim]');
    const text = (field) => copy.querySelector(`[data-field="${field}"]`);
    const place = copy.querySelector('[data-claim]').closest('section, header, div');
    const stray = (html) => place.insertAdjacentHTML('afterbegin', html);
    const helpers = { copy, claims: claims(copy), link, image, text, stray };
    new Function(...Object.keys(helpers), change)(...Object.values(helpers));
    parent.append(copy);
  }
  return import(scripts);
}"""
FOUND = """() => [...document.querySelectorAll(':not([data-credential] *)[data-credential]')].map((copy) => ({
  verdict: copy.dataset.verdict,
  differences: (copy.querySelector('.pf-differences')?.innerText ?? '').replace(/[\\u2068\\u2069]/g, ''),
  text: copy.innerText.replace(/[\\u2068\\u2069]/g, ''),
}))"""
OVER = "() => document.querySelectorAll('[data-credential]:not([data-verdict])').length === 0"

Found = list[dict[str, str]]
Alter = Callable[[str, list[str]], Found]


@pytest.fixture
def alter(browser: Any, demo_address: str) -> Iterator[Alter]:
    """Open a page without its script, put altered copies of its first credential there, then run the script."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})

    def run(address: str, changes: list[str]) -> Found:
        page = context.new_page()
        page.route("**/page.js", lambda route: route.abort())
        page.goto(demo_address + address)
        page.unroute("**/page.js")
        page.evaluate(ALTERED, [changes, f"{demo_address}assets/verifier/page.js?now"])
        page.wait_for_function(OVER)
        found: Found = page.evaluate(FOUND)
        page.close()
        assert len(found) == len(changes)
        return found

    yield run
    context.close()


@pytest.fixture(scope="session")
def rich(demo: Any) -> Any:
    """The verified credential of the demo with the most kinds of facts."""
    verified = [entry for entry in demo.entries if entry.report.verdict == "verified"]
    best = max(verified, key=lambda entry: len({fact.field for fact in entry.report.credential}))
    kinds = {fact.kind for fact in best.report.credential}
    assert kinds >= {"text", "markdown", "date", "link", "image"}
    return best


def test_an_unaltered_page_is_what_was_signed(alter: Alter, rich: Any) -> None:
    assert [one["verdict"] for one in alter(rich.address, ["", ""])] == ["verified", "verified"]


def each_claim(change: str, count: int) -> list[str]:
    return [f"const claim = claims[{index}]; {change}" for index in range(count)]


@pytest.mark.parametrize(
    "change",
    [
        "claim.tagName === 'IMG' ? claim.setAttribute('src', '../../noor.svg') : claim.append('x')",
        "claim.tagName === 'IMG' ? claim.removeAttribute('src') : claim.replaceChildren('')",
        "claim.dataset.field = claim.dataset.field === 'term' ? 'role' : 'term'",
        "claim.dataset.claim = '/nowhere'",
        "claim.removeAttribute('data-claim')",
        "claim.innerHTML += '<b>more</b>'; if (claim.tagName === 'IMG') claim.dataset.claim = ''",
    ],
)
def test_every_claim_that_is_altered_is_reported(alter: Alter, rich: Any, change: str) -> None:
    count = len(rich.report.credential)
    page_claims = alter(rich.address, each_claim(f"if (!claim) return; {change}", count))
    verdicts = [one["verdict"] for one in page_claims]
    shown = sum(verdict == "failed" for verdict in verdicts)
    assert verdicts == ["failed"] * shown + ["verified"] * (count - shown), verdicts
    assert shown >= 30
    assert all(one["differences"] for one in page_claims[:shown])


def test_every_label_that_is_altered_is_reported(alter: Alter, rich: Any) -> None:
    other = vocabulary()["fields"][0]["label"]
    changes = [
        f"const term = copy.querySelectorAll('dt')[{index}]; term.textContent = '{other}'" for index in range(30)
    ]
    assert {one["verdict"] for one in alter(rich.address, changes)} == {"failed"}


def musts(entry: Any) -> list[str]:
    must = {row.field for row in fields() if row.must}
    return [fact.pointer for fact in entry.report.credential if fact.field in must]


HIDDEN = {
    "ellipsis": ".it { display: block; width: 1.2em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }",
    "line clamp": ".it { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 1; width: 1em;"
    " overflow: hidden; overflow-wrap: anywhere }",
    "no height": ".it { display: block; height: 0; overflow: hidden }",
    "no width": ".it { display: block; width: 0; overflow: clip; white-space: nowrap }",
    "no size": ".it { font-size: 0 }",
    "tiny": ".it { font-size: 2px }",
    "scaled away": ".it { display: inline-block; transform: scale(0.01) }",
    "turned away": ".it { display: inline-block; transform: rotateY(90deg) }",
    "opacity": ".it { opacity: 0 }",
    "nearly no opacity": ".it { opacity: 0.04 }",
    "little opacity, often": ".around { opacity: 0.5 } .it { opacity: 0.5 }",
    "faded by a filter": ".it { filter: opacity(2%) }",
    "blurred": ".it { filter: blur(9px) }",
    "invisible": ".it { visibility: hidden }",
    "collapsed": ".it { visibility: collapse }",
    "clip-path": ".it { clip-path: circle(0) }",
    "clip-path around it": ".around { clip-path: inset(50%) }",
    "clip": ".it { position: absolute; clip: rect(0 0 0 0) }",
    "mask": ".it { mask-image: linear-gradient(transparent, transparent) }",
    "dots": ".it { -webkit-text-security: disc }",
    "replaced": ".it { content: url('data:image/gif;base64,R0lGODlhAQABAAAAACw=') }",
    "contained": ".it { display: inline-block; contain: strict }",
    "left of the page": ".it { position: absolute; left: -9999px }",
    "above the page": ".it { position: absolute; top: -9999px }",
    "fixed below the screen": ".it { position: fixed; top: 200vh }",
    "indented away": ".it { display: block; text-indent: -9999px; overflow: hidden }",
    "moved out of a box": ".around { overflow: hidden } .it { position: relative; top: 999em }",
    "transparent": ".it { color: transparent }",
    "filled with nothing": ".it { -webkit-text-fill-color: transparent }",
    "colour of its ground": ".it { color: #fff; background: #fffffe }",
    "colour of the card": ".it { color: var(--pf-surface) } .around { background: var(--pf-surface) }",
}


HIDE = """const sheet = new CSSStyleSheet(), claim = text('{field}');
  sheet.replaceSync({style});
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  claim.classList.add('it-{number}'); copy.classList.add('around-{number}');"""


def hide(style: str, field: str, number: int) -> str:
    for name in ("it", "around"):
        style = style.replace(f".{name} ", f".{name}-{number} ")
    return HIDE.format(field=field, style=json.dumps(style), number=number)


@pytest.mark.parametrize("field", ["name", "validFrom"])
def test_what_must_be_shown_and_is_hidden_by_a_style_is_reported(alter: Alter, rich: Any, field: str) -> None:
    found = alter(rich.address, [hide(style, field, number) for number, style in enumerate(HIDDEN.values())])
    assert [way for way, one in zip(HIDDEN, found, strict=True) if one["verdict"] != "failed"] == []
    missing = message("live.missing").split("{")[0].strip()
    assert [way for way, one in zip(HIDDEN, found, strict=True) if missing not in one["differences"]] == []


LEGIBLE = {
    "on a dark ground": ".it { background: #000; color: #ddd }",
    "narrow": ".around { width: 12rem }",
    "in a box": ".around { overflow: hidden } .it { display: block; overflow: hidden }",
    "turned round": ".it { display: inline-block; transform: rotate(180deg) }",
    "inverted": ".around { filter: invert(1) hue-rotate(180deg) }",
    "a little paler": ".it { opacity: 0.9 }",
    "small": ".it { font-size: 9px }",
}


@pytest.mark.parametrize("field", ["name", "validFrom"])
def test_what_can_be_read_is_shown(alter: Alter, rich: Any, field: str) -> None:
    found = alter(rich.address, [hide(style, field, number) for number, style in enumerate(LEGIBLE.values())])
    assert {way: one["verdict"] for way, one in zip(LEGIBLE, found, strict=True)} == dict.fromkeys(LEGIBLE, "verified")


def test_material_s_class_that_cuts_off_is_reported(alter: Alter, rich: Any) -> None:
    cut = ".it { display: block; width: 6em; white-space: nowrap }"
    found = alter(
        rich.address, [hide(cut, "issuerId", 1), hide(cut, "issuerId", 2) + "claim.classList.add('md-ellipsis')"]
    )
    assert [one["verdict"] for one in found] == ["verified", "failed"]


@pytest.mark.parametrize(
    "change",
    [
        "claim.remove()",
        "(claim.closest('.pf-fact') ?? claim).remove()",
        "claim.hidden = true",
        "const hidden = document.createElement('div'); copy.querySelector('.pf-hero').append(hidden);"
        ' hidden.outerHTML = `<section class="pf-section--dates"><h2>${claim.outerHTML}</h2></section>`;'
        " claim.remove()",
        "claim.closest('section, header').hidden = true",
        "claim.parentElement.setAttribute('data-owner', '')",
        "claim.parentElement.setAttribute('data-live', 'checks')",
        "copy.dataset.view = 'card'; claim.remove()",
        "copy.dataset.view = 'issuer'; claim.remove()",
    ],
)
def test_what_must_be_shown_and_is_not_is_reported_with_the_signed_text(alter: Alter, rich: Any, change: str) -> None:
    pointers = musts(rich)
    assert len(pointers) >= 6
    changes = [f'const claim = copy.querySelector(`[data-claim="{pointer}"]`); {change}' for pointer in pointers]
    for one in alter(rich.address, changes):
        assert one["verdict"] == "failed"
        assert message("live.missing").split("{")[0].strip() in one["differences"]


SIGNED_TEXT = [
    ("text('name').textContent = 'Doctor of Everything'", "name"),
    ("text('validFrom').textContent = '1 January 2000'", "validFrom"),
    ("text('issuerName').textContent = 'Another University'", "issuerName"),
]


@pytest.mark.parametrize(("change", "field"), SIGNED_TEXT)
def test_the_signed_text_stands_beside_what_differs(alter: Alter, rich: Any, change: str, field: str) -> None:
    from portfolio_gen.format import shown

    signed = next(shown(fact) for fact in rich.report.credential if fact.field == field)
    (found,) = alter(rich.address, [change])
    assert found["verdict"] == "failed"
    assert message("live.signed", signed=signed) in found["text"]
    assert f"“{signed}”" in found["differences"]


UNSIGNED = [
    "stray('Awarded with distinction')",
    "stray('<p>Awarded with distinction</p>')",
    "stray('<h2>Distinction</h2>')",
    "stray('<p data-live=\"nothing\">Distinction</p>')",
    "stray('<b>Distinction</b>')",
    "stray('<p title=\"Distinction\"></p>')",
    "stray('<p aria-label=\"Distinction\"></p>')",
    "stray('<p aria-description=\"Distinction\"></p>')",
    "stray('<p aria-labelledby=\"x\"></p>')",
    'stray(\'<img src="../../noor.svg" alt="">\')',
    "stray('<p style=\"background:url(../../noor.svg)\"></p>')",
    "stray('<input value=\"Distinction\">')",
    "stray('<textarea>Distinction</textarea>')",
    "stray('<button>Distinction</button>')",
    "stray('<select><option>Distinction</option></select>')",
    "stray('<iframe></iframe>')",
    "stray('<object data=\"../../noor.svg\"></object>')",
    "stray('<video poster=\"../../noor.svg\"></video>')",
    "stray('<picture><source srcset=\"../../noor.svg\"></picture>')",
    "stray('<svg viewBox=\"0 0 9 9\"><text>Distinction</text></svg>')",
    'stray(\'<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>\')',
    "stray('<ruby>x<rt>Distinction</rt></ruby>')",
    "stray('<details><summary>Distinction</summary></details>')",
    "stray('<a href=\"https://elsewhere.example/\"></a>')",
    "stray('<a href=\"javascript:alert(1)\"></a>')",
    "stray('<p onclick=\"1\"></p>')",
    "stray('<dl><dt>Distinction</dt><dd></dd></dl>')",
    f"stray('<p>{vocabulary()['verdicts']['verified']['label']}</p>')",
    f"stray('<p>{message('live.proves.status')}</p>')",
    "link().href = 'https://elsewhere.example/'",
    "link().setAttribute('href', 'javascript:alert(1)')",
    "link().setAttribute('href', link().getAttribute('href') + '#')",
    "link().setAttribute('ping', 'https://elsewhere.example/')",
    "image().setAttribute('srcset', '../../noor.svg 2x')",
    "image().setAttribute('alt', 'Distinction')",
    "image().setAttribute('src', 'https://elsewhere.example/x.png')",
    "copy.setAttribute('title', 'Distinction')",
    "copy.setAttribute('style', 'color:red')",
    "text('name').setAttribute('style', 'font-size:0')",
    "text('name').setAttribute('aria-label', 'Distinction')",
    "text('name').setAttribute('dir', 'rtl')",
    "text('name').parentElement.setAttribute('dir', 'rtl')",
    'stray(\'<img data-claim="" data-live="art" src="../../noor.svg">\')',
    'stray(\'<img data-claim="" data-owner src="../../noor.svg">\')',
    "stray('<img data-owner>')",
    'stray(\'<a data-claim="" data-live="art" href="https://elsewhere.example/"></a>\')',
    "const dl = text('issuerName').closest('dl').outerHTML; stray(`<dl><dt>Distinction</dt><dd>${dl}</dd></dl>`)",
    'stray(\'<dl><dt>Distinction</dt><dd><p data-live="art"><i data-claim=""></i></p></dd></dl>\')',
    "stray('<dl><dt>Distinction</dt><dd data-owner><i data-claim=\"\"></i></dd></dl>')",
]


def test_words_that_stand_nowhere_in_the_signed_document_are_reported(alter: Alter, rich: Any) -> None:
    found = alter(rich.address, UNSIGNED)
    assert [change for change, one in zip(UNSIGNED, found, strict=True) if one["verdict"] != "failed"] == []
    assert [change for change, one in zip(UNSIGNED, found, strict=True) if not one["differences"]] == []


GREEN = '<span class="pf-sign pf-sign--verified"></span>'
IMITATIONS = [
    f"stray('{GREEN}')",
    "stray('<span class=\"pf-badge pf-badge--verified\"></span>')",
    "stray('<p class=\"pf-answer pf-answer--pass\"></p>')",
    "stray('<div data-verdict=\"verified\"></div>')",
    "text('name').dataset.verdict = 'verified'",
    "text('name').classList.add('pf-sign', 'pf-sign--verified')",
    "text('name').parentElement.classList.add('pf-badge--verified')",
    "copy.classList.add('pf-verdict')",
    f"stray('<div data-owner>{GREEN} I passed</div>')",
    f"stray('<div data-live=\"nothing\">{GREEN}</div>')",
    "copy.querySelector('[data-live=verdict]').dataset.verdict = 'verified'",
    "copy.querySelector('[data-live=verdict]').classList.add('pf-badge--verified')",
    "copy.querySelector('[data-live=digest]').className = 'pf-verdict'",
    "copy.querySelector('[data-live=identity]').dataset.verdict = 'verified'",
    f"copy.dataset.live = 'verdict'; stray('{GREEN}')",
]


def test_our_own_marks_of_a_verdict_are_painted_by_the_script_only(alter: Alter, rich: Any) -> None:
    found = alter(rich.address, IMITATIONS)
    assert [change for change, one in zip(IMITATIONS, found, strict=True) if one["verdict"] != "failed"] == []


def test_what_is_around_a_credential_paints_nothing_in_it(alter: Alter, rich: Any) -> None:
    (found,) = alter(rich.address, [f"document.querySelector('.pf-page').dataset.live = 'art'; stray('{GREEN}')"])
    assert found["verdict"] == "failed"
    assert "pf-sign" in found["differences"]


FINE = [
    f"copy.querySelector('[data-live=checks]').innerHTML = '{GREEN}'",
    "copy.dataset.verdict = 'verified'",
    "link().removeAttribute('href')",
    "stray('<p>' + ' ' + '</p>')",
    "copy.querySelector('[data-live=verdict]').textContent = 'Gold standard'",
    "copy.querySelector('[data-live=checks]').innerHTML = '<p title=\"lie\">Lie</p>'",
    f"stray('<h2>{message('label.section.skills')}</h2>')",
    "text('name').textContent = '  ' + text('name').textContent + '\\n'",
]


SWAP = """const [one, other] = [...copy.querySelectorAll('[data-field="{field}"]')].slice(0, 2);
  const mark = document.createElement('i');
  one.replaceWith(mark); other.replaceWith(one); mark.replaceWith(other);"""
LISTS = "const [one, other] = [...copy.querySelectorAll('.pf-section--{section} dl')];"
MISPLACED = [
    *(SWAP.format(field=field) for field in ("resultValue", "resultName", "skill", "skillFramework")),
    LISTS.format(section="results") + "one.append(...other.children); other.remove()",
    LISTS.format(section="results") + "one.after(...one.children); other.after(...other.children)",
    LISTS.format(section="skills")
    + "const alone = one.cloneNode(); alone.append(one.lastElementChild); one.after(alone)",
    LISTS.format(section="results")
    + "const value = other.querySelector('[data-field=resultValue]').closest('.pf-fact'), alone = other.cloneNode();"
    + "alone.append(value); one.after(alone)",
    LISTS.format(section="results") + "one.append(other.cloneNode(true)); other.remove()",
    LISTS.format(section="results") + "copy.querySelector('.pf-identity dl').append(one.firstElementChild)",
    "const name = text('resultName').closest('.pf-fact'); copy.querySelectorAll('.pf-section--results dl')[1].prepend("
    "name.cloneNode(true))",
]


def test_facts_that_change_places_are_reported(alter: Alter, rich: Any) -> None:
    found = alter(rich.address, MISPLACED)
    assert [change for change, one in zip(MISPLACED, found, strict=True) if one["verdict"] != "failed"] == []
    assert [change for change, one in zip(MISPLACED, found, strict=True) if not one["differences"]] == []
    assert message("live.misplaced").split(")")[1] in found[0]["differences"]
    assert message("live.elsewhere") in found[0]["text"]


RESULT, DESCRIBED = "/credentialSubject/result", "/credentialSubject/achievement/resultDescription"
TOGETHER = {
    "two attempts at one test": [
        ("resultId", f"{DESCRIBED}/0/id", "urn:a"),
        ("resultName", f"{DESCRIBED}/0/name/@value", "Test"),
        *(
            (field, f"{RESULT}/{n}/{at}", text)
            for n in (0, 1)
            for field, at, text in (("resultOf", "resultDescription", "urn:a"), ("resultValue", "value", "7"))
        ),
    ],
    "one identifier for two tests": [
        *(
            (field, f"{DESCRIBED}/{n}/{at}", text)
            for n in (0, 1)
            for field, at, text in (("resultId", "id", "urn:a"), ("resultName", "name", "Test"))
        ),
        ("resultOf", f"{RESULT}/0/resultDescription", "urn:a"),
        ("resultValue", f"{RESULT}/0/value", "7"),
    ],
    "a result that names two tests": [
        ("resultId", f"{DESCRIBED}/0/id", "urn:a"),
        ("resultName", f"{DESCRIBED}/0/name", "Test"),
        ("resultOf", f"{RESULT}/0/resultDescription/0", "urn:a"),
        ("resultOf", f"{RESULT}/0/resultDescription/1", "urn:b"),
        ("resultValue", f"{RESULT}/0/value", "7"),
    ],
    "one result, one test, no identifiers": [
        ("resultName", f"{DESCRIBED}/name", "Test"),
        ("resultValue", f"{RESULT}/value", "7"),
    ],
    "identifiers that say nothing": [
        ("resultId", f"{DESCRIBED}/0/id", " "),
        ("resultName", f"{DESCRIBED}/0/name", "Test"),
        ("resultOf", f"{RESULT}/0/resultDescription", " "),
        ("resultValue", f"{RESULT}/0/value", "7"),
    ],
    "two subjects": [
        (field, f"/credentialSubject/{n}/{at}", f"{field} {n}")
        for n in (0, 1)
        for field, at in (
            ("recipientName", "name"),
            ("skill", "achievement/alignment/targetName"),
            ("tag", "achievement/tag/0"),
            ("evidenceName", "evidence/0/name"),
            ("achievementId", "achievement/id"),
            ("creditsEarned", "creditsEarned"),
            ("creditsAvailable", "achievement/creditsAvailable"),
        )
    ],
}


@pytest.mark.parametrize("case", TOGETHER)
def test_what_the_site_puts_together_belongs_together(ask: Any, case: str) -> None:
    """The rule stands in pages/claims.py and in together.ts: what one makes, the other must pass."""
    facts = [Fact(field, pointer, text, "text") for field, pointer, text in TOGETHER[case]]
    report = Report("0" * 64, "vc2-json", "verified", {}, IssuerIdentity("did:key:z", None), facts)
    entry = Entry(WalletFile("x.json", b"", "0" * 64), report, "x")
    page = next(page for page in compose([entry], (), SiteInfo("x")) if page.kind == "credential")
    groups = [group for section in page.data["sections"].values() for group in section.groups]
    claims = [
        {"field": claim.field, "pointer": claim.pointer, "group": index}
        for index, group in enumerate(groups)
        for row in group
        for claim in row.claims
    ]
    given = [{"field": fact.field, "pointer": fact.pointer, "value": fact.value, "as": fact.kind} for fact in facts]
    assert len(claims) >= 2
    assert ask([{"do": "misplaced", "claims": claims, "facts": given}]) == [{"is": []}]


def test_a_card_puts_no_other_skill_s_framework_beside_a_skill(alter: Alter, demo: Any) -> None:
    """Both frameworks read the same, so that nothing but the place in the signed document tells."""
    pages = sorted(demo.site_dir.glob("skills/*/index.html"))
    page = next(path for path in pages if "alignment/1/targetFramework" in path.read_text("utf-8"))
    change = "text('skillFramework').dataset.claim = text('skillFramework').dataset.claim.replace('/1/', '/0/')"
    honest, found = alter(page.parent.relative_to(demo.site_dir).as_posix() + "/", ["", change])
    assert (honest["verdict"] == "failed", found["verdict"]) == (False, "failed")
    assert message("live.misplaced").split(")")[1] in found["differences"]


def test_what_says_nothing_new_changes_nothing(alter: Alter, rich: Any) -> None:
    found = alter(rich.address, FINE)
    assert [
        (change, one["differences"]) for change, one in zip(FINE, found, strict=True) if one["verdict"] != "verified"
    ] == []
    assert "Gold standard" not in found[4]["text"]
    assert "Lie" not in found[5]["text"]


def test_the_owners_words_are_made_visibly_theirs(alter: Alter, rich: Any) -> None:
    (found,) = alter(rich.address, ["stray('<p data-owner>I loved it</p>')"])
    assert found["verdict"] == "verified"
    assert message("live.owner") in found["text"]


def test_no_verdict_is_painted_among_the_owners_words(alter: Alter, rich: Any) -> None:
    words = '<div data-owner>Doctor of Everything <p data-live="verdict"></p></div>'
    (found,) = alter(rich.address, [f"stray('{words}')"])
    label = vocabulary()["verdicts"]["verified"]["label"]
    assert "Doctor of Everything" in found["text"]
    assert found["text"].count(label) == 1


@pytest.mark.parametrize("mode", ["open", "closed"])
def test_a_shadow_root_shows_nothing(alter: Alter, rich: Any, mode: str) -> None:
    shadow = f"attachShadow({{ mode: '{mode}' }}).innerHTML = '<b>Distinction</b>'"
    found = alter(rich.address, [f"text('name').{shadow}", f"copy.{shadow}"])
    assert [one["verdict"] for one in found] == ["verified", "verified"]
    assert all("Distinction" not in one["text"] and one["text"].strip() for one in found)


def test_a_credential_inside_another_is_reported(alter: Alter, rich: Any) -> None:
    found = alter(rich.address, ["const inner = copy.cloneNode(true); copy.append(inner)"])
    assert found[0]["verdict"] == "failed"


@pytest.mark.parametrize(
    "change",
    [
        "claims.find((claim) => claim.dataset.field === 'issuerName').closest('.pf-fact').remove()",
        "claims.find((claim) => claim.dataset.field === 'name').textContent = 'Doctor'",
        "claims.find((claim) => claim.dataset.field === 'validFrom').hidden = true",
        "copy.querySelector('a').href = 'https://elsewhere.example/'",
        "copy.querySelector('a').append(' with distinction')",
        "copy.append('with distinction')",
    ],
)
def test_cards_are_held_to_the_same_rules(alter: Alter, change: str) -> None:
    honest, found = alter("", ["", change])
    assert honest["verdict"] in ("verified", "partly-checked", "expired")
    assert found["verdict"] == "failed"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_narrow_screen_every_fact_of_the_demo_is_in_sight(
    browser: Any, demo: Any, demo_address: str, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    for address in ("", "issuers/", "skills/", *(entry.address for entry in demo.entries)):
        page = context.new_page()
        page.goto(demo_address + address)
        page.wait_for_function(OVER)
        assert page.locator(".pf-differences").all_inner_texts() == [], address
        page.close()
    context.close()
