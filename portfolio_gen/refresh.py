"""What the wallet depends on, asked for anew: which copies to keep, and what has changed since last time.

Every address is asked once, however many credentials name it. A copy is replaced only by an answer that is at least as
good: one that came, can be read, is the same document, is not older and is not forged (docs/verification.md, Copies).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from portfolio_gen import base64url
from portfolio_gen.errors import ReadError
from portfolio_gen.fetch import ROUNDS, Fetcher, may_answer
from portfolio_gen.limits import LIMITS
from portfolio_gen.noted import Answers, Noted
from portfolio_gen.numeric_date import stamp
from portfolio_gen.pictures import linked
from portfolio_gen.readers import read
from portfolio_gen.report import Report
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.timestamps import instant
from portfolio_gen.values import items, strings
from portfolio_gen.verifier import verifying
from portfolio_gen.vocabulary import message, vocabulary

_OK = 200
_BY_GET = "1EdTechCredentialRefresh"

Progress = Callable[[int, int], None]
"""Told how many addresses were asked, of how many that are known so far."""


class File(Protocol):
    """A file of the wallet."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def data(self) -> bytes: ...  # noqa: D102


@dataclass(frozen=True)
class Row:
    """What came of one address: `new`, `unchanged`, `changed`, `absent` (never had) or `kept` (the older copy is).

    `why` says, in a sentence, why the answer was not taken; `at` is the date of the copy that is kept then.
    `silent` means that nobody answered at all.
    """

    address: str
    outcome: str
    why: str = ""
    at: str = ""
    silent: bool = False
    answer: Mapping[str, Any] | None = field(default=None, repr=False)
    """What becomes the copy."""


@dataclass(frozen=True)
class Offer:
    """What there is where an issuer says that newer versions of a credential are: `newer`, `none` or `unchecked`."""

    file: str
    address: str
    found: str
    date: str = ""
    sha256: str = ""
    """The credential's, in the wallet."""


