"""Copies of what the wallet depends on: each is asked for once, and none is replaced by something worse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from issuers import Issuer, Servers

from portfolio_gen import cli
from portfolio_gen.errors import ConfigError
from portfolio_gen.issuing import IssuerKey
from portfolio_gen.refresh import Refreshed, refresh
from portfolio_gen.snapshots import read_snapshots, write_snapshots
from portfolio_gen.status import bitstring
from portfolio_gen.verifier import verify, verifying

NOW, LATER = "2026-06-01T12:00:00Z", "2026-06-08T12:00:00Z"
FERNWALD = Issuer()
LIST = FERNWALD.list_at()
FORGER = Issuer(key=IssuerKey.from_seed(bytes([9] * 32)))
DATED, OLDER, NEWER = "2026-05-20T00:00:00Z", "2026-05-19T00:00:00Z", "2026-06-05T00:00:00Z"


@dataclass(frozen=True)
class File:
    name: str
    data: bytes


BADGE = File("badge.json", FERNWALD.credential(index=7))
PAGES = {FERNWALD.address: FERNWALD.document(), LIST: FERNWALD.listing(at=DATED)}


def refreshed(
    pages: Mapping[str, Any] = PAGES, kept: Mapping[str, Any] | None = None, now: str = NOW, files: Any = (BADGE,)
) -> Refreshed:
    return refresh(list(files), kept or {}, now, Servers(pages), lambda done, total: None)


def outcomes(result: Refreshed) -> dict[str, str]:
    return {row.address: row.outcome for row in result.rows}


def copies(folder: Path, result: Refreshed) -> Mapping[str, Any]:
    write_snapshots(folder, result.copies)
    return read_snapshots(folder, LATER)


def test_one_look_up_leads_to_the_next(tmp_path: Path) -> None:
    result = refreshed()
    assert outcomes(result) == {FERNWALD.address: "new", LIST: "new"}
    assert [report.verdict for _, report in result.reports] == ["verified"]
    assert result.is_whole


def test_a_thousand_credentials_of_twenty_issuers_with_forty_lists_make_sixty_requests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = [IssuerKey.from_seed(bytes([number] * 32)) for number in range(20)]
    issuers = [Issuer(f"school-{number}.example", key=key) for number, key in enumerate(keys)]
    pages = {issuer.address: issuer.document() for issuer in issuers}
    pages |= {issuer.list_at(number): issuer.listing(number) for issuer in issuers for number in (1, 2)}
    files = [
        File(f"{n}.json", issuers[n % 20].credential(f"Badge {n}", n, number=1 + n // 20 % 2)) for n in range(1_000)
    ]
    servers, told = Servers(pages), list[tuple[int, int]]()
    decoded = count(monkeypatch)
    result = refresh(files, {}, NOW, servers, lambda done, total: told.append((done, total)))
    assert sorted(servers.asked) == sorted(pages)
    assert len(servers.asked) == 60
    assert told[-1] == (60, 60)
    assert [done for done, _ in told] == list(range(1, 61))
    assert {report.verdict for _, report in result.reports} == {"verified"}
    assert len(decoded) <= 80  # each list in the last look-up round, and in the report


def count(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with each list that is decoded."""
    decoded: list[int] = []
    unpacked = bitstring._unpacked

    def counted(encoded: str, prefix: str, most: int) -> bytes | None:
        decoded.append(len(encoded))
        return unpacked(encoded, prefix, most)

    monkeypatch.setattr(bitstring, "_unpacked", counted)
    return decoded


