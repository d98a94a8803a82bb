"""A calendar of when credentials end (iCalendar, RFC 5545), and a feed of them and their news (Atom, RFC 4287).

Of both formats this is the small part that a portfolio needs. The same credentials give the same bytes: neither
says when it was made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

from portfolio_gen import pages
from portfolio_gen.numeric_date import stamp
from portfolio_gen.pages import FEED, ending
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.vocabulary import message

_ATOM = "http://www.w3.org/2005/Atom"
_LINE_BYTES = 75
_UNDATED = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def calendar(entries: Iterable[pages.Entry], site_url: str = "") -> bytes:
    """Return a calendar with a day for each credential that ends, and a reminder thirty days before (RFC 5545, 3.6)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//portfolio-gen//EN", "METHOD:PUBLISH"]
    for entry in entries:
        day = _day(ending(entry.report))
        if day:
            lines += _event(entry, day, site_url)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)).encode()


def _event(entry: pages.Entry, day: date, site_url: str) -> Iterator[str]:
    says = _text(message("feed.ends", name=pages.called(entry)))
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.report.sha256}@portfolio-gen"
    yield f"DTSTAMP:{_updated(entry)[:19].replace('-', '').replace(':', '')}Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{says}"
    if site_url:
        yield f"URL:{_base(site_url)}{entry.address}"
    yield from ("TRANSP:TRANSPARENT", "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{says}", "TRIGGER:-P30D")
    yield from ("END:VALARM", "END:VEVENT")


def _day(end: str) -> date | None:
    """Return the day of an end as it is written; None for none, or one that calendars cannot hold."""
    try:
        day = date.fromisoformat(end[:10])
    except ValueError:
        return None
    return day if day.year < date.max.year else None


def _text(text: str) -> str:
    """Escape a TEXT value (RFC 5545, 3.3.11), without control characters, which it may not hold."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return re.sub(r"([\\;,])", r"\\\1", plain)


def _folded(line: str) -> Iterator[str]:
    """Fold a content line: no more than 75 bytes each, and no character torn (RFC 5545, 3.1)."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > _LINE_BYTES:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part


def atom(entries: Sequence[pages.Entry], log: Sequence[Mapping[str, Any]], site_name: str, site_url: str = "") -> bytes:
    """Return the feed: every credential, dated as it is, and what `refresh` found out about it, dated then."""
    rows = [(_updated(entry), message("feed.credential", name=pages.called(entry)), "", entry) for entry in entries]
    by_digest = {entry.report.sha256: entry for entry in entries}
    for row in log:
        about = by_digest.get(row["sha256"])
        if about is not None:
            title = message(f"feed.{row['kind']}", name=pages.called(about), date=row["date"])
            rows.append((str(row["at"]), title, f"-{row['kind']}-{row['date']}", about))
    rows.sort(key=lambda row: (row[0], row[1], row[3].slug), reverse=True)
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "title", message("feed.title", name=site_name))
    _add(feed, "id", _base(site_url) + FEED if site_url else "urn:portfolio-gen:feed")
    _add(feed, "updated", rows[0][0] if rows else _UNDATED)
    _add(ElementTree.SubElement(feed, "author"), "name", site_name)
    ElementTree.SubElement(feed, "link", rel="self", href=_base(site_url) + FEED)
    for updated, title, part, entry in rows:
        one = ElementTree.SubElement(feed, "entry")
        _add(one, "title", title)
        _add(one, "id", f"urn:sha256:{entry.report.sha256}{part}")
        _add(one, "updated", updated)
        ElementTree.SubElement(one, "link", href=_base(site_url) + entry.address)
        end = ending(entry.report)
        _add(one, "summary", message("feed.until", date=end[:10]) if end else message("feed.endless"))
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _NOT_XML.sub("\ufffd", text)


def _updated(entry: pages.Entry) -> str:
    """Return a credential's own date in UTC, as RFC 3339 has them; the beginning of time where it has none."""
    try:
        found = stamp(instant(pages.dated(entry)) // SECOND)
    except ValueError:
        return _UNDATED
    return found if len(found) == len(_UNDATED) else _UNDATED


def _base(site_url: str) -> str:
    return site_url.rstrip("/") + "/" if site_url else ""
