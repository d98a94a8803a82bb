"""What each page of the site holds: every string final, every fact with the place it was signed at.

Templates see nothing but what is made here. Nothing here judges: verdicts are for the visitor's
browser, and no page states one. mkdocs is unknown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from hashlib import sha256
from itertools import chain, count, groupby
from operator import attrgetter
from pathlib import PurePosixPath
from sys import intern
from typing import Any, NamedTuple
from urllib.parse import quote

from portfolio_gen import format, together
from portfolio_gen import pictures as published_pictures
from portfolio_gen.art import Shape, seal
from portfolio_gen.report import Fact, Report
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.timestamps import instant
from portfolio_gen.vocabulary import fields, message
from portfolio_gen.wallet import Skipped, WalletFile

NAMES = ("name", "credentialName", "degreeName")
"""Fields that say what a credential is called, the best first."""
ISSUERS = ("issuerName", "issuerId")
DATES = ("awardedDate", "validFrom", "issuanceDate")
"""A card shows the first of each of these three that the credential has; `browser/src/shown.ts` holds it to that."""
ENDS = ("validUntil", "expirationDate")
CALENDAR, FEED = "expiry.ics", "feed.atom"
"""Where the site's calendar of ends and its feed are (portfolio_gen/feeds.py)."""
LISTED = (*NAMES, *ENDS, "skill", "skillFramework")
"""Facts that a list of thousands needs in memory, beside the first issuer and date."""

ACHIEVED = ("resultValue", "resultLevel", "resultStatus")
"""What a result says of this learner, in the order of the vocabulary."""

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("results", ("result",)),
    ("about", ("description", "credentialDescription", "narrative")),
    ("criteria", ("criteria",)),
    ("skills", ("skill", "tag")),
    ("evidence", ("evidence",)),
    ("dates", ("awarded", "valid", "issuanceDate", "expirationDate", "activity")),
    ("recipient", ("recipient", "role", "term", "licenseNumber", "creditsEarned")),
    ("issuer", ("issuer",)),
    ("details", ("",)),
)
"""A credential page's sections in order, each with the beginnings of its fields' names; the first that matches."""

LAST = ("resultName", "resultType", "resultRequired", "resultMin", "resultMax", "resultAllowed", "resultRubric", "tag")
"""Fields whose groups come after the others of their section: what could be achieved, after what was."""

MADE_OUT = ("MATCH", "ONE_OF_SEVERAL", "OTHER", "NO_SUBJECT", "NOT_COMPARABLE")
"""Codes of `recipient` that a page tells, as the owner's words."""

RAW_EXTENSIONS = {
    "vc-jwt": "jwt",
    "vp-jwt": "jwt",
    "ob2-jws": "jwt",
    "sd-jwt": "txt",
    "png": "png",
    "svg": "svg.txt",
    "pdf": "pdf",
    "archive": "zip",
}
"""By format of the file. An SVG is handed out as text: opened by itself, it could run script in the site's name."""

CONTAINERS = frozenset(("presentation", "vp-jwt", "archive"))
"""Formats of files that are there for the credentials in them."""

ENDORSEMENT = re.compile(r"/endorsement(Jwt)?(/|$)")
"""Where an endorsement stands: what somebody says of a credential, and no credential of the learner's."""
_ASKED = re.compile(
    r"https://((?:[a-z0-9-]+\.)+(?!(?:localhost|local|internal|arpa)(?:[:/?]|\Z))[a-z][a-z0-9-]*(?::[0-9]+)?)(?:[/?]|\Z)"
)
SLUG_LENGTH = 51
"""With the digest after it, a part of an address has 60 characters at most."""
ISSUER_LENGTH = 24


class Linked(NamedTuple):
    """A picture that a credential links to: where, the address of its copy in the site, and of when the copy is."""

    address: str
    src: str
    at: str


