"""The wallet, verified: what is published, what is left out and why. What did not change is not verified again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from portfolio_gen import verifier, wallet
from portfolio_gen.pages import Entry, slugged
from portfolio_gen.report import Report
from portfolio_gen.vocabulary import vocabulary
from portfolio_gen.wallet import Skipped, WalletFile

NOT_CREDENTIALS = frozenset({"png", "svg", "pdf", "link", "archive", "unknown"})
"""Formats of which this version cannot tell that they are credentials: such files are never published."""

Progress = Callable[[int, int], None]
"""Told how many of how many files are verified."""

_KNOWN: dict[tuple[str, str], Report] = {}


@dataclass(frozen=True)
class Gathered:
    """The credentials that are published, and the files that are not, each with its reason."""

    entries: tuple[Entry, ...]
    unpublished: tuple[Skipped, ...]


def gather(folder: Path, now: str, progress: Progress | None = None) -> Gathered:
    """Read and verify a wallet. `now` is an RFC 3339 date-time. Raises WalletError when the folder cannot be read."""
    found = wallet.collect(folder)
    reports = list(_verified(found.files, now, progress))
    pairs = list(zip(found.files, reports, strict=True))
    kept = [(file, report) for file, report in pairs if report.format not in NOT_CREDENTIALS]
    left = [Skipped(file.name, reason(report)) for file, report in pairs if report.format in NOT_CREDENTIALS]
    return Gathered(slugged(kept), (*found.skipped, *left))


def reason(report: Report) -> str:
    """Return why a file could not be read, in the words of the vocabulary."""
    words = vocabulary()
    sentence: str = words["checks"]["readable"]["codes"][report.checks["readable"].code]["says"]
    return sentence.replace("{format}", words["formats"][report.format])


def _verified(files: Iterable[WalletFile], now: str, progress: Progress | None) -> Iterable[Report]:
    """Yield each file's report. A report holds for its day: dates are the only thing that time changes."""
    every = list(files)
    for number, file in enumerate(every, 1):
        key = (file.sha256, now[:10])
        if key not in _KNOWN:
            _KNOWN[key] = verifier.verify(file.data, now=now)
        if progress is not None:
            progress(number, len(every))
        yield _KNOWN[key]
