"""Work in several processes: the same results in the same order, errors, and what is put aside on the way."""

from __future__ import annotations

import os

import pytest

from portfolio_gen.errors import SiteError
from portfolio_gen.site import workers
from portfolio_gen.site.spool import Spool


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(workers.threading, "active_count", lambda: 1)


def test_results_come_in_order_from_other_processes() -> None:
    made = list(workers.each(lambda item: (item * 2, os.getpid()), range(101), enough=10))
    assert [value for value, _ in made] == [item * 2 for item in range(101)]
    assert len({process for _, process in made}) == 2
    assert os.getpid() not in {process for _, process in made}


def test_few_things_are_done_here() -> None:
    assert set(workers.each(lambda _: os.getpid(), range(9), enough=10)) == {os.getpid()}
    assert list(workers.each(str, [], enough=0)) == []


def test_an_error_arrives_as_it_was() -> None:
    def work(item: int) -> int:
        if item == 70:
            raise SiteError("No room.")
        return item

    found = workers.each(work, range(500), enough=10)
    with pytest.raises(SiteError, match="No room"):
        list(found)
    assert workers.number == 0


def test_a_process_that_dies_is_told_from_an_end() -> None:
    with pytest.raises(SiteError, match="half-way"):
        list(workers.each(lambda item: os._exit(1) if item == 70 else item, range(500), enough=10))


def test_nobody_waits_for_results_that_nobody_wants() -> None:
    results = workers.each(lambda item: bytes(100_000), range(500), enough=10)
    next(results)
    results.close()  # type: ignore[attr-defined]


def test_what_any_process_puts_aside_can_be_read_by_all_after_it() -> None:
    spool = Spool()
    first = spool.put(b"before")
    places = list(workers.each(lambda item: spool.put(f"{item}".encode() * 9), range(40), enough=10))
    assert spool.get(first) == b"before"
    assert [spool.get(place) for place in places] == [f"{item}".encode() * 9 for item in range(40)]
    assert list(workers.each(spool.get, places, enough=10)) == [spool.get(place) for place in places]