Rest = Callable[[], tuple[WalletFile, Report]]
"""Fetches all of a credential: its file with the bytes, the report with every fact."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One published credential: its file, what the verifier said of it, and its name in addresses.

    Of thousands, not all is in memory: where `rest` is given, `file` is without its bytes and `report` has only the
    facts that lists need (`brief`), and `whole` fetches the others.
    """

    file: WalletFile
    report: Report = field(compare=False)
    slug: str
    rest: Rest | None = field(default=None, compare=False, repr=False)
    place: str = ""
    """Where it stands in its file: `` for the whole of it, `#/pointer` for a credential inside, and so on."""
    raw: str = ""
    """The file's address in the site, where that is not the credential's own page's."""
    owner: Sidecar | None = None
    """What the site's owner says of it."""
    built: tuple[str, ...] = ()
    """What only the build could check of it, in sentences."""
    asks: tuple[str, ...] = ()
    """The addresses that checking its file asks for, whether or not there are copies of what is there."""
    linked: tuple[Linked, ...] = ()
    """Copies of the pictures that credentials in its file link to."""

    @property
    def address(self) -> str:
        """The credential's page."""
        return f"credentials/{self.slug}/"

    @property
    def original(self) -> str:
        """The file's address in the site, by its format."""
        return self.raw or f"{self.address}original.{RAW_EXTENSIONS.get(self.report.format, 'json')}"

    @property
    def source(self) -> str:
        """The address by which the page script finds the credential: the file's, and the place in it."""
        return self.original + quote(self.place, safe="#/~!$&'()*+,;=:@")

    def whole(self) -> Entry:
        """Return the entry with its bytes and all facts."""
        if self.rest is None:
            return self
        file, report = self.rest()
        return replace(self, file=file, report=report, rest=None)


class Stated(NamedTuple):
    """A link that the owner states: nothing about it can be checked."""

    name: str
    url: str
    owner: Sidecar

    @property
    def title(self) -> str:
        """What the link is called."""
        return self.owner.title or PurePosixPath(self.name).stem


SkillKey = tuple[str, str]
"""A skill is a name in a framework; either as shown, the framework may be empty."""


class Listed(NamedTuple):
    """A credential in a list; in that of a skill, with the skill."""

    entry: Entry
    skill: SkillKey | None = None

    @property
    def address(self) -> str:
        """The credential's page."""
        return self.entry.address


@dataclass(frozen=True)
class SiteInfo:
    """What the site's owner says of themself, in plain text. `picture` is an address in the site."""

    name: str
    headline: str = ""
    about: str = ""
    links: Sequence[Mapping[str, str]] = ()
    picture: str | None = None
    signed: bool = False
    """Whether its holder signed the site as a whole."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it is, which template draws it, with what. `search` says whether the search finds it.

    Its data are made when they are asked for, by `maker` from `given`. Pages that are equal look the same.
    """

    address: str
    kind: str
    title: str
    description: str = ""
    maker: Callable[..., Mapping[str, Any]] = dict
    given: tuple[Any, ...] = ()
    search: bool = True
    hosts: tuple[str, ...] = ()
    """Those that a button on it names; the page may ask no others."""

    @property
    def data(self) -> Mapping[str, Any]:
        """All that its template can see of the wallet."""
        return self.maker(*self.given)

    def whole(self) -> Page:
        """Return the page of a credential with all of its credential fetched."""
        entry, *others = self.given
        return replace(self, given=(entry.whole(), *others))


class Claim(NamedTuple):
    """A fact as a page shows it, with the field and the pointer by which the page script compares it."""

    field: str
    pointer: str
    text: str
    href: str | None = None
    src: str | None = None
    lang: str | None = None
    kind: str = "text"


class Row(NamedTuple):
    """A label and the claims under it."""

    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Section:
    """A headed part of a credential's page; its groups are the things it lists (a skill, a piece of evidence …)."""

    name: str
    heading: str
    groups: tuple[tuple[Row, ...], ...]


class Endorsement(NamedTuple):
    """What somebody says of a credential: a credential itself, which the page script finds at `source` and checks."""

    source: str
    title: Claim | None
    groups: tuple[tuple[Row, ...], ...]


class Card(NamedTuple):
    """A credential where several are listed."""

    address: str
    original: str
    file: str
    """The owner's title, or the file's name in the wallet: their word for a credential that gives itself none."""
    title: Claim | None
    groups: tuple[tuple[Row, ...], ...]
    picture: Claim | None
    art: Sequence[Shape]
    skills: Mapping[SkillKey, tuple[Row, ...]]
    """For each of its skills, its own words for it."""


def brief(report: Report) -> Report:
    """Return a report with those facts only by which credentials are listed, sorted and grouped."""
    first = {fact for wanted in (NAMES, ISSUERS, DATES) if (fact := _first(report, wanted))}
    kept = [fact for fact in report.credential if fact in first or fact.field in LISTED]
    return replace(report, credential=tuple(map(_shared, kept)), inner=tuple(map(brief, report.inner)))


