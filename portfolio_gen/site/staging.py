"""Publishing all or nothing: build in a folder beside the site, then put it in the site's place.

A killed build leaves the old site whole: the site's folder changes in one step where the system can exchange two
folders (Linux `renameat2`), else in two renames with a marker, which the next command completes.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from portfolio_gen.errors import SiteError

try:
    import fcntl
except ImportError:  # Windows: the lock is left out there, as nothing else but a second build needs it.
    fcntl = None  # type: ignore[assignment]

RENAME_EXCHANGE = 2
AT_FDCWD = -100


class Staging:
    """A folder to build `site` in. One at a time for each site, held by a lock."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.folder = site.parent / f".{site.name}-staging"
        self._old = site.parent / f".{site.name}-old"
        self._marker = site.parent / f".{site.name}-swap"
        self._lock: IO[str] | None = None

    def open(self) -> Path:
        """Take the lock, complete or clear what a killed build left, and return the empty folder to build in.

        Raises SiteError when another build of the same site is running.
        """
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        self._complete()
        for leftover in (self.folder, self._old):
            _remove(leftover)
        self.folder.mkdir()
        return self.folder

    def publish(self) -> None:
        """Put what was built in the site's place. Raises SiteError when the site is no folder."""
        if self.site.is_symlink() or (self.site.exists() and not self.site.is_dir()):
            raise SiteError(
                f"{self.site.name} is not a folder, so the site cannot be put there. Move it away and build again."
            )
        if not self.site.exists():
            self.folder.rename(self.site)
        elif not _exchange(self.folder, self.site):
            self._marker.write_text("swap\n")
            self._complete()
        _remove(self.folder)
        _remove(self._old)

    def close(self) -> None:
        """Clear the folder if it was not published, and let the lock go."""
        if self._lock is None:
            return
        _remove(self.folder)
        self._lock.close()
        self._lock = None

    def _take_lock(self) -> None:
        lock = (self.site.parent / f".{self.site.name}-lock").open("w")
        try:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            raise SiteError(f"Another build of {self.site.name}/ is running. Wait until it is done.") from None
        self._lock = lock

    def _complete(self) -> None:
        """Carry a swap by two renames to its end, from wherever it stopped."""
        if not self._marker.exists():
            return
        if self.folder.exists():
            if self.site.exists():
                _remove(self._old)
                self.site.rename(self._old)
            self.folder.rename(self.site)
        self._marker.unlink()


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder`, sorted."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file())
