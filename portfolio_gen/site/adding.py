"""A file before it comes into the wallet: what it is, what it would make public, where it would appear; then the copy.

It is looked at as a wallet of its own, by the same steps as a build takes, so that nothing here decides anew what is
published. What was shown is what is copied: the bytes are read once. Nothing in the wallet is ever written over.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from portfolio_gen import pages
from portfolio_gen.errors import ConfigError, PortfolioError, ReadError, SiteError
from portfolio_gen.holders import Holders, holders_of
from portfolio_gen.limits import LIMITS
from portfolio_gen.noted import Answers
from portfolio_gen.personal import kinds, label
from portfolio_gen.readers import read
from portfolio_gen.report import Report
from portfolio_gen.saying import checks_told
from portfolio_gen.sidecar import is_sidecar, paired
from portfolio_gen.site.config import address_of
from portfolio_gen.site.gather import Checker, Gathered
from portfolio_gen.site.plugin import root_folder, snapshots_folder, wallet_folder
from portfolio_gen.snapshots import read_snapshots
from portfolio_gen.vocabulary import labels, message, vocabulary
from portfolio_gen.wallet import NOTES, Skipped, listing, megabytes, read_found
from portfolio_gen.wallet import read as read_file

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from portfolio_gen.site.plugin import PortfolioPlugin

LONGEST_NAME = 150
"""Bytes of a file's name: most systems have 255, and a sidecar's name is longer than that of its file."""

_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
"""What some system does not allow in a file's name."""

Line = tuple[str, str]
"""What a line is about, and what it says."""


class AddError(PortfolioError):
    """A file cannot come into the wallet."""


@dataclass(frozen=True)
class Desk:
    """Where files are looked at: what decides how a site would show them."""

    wallet: Path
    now: str
    allowed: tuple[str, ...] = ()
    """Kinds of personal data that mkdocs.yml allows."""
    others: tuple[str, ...] = ()
    """Files that may be made out to somebody else."""
    copies: Answers = field(default_factory=dict)
    holders: Holders = field(default_factory=dict)
    address: str = ""
    """The site's, as far as mkdocs.yml says it."""