def _shared(fact: Fact) -> Fact:
    """Return a fact whose strings are shared with equal ones: thousands say the same in the same place."""
    value = intern(fact.value) if type(fact.value) is str else fact.value
    return fact._replace(pointer=intern(fact.pointer), value=value)


def holdings(report: Report, place: str = "") -> Iterator[tuple[str, Report]]:
    """Yield each credential in a file that has a page of its own, with its place there: none for a mere container."""
    inside = [inner for inner in report.inner if not _endorses(report, inner)]
    if not (report.format in CONTAINERS and inside) and not (place and report.format == "unknown"):
        yield place, report
    for inner in inside:
        yield from holdings(inner, f"{place}#{inner.pointer}")


def _endorses(outer: Report, inner: Report) -> bool:
    """Return whether this is what somebody says of the credential around it. In an archive, a pointer is but a name."""
    return outer.format != "archive" and ENDORSEMENT.search(inner.pointer or "") is not None


def at(report: Report, place: str) -> Report:
    """Return the report on the credential at a place that `holdings` gave."""
    for pointer in place.split("#")[1:]:
        report = next(inner for inner in report.inner if inner.pointer == pointer)
    return report


def slugged(files: Iterable[tuple[WalletFile, Report] | tuple[WalletFile, Report, Rest]]) -> tuple[Entry, ...]:
    """Give every credential an address of its own: its title, else its file's name, and its SHA-256 (docs/adr/0004).

    Several in one file share the file, which lies beside the first of them.
    """
    taken: set[str] = set()
    entries: list[Entry] = []
    for file, whole, *rest in files:
        raw = ""
        for place, report in holdings(whole):
            title = _first(report, NAMES)
            wanted = slug(format.shown(title) if title else "") or slug(PurePosixPath(file.name).stem)
            name = _address(wanted or "credential", report.sha256, taken)
            raw = raw or Entry(file, whole, name).original
            fetch = partial(_rest_at, rest[0], place) if rest else None
            entries.append(Entry(file, report, name, fetch, place, raw))
    return tuple(entries)


def _rest_at(rest: Rest, place: str) -> tuple[WalletFile, Report]:
    file, report = rest()
    return file, at(report, place)


def slug(text: str) -> str:
    """Return text as part of an address: ASCII letters and digits joined by `-`; empty if there are none."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:SLUG_LENGTH].rstrip("-")


def _address(wanted: str, digest: str, taken: set[str]) -> str:
    """Return `wanted` with the beginning of a digest, whatever else there is; takes it.

    Only when that is taken, by the same file or by a digest made to begin alike, do the others matter.
    """
    names = chain([f"{wanted}-{digest[:8]}", f"{wanted}-{digest}"], (f"{wanted}-{digest}-{n}" for n in count(2)))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def compose(
    entries: Sequence[Entry], unpublished: Sequence[Skipped], site: SiteInfo, links: Sequence[Stated] = ()
) -> tuple[Page, ...]:
    """Return every page that the site has beside the owner's own ones.

    `unpublished` is what the home page should mention as left out (a preview does; a published site gives none).
    """
    ordered = sorted(entries, key=lambda entry: (_day(entry), entry.slug), reverse=True)
    issuers, skills = _by_issuer(ordered), _by_skill(ordered)
    at_issuer = {entry.slug: address for address, _, of in issuers for entry in of}
    at_skill = {key: address for key, address, _ in skills}
    kin = _kin(ordered)
    return (
        Page(
            "",
            "home",
            site.name,
            site.headline,
            _home,
            (tuple(_in_order(ordered)), tuple(unpublished), site, tuple(links)),
        ),
        *(_credential(entry, at_issuer.get(entry.slug), at_skill, kin.get(entry.slug, ())) for entry in ordered),
        Page(
            "issuers/", "issuers", message("page.issuers.title"), message("page.issuers.lead"), _issuers, tuple(issuers)
        ),
        *(_issuer(*row) for row in issuers),
        Page("skills/", "skills", message("page.skills.title"), message("page.skills.lead"), _skills, tuple(skills)),
        *(_skill(*row) for row in skills),
        Page("check/", "check", message("page.check.title"), message("page.check.lead")),
        Page("how/", "how", message("page.how.title"), message("page.how.lead")),
    )


def hosts_of(addresses: Iterable[str]) -> tuple[str, ...]:
    """Return the hosts that a visitor's button would ask about these addresses, sorted. As `hostsOf` of lookup.ts.

    Names of public hosts only: a credential must not make its visitors' browsers ask machines in their own network.
    """
    found = (_ASKED.match(address) for address in addresses if "#" not in address)
    return tuple(sorted({match[1] for match in found if match}))


def pictures(entries: Iterable[Entry]) -> Mapping[str, bytes]:
    """Return the picture files of the site by address: those that credentials hold in themselves."""
    facts = (fact for entry in entries for fact in entry.report.credential)
    return dict(found for fact in facts if (found := published_pictures.published(fact)))


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Put those first to which the owner gave a place; the others keep theirs."""
    return sorted(entries, key=lambda entry: (entry.owner or Sidecar()).rank)


