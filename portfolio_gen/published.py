"""Checks a published portfolio from outside: `verify SITE`. Nothing that the site's own scripts say is believed.

It reads portfolio.json, re-hashes and verifies every file that it names, and compares what the pages say of each with
what was signed, as the site's script does in a browser. All that is wrong is listed, not only the first.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit

from portfolio_gen.errors import PortfolioError
from portfolio_gen.fetch import Fetcher
from portfolio_gen.limits import LIMITS
from portfolio_gen.reading import Element, Page, read_page
from portfolio_gen.report import Check, Report, judge
from portfolio_gen.shown import Difference, compare
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.vocabulary import message, speaking
from portfolio_gen.wallet import megabytes

MANIFEST = "portfolio.json"
SNAPSHOTS = "assets/snapshots/"
MOST_PAGES = 5_000
"""Pages that are looked for by following links: of a folder all are read."""

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
        except (OSError, ValueError) as error:
            return str(getattr(error, "strerror", None) or error)
        if len(data) > LIMITS.hashed_bytes:
            return message("wallet.tooLarge", size=megabytes(size), limit=megabytes(LIMITS.hashed_bytes))
        return data

    def paths(self) -> list[str] | None:
        """Return the paths of all files."""
        found = (path for path in self._folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self._folder).as_posix() for path in found)


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
    pages: int = 0

    def note(self, code: str, path: str, why: str = "") -> None:
        """Note a problem, once."""
        problem = Problem(code, path, why)
        if problem not in self.problems:
            self.problems.append(problem)


def check_site(site: Site, verify: Verify) -> Found:
    """Check a published portfolio; raises NoSite where there is no portfolio.json."""
    found = Found()
    rows, lists = _manifest(site, found)
    files = _files(site, rows, verify, found)
    _hash_lists(site, lists, found)
    shown = _pages(site, rows, files, found)
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
        if _is_dated(row, latest) and (copy := _copy(site, row["file"])) is not None
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
        for row in whole.get(name) or []:
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
        data = site.read(name)
        if isinstance(data, str):
            found.note("missing", name, data)
            continue
        digest = hashlib.sha256(data).hexdigest()
        if any(row["sha256"] != digest for row in rows if row["file"] == name):
            found.note("altered", name)
        reports[name] = verify(name, data)
    return reports


def _hash_lists(site: Site, lists: list[dict[str, Any]], found: Found) -> None:
    for row in lists:
        data = site.read(row["file"])
        if isinstance(data, str):
            found.note("missing", row["file"], data)
        elif hashlib.sha256(data).hexdigest() != row["sha256"]:
            found.note("altered", row["file"])


def _pages(site: Site, rows: list[dict[str, Any]], files: Mapping[str, Report], found: Found) -> dict[Key, Check]:
    """Compare what all pages say; return the check `shown` of each credential, the first that fails of several."""
    shown: dict[Key, Check] = {}
    on_page: set[tuple[str, Key]] = set()
    for path, page in _each_page(site, rows, found):
        found.pages += 1
        if page.turned:
            found.note("turned", path)
        for element in page.elements:
            key = _named(element, site.base)
            if key is None or key[0] not in files:
                found.note("foreign", path, element.address or "")
                continue
            on_page.add((path, key))
            with speaking(page.language):
                check = _compared(path, key, element, files[key[0]], found)
            for outer in ((key[0], key[1][:depth]) for depth in range(len(key[1]) + 1)):
                if check.result == "fail" or outer == key:
                    shown[outer] = shown[outer] if outer in shown and shown[outer].result == "fail" else check
    for row in rows:
        if (f"{row['page']}index.html", _key(row)) not in on_page:
            found.note("unshown", f"{row['page']}index.html", _place(_key(row)))
    return shown


def _compared(path: str, key: Key, element: Element, file: Report, found: Found) -> Check:
    """Compare one element with the credential that it stands for."""
    report = _within(file, key[1])
    if report is None:
        found.note("foreign", path, element.address or "")
        return Check.of("shown", "NOT_READABLE")
    if any(digest != file.sha256 for digest in element.digests):
        found.note("digest", path)
    check, differences = compare(element.snapshot, report)
    found.differences += (Told(path, _place(key), difference) for difference in differences)
    return check


def _each_page(site: Site, rows: list[dict[str, Any]], found: Found) -> Iterator[tuple[str, Page]]:
    """Read every page of a folder; of a server those that are named, the first, and all to which these lead."""
    paths = site.paths()
    named = [f"{row['page']}index.html" for row in rows]
    wanted = dict.fromkeys([*named, "index.html", *(path for path in paths or () if path.endswith((".html", ".htm")))])
    for path in wanted:
        yield from _read(site, path, found, needed=path in named or path == "index.html")
    seen = set(wanted)
    queue = list(wanted) if paths is None else []
    while queue and len(seen) < MOST_PAGES:
        for _, page in _read(site, queue.pop(0), found, needed=False):
            for link in page.links:
                page_at = _page_at(link, site.base)
                if page_at is not None and page_at not in seen:
                    seen.add(page_at)
                    queue.append(page_at)
                    yield from _read(site, page_at, found, needed=False)


def _read(site: Site, path: str, found: Found, *, needed: bool) -> Iterator[tuple[str, Page]]:
    data = site.read(path)
    if isinstance(data, str):
        if needed:
            found.note("unread", path, data)
        return

    def bytes_at(address: str) -> bytes | None:
        place = _path_of(address, site.base)
        got = site.read(place) if place is not None and _is_path(place) else ""
        return got if isinstance(got, bytes) else None

    yield path, read_page(data, site.base + quote(path), bytes_at)


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


def _named(element: Element, base: str) -> Key | None:
    path = _path_of(element.address, base) if element.address else None
    if path is None or element.address is None:
        return None
    fragment = unquote(element.address.partition("#")[2])
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