@dataclass(frozen=True)
class Offer:
    """A file that may be added, and all that its owner should know before."""

    name: str
    data: bytes = field(repr=False)
    gathered: Gathered
    needs: tuple[str, ...] = ()
    """Kinds of personal data in it for which it would not be published."""
    same: tuple[str, ...] = ()
    """Files of the wallet with these very bytes."""
    alike: tuple[str, ...] = ()
    """Files of the wallet with the same credential's identifier."""
    free: str = ""
    """A name that is free, where its own is taken."""
    strange: bool = False
    """Whether it is made out to somebody else, for which a build would stop."""
    address: str = ""
    sidecars: tuple[str, ...] = ()
    """Files of the wallet with words that would be about it."""
    torn: str = ""
    """What would be wrong with the wallet's sidecars, for which a build would stop."""

    @property
    def sha256(self) -> str:
        """What tells these bytes from all others."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def reports(self) -> tuple[Report, ...]:
        """What the verifier said of each credential in it."""
        return tuple(entry.report for entry in self.gathered.entries)

    @property
    def refusal(self) -> str:
        """Why it cannot be added, in a sentence; empty where it can."""
        found = self.gathered
        if found.secrets or any(left.reason == message("wallet.secret") for left in found.left_out):
            return message("add.secret")
        if not found.entries and not found.links:
            why = found.left_out[0].reason if found.left_out else message("add.note")
            return message("add.unfit", why=why)
        if self.same:
            return message("add.same", names=", ".join(self.same))
        return message("add.torn", why=self.torn) if self.torn else ""

    def lines(self) -> Iterator[Line]:
        """Give all that is to be known, in the order in which one asks."""
        for entry in self.gathered.entries:
            whole = entry.whole()
            yield from _about(whole, self.address)
        for link in self.gathered.links:
            yield message("add.what"), message("add.link", url=link.url)
        if len(self.gathered.entries) > 1:
            yield message("add.public"), message("add.several", count=len(self.gathered.entries))
        if self.needs:
            yield message("add.personal"), self._personal()
        if self.strange:
            yield message("add.recipient"), message("add.strange", name=self.name)
        if self.sidecars:
            yield message("add.there"), message("add.words", names=", ".join(self.sidecars))
        if self.alike:
            yield message("add.there"), message("add.alike", names=", ".join(self.alike))
        if self.free and not self.same:
            yield message("add.there"), message("add.taken", name=self.name, free=self.free)

    def _personal(self) -> str:
        found = [one for one in self.gathered.personal if one.kind in self.needs]
        what = ", ".join(dict.fromkeys(f"{label(one.kind)} ({one.place})" for one in found))
        return message("add.needs", what=what, kinds=", ".join(self.needs))


def _about(entry: pages.Entry, address: str) -> Iterator[Line]:
    """Say of one credential what it is, how it stands, what of it would be public, and where."""
    report = entry.report
    who = (report.issuer.name or report.issuer.id) if report.issuer else message("add.nobody")
    kind = vocabulary()["formats"][report.format]
    yield message("add.what"), message("add.credential", title=pages.called(entry), issuer=who, format=kind)
    yield message("add.verdict"), vocabulary()["verdicts"][report.verdict]["label"]
    yield from checks_told(report)
    called = dict.fromkeys(labels()[fact.field] for fact in report.credential)
    facts = {"count": len(report.credential), "labels": ", ".join(called)}
    yield message("add.public"), message("add.facts", **facts) if called else message("add.nofacts")
    yield message("add.where"), address + entry.address


def desk(config: MkDocsConfig, plugin: PortfolioPlugin, now: str) -> Desk:
    """Return where files for a site are looked at.

    Raises:
        ConfigError: what is wrong in holders.yml.
    """
    options = plugin.config
    return Desk(
        wallet_folder(config, options),
        now,
        tuple(options.publish_personal),
        tuple(options.made_out_to_others),
        read_snapshots(snapshots_folder(config, options), now),
        holders_of(root_folder(config), os.environ),
        _folder(address_of(config)),
    )


def _folder(address: str) -> str:
    return address.rstrip("/") + "/" if address else ""


def look(desk: Desk, name: str, data: bytes) -> Offer:
    """Return what there is to know of a file, which would have this name in the wallet.

    Raises:
        AddError: no file of a wallet can have this name, or it is larger than any credential.
        WalletError: the wallet cannot be read.
    """
    require_name(name)
    if len(data) > LIMITS.file_bytes:
        sizes = {"size": megabytes(len(data)), "limit": megabytes(LIMITS.file_bytes)}
        raise AddError(f"{name}: {message('wallet.tooLarge', **sizes)}")
    with tempfile.TemporaryDirectory(prefix="portfolio-") as folder:
        (Path(folder) / name).write_bytes(data)
        found = Checker().gather(Path(folder), desk.now, None, kinds(), desk.copies, desk.holders)
    told = tuple(dict.fromkeys(one.kind for one in found.personal))
    same, alike = _known(desk.wallet, data)
    return Offer(
        name,
        data,
        found,
        tuple(kind for kind in told if kind not in desk.allowed),
        same,
        alike,
        free_name(desk.wallet, name),
        any(stranger not in desk.others for stranger in found.strangers),
        desk.address,
        *_words(desk.wallet, name),
    )


def _words(wallet: Path, name: str) -> tuple[tuple[str, ...], str]:
    """Return the wallet's sidecars that would be about a file of this name, and what it would make wrong with them."""
    names = [found.name for found in listing(wallet).found]
    try:
        paired(names)
    except ConfigError:
        return (), ""
    try:
        beside = paired([*names, name])
    except ConfigError as error:
        return (), str(error)
    return tuple(sidecar for sidecar, about in beside.items() if about == name), ""


