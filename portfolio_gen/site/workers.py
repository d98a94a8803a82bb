"""Work on many things in more than one process, where that is safe."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

MOST = 8
"""More processes than this are not worth their memory."""

CHUNK = 8
"""Items that a process takes at a time: enough to hide what handing them over costs."""

_WORK: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []


def each(work: Callable[[Item], Made], items: Sequence[Item], *, enough: int) -> Iterator[Made]:
    """Yield `work(item)` for each item, in order; with at least `enough` items, from several processes.

    A forked process inherits the items and whatever `work` refers to; only results are handed back. Forking is safe on
    Linux and from a single thread; anywhere else one process does it all.
    """
    workers = min(len(os.sched_getaffinity(0)), MOST) if sys.platform == "linux" else 1
    if len(items) < enough or workers < 2 or threading.active_count() > 1:
        yield from map(work, items)
        return
    _WORK.append((work, items))
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
            yield from pool.map(_one, range(len(items)), chunksize=CHUNK)
    finally:
        _WORK.pop()


def _one(number: int) -> Any:
    work, items = _WORK[-1]
    return work(items[number])
