"""The home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portfolio_gen.pages.entries import Entry, Listed, Stated, ending
from portfolio_gen.pages.glance import Strength, glance_data
from portfolio_gen.pages.page import SiteInfo
from portfolio_gen.pages.skills import ADVERT
from portfolio_gen.pages.stacks import Pile, stacks_on_home
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.vocabulary import message
from portfolio_gen.wallet import Skipped

CALENDAR, FEED = "expiry.ics", "atom.xml"
"""Where the site's calendar of ends and its feed are (portfolio_gen/expiry.py, portfolio_gen/feeds.py)."""

TAKE = "export/"
"""The page of what a visitor may take along."""


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Put those first to which the owner gave a place; the others keep theirs."""
    return sorted(entries, key=lambda entry: (entry.owner or Sidecar()).rank)


def home_data(
    entries: Sequence[Entry],
    unpublished: Sequence[Skipped],
    site: SiteInfo,
    links: Sequence[Stated],
    strengths: Sequence[Strength],
    stacked: Sequence[Pile] = (),
) -> Mapping[str, Any]:
    """Return what the home page shows: the owner, every credential in the owner's order, and what is beside them."""
    cards = [Listed(entry) for entry in entries if not (entry.owner and entry.owner.stack)]
    feeds = [(FEED, message("page.feed"))] if entries else []
    feeds += [(CALENDAR, message("page.calendar"))] if any(ending(entry.report) for entry in entries) else []
    feeds += [(f"skills/#{ADVERT}", message("page.advert.title"))] if entries else []
    feeds += [(TAKE, message("page.export.title"))] if site.exports else []
    shown = {"site": site, "cards": cards, "unpublished": unpublished, "links": links}
    return {**shown, **glance_data(entries, strengths), **stacks_on_home(stacked, entries), "feeds": feeds}
