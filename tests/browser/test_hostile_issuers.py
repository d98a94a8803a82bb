"""Hostile issuers, met by a visitor's browser through the page's button: loopback servers, with CORS and without."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from issuers import Issuer
from simulator.scenarios import DID, GOOD, LIST, SCENARIOS, AtPort, Scenario
from simulator.servers import Hosts, page, running

from browser.portfolios import portfolio_of, served
from browser.test_axe import axe, violations
from portfolio_gen.vocabulary import message

__all__ = ["axe"]

CORS = {"Access-Control-Allow-Origin": "*"}
MET = [row for row in SCENARIOS if row.in_browser]
OVER = "() => document.querySelector('article[data-verdict]')"
SLOW = ("not answered within",)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    with running(tmp_path_factory.mktemp("hosts")) as hosts:
        yield hosts


@pytest.fixture(scope="module")
def resolving(launch: Callable[..., Any]) -> Any:
    """A browser of its own for which the test's hosts are on loopback."""
    return launch("--host-resolver-rules=MAP *.example 127.0.0.1")


@pytest.fixture
def tab(resolving: Any) -> Iterator[Any]:
    context = resolving.new_context(ignore_https_errors=True)
    yield context.new_page()
    context.close()


def issuer_of(scenario: Scenario, hosts: Hosts) -> AtPort:
    return AtPort(f"fernwald.example:{hosts.port}", path=scenario.path)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, hosts: Hosts) -> Iterator[dict[str, str]]:
    """The address of the page of each scenario's credential."""
    made: dict[bytes, str] = {}
    name_of = {
        row.name: made.setdefault(row.credential(issuer_of(row, hosts)), f"{n}.json") for n, row in enumerate(MET)
    }
    built = portfolio_of(tmp_path_factory.mktemp("met"), {name: data for data, name in made.items()})
    at = {entry.file.name: entry.address for entry in built.entries}
    with served(built.site_dir) as base:
        yield {row: base + at[name] for row, name in name_of.items()}


def play(scenario: Scenario, hosts: Hosts, *, cors: bool = True) -> None:
    issuer = issuer_of(scenario, hosts)
    hosts.asked.clear()
    hosts.common = CORS if cors else {}
    hosts.pages = {
        (name if not name.startswith("/") else f"fernwald.example{name}"): make(issuer)
        for name, make in scenario.pages.items()
    }


def verdict_on(tab: Any) -> str:
    return str(tab.locator("article").get_attribute("data-verdict"))


def pressed(tab: Any) -> str:
    tab.click(".pf-lookup button")
    tab.wait_for_function("() => !document.querySelector('.pf-lookup button')", timeout=40_000)
    return verdict_on(tab)


def opened(tab: Any, address: str) -> str:
    tab.goto(address)
    tab.wait_for_function(OVER)
    tab.wait_for_selector(".pf-lookup button")
    return verdict_on(tab)


# What drips or says nothing costs ten seconds each: one of them is enough here.
@pytest.mark.parametrize("scenario", [row for row in MET if row.said not in SLOW], ids=lambda row: row.name)
def test_what_an_issuer_does_comes_to_on_a_page(
    scenario: Scenario, hosts: Hosts, site: dict[str, str], tab: Any
) -> None:
    play(scenario, hosts)
    before = opened(tab, site[scenario.name])
    assert hosts.asked == []
    assert pressed(tab) == scenario.expect[0]
    assert before == "cannot-check"
    assert {name.partition("/")[0] for name in hosts.asked} <= {"fernwald.example"}


def row(name: str) -> Scenario:
    return next(one for one in SCENARIOS if one.name == name)


def test_servers_that_let_no_other_site_ask_settle_nothing(hosts: Hosts, site: dict[str, str], tab: Any) -> None:
    scenario = row("all is well")
    play(scenario, hosts, cors=False)
    opened(tab, site[scenario.name])
    assert pressed(tab) == "cannot-check"
    said = tab.locator(".pf-lookup").inner_text()
    assert message("live.lookup.silent", hosts=f"fernwald.example:{hosts.port}") in said
    assert message("live.lookup.same") in said


def test_a_server_that_drips_is_left_alone(hosts: Hosts, site: dict[str, str], tab: Any) -> None:
    scenario = row("a byte now and then")
    play(scenario, hosts)
    opened(tab, site[scenario.name])
    assert pressed(tab) == "partly-checked"


def test_what_changed_is_said(hosts: Hosts, site: dict[str, str], tab: Any) -> None:
    scenario = row("withdrawn")
    play(scenario, hosts)
    opened(tab, site[scenario.name])
    said_before = tab.locator(".pf-lookup").inner_text()
    assert message("live.lookup", hosts=f"fernwald.example:{hosts.port}") in said_before
    assert pressed(tab) == "revoked"
    assert "Withdrawn by the issuer" in tab.locator(".pf-lookup").inner_text()


