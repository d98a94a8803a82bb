"""Checks a published portfolio from outside: `verify SITE`. Nothing that the site's own scripts say is believed.

It reads portfolio.json, re-hashes and verifies every file that it names, and compares what the pages say of each with
what was signed, as the site's script does in a browser. All that is wrong is listed, not only the first; a file or page
over which we stumble is a problem by name, and the others are checked all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit

from portfolio_gen import pdf
from portfolio_gen.errors import PortfolioError
from portfolio_gen.fetch import Fetcher
from portfolio_gen.format import quoted
from portfolio_gen.limits import LIMITS
from portfolio_gen.reading import Element, Page, read_page
from portfolio_gen.report import Check, Report, judge
from portfolio_gen.shown import Difference, compare
from portfolio_gen.stacks.on_page import Shown, differing, uncountable
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.vocabulary import message, speaking
from portfolio_gen.wallet import Made, Skipped, megabytes, or_skipped

MANIFEST = "portfolio.json"
SNAPSHOTS = "assets/snapshots/"
MOST_PAGES = 5_000
"""Pages that are looked for by following links: of a folder all are read."""

BROKEN = "broken"
"""The problem of a file or page over which we stumbled: not the site's fault, and not checked."""

_COUNTS = ("", "card", "line")
"""Views that show enough of a credential for a stack to count it."""
_COPY = re.compile(r"[0-9a-f]{64}\.txt")

Verify = Callable[[str, bytes], Report]
"""The report on a file: its name and bytes."""
Key = tuple[str, tuple[str, ...]]
"""A credential of a site: the file's path, and the pointers that lead to it in there."""


class NoSite(PortfolioError):
    """What was named is no published portfolio."""


class Site(Protocol):
    """Where a portfolio is published: a folder, or an address."""

    base: str
    """The absolute address that its paths are relative to."""

    def read(self, path: str) -> bytes | str:
        """Return a file of the site, or a sentence that says why it cannot be had."""
        ...

    def paths(self) -> list[str] | None:
        """Return the paths of all files; None where they cannot be listed."""
        ...


class Folder:
    """A site in a folder, as `build` makes it."""

    base = "https://site.invalid/"

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def read(self, path: str) -> bytes | str:
        """Return a file; what lies outside of the folder, by whatever way, is none of its files."""
        try:
            place = (self._folder / path).resolve()
            if not place.is_relative_to(self._folder):
                return message("site.why.outside")
            with place.open("rb") as file:
                # Beyond a credential's own limit: an overview of thousands is a large page.
                data = file.read(LIMITS.hashed_bytes + 1)
                size = os.fstat(file.fileno()).st_size
        except (OSError, ValueError, RuntimeError) as error:  # RuntimeError: links that lead in a circle.
            return str(getattr(error, "strerror", None) or error)
        if len(data) > LIMITS.hashed_bytes:
            return message("wallet.tooLarge", size=megabytes(size), limit=megabytes(LIMITS.hashed_bytes))
        return data

    def paths(self) -> list[str] | None:
        """Return the paths of all files; one that is not UTF-8, and so has no address, as a name that no file has."""
        found = (path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file())
        return sorted(os.fsencode(path).decode("utf-8", "replace") for path in found)


class Online:
    """A site at an https address, asked by a fetcher. Each file is asked for once."""

    def __init__(self, address: str, now: str, fetcher: Fetcher) -> None:
        self.base = address[: address.rindex("/") + 1]
        self._now, self._fetcher = now, fetcher
        self._known: dict[str, bytes | str] = {}

    def read(self, path: str) -> bytes | str:
        """Return what the server answers for a path."""
        if path not in self._known:
            found = self._fetcher.fetch(self.base + quote(path), self._now)
            if not isinstance(found, str) and found["status"] != 200:
                found = message("online.status", status=found["status"])
            self._known[path] = found if isinstance(found, str) else found["bytes"]
        return self._known[path]

    def paths(self) -> list[str] | None:
        """A server does not say what else it has."""
        return None


@dataclass(frozen=True)
class Problem:
    """Something that is wrong with the site itself: `code` ends the id of its sentence, `path` is where."""

    code: str
    path: str
    why: str = ""

    @property
    def says(self) -> str:
        """The sentence."""
        return message(f"site.{self.code}", path=self.path, why=self.why)


@dataclass(frozen=True)
class Told:
    """A difference between a page and what was signed, with the page's path and the file's."""

    page: str
    file: str
    difference: Difference