def test_a_thousand_entries_in_one_list_decode_and_verify_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    decoded = count(monkeypatch)
    web = {row: {"bytes": data, "status": 200, "type": "", "at": NOW, "source": "live"} for row, data in PAGES.items()}
    web[LIST]["bytes"] = FERNWALD.listing(revoked=(13,))
    files = [FERNWALD.credential(f"Badge {n}", index=n) for n in range(1_000)]
    opened: list[str] = []
    from portfolio_gen import verifier

    once = verifier._opened_list
    monkeypatch.setattr(verifier, "_opened_list", lambda *given: opened.append("list") or once(*given))  # type: ignore[func-returns-value]
    check = verifying(now=NOW, web=web)
    verdicts = [check(data).verdict for data in files]
    assert [n for n, verdict in enumerate(verdicts) if verdict != "verified"] == [13]
    assert (len(decoded), len(opened)) == (1, 1)
    assert [verify(data, now=NOW, web=web).verdict for data in files[12:15]] == verdicts[12:15]


def test_many_lists_are_not_all_kept_open() -> None:
    web = {row: {"bytes": data, "status": 200, "type": "", "at": NOW, "source": "live"} for row, data in PAGES.items()}
    for number in range(70):
        web[FERNWALD.list_at(number)] = web[LIST] | {"bytes": FERNWALD.listing(number)}
    check = verifying(now=NOW, web=web)
    for number in [*range(70), 0]:
        assert check(FERNWALD.credential(index=7, number=number)).verdict == "verified"


def test_the_folder_is_one_that_verify_can_check_with(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "snapshots"
    write_snapshots(folder, refreshed().copies)
    (tmp_path / "badge.json").write_bytes(BADGE.data)
    index = json.loads((folder / "index.json").read_bytes())
    assert {row["source"] for row in index.values()} == {"copy"}
    assert {row["file"] for row in index.values()} == {row["sha256"] for row in index.values()}
    run = cli.run(["verify", "--json", "--now", LATER, "--web", str(folder), str(tmp_path / "badge.json")])
    assert run == 3
    [report] = json.loads(capsys.readouterr().out)["reports"]
    assert report["checks"]["signer"] == {"result": "unknown", "code": "DID_WEB_COPY_ONLY", "detail": {"at": NOW}}
    assert report["checks"]["status"] == {"result": "pass", "code": "OK", "detail": {"at": DATED}}


REVOKED = FERNWALD.listing(revoked=(7,), at=NEWER)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, b"{}"), "answers 404"),
        ((500, FERNWALD.listing(at=NEWER)), "answers 500"),
        (b"<!doctype html><title>Moved</title>", "no JSON"),
        (b"", "no JSON"),
        (REVOKED[:-9], "no JSON"),
        (b'{"error": "not today"}', "another document"),
        (FERNWALD.listing(2, at=NEWER), "another document"),
        (FERNWALD.listing(at=NEWER, issuer="did:web:elsewhere.example"), "another document"),
        (FERNWALD.listing(at=OLDER), "an older one"),
        (FERNWALD.listing(at=NEWER, credentialSubject={"id": f"{LIST}#list", "encodedList": "u"}), "cannot be read"),
        (FERNWALD.listing(at=NEWER, validUntil="2026-06-06T00:00:00Z"), "has expired"),
        (FORGER.listing(at=NEWER), "does not check out"),
        (FERNWALD.listing(at=NEWER).replace(NEWER.encode(), b"2026-06-06T00:00:00Z"), "does not check out"),
        (b"\x89PNG\r\n\x1a\n", "another document"),
        (None, "nobody answers"),
    ],
)
def test_nothing_worse_replaces_a_good_copy(tmp_path: Path, answer: Any, said: str) -> None:
    kept = copies(tmp_path, refreshed())
    result = refreshed({**PAGES, LIST: answer}, kept, LATER)
    assert outcomes(result) == {FERNWALD.address: "unchanged", LIST: "kept"}
    row = next(row for row in result.rows if row.address == LIST)
    assert said in row.why
    assert row.at == NOW
    after = copies(tmp_path, result)
    assert after[LIST] == kept[LIST]
    assert after[FERNWALD.address]["at"] == LATER
    assert not result.is_whole