def _home(
    entries: Sequence[Entry], unpublished: Sequence[Skipped], site: SiteInfo, links: Sequence[Stated]
) -> Mapping[str, Any]:
    stacks: dict[str, list[Listed]] = {"": []}
    for entry in entries:
        stacks.setdefault(entry.owner.stack if entry.owner else "", []).append(Listed(entry))
    cards = stacks.pop("")
    feeds = [(FEED, message("page.feed"))] if entries else []
    feeds += [(CALENDAR, message("page.calendar"))] if any(ending(entry.report) for entry in entries) else []
    shown = {"site": site, "cards": cards, "stacks": stacks, "unpublished": unpublished, "links": links}
    return {**shown, "feeds": feeds}


def _kin(entries: Iterable[Entry]) -> Mapping[str, tuple[tuple[str, str], ...]]:
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
                rows[entry.slug] = tuple((_name(other), other.address) for other in inside if other is not entry)
    return rows


def ending(report: Report) -> str:
    """Return the date at which a credential ends, the earliest that it names; empty where it names none."""
    ends = []
    for fact in report.credential:
        if fact.field in ENDS:
            try:
                ends.append((instant(str(fact.value)), str(fact.value)))
            except ValueError:
                continue
    return min(ends)[1] if ends else ""


def called(entry: Entry) -> str:
    """Return what a credential is called: its own name, else the owner's word for it."""
    return _name(entry)


def dated(entry: Entry) -> str:
    """Return the date that a credential has; empty where it has none."""
    return _day(entry)


def _name(entry: Entry) -> str:
    title = _first(entry.report, NAMES)
    return format.shown(title) if title else (entry.owner and entry.owner.title) or entry.file.name


def _credential(
    entry: Entry, issuer_at: str | None, at_skill: Mapping[SkillKey, str], kin: tuple[tuple[str, str], ...]
) -> Page:
    skills = tuple((key[1], at_skill[key]) for key in _skills_of(entry.report))
    given = (entry, issuer_at, tuple(dict.fromkeys(skills)), kin)
    summary, hosts = _summary(entry.report), hosts_of(entry.asks)
    return Page(entry.address, "credential", _name(entry), summary, credential, given, hosts=hosts)


def credential(
    entry: Entry, issuer_at: str | None, skills: Sequence[tuple[str, str]], kin: Sequence[tuple[str, str]] = ()
) -> Mapping[str, Any]:
    """Return what a credential's page shows: all of its facts, and where pages are that have to do with it.

    Those are its issuer's, its skills', and those of credentials in the same file.
    """
    entry = entry.whole()
    report = entry.report
    title, kind = _first(report, NAMES), _first(report, ("achievementType",))
    used = {fact.pointer for fact in (title, kind) if fact}
    picture = _picture(report)
    claims = [_claim(fact) for fact in report.credential if fact.pointer not in used]
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
        "made_out": made_out(report),
        "linked": _linked(entry),
        "sha256": entry.file.sha256,
        "title": _claim(title) if title else None,
        "kind": _claim(kind) if kind else None,
        "picture": picture,
        "art": seal(report.sha256),
        "issuer": _rows(sorted(issuer, key=lambda claim: claim.field)),
        "identity": identity(report),
        "sections": {section.name: section for section in _sections(claims)},
        "endorsements": [_endorsement(entry, inner) for inner in report.inner if _endorses(report, inner)],
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
    title = _first(report, NAMES)
    claims = [_claim(fact) for fact in report.credential if fact is not title]
    shown = [claim for claim in claims if claim.text and claim.kind != "image"]
    groups = sorted(_grouped(shown), key=lambda group: together.holder(group[0].pointer) != "")
    return Endorsement(said.source, _claim(title) if title else None, tuple(map(_rows, groups)))