@dataclass(frozen=True)
class Refreshed:
    """All copies that there are now, what came of each address, and the report on each file with what was just had."""

    copies: Answers
    rows: tuple[Row, ...]
    reports: tuple[tuple[str, Report], ...]
    offers: tuple[Offer, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether everything was answered, and every copy is as its server has it now."""
        return not any(row.silent or row.outcome == "kept" for row in self.rows)


def refresh(files: Sequence[File], kept: Answers, now: str, fetcher: Fetcher, progress: Progress) -> Refreshed:
    """Ask for everything that checking `files` at `now` asks in vain, each address once; `kept` are the last copies.

    Answers lead to further look-ups, for so many rounds; where there is no good one, the last copy does.
    """
    answers: dict[str, Mapping[str, Any]] = {}
    rows: dict[str, Row] = {}
    _follow(files, kept, now, fetcher, progress, answers, rows)
    check = verifying(now=now, web=answers)
    reports = [check(file.data) for file in files]
    taken_back = {address: why for address, why in _useless(reports).items() if _is_changed(rows.get(address))}
    if taken_back:
        rows |= {address: Row(address, "kept", why, rows[address].at) for address, why in taken_back.items()}
        answers |= {address: kept[address] for address in taken_back}
        check = verifying(now=now, web=answers)
        reports = [check(file.data) for file in files]
    for address in _pictures(reports):
        if address not in rows:
            rows[address], _ = _ask(address, kept.get(address), now, fetcher, answers, pictures=True)
            progress(len(rows), len(rows))
    had = {address: row.answer for address, row in rows.items() if row.answer is not None}
    named = tuple((file.name, report) for file, report in zip(files, reports, strict=True))
    offers = tuple(_offers(zip(files, named, strict=True), check, now, fetcher))
    return Refreshed({**kept, **had}, tuple(rows.values()), named, offers)


def _is_changed(row: Row | None) -> bool:
    return row is not None and row.outcome == "changed"


def _follow(
    files: Sequence[File],
    kept: Answers,
    now: str,
    fetcher: Fetcher,
    progress: Progress,
    answers: dict[str, Mapping[str, Any]],
    rows: dict[str, Row],
) -> None:
    """Fill `answers` and `rows` with what came of all that the files ask for, and of what that asks for in turn."""
    waiting = list(files)
    for _ in range(ROUNDS):
        asks = _asked_in_vain(waiting, answers, now)
        wanted = [address for asked in asks for address in asked if may_answer(address)]
        wanted = [address for address in dict.fromkeys(wanted) if address not in rows]
        for address in wanted:
            rows[address], answer = _ask(address, kept.get(address), now, fetcher, answers)
            if answer is not None:
                answers[address] = answer
            progress(len(rows), len(rows) + len(wanted) - 1 - wanted.index(address))
        waiting = [file for file, asked in zip(waiting, asks, strict=True) if asked & answers.keys()]
        if not waiting:
            break


def _useless(reports: Iterable[Report]) -> dict[str, str]:
    """Return the status lists that say nothing to a credential that names them, and why not, in a sentence."""
    codes = vocabulary()["checks"]["status"]["codes"]
    found = (report.checks["status"] for whole in reports for report in each(whole))
    return {str(one.detail["list"]): codes[one.code]["says"] for one in found if "list" in one.detail}


def _pictures(reports: Iterable[Report]) -> list[str]:
    """Return the addresses of pictures that credentials link to, each once: a page can show them from the site."""
    found = (
        fact.value for whole in reports for report in each(whole) for fact in report.credential if fact.kind == "image"
    )
    return [address for address in dict.fromkeys(map(str, found)) if may_answer(address)]


def each(whole: Report) -> Iterator[Report]:
    """Yield a report, and those on all that is inside of it."""
    yield whole
    for inner in whole.inner:
        yield from each(inner)


def _offers(
    files: Iterable[tuple[File, tuple[str, Report]]], check: Callable[[bytes], Report], now: str, fetcher: Fetcher
) -> Iterator[Offer]:
    """Look where issuers say that newer versions are, each address once, as far as a plain GET may tell.

    Nothing is replaced: what is there has to be looked at by whom it is about.
    """
    answers: dict[str, Mapping[str, Any] | str] = {}
    for file, (name, report) in files:
        for address in _services(file.data):
            if address not in answers:
                answers[address] = fetcher.fetch(address, now)
            yield _offer(name, address, answers[address], report, check)


def _services(data: bytes) -> list[str]:
    """Return the addresses at which a credential that a file is may be had anew (Open Badges 3.0, RefreshService)."""
    try:
        document = read(data, LIMITS).document
    except ReadError:
        return []
    inside = document["vc"] if isinstance(document.get("vc"), dict) else document
    services = [one for one in items(inside.get("refreshService")) if isinstance(one, dict)]
    by_get = [one.get("id") for one in services if _BY_GET in strings(one.get("type"))]
    return [address for address in by_get if isinstance(address, str) and may_answer(address)]


def _offer(
    name: str, address: str, answer: Mapping[str, Any] | str, report: Report, check: Callable[[bytes], Report]
) -> Offer:
    if isinstance(answer, str) or answer["status"] != _OK:
        return Offer(name, address, "unchecked")
    new = check(answer["bytes"])
    same = report.issuer and new.issuer and report.issuer.id == new.issuer.id
    if not same or new.checks["signature"].result != "pass" or new.checks["signer"].result == "fail":
        return Offer(name, address, "unchecked")
    before, after = _dated(report), _dated(new)
    is_newer = after and (not before or instant(before) < instant(after))
    return Offer(name, address, "newer", after[:10], report.sha256) if is_newer else Offer(name, address, "none")


def _dated(report: Report) -> str:
    """Return the date that a credential has; empty where it has none that can be read."""
    for fact in report.credential:
        if fact.field in ("validFrom", "issuanceDate"):
            try:
                instant(str(fact.value))
            except ValueError:
                continue
            return str(fact.value)
    return ""


def _asked_in_vain(files: Sequence[File], answers: Answers, now: str) -> list[set[str]]:
    """Return, for each file, what a check of it asks for that is not known."""
    web = Noted(answers)
    check = verifying(now=now, web=web)
    asks = []
    for file in files:
        web.forget()
        check(file.data)
        asks.append(dict.fromkeys(web.missed))
    return [set(asked) for asked in asks]


def _ask(
    address: str,
    kept: Mapping[str, Any] | None,
    now: str,
    fetcher: Fetcher,
    answers: Answers,
    pictures: bool = False,
) -> tuple[Row, Mapping[str, Any] | None]:
    """Return what came of an address, and the answer to go on with: the new one, else the copy."""
    found = fetcher.fetch(address, now)
    why = found if isinstance(found, str) else _why_not(address, found, kept, now, answers)
    if pictures and not why and not isinstance(found, str) and not linked(found["bytes"]):
        why = message("refresh.picture", host=urlsplit(address).netloc)
    if isinstance(found, str) or why:
        silent = isinstance(found, str)
        if kept is not None:
            return Row(address, "kept", why, str(kept["at"]), silent), kept
        return Row(address, "absent", why, "", silent), None if isinstance(found, str) else found
    if kept is None:
        return Row(address, "new", answer=found), found
    outcome = "unchanged" if found["bytes"] == kept["bytes"] else "changed"
    return Row(address, outcome, "", str(kept["at"]), answer=found), found


def _why_not(address: str, found: Mapping[str, Any], kept: Mapping[str, Any] | None, now: str, answers: Answers) -> str:
    """Return why an answer is no copy to keep, in a sentence; nothing if it is one."""
    host = urlsplit(address).netloc
    if found["status"] != _OK:
        return message("refresh.status", host=host, status=found["status"])
    new = _said(found["bytes"])
    if new is None:
        return message("refresh.unreadable", host=host)
    old = _said(kept["bytes"]) if kept else None
    if kept is None or old is None or found["bytes"] == kept["bytes"]:
        return ""
    renamed = any(was not in ("", is_now) for was, is_now in zip(old.names, new.names, strict=True))
    if renamed or new.is_picture != old.is_picture:
        return message("refresh.another", host=host)
    if old.date and (not new.date or instant(new.date) < instant(old.date)):
        return message("refresh.older", host=host, date=new.date or "–", kept=old.date)
    if verifying(now=now, web=answers)(found["bytes"]).checks["signature"].result == "fail":
        return message("refresh.forged", host=host)
    return ""


@dataclass(frozen=True)
class _Said:
    """What an answer says of itself: its own and its issuer's identifier, and its date; empty where it says nothing."""

    names: tuple[str, str] = ("", "")
    date: str = ""
    is_picture: bool = False


def _said(data: bytes) -> _Said | None:
    """Return what an answer says of itself; None for one that is no JSON object, signed token or picture."""
    document = _document(data)
    if document is None:
        return _Said(is_picture=True) if linked(data) else None
    inside = document["vc"] if isinstance(document.get("vc"), dict) else document
    names = (_first(inside, document, ("id", "jti", "sub")), _first(inside, document, ("issuer", "iss")))
    return _Said(names, next(_dates(inside, document), ""))


def _document(data: bytes) -> dict[str, Any] | None:
    """Return the JSON object that an answer is, or that is the payload of the token that it is."""
    parts = data.strip().partition(b"~")[0].split(b".")
    is_token = len(parts) == 3 and not data.lstrip().startswith(b"{")
    try:
        found = read_json(base64url.decode(parts[1].decode("ascii")) if is_token else data, LIMITS)
    except (JsonError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _first(inside: Mapping[str, Any], document: Mapping[str, Any], members: tuple[str, ...]) -> str:
    for place in (inside, document):
        for member in members:
            value = place.get(member)
            name = value.get("id") if isinstance(value, dict) else value
            if isinstance(name, str):
                return name
    return ""


def _dates(inside: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[str]:
    """Yield its own date (DESIGN §4): `validFrom`, before 2.0 `issuanceDate`; of a token `iat`."""
    stated: list[Any] = [inside.get("validFrom"), inside.get("issuanceDate"), document.get("iat")]
    for value in stated:
        try:
            text = value if isinstance(value, str) else stamp(value)
            instant(text)
        except (TypeError, ValueError):
            continue
        yield text
