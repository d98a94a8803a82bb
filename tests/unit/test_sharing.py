"""What is told to previews of links, search engines and readers: what files say, rightly encoded, and no verdict."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import escape

from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.pages import Entry, SiteInfo, compose, slugged
from portfolio_gen.sharing import Sharing, linkedin, llms, meta, schema_org
from portfolio_gen.sharing.told import Told, told
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message, vocabulary
from portfolio_gen.wallet import WalletFile

NOW = "2026-06-01T12:00:00Z"
BASE = "https://ada.example/work/"
KEY = IssuerKey.from_seed(bytes(range(32)))
HOSTILE = '</script><script>alert("1")</script> & Größe + 50 % [x](y) 結'
SITE = SiteInfo("Ada & <Co>", "Builds *bridges*", links=[{"title": "Mail", "url": "mailto:a@ada.example"}])

# The names that https://schema.org/EducationalOccupationalCredential, /CreativeWork, /Thing, /Organization, /Person,
# /DefinedTerm, /MediaObject and /ProfilePage list (release 29.3).
PROPERTIES = {
    "EducationalOccupationalCredential": {
        *("url", "name", "description", "image", "creator", "dateCreated", "expires", "encoding"),
        *("credentialCategory", "educationalLevel", "competencyRequired"),
    },
    "Organization": {"name", "identifier", "url"},
    "DefinedTerm": {"name", "inDefinedTermSet", "termCode", "url"},
    "MediaObject": {"contentUrl", "sha256"},
    "ProfilePage": {"url", "hasPart", "mainEntity"},
    "Person": {"name", "description", "url", "image", "sameAs"},
}


def entry(**more: Any) -> Entry:
    short = {"name": HOSTILE, "description": "d", "criteria": "c", "issuer": "Büro & Söhne", **more}
    data = issue(short, KEY, created="2026-03-05T10:00:00Z")
    file = WalletFile("x.json", data, hashlib.sha256(data).hexdigest())
    return slugged([(file, verify(data, now=NOW))])[0]


def page_of(one: Entry) -> Any:
    return next(page for page in compose([one], (), SITE) if page.kind == "credential")


def parts(value: Any) -> list[dict[str, Any]]:
    """Every object in structured data."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(part for one in inner for part in parts(one))]


def test_the_profile_link_is_encoded_and_says_only_what_is_known() -> None:
    one = entry(validUntil="2027-11-30T00:00:00Z")
    link = linkedin.add_to_profile(told(one), f"{BASE}{one.address}")
    assert " " not in link
    assert "+" not in link
    assert link.isascii()
    fields = {name: values[0] for name, values in parse_qs(urlsplit(link).query, strict_parsing=True).items()}
    assert fields == {
        "startTask": "CERTIFICATION_NAME",
        "name": HOSTILE,
        "organizationName": "Büro & Söhne",
        "issueYear": "2026",
        "issueMonth": "3",
        "expirationYear": "2027",
        "expirationMonth": "11",
        "certUrl": f"{BASE}{one.address}",
    }
    assert urlsplit(link)[:3] == ("https", "www.linkedin.com", "/profile/add")


def test_an_organisation_is_named_by_its_number_where_it_is_known() -> None:
    one = entry()
    sharing = Sharing(SITE, BASE, {KEY.did: "1234567"})
    links = sharing.links(page_of(one))
    assert links is not None
    fields = parse_qs(urlsplit(links.profile).query)
    assert fields["organizationId"] == ["1234567"]
    assert "organizationName" not in fields


def test_what_a_credential_does_not_say_is_left_out() -> None:
    link = linkedin.add_to_profile(Told("A", "", "", "", "", "", ""), "https://x.example/")
    assert set(parse_qs(urlsplit(link).query)) == {"startTask", "name", "certUrl"}
    numbered = linkedin.add_to_profile(Told("A", "", "", "", "", "", "Nr. 7/8"), "https://x.example/")
    assert numbered.endswith("&certId=Nr.%207%2F8")


def test_a_date_that_is_none_is_no_month() -> None:
    one = entry()
    facts = tuple(
        fact._replace(value="soon") if fact.field in ("validFrom", "awardedDate") else fact
        for fact in one.report.credential
    )
    about = told(replace(one, report=replace(one.report, credential=facts)))
    assert (about.start, about.date) == ("", "soon")


def test_mail_and_post_links_are_encoded() -> None:
    assert linkedin.post("https://x.example/a?b=c&d") == f"{linkedin.SHARE}?url=https%3A%2F%2Fx.example%2Fa%3Fb%3Dc%26d"
    assert meta.mail("Größe & +", "https://x.example/") == (
        "mailto:?subject=Gr%C3%B6%C3%9Fe%20%26%20%2B&body=https%3A%2F%2Fx.example%2F"
    )


