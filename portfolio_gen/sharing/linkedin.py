"""Links that open LinkedIn's own forms, filled in. Nothing of LinkedIn's is loaded by any page of the site."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from portfolio_gen.sharing.told import Told

ADD = "https://www.linkedin.com/profile/add"
SHARE = "https://www.linkedin.com/sharing/share-offsite/"


def add_to_profile(about: Told, address: str, organization: str = "") -> str:
    """Return the link that adds a credential to the profile of whoever follows it.

    The parameters are those of https://addtoprofile.linkedin.com/. An organisation is named by its number at LinkedIn,
    else by its name, never by both. Months are numbers without a leading zero. What is not known is left out: the
    form asks for it.
    """
    fields = {
        "startTask": "CERTIFICATION_NAME",
        "name": about.name,
        "organizationId": organization,
        "organizationName": "" if organization else about.issuer,
        "issueYear": _year(about.start),
        "issueMonth": _month(about.start),
        "expirationYear": _year(about.end),
        "expirationMonth": _month(about.end),
        "certUrl": address,
        "certId": about.number,
    }
    return f"{ADD}?{_encoded({name: value for name, value in fields.items() if value})}"


def post(address: str) -> str:
    """Return the link that begins a post about a page."""
    return f"{SHARE}?{_encoded({'url': address})}"


def _encoded(fields: dict[str, str]) -> str:
    """Encode as RFC 3986 has it: a space is %20, for a `+` would be shown as one in some of LinkedIn's forms."""
    return urlencode(fields, quote_via=quote, safe="", encoding="utf-8", errors="replace")


def _year(date: str) -> str:
    return date[:4] if date else ""


def _month(date: str) -> str:
    return date[5:7].lstrip("0") if date else ""
