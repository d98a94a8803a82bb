"""A folder of credential files, read once and never written.

Follows no link, opens nothing but regular files, reads none beyond the limit, and says of
everything it passes over why. What is in a file is for the readers to tell, not for its name.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from portfolio_gen.errors import PortfolioError, ReadError, WalletError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.readers import read as read_envelope
from portfolio_gen.sidecar import is_sidecar
from portfolio_gen.vocabulary import message

Made = TypeVar("Made")

_ARCHIVE = b"PK\x03\x04"

NOTES = ("readme", "readme.md", "readme.txt")
"""A folder's own explanation of itself (any case): neither a credential nor worth a word."""


@dataclass(frozen=True)
class WalletFile:
    """One file, as it was when it was read. `name` is relative to the wallet, with `/`, and can be shown."""

    name: str
    data: bytes
    sha256: str


@dataclass(frozen=True)
class Skipped:
    """Something in the wallet that was not read, and why, in a sentence."""

    name: str
    reason: str


def or_skipped(name: str, work: Callable[[], Made]) -> Made | Skipped:
    """Return what `work` makes of a file, or why it is passed over: a mistake of ours must not stop the others."""
    try:
        return work()
    except (PortfolioError, OSError):
        raise
    except Exception as error:
        return Skipped(name, message("wallet.broken", why=f"{type(error).__name__}: {error}"))


@dataclass(frozen=True)
class Found:
    """A file of the wallet that is still to be read. `name` as in `WalletFile`."""

    path: str
    name: str
    part: str = ""
    """Of a file in an archive: its pointer there. The path is the archive's, and `name` starts with the archive's."""
    archive: str = ""
    """The archive's name."""


@dataclass(frozen=True)
class Listing:
    """What there is in a wallet folder, each part sorted by name (code points)."""

    found: tuple[Found, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True)
class Wallet:
    """All that a wallet folder holds, each part sorted by name (code points)."""

    files: tuple[WalletFile, ...]
    skipped: tuple[Skipped, ...]


def collect(folder: Path, limits: Limits = LIMITS) -> Wallet:
    """Read every credential file in `folder` and its sub-folders; sidecars are none.

    Raises:
        WalletError: the folder itself is missing, is no folder, or cannot be opened.
    """
    listed = listing(folder)
    found = [read_found(item, limits) for item in listed.found if not is_sidecar(item.name)]
    skipped = [*listed.skipped, *(item for item in found if isinstance(item, Skipped))]
    return Wallet(
        tuple(item for item in found if isinstance(item, WalletFile)),
        tuple(sorted(skipped, key=lambda item: item.name)),
    )


def listing(folder: Path) -> Listing:
    """Return what `collect` would read, unread, for those who cannot have all of it in memory at once.

    Raises:
        WalletError: as `collect`.
    """
    if not folder.exists():
        raise WalletError(f"There is no wallet folder {folder}. Make it, and put your credential files into it.")
    if not folder.is_dir():
        raise WalletError(f"The wallet {folder} is a file; a folder with credential files in it was expected.")
    there = [part for item in _walk(folder) for part in _unpacked(item)]
    return Listing(
        tuple(sorted((item for item in there if isinstance(item, Found)), key=lambda item: item.name)),
        tuple(sorted((item for item in there if isinstance(item, Skipped)), key=lambda item: item.name)),
    )


def read_found(found: Found, limits: Limits = LIMITS) -> WalletFile | Skipped:
    """Read what `listing` found, or say why not; a file in an archive out of the archive."""
    file = read(Path(found.path), found.name, limits)
    if isinstance(file, Skipped) or not found.part:
        return file
    data = _parts(file.data).get(found.part)
    if data is None:
        return Skipped(found.name, message("wallet.vanished"))
    return WalletFile(found.name, data, hashlib.sha256(data).hexdigest())


def _unpacked(item: Found | Skipped) -> Iterator[Found | Skipped]:
    """Yield the files in an archive, each on its own; anything else, and an archive that is refused, as it is."""
    parts: Mapping[str, bytes] = {}
    if isinstance(item, Found) and _starts_as_archive(item.path):
        file = read(Path(item.path), item.name)
        parts = _parts(file.data) if isinstance(file, WalletFile) else {}
    if not isinstance(item, Found) or not parts:
        yield item
        return
    for pointer in parts:
        inside = pointer[1:].replace("~1", "/").replace("~0", "~")
        yield Found(item.path, f"{item.name}/{shown_path(inside)}", pointer, item.name)


