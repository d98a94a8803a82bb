"""A portfolio that its holder signed, in the browser: the same codes as in Python, and what the page says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from portfolio_cases import ADDRESSES, CASES, CREATED, HOLDER

from browser.portfolios import served
from browser.test_axe import axe, violations
from portfolio_gen.issuing import issue
from portfolio_gen.portfolio_proof import FILE, normal, sign
from portfolio_gen.site.build import build

__all__ = ["axe"]

CONFIG = "site_name: Ada\nsite_url: {address}\ntheme:\n  name: portfolio\nplugins:\n  - portfolio\n"
SHORT = {"description": "d", "criteria": "c", "issuer": "Nordlicht"}
SAYS = "document.querySelector('[data-portfolio-proof]').innerText"


def test_the_same_codes_as_python(ask: Any) -> None:
    nothing = {"holder": "", "domain": "", "created": "", "count": 0, "added": [], "gone": []}
    tasks = [
        {"do": "portfolio", "data": case.data.hex(), "now": case.now, "address": case.address, "files": case.files}
        for case in CASES
    ]
    answers = ask(tasks)
    assert [one["is"] for one in answers] == [{"code": case.code, **nothing, **case.found} for case in CASES]


def test_the_same_form_of_addresses_as_python(ask: Any) -> None:
    assert [one["is"] for one in ask([{"do": "address", "text": text} for text in ADDRESSES])] == [
        *map(normal, ADDRESSES)
    ]


class Site:
    """A site that is served at `address` from before it is built."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address
        (root / "wallet").mkdir(parents=True)
        (root / "docs").mkdir()
        (root / "mkdocs.yml").write_text(CONFIG.format(address=address))
        mine = {**SHORT, "name": "Mine", "recipient": {"id": HOLDER.did}}
        self.put("mine", mine)
        self.put("also", {**mine, "name": "Also mine"})
        self.put("other", {**SHORT, "name": "Not mine"})

    def put(self, name: str, short: dict[str, Any]) -> None:
        (self.root / "wallet" / f"{name}.json").write_bytes(issue(short, HOLDER, created=CREATED))

    def sign(self, address: str = "") -> None:
        entries = build(self.root / "mkdocs.yml", publish=False).entries
        digests = [entry.file.sha256 for entry in entries]
        (self.root / FILE).write_bytes(sign(HOLDER, address or self.address, digests, CREATED))

    def build(self) -> None:
        assert build(self.root / "mkdocs.yml").published


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    (tmp_path / "ada" / "site").mkdir(parents=True)
    with served(tmp_path / "ada" / "site") as address:
        yield Site(tmp_path / "ada", address)


def shown(browser: Any, address: str, axe: str = "") -> tuple[str, str]:
    page = browser.new_page(bypass_csp=bool(axe))
    page.goto(address)
    page.wait_for_selector("[data-portfolio], [data-portfolio-proof]:has-text('could not be checked')")
    said = page.evaluate(SAYS), page.get_attribute("[data-portfolio-proof]", "data-portfolio")
    assert not axe or violations(page, axe) == []
    page.close()
    return said


def test_the_page_says_who_signed_it_and_for_how_many(site: Site, browser: Any, axe: str) -> None:
    site.sign()
    site.build()
    says, code = shown(browser, site.address, axe)
    assert code == "SIGNED"
    assert (
        "the key that 2 of the 3 credentials on this page were issued to signed this portfolio for this address" in says
    )
    assert "1 May 2026" in says


def test_a_copy_elsewhere_no_longer_says_so(site: Site, browser: Any) -> None:
    site.sign()
    site.build()
    with served(site.root / "site") as elsewhere:
        says, code = shown(browser, elsewhere)
    assert code == "OTHER_ADDRESS"
    assert f"signed for another address, {site.address}" in says
    assert "issued to" not in says


def test_a_list_that_no_longer_fits_says_which(site: Site, browser: Any) -> None:
    site.sign()
    site.put("new", {**SHORT, "name": "Brand new"})
    (site.root / "wallet" / "other.json").unlink()
    site.build()
    says, code = shown(browser, site.address)
    assert code == "LIST_DIFFERS"
    assert "Not in what was signed: 1. Signed, and not here: 1." in says
    assert "Brand new" in says


def test_a_file_that_was_changed_on_the_server_is_noticed(site: Site, browser: Any) -> None:
    site.sign()
    site.build()
    file = next((site.root / "site" / "credentials").glob("mine-*/original.json"))
    file.write_bytes(file.read_bytes() + b"\n")
    assert shown(browser, site.address)[1] == "LIST_DIFFERS"


def test_a_signature_that_is_none(site: Site, browser: Any) -> None:
    site.sign()
    (site.root / FILE).write_bytes((site.root / FILE).read_bytes().replace(b'"digests"', b'"digest"'))
    site.build()
    says, code = shown(browser, site.address)
    assert code == "NOT_SIGNED"
    assert "does not check out" in says


def test_a_signature_by_a_key_to_which_nothing_was_issued(site: Site, browser: Any) -> None:
    for name in ("mine", "also"):
        (site.root / "wallet" / f"{name}.json").unlink()
    site.sign()
    site.build()
    says, code = shown(browser, site.address)
    assert code == "NONE_ISSUED"
    assert "none of the credentials was issued" in says


def test_a_signature_that_is_gone(site: Site, browser: Any) -> None:
    site.sign()
    site.build()
    (site.root / "site" / FILE).unlink()
    says, code = shown(browser, site.address)
    assert code is None
    assert "could not be checked" in says
