"""What is too much to keep in memory, in nameless files: written by any process of a build, read by those after it."""

from __future__ import annotations

import os
import tempfile
from typing import NamedTuple

from portfolio_gen.site import workers


class Place(NamedTuple):
    """Where something was put."""

    file: int
    start: int
    size: int


class Spool:
    """One file for each process that may write, so that none waits for another; all open before any is forked."""

    def __init__(self) -> None:
        self._files = [tempfile.TemporaryFile(buffering=0) for _ in range(workers.MOST + 1)]  # noqa: SIM115

    def put(self, data: bytes) -> Place:
        """Write `data`; return where it is."""
        file = self._files[workers.number]
        start = file.seek(0, os.SEEK_END)
        file.write(data)
        return Place(workers.number, start, len(data))

    def get(self, place: Place) -> bytes:
        """Return what was put there."""
        file = self._files[place.file]
        if hasattr(os, "pread"):  # A forked process shares the file's position, and must not move it.
            return os.pread(file.fileno(), place.size, place.start)
        file.seek(place.start)
        return file.read(place.size)