def _sections(claims: Sequence[Claim]) -> Iterator[Section]:
    """Sort claims into sections; in each, those of one object of the signed document stay together."""
    sorted_out: dict[str, list[Claim]] = {name: [] for name, _ in SECTIONS}
    for claim in claims:
        if claim.field not in ISSUERS:
            sorted_out[_section_of(claim.field)].append(claim)
    for name, mine in sorted_out.items():
        grouped = _results(mine) if name == "results" else _grouped(mine)
        found = sorted(grouped, key=lambda group: group[0].field.startswith(LAST))
        groups = tuple(_rows(group) for group in found)
        if groups:
            yield Section(name, message(f"label.section.{name}"), groups)


@cache
def _section_of(field: str) -> str:
    return next(name for name, beginnings in SECTIONS if field.startswith(beginnings))


def _grouped(claims: Sequence[Claim]) -> Iterable[list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(together.holder(claim.pointer), []).append(claim)
    return groups.values()


def _results(claims: Sequence[Claim]) -> Iterable[list[Claim]]:
    """Put what was achieved beside its description, which it names by identifier (OB 3.0 B.1.20); then what was needed.

    So with the level of a rubric that was achieved (B.1, RubricCriterionLevel). An identifier that two descriptions or
    levels share names none of them. The identifiers themselves say nothing to a reader.
    """
    homes = together.homes((claim.field, claim.text, claim.pointer) for claim in claims)
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda claim: claim.field not in ("resultName", *ACHIEVED)):
        if claim.field not in ("resultId", "resultOf", "resultRubricId"):
            holder = together.holder(claim.pointer)
            groups.setdefault(homes.get(holder, holder), []).append(claim)
    return groups.values()


def _rows(claims: Sequence[Claim]) -> tuple[Row, ...]:
    labels = _labels()
    return tuple(Row(labels[name], tuple(group)) for name, group in groupby(claims, key=attrgetter("field")))


@cache
def _labels() -> dict[str, str]:
    return {row.field: row.label for row in fields()}


def _claim(fact: Fact) -> Claim:
    if fact.kind != "image":
        return Claim(fact.field, fact.pointer, format.shown(fact), format.href(fact), None, fact.lang, fact.kind)
    found = published_pictures.published(fact)
    text = "" if str(fact.value).startswith("data:") else format.shown(fact)
    return Claim(fact.field, fact.pointer, text, format.href(fact), found[0] if found else None, fact.lang, fact.kind)


def _picture(report: Report) -> Claim | None:
    """Return the first picture of the credential that the site publishes."""
    claims = (_claim(fact) for fact in report.credential if fact.field == "image")
    return next((claim for claim in claims if claim.src), None)


def _first(report: Report, wanted: Iterable[str]) -> Fact | None:
    """Return the fact of the first of these fields that the credential has: in the page's language, else the first."""
    for name in wanted:
        facts = [fact for fact in report.credential if fact.field == name]
        if facts:
            return next((fact for fact in facts if _is_of_the_page(fact)), facts[0])
    return None


def _is_of_the_page(fact: Fact) -> bool:
    """Return whether a text is in the page's language, or in none that is named."""
    return fact.lang is None or fact.lang.lower().split("-")[0] == message("live.language")


def _day(entry: Entry) -> str:
    fact = _first(entry.report, DATES)
    return str(fact.value) if fact else ""


def card(entry: Entry) -> Card:
    """Return a credential as lists show it."""
    report = entry.whole().report
    title = _first(report, NAMES)
    shown = [fact for wanted in (ISSUERS, DATES, ENDS) if (fact := _first(report, wanted))]
    rows = _skill_rows(report)
    return Card(
        entry.address,
        entry.source,
        (entry.owner and entry.owner.title) or entry.file.name,
        _claim(title) if title else None,
        tuple(map(_rows, _grouped([_claim(fact) for fact in shown]))),
        _picture(report),
        seal(report.sha256),
        {key: rows.get(key, ()) for key in _skills_of(report)},
    )


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


def _summary(report: Report) -> str:
    """Return one line for search results: issuer and date."""
    facts = [fact for wanted in (ISSUERS, DATES) if (fact := _first(report, wanted))]
    return " · ".join(format.shown(fact) for fact in facts)