def with_copies(folder: Path, hosts: Hosts, data: bytes, copies: dict[str, bytes]) -> Any:
    """Build a portfolio of one credential with the site's own copies, by path."""
    from portfolio_gen.snapshots import write_snapshots

    base = f"https://fernwald.example:{hosts.port}"
    answers = {
        base + path: {"bytes": copy, "status": 200, "type": "", "at": "2026-05-25T00:00:00Z", "source": "copy"}
        for path, copy in copies.items()
    }
    write_snapshots(folder / "snapshots", answers)
    return portfolio_of(folder, {"one.json": data})


def test_a_rolled_back_list_is_not_believed(hosts: Hosts, tab: Any, tmp_path: Path) -> None:
    issuer = AtPort(f"fernwald.example:{hosts.port}")
    entry = json.loads(issuer.credential(index=7))["credentialStatus"] | {"statusPurpose": "suspension"}
    subject = json.loads(issuer.listing(revoked=(7,)))["credentialSubject"] | {"statusPurpose": "suspension"}
    clean = json.loads(issuer.listing())["credentialSubject"] | {"statusPurpose": "suspension"}
    recent = "2026-11-20T00:00:00Z"
    held = issuer.listing(at=recent, credentialSubject=subject)
    built = with_copies(
        tmp_path, hosts, issuer.credential(credentialStatus=entry), {DID: issuer.document(), LIST: held}
    )
    scenario = replace(
        row("all is well"),
        pages={**GOOD, LIST: lambda i: page(i.listing(at="2026-05-01T00:00:00Z", credentialSubject=clean))},
    )
    play(scenario, hosts)
    with served(built.site_dir) as base:
        tab.clock.set_fixed_time("2026-11-25T12:00:00Z")
        assert opened(tab, base + built.entries[0].address) == "suspended"
        assert pressed(tab) == "suspended"
    said = tab.locator(".pf-lookup").inner_text()
    assert message("live.lookup.older") in said
    assert message("live.lookup.same") in said


def test_where_live_and_copy_differ_both_are_said(hosts: Hosts, tab: Any, tmp_path: Path) -> None:
    issuer = AtPort(f"fernwald.example:{hosts.port}")
    built = with_copies(tmp_path, hosts, issuer.credential(), {DID: issuer.document()})
    play(row("a new key under a new name"), hosts)
    with served(built.site_dir) as base:
        assert opened(tab, base + built.entries[0].address) == "partly-checked"
        assert pressed(tab) == "failed"
    said = tab.locator(".pf-lookup").inner_text()
    assert "25 May 2026" in said or "2026-05-25" in said
    assert f"https://fernwald.example:{hosts.port}{DID}" in said


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_before_and_after(
    hosts: Hosts, site: dict[str, str], resolving: Any, axe: str, width: int, scheme: Any
) -> None:
    scenario = row("withdrawn")
    play(scenario, hosts)
    size = {"width": width, "height": 900}
    context = resolving.new_context(ignore_https_errors=True, viewport=size, color_scheme=scheme, bypass_csp=True)
    tab = context.new_page()
    opened(tab, site[scenario.name])
    assert violations(tab, axe) == []
    assert pressed(tab) == "revoked"
    assert violations(tab, axe) == []
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_nothing_is_offered_on_a_forged_credential(hosts: Hosts, tab: Any, tmp_path: Path) -> None:
    issuer = AtPort(f"fernwald.example:{hosts.port}")
    forged = json.loads(by_key(issuer).credential(index=7)) | {"name": "Something better"}
    built = portfolio_of(tmp_path, {"forged.json": json.dumps(forged).encode()})
    with served(built.site_dir) as base:
        tab.goto(base + built.entries[0].address)
        tab.wait_for_function(OVER)
        tab.wait_for_timeout(300)
        assert verdict_on(tab) == "failed"
        assert tab.locator(".pf-lookup button").count() == 0


def by_key(issuer: AtPort) -> Issuer:
    """The same host's issuer, known by its key alone."""
    return Issuer(issuer.host, by_key=True)


def test_a_page_may_ask_those_that_it_names_and_no_others(hosts: Hosts, tmp_path: Path) -> None:
    issuer = AtPort(f"fernwald.example:{hosts.port}")
    private = json.loads(issuer.credential(index=7))["credentialStatus"]
    files = {
        "one.json": issuer.credential(index=7),
        "home.json": by_key(issuer).credential(
            credentialStatus=private | {"statusListCredential": "https://192.168.0.1/status/1"}
        ),
        "router.json": by_key(issuer).credential(
            credentialStatus=private | {"statusListCredential": "https://router.local/status/1"}
        ),
    }
    built = portfolio_of(tmp_path, files)
    allowed = {
        entry.file.name: (built.site_dir / entry.address / "index.html")
        .read_text("utf-8")
        .partition("connect-src ")[2]
        .partition(";")[0]
        for entry in built.entries
    }
    assert allowed == {
        "one.json": f"'self' https://fernwald.example:{hosts.port}",
        "home.json": "'self'",
        "router.json": "'self'",
    }
    index = (built.site_dir / "index.html").read_text("utf-8")
    assert "connect-src 'self';" in index