def test_structured_data_is_in_the_words_of_schema_org() -> None:
    one = entry(
        validUntil="2027-11-30T00:00:00Z",
        skills=[{"name": "Welding", "url": "https://skills.example/1", "framework": "F"}],
    )
    for data in (schema_org.credential(one, BASE), schema_org.home([one], SITE, BASE)):
        assert data["@context"] == "https://schema.org"
        for part in parts(data):
            assert set(part) - {"@context", "@type"} <= PROPERTIES[part["@type"]], part
            assert all(part.values())
    data = schema_org.credential(one, BASE)
    assert data["@type"] == "EducationalOccupationalCredential"
    assert (data["name"], data["creator"]["name"]) == (HOSTILE, "Büro & Söhne")
    assert (data["dateCreated"][:10], data["expires"][:10]) == ("2026-03-05", "2027-11-30")
    assert data["encoding"] == {
        "@type": "MediaObject",
        "contentUrl": BASE + one.original,
        "sha256": one.file.sha256,
    }


def test_no_text_ends_the_element_that_holds_structured_data() -> None:
    made = schema_org.script(schema_org.credential(entry(description="<!-- <script> </SCRIPT >"), BASE))
    [inside] = re.findall(r'^<script type="application/ld\+json">(.*)</script>\n$', made, re.DOTALL)
    assert "<" not in inside
    assert json.loads(inside)["name"] == HOSTILE


def test_the_tags_of_a_page_are_escaped_and_state_no_verdict() -> None:
    one = entry()
    head = Sharing(SITE, BASE, images=True).head(page_of(one))
    assert f'<meta property="og:title" content="{escape(HOSTILE)}">' in head
    assert f'<meta property="og:url" content="{BASE}{one.address}">' in head
    assert f'<meta property="og:image" content="{BASE}social/{one.slug}.png">' in head
    assert "Its file says: Büro &amp; Söhne · 5 March 2026." in head
    words = [verdict["label"] for verdict in vocabulary()["verdicts"].values()]
    assert not [word for word in [*words, "verified", "Verified"] if word in head]


def test_without_pictures_none_is_named() -> None:
    assert "image" not in Sharing(SITE, BASE).head(page_of(entry()))


def test_a_site_without_an_address_offers_no_links_to_it() -> None:
    page = page_of(entry())
    assert Sharing(SITE).head(page) == ""
    assert Sharing(SITE).links(page) is None


def test_only_credentials_are_shared_one_by_one() -> None:
    pages = [page for page in compose([entry()], (), SITE) if page.kind != "credential"]
    assert len(pages) > 3
    assert {Sharing(SITE, BASE).links(page) for page in pages} == {None}


def test_the_frame_is_one_element_whose_texts_cannot_leave_it() -> None:
    links = Sharing(SITE, BASE).links(page_of(entry(name='x" onload="y')))
    assert links is not None
    found = re.fullmatch(r'<iframe( [a-z]+="[^"<>]*")+></iframe>', links.embed)
    assert found, links.embed
    assert 'sandbox="allow-scripts allow-same-origin allow-popups"' in links.embed
    assert f'src="{BASE}embed/' in links.embed


def test_llms_txt_has_the_parts_that_its_form_asks_for() -> None:
    one = entry()
    made = llms.text([one], SITE, BASE)
    assert made == llms.text([one], SITE, BASE)
    lines = made.decode().split("\n")
    assert lines[0] == "# Ada & \\<Co\\>"
    assert lines[2].startswith("> ")
    assert [line for line in lines if line.startswith("#")] == [
        lines[0],
        f"## {message('page.credentials')}",
        f"## {message('llms.more')}",
    ]
    [row] = [line for line in lines if one.address in line]
    link = re.fullmatch(r"- \[((?:[^\[\]\\]|\\.)+)\]\(([^()\s]+)\): issued by Büro & Söhne, 5 March 2026", row)
    assert link
    assert (re.sub(r"\\(.)", r"\1", link[1]), link[2]) == (HOSTILE, BASE + one.address)


@pytest.mark.parametrize("text", ["a\n## b", "a\r\n- [b](c)", "\x0ca"])
def test_no_text_is_a_line_of_llms_txt(text: str) -> None:
    plain = llms.text([entry()], SITE, BASE).decode().count("\n")
    assert llms.text([entry(name=text)], SITE, BASE).decode().count("\n") == plain
