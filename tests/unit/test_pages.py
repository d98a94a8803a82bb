"""What pages are made of: addresses, groups, claims, pictures; and that every sentence comes from the vocabulary."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen import pages, pictures, vocabulary
from portfolio_gen.format import shown
from portfolio_gen.fragments import Fragments
from portfolio_gen.report import Check, Fact, IssuerIdentity, Report
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.wallet import Skipped, WalletFile

PNG = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
SITE = pages.SiteInfo(
    "Ada Owner", "Owner headline", "Owner about", ({"title": "Owner link", "url": "https://o.example/"},)
)
HOSTILE = "<b>x</b> **y** [z](javascript:1) {{ 7*7 }} \"' &amp;"


def fact(field: str, pointer: str, value: Any, kind: str = "text") -> Fact:
    return Fact(field, pointer, value, kind)


def entry(
    name: str, *facts: Fact, slug: str = "", issuer: str = "did:key:z6MkA", issuer_name: str | None = "Issuer"
) -> pages.Entry:
    data = name.encode()
    digest = hashlib.sha256(data).hexdigest()
    ok = {check: Check("pass", "OK") for check in ("readable", "signature")}
    report = Report(digest, "vc2-json", "verified", ok, IssuerIdentity(issuer, issuer_name), facts)
    return pages.Entry(WalletFile(name, data, digest), report, slug or pages.slug(name))


SUBJECT = "/credentialSubject/achievement"
FULL = (
    fact("name", f"{SUBJECT}/name", "Data Analyst"),
    fact("credentialName", "/name", "Second name"),
    fact("achievementType", f"{SUBJECT}/achievementType", "Certificate"),
    fact("image", f"{SUBJECT}/image/id", PNG, "image"),
    fact("description", f"{SUBJECT}/description", "First\n\nSecond", "markdown"),
    fact("issuerName", "/issuer/name", "Issuer"),
    fact("issuerId", "/issuer/id", "did:key:z6MkA"),
    fact("validFrom", "/validFrom", "2026-03-14T00:00:00Z", "date"),
    fact("validUntil", "/validUntil", "2027-03-14T00:00:00Z", "date"),
    fact("skill", f"{SUBJECT}/alignment/0/targetName", "Statistics"),
    fact("skillFramework", f"{SUBJECT}/alignment/0/targetFramework", "Framework A"),
    fact("skill", f"{SUBJECT}/alignment/1/targetName/@value", "Care"),
    fact("tag", f"{SUBJECT}/tag/0", "data"),
    fact("tag", f"{SUBJECT}/tag/1", "work"),
    fact("resultValue", "/credentialSubject/result/0/value", "A"),
    fact("evidenceName", "/evidence/0/name", "Report"),
    fact("evidenceLink", "/evidence/0/id", "https://evidence.example/", "link"),
    fact("creditsEarned", "/credentialSubject/creditsEarned", 7.5, "number"),
)


def full() -> pages.Entry:
    return entry("full.json", *FULL, slug="data-analyst")


def by_address(entries: Sequence[pages.Entry], unpublished: Sequence[Skipped] = ()) -> dict[str, pages.Page]:
    composed = pages.compose(entries, unpublished, SITE)
    found = {page.address: page for page in composed}
    assert len(found) == len(composed)
    return found


def render(page: pages.Page) -> str:
    return Fragments([str(Path(__file__).parents[2] / "themes" / "portfolio")]).render(page)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Remote Team Productivity Expert", "remote-team-productivity-expert"),
        ("Für Anfänger: Übung №1", "fur-anfanger-ubung-no1"),
        ("数据分析", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("con.txt", "con-txt"),
        ("a" * 80, "a" * 51),
        ("a" * 50 + " b", "a" * 50),
    ],
)
def test_slugs_are_plain_parts_of_an_address(text: str, expected: str) -> None:
    assert pages.slug(text) == expected


def test_addresses_are_distinct_whatever_the_titles() -> None:
    named = fact("name", f"{SUBJECT}/name", "数据")
    files = [
        entry(f"{n}.json", fact("name", f"{SUBJECT}/name", title))
        for n, title in enumerate(["Same", "same", "SAME!", "数据"])
    ]
    twice = [*files, files[0], files[0], entry("数.json", named)]
    slugs = [one.slug for one in pages.slugged((one.file, one.report) for one in twice)]
    assert slugs[:2] == [f"same-{one.file.sha256[:8]}" for one in files[:2]]
    assert slugs[3] == f"3-{files[3].file.sha256[:8]}"
    assert slugs[4:6] == [f"same-{files[0].file.sha256}", f"same-{files[0].file.sha256}-2"]
    assert slugs[-1].startswith("credential-")
    assert len({slug.lower() for slug in slugs}) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[0-9a-f]+)+", slug) for slug in slugs)


def test_no_address_depends_on_the_other_files() -> None:
    """A file that sorts first, of the same title, skills and issuer, under another name and in another framework."""
    name, *others = FULL
    first = entry("0.json", name, *others[:-3], fact("skill", f"{SUBJECT}/alignment/2/targetName", "Statistics"))
    first = replace(first, report=replace(first.report, issuer=IssuerIdentity("did:key:z6MkA", "Renamed")))
    newer = fact("validFrom", "/validFrom", "2036-03-14T00:00:00Z", "date")
    same_name = entry("1.json", name, newer, issuer="did:key:z6MkB")

    def addresses(*files: pages.Entry) -> set[str]:
        return set(by_address(pages.slugged((one.file, one.report) for one in files)))

    alone = addresses(full())
    assert len(alone) >= 9
    assert alone < addresses(first, same_name, full())
    assert alone | addresses(first) | addresses(same_name) == addresses(first, same_name, full())


def test_every_kind_of_page_is_there_also_for_an_empty_wallet() -> None:
    assert set(by_address([])) == {"", "issuers/", "skills/", "timeline/", "check/", "how/"}
    assert vocabulary.message("page.empty") in render(by_address([])[""])
    found = {re.sub(r"-[0-9a-f]{8}/$", "", address) for address in by_address([full()])}
    assert {"credentials/data-analyst/", "issuers/did-key-z6mka", "skills/statistics", "skills/care"} <= found


def test_every_fact_stands_on_the_credential_page_with_its_pointer() -> None:
    html = render(by_address([full()])["credentials/data-analyst/"])
    claims = set(re.findall(r'data-claim="([^"]*)"', html))
    assert claims == {one.pointer for one in FULL}
    assert html.count("14 March 2026") == 1
    assert 'data-credential="../../credentials/data-analyst/original.json"' in html


def test_things_of_one_object_stay_together() -> None:
    sections = by_address([full()])["credentials/data-analyst/"].data["sections"]
    skills = [[row.label for row in group] for group in sections["skills"].groups]
    assert skills == [["Skill", "Skill framework"], ["Skill"], ["Tag"]]
    assert [claim.text for claim in sections["skills"].groups[2][0].claims] == ["data", "work"]
    assert [row.label for row in sections["dates"].groups[0]] == ["Dated", "Valid until"]


def test_the_identifier_comes_before_the_name() -> None:
    page = by_address([full()])["credentials/data-analyst/"]
    assert [row.claims[0].field for row in page.data["issuer"]] == ["issuerId", "issuerName"]
    html = render(page)
    assert html.index("did:key:z6MkA") < html.index(">Issuer</span>")
    assert vocabulary.message("live.identity.key") in html
    assert vocabulary.message("live.identity.asking") in html


def test_no_page_states_a_verdict() -> None:
    failing = entry("bad.json", *FULL, slug="bad")
    for page in pages.compose([full(), failing], (), SITE):
        if page.kind == "how":
            continue
        html = render(page)
        for name, verdict in vocabulary.vocabulary()["verdicts"].items():
            assert (verdict["label"] in html) == (name == "not-checked" and "data-credential" in html), (
                page.address,
                name,
            )
        assert "data-verdict" not in html


def test_issuers_are_told_apart_by_identifier() -> None:
    one, other = entry("1.json", *FULL, slug="one"), entry("2.json", *FULL, slug="two", issuer="did:key:z6MkB")
    found = [page for page in pages.compose([one, other], (), SITE) if page.kind == "issuer"]
    assert len(found) == 2
    assert {page.description for page in found} == {"did:key:z6MkA", "did:key:z6MkB"}


def test_skills_are_grouped_by_framework() -> None:
    skills = by_address([full(), entry("2.json", *FULL, slug="two")])["skills/"]
    names = [(group["name"], [skill["name"] for skill in group["skills"]]) for group in skills.data["frameworks"]]
    assert names == [("Framework A", ["Statistics"]), (vocabulary.message("page.skills.none"), ["Care"])]
    assert [len(skill["cards"]) for group in skills.data["frameworks"] for skill in group["skills"]] == [2, 2]


def test_the_newest_credential_comes_first() -> None:
    old = entry("old.json", fact("validFrom", "/validFrom", "2001-01-01T00:00:00Z", "date"), slug="old")
    assert [card.address for card in by_address([old, full()])[""].data["cards"]] == [
        "credentials/data-analyst/",
        "credentials/old/",
    ]


def test_what_is_left_out_is_named_in_a_preview() -> None:
    html = render(by_address([], [Skipped("<x>.png", "Reason & more")])[""])
    assert "&lt;x&gt;.png" in html
    assert "Reason &amp; more" in html


def test_text_is_text() -> None:
    facts = [fact(row.field, f"/hostile/{number}", HOSTILE, row.kind) for number, row in enumerate(vocabulary.fields())]
    one = entry("h.json", *facts, issuer=HOSTILE, issuer_name=HOSTILE, slug="h")
    for page in pages.compose([one], (), SITE):
        html = render(page)
        assert "<b>" not in html
        assert 'javascript:1)"' not in html
        assert "{{" not in html or "{{ 7*7 }}" in html
        assert 'href="&lt;' not in html


def test_a_credential_without_facts_has_a_page() -> None:
    bare = entry("bare.json", issuer_name=None)
    html = render(by_address([bare])["credentials/bare-json/"])
    assert vocabulary.message("label.untitled") in html


def test_pictures_become_files_named_by_their_bytes() -> None:
    found = pages.pictures([full(), full()])
    digest = hashlib.sha256(b"\x89PNG\r\n\x1a\n").hexdigest()[:16]
    assert found == {f"pictures/{digest}.png": b"\x89PNG\r\n\x1a\n"}


@pytest.mark.parametrize(
    ("svg", "drawn"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M0 0" fill="url(#a)"/></g></svg>', True),
        ('<?xml version="1.0" encoding="UTF-8"?>\n<!-- note --><svg xmlns="http://www.w3.org/2000/svg"/>', True),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><use x:href="#a"/></svg>',
            True,
        ),
        ('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:s="http://www.w3.org/2000/svg"><s:script/></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg" onload="1"/>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:1"/></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><use href="https://evil.example/#a"/></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(https://evil.example/)"/></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><style>@import "x"</style></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><x xmlns="http://www.w3.org/1999/xhtml"/></svg>', False),
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>', False),
        ('<?xml-stylesheet href="x"?><svg xmlns="http://www.w3.org/2000/svg"/>', False),
        ("<svg", False),
    ],
)
def test_only_drawings_are_published_as_svg(svg: str, drawn: bool) -> None:
    uri = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
    assert (pictures.published(fact("image", "/image", uri, "image")) is not None) == drawn


def test_a_picture_elsewhere_is_named_and_not_loaded() -> None:
    remote = [one for one in FULL if one.field != "image"] + [
        fact("image", "/image", "https://pictures.example/p.png", "image")
    ]
    html = render(by_address([entry("r.json", *remote, slug="r")])["credentials/r/"])
    assert "https://pictures.example/p.png" in html
    assert not re.search(r'src="https?:', html)


class Texts(HTMLParser):
    """Everything that a reader of a page may see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value for name, value in attrs if name in ("alt", "title", "aria-label", "placeholder", "value") and value
        ]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(" ".join(data.split()))


