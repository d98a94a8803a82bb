"""The files that `verify` was asked about: named one by one, or in folders. Reads, and judges nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from portfolio_gen import wallet
from portfolio_gen.errors import PortfolioError
from portfolio_gen.fetch import Fetcher, look_up
from portfolio_gen.holders import Holders
from portfolio_gen.limits import LIMITS
from portfolio_gen.report import Report
from portfolio_gen.trust import Lists
from portfolio_gen.verifier import verify
from portfolio_gen.vocabulary import message

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class UsageError(PortfolioError):
    """What was asked cannot be done that way."""


@dataclass(frozen=True)
class Input:
    """One file to verify. Of a file that is too large, `data` is only its start, and `sha256` is still of the whole.

    Of one beyond `limits.hashed_bytes` nobody computes it: `sha256` is empty, and never that of a part.
    """

    name: str
    data: bytes
    sha256: str

    def report(
        self,
        now: str,
        web: Mapping[str, Any],
        fetcher: Fetcher | None = None,
        lists: Lists = (),
        check: Callable[[bytes], Report] | None = None,
        holders: Holders | None = None,
    ) -> tuple[Report, dict[str, str]]:
        """Return the report on this file (see `verify`), and what could not be looked up: address → why.

        Nothing is looked up without a fetcher; `check` is then that of many files with these answers (`verifying`).
        """
        refused: dict[str, str] = {}
        if fetcher:
            report, refused = look_up(
                lambda known: verify(self.data, now=now, web=known, lists=lists, holders=holders), web, now, fetcher
            )
        else:
            report = check(self.data) if check else verify(self.data, now=now, web=web, lists=lists, holders=holders)
        return replace(report, sha256=self.sha256), refused


@dataclass(frozen=True)
class Inputs:
    """All files in the order given, and what was passed over, with the reason. `unread` are files named that failed."""

    files: tuple[Input, ...]
    skipped: tuple[wallet.Skipped, ...]
    unread: tuple[wallet.Skipped, ...]


def gather(names: Iterable[str], now: str = "", fetcher: Fetcher | None = None) -> Inputs:
    """Read every file that is named, every file in the folders that are named, and what is behind every address.

    Raises:
        UsageError: a URL without a fetcher, or names behind which there is nothing; all of them are in the message.
        WalletError: a folder cannot be opened.
    """
    paths = list(names)
    _require_usable([name for name in paths if not (fetcher and _URL.match(name))])
    files: list[Input] = []
    skipped: list[wallet.Skipped] = []
    unread: list[wallet.Skipped] = []
    for name in paths:
        is_address = fetcher is not None and bool(_URL.match(name))
        if not is_address and Path(name).is_dir():
            found = wallet.collect(Path(name))
            within = wallet.shown_path(name).rstrip("/") + "/"
            files += [Input(within + file.name, file.data, file.sha256) for file in found.files]
            skipped += [replace(item, name=within + item.name) for item in found.skipped]
        else:
            read = (
                _fetched(name, now, fetcher) if is_address and fetcher else _read(Path(name), wallet.shown_path(name))
            )
            if isinstance(read, Input):
                files.append(read)
            else:
                unread.append(read)
    return Inputs(tuple(files), tuple(skipped), tuple(unread))


def _require_usable(names: list[str]) -> None:
    urls = [name for name in names if _URL.match(name)]
    if urls:
        advice = "Nothing is looked up on the network without --online. Or save the file, and give its name."
        raise UsageError(
            f"{', '.join(urls)}: this is an address, and the name of a file or folder was expected. {advice}"
        )
    missing = [wallet.shown_path(name) for name in names if not Path(name).exists()]
    if missing:
        raise UsageError(f"There is no such file or folder: {', '.join(missing)}.")
    odd = [wallet.shown_path(name) for name in names if not (Path(name).is_file() or Path(name).is_dir())]
    if odd:
        raise UsageError(f"{', '.join(odd)}: {message('wallet.device')}")


def _fetched(address: str, now: str, fetcher: Fetcher) -> Input | wallet.Skipped:
    answer = fetcher.fetch(address, now)
    if isinstance(answer, str):
        return wallet.Skipped(address, answer)
    if answer["status"] != 200:
        return wallet.Skipped(address, message("online.status", status=answer["status"]))
    return Input(address, answer["bytes"], hashlib.sha256(answer["bytes"]).hexdigest())


def _read(path: Path, name: str) -> Input | wallet.Skipped:
    """Read a file that was named itself: a link to a file is followed, since that is what was asked for."""
    try:
        with path.open("rb") as file:
            start = file.read(LIMITS.file_bytes + 1)
            digest, left = hashlib.sha256(start), LIMITS.hashed_bytes - len(start)
            while left >= 0 and (more := file.read(1 << 20)):
                digest.update(more)
                left -= len(more)
    except OSError as error:
        return wallet.Skipped(name, message("wallet.unreadable", why=(error.strerror or str(error)).lower()))
    return Input(name, start, digest.hexdigest() if left >= 0 else "")
