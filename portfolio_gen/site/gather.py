"""From the wallet folder to what the site is made of: reports, addresses, and what is left out and why.

Nothing here knows MkDocs. A file that has not changed is not verified again on the same day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from portfolio_gen.guard import Secret, secrets_in
from portfolio_gen.pages import Entry, slugged
from portfolio_gen.report import Report
from portfolio_gen.site.workers import each
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message, vocabulary
from portfolio_gen.wallet import Skipped, WalletFile, collect

NOT_CREDENTIALS = frozenset(("png", "svg", "pdf", "link", "archive", "unknown"))
"""Formats that are never published."""

POOL_FROM = 100
"""Fewer files than this are verified sooner than a second process has started."""

Progress = Callable[[int, int], None]
"""Told how many files are verified, of how many."""


@dataclass(frozen=True)
class Gathered:
    """What a wallet gives to a site."""

    entries: tuple[Entry, ...] = ()
    unpublished: tuple[Skipped, ...] = ()
    """Read, but not a credential that can be published."""
    skipped: tuple[Skipped, ...] = ()
    """Not even read."""
    secrets: tuple[Secret, ...] = ()

    @property
    def left_out(self) -> tuple[Skipped, ...]:
        """Every file that is not published, by name."""
        return tuple(sorted((*self.skipped, *self.unpublished), key=lambda item: item.name))


class Checker:
    """Verifies files and looks for private keys in them, once for each content and day."""

    def __init__(self) -> None:
        self._reports: dict[tuple[str, str], Report] = {}
        self._secrets: dict[tuple[str, str], tuple[Secret, ...]] = {}
        self.verified = 0

    def gather(self, folder: Path, now: str, progress: Progress | None = None) -> Gathered:
        """Read and verify a wallet.

        Raises:
            WalletError: the folder cannot be read.
        """
        wallet = collect(folder)
        reports = self.reports(wallet.files, now, progress)
        judged = list(zip(wallet.files, reports, strict=True))
        published = [row for row in judged if row[1].format not in NOT_CREDENTIALS]
        left_out = (self._left_out(*row) for row in judged if row[1].format in NOT_CREDENTIALS)
        self._look_at([file for file, _ in published])
        secrets = (secret for file, _ in published for secret in self.secrets(file.name, file.data, file.sha256))
        return Gathered(slugged(published), tuple(left_out), wallet.skipped, tuple(secrets))

    def reports(self, files: Sequence[WalletFile], now: str, progress: Progress | None = None) -> list[Report]:
        """Return the report of each file, verifying those whose bytes are new today."""
        day = now[:10]
        self._reports = {key: report for key, report in self._reports.items() if key[1] == day}
        fresh = {file.sha256: file for file in files if (file.sha256, day) not in self._reports}
        for done, report in enumerate(_verified([file.data for file in fresh.values()], now), 1):
            self._reports[report.sha256, day] = report
            if progress:
                progress(done, len(fresh))
        self.verified += len(fresh)
        return [self._reports[file.sha256, day] for file in files]

    def secrets(self, name: str, data: bytes, digest: str = "") -> tuple[Secret, ...]:
        """Return the private keys in what would be published; `digest` is its SHA-256, if the caller knows it."""
        key = (name, digest or hashlib.sha256(data).hexdigest())
        if key not in self._secrets:
            self._secrets[key] = tuple(secrets_in(name, data))
        return self._secrets[key]

    def _left_out(self, file: WalletFile, report: Report) -> Skipped:
        """Say why a file is not published; of a private key, that it does not belong there."""
        is_key = bool(self.secrets(file.name, file.data, file.sha256))
        return Skipped(file.name, message("wallet.secret") if is_key else reason(report))

    def _look_at(self, files: Sequence[WalletFile]) -> None:
        """Look for private keys in those files that are new."""
        fresh = [file for file in files if (file.name, file.sha256) not in self._secrets]
        for file, found in zip(fresh, each(_secrets_of, fresh, enough=POOL_FROM), strict=True):
            self._secrets[file.name, file.sha256] = found


def reason(report: Report) -> str:
    """Return why a file is not published, in the words of the check `readable`."""
    words = vocabulary()
    says: str = words["checks"]["readable"]["codes"][report.checks["readable"].code]["says"]
    return says.format(format=words["formats"][report.format])


def _secrets_of(file: WalletFile) -> tuple[Secret, ...]:
    return tuple(secrets_in(file.name, file.data))


def _verified(files: Sequence[bytes], now: str) -> Iterator[Report]:
    yield from each(partial(verify, now=now), files, enough=POOL_FROM)
