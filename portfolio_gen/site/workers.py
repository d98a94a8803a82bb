"""Work on many things in more than one process, where that is safe."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import IO, Any, TypeVar

from portfolio_gen.errors import SiteError

Item = TypeVar("Item")
Made = TypeVar("Made")

MOST = 8
"""More processes than this are not worth their memory."""

CHUNK = 16
"""Items whose results a process hands over at a time; what is the same in them is in memory once."""

LIFE = 1_024
"""Items after which processes are forked anew: whatever one of them looks at is copied for it."""

number = 0
"""Which of the processes this is: 0 is the one that the others are forked from."""


def each(work: Callable[[Item], Made], items: Sequence[Item], *, enough: int) -> Iterator[Made]:
    """Yield `work(item)` for each item, in order; with at least `enough` items, from several processes.

    A forked process inherits the items and whatever `work` refers to; only results are handed back: let them be small.
    Forking is safe on Linux and from a single thread; anywhere else one process does it all.
    """
    workers = min(len(os.sched_getaffinity(0)), MOST) if sys.platform == "linux" else 1
    if len(items) < enough or workers < 2 or threading.active_count() > 1:
        yield from map(work, items)
        return
    for first in range(0, len(items), LIFE):
        yield from _forked(work, items[first : first + LIFE], workers)


def _forked(work: Callable[[Item], Made], items: Sequence[Item], workers: int) -> Iterator[Made]:
    gc.freeze()  # What is there now is no garbage: a process that looked for some would copy all of it.
    started = [_start(work, items, worker, workers) for worker in range(workers)]
    try:
        for first in range(0, len(items), CHUNK):
            yield from _received(started[first // CHUNK % workers][1])
    finally:
        for _, results in started:
            results.close()
        for process, _ in started:
            os.waitpid(process, 0)
        gc.unfreeze()


def _start(work: Callable[[Item], Made], items: Sequence[Item], worker: int, workers: int) -> tuple[int, IO[bytes]]:
    """Fork a process that does every chunk whose turn is `worker`'s; return its id and where its results come out."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, open(reading, "rb")  # noqa: PTH123  (a descriptor; closed in `each`)
    # Nobody reads what an interrupted process would say; its parent was interrupted, too, and says it.
    with suppress(BaseException):
        global number
        number = worker + 1
        os.close(reading)
        with open(writing, "wb") as results:  # noqa: PTH123
            for first in range(worker * CHUNK, len(items), workers * CHUNK):
                _send(results, work, items[first : first + CHUNK])
    os._exit(0)


def _send(results: IO[bytes], work: Callable[[Item], Made], chunk: Sequence[Item]) -> None:
    made: Any
    try:
        made = [work(item) for item in chunk]
    except Exception as error:
        made = error
    pickle.dump(made, results, pickle.HIGHEST_PROTOCOL)
    results.flush()


def _received(results: IO[bytes]) -> list[Any]:
    try:
        made = pickle.load(results)  # noqa: S301  (from our own child)
    except (EOFError, pickle.UnpicklingError):
        raise SiteError("A part of the work stopped half-way; perhaps there was too little memory.") from None
    if isinstance(made, Exception):
        raise made
    found: list[Any] = made
    return found
