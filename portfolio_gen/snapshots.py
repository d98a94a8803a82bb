"""The site's own copies of what the wallet depends on: DID documents, profiles, status lists, hosted badges.

A folder in the layout of `verify --web` (portfolio_gen/web.py), files named by their SHA-256. Only `refresh` writes it;
a build reads it, and nothing else of the network. Whatever is in it is a copy, also where its index says otherwise.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portfolio_gen.limits import LIMITS
from portfolio_gen.noted import Answers
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.web import INDEX, read_web

_NAME = re.compile(r"[0-9a-f]{64}\Z")
_TEMPORARY = ".new-"


def read_snapshots(folder: Path, now: str) -> dict[str, dict[str, Any]]:
    """Return the copies in `folder`, as `web` of a verifier; none where there is no index.

    A copy dated later than `now` is left out: nothing can be said of how old it is.

    Raises:
        ConfigError: everything that is wrong with the index or the files that it names.
    """
    if not (folder / INDEX).exists():
        return {}
    latest = instant(now.upper()) + LIMITS.date_tolerance_seconds * SECOND
    answers = read_web(folder, now)
    return {
        address: {**row, "source": "copy"} for address, row in answers.items() if instant(row["at"].upper()) <= latest
    }


def write_snapshots(folder: Path, answers: Answers) -> None:
    """Put `answers` in place of what `folder` holds; whoever reads meanwhile sees the old or the new, each whole."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {address: index_row(answers[address]) for address in sorted(answers)}
    for address, row in rows.items():
        if not (folder / row["file"]).exists():
            write_file(folder, row["file"], answers[address]["bytes"])
    write_file(folder, INDEX, index(rows))
    kept = {row["file"] for row in rows.values()}
    for file in folder.iterdir():
        left = file.name.startswith(_TEMPORARY) or (_NAME.match(file.name) and file.name not in kept)
        if left and file.is_file():
            file.unlink()


def index_row(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the index says of a copy."""
    digest = hashlib.sha256(answer["bytes"]).hexdigest()
    facts = {name: answer[name] for name in ("at", "status", "type")}
    return {"file": digest, **facts, "source": "copy", "sha256": digest}


def index(rows: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return the index as it is written: one address a line, so that a comparison of two shows what changed."""
    lines = (f"{json.dumps(address)}: {json.dumps(row)}" for address, row in rows.items())
    return ("{" + ",".join(f"\n {line}" for line in lines) + "\n}\n").encode()


def write_file(folder: Path, name: str, data: bytes) -> None:
    """Write a file so that whoever reads it meanwhile sees the old or the new one, whole."""
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=_TEMPORARY)
    try:
        with open(handle, "wb") as file:  # noqa: PTH123  (a descriptor)
            file.write(data)
        Path(temporary).chmod(0o644)
        os.replace(temporary, folder / name)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
