"""Structured data for search engines, in the words of https://schema.org, as JSON-LD.

It repeats what a credential says, or the owner, and nothing else: neither that a credential checks out, nor that a
person has it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portfolio_gen import format
from portfolio_gen.pages import Entry, SiteInfo, called, pictures
from portfolio_gen.pages.translations import in_its_language
from portfolio_gen.report import Fact
from portfolio_gen.sharing.told import told
from portfolio_gen.together import holder

MOST_PARTS = 24
"""As many credentials the home page names; each has a page of its own, which the sitemap lists."""

Data = dict[str, Any]


def script(data: Mapping[str, object] | None) -> str:
    """Return structured data for a page's head. It is no script: browsers run nothing of that type.

    No text in it can end the element: `<` is written as JSON's escape (HTML, 4.12.1.3).
    """
    if not data:
        return ""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def credential(entry: Entry, base: str) -> Data:
    """Return a credential as an EducationalOccupationalCredential; `entry` is whole."""
    about, facts = told(entry), in_its_language(entry.report, entry.language).credential
    image = next(iter(pictures([entry])), "")
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "EducationalOccupationalCredential",
            "url": base + entry.address,
            "name": about.name,
            "description": _said(facts, "description", "credentialDescription"),
            "credentialCategory": _said(facts, "achievementType"),
            "educationalLevel": _said(facts, "level"),
            "competencyRequired": list(_skills(facts)),
            "creator": _without_empty(
                {
                    "@type": "Organization",
                    "name": about.issuer,
                    "identifier": about.issuer_id,
                    "url": _said(facts, "issuerUrl"),
                }
            ),
            "dateCreated": about.start,
            "expires": about.end,
            "image": base + image if image else "",
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": base + entry.original,
                "sha256": entry.file.sha256,
            },
        }
    )


def home(entries: Sequence[Entry], site: SiteInfo, base: str) -> Data:
    """Return the home page as the ProfilePage of its owner, with the pages of the first credentials as its parts."""
    same = [link["url"] for link in site.links if link["url"].startswith(("https:", "http:"))]
    parts = [
        {"@type": "EducationalOccupationalCredential", "name": format.line(called(entry)), "url": base + entry.address}
        for entry in entries[:MOST_PARTS]
    ]
    person = {
        "@type": "Person",
        "name": site.name,
        "description": site.headline,
        "url": base,
        "image": base + site.picture if site.picture else "",
        "sameAs": same,
    }
    page = {"@context": "https://schema.org", "@type": "ProfilePage", "url": base, "hasPart": parts}
    return _without_empty(page | {"mainEntity": _without_empty(person)})


def _said(facts: Iterable[Fact], *wanted: str) -> str:
    found = {fact.field: format.shown(fact) for fact in reversed(tuple(facts)) if fact.field in wanted}
    return next((found[field] for field in wanted if field in found), "")


def _skills(facts: Iterable[Fact]) -> Iterable[Data]:
    """Yield each skill that a credential names as a DefinedTerm, with its framework, code and address."""
    names = {"skill": "name", "skillFramework": "inDefinedTermSet", "skillCode": "termCode", "skillLink": "url"}
    terms: dict[str, Data] = {}
    for fact in facts:
        if fact.field in names:
            term = terms.setdefault(holder(fact.pointer), {"@type": "DefinedTerm"})
            term.setdefault(names[fact.field], format.shown(fact))
    return (term for term in terms.values() if "name" in term)


def _without_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value}
