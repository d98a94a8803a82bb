"""What a refresh has to tell, and the site's calendar and feed."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from issuers import Issuer, Servers

from portfolio_gen import expiry, feeds, news
from portfolio_gen.errors import ConfigError
from portfolio_gen.pages import slugged
from portfolio_gen.refresh import Refreshed, Row, refresh
from portfolio_gen.verifier import verify
from portfolio_gen.wallet import WalletFile

NOW = "2026-06-01T12:00:00Z"
ISSUER = Issuer("isle.example", by_key=True)
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True)
class File:
    name: str
    data: bytes


def found(pages: dict[str, Any], **files: bytes) -> Refreshed:
    given = [File(f"{name}.json", data) for name, data in files.items()]
    return refresh(given, {}, NOW, Servers(pages), lambda done, total: None)


def ends(date: str) -> bytes:
    return ISSUER.credential(f"Until {date}", validUntil=f"{date}T00:00:00Z")


def test_what_calls_for_the_owner_is_told_and_nothing_else() -> None:
    result = found(
        {ISSUER.list_at(): ISSUER.listing(revoked=(7,))},
        good=ISSUER.credential("Good", 8),
        gone=ISSUER.credential("Gone", 7),
        later=ends("2026-07-31"),
        much_later=ends("2026-07-31").replace(b"2026-07-31", b"2027-07-31"),
        soon=ends("2026-07-30"),
        over=ends("2026-05-30"),
        forever=ISSUER.credential("Forever"),
    )
    told = news.news(result, NOW)
    assert [(item.kind, item.file, item.date) for item in told] == [
        ("revoked", "gone.json", ""),
        ("failed", "much_later.json", ""),
        ("expired", "over.json", "2026-05-30"),
        ("expiring", "later.json", "2026-07-31"),
        ("expiring", "soon.json", "2026-07-30"),
    ]
    assert news.news(found({}, forever=ISSUER.credential("Forever")), NOW) == ()
    assert news.markdown(()) == ""


def test_the_same_news_are_the_same_text_on_another_day() -> None:
    result = found(
        {ISSUER.list_at(): ISSUER.listing(revoked=(7,))}, gone=ISSUER.credential("Gone", 7), soon=ends("2026-07-01")
    )
    again = replace(result, rows=tuple(reversed(result.rows)))
    assert news.markdown(news.news(result, NOW)) == news.markdown(news.news(again, "2026-06-08T12:00:00Z"))


def test_names_and_addresses_of_others_cannot_leave_their_code() -> None:
    hostile = "a`\n\n# Heading @everyone <script> [x](https://evil.example) \u202e.json"
    row = Row("https://evil.example/`x`\n- item", "kept", "because `of` this", "2026-05-01T00:00:00Z")
    result = Refreshed({}, (row,), ((hostile, verify(ends("2026-06-09"), now=NOW)),))
    text = news.markdown(news.news(result, NOW))
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(lines) == 2
    assert all(line.count("`") % 2 == 0 for line in lines)
    outside = "".join(re.sub(r"`[^`]*`", "", line) for line in lines)
    assert not re.search(r"[@#<\[]|evil", outside)
    assert "\u202e" not in text


def test_the_log_says_what_was_news_when_and_each_thing_once(tmp_path: Path) -> None:
    items = news.news(found({}, soon=ends("2026-07-01")), NOW)
    log = news.with_log([], items, NOW)
    assert news.with_log(log, items, "2026-06-08T12:00:00Z") == log
    (tmp_path / news.LOG).write_bytes(news.log_text(log))
    assert news.read_log(tmp_path) == log
    assert news.read_log(tmp_path / "nowhere") == []
    for wrong in ("[", "{}", "[7]", '[{"at": "x", "kind": "expired", "sha256": "", "date": ""}]'):
        (tmp_path / news.LOG).write_text(wrong)
        with pytest.raises(ConfigError):
            news.read_log(tmp_path)


NAME = "Bögen; Netze, \\ und ein sehr langer Name, der in keine Zeile von fünfundsiebzig Bytes passt: 结网 <&> \x07"


def entries() -> Any:
    files = [ISSUER.credential(NAME, validUntil="2027-01-31T00:00:00+02:00"), ISSUER.credential("Forever")]
    return slugged((WalletFile(f"{n}.json", data, ""), verify(data, now=NOW)) for n, data in enumerate(files))


def test_the_calendar_has_a_day_for_each_end() -> None:
    made = expiry.calendar(entries(), "https://ada.example/work")
    assert made == expiry.calendar(entries(), "https://ada.example/work")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert b"\n" not in made.replace(b"\r\n", b"")
    lines = made.decode().replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert {"DTSTART;VALUE=DATE:20270131", "DTEND;VALUE=DATE:20270201", "DTSTAMP:20260101T000000Z"} <= set(lines)
    [summary] = [line for line in lines if line.startswith("SUMMARY:")]
    assert "Bögen\\; Netze\\, \\\\ und ein" in summary
    assert "结网 <&>" in summary
    assert "\x07" not in summary
    assert f"URL:https://ada.example/work/{entries()[0].address}" in lines


def test_the_feed_has_the_credentials_and_their_news() -> None:
    one, two = entries()
    log = [
        {"at": NOW, "kind": "expiring", "sha256": one.report.sha256, "date": "2027-01-31"},
        {"at": NOW, "kind": "revoked", "sha256": "of another wallet", "date": ""},
    ]
    made = feeds.atom([one, two], log, "Ada <Example>", "https://ada.example/work/")
    assert made == feeds.atom([one, two], log, "Ada <Example>", "https://ada.example/work/")
    feed = ElementTree.fromstring(made)
    assert feed.findtext(f"{ATOM}updated") == NOW
    assert feed.findtext(f"{ATOM}id") == "https://ada.example/work/atom.xml"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Ada <Example>"
    rows = feed.findall(f"{ATOM}entry")
    assert len({row.findtext(f"{ATOM}id") for row in rows}) == len(rows) == 3
    assert "will expire on 2027-01-31" in str(rows[0].findtext(f"{ATOM}title"))
    assert {row.findtext(f"{ATOM}summary") for row in rows} == {"Valid until 2027-01-31.", "It names no end."}
    for row in rows:
        link = row.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href", "").startswith("https://ada.example/work/credentials/")
        datetime.datetime.fromisoformat(str(row.findtext(f"{ATOM}updated")))
