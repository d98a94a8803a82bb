"""Evidence that the owner has as files, named in a sidecar: which of them are published beside a credential.

They are the owner's, and nothing of them is checked. What a browser would run on the site's own origin is refused; a
file with personal data that mkdocs.yml does not allow is left out.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from portfolio_gen.errors import ConfigProblem
from portfolio_gen.pages import Entry, Kept, called, slug
from portfolio_gen.personal import label, personal_in
from portfolio_gen.sidecar import Sidecar, is_sidecar
from portfolio_gen.vocabulary import message
from portfolio_gen.wallet import Found, Skipped, WalletFile, read_found

FOLDER = "evidence/"
"""Where a site has it: apart from the credentials, among which portfolio.json names every file."""

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
OTHERS = (".pdf", ".txt", ".csv", ".mp3", ".mp4")


@dataclass(frozen=True)
class Evidence:
    """What is published of it: the entries with what lies beside them, the files by address, and what is left out."""

    entries: tuple[Entry, ...]
    files: Mapping[str, bytes]
    left_out: tuple[Skipped, ...]
    names: frozenset[str]
    """Files of the wallet that are evidence, published or not."""


def resolved(
    beside: str, said: Sidecar, found: Mapping[str, Found], file: str = ""
) -> tuple[Sidecar, list[ConfigProblem]]:
    """Return the owner's words with the whole names of evidence in the wallet, and what is wrong with those.

    They are said in `file`, else in that of the name `beside`; evidence is looked for in the folder of the latter.
    """
    folder = PurePosixPath(beside).parent
    names = {name: (folder / name).as_posix() for name in said.evidence}
    problems = [
        ConfigProblem(file or beside, None, f'evidence: "{name}": {fault}')
        for name, whole in names.items()
        if (fault := _fault(whole, found))
    ]
    return replace(said, evidence=tuple(names.values())), problems


def _fault(name: str, found: Mapping[str, Found]) -> str:
    """Return what is wrong with a name, the empty string for one that is fine."""
    if PurePosixPath(name).suffix.lower() not in (*PICTURES, *OTHERS):
        return f"expected a file of one of the kinds {', '.join((*PICTURES, *OTHERS))}."
    if name not in found or is_sidecar(name):
        return "there is no such file in the wallet."
    return ""


def gathered(entries: Iterable[Entry], found: Iterable[Found], allowed: Collection[str]) -> Evidence:
    """Read the evidence of every credential that is published. What is a published credential itself has a page."""
    every = tuple(entries)
    published = {entry.file.name: entry for entry in reversed(every)}
    items = {item.name: item for item in found}
    files: dict[str, bytes] = {}
    left_out: dict[str, Skipped] = {}
    with_it = []
    for entry in every:
        kept = []
        for name in entry.owner.evidence if entry.owner else ():
            if name in published:
                kept.append(Kept(called(published[name]), published[name].address, is_picture=False))
                continue
            file = _file(items[name], allowed) if name in items else Skipped(name, message("curate.hidden"))
            if isinstance(file, Skipped):
                left_out[name] = file
                continue
            one = _kept(entry, file)
            files[one.src] = file.data
            kept.append(one)
        with_it.append(replace(entry, evidence=tuple(kept)) if kept else entry)
    names = {name for entry in every if entry.owner for name in entry.owner.evidence}
    return Evidence(tuple(with_it), files, tuple(left_out.values()), frozenset(names - published.keys()))


def _located(data: bytes) -> bool:
    """Return whether a picture says where it was taken (Exif 2.32, 4.6.6)."""
    from PIL import ExifTags, Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # No picture that Pillow reads; it raises what it likes.
        return False


def _file(item: Found, allowed: Collection[str]) -> WalletFile | Skipped:
    file = read_found(item)
    if isinstance(file, Skipped):
        return file
    if _located(file.data):
        return Skipped(item.name, message("evidence.located"))
    personal = [found for found in personal_in(file.name, file.data) if found.kind not in allowed]
    if personal:
        what = ", ".join(f"{label(found.kind)} ({found.place})" for found in personal)
        return Skipped(item.name, message("personal.left", what=what))
    return file


def _kept(entry: Entry, file: WalletFile) -> Kept:
    path = PurePosixPath(file.name)
    digest = hashlib.sha256(file.data).hexdigest()[:8]
    name = f"{slug(path.stem) or 'evidence'}-{digest}{path.suffix.lower()}"
    return Kept(path.name, f"{FOLDER}{entry.slug}/{name}", path.suffix.lower() in PICTURES)


def files_of(evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of everything that would be published, for those who look for private keys in it."""
    for entry in evidence.entries:
        for one in entry.evidence:
            if one.src in evidence.files:
                yield one.name, evidence.files[one.src]
