"""From page data to the files of the site: fragments, joined onto shells, and everything that is not a page.

`Publication` remembers what it wrote, so that a preview writes only what changed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape as xml_escape

from markupsafe import escape

from portfolio_gen import carried, exports, feeds, pages, portfolio_proof, qr
from portfolio_gen.addresses import absolute
from portfolio_gen.errors import SiteError
from portfolio_gen.exports import archive
from portfolio_gen.fragments import CardKey, Fragments, assembled
from portfolio_gen.noted import Answers
from portfolio_gen.sharing import EMBEDS, IMAGES, Sharing, embed_at, image_at
from portfolio_gen.site import csp
from portfolio_gen.site.shell import Shell
from portfolio_gen.site.spool import Place, Spool
from portfolio_gen.site.workers import each
from portfolio_gen.snapshots import index, index_row

SEARCH_INDEX = "search/search_index.json"
SNAPSHOTS = "assets/snapshots/"
NONE: Answers = {}

POOL_FROM = 100
"""Fewer pages than this are written sooner than a second process has started."""


class Written(NamedTuple):
    """What the site has of one credential beside its page and its file: files, and cards for the pages of lists."""

    files: tuple[str, ...]
    keys: tuple[CardKey, ...]
    cards: tuple[Place, ...]
    """For each of the keys. Two tuples have a quarter of the size of a dictionary."""

    def sharing(self, known: dict[Any, Any]) -> Written:
        """Return the same with keys that are in memory once for all credentials."""
        keys = tuple(known.setdefault(key, key) for key in self.keys)
        return self._replace(keys=known.setdefault(keys, keys))


@dataclass
class Publication:
    """Writes what the plugin owns into a site folder, the second time only what has changed since."""

    fragments: Fragments
    shells: Mapping[str, Shell]
    owner_words: str = ""
    site_url: str = ""
    own_pages: Sequence[str] = ()
    """Addresses of the owner's Markdown pages, for the sitemap."""
    preview: bool = False
    site_name: str = ""
    log: Sequence[Mapping[str, Any]] = ()
    """What `refresh` found out about credentials, and when."""
    linked: Mapping[str, bytes] = field(default_factory=dict)
    """Copies of pictures that credentials link to, by address."""
    proof: bytes | None = None
    """The holder's signature over the site as a whole."""
    lists: Mapping[str, bytes] = field(default_factory=dict)
    """The files of the site's issuer lists."""
    sharing: Sharing = field(default_factory=Sharing)
    """What is told to others than visitors' browsers."""
    site: pages.SiteInfo = field(default_factory=lambda: pages.SiteInfo(""))
    """What the owner says of themself, and what there is to take along."""
    _marks: dict[str, Any] = field(default_factory=dict)
    """Of each file that was written, what changes when its content does."""
    _credentials: dict[str, Written] = field(default_factory=dict)
    _cards: Spool = field(default_factory=Spool)
    _search: dict[str, Any] | None = None

    def write(
        self, folder: Path, entries: Sequence[pages.Entry], composed: Sequence[pages.Page], copies: Answers = NONE
    ) -> int:
        """Write the site's own part, with `copies` for its script; return how many files were written or removed.

        Raises:
            SiteError: the disk refuses.
        """
        try:
            return self._write(folder, entries, composed, copies)
        except OSError as error:
            name = Path(str(error.filename)).name if error.filename else "the site"
            raise SiteError(f"{name} cannot be written: {error.strerror or error}.") from error

    def _write(
        self, folder: Path, entries: Sequence[pages.Entry], composed: Sequence[pages.Page], copies: Answers
    ) -> int:
        marks: dict[str, Any] = {_path(page): page for page in composed}
        new = [page for page in composed if self._marks.get(_path(page)) != page]
        for parent in {os.path.dirname(page.address.rstrip("/")) for page in new}:  # noqa: PTH120
            (folder / parent).mkdir(parents=True, exist_ok=True)
        self._write_credentials(folder, [page for page in new if page.kind == "credential"])
        # In this process alone: each other that goes through a long list gets a copy of nearly all that is in memory.
        for page in new:
            if page.kind != "credential":
                self._write_list(folder, page)
        for entry in entries:
            marks[entry.original] = entry.file.sha256
            marks |= dict.fromkeys(self._credentials[entry.address].files)
        for path, data in chain(
            browser_files(), copies_of(copies), self.linked.items(), self._indexes(folder, entries, composed)
        ):
            marks[path] = hashlib.sha256(data).digest()
            if self._marks.get(path) != marks[path]:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                put(folder, path, data)
        marks |= self._write_exports(folder, entries)
        gone = self._marks.keys() - marks
        for path in gone:
            remove(folder, path)
        changed = [path for path, mark in marks.items() if self._marks.get(path, self) != mark]
        self._marks = marks
        if changed or gone:
            self._write_archive(folder)
        return len(changed) + len(gone)

    def _write_credentials(self, folder: Path, new: Sequence[pages.Page]) -> None:
        """Write credentials' pages, files and pictures, and make the cards that lists will show of them."""
        written = each(partial(self._write_credential, folder), new, enough=POOL_FROM)
        known: dict[Any, Any] = {}
        self._credentials |= {page.address: made.sharing(known) for page, made in zip(new, written, strict=True)}
        if new and self.sharing.draws:
            self._write_images(folder, new)

    def _write_images(self, folder: Path, new: Sequence[pages.Page]) -> None:
        """Draw after all pages are written: with what renders, a process would need twice the memory."""
        _make_folder(folder, IMAGES)
        self._write_image(folder, new[0])  # What drawing loads is loaded here, once for all processes.
        for _ in each(partial(self._write_image, folder), new[1:], enough=POOL_FROM):
            pass

    def _write_image(self, folder: Path, page: pages.Page) -> None:
        entry: pages.Entry = page.given[0]
        put(folder, image_at(entry), self.sharing.image(entry.whole()))

    def _write_credential(self, folder: Path, page: pages.Page) -> Written:
        page = page.whole()
        entry: pages.Entry = page.given[0]
        _make_folder(folder, page.address)
        put(folder, _path(page), "".join(self._pieces(page)).encode())
        if entry.original.startswith(page.address):
            put(folder, entry.original, entry.file.data)
        pictures = pages.pictures([entry])
        for path, data in pictures.items():
            _make_folder(folder, os.path.dirname(path))  # noqa: PTH120
            put(folder, path, data)
        badge = embed_at(entry)
        _make_folder(folder, EMBEDS)
        put(folder, badge, csp.with_policy(self.fragments.badge(entry)).encode())
        files = [*pictures, badge, *self._write_views(folder, entry)]
        if self.sharing.draws:
            files.append(image_at(entry))
        cards = self.fragments.cards(entry)
        return Written(tuple(files), tuple(cards), tuple(self._cards.put(card.encode()) for card in cards.values()))

    def _write_views(self, folder: Path, entry: pages.Entry) -> list[str]:
        """Write a credential as a certificate, with its codes, and as its data; return the files' paths."""
        base = self.sharing.base
        packed = carried.pack(entry.file.data) if base else None
        certificate = self.fragments.certificate(entry, self.site, base, packed is not None)
        data = self.fragments.data_view(entry, self.site)
        made = {
            f"{entry.address}{pages.CERTIFICATE}index.html": csp.with_policy(certificate).encode(),
            f"{entry.address}{pages.DATA}index.html": csp.with_policy(data).encode(),
        }
        if base:
            made[f"{pages.PAGE_QR}{entry.slug}.svg"] = qr.svg(base + entry.address, "M")
        if packed is not None:
            made[f"{pages.FILE_QR}{entry.slug}.svg"] = qr.svg(packed, "L")
        for place in (entry.address + pages.CERTIFICATE, entry.address + pages.DATA):
            _make_folder(folder, place)
        for place in (pages.CODES, pages.PAGE_QR, pages.FILE_QR) if base else ():
            _make_folder(folder, place)
        for path, content in made.items():
            put(folder, path, content)
        return list(made)

    def _write_list(self, folder: Path, page: pages.Page) -> None:
        """Write a page as it is being made: one that lists thousands of credentials is large."""
        _make_folder(folder, page.address)
        with open(os.path.join(folder, _path(page)), "w", encoding="utf-8", newline="\n") as opened:  # noqa: PTH118, PTH123
            opened.writelines(self._pieces(page))

    def _pieces(self, page: pages.Page) -> Iterator[str]:
        owner = self.owner_words if page.kind == "home" else ""
        return self.shells[page.kind].around(
            self.fragments.pieces(page, owner, self._card, self.sharing.links(page)),
            title=page.title,
            description=page.description or page.title,
            slug=page.address.rstrip("/").rpartition("/")[2],
            hosts=page.hosts,
            head=self.sharing.head(page),
        )

    def _write_exports(self, folder: Path, entries: Sequence[pages.Entry]) -> dict[str, Any]:
        """Write what there is to take along, unless all that it is made of is as it was; return the marks."""
        credentials = tuple((entry.slug, entry.file.sha256, entry.place, entry.owner) for entry in entries)
        made_of = (self.site, self.site_url, credentials)
        marks: dict[str, Any] = {}
        for name, path in self.site.exports:
            if name in exports.EXPORTS:
                marks[path] = made_of
                if self._marks.get(path) != made_of:
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    with (folder / path).open("wb") as opened:
                        opened.writelines(exports.pieces(name, entries, self.site, self.site_url))
        return marks

    def _write_archive(self, folder: Path) -> None:
        """Write the ZIP of all that is there, if the site offers it. In a preview too: it must be what pages say."""
        if exports.ZIP in dict(self.site.exports):
            archive.write(folder, folder / exports.ARCHIVE)

    def _card(self, template: str, listed: pages.Listed) -> str:
        written = self._credentials[listed.address]

        def part(key: CardKey) -> str:
            return self._cards.get(written.cards[written.keys.index(key)]).decode()

        return assembled(part, template, listed)

    def _indexes(
        self, folder: Path, entries: Sequence[pages.Entry], composed: Sequence[pages.Page]
    ) -> Iterator[tuple[str, bytes]]:
        yield "portfolio.json", manifest(entries, self.lists)
        yield from self.lists.items()
        if self.proof is not None:
            yield portfolio_proof.FILE, self.proof
        if entries:
            yield pages.FEED, feeds.atom(entries, self.log, self.site_name, self.site_url)
        if any(pages.ending(entry.report) for entry in entries):
            from portfolio_gen import expiry

            yield pages.CALENDAR, expiry.calendar(entries, self.site_url)
        yield from self.sharing.files(entries)
        if self._search is None and (folder / SEARCH_INDEX).is_file():
            self._search = json.loads((folder / SEARCH_INDEX).read_bytes())
        if self._search is not None:
            yield SEARCH_INDEX, search_index(self._search, composed)
        if self.site_url:
            text = sitemap(self.site_url, [*self.own_pages, *(page.address for page in composed)])
            yield "sitemap.xml", text
            yield "sitemap.xml.gz", gzip.compress(text, mtime=0)
        if self.preview:
            for name in ("reload.js", "drop.js"):
                yield f"assets/verifier/{name}", resources.files("portfolio_gen.site").joinpath(name).read_bytes()


