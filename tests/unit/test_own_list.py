"""A list of the owner's own: what it may say, every fault with its line, and what a site publishes of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from portfolio_gen.errors import ConfigError
from portfolio_gen.issuer_lists import files
from portfolio_gen.site.lists import copies, published
from portfolio_gen.trust import own, size

GOOD = """\
name: Schools
date: 2026-03-01
issuers:
  did:key:z6Mk:
    name: Fernwald
    since: 2024-09-01
  https://fernwald.example:
"""


def test_a_list() -> None:
    copy = own.parse("schools.yml", GOOD.encode())
    assert {name: copy[name] for name in ("name", "kind", "by", "url", "at")} == {
        "name": "Schools",
        "kind": "registry",
        "by": "owner",
        "url": "",
        "at": "2026-03-01T00:00:00Z",
    }
    assert json.loads(copy["bytes"])["registry"] == {
        "did:key:z6Mk": {"name": "Fernwald", "since": "2024-09-01"},
        "https://fernwald.example": {},
    }
    assert size(copy) == 2


def test_json_is_yaml() -> None:
    whole = {"name": "Schools", "date": "2026-03-01", "issuers": {"did:web:a.example": {"name": "A"}}}
    assert size(own.parse("schools.json", json.dumps(whole).encode())) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("- one", ["schools.yml:1: found a list"]),
        ("\xff", ["schools.yml: This is not UTF-8"]),
        ("name: A\ndate: 2026-03-01", ["issuers: found nothing"]),
        (GOOD.replace("2026-03-01", "2026-02-30"), ["schools.yml:2: date: found"]),
        (GOOD.replace("date: 2026-03-01\n", ""), ["date: found nothing"]),
        (GOOD.replace("Schools", "''"), ["schools.yml:1: name: found"]),
        (GOOD.replace("since", "sins"), ['schools.yml:6: "sins" is not known. Did you mean "since"?']),
        (GOOD.replace("2024-09-01", "last year"), ["schools.yml:6: since: found"]),
        (GOOD.replace("did:key:z6Mk", "Fernwald"), ["schools.yml:4: found"]),
        (GOOD.replace("    name: Fernwald", "    logo: x.png"), ['schools.yml:5: "logo" is not known']),
        (GOOD.replace("    name: Fernwald", "    url: javascript:x"), ["schools.yml:5: url: found"]),
        (GOOD + "owner: me\nlists: no", ['"owner" is not known', '"lists" is not known']),
        (GOOD + "  did:key:z6Mk:\n", ["is given twice"]),
    ],
)
def test_faults(text: str, faults: list[str]) -> None:
    data = text.encode("latin-1" if text == "\xff" else "utf-8")
    with pytest.raises(ConfigError) as raised:
        own.parse("schools.yml", data)
    for fault in faults:
        assert fault in str(raised.value)


def test_a_site_has_the_copies_that_were_fetched_then_the_owners(tmp_path: Path) -> None:
    (tmp_path / "schools.yml").write_text(GOOD)
    kept = tmp_path / "snapshots" / "lists"
    assert [copy["by"] for copy in copies(kept, tmp_path, ["schools.yml"])] == ["owner"]
    kept.mkdir(parents=True)
    public = {**own.parse("schools.yml", GOOD.encode()), "by": "public", "name": "Registry"}
    for name, data in files([public]).items():
        (kept / name).write_bytes(data)
    found = copies(kept, tmp_path, ["schools.yml"])
    assert [copy["name"] for copy in found] == ["Registry", "Schools"]
    assert [name for name in published(found) if name.endswith("index.json")] == ["assets/lists/index.json"]
    assert published([]) == {}


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "index.json").write_text("{")
    (tmp_path / "schools.yml").write_text("name: A")
    with pytest.raises(ConfigError) as raised:
        copies(tmp_path / "lists", tmp_path, ["schools.yml", "absent.yml"])
    said = str(raised.value)
    assert "It is not JSON" in said
    assert "date: found nothing" in said
    assert "absent.yml: It cannot be read" in said
