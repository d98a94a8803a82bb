"""From the wallet folder to what the site is made of: reports, addresses, and what is left out and why.

Nothing here knows MkDocs. A file that has not changed is not verified again on the same day. What is large
of a credential, its bytes and its facts, waits in a spool for the page that needs it.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.guard import Secret, secrets_in
from portfolio_gen.holders import Holders
from portfolio_gen.noted import Answers, Noted
from portfolio_gen.pages import Entry, Linked, Stated, brief, slugged
from portfolio_gen.pdf import is_signed, told
from portfolio_gen.personal import Personal, label, personal_in
from portfolio_gen.pictures import linked as linked_picture
from portfolio_gen.report import Report
from portfolio_gen.sidecar import Sidecar, is_sidecar, paired, parse
from portfolio_gen.site import evidence
from portfolio_gen.site.spool import Place, Spool
from portfolio_gen.site.workers import each
from portfolio_gen.verifier import verifying
from portfolio_gen.vocabulary import message, vocabulary
from portfolio_gen.wallet import Found, Skipped, WalletFile, listing, or_skipped, read_found

NOT_CREDENTIALS = frozenset(("png", "svg", "pdf", "link", "archive", "unknown"))
"""Formats of files that are published only where there is a credential in them."""


POOL_FROM = 100
"""Fewer files than this are verified sooner than a second process has started."""

Progress = Callable[[int, int], None]
"""Told how many files are verified, of how many."""


@dataclass(frozen=True)
class Gathered:
    """What a wallet gives to a site."""

    entries: tuple[Entry, ...] = ()
    unpublished: tuple[Skipped, ...] = ()
    """Read, but not a credential that can be published."""
    skipped: tuple[Skipped, ...] = ()
    """Not even read."""
    secrets: tuple[Secret, ...] = ()
    links: tuple[Stated, ...] = ()
    """What the owner states and nobody can check."""
    copies: Answers = field(default_factory=dict)
    """What the site has of the network, as far as its credentials ask for it."""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """Those that credentials link to and of which there is a copy, by their addresses in the site."""
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    """The owner's files beside credentials, by their addresses in the site."""
    personal: tuple[Personal, ...] = ()
    """Personal data in files that are credentials, published or not."""
    withheld: frozenset[str] = frozenset()
    """The kinds of it for which files are not published."""
    unknown: tuple[str, ...] = ()
    """Files that mkdocs.yml curates and the wallet does not have."""

    @property
    def strangers(self) -> tuple[str, ...]:
        """The files that hold a credential which is made out to somebody else than the owner, sorted."""
        others = (entry for entry in self.entries if entry.report.checks["recipient"].code == "OTHER")
        return tuple(sorted({entry.file.name for entry in others}))

    @property
    def left_out(self) -> tuple[Skipped, ...]:
        """Every file that is not published, by name."""
        return tuple(sorted((*self.skipped, *self.unpublished), key=lambda item: item.name))


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that was read, verified and searched for private keys: what is known of it, and where the rest is."""

    file: WalletFile
    """Without its bytes."""
    report: Report
    """In brief."""
    secrets: tuple[Secret, ...]
    place: Place
    built: tuple[str, ...] = ()
    """What only the build can check of it."""
    used: tuple[str, ...] = ()
    """The addresses whose copies answered when it was checked."""
    missed: tuple[str, ...] = ()
    """The addresses for which there was no copy."""
    linked: tuple[str, ...] = ()
    """The addresses of pictures that its credentials link to."""
    personal: tuple[Personal, ...] = ()

    @property
    def published(self) -> bool:
        """Whether it is, or holds, a credential as far as can be told: a picture without a badge does not."""
        readable = self.report.checks["readable"]
        return self.report.format not in NOT_CREDENTIALS or readable.result == "pass" or is_signed(self.report)


class Checker:
    """Verifies files and looks for private keys in them, once for each file, content and day."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Examined] = {}
        self._for: tuple[str, Mapping[str, tuple[str, str]], Holders] = ("", {}, {})
        self._secrets: dict[tuple[str, str], tuple[Secret, ...]] = {}
        self._spool = Spool()
        self.verified = 0

    def gather(
        self,
        folder: Path,
        now: str,
        progress: Progress | None = None,
        allowed: Collection[str] = (),
        copies: Answers | None = None,
        holders: Holders | None = None,
        curated: Mapping[str, Sidecar] | None = None,
    ) -> Gathered:
        """Read and verify a wallet; `copies` answer for look-ups.

        A file with personal data of a kind that is not `allowed` is not published.

        `holders` are the owner's own identifiers, of which nothing goes anywhere but to the verifier. `curated` is
        what mkdocs.yml says of files; a sidecar's word goes before.

        Raises:
            WalletError: the folder cannot be read.
            ConfigError: all that is wrong in the sidecars.
        """
        listed = listing(folder)
        credentials = [item for item in listed.found if not is_sidecar(item.name)]
        words, alone = _sidecars(listed.found)
        words = _with_curated(words, _with_evidence(curated or {}, listed.found), credentials)
        copies = copies or {}
        of = (
            now[:10],
            {name: (str(row["at"]), hashlib.sha256(row["bytes"]).hexdigest()) for name, row in copies.items()},
            dict(holders or {}),
        )
        if of != self._for:
            self._for, self._known = of, {}
        check = _Check(now, copies, holders or {})
        examined: list[Examined] = []
        skipped = list(listed.skipped)
        for done, found in enumerate(each(partial(self._examine, check=check), credentials, enough=POOL_FROM), 1):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                examined.append(self._known[found] if isinstance(found, tuple) else found)
            if progress:
                progress(done, len(credentials))
        self.verified += sum(one is not self._known.get((one.file.name, one.file.sha256)) for one in examined)
        self._known = {(one.file.name, one.file.sha256): one for one in examined}
        hidden = {name for name, said in words.items() if said.hide}
        credentials_in = [one for one in examined if one.published and one.file.name not in hidden]
        published = [one for one in credentials_in if not _withheld(one, allowed)]
        entries = slugged((one.file, one.report, partial(self._rest, one)) for one in published)
        of_file = {one.file.name: one for one in published}
        entries = tuple(
            replace(
                entry,
                owner=words.get(entry.file.name),
                built=one.built,
                asks=(*one.used, *one.missed),
                linked=_pictures(one.linked, copies),
            )
            for entry in entries
            for one in [of_file[entry.file.name]]
        )
        seen = [item for item in listed.found if item.name not in hidden]
        beside = evidence.gathered(entries, seen, allowed)
        examined = [one for one in examined if one.published or one.file.name not in beside.names]
        skipped = [one for one in skipped if one.name not in beside.names]
        links = {one.file.name: url for one in examined if (url := _link_in(one.report)) and not one.secrets}
        links = {name: url for name, url in links.items() if name not in hidden}
        left_out = [
            _left_out(one, hidden)
            for one in examined
            if (not one.published or one.file.name in hidden) and one.file.name not in links
        ]
        left_out += beside.left_out
        left_out += [_left_for_privacy(one, kinds) for one in credentials_in if (kinds := _withheld(one, allowed))]
        asked = {address: copies[address] for address in sorted({name for one in published for name in one.used})}
        secrets = [secret for one in credentials_in for secret in one.secrets]
        shown = {name: copies[name] for one in published for name in one.linked if name in copies}
        secrets += [found for name, row in {**asked, **shown}.items() for found in self.secrets(name, row["bytes"])]
        secrets += [found for name, data in evidence.files_of(beside) for found in self.secrets(name, data)]
        return Gathered(
            beside.entries,
            tuple(left_out),
            tuple(skipped),
            secrets=tuple(secrets),
            links=_stated(links, words, {name: said for name, said in alone.items() if not said.hide}),
            unknown=tuple(sorted((curated or {}).keys() - _names(listed.found))),
            personal=tuple(found for one in credentials_in for found in one.personal),
            withheld=frozenset(kind for one in credentials_in for kind in _withheld(one, allowed)),
            copies=asked,
            evidence=beside.files,
            pictures=dict(made for one in published for name in one.linked if (made := _picture(name, copies))),
        )

    def secrets(self, name: str, data: bytes) -> tuple[Secret, ...]:
        """Return the private keys in something else that would be published."""
        key = (name, hashlib.sha256(data).hexdigest())
        if key not in self._secrets:
            self._secrets[key] = tuple(secrets_in(name, data))
        return self._secrets[key]

    def _examine(self, found: Found, check: _Check) -> Examined | Skipped | tuple[str, str]:
        """Read and verify a file; return only its name and digest if that was done before."""
        file = read_found(found)
        if isinstance(file, Skipped):
            return file
        if (file.name, file.sha256) in self._known:
            return file.name, file.sha256
        return or_skipped(file.name, lambda: self._examined(file, check))

    def _examined(self, file: WalletFile, check: _Check) -> Examined:
        report, used, missed = check(file.data)
        place = self._spool.put(pickle.dumps((file, report), pickle.HIGHEST_PROTOCOL))
        secrets = tuple(secrets_in(file.name, file.data))
        built = told(file.data, check.now) if is_signed(report) else ()
        personal = personal_in(file.name, file.data)
        return Examined(
            replace(file, data=b""), brief(report), secrets, place, built, used, missed, _linked(report), personal
        )

    def _rest(self, one: Examined) -> tuple[WalletFile, Report]:
        file, report = pickle.loads(self._spool.get(one.place))  # noqa: S301  (written by `_examine`)
        return file, report


