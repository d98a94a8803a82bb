"""What each page of the site holds: every string final, every fact with the place it was signed at.

Templates see nothing but what is made here. Nothing here judges: verdicts are for the visitor's
browser, and no page states one. mkdocs is unknown here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portfolio_gen.pages.cards import Card, card
from portfolio_gen.pages.certificates import CERTIFICATE, CODES, DATA, FILE_QR, PAGE_QR, certificate, data_view
from portfolio_gen.pages.claims import Claim, Row, Section
from portfolio_gen.pages.credentials import Endorsement, credential, credential_page, identity, kin_of, made_out
from portfolio_gen.pages.cv import cv_data, is_education
from portfolio_gen.pages.entries import (
    DATES,
    ENDS,
    ISSUERS,
    LISTED,
    NAMES,
    Entry,
    Kept,
    Linked,
    Listed,
    SkillKey,
    Stated,
    at,
    brief,
    called,
    dated,
    ending,
    holdings,
    hosts_of,
    newest_first,
    pictures,
    slug,
    slugged,
)
from portfolio_gen.pages.exports import exports_data
from portfolio_gen.pages.glance import Strength, strongest
from portfolio_gen.pages.home import CALENDAR, FEED, TAKE, home_data, in_order
from portfolio_gen.pages.issuers import by_issuer, issuer_page, issuers_data
from portfolio_gen.pages.page import Page, SiteInfo
from portfolio_gen.pages.skills import Skill, by_skill, skill_pages, skills_of, skills_page, unused
from portfolio_gen.pages.stacks import Pile, pages_of, piles
from portfolio_gen.pages.timeline import timeline_data
from portfolio_gen.stacks import Stack
from portfolio_gen.vocabulary import message
from portfolio_gen.wallet import Skipped

__all__ = [
    "CALENDAR",
    "CERTIFICATE",
    "CODES",
    "DATA",
    "DATES",
    "ENDS",
    "FEED",
    "FILE_QR",
    "ISSUERS",
    "LISTED",
    "NAMES",
    "PAGE_QR",
    "TAKE",
    "Card",
    "Claim",
    "Endorsement",
    "Entry",
    "Kept",
    "Linked",
    "Listed",
    "Page",
    "Pile",
    "Row",
    "Section",
    "SiteInfo",
    "Skill",
    "SkillKey",
    "Stated",
    "Strength",
    "at",
    "brief",
    "called",
    "card",
    "certificate",
    "compose",
    "credential",
    "data_view",
    "dated",
    "ending",
    "holdings",
    "hosts_of",
    "identity",
    "in_order",
    "is_education",
    "made_out",
    "newest_first",
    "pictures",
    "piles",
    "skills_of",
    "slug",
    "slugged",
    "unused_synonyms",
]


def compose(
    entries: Sequence[Entry],
    unpublished: Sequence[Skipped],
    site: SiteInfo,
    links: Sequence[Stated] = (),
    stacks: Sequence[Stack] = (),
) -> tuple[Page, ...]:
    """Return every page that the site has beside the owner's own ones.

    `unpublished` is what the home page should mention as left out (a preview does; a published site gives none).
    `stacks` are those of the owner's files; signed records add theirs.
    """
    ordered = newest_first(entries)
    issuers, skills = by_issuer(ordered), by_skill(ordered, site.skills)
    at_issuer = {entry.slug: address for address, _, of in issuers for entry in of}
    at_skill = {key: skill for skill in skills for key in skill.keys}
    kin = kin_of(ordered)
    stacked = piles(stacks, ordered)
    return (
        Page(
            "",
            "home",
            site.name,
            site.headline,
            home_data,
            (tuple(in_order(ordered)), tuple(unpublished), site, tuple(links), strongest(skills), stacked),
        ),
        *(credential_page(entry, at_issuer.get(entry.slug), at_skill, kin.get(entry.slug, ())) for entry in ordered),
        Page(
            "issuers/",
            "issuers",
            message("page.issuers.title"),
            message("page.issuers.lead"),
            issuers_data,
            tuple(issuers),
        ),
        *(issuer_page(*row) for row in issuers),
        skills_page(ordered, skills, site.skills, site.name),
        *(page for skill in skills for page in skill_pages(skill)),
        _overview("timeline", timeline_data, ordered),
        *pages_of(stacked),
        _overview("check"),
        _overview("how"),
        *([_overview("export", exports_data, (site,))] if site.exports else []),
        *([_overview("cv", cv_data, (tuple(in_order(ordered)), tuple(skills), site))] if _has_cv(site) else []),
    )


def unused_synonyms(entries: Sequence[Entry], site: SiteInfo) -> list[str]:
    """Return the skills with synonyms in mkdocs.yml that are about nothing in the wallet."""
    return unused(by_skill(entries, site.skills), site.skills)


def _has_cv(site: SiteInfo) -> bool:
    return "cv" in dict(site.exports)


def _overview(kind: str, maker: Callable[..., Mapping[str, Any]] = dict, rows: Sequence[Any] = ()) -> Page:
    """Return a page of which the site has one, with its title and lead from the vocabulary."""
    return Page(f"{kind}/", kind, message(f"page.{kind}.title"), message(f"page.{kind}.lead"), maker, tuple(rows))
