"""A feed of credentials and of their news (Atom, RFC 4287). The same credentials give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from portfolio_gen import pages
from portfolio_gen.addresses import absolute, base
from portfolio_gen.numeric_date import stamp
from portfolio_gen.pages import FEED, ending
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.vocabulary import message

_ATOM = "http://www.w3.org/2005/Atom"
_UNDATED = "1970-01-01T00:00:00Z"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(entries: Sequence[pages.Entry], log: Sequence[Mapping[str, Any]], site_name: str, site_url: str = "") -> bytes:
    """Return the feed: every credential, dated as it is, and what `refresh` found out about it, dated then."""
    rows = [(updated(entry), message("feed.credential", name=pages.called(entry)), "", entry) for entry in entries]
    by_digest = {entry.report.sha256: entry for entry in entries}
    for row in log:
        about = by_digest.get(row["sha256"])
        if about is not None:
            title = message(f"feed.{row['kind']}", name=pages.called(about), date=row["date"])
            rows.append((str(row["at"]), title, f"-{row['kind']}-{row['date']}", about))
    rows.sort(key=lambda row: (row[0], row[1], row[3].slug), reverse=True)
    feed = ElementTree.Element("feed", xmlns=_ATOM)
    _add(feed, "title", message("feed.title", name=site_name))
    _add(feed, "id", absolute(site_url, FEED) or "urn:portfolio-gen:feed")
    _add(feed, "updated", rows[0][0] if rows else _UNDATED)
    _add(ElementTree.SubElement(feed, "author"), "name", site_name)
    ElementTree.SubElement(feed, "link", rel="self", href=base(site_url) + FEED)
    for at, title, part, entry in rows:
        one = ElementTree.SubElement(feed, "entry")
        _add(one, "title", title)
        _add(one, "id", f"urn:sha256:{entry.report.sha256}{part}")
        _add(one, "updated", at)
        ElementTree.SubElement(one, "link", href=base(site_url) + entry.address)
        end = ending(entry.report)
        _add(one, "summary", message("feed.until", date=end[:10]) if end else message("feed.endless"))
    ElementTree.indent(feed, " ")
    written: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return written + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _NOT_XML.sub("\ufffd", text)


def updated(entry: pages.Entry) -> str:
    """Return a credential's own date in UTC, as RFC 3339 has them; the beginning of time where it has none."""
    try:
        found = stamp(instant(pages.dated(entry)) // SECOND)
    except ValueError:
        return _UNDATED
    return found if len(found) == len(_UNDATED) else _UNDATED
