"""The credentials of a site: what is in each file, its address, what it is called and when it is dated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import chain, count
from pathlib import PurePosixPath
from sys import intern
from typing import NamedTuple
from urllib.parse import quote

from portfolio_gen import format
from portfolio_gen import pictures as published_pictures
from portfolio_gen.pages.translations import first_fact
from portfolio_gen.report import Fact, Report
from portfolio_gen.sidecar import Sidecar
from portfolio_gen.timestamps import instant
from portfolio_gen.wallet import WalletFile

NAMES = ("name", "credentialName", "degreeName")
"""Fields that say what a credential is called, the best first."""


ISSUERS = ("issuerName", "issuerId")


DATES = ("awardedDate", "validFrom", "issuanceDate")
"""A card shows the first of each of these three that the credential has; `browser/src/shown.ts` holds it to that."""


ENDS = ("validUntil", "expirationDate")


ACHIEVEMENTS = ("achievementId", "otherId", "association", "associationSource", "associationTarget")
"""Facts that say which achievement a credential is for, and how achievements belong together: for stacks."""


SKILLS = ("skill", "skillFramework", "skillCode", "skillLink")
"""Facts by which the skills of credentials are told apart and put together."""


LISTED = (*NAMES, *ENDS, *SKILLS, "achievementType", *ACHIEVEMENTS)
"""Facts that a list of thousands needs in memory, beside the first issuer and date."""


CTID = re.compile(r"(?i)ce-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""How the Credential Registry names things, in an identifier of its own or in an address."""


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


class Linked(NamedTuple):
    """A picture that a credential links to: where, the address of its copy in the site, and of when the copy is."""

    address: str
    src: str
    at: str


class Kept(NamedTuple):
    """A file of the owner's that lies beside a credential: its name in the wallet, its address in the site."""

    name: str
    src: str
    is_picture: bool


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
    evidence: tuple[Kept, ...] = ()
    """Files that the owner says are evidence of it."""
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

    @property
    def language(self) -> str:
        """The language in which its owner wants it shown; empty where they do not say."""
        return self.owner.language if self.owner else ""

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
    """A credential in a list; in that of a skill, with all of its own words for it."""

    entry: Entry
    skills: tuple[SkillKey, ...] = ()
    assessed: bool = False
    """Whether the skill stands in a result of it."""

    @property
    def address(self) -> str:
        """The credential's page."""
        return self.entry.address


def brief(report: Report) -> Report:
    """Return a report with those facts only by which credentials are listed, sorted and grouped."""
    first = {fact for wanted in (NAMES, ISSUERS, DATES) if (fact := first_fact(report, wanted))}
    kept = [fact for fact in report.credential if fact in first or fact.field in LISTED or _is_an_issuer_s(fact)]
    return replace(report, credential=tuple(map(_shared, kept)), inner=tuple(map(brief, report.inner)))


def _is_an_issuer_s(fact: Fact) -> bool:
    """Return whether it is one of an issuer's names by language: which of them is shown, the owner says later."""
    return fact.field in ISSUERS and fact.lang is not None


def _shared(fact: Fact) -> Fact:
    """Return a fact whose strings are shared with equal ones: thousands say the same in the same place."""
    value = intern(fact.value) if type(fact.value) is str else fact.value
    return fact._replace(pointer=intern(fact.pointer), value=value)


def holdings(report: Report, place: str = "") -> Iterator[tuple[str, Report]]:
    """Yield each credential in a file that has a page of its own, with its place there: none for a mere container."""
    inside = [inner for inner in report.inner if not endorses(report, inner)]
    if not (report.format in CONTAINERS and inside) and not (place and report.format == "unknown"):
        yield place, report
    for inner in inside:
        yield from holdings(inner, f"{place}#{inner.pointer}")


def endorses(outer: Report, inner: Report) -> bool:
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
            title = first_fact(report, NAMES)
            wanted = slug(format.shown(title) if title else "") or slug(PurePosixPath(file.name).stem)
            name = address_for(wanted or "credential", report.sha256, taken)
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


def address_for(wanted: str, digest: str, taken: set[str]) -> str:
    """Return `wanted` with the beginning of a digest, whatever else there is; takes it.

    Only when that is taken, by the same file or by a digest made to begin alike, do the others matter.
    """
    names = chain([f"{wanted}-{digest[:8]}", f"{wanted}-{digest}"], (f"{wanted}-{digest}-{n}" for n in count(2)))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


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
    title = first_fact(entry.report, NAMES, entry.language)
    return format.shown(title) if title else (entry.owner and entry.owner.title) or entry.file.name


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return credentials by their dates."""
    return sorted(entries, key=lambda entry: (dated(entry), entry.slug), reverse=True)


def dated(entry: Entry) -> str:
    """Return the date that a credential has; empty where it has none."""
    fact = first_fact(entry.report, DATES)
    return str(fact.value) if fact else ""


def digest_of(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
