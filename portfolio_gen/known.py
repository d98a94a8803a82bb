"""What issuer lists say of an issuer, in sentences: for the command line, as known.ts for a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portfolio_gen.format import line, quoted, shown
from portfolio_gen.report import Fact, Report
from portfolio_gen.vocabulary import message


def is_bound(report: Report) -> bool:
    """Return whether the key that signed is the issuer's as far as is known: only then is it looked for on lists."""
    signature, signer = (report.checks[name] for name in ("signature", "signer"))
    return signature.result == "pass" and (signer.result == "pass" or signer.code == "DID_WEB_COPY_ONLY")


def known(report: Report) -> list[str]:
    """Return a line for each list that knows the issuer, or the one that says why there is none."""
    if report.issuer is None:
        return []
    if not is_bound(report):
        return [message("live.list.unbound")]
    copy = [message("live.list.copy")] if report.checks["signer"].code == "DID_WEB_COPY_ONLY" else []
    lines = [" ".join([*sentences(entry), *copy, _copied(entry)]) for entry in report.issuer.lists]
    return lines or [message("live.identity.unlisted")]


def sentences(entry: Mapping[str, Any]) -> list[str]:
    """Return what a list says of an issuer: that it knows it, since when, and when that ended."""
    by = "live.list.owner" if entry["by"] == "owner" else "live.list.public"
    named = {"list": quoted(entry["list"]), "name": quoted(entry.get("name", ""))}
    dates = [
        message(f"live.list.{part}", date=day(entry[member]))
        for part, member in (("since", "since"), ("seen", "seen"), ("date", "date"))
        if member in entry
    ]
    ended = [message("live.list.ended", date=day(entry["until"]))] if entry.get("ended") else []
    return [message(by if "name" in entry else f"{by}.unnamed", **named), *dates, *ended]


def day(text: str) -> str:
    """Return a date as pages show it, whether or not a time stands behind it."""
    return shown(Fact("", "", text if "T" in text else f"{text}T", "date")).removesuffix("T")


def _copied(entry: Mapping[str, Any]) -> str:
    source = message("lists.from", url=line(entry["url"])) if entry["url"] else ""
    return message("lists.copied", date=day(entry["at"]), digest=entry["sha256"], **{"from": source})
