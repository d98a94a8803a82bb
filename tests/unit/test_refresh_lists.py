"""`refresh --lists`: the public registries, into dated copies; none is replaced by something worse."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from issuers import Issuer, Servers

sys.path.append(str(Path(__file__).resolve().parents[1] / "vectors"))

from families import trust as made
from families.kit import ISSUER, OTHER

from portfolio_gen import cli
from portfolio_gen.issuer_lists import read_lists, write_lists
from portfolio_gen.refresh_lists import Refreshed, issuers, refresh_lists
from portfolio_gen.trust import size, sources
from portfolio_gen.verifier import verify

NOW, LATER = "2026-06-01T12:00:00Z", "2026-06-08T12:00:00Z"
REGISTRY, ANCHOR = made.URL, made.CONFIGURATION
LISTING, FETCH = "https://federation.example/list", "https://federation.example/fetch"
INDEX = [
    {"name": "Schools", "type": "dcc-legacy", "url": REGISTRY},
    {"name": "Federation", "type": "oidf", "trustAnchorEC": ANCHOR},
    {"name": "Recognised", "type": "vc-recognition", "url": "https://other.example"},
]


def registry(*identifiers: str) -> bytes:
    return json.dumps({"registry": {identifier: {"name": "A school"} for identifier in identifiers}}).encode()


def configuration(**claims: Any) -> bytes:
    entity = {"federation_list_endpoint": LISTING, "federation_fetch_endpoint": FETCH}
    return made.configuration(metadata={"federation_entity": entity}, **claims).encode()


def asked_for(identifier: str) -> str:
    return f"{FETCH}?sub={identifier.replace(':', '%3A')}"


PAGES: dict[str, Any] = {
    sources.INDEX: json.dumps(INDEX).encode(),
    REGISTRY: registry(ISSUER),
    ANCHOR: configuration(),
    LISTING: json.dumps([ISSUER, OTHER]).encode(),
    asked_for(ISSUER): made.statement().encode(),
}


def refreshed(pages: Any = PAGES, kept: Any = (), now: str = NOW) -> Refreshed:
    return refresh_lists(kept, [ISSUER, "did:web:private.example"], now, Servers(pages), lambda done, total: None)


def outcomes(found: Refreshed) -> list[tuple[str, str]]:
    return [(row.address, row.outcome) for row in found.rows]


def test_registries_of_both_types() -> None:
    found = refreshed()
    assert outcomes(found) == [(REGISTRY, "new"), (ANCHOR, "new")]
    assert [(copy["name"], copy["kind"], copy["by"], copy["at"], size(copy)) for copy in found.copies] == [
        ("Schools", "registry", "public", NOW, 1),
        ("Federation", "federation", "public", NOW, 1),
    ]
    assert found.is_whole


def test_a_report_with_the_copies() -> None:
    data = (Path(made.__file__).parents[1] / "trust" / "list-knows.json").read_bytes()
    report = verify(data, now=NOW, lists=refreshed().copies)
    assert issuers([report]) == [ISSUER]
    assert report.issuer
    assert [(entry["list"], entry["seen"]) for entry in report.issuer.lists] == [("Schools", NOW), ("Federation", NOW)]


def test_a_registry_does_not_learn_of_issuers_that_it_does_not_list() -> None:
    servers = Servers(PAGES)
    refresh_lists((), [ISSUER, "did:web:private.example"], NOW, servers, lambda done, total: None)
    assert servers.asked == [sources.INDEX, REGISTRY, ANCHOR, LISTING, asked_for(ISSUER)]


def test_since_when_an_issuer_is_seen() -> None:
    first = refreshed().copies
    later = refreshed({**PAGES, REGISTRY: registry(ISSUER, OTHER)}, first, LATER)
    assert outcomes(later) == [(REGISTRY, "changed"), (ANCHOR, "unchanged")]
    assert later.copies[0]["seen"] == {ISSUER: NOW, OTHER: LATER}
    assert later.copies[0]["at"] == LATER
    gone = refreshed({**PAGES, REGISTRY: registry(OTHER)}, later.copies, LATER)
    assert gone.copies[0]["seen"] == {OTHER: LATER}


@pytest.mark.parametrize(
    ("worse", "address", "says"),
    [
        ({REGISTRY: b"<html>"}, REGISTRY, "no list of issuers"),
        ({REGISTRY: (500, b"")}, REGISTRY, "answers 500"),
        ({REGISTRY: None}, REGISTRY, "nobody answers"),
        ({ANCHOR: b"<html>"}, ANCHOR, "no list of issuers"),
        ({ANCHOR: configuration(jwks={"keys": []})}, ANCHOR, "no list of issuers"),
        ({ANCHOR: made.configuration().encode()}, ANCHOR, "no list of issuers"),
        ({LISTING: b"{"}, ANCHOR, "no list of issuers"),
        ({LISTING: (404, b"")}, ANCHOR, "answers 404"),
        ({asked_for(ISSUER): b"\xff"}, ANCHOR, "no list of issuers"),
        ({asked_for(ISSUER): (500, b"")}, ANCHOR, "answers 500"),
    ],
)
def test_a_copy_is_replaced_by_nothing_worse(worse: dict[str, Any], address: str, says: str) -> None:
    first = refreshed().copies
    later = refreshed({**PAGES, **worse}, first, LATER)
    [row] = [row for row in later.rows if row.address == address]
    assert (row.outcome, row.at) == ("kept", NOW)
    assert says in row.why
    assert next(copy for copy in later.copies if copy["url"] == address) in first
    assert not later.is_whole
    fresh = refreshed({**PAGES, **worse})
    assert (address, "absent") in outcomes(fresh)


@pytest.mark.parametrize("index", [None, (404, b""), b"<html>", b"{}"])
def test_without_the_index_all_stays(index: Any) -> None:
    first = refreshed().copies
    later = refreshed({**PAGES, sources.INDEX: index}, first, LATER)
    assert later.copies == tuple(first)
    assert outcomes(later) == [(sources.INDEX, "absent")]


def test_what_the_index_no_longer_names_stays_and_is_said() -> None:
    first = refreshed().copies
    later = refreshed({**PAGES, sources.INDEX: json.dumps(INDEX[:1]).encode()}, first, LATER)
    assert outcomes(later) == [(REGISTRY, "unchanged"), (ANCHOR, "kept")]
    assert [copy["at"] for copy in later.copies] == [LATER, NOW]


def test_the_command_writes_them_where_a_build_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["init", "site"]) == 0
    monkeypatch.chdir(tmp_path / "site")
    badge = Issuer(by_key=True)
    Path("wallet/badge.json").write_bytes(badge.credential())
    pages = {**PAGES, REGISTRY: registry(badge.did)}
    monkeypatch.setattr(cli, "HttpsFetcher", lambda: Servers(pages))
    assert cli.run(["refresh", "--lists"]) == 0
    assert f"New            {REGISTRY}" in capsys.readouterr().out
    found = read_lists(Path("snapshots/lists"))
    assert [copy["name"] for copy in found] == ["Schools", "Federation"]
    write_lists(Path("snapshots/lists"), found[:1])
    assert len(list(Path("snapshots/lists").iterdir())) == 2
    assert base64.b64encode(found[0]["bytes"])
    assert cli.run(["build"]) == 0
    assert json.loads(Path("site/portfolio.json").read_bytes())["lists"][-1]["file"] == "assets/lists/index.json"
