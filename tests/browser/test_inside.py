"""Credentials inside of files: each has a page of its own, which checks it in the file that it came in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser.portfolios import portfolio_of, served
from portfolio_gen.issuing import IssuerKey, sign
from portfolio_gen.vocabulary import message

FILES = ("presentations/signed-mixed.json", "jwt/vpjwt-good.jwt", "presentations/endorsed.json")

V2 = "https://www.w3.org/ns/credentials/v2"
SIGNED = "2026-01-05T10:00:00Z"
BEES = "https://fernwald.example/achievements/bees"


def credential(name: str, key: int, subject: dict[str, Any], *types: str, **more: Any) -> dict[str, Any]:
    """A signed credential of the key that is made from one byte."""
    issuer = IssuerKey.from_seed(bytes([key]) * 32)
    document = {
        "@context": [V2],
        "type": ["VerifiableCredential", *types],
        "issuer": {"id": issuer.did, "name": f"Issuer {key}"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": name,
        "credentialSubject": subject,
        **more,
    }
    signed: dict[str, Any] = json.loads(sign(document, issuer, suite="eddsa-jcs-2022", created=SIGNED))
    return signed


def praised() -> bytes:
    """A credential with three endorsements: of its achievement, of something else, and one that was changed."""

    def praise(of: str) -> dict[str, Any]:
        subject = {"id": of, "type": ["EndorsementSubject"], "endorsementComment": "Taught with care."}
        return credential("Endorsement", 2, subject, "EndorsementCredential")

    forged = praise(BEES)
    forged["credentialSubject"]["endorsementComment"] = "The best there is."
    achievement = {"id": BEES, "name": "Bees", "endorsement": [praise(BEES), praise(BEES + "/other"), forged]}
    return json.dumps(credential("Beekeeping", 1, {"name": "Ada Example", "achievement": achievement})).encode()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Any:
    files = {Path(name).name: (root / "tests/vectors" / name).read_bytes() for name in FILES}
    return portfolio_of(tmp_path_factory.mktemp("inside"), files | {"praised.json": praised()})


@pytest.fixture(scope="module")
def address(site: Any) -> Iterator[str]:
    with served(site.site_dir) as base:
        yield base


def test_each_credential_has_a_card_and_no_container_or_endorsement(site: Any) -> None:
    places = sorted((entry.file.name, entry.place) for entry in site.entries)
    assert places == [
        ("endorsed.json", ""),
        ("praised.json", ""),
        ("signed-mixed.json", "#/verifiableCredential/0"),
        ("signed-mixed.json", "#/verifiableCredential/1"),
        ("signed-mixed.json", "#/verifiableCredential/2"),
        ("vpjwt-good.jwt", "#/vp/verifiableCredential/0"),
        ("vpjwt-good.jwt", "#/vp/verifiableCredential/1"),
    ]


def test_the_file_is_published_once_byte_for_byte(site: Any, root: Path) -> None:
    rows = json.loads((site.site_dir / "portfolio.json").read_text("utf-8"))["credentials"]
    mixed = [row for row in rows if row.get("pointer", "").startswith("/verifiableCredential/")]
    assert len({row["file"] for row in mixed}) == 1
    assert len({row["page"] for row in mixed}) == 3
    published = (site.site_dir / mixed[0]["file"]).read_bytes()
    assert published == (root / "tests/vectors/presentations/signed-mixed.json").read_bytes()


def test_each_page_finds_its_own_credential_in_the_file(site: Any, address: str, browser: Any) -> None:
    page = browser.new_page()
    for entry in site.entries:
        page.goto(address + entry.address)
        page.wait_for_function("() => !!document.querySelector('article[data-verdict]')")
        assert page.locator("article").get_attribute("data-verdict") == entry.report.verdict, entry.place
        assert entry.file.sha256 in page.locator("[data-live=digest]").inner_text()
    page.goto(address)
    page.wait_for_function("() => !document.querySelector('[data-busy]')")
    cards = page.evaluate("() => [...document.querySelectorAll('.pf-card')].map((card) => card.dataset.verdict)")
    assert sorted(cards) == sorted(entry.report.verdict for entry in site.entries)
    page.close()


def test_a_page_that_names_no_credential_of_the_file_is_not_checked(site: Any, address: str, browser: Any) -> None:
    page = browser.new_page()
    entry = next(entry for entry in site.entries if entry.place.endswith("/0"))
    html = (site.site_dir / entry.address / "index.html").read_text("utf-8")
    page.route(
        f"{address}{entry.address}",
        lambda route: route.fulfill(body=html.replace(entry.place, entry.place + "9"), content_type="text/html"),
    )
    page.goto(address + entry.address)
    page.wait_for_function("() => !!document.querySelector('article[data-verdict]')")
    assert page.locator("article").get_attribute("data-verdict") == "not-checked"
    page.close()


def test_each_endorsement_has_its_own_verdict_and_says_whether_it_is_about_this(
    site: Any, address: str, browser: Any
) -> None:
    page = browser.new_page()
    entry = next(entry for entry in site.entries if entry.file.name == "praised.json")
    page.goto(address + entry.address)
    page.wait_for_function("() => !document.querySelector('[data-busy]')")
    assert page.locator("article").get_attribute("data-verdict") == "verified"
    found = page.locator(".pf-endorsement").all()
    assert [one.get_attribute("data-verdict") for one in found] == ["verified", "verified", "failed"]
    concerns = [one.locator("[data-live=concerns]").inner_text() for one in found]
    assert concerns == [message("live.concerns.this"), message("live.concerns.other"), ""]
    assert "Taught with care." in found[0].inner_text()
    assert "The best there is." in found[2].inner_text()
    page.close()


def test_an_endorsement_s_words_are_compared_with_its_own_file(site: Any, address: str, browser: Any) -> None:
    page = browser.new_page()
    entry = next(entry for entry in site.entries if entry.file.name == "praised.json")
    html = (site.site_dir / entry.address / "index.html").read_text("utf-8")
    page.route(
        f"{address}{entry.address}",
        lambda route: route.fulfill(body=html.replace("with care", "by Ada herself", 1), content_type="text/html"),
    )
    page.goto(address + entry.address)
    page.wait_for_function("() => !document.querySelector('[data-busy]')")
    verdicts = [one.get_attribute("data-verdict") for one in page.locator(".pf-endorsement").all()]
    assert verdicts == ["failed", "verified", "failed"]
    assert page.locator("article").get_attribute("data-verdict") == "verified"
    page.close()