def test_a_better_one_replaces_it(tmp_path: Path) -> None:
    kept = copies(tmp_path, refreshed())
    result = refreshed({**PAGES, LIST: REVOKED}, kept, LATER)
    assert outcomes(result)[LIST] == "changed"
    assert [report.verdict for _, report in result.reports] == ["revoked"]
    after = copies(tmp_path, result)
    assert after[LIST]["bytes"] == REVOKED
    assert verify(BADGE.data, now=LATER, web=after).verdict == "revoked"
    # An issuer who is made to take it back cannot: the newer list stays.
    assert outcomes(refreshed(PAGES, after, LATER))[LIST] == "kept"


def test_what_an_unreachable_issuer_led_to_is_still_asked_for(tmp_path: Path) -> None:
    kept = copies(tmp_path, refreshed())
    result = refreshed({FERNWALD.address: None, LIST: REVOKED}, kept, LATER)
    assert outcomes(result) == {FERNWALD.address: "kept", LIST: "changed"}


def test_what_no_credential_needs_any_more_is_kept(tmp_path: Path) -> None:
    kept = copies(tmp_path, refreshed())
    result = refreshed(PAGES, kept, LATER, ())
    assert result.rows == ()
    assert copies(tmp_path, result) == kept


def test_what_could_never_be_had_is_no_copy(tmp_path: Path) -> None:
    result = refreshed({FERNWALD.address: FERNWALD.document(), LIST: (404, b"")})
    assert outcomes(result) == {FERNWALD.address: "new", LIST: "absent"}
    assert list(result.copies) == [FERNWALD.address]


def test_hosted_badges_are_followed_to_their_class_and_their_issuer() -> None:
    base = "https://fernwald.example/"
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"{base}assertions/1",
        "type": "Assertion",
        "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
        "badge": f"{base}badges/1",
        "verification": {"type": "hosted"},
        "issuedOn": "2026-01-01T00:00:00Z",
    }
    classed = {"id": f"{base}badges/1", "type": "BadgeClass", "name": "Knots", "issuer": f"{base}issuer"}
    profile = {"id": f"{base}issuer", "type": "Profile", "name": "Fernwald Academy"}
    pages = {str(page["id"]): json.dumps(page).encode() for page in (badge, classed, profile)}
    result = refreshed(pages, files=[File("hosted.json", json.dumps(badge).encode())])
    assert set(pages) <= {row.address for row in result.rows if row.outcome == "new"}
    assert result.reports[0][1].checks["signature"].code == "HOSTED_MATCH"


PICTURE = "https://pictures.example/badge.svg"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
ILLUSTRATED = File("shown.json", Issuer(by_key=True).credential(image={"id": PICTURE, "type": "Image"}))


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (SVG, True),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 9, True),
        (SVG.replace(b"<rect", b"<script>1</script><rect"), False),
        (b'{"id": "https://pictures.example/badge.svg"}', False),
        (b"<!doctype html>", False),
        ((404, SVG), False),
        (None, False),
    ],
)
def test_pictures_that_credentials_link_to_are_kept_if_they_are_pictures(answer: Any, kept: bool) -> None:
    servers = Servers({PICTURE: answer})
    result = refresh([ILLUSTRATED, ILLUSTRATED], {}, NOW, servers, lambda done, total: None)
    assert servers.asked == [PICTURE]
    assert (PICTURE in result.copies) == kept
    again = refresh([ILLUSTRATED], {PICTURE: {"bytes": SVG, "at": NOW}}, LATER, servers, lambda done, total: None)
    assert again.copies[PICTURE]["bytes"] == (answer if kept else SVG)


