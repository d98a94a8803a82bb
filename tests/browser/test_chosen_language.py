"""The language that an owner chose for a credential: every view shows it; none may show another in its place.

What a card, a line and a skill show is altered in Chromium; Python reads the same page, and both must find the same.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from browser.portfolios import CONFIG, found_in, served
from browser.test_two_readings import both, plain, sentences
from portfolio_gen.issuing import IssuerKey, issue, sign
from portfolio_gen.pages.translations import first_fact
from portfolio_gen.report import Check, Fact, IssuerIdentity, Report
from portfolio_gen.shown import Claim, Snapshot, compare
from portfolio_gen.site.build import build
from portfolio_gen.vocabulary import labels, message, speaking

CREATED = "2026-01-05T10:00:00Z"
KEY = IssuerKey.from_seed(bytes(range(32)))
OVER = "() => [...document.querySelectorAll('[data-credential]')].every((element) => element.dataset.verdict)"
ABOUT = "# About\n\n[[credential: bees.json]]\n\n[[skill: Keeping bees]]\n"
CHOSEN = {"bees": ("de", "Bienenhaltung", "Akademie Nordlicht"), "wasps": ("it", "Wasps", "Northern Light Academy")}
CHOSEN["ants"] = ("fr", "Fourmis", "Northern Light Academy")
"""By file: the language that its owner chose, and name and issuer in it, or else in the page's."""


def texts(**by_language: str) -> list[dict[str, str]]:
    return [{"@value": text, "@language": lang} for lang, text in by_language.items()]


def credential(date: str, **names: str) -> bytes:
    """A credential by this name in several languages; its issuer has one in English and in German."""
    skill = {"name": "Keeping bees", "url": "https://skills.example/bees", "framework": "Skills"}
    short = {"name": names["en"], "description": "d", "criteria": "c", "issuer": "i", "skills": [skill]}
    document = json.loads(issue(short, KEY, created=CREATED))
    del document["proof"]
    document["validFrom"] = date
    document["name"] = document["credentialSubject"]["achievement"]["name"] = texts(**names)
    document["issuer"]["name"] = texts(en="Northern Light Academy", de="Akademie Nordlicht")
    achievement = document["credentialSubject"]["achievement"]
    achievement["description"] = texts(en="One hive.", de="Ein Stock.")
    achievement["alignment"][0]["targetName"] = texts(en="Keeping bees", de="Bienen halten")
    return sign(document, KEY, suite="eddsa-jcs-2022", created=CREATED)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("chosen")
    for name in ("wallet", "pages"):
        (folder / name).mkdir()
    (folder / "pages" / "about.md").write_text(ABOUT, "utf-8")
    (folder / "mkdocs.yml").write_text(f"site_url: https://ada.example/\n{CONFIG}      exports: [cv, csv]\n", "utf-8")
    files = {
        "bees": credential(CREATED, en="Beekeeping", de="Bienenhaltung", fr="Apiculture"),
        "wasps": credential("2025-01-05T10:00:00Z", en="Wasps", de="Wespen"),
        "ants": credential("2025-01-05T10:00:00Z", en="Ants", fr="Fourmis"),
    }
    for name, data in files.items():
        (folder / "wallet" / f"{name}.json").write_bytes(data)
        (folder / "wallet" / f"{name}.json.yml").write_text(f"language: {CHOSEN[name][0]}\nstack: Insects\n", "utf-8")
    return build(folder / "mkdocs.yml")


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    with served(site.site_dir) as base:
        yield base


def entry_of(site: Any, name: str = "bees") -> Any:
    return next(entry for entry in site.entries if entry.file.name == f"{name}.json").whole()


def test_from_outside_nothing_is_wrong_with_it(site: Any) -> None:
    found = found_in(site.site_dir, CREATED)
    assert (found.problems, found.differences) == ([], [])
    assert [report.verdict for _, report in found.reports] == ["verified"] * 3


