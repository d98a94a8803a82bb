"""A credential's page: all of its facts, what is said of its issuer, and what has to do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from portfolio_gen import format, together
from portfolio_gen.art import emblem, seal
from portfolio_gen.pages.claims import Claim, Row, claim_of, grouped, picture_of, rows_of, sections_of
from portfolio_gen.pages.entries import (
    DATES,
    ISSUERS,
    NAMES,
    Entry,
    SkillKey,
    called,
    endorses,
    hosts_of,
)
from portfolio_gen.pages.page import Page
from portfolio_gen.pages.skills import Skill, skills_of
from portfolio_gen.pages.translations import first_fact, in_its_language
from portfolio_gen.report import Fact, Report
from portfolio_gen.vocabulary import message

MADE_OUT = ("MATCH", "ONE_OF_SEVERAL", "OTHER", "NO_SUBJECT", "NOT_COMPARABLE")
"""Codes of `recipient` that a page tells, as the owner's words."""


class Endorsement(NamedTuple):
    """What somebody says of a credential: a credential itself, which the page script finds at `source` and checks."""

    source: str
    title: Claim | None
    groups: tuple[tuple[Row, ...], ...]


def kin_of(entries: Iterable[Entry]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return, by slug, name and address of the credentials that stand in the same file, in the file's order.

    Most files hold one: those have none.
    """
    by_file: dict[str, list[Entry]] = {}
    for entry in entries:
        by_file.setdefault(entry.file.name, []).append(entry)
    rows: dict[str, tuple[tuple[str, str], ...]] = {}
    for of in by_file.values():
        inside = sorted(of, key=lambda entry: re.sub("[0-9]+", lambda digits: digits[0].zfill(6), entry.place))
        if len(inside) > 1:
            for entry in inside:
                rows[entry.slug] = tuple((called(other), other.address) for other in inside if other is not entry)
    return rows


def credential_page(
    entry: Entry, issuer_at: str | None, at_skill: Mapping[SkillKey, Skill], kin: tuple[tuple[str, str], ...]
) -> Page:
    """Return the page of a credential; its data are made from the whole of it when it is written."""
    skills = dict.fromkeys(at_skill[key] for key in skills_of(entry.report))
    given = (entry, issuer_at, tuple((skill.name, skill.address) for skill in skills), kin)
    summary, hosts = summary_of(entry), hosts_of(entry.asks)
    return Page(entry.address, "credential", called(entry), summary, credential, given, hosts=hosts)


def credential(
    entry: Entry, issuer_at: str | None, skills: Sequence[tuple[str, str]], kin: Sequence[tuple[str, str]] = ()
) -> Mapping[str, Any]:
    """Return what a credential's page shows: all of its facts, and where pages are that have to do with it.

    Those are its issuer's, its skills', and those of credentials in the same file.
    """
    entry = entry.whole()
    report = in_its_language(entry.report, entry.language)
    title, kind = (first_fact(report, wanted, entry.language) for wanted in (NAMES, ("achievementType",)))
    used = {fact.pointer for fact in (title, kind) if fact}
    picture = picture_of(report)
    claims = [claim_of(fact) for fact in report.credential if fact.pointer not in used]
    claims = [claim for claim in claims if claim.text or claim.src]
    if picture:
        claims = [claim for claim in claims if claim.pointer != picture.pointer]
    issuer = [claim for claim in claims if claim.field in ISSUERS]
    return {
        "original": entry.original,
        "source": entry.source,
        "file": entry.file.name,
        "owner": entry.owner,
        "built": entry.built,
        "evidence": entry.evidence,
        "made_out": made_out(report),
        "linked": _linked(entry),
        "sha256": entry.file.sha256,
        "title": claim_of(title) if title else None,
        "kind": claim_of(kind) if kind else None,
        "picture": picture,
        "art": seal(emblem(report)),
        "issuer": rows_of(sorted(issuer, key=lambda claim: claim.field)),
        "identity": identity(report),
        "sections": {section.name: section for section in sections_of(claims)},
        "endorsements": [_endorsement(entry, inner) for inner in report.inner if endorses(report, inner)],
        "issuer_address": issuer_at,
        "skills": skills,
        "kin": kin,
    }


def _linked(entry: Entry) -> list[tuple[str, str]]:
    """Return address and sentence of each picture that this credential links to: no signature covers them."""
    wanted = {str(fact.value) for fact in entry.report.credential if fact.kind == "image"}
    shown = [picture for picture in entry.linked if picture.address in wanted]
    dates = [format.shown(Fact("", "", picture.at, "date")) for picture in shown]
    return [
        (picture.src, message("page.linked", at=date, address=format.line(picture.address)))
        for picture, date in zip(shown, dates, strict=True)
    ]


def _endorsement(entry: Entry, report: Report) -> Endorsement:
    said = replace(entry, report=report, place=f"{entry.place}#{report.pointer}", raw=entry.original)
    title = first_fact(report, NAMES, entry.language)
    told = in_its_language(report, entry.language).credential
    claims = [claim_of(fact) for fact in told if fact is not title]
    shown = [claim for claim in claims if claim.text and claim.kind != "image"]
    groups = sorted(grouped(shown), key=lambda group: together.holder(group[0].pointer) != "")
    return Endorsement(said.source, claim_of(title) if title else None, tuple(map(rows_of, groups)))


def identity(report: Report) -> tuple[str, ...]:
    """Return what can be said of who the issuer is (DESIGN 2.1), in sentences; nothing if none is named."""
    if report.issuer is None:
        return ()
    by_key = report.issuer.id.startswith(("did:key:", "did:jwk:"))
    kind = "key" if by_key else "lookup" if report.issuer.id.startswith(("did:", "https:", "http:")) else "claimed"
    return (message(f"live.identity.{kind}"), message("live.identity.asking"))


def made_out(report: Report) -> str:
    """Return the owner's words on whom it is made out to: that the browser cannot check, as it is not told to whom.

    Empty where the owner declared nothing, and where it is made out to nobody.
    """
    check = report.checks.get("recipient")
    if check is None or check.code not in MADE_OUT:
        return ""
    kind = message(f"madeout.kind.{check.detail.get('kind', 'id')}")
    if "hashed" in check.detail:
        kind = message("madeout.hashed", kind=kind)
    return message(f"madeout.{check.code}", kind=kind)


def summary_of(entry: Entry) -> str:
    """Return one line for search results: issuer and date."""
    facts = [fact for wanted in (ISSUERS, DATES) if (fact := first_fact(entry.report, wanted, entry.language))]
    return " · ".join(format.shown(fact) for fact in facts)
