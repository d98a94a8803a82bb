"""The page of what a visitor may take along: the portfolio in other forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_gen.pages.cv import CV
from portfolio_gen.pages.page import SiteInfo
from portfolio_gen.vocabulary import message


def exports_data(site: SiteInfo) -> Mapping[str, Any]:
    """Return each export's address, title and what it is good for; `saved` says whether it is a file.

    `whole` is the one that holds all of the site but itself: there, it is not offered again.
    """
    rows = [
        {
            "address": file or CV,
            "title": message(f"page.export.{name}"),
            "says": message(f"page.export.{name}.says"),
            "saved": bool(file),
            "whole": name == "zip",
        }
        for name, file in site.exports
    ]
    return {"exports": rows}