ODD = {
    "no tag": [("de_AT", "Bienen halten"), ("en", "Keeping bees")],
    "an empty tag": [("", "Bees"), ("en", "Keeping bees")],
    "a private tag": [("fr", "Abeilles"), ("x_1", "Bees")],
    "an empty text": [("de", " "), ("en", "Keeping bees")],
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("chosen", ["", "language: de\n"], ids=["none chosen", "chosen"])
def test_texts_in_odd_languages_check_out_on_every_page(tmp_path: Path, odd: str, chosen: str) -> None:
    for name in ("wallet", "pages"):
        (tmp_path / name).mkdir()
    (tmp_path / "mkdocs.yml").write_text(f"site_url: https://ada.example/\n{CONFIG}      exports: [cv]\n", "utf-8")
    document = json.loads(credential(CREATED, en="Beekeeping"))
    del document["proof"]
    said = [{"@value": text, "@language": lang} for lang, text in ODD[odd]]
    document["name"] = document["issuer"]["name"] = said
    document["credentialSubject"]["achievement"]["name"] = said
    document["credentialSubject"]["achievement"]["alignment"][0]["targetName"] = said
    data = sign(document, KEY, suite="eddsa-jcs-2022", created=CREATED)
    (tmp_path / "wallet" / "bees.json").write_bytes(data)
    if chosen:
        (tmp_path / "wallet" / "bees.json.yml").write_text(chosen, "utf-8")
    found = found_in(build(tmp_path / "mkdocs.yml").site_dir, CREATED)
    assert (found.problems, found.differences) == ([], [])
    assert [report.verdict for _, report in found.reports] == ["verified"]


AFTERWARDS = {
    "another language": (' data-language="de"', ' data-language="fr"'),
    "one that it lacks": (' data-language="de"', ' data-language="it"'),
    "no language": (' data-language="de"', ""),
    "texts under another tag": (' lang="de"', ' lang="en"'),
    "texts under no tag": (' lang="de"', ""),
    "a tag around it": (' data-language="de"', ' data-language="de" lang="de"'),
}


@pytest.mark.parametrize("change", AFTERWARDS)
def test_from_outside_what_was_altered_after_the_build_is_found_on_every_page(
    site: Any, tmp_path: Path, change: str
) -> None:
    folder = shutil.copytree(site.site_dir, tmp_path / "site")
    old, new = AFTERWARDS[change]
    pages = {path: text for path in folder.rglob("*.html") if old in (text := path.read_text("utf-8"))}
    for path, text in pages.items():
        path.write_text(text.replace(old, new), "utf-8")
    found = found_in(folder, CREATED)
    at = {path.relative_to(folder).as_posix().removesuffix("index.html") for path in pages}
    assert {one.page.removesuffix("index.html") for one in found.differences} == at
    assert at >= {"", "about/", "cv/", "timeline/", f"embed/{entry_of(site).slug}.html"}


SHOWN = """() => [...document.querySelectorAll('[data-credential]')].map((element) => ({
  view: element.dataset.view ?? '',
  file: new URL(element.dataset.credential, document.baseURI).pathname.slice(1),
  verdict: element.dataset.verdict,
  texts: ['name', 'issuerName', 'skill'].map((field) => element.querySelector(`[data-field="${field}"]`)?.textContent),
}))"""
VIEWS = {"", "card", "line", "certificate", "definition", "skill", "issuer", "about-issuer"}


def test_every_view_shows_it_and_checks_out(site: Any, address: str, browser: Any) -> None:
    by_file = {entry_of(site, name).original: of for name, of in CHOSEN.items()}
    seen = set()
    page = browser.new_page()
    for path in sorted(site.site_dir.rglob("*.html")):
        if " data-credential=" not in path.read_text("utf-8"):
            continue
        where = path.relative_to(site.site_dir).as_posix()
        page.goto(address + where)
        page.wait_for_function(OVER)
        for one in page.evaluate(SHOWN):
            _, name, issuer = by_file[one["file"]]
            assert one["verdict"] == "verified", (where, one)
            assert one["texts"][0] in (name, None), (where, one)
            assert one["texts"][1] in (issuer, None), (where, one)
            skill = "Bienen halten" if name == "Bienenhaltung" else "Keeping bees"
            assert one["texts"][2] in (skill, None), (where, one)
            assert any(one["texts"])
            seen.add(one["view"])
    page.close()
    assert seen == VIEWS


def test_what_is_told_of_it_elsewhere_is_in_it_too(site: Any) -> None:
    table = (site.site_dir / "export").glob("*.csv")
    assert "Bienenhaltung,,Akademie Nordlicht" in next(table).read_text("utf-8")
    page = (site.site_dir / entry_of(site).address / "index.html").read_text("utf-8")
    assert '"name":"Bienenhaltung"' in page
    assert '"description":"Ein Stock."' in page
    search = (site.site_dir / "search" / "search_index.json").read_text("utf-8")
    assert "Akademie Nordlicht" in search


ENGLISH = """const to = (field, pointer, words) => {
  const claim = text(field);
  Object.assign(claim, { textContent: words, lang: 'en' });
  claim.dataset.claim = pointer;
};"""
NAME = "to('name', '/credentialSubject/achievement/name/0/@value', 'Beekeeping');"
ISSUER = "to('issuerName', '/issuer/name/0/@value', 'Northern Light Academy');"
HOSTILE = {
    "its name is in another language": ENGLISH + NAME,
    "its issuer is": ENGLISH + ISSUER,
    "both are": ENGLISH + NAME + ISSUER,
    "another language's text under this one's tag": ENGLISH + NAME + "text('name').lang = 'de'",
    "another language's text in this one's place": "text('name').textContent = 'Beekeeping'",
    "two languages at once": ENGLISH
    + "const own = text('name'); own.before(own.cloneNode()); "
    + NAME
    + "own.textContent = 'Bienenhaltung';",
    "it says another that the credential has": "copy.dataset.language = 'fr'",
    "it says one that the credential lacks": "copy.dataset.language = 'it'",
    "it says a narrower one": "copy.dataset.language = 'de-AT'",
    "it says none any more": "delete copy.dataset.language",
    "it says an empty one": "copy.dataset.language = ''",
    "one that is lacked, and half of the page's": ENGLISH + NAME + "copy.dataset.language = 'it'",
    "the text's tag is another": "text('name').lang = 'en'",
    "the text's tag is narrower": "text('name').lang = 'de-AT'",
    "the text's tag is empty": "text('issuerName').lang = ''",
    "the text has no tag": "text('issuerName').removeAttribute('lang')",
    "a date has a tag": "text('validFrom').lang = 'de'",
    "a tag around the text": "text('name').parentElement.lang = 'en'",
    "a tag around everything": "copy.lang = 'en'",
    "a language inside": "text('name').parentElement.dataset.language = 'de'",
    "its name is hidden": "text('name').hidden = true",
    "its name is taken away": "text('name').remove()",
}
HONEST = {
    "as it was built": "",
    "the same tag, in capitals": "copy.dataset.language = 'DE'",
    "all in the page's language": ENGLISH + NAME + ISSUER + "delete copy.dataset.language",
    "one that is lacked, and all in the page's": ENGLISH + NAME + ISSUER + "copy.dataset.language = 'it'",
    "the owner's words in a language of theirs": "copy.insertAdjacentHTML('beforeend', '<p data-owner lang=it>A</p>')",
}
PLACES = {"a badge": "embed/{slug}.html", "a line": "{address}data/"}


@pytest.mark.parametrize("place", PLACES)
def test_what_shows_another_language_than_it_says_is_found_out(
    site: Any, address: str, browser: Any, place: str
) -> None:
    entry = entry_of(site)
    path = PLACES[place].format(slug=entry.slug, address=entry.address)
    changes = {**HOSTILE, **HONEST}
    found = both(browser, site, address, path, list(changes.values()), entry.report)
    told = {}
    for case, (fails, here, there) in zip(changes, found, strict=True):
        assert plain(here) == sentences(there), case
        assert fails == (there["verdict"] == "failed"), case
        told[case] = there["verdict"]
    assert told == {**dict.fromkeys(HOSTILE, "failed"), **dict.fromkeys(HONEST, "verified")}


def test_a_skill_s_name_is_held_to_it(site: Any, address: str, browser: Any) -> None:
    entry = entry_of(site)
    english = ENGLISH + "to('skill', text('skill').dataset.claim.replace('/1/@', '/0/@'), 'Keeping bees');"
    changes = {"": "verified", english: "failed", "delete copy.dataset.language": "failed"}
    changes[english + "delete copy.dataset.language"] = "verified"
    which = f'[data-view="skill"][data-credential$="{entry.slug}/original.json"]'
    found = both(browser, site, address, "cv/", list(changes), entry.report, which)
    assert [there["verdict"] for _, _, there in found] == list(changes.values())
    assert [fails for fails, _, _ in found] == [verdict == "failed" for verdict in changes.values()]


def test_a_certificate_has_the_description_in_it(site: Any, address: str, browser: Any) -> None:
    entry = entry_of(site)
    english = ENGLISH + ("to('description', text('description').dataset.claim.replace('/1/@', '/0/@'), 'One hive.');")
    changes = {"": "verified", english: "failed", english + "delete copy.dataset.language": "verified"}
    found = both(browser, site, address, f"{entry.address}certificate/", list(changes), entry.report)
    assert [there["verdict"] for _, _, there in found] == list(changes.values())
    assert [plain(here) for _, here, _ in found] == [sentences(there) for _, _, there in found]
    missing = message("live.missing", label=labels()["description"], signed="“Ein Stock.”").replace("““", "“")
    assert missing.replace("””", "”") in sentences(found[1][2])


LANGUAGES = (None, "en", "EN-us", "de", "de-AT", "fr", "no tag", "")
SAID = ("", "en", "de", "DE", "de-AT", "fr", "it", "no")
SEVERAL = {
    "name": "/name/{}",
    "issuerName": "/issuer/name/{}",
    "skill": "/skills/0/name/{}",
    "issuerId": "/issuer/id/{}",
}


def drawn(draw: Random) -> tuple[Snapshot, Report]:
    """A credential in some languages, and a view of it: often as it may be, often not."""
    facts = [
        Fact(
            field,
            at.format(index),
            draw.choice((f"{field} {index}", f"{field} {index}", " ")),
            "text",
            draw.choice(LANGUAGES),
        )
        for field, at in SEVERAL.items()
        for index in range(draw.randint(1, 3))
    ]
    facts.append(Fact("validFrom", "/validFrom", CREATED, "date"))
    report = Report(
        "0" * 64,
        "vc2-json",
        "verified",
        {"readable": Check.of("readable", "OK")},
        IssuerIdentity("i", None),
        tuple(facts),
    )
    view, language = draw.choice(("card", "line", "line", "skill", "certificate", "issuer", "")), draw.choice(SAID)
    first = [fact for field in (*SEVERAL, "validFrom") if (fact := first_fact(report, (field,), language))]
    some = draw.choice((first, first, facts, draw.sample(facts, draw.randint(1, len(facts)))))
    if view == "skill":
        some = [fact for fact in some if fact.field == "skill"]
    elif draw.random() < 0.5:
        some = [fact for fact in some if fact.field != "skill"]
    claims = [claim_of(fact, draw) for fact in some]
    return Snapshot(view, tuple(claims), (), language=language), report


def claim_of(fact: Fact, draw: Random) -> Claim:
    from portfolio_gen.format import shown

    lang = fact.lang if fact.lang not in ("no tag", "") else None
    if draw.random() < 0.03:
        lang = draw.choice(LANGUAGES)
    text = shown(fact) if draw.random() > 0.02 else "x"
    return Claim(fact.field, fact.pointer, text, None, True, labels()[fact.field], None, lang=lang)


@pytest.mark.parametrize("page", ["en", "de"])
def test_both_halves_find_the_same_in_a_thousand_views(ask: Callable[[list[dict[str, Any]]], Any], page: str) -> None:
    draw = Random(f"2026 {page}")
    with speaking(page):
        cases = [drawn(draw) for _ in range(1_000)]
        mine = [compare(*case) for case in cases]
    tasks = [
        {
            "do": "compare",
            "page": page,
            "snapshot": {
                **{name: getattr(snapshot, name) for name in ("view", "language", "strays", "sealed")},
                "claims": [
                    {
                        name: getattr(claim, name)
                        for name in ("field", "pointer", "text", "href", "visible", "label", "group", "lang")
                    }
                    for claim in snapshot.claims
                ],
            },
            "report": report.to_json(),
        }
        for snapshot, report in cases
    ]
    theirs = [tuple(answer["is"]) for answer in ask(tasks)]
    assert theirs == [
        (check.code, [[one.code, one.pointer, one.here, one.signed] for one in found]) for check, found in mine
    ]
    codes = [check.code for check, _ in mine]
    assert min(codes.count(code) for code in ("OK", "SHOWN_DIFFERS", "SHOWN_MISSING")) > 50