def _path(page: pages.Page) -> str:
    return f"{page.address}index.html"


def _make_folder(folder: Path, address: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(os.path.join(folder, address))  # noqa: PTH102, PTH118  (thousands of times)


def manifest(entries: Iterable[pages.Entry], lists: Mapping[str, bytes] | None = None) -> bytes:
    """Return portfolio.json (DESIGN 2.4): what is published where, without a word on verdicts.

    A credential inside of a file has a row of its own, with its `pointer` there. `lists` are the files of issuer lists.
    """
    whole: dict[str, Any] = {"version": 1, "credentials": [_manifest_row(entry) for entry in entries]}
    if lists:
        whole["lists"] = [{"file": file, "sha256": hashlib.sha256(data).hexdigest()} for file, data in lists.items()]
    return (json.dumps(whole, indent=1) + "\n").encode()


def _manifest_row(entry: pages.Entry) -> dict[str, Any]:
    row: dict[str, Any] = {"page": entry.address, "file": entry.original, "sha256": entry.file.sha256}
    if entry.place:
        row["pointer"] = entry.place.removeprefix("#")
    return row | {"inner": [inner.pointer for inner in entry.report.inner]}


def search_index(base: Mapping[str, Any], composed: Iterable[pages.Page]) -> bytes:
    """Return Material's search index with our pages in it, by title and description only."""
    found = [page for page in composed if page.search]
    docs = [
        {"location": page.address, "title": str(escape(page.title)), "text": str(escape(page.description))}
        for page in found
    ]
    return json.dumps({**base, "docs": [*base["docs"], *docs]}, separators=(",", ":")).encode()


def sitemap(site_url: str, addresses: Iterable[str]) -> bytes:
    """Return sitemap.xml. No dates: they would make equal sites differ."""
    rows = "".join(
        f"  <url><loc>{xml_escape(absolute(site_url, address))}</loc></url>\n" for address in sorted(set(addresses))
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{rows}</urlset>\n".encode()


def browser_files() -> Iterator[tuple[str, bytes]]:
    """Give the page scripts and the verifier for browsers, by their paths in the site.

    Raises:
        SiteError: they were not built.
    """
    dist = Path(str(resources.files("portfolio_gen"))) / "browser" / "dist"
    scripts = sorted(dist.glob("*.js")) if dist.is_dir() else []
    if not scripts:
        raise SiteError("The verifier for browsers is missing from this installation. Install portfolio-gen again.")
    yield from ((f"assets/verifier/{script.name}", script.read_bytes()) for script in scripts)


def copies_of(copies: Answers) -> Iterator[tuple[str, bytes]]:
    """Give the copies that the page script may ask for, as they are, and their index, by their paths in the site.

    As text: what somebody else's server said must not be able to be a page of this site.
    """
    rows = {address: index_row(copies[address]) for address in sorted(copies)}
    published = {
        address: {"file": f"{row['file']}.txt", "at": row["at"], "type": row["type"]} for address, row in rows.items()
    }
    yield f"{SNAPSHOTS}index.json", index(published)
    yield from ((f"{SNAPSHOTS}{row['file']}", copies[address]["bytes"]) for address, row in published.items())


def put(folder: Path, path: str, data: bytes) -> None:
    """Write one file, whose folder is there."""
    with open(os.path.join(folder, path), "wb", buffering=0) as opened:  # noqa: PTH118, PTH123  (thousands of times)
        opened.write(data)


def remove(folder: Path, path: str) -> None:
    """Remove a file and the folders that are empty without it."""
    place = folder / path
    place.unlink(missing_ok=True)
    for parent in place.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
