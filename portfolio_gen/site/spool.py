"""What is too much to keep in memory, in nameless files: written by any process of a build, read by those after it."""

from __future__ import annotations

import os
import tempfile
from typing import NewType

from portfolio_gen.site import workers

Place = NewType("Place", int)
"""Where something was put: which file, how much, and from where. One number, as each credential has twenty."""

_FILES, _BYTES = 4, 32
"""Bits for the number of the file, and for how many bytes it is."""


class Spool:
    """One file for each process that may write, so that none waits for another; all open before any is forked."""

    def __init__(self) -> None:
        self._files = [tempfile.TemporaryFile(buffering=0) for _ in range(workers.MOST + 1)]  # noqa: SIM115

    def put(self, data: bytes) -> Place:
        """Write `data`; return where it is."""
        file = self._files[workers.number]
        start = file.seek(0, os.SEEK_END)
        file.write(data)
        return Place((start << _BYTES | len(data)) << _FILES | workers.number)

    def get(self, place: Place) -> bytes:
        """Return what was put there."""
        file = self._files[place & (1 << _FILES) - 1]
        size, start = place >> _FILES & (1 << _BYTES) - 1, place >> _FILES + _BYTES
        if hasattr(os, "pread"):  # A forked process shares the file's position, and must not move it.
            return os.pread(file.fileno(), size, start)
        file.seek(start)
        return file.read(size)