def forget_labels() -> None:
    vocabulary.fields.cache_clear()
    vocabulary._labels.cache_clear()


def test_every_sentence_comes_from_the_vocabulary(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a made-up language every sentence of the vocabulary is in ⟦⟧; what is not is data or the owner's."""
    real = vocabulary.vocabulary()

    def disguised(part: Any) -> Any:
        if isinstance(part, dict):
            return {
                key: value if key in ("result", "field", "as", "paths", "must") else disguised(value)
                for key, value in part.items()
            }
        return (
            [disguised(item) for item in part]
            if isinstance(part, list)
            else f"⟦{part}⟧"
            if isinstance(part, str)
            else part
        )

    fake = disguised(real)
    monkeypatch.setattr(vocabulary, "vocabulary", lambda: fake)
    vocabulary.fields.cache_clear()
    vocabulary._labels.cache_clear()
    try:
        data = {shown(one) for one in FULL} | {
            SITE.name,
            SITE.headline,
            SITE.about,
            "Owner link",
            full().file.sha256,
            "left.png",
            "reason",
        }
        data |= {"Issuer", "did:key:z6MkA"}
        for page in pages.compose([full()], [Skipped("left.png", "reason")], SITE):
            parser = Texts()
            parser.feed(render(page))
            own = [text for text in parser.found if not re.fullmatch(r"⟦.*⟧", text, re.DOTALL)]
            assert own == [text for text in own if text in {" ".join(value.split()) for value in data}], page.address
    finally:
        forget_labels()
        vocabulary._labels.cache_clear()


def test_an_issuer_s_name_does_not_steer_the_title_of_its_page() -> None:
    composed = by_address([entry("a.json", *FULL, issuer_name="Acme\u202e ytisrevinU\u2069\u200f")])
    (page,) = (page for page in composed.values() if page.kind == "issuer")
    assert page.title == "Acme\ufffd ytisrevinU\ufffd"


@pytest.mark.parametrize("word", ["guaranteed", "certified authentic", "trusted", "official", "100 %", "100%"])
def test_words_that_are_never_used(word: str) -> None:
    folder = Path(__file__).parents[2]
    texts = [str(vocabulary.vocabulary())] + [path.read_text("utf-8") for path in (folder / "themes").rglob("*.html")]
    assert not [text for text in texts if word in text.lower()]


def results(*rest: Any) -> list[list[tuple[str, str]]]:
    composed = by_address([entry("full.json", *FULL[:1], *rest, slug="data-analyst")])
    groups = composed["credentials/data-analyst/"].data["sections"]["results"].groups
    return [[(claim.field, claim.text) for row in group for claim in row.claims] for group in groups]


def described(number: int, identifier: str) -> tuple[Any, ...]:
    at = f"{SUBJECT}/resultDescription/{number}"
    return (
        fact("resultId", f"{at}/id", identifier),
        fact("resultName", f"{at}/name", f"Test {number}"),
        fact("resultRequired", f"{at}/requiredValue", "60"),
    )


def achieved(number: int, identifier: str, value: str) -> tuple[Any, ...]:
    at = f"/credentialSubject/result/{number}"
    return (fact("resultOf", f"{at}/resultDescription", identifier), fact("resultValue", f"{at}/value", value))


def test_what_was_achieved_stands_with_the_description_that_it_names() -> None:
    facts = (*described(0, "urn:a"), *described(1, "urn:b"), *achieved(0, "urn:b", "70"), *achieved(1, "urn:a", "90"))
    assert results(*facts) == [
        [("resultName", "Test 0"), ("resultValue", "90"), ("resultRequired", "60")],
        [("resultName", "Test 1"), ("resultValue", "70"), ("resultRequired", "60")],
    ]


@pytest.mark.parametrize("identifiers", [("urn:a", "urn:a"), ("urn:b", "urn:c")])
def test_what_was_achieved_stands_alone_when_no_one_description_is_named(identifiers: tuple[str, str]) -> None:
    facts = (*described(0, identifiers[0]), *described(1, identifiers[1]), *achieved(0, "urn:a", "90"))
    assert [("resultValue", "90")] in results(*facts)


def test_a_stack_of_the_owner_s_stands_apart_on_the_home_page() -> None:
    first, later = entry("1.json", *FULL, slug="one"), entry("2.json", *FULL, slug="two")
    later = replace(later, owner=Sidecar(stack="Earlier <i>things</i>"))
    home = by_address([first, later])[""]
    assert [item.entry.slug for item in home.data["cards"]] == ["one"]
    assert {stack: [item.entry.slug for item in items] for stack, items in home.data["stacks"].items()} == {
        "Earlier <i>things</i>": ["two"]
    }
    html = render(home)
    assert "Earlier &lt;i&gt;things&lt;/i&gt;</h2>" in html
    assert html.count('class="pf-card"') == 2


def test_credentials_of_one_file_are_linked_in_its_order() -> None:
    whole = entry("1.json", *FULL, slug="whole")
    inside = [replace(whole, slug=f"c{n}", place=f"#/verifiableCredential/{n}", raw="x.json") for n in (10, 9)]
    pages_of = by_address([*inside, whole, entry("2.json", *FULL, slug="other")])
    kin = {slug: pages_of[f"credentials/{slug}/"].data["kin"] for slug in ("whole", "c9", "c10", "other")}
    assert {slug: [address for _, address in rows] for slug, rows in kin.items()} == {
        "whole": ["credentials/c9/", "credentials/c10/"],
        "c9": ["credentials/whole/", "credentials/c10/"],
        "c10": ["credentials/whole/", "credentials/c9/"],
        "other": [],
    }