RENEW = "https://fernwald.example/renew/1"
RENEWABLE = {"refreshService": {"id": RENEW, "type": "1EdTechCredentialRefresh"}}
ELSEWHERE = Issuer("elsewhere.example", by_key=True)


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (FERNWALD.credential(validFrom="2026-03-01T00:00:00Z", **RENEWABLE), "newer"),
        (FERNWALD.credential(**RENEWABLE), "none"),
        (FERNWALD.credential(validFrom="2025-03-01T00:00:00Z"), "none"),
        (FORGER.credential(validFrom="2026-03-01T00:00:00Z"), "unchecked"),
        (ELSEWHERE.credential(validFrom="2026-03-01T00:00:00Z"), "unchecked"),
        (b"<!doctype html>", "unchecked"),
        ((401, FERNWALD.credential(validFrom="2026-03-01T00:00:00Z")), "unchecked"),
        (None, "unchecked"),
    ],
)
def test_a_newer_version_is_offered_and_nothing_is_replaced(answer: Any, found: str) -> None:
    file = File("old.json", FERNWALD.credential(**RENEWABLE))
    twin = File("twin.json", file.data)
    servers = Servers({**PAGES, RENEW: answer})
    result = refresh([file, twin], {}, NOW, servers, lambda done, total: None)
    assert [(offer.file, offer.found) for offer in result.offers] == [("old.json", found), ("twin.json", found)]
    assert servers.asked.count(RENEW) == 1
    assert RENEW not in result.copies


def test_what_no_plain_get_can_tell_is_not_asked() -> None:
    services = [{"id": RENEW, "type": "VerifiableCredentialRefreshService2021"}, {"id": "http://fernwald.example/"}, 7]
    servers = Servers(PAGES)
    file = File("old.json", FERNWALD.credential(refreshService=services))
    assert refresh([file], {}, NOW, servers, lambda done, total: None).offers == ()
    assert servers.asked == [FERNWALD.address]


def test_an_index_that_lies_makes_nothing_live_and_nothing_of_tomorrow(tmp_path: Path) -> None:
    write_snapshots(tmp_path, refreshed().copies)
    index = json.loads((tmp_path / "index.json").read_bytes())
    index[FERNWALD.address]["source"] = "live"
    index[LIST] |= {"at": "2031-01-01T00:00:00Z"}
    (tmp_path / "index.json").write_text(json.dumps(index))
    found = read_snapshots(tmp_path, LATER)
    assert list(found) == [FERNWALD.address]
    assert found[FERNWALD.address]["source"] == "copy"
    assert verify(BADGE.data, now=LATER, web=found).checks["signer"].code == "DID_WEB_COPY_ONLY"
    (tmp_path / index[FERNWALD.address]["file"]).write_bytes(b"{}")
    with pytest.raises(ConfigError, match="sha256"):
        read_snapshots(tmp_path, LATER)


def test_a_write_that_stops_half_way_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = copies(tmp_path, refreshed())
    better = refreshed({**PAGES, LIST: REVOKED}, kept, LATER)
    from portfolio_gen import snapshots

    put = snapshots.write_file

    def stops(folder: Path, name: str, data: bytes) -> None:
        if name == "index.json":
            raise OSError(28, "No space left on device")
        put(folder, name, data)

    monkeypatch.setattr(snapshots, "write_file", stops)
    with pytest.raises(OSError, match="No space"):
        write_snapshots(tmp_path, better.copies)
    monkeypatch.undo()
    assert read_snapshots(tmp_path, LATER) == kept
    write_snapshots(tmp_path, better.copies)
    assert len([file for file in tmp_path.iterdir() if file.name != "index.json"]) == 2


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: Ada\ntheme: {name: portfolio}\nplugins: [portfolio]\n")
    for name in ("docs", "wallet"):
        (tmp_path / name).mkdir()
    (tmp_path / "wallet" / "badge.json").write_bytes(BADGE.data)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, pages: Mapping[str, Any], now: str, *arguments: str) -> int:
    monkeypatch.setattr(cli, "HttpsFetcher", lambda: Servers(pages))
    monkeypatch.setattr(cli, "_moment", lambda text: now)
    return cli.run(["refresh", *arguments])