def _by_issuer(entries: Sequence[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """Return (address, identifier, credentials) of each issuer, in the order of their names."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.report.issuer:
            groups.setdefault(entry.report.issuer.id, []).append(entry)
    taken: set[str] = set()
    rows = []
    for identifier, of in sorted(groups.items(), key=lambda item: (_issuer_name(item[1][0]).casefold(), item[0])):
        # By its identifier: the name is what its newest credential says, and may change with the next.
        wanted = slug(identifier)[:ISSUER_LENGTH].rstrip("-") or "issuer"
        rows.append((f"issuers/{_address(wanted, _digest(identifier), taken)}/", identifier, of))
    return rows


def _issuer_name(entry: Entry) -> str:
    issuer = entry.report.issuer
    return format.line(issuer.name or issuer.id) if issuer else ""


def _issuers(*rows: tuple[str, str, list[Entry]]) -> Mapping[str, Any]:
    return {"issuers": [_issuer_data(address, of) for address, _, of in rows]}


def _issuer(address: str, identifier: str, of: Sequence[Entry]) -> Page:
    return Page(address, "issuer", _issuer_name(of[0]), format.line(identifier), _issuer_page, (address, of))


def _issuer_page(address: str, of: Sequence[Entry]) -> Mapping[str, Any]:
    return {**_issuer_data(address, of), "cards": [Listed(entry) for entry in of]}


def _issuer_data(address: str, of: Sequence[Entry]) -> dict[str, Any]:
    """Return what the newest credential of an issuer says of it; the page checks that credential for it."""
    entry = of[0].whole()
    claims = [_claim(fact) for fact in entry.report.credential if fact.field.startswith("issuer")]
    first = [claim for claim in claims if claim.field in ISSUERS]
    others = [claim for claim in claims if claim.field not in ISSUERS and claim.text and claim.kind != "image"]
    return {
        "address": address,
        "original": entry.source,
        "identity": identity(entry.report),
        "issuer": _rows(sorted(first, key=lambda claim: claim.field)),
        "about": _rows(others),
        "count": message("page.count.one") if len(of) == 1 else message("page.count.many", count=len(of)),
    }


def _skills_of(report: Report) -> list[SkillKey]:
    """Return the skills that a credential names, in its order, each once."""
    found: dict[str, dict[str, str]] = {}
    for fact in report.credential:
        if fact.field in ("skill", "skillFramework"):
            found.setdefault(together.holder(fact.pointer), {}).setdefault(fact.field, format.shown(fact))
    keys = ((named.get("skillFramework", ""), named["skill"]) for named in found.values() if named.get("skill"))
    return list(dict.fromkeys(keys))


def _skill_rows(report: Report) -> dict[SkillKey, tuple[Row, ...]]:
    """Return a credential's own words for each skill: its name, framework and description there."""
    wanted = ("skill", "skillFramework", "skillDescription")
    claims = [_claim(fact) for fact in report.credential if fact.field in wanted]
    rows: dict[SkillKey, tuple[Row, ...]] = {}
    for group in _grouped(claims):
        texts = {claim.field: claim.text for claim in group}
        rows.setdefault((texts.get("skillFramework", ""), texts.get("skill", "")), _rows(group))
    return rows


def _by_skill(entries: Sequence[Entry]) -> list[tuple[SkillKey, str, list[Entry]]]:
    """Return (skill, address, credentials), by framework and name."""
    groups: dict[SkillKey, list[Entry]] = {}
    for entry in entries:
        for key in _skills_of(entry.report):
            groups.setdefault(key, []).append(entry)
    taken: set[str] = set()
    rows = []
    for key, of in sorted(groups.items(), key=lambda item: [(not text, text.casefold(), text) for text in item[0]]):
        rows.append((key, f"skills/{_address(slug(key[1]) or 'skill', _digest(chr(10).join(key)), taken)}/", of))
    return rows


def _skills(*rows: tuple[SkillKey, str, list[Entry]]) -> Mapping[str, Any]:
    frameworks = [
        {
            "name": framework or message("page.skills.none"),
            "skills": [
                {"name": key[1], "address": at, "cards": [Listed(entry) for entry in of]} for key, at, of in group
            ],
        }
        for framework, group in groupby(rows, key=lambda row: row[0][0])
    ]
    return {"frameworks": frameworks}


def _skill(key: SkillKey, address: str, of: Sequence[Entry]) -> Page:
    return Page(address, "skill", key[1], key[0] or message("page.skills.none"), _skill_page, (key, of))


def _skill_page(key: SkillKey, of: Sequence[Entry]) -> Mapping[str, Any]:
    return {"name": key[1], "framework": key[0], "cards": [Listed(entry, key) for entry in of]}


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
