"""The pages of issuers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from portfolio_gen import format
from portfolio_gen.pages.claims import claim_of, grouped, rows_of
from portfolio_gen.pages.credentials import identity
from portfolio_gen.pages.entries import ISSUERS, Entry, Listed, address_for, digest_of, slug
from portfolio_gen.pages.page import Page
from portfolio_gen.pages.translations import in_its_language
from portfolio_gen.vocabulary import counted

ISSUER_LENGTH = 24


def by_issuer(entries: Sequence[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """Return (address, identifier, credentials) of each issuer, in the order of their names."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.report.issuer:
            groups.setdefault(entry.report.issuer.id, []).append(entry)
    taken: set[str] = set()
    rows = []
    for identifier, of in sorted(groups.items(), key=lambda item: (issuer_name(item[1][0]).casefold(), item[0])):
        # By its identifier: the name is what its newest credential says, and may change with the next.
        wanted = slug(identifier)[:ISSUER_LENGTH].rstrip("-") or "issuer"
        rows.append((f"issuers/{address_for(wanted, digest_of(identifier), taken)}/", identifier, of))
    return rows


def issuer_name(entry: Entry) -> str:
    """Return what a credential's issuer calls itself, else its identifier; empty where none is named."""
    issuer = entry.report.issuer
    return format.line(issuer.name or issuer.id) if issuer else ""


def issuers_data(*rows: tuple[str, str, list[Entry]]) -> Mapping[str, Any]:
    """Return what the page of all issuers shows."""
    return {"issuers": [_issuer_data(address, of) for address, _, of in rows]}


def issuer_page(address: str, identifier: str, of: Sequence[Entry]) -> Page:
    """Return the page of an issuer, with the credentials by it."""
    return Page(address, "issuer", issuer_name(of[0]), format.line(identifier), _issuer_page_data, (address, of))


def _issuer_page_data(address: str, of: Sequence[Entry]) -> Mapping[str, Any]:
    return {**_issuer_data(address, of), "cards": [Listed(entry) for entry in of]}


def _issuer_data(address: str, of: Sequence[Entry]) -> dict[str, Any]:
    """Return what the newest credential of an issuer says of it; the page checks that credential for it."""
    entry = of[0].whole()
    told = in_its_language(entry.report, entry.language).credential
    claims = [claim_of(fact) for fact in told if fact.field.startswith("issuer")]
    first = [claim for claim in claims if claim.field in ISSUERS]
    others = [claim for claim in claims if claim.field not in ISSUERS and claim.text and claim.kind != "image"]
    return {
        "address": address,
        "original": entry.source,
        "identity": identity(entry.report),
        "issuer": rows_of(sorted(first, key=lambda claim: claim.field)),
        "about": tuple(map(rows_of, grouped(others))),
        "count": counted("page.count", len(of)),
    }
