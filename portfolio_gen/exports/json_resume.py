"""A JSON Resume (jsonresume.org, schema 1.0.0): the owner's words, and what the credentials say, for other programs.

It is a text like any CV: nothing in it is signed, and it says so. What does not check out when the site is built, or
was withdrawn, is left out: here is nobody to say so beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portfolio_gen.addresses import absolute
from portfolio_gen.exports.facts import Summary, summary
from portfolio_gen.pages import Entry, SiteInfo, skills_of
from portfolio_gen.vocabulary import message

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION = "v1.0.0"
WITHHELD = ("failed", "revoked")
"""Verdicts of credentials that are not in it."""

_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_MAIL = re.compile(r"mailto:([^\s?@]+@[^\s?@]+)")


def pieces(entries: Sequence[Entry], site: SiteInfo, site_url: str) -> Iterator[str]:
    """Yield the file's text."""
    yield json.dumps(resume(entries, site, site_url), indent=1, ensure_ascii=False) + "\n"


def resume(entries: Iterable[Entry], site: SiteInfo, site_url: str) -> dict[str, Any]:
    """Return the resume. Without a `site_url`, it names no addresses of the site."""
    education: list[dict[str, Any]] = []
    certificates: list[dict[str, Any]] = []
    skills: dict[str, None] = {}
    for entry in entries:
        if entry.report.verdict in WITHHELD:
            continue
        said, page = summary(entry), absolute(site_url, entry.address)
        if said.education:
            education.append(_education(said, page))
        else:
            certificates.append(_certificate(said, page))
        skills |= dict.fromkeys(name for _, name in skills_of(entry.report))
    return {
        "$schema": SCHEMA,
        "basics": _basics(site, site_url),
        "education": education,
        "certificates": certificates,
        "skills": [{"name": name} for name in skills],
        "meta": _present({"canonical": _address(site_url), "version": VERSION, "note": message("export.unsigned")}),
    }


def _basics(site: SiteInfo, site_url: str) -> dict[str, Any]:
    mails = (_MAIL.match(link["url"]) for link in site.links)
    mail = next((found[1] for found in mails if found), "")
    profiles = [{"network": link["title"], "url": link["url"]} for link in site.links if _address(link["url"])]
    return _present(
        {
            "name": site.name,
            "label": site.headline,
            "image": absolute(site_url, site.picture) if site.picture else "",
            "email": mail,
            "url": _address(site_url),
            "summary": site.about,
            "profiles": profiles,
        }
    )


def _education(said: Summary, page: str) -> dict[str, Any]:
    row = {"institution": said.issuer, "url": _address(said.issuer_url), "area": said.name, "studyType": said.kind}
    return _present({**row, "endDate": said.date, "score": said.result, "credential": _address(page)})


def _certificate(said: Summary, page: str) -> dict[str, Any]:
    # JSON Resume has no word for an end, but lets items have others: what is over should not look as if it went on.
    row = {"name": said.name, "date": said.date, "issuer": said.issuer, "url": _address(page)}
    return _present({**row, "validUntil": said.until})


def _address(text: str) -> str:
    """Return an address that other programs can take for one, else ""."""
    return text if _ADDRESS.match(text) else ""


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", None, [])}