def _picture(address: str, copies: Answers) -> tuple[str, bytes] | None:
    return linked_picture(copies[address]["bytes"]) if address in copies else None


def _pictures(addresses: Iterable[str], copies: Answers) -> tuple[Linked, ...]:
    found = [(name, made) for name in dict.fromkeys(addresses) if (made := _picture(name, copies))]
    return tuple(Linked(name, made[0], str(copies[name]["at"])) for name, made in found)


def _linked(report: Report) -> tuple[str, ...]:
    own = (str(fact.value) for fact in report.credential if fact.kind == "image")
    return (*own, *(address for inner in report.inner for address in _linked(inner)))


class _Check:
    """Verifies files at one moment with the same copies, and says which of them answered."""

    def __init__(self, now: str, copies: Answers, holders: Holders) -> None:
        self.now = now
        self._web = Noted(copies)
        self._verify = verifying(now=now, web=self._web, holders=holders)

    def __call__(self, data: bytes) -> tuple[Report, tuple[str, ...], tuple[str, ...]]:
        self._web.forget()
        return self._verify(data), tuple(self._web.used), tuple(self._web.missed)


def _sidecars(found: Iterable[Found]) -> tuple[dict[str, Sidecar], dict[str, Sidecar]]:
    """Return the owner's words for each file, and those that stand by themselves; raises ConfigError.

    Words beside an archive are said of each file in it that has none of its own.
    """
    words: dict[str, Sidecar] = {}
    alone: dict[str, Sidecar] = {}
    problems: list[ConfigProblem] = []
    items = {item.name: item for item in found}
    archives = {item.name: item.archive for item in items.values() if item.archive}
    beside = paired([*items, *dict.fromkeys(archives.values())])
    for name in filter(is_sidecar, items):
        file = read_found(items[name])
        if isinstance(file, Skipped):
            problems.append(ConfigProblem(name, None, file.reason))
            continue
        try:
            said = parse(name, file.data)
        except ConfigError as error:
            problems += error.errors
            continue
        said, faults = evidence.resolved(name, said, items)
        problems += faults
        if name in beside:
            words[beside[name]] = said
        elif said.link:
            alone[name] = said
        else:
            problems.append(ConfigProblem(name, None, "It stands beside no file, and gives no link."))
    if problems:
        raise ConfigError(problems)
    return {name: words[archive] for name, archive in archives.items() if archive in words} | words, alone