def test_the_command_says_what_changed(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, PAGES, NOW) == 0
    said = capsys.readouterr().out
    assert f"New            {LIST}\n" in said
    assert "2 copies in snapshots/" in said
    assert run(monkeypatch, PAGES, NOW) == 0
    assert "Asked for 2 addresses; 2 unchanged." in capsys.readouterr().out
    assert run(monkeypatch, {**PAGES, LIST: FERNWALD.listing(at=OLDER)}, LATER) == 3
    said = capsys.readouterr().out
    assert f"Not renewed    {LIST}: fernwald.example answers with an older one" in said
    assert "The copy of 2026-06-01 (7 days old) is kept." in said
    assert run(monkeypatch, {**PAGES, LIST: REVOKED}, LATER) == 1
    said = capsys.readouterr().out
    assert f"Changed        {LIST}" in said
    assert "Withdrawn by the issuer" in said


def test_only_refresh_asks_anybody(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, PAGES, NOW)

    class Nobody:
        def __init__(self) -> None:
            raise AssertionError("a fetcher was made")

    monkeypatch.setattr(cli, "HttpsFetcher", Nobody)
    assert cli.run(["build"]) == 0
    assert cli.run(["check"]) == 3
    assert cli.run(["verify", "wallet"]) == 3


def test_a_private_key_in_a_copy_stops_the_build(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(FERNWALD.document()) | {"publicKeyJwk": {"kty": "OKP", "d": "a" * 43}}
    run(monkeypatch, {**PAGES, FERNWALD.address: json.dumps(document).encode()}, NOW)
    assert cli.run(["build"]) == 2
    said = capsys.readouterr().err
    assert "a secret would have been" in said
    assert FERNWALD.address in said
    assert not (site / "site").exists()


def test_what_is_published_of_the_copies_needs_no_clock(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, PAGES, NOW)
    made = []
    for _ in range(2):
        assert cli.run(["build"]) == 0
        made.append({file: file.read_bytes() for file in (site / "site").rglob("*") if file.is_file()})
    assert made[0] == made[1]
    assert {file.name for file in made[0] if "snapshots" in file.parts} > {"index.json"}


def test_news_reach_a_file_the_log_and_the_feed_of_the_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = FERNWALD.credential("Knots", validUntil="2026-07-01T00:00:00Z")
    (site / "wallet" / "ends.json").write_bytes(ends)
    assert run(monkeypatch, {**PAGES, LIST: REVOKED}, LATER, "--news", "news.md") == 1
    said = (site / "news.md").read_text("utf-8")
    assert "## Withdrawn by the issuer\n\n- `badge.json`\n" in said
    assert "- `ends.json` · 2026-07-01" in said
    assert cli.run(["build"]) == 0
    feed = (site / "site" / "atom.xml").read_text("utf-8")
    assert "Rope rescue: withdrawn by the issuer" in feed
    assert "Knots: will expire on 2026-07-01" in feed
    assert "SUMMARY:Knots: this credential expires" in (site / "site" / "expiry.ics").read_text("utf-8")
    home = (site / "site" / "index.html").read_text("utf-8")
    assert 'href="atom.xml"' in home
    assert 'href="expiry.ics"' in home
    assert run(monkeypatch, {**PAGES, LIST: REVOKED}, LATER, "--news", "again.md") == 1
    assert (site / "again.md").read_text("utf-8") == said


def test_a_site_in_which_nothing_ends_has_no_calendar(site: Path) -> None:
    assert cli.run(["build"]) == 0
    assert not (site / "site" / "expiry.ics").exists()
    assert "expiry.ics" not in (site / "site" / "index.html").read_text("utf-8")


def test_the_copies_have_a_folder_of_their_own(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "mkdocs.yml").write_text(
        "site_name: Ada\ntheme: {name: portfolio}\nplugins:\n  - portfolio:\n      snapshots: docs\n"
    )
    assert cli.run(["refresh"]) == 2
    assert "mkdocs.yml:5: snapshots: the folder overlaps docs_dir" in capsys.readouterr().err