def _starts_as_archive(path: str) -> bool:
    """Return whether a regular file starts as an archive does; what cannot be opened, `read` has words for."""
    try:
        if not stat.S_ISREG(Path(path).lstat().st_mode):
            return False
        with os.fdopen(_open(Path(path)), "rb") as opened:
            return stat.S_ISREG(os.fstat(opened.fileno()).st_mode) and opened.read(len(_ARCHIVE)) == _ARCHIVE
    except OSError:
        return False


def _open(path: Path) -> int:
    """Open a file that may have become a FIFO or a link since somebody looked (O_NONBLOCK, O_NOFOLLOW)."""
    return os.open(path, os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY"))


@lru_cache(maxsize=1)
def _parts(archive: bytes) -> Mapping[str, bytes]:
    """Return the files in an archive by pointer: none in one that is refused, of which the verifier says why."""
    try:
        return {inner.pointer: inner.data for inner in read_envelope(archive).inner}
    except ReadError:
        return {}


def shown_name(name: str) -> str:
    r"""Return `name` as text that can be shown: what is not printable becomes `\xNN`, `\uNNNN`.

    One to one, so that two files never get the same name: a backslash is doubled, and a byte
    that is not UTF-8 (which Python reads as U+DC80 to U+DCFF, PEP 383) is shown as that byte.
    """
    return "".join(_shown_character(character) for character in name)


def shown_path(path: str) -> str:
    """Return a path as `shown_name` shows its parts, with `/`."""
    return "/".join(shown_name(part) for part in Path(path).as_posix().split("/"))


def _shown_character(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if character.isprintable():
        return character
    if "\udc80" <= character <= "\udcff":
        return f"\\x{ord(character) - 0xDC00:02x}"
    return f"\\u{ord(character):04x}"


def _walk(folder: Path) -> Iterator[Found | Skipped]:
    """Go through a folder without recursion: a hostile depth is refused by the system, not by our stack."""
    waiting = [(folder, "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as error:
            if not prefix:
                raise WalletError(f"The wallet folder {folder} cannot be opened: {_why(error)}.") from None
            yield Skipped(prefix.rstrip("/"), message("wallet.unreadable", why=_why(error)))
            continue
        for entry in entries:
            name = prefix + shown_name(entry.name)
            if entry.name.startswith("."):
                yield Skipped(name, message("wallet.hidden"))
            elif _is_folder(entry):
                waiting.append((Path(entry.path), name + "/"))
            elif entry.name.lower() not in NOTES:
                yield Found(entry.path, name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    is_junction = getattr(entry, "is_junction", bool)  # Python 3.12 and later; a junction is Windows' link to a folder
    return entry.is_dir(follow_symlinks=False) and not is_junction()


def read(path: Path, name: str, limits: Limits = LIMITS) -> WalletFile | Skipped:
    """Read one file of a wallet, or say why not. Opens nothing that is not a regular file."""
    try:
        kind = path.lstat()
        if not stat.S_ISREG(kind.st_mode):
            return Skipped(name, message(f"wallet.{_kind(kind.st_mode)}"))
        with os.fdopen(_open(path), "rb") as opened:
            now = os.fstat(opened.fileno())
            if not stat.S_ISREG(now.st_mode):
                return Skipped(name, message(f"wallet.{_kind(now.st_mode)}"))
            data = b"" if now.st_size > limits.file_bytes else opened.read(limits.file_bytes + 1)
    except FileNotFoundError:
        return Skipped(name, message("wallet.vanished"))
    except OSError as error:
        return Skipped(name, message("wallet.unreadable", why=_why(error)))
    if max(now.st_size, len(data)) > limits.file_bytes:
        sizes = {"size": megabytes(now.st_size), "limit": megabytes(limits.file_bytes)}
        return Skipped(name, message("wallet.tooLarge", **sizes))
    return WalletFile(name, data, hashlib.sha256(data).hexdigest())


def megabytes(size: int) -> str:
    """Return a size in bytes as people say it, in MB of a million bytes."""
    return f"{size / 1_000_000:.1f} MB"


def _flag(name: str) -> int:
    """Not every system has every flag: Windows has neither links to refuse here nor FIFOs."""
    return int(getattr(os, name, 0))


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "link"
    return "folder" if stat.S_ISDIR(mode) else "device"


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
