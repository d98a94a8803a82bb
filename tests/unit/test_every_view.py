"""What the site makes of a credential, the check `shown` passes on every view: vectors of all formats, in one site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browser.portfolios import found_in, portfolio_of

from portfolio_gen.report import Report
from portfolio_gen.verifier import verify

NOW = "2026-11-24T12:00:00Z"
MOST_BYTES = 200_000


def shape(report: Report) -> tuple[Any, ...]:
    """What pages are made from: which facts there are, and how many."""
    kinds = tuple(sorted({(fact.field, fact.kind) for fact in report.credential}))
    return report.format, kinds, len(report.credential), *map(shape, report.inner)


def says_something(report: Report) -> bool:
    return bool(report.credential) or any(map(says_something, report.inner))


def test_no_view_leaves_out_what_it_must_show(root: Path, vector_rows: list[dict[str, Any]], tmp_path: Path) -> None:
    files = {}
    for path in {root / "tests/vectors" / row["file"]: None for row in vector_rows}:
        data = path.read_bytes()
        if len(data) <= MOST_BYTES and says_something(report := verify(data, now=NOW)):
            files.setdefault(shape(report), (path.suffix, data))
    named = {f"{number:03}{suffix}": data for number, (suffix, data) in enumerate(files.values())}
    site = portfolio_of(tmp_path, named).site_dir
    found = found_in(site, NOW)
    assert [(one.page, one.difference) for one in found.differences] == []
    assert len(found.reports) >= len(named) > 150
