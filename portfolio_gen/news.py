"""What the owner of a wallet should hear of after a refresh: withdrawn, about to end, out of reach, to be had anew.

The text depends on what is so, not on the day: who reads it again only when it changed misses nothing. Names and
addresses come from others' files: in the text each stands as code, on one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.format import line
from portfolio_gen.pages import ending, holdings
from portfolio_gen.refresh import Refreshed
from portfolio_gen.report import Report
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.vocabulary import message

LOG = "news.json"
"""In the folder of copies: what was news when, for the site's feed."""

KINDS = ("revoked", "suspended", "failed", "expired", "expiring", "newer", "kept")
SOON_DAYS = 60
_DAY = 86_400 * SECOND
_MOST = 200
"""Characters of a name or address that are repeated."""


@dataclass(frozen=True)
class Item:
    """One piece of news: its kind, and about which credential or address; `date` is an end's, or a copy's."""

    kind: str
    sha256: str = ""
    file: str = ""
    date: str = ""
    address: str = ""
    why: str = ""


def news(result: Refreshed, now: str) -> tuple[Item, ...]:
    """Return what there is to say, in the order of KINDS, then of the files."""
    found = [item for name, report in result.reports for item in _of_file(name, report, now)]
    found += [
        Item("newer", one.sha256, one.file, date=one.date, address=one.address)
        for one in result.offers
        if one.found == "newer"
    ]
    found += [
        Item("kept", date=row.at[:10], address=row.address, why=row.why) for row in result.rows if row.outcome == "kept"
    ]
    return tuple(sorted(found, key=lambda item: KINDS.index(item.kind)))


def _of_file(name: str, whole: Report, now: str) -> Iterator[Item]:
    for _, report in holdings(whole):
        if report.verdict in ("revoked", "suspended", "failed"):
            yield Item(report.verdict, report.sha256, name)
        elif end := ending(report):
            left = instant(end) - instant(now)
            if left < 0:
                yield Item("expired", report.sha256, name, end[:10])
            elif left < SOON_DAYS * _DAY:
                yield Item("expiring", report.sha256, name, end[:10])


def markdown(items: Sequence[Item]) -> str:
    """Return the news as Markdown; nothing where there is none."""
    if not items:
        return ""
    parts = [message("news.lead")]
    for kind in KINDS:
        lines = [_line(item) for item in items if item.kind == kind]
        if lines:
            parts += ["", f"## {message(f'news.{kind}')}", "", *lines]
    return "\n".join(parts) + "\n"


def _line(item: Item) -> str:
    about = _code(item.file or item.address)
    more = [item.date, item.address and item.file and _code(item.address), item.why and _code(item.why)]
    return f"- {about}" + "".join(f" · {part}" for part in more if part)


def _code(text: str) -> str:
    """Text of others as code: on one line, short, and unable to end the code, mention anybody or be a link."""
    plain = re.sub(r"[`\s]+", " ", line(text)).strip()
    return f"`{plain[:_MOST]}`"


def read_log(folder: Path) -> list[dict[str, Any]]:
    """Return what was news when, the oldest first; raises ConfigError."""
    file = folder / LOG
    try:
        rows = json.loads(file.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError([ConfigProblem(str(file), None, f"It cannot be read as JSON: {error}.")]) from None
    if not isinstance(rows, list) or not all(_is_row(row) for row in rows):
        raise ConfigError([ConfigProblem(str(file), None, "It is not a list of news as `refresh` writes it.")])
    return rows


def _is_row(row: object) -> bool:
    if not isinstance(row, dict) or not all(
        isinstance(row.get(name), str) for name in ("at", "kind", "sha256", "date")
    ):
        return False
    try:
        instant(row["at"])
    except ValueError:
        return False
    return row["kind"] in KINDS


def with_log(log: Sequence[dict[str, Any]], items: Sequence[Item], now: str) -> list[dict[str, Any]]:
    """Return the log with what was not in it before; of addresses it says nothing, that is for the owner alone."""
    known = {(row["kind"], row["sha256"], row["date"]) for row in log}
    new = [item for item in items if item.sha256 and (item.kind, item.sha256, item.date) not in known]
    return [*log, *({"at": now, **{name: asdict(item)[name] for name in ("kind", "sha256", "date")}} for item in new)]


def log_text(log: Sequence[dict[str, Any]]) -> bytes:
    """Return the log as it is written, one piece of news a line."""
    return ("[" + ",".join(f"\n {json.dumps(row)}" for row in log) + "\n]\n").encode()
