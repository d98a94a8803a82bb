"""A new site beside the old one, and the swap (DESIGN, "Staging inside MkDocs", rule 13).

All that a build writes goes to `.<site>-work/next`, on the same disk as the site. `publish` then puts
it in the site's place: with one atomic exchange where the system has one, else with two renames. A
marker that names the new folder is written before and removed after, so that whatever a killed build
leaves behind can be told apart and put right by the next command.

What stands in the site folder under a hidden name (`.git` of a worktree) is not ours: MkDocs leaves it
alone when it empties a site, and so do we.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from portfolio_gen.errors import SiteError

AT_FDCWD = -100
RENAME_EXCHANGE = 2
"""renameat2(2), Linux ≥ 3.15."""

NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM}
"""How a kernel, a file system or a sandbox says that it does not know the exchange."""


class Staging:
    """The work folder of one site, held by one build at a time.

    Raises:
        SiteError: another build holds it, or the disk refuses.
    """

    def __init__(self, site_dir: Path) -> None:
        self.site = Path(os.path.realpath(site_dir))
        self.work = self.site.parent / f".{self.site.name}-work"
        self.next = self.work / "next"
        self._old = self.work / "old"
        self._marker = self.work / "new"
        self._lock: IO[str] | None = None

    def open(self) -> Path:
        """Lock the site, put right what a killed build left, and return an empty folder to build into."""
        with _explained(f"{self.site.name} cannot be built beside its old version"):
            self._lock = _locked(self.work / "lock")
            if self._lock is None:
                raise SiteError(f"Another build of {self.site.name} is running. Wait until it is done, then try again.")
            self._recover()
            self.next.mkdir()
        return self.next

    def publish(self) -> None:
        """Put the new site in the old one's place."""
        with _explained(f"the new site cannot be put in place of {self.site.name}"):
            self._marker.write_text(str(self.next.stat().st_ino), "ascii")
            self._swap()
            self._recover()

    def close(self) -> None:
        """Drop what was not published and let the next build in. Does nothing when not open."""
        if self._lock is None:
            return
        with _explained(f"the work folder of {self.site.name} cannot be cleaned"):
            self._recover()
        # Windows removes no open file; elsewhere the lock must go while it is held, or it may be another's.
        if sys.platform == "win32":
            self._lock.close()
        with suppress(OSError):
            (self.work / "lock").unlink()
            self.work.rmdir()
        self._lock.close()
        self._lock = None

    def _swap(self) -> None:
        if not self.site.exists():
            self.next.rename(self.site)
        elif not _exchange(self.next, self.site):
            self.site.rename(self._old)
            self.next.rename(self.site)

    def _recover(self) -> None:
        """Finish a swap that was begun, drop what is left over. Every step may be interrupted and run again."""
        if self._marker.is_file():
            new = self._marker.read_text("ascii")
            if not self.site.exists() and _is(self.next, new):
                self.next.rename(self.site)
            if _is(self.site, new):
                for left in (self.next, self._old):
                    _return_hidden(left, self.site)
                    shutil.rmtree(left, ignore_errors=True)
            elif not self.site.exists() and self._old.is_dir():
                self._old.rename(self.site)
        if self.next.exists():
            shutil.rmtree(self.next)
        self._marker.unlink(missing_ok=True)


def _is(folder: Path, inode: str) -> bool:
    return folder.is_dir() and str(folder.stat().st_ino) == inode


def _return_hidden(left: Path, site: Path) -> None:
    for entry in list(left.glob(".*")) if left.is_dir() else []:
        if not (site / entry.name).exists():
            entry.rename(site / entry.name)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in NO_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def _locked(path: Path) -> IO[str] | None:
    """Open and lock a file; None when somebody else holds it. The system lets go of it when we die."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = path.open("a")
        except FileNotFoundError:  # the build before us removed the folder between the two lines above
            continue
        if not _try_lock(file):
            file.close()
            return None
        # The build before us may have removed the file after we opened it: then this lock guards nothing.
        if _same(path, file):
            return file
        file.close()


def _same(path: Path, file: IO[str]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _try_lock(file: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Turn what the disk says into a sentence."""
    try:
        yield
    except OSError as error:
        raise SiteError(f"{what[0].upper()}{what[1:]}: {error.strerror or error}.") from error