@dataclass
class Found:
    """What a check of a site found: a report on each credential, with the check `shown`, and all that is wrong."""

    reports: list[tuple[str, Report]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    differences: list[Told] = field(default_factory=list)
    apart: dict[str, tuple[pdf.Finding, ...]] = field(default_factory=dict)
    """By file: what was found of the signatures in a PDF, which is no part of a verdict."""
    pages: int = 0

    def note(self, code: str, path: str, why: str = "") -> None:
        """Note a problem, once."""
        problem = Problem(code, path, why)
        if problem not in self.problems:
            self.problems.append(problem)

    def made(self, path: str, work: Callable[[], Made]) -> Made | None:
        """Return what `work` makes of a file or page; None, and a problem, where we stumble over it."""
        done = or_skipped(path, work)
        if isinstance(done, Skipped):
            self.note(BROKEN, path, done.reason)
            return None
        return done


def check_site(site: Site, verify: Verify) -> Found:
    """Check a published portfolio; raises NoSite where there is no portfolio.json."""
    found = Found()
    rows, lists = _manifest(site, found)
    files = _files(site, rows, verify, found)
    _hash_lists(site, lists, found)
    shown = _Pages(site, rows, files, found).shown()
    for row in rows:
        key = _key(row)
        report = _within(files[row["file"]], key[1]) if row["file"] in files else None
        if report is None:
            if row["file"] in files:
                found.note("nothing", _place(key))
            continue
        if [inner.pointer for inner in report.inner] != row["inner"]:
            found.note("inner", _place(key))
        checks = {**report.checks, "shown": shown[key]} if key in shown else report.checks
        found.reports.append((_place(key), replace(report, checks=checks, verdict=judge(checks))))
    if paths := site.paths():
        named = {row["file"] for row in rows}
        others = (path for path in paths if path.startswith("credentials/") and not path.endswith("/index.html"))
        for path in others:
            if path not in named:
                found.note("unnamed", path)
    return found


def copies(site: Site, now: str) -> dict[str, dict[str, Any]]:
    """Return what the site has of the network, for a verifier's `web`: only ever copies, and none of tomorrow."""
    data = site.read(f"{SNAPSHOTS}index.json")
    try:
        rows = read_json(data, LIMITS) if isinstance(data, bytes) else {}
    except JsonError:
        rows = {}
    latest = instant(now) + LIMITS.date_tolerance_seconds * SECOND
    return {
        address: {"bytes": copy, "status": 200, "type": "", "at": row["at"], "source": "copy"}
        for address, row in (rows.items() if isinstance(rows, dict) else ())
        if _is_dated(row, latest) and (copy := _copy(site, row.get("file"))) is not None
    }


def _is_dated(row: object, latest: int) -> bool:
    try:
        return isinstance(row, dict) and instant(row["at"]) <= latest
    except (KeyError, TypeError, ValueError):
        return False


def _copy(site: Site, name: object) -> bytes | None:
    """Return a copy, if it is the one that its name says."""
    if not isinstance(name, str) or not _COPY.fullmatch(name):
        return None
    data = site.read(f"{SNAPSHOTS}{name}")
    return data if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() == name[:64] else None


def _manifest(site: Site, found: Found) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of portfolio.json on credentials and on issuer lists, without those that are none."""
    data = site.read(MANIFEST)
    if isinstance(data, str):
        raise NoSite(message("site.absent", why=data))
    try:
        whole = read_json(data, LIMITS)
    except JsonError:
        whole = None
    if not isinstance(whole, dict) or whole.get("version") != 1 or not isinstance(whole.get("credentials"), list):
        found.note("manifest", MANIFEST)
        return [], []
    kept: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for rows, name, good in zip(kept, ("credentials", "lists"), (_is_credential, _is_file), strict=True):
        named = whole.get(name) or []
        for row in named if isinstance(named, list) else [named]:
            if not good(row):
                found.note("row", MANIFEST)
            elif not all(_is_path(row[part]) for part in ("file", "page") if part in row):
                found.note("outside", str(row["file"]))
            else:
                rows.append(row)
    return kept


def _is_file(row: object) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(name), str) for name in ("file", "sha256"))


def _is_credential(row: object) -> bool:
    if not isinstance(row, dict) or not _is_file(row):
        return False
    inner = row.get("inner")
    texts = isinstance(row.get("page"), str) and isinstance(row.get("pointer", ""), str)
    return texts and isinstance(inner, list) and all(isinstance(pointer, str) for pointer in inner)


def _is_path(path: str) -> bool:
    """Return whether a path stays in the site, however it is read: no other host, no way up, nothing odd."""
    plain = path == unquote(path) and "\\" not in path and ":" not in path and path.isprintable()
    return plain and bool(path) and not path.startswith("/") and ".." not in PurePosixPath(path).parts


def _files(site: Site, rows: list[dict[str, Any]], verify: Verify, found: Found) -> dict[str, Report]:
    """Verify each file that is named, whatever its digest, and say of those that are not there or not as named."""
    reports: dict[str, Report] = {}
    for name in dict.fromkeys(row["file"] for row in rows):
        digests = [row["sha256"] for row in rows if row["file"] == name]
        report = found.made(name, partial(_file, site, name, digests, verify, found))
        if report is not None:
            reports[name] = report
    return reports


def _file(site: Site, name: str, digests: list[str], verify: Verify, found: Found) -> Report | None:
    data = site.read(name)
    if isinstance(data, str):
        found.note("missing", name, data)
        return None
    digest = hashlib.sha256(data).hexdigest()
    if any(named != digest for named in digests):
        found.note("altered", name)
    report = verify(name, data)
    if pdf.is_signed(report):
        found.apart[name] = pdf.findings(data)
    return report


def _hash_lists(site: Site, lists: list[dict[str, Any]], found: Found) -> None:
    for row in lists:
        data = site.read(row["file"])
        if isinstance(data, str):
            found.note("missing", row["file"], data)
        elif hashlib.sha256(data).hexdigest() != row["sha256"]:
            found.note("altered", row["file"])


class _Pages:
    """What all pages of a site say, compared with the reports on its files."""

    def __init__(self, site: Site, rows: list[dict[str, Any]], files: Mapping[str, Report], found: Found) -> None:
        self._site, self._rows, self._files, self._found = site, rows, files, found
        self._names = {row["file"] for row in rows}
        self._shown: dict[Key, Check] = {}
        self._on_page: set[tuple[str, Key]] = set()

    def shown(self) -> dict[Key, Check]:
        """Return the check `shown` of each credential, the first that fails of several."""
        for path, page in _each_page(self._site, self._rows, self._found):
            if page is None:
                for row in self._rows:
                    if path == _page_of(row):
                        self._note_shown(path, _key(row), Check.of("shown", "NOT_COMPARED"))
                continue
            self._found.pages += 1
            if page.turned:
                self._found.note("turned", path)
            with speaking(page.language):
                for element in page.elements:
                    self._compare(path, element)
                self._look_at_stacks(path, page)
        for row in self._rows:
            if (_page_of(row), _key(row)) not in self._on_page:
                self._found.note("unshown", _page_of(row), _place(_key(row)))
        return self._shown

    def _compare(self, path: str, element: Element) -> None:
        """Compare an element, unless its file could not be had or checked, which is a problem already."""
        key = _named(element.address, self._site.base)
        if key is None or key[0] not in self._names:
            self._found.note("foreign", path, element.address or "")
        elif key[0] not in self._files:
            self._on_page.add((path, key))
        else:
            work = partial(_compared, path, key, element, self._files[key[0]], self._found)
            self._note_shown(path, key, self._found.made(path, work) or Check.of("shown", "NOT_COMPARED"))

    def _note_shown(self, path: str, key: Key, check: Check) -> None:
        """Note what an element came to: what fails counts for all around it too, and sooner than what does not."""
        self._on_page.add((path, key))
        for outer in ((key[0], key[1][:depth]) for depth in range(len(key[1]) + 1)):
            before = self._shown.get(outer)
            if outer == key or check.result == "fail" or check.code == "NOT_COMPARED":
                self._shown[outer] = check if before is None or _worse(check, before) else before

    def _look_at_stacks(self, path: str, page: Page) -> None:
        if page.tangled:
            self._found.note("stack", path, message("site.stack.tangled"))
        here = {one.address for one in page.elements if one.address and one.snapshot.view in _COUNTS}
        for stack in page.stacks:
            self._found.made(path, partial(self._look_at_stack, path, stack, here))

    def _look_at_stack(self, path: str, stack: Shown, here: Collection[str]) -> None:
        for text in stack.counted:
            self._found.note("counted", path, text)
        for why in uncountable(stack, here):
            self._found.note("uncounted", path, why)
        for why in differing(stack, self._report_at) if stack.is_of_a_record else ():
            self._found.note("stack", path, why)

    def _report_at(self, address: str) -> Report | None:
        key = _named(address, self._site.base)
        return _within(self._files[key[0]], key[1]) if key is not None and key[0] in self._files else None


def _worse(check: Check, other: Check) -> bool:
    """Return whether one check `shown` says less good of a page than another; of two that fail, the first counts."""
    order = ("pass", "none", "unknown", "fail")
    return order.index(check.result) > order.index(other.result)


def _compared(path: str, key: Key, element: Element, file: Report, found: Found) -> Check:
    """Compare one element with the credential that it stands for."""
    report = _within(file, key[1])
    if report is None:
        found.note("foreign", path, element.address or "")
        return Check.of("shown", "NOT_READABLE")
    if any(digest != file.sha256 for digest in element.digests):
        found.note("digest", path)
    _compare_built(path, key, element, found)
    check, differences = compare(element.snapshot, report)
    found.differences += (Told(path, _place(key), difference) for difference in differences)
    return check


def _compare_built(path: str, key: Key, element: Element, found: Found) -> None:
    """Compare what an element states of the signatures in a PDF: a page of its own must, and none may say otherwise.

    On which day the site was built, nothing here can tell: any will do.
    """
    findings = None if key[1] else found.apart.get(key[0])
    if findings is not None and (element.built or element.snapshot.view == ""):
        right, now = pdf.is_said(element.built, findings), " ".join(pdf.sentences(findings))
    else:
        right, now = not element.built, ""
    if not right:
        found.note("apart", path, message("site.apart.why", here=quoted(" ".join(element.built)), found=quoted(now)))


def _page_of(row: Mapping[str, Any]) -> str:
    return f"{row['page']}index.html"


def _each_page(site: Site, rows: list[dict[str, Any]], found: Found) -> Iterator[tuple[str, Page | None]]:
    """Read every page of a folder; of a server those that are named, the first, and all to which these lead.

    None is a page that is there, and over which we stumbled.
    """
    paths = site.paths()
    named = list(map(_page_of, rows))
    wanted = dict.fromkeys([*named, "index.html", *(path for path in paths or () if path.endswith((".html", ".htm")))])
    for path in wanted:
        yield from _read(site, path, found, needed=paths is not None or path in named or path == "index.html")
    seen = set(wanted)
    queue = list(wanted) if paths is None else []
    while queue and len(seen) < MOST_PAGES:
        for _, page in _read(site, queue.pop(0), found, needed=False):
            for link in page.links if page else ():
                page_at = _page_at(link, site.base)
                if page_at is not None and page_at not in seen:
                    seen.add(page_at)
                    queue.append(page_at)
                    yield from _read(site, page_at, found, needed=False)


def _read(site: Site, path: str, found: Found, *, needed: bool) -> Iterator[tuple[str, Page | None]]:
    data = site.read(path)
    if isinstance(data, str):
        if needed:
            found.note("unread", path, data)
        return

    def bytes_at(address: str) -> bytes | None:
        place = _path_of(address, site.base)
        got = site.read(place) if place is not None and _is_path(place) else ""
        return got if isinstance(got, bytes) else None

    yield path, found.made(path, partial(read_page, data, site.base + quote(path), bytes_at))


def _page_at(link: str, base: str) -> str | None:
    """Return the path of the page that a link leads to, None where it leads elsewhere or to something else."""
    path = _path_of(link.partition("#")[0].partition("?")[0], base)
    if path is None or (path and not _is_path(path)):
        return None
    whole = f"{path}index.html" if path == "" or path.endswith("/") else path
    return whole if whole.endswith((".html", ".htm")) else None


def _path_of(address: str, base: str) -> str | None:
    """Return the path of an absolute address in the site, None for one that is not in it."""
    bare = address.partition("#")[0]
    return unquote(bare.removeprefix(base)) if bare.startswith(base) and not urlsplit(bare).query else None


def _named(address: str | None, base: str) -> Key | None:
    """Return the credential at an absolute address, None for one that is not in the site."""
    path = _path_of(address, base) if address else None
    if path is None or address is None:
        return None
    fragment = unquote(address.partition("#")[2])
    return path, tuple(fragment.split("#")) if fragment else ()


def _key(row: Mapping[str, Any]) -> Key:
    pointer = row.get("pointer", "")
    return row["file"], tuple(pointer.split("#")) if pointer else ()


def _place(key: Key) -> str:
    return "#".join((key[0], *key[1]))


def _within(report: Report, pointers: tuple[str, ...]) -> Report | None:
    """Return the report on the credential that these pointers lead to, each in the file that the last gave."""
    found: Report | None = report
    for pointer in pointers:
        found = next((inner for inner in found.inner if inner.pointer == pointer), None) if found else None
    return found
