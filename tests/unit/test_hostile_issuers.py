"""Hostile issuers, each through the look-up of `verify --online`: what it comes to, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from simulator.scenarios import DID, LIST, PLACE, SCENARIOS, WORSE, AtPort, Scenario
from simulator.servers import Hosts, running

from portfolio_gen.fetch import HttpsFetcher, look_up
from portfolio_gen.limits import LIMITS
from portfolio_gen.refresh import refresh
from portfolio_gen.verifier import verify

NOW = "2026-06-01T12:00:00Z"
PATIENCE = 1.0
LEAST = 60


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    with running(tmp_path_factory.mktemp("hosts")) as hosts:
        yield hosts


def prepared(scenario: Scenario, hosts: Hosts) -> AtPort:
    """Have the servers do what the scenario says; return its issuer."""
    issuer = AtPort(f"fernwald.example:{hosts.port}", path=scenario.path)
    hosts.asked.clear()
    hosts.pages = {
        (name if not name.startswith("/") else f"fernwald.example{name}"): make(issuer)
        for name, make in scenario.pages.items()
    }
    return issuer


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(SCENARIOS) >= LEAST
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_what_an_issuer_does_comes_to(scenario: Scenario, hosts: Hosts) -> None:
    issuer = prepared(scenario, hosts)
    data = scenario.credential(issuer)
    resolve = scenario.resolve or (lambda host, port: ["127.0.0.1"])
    slow = "not answered" in scenario.said
    fetcher = HttpsFetcher(
        LIMITS,
        resolve,
        lambda address: address == "127.0.0.1",
        str(hosts.authority),
        patience=PATIENCE if slow else 20.0,
    )
    report, refused = look_up(lambda web: verify(data, now=NOW, web=web), {}, NOW, fetcher)
    verdict, check, code = scenario.expect
    assert (report.verdict, report.checks[check].code) == (verdict, code), refused
    assert scenario.said in " ".join(refused.values())
    assert bool(refused) == bool(scenario.said)
    if scenario.asked is not None:
        assert hosts.asked == list(scenario.asked)


@dataclass(frozen=True)
class _File:
    name: str
    data: bytes


@pytest.mark.parametrize("scenario", WORSE, ids=lambda scenario: scenario.name)
def test_the_last_good_copy_of_a_list_stays(scenario: Scenario, hosts: Hosts) -> None:
    issuer = prepared(scenario, hosts)
    base = f"https://{issuer.host}"
    good = {base + DID: issuer.document(), base + LIST: issuer.listing()}
    kept = {
        address: {"bytes": data, "status": 200, "type": "", "at": "2026-05-25T00:00:00Z", "source": "copy"}
        for address, data in good.items()
    }
    fetcher = HttpsFetcher(
        LIMITS,
        lambda host, port: ["127.0.0.1"],
        lambda address: True,
        str(hosts.authority),
        patience=PATIENCE if "not answered" in scenario.said else 20.0,
    )
    files = [_File("badge.json", issuer.credential(index=PLACE))]
    result = refresh(files, kept, NOW, fetcher, lambda done, total: None)
    assert {address: result.copies[address]["bytes"] for address in good} == good
    row = next(row for row in result.rows if row.address == base + LIST)
    assert row.outcome == "kept"
    assert row.why


def test_an_address_with_a_redirect_is_given_no_more_time_than_one_without(hosts: Hosts) -> None:
    assert replace(HttpsFetcher(), patience=0.0).fetch("https://fernwald.example/", NOW).__class__ is str