def require_name(name: str) -> None:
    """Refuse what cannot be, or should not be, the name of a file in a wallet.

    Raises:
        AddError: why.
    """
    if _NO_NAME.search(name) or not name.isprintable() or name != name.strip() or name.startswith("."):
        raise AddError(message("add.name", name=_line(name)))
    if not name or len(name.encode("utf-8", "replace")) > LONGEST_NAME or name.endswith("."):
        raise AddError(message("add.name", name=_line(name)))
    if is_sidecar(name):
        raise AddError(message("add.sidecar", name=name))
    if name.lower() in NOTES:
        raise AddError(message("add.unfit", why=message("add.note")))


def _line(name: str) -> str:
    """Return a name as text of one line, also where it is none."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name)[:LONGEST_NAME]


def free_name(wallet: Path, name: str) -> str:
    """Return the next name that is free, the empty string where this one is."""
    if not _is_taken(wallet, name):
        return ""
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    return next(free for n in count(2) if not _is_taken(wallet, free := f"{stem}-{n}{ending}"))


def _is_taken(wallet: Path, name: str) -> bool:
    return os.path.lexists(wallet / name)


def _known(wallet: Path, data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the files of the wallet with these bytes, and those others with a credential of the same identifier."""
    digest, mine = hashlib.sha256(data).hexdigest(), _ids(data)
    same: dict[str, None] = {}
    alike: dict[str, None] = {}
    for found in listing(wallet).found:
        file = read_found(found)
        if isinstance(file, Skipped) or is_sidecar(found.name):
            continue
        if file.sha256 == digest:
            same[file.name] = None
        elif found.archive and found.archive not in same and _digest(found.path) == digest:
            same[found.archive] = None
        elif mine and found.archive not in same and mine & _ids(file.data):
            alike[file.name] = None
    return tuple(same), tuple(alike)


def _digest(path: str) -> str:
    file = read_file(Path(path), path)
    return "" if isinstance(file, Skipped) else file.sha256


def _ids(data: bytes) -> frozenset[str]:
    """Return the identifiers that the credentials in a file give themselves; none of what no reader opens."""
    try:
        envelope = read(data)
    except ReadError:
        return frozenset()
    return frozenset(_id_of(envelope.document)) | frozenset(
        id for inner in envelope.inner if "endorsement" not in inner.pointer.lower() for id in _ids_inside(inner.data)
    )


def _ids_inside(data: bytes) -> Iterable[str]:
    try:
        return tuple(_id_of(read(data, inside=True).document))
    except ReadError:
        return ()


def _id_of(document: Any) -> Iterator[str]:
    if not isinstance(document, Mapping):
        return
    for place in (document, document.get("vc")):
        if isinstance(place, Mapping):
            yield from (place[name] for name in ("id", "jti") if isinstance(place.get(name), str) and place[name])


def add(desk: Desk, offer: Offer, name: str = "") -> Path:
    """Copy a file that was looked at into the wallet, whole or not at all; return where it is.

    Raises:
        AddError: it is refused, or the name is taken, also by whoever was quicker.
        SiteError: the disk refuses.
    """
    name = name or offer.name
    require_name(name)
    if offer.refusal:
        raise AddError(offer.refusal)
    place = desk.wallet / name
    if _is_taken(desk.wallet, name):
        raise AddError(message("add.taken", name=name, free=free_name(desk.wallet, name)))
    try:
        _put(place, offer.data)
    except FileExistsError:
        raise AddError(message("add.taken", name=name, free=free_name(desk.wallet, name))) from None
    except OSError as error:
        raise SiteError(f"{name} cannot be written into the wallet: {error.strerror or error}.") from error
    return place


def _put(place: Path, data: bytes) -> None:
    """Give a finished file its name: a link to it fails where the name is taken, which a rename would not."""
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".adding-")
    try:
        with open(handle, "wb") as opened:  # noqa: PTH123  (a descriptor)
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        Path(temporary).chmod(0o644)
        try:
            os.link(temporary, place)
        except FileExistsError:
            raise
        except OSError:  # a disk that has no links, such as a memory stick
            with place.open("xb") as opened:
                opened.write(data)
    finally:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
