"""A calendar of when credentials end (iCalendar, RFC 5545). The same credentials give the same bytes.

Imported where a site has such a credential only: the library takes as long to import as ten pages to write.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from portfolio_gen import feeds, pages
from portfolio_gen.addresses import absolute
from portfolio_gen.pages import ending
from portfolio_gen.vocabulary import message


def calendar(entries: Iterable[pages.Entry], site_url: str = "") -> bytes:
    """Return a calendar with a day for each credential that ends, and a reminder thirty days before (RFC 5545, 3.6)."""
    whole = Calendar({"prodid": "-//portfolio-gen//EN", "version": "2.0", "method": "PUBLISH"})
    for entry in entries:
        day = _day(ending(entry.report))
        if day:
            whole.add_component(_event(entry, day, site_url))
    made: bytes = whole.to_ical()
    return made


def _event(entry: pages.Entry, day: date, site_url: str) -> Event:
    says = "".join(
        character if character.isprintable() else " " for character in message("feed.ends", name=pages.called(entry))
    )
    event = Event()
    event.add("uid", f"{entry.report.sha256}@portfolio-gen")
    event.add("dtstamp", datetime.fromisoformat(feeds.updated(entry)))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", says)
    if site_url:
        event.add("url", absolute(site_url, entry.address))
    event.add("transp", "TRANSPARENT")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", says)
    reminder.add("trigger", timedelta(days=-30))
    event.add_component(reminder)
    return event


def _day(end: str) -> date | None:
    """Return the day of an end as it is written; None for none, or one that calendars cannot hold."""
    try:
        day = date.fromisoformat(end[:10])
    except ValueError:
        return None
    return day if day.year < date.max.year else None