def _names(found: Iterable[Found]) -> set[str]:
    return {name for item in found for name in (item.name, item.archive) if name and not is_sidecar(name)}


def _with_evidence(curated: Mapping[str, Sidecar], found: Iterable[Found]) -> dict[str, Sidecar]:
    """Return what mkdocs.yml says of files, with the whole names of evidence; raises ConfigError."""
    items = {item.name: item for item in found}
    rows = {name: evidence.resolved(name, said, items, "mkdocs.yml: curate") for name, said in curated.items()}
    problems = [problem for _, faults in rows.values() for problem in faults]
    if problems:
        raise ConfigError(problems)
    return {name: said for name, (said, _) in rows.items()}


def _with_curated(
    words: Mapping[str, Sidecar], curated: Mapping[str, Sidecar], found: Iterable[Found]
) -> dict[str, Sidecar]:
    """Return the owner's words for each file, with those that mkdocs.yml has: of the file, or of its archive."""
    both = dict(words)
    for item in found:
        of_config = curated.get(item.name) or curated.get(item.archive)
        if of_config:
            both[item.name] = words[item.name].over(of_config) if item.name in words else of_config
    return both


def _link_in(report: Report) -> str:
    """Return the address in a file that holds nothing else."""
    readable = report.checks["readable"]
    return str(readable.detail.get("url", "")) if readable.code == "LINK_ONLY" else ""


def _stated(links: Mapping[str, str], words: Mapping[str, Sidecar], alone: Mapping[str, Sidecar]) -> tuple[Stated, ...]:
    """Return every link that is stated, in the owner's order, then by name."""
    said = {name: (words.get(name, Sidecar()), url) for name, url in links.items()}
    said |= {name: (sidecar, sidecar.link) for name, sidecar in alone.items()}
    rows = [Stated(name, url, sidecar) for name, (sidecar, url) in said.items()]
    return tuple(sorted(rows, key=lambda row: (row.owner.rank, row.name)))


def _left_out(one: Examined, hidden: Collection[str] = ()) -> Skipped:
    """Say why a file is not published; of a private key, that it does not belong there."""
    if one.secrets:
        return Skipped(one.file.name, message("wallet.secret"))
    return Skipped(one.file.name, message("curate.hidden") if one.file.name in hidden else reason(one.report))


def _withheld(one: Examined, allowed: Collection[str]) -> tuple[str, ...]:
    """Return the kinds of personal data for which a file is not published."""
    return tuple(dict.fromkeys(found.kind for found in one.personal if found.kind not in allowed))


def _left_for_privacy(one: Examined, kinds: Collection[str]) -> Skipped:
    what = (f"{label(found.kind)} ({found.place})" for found in one.personal if found.kind in kinds)
    return Skipped(one.file.name, message("personal.left", what=", ".join(what)))


def reason(report: Report) -> str:
    """Return why a file is not published, in the words of the check `readable`."""
    words = vocabulary()
    says: str = words["checks"]["readable"]["codes"][report.checks["readable"].code]["says"]
    return says.format(format=words["formats"][report.format])
