"""A folder of copies of issuer lists, dated and hashed: what `verify --lists` reads, and what a site publishes.

`index.json` in it is a list of `{name, kind, by, url, at, file, sha256, seen?}`; see `portfolio_gen.trust`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from portfolio_gen import trust
from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import said
from portfolio_gen.snapshots import write_file
from portfolio_gen.timestamps import instant
from portfolio_gen.web import read_index

INDEX = "index.json"
BY = ("public", "owner")
ENDINGS = {"registry": "json", "federation": "txt"}

_OURS = re.compile(rf"[0-9a-f]{{16}}\.({'|'.join(ENDINGS.values())})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def read_lists(folder: Path) -> list[dict[str, Any]]:
    """Return the copies in a folder, as `verify` takes them.

    Raises:
        ConfigError: everything that is wrong with the index or the files that it names.
    """
    index = folder / INDEX
    rows = read_index(index)
    if not isinstance(rows, list):
        raise ConfigError([ConfigProblem(str(index), 1, f"found {said(rows)}, expected a list of lists.")])
    found = [_copy(folder, row) for row in rows]
    problems = [
        ConfigProblem(str(index), None, f"list {number}: {copy}")
        for number, copy in enumerate(found, 1)
        if isinstance(copy, str)
    ]
    if problems:
        raise ConfigError(problems)
    return [copy for copy in found if isinstance(copy, dict)]


def files(copies: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """Return what a folder of these copies holds: file name → bytes. A file is named after what is in it."""
    made: dict[str, bytes] = {}
    rows = []
    for copy in copies:
        digest = hashlib.sha256(copy["bytes"]).hexdigest()
        name = f"{digest[:16]}.{ENDINGS[copy['kind']]}"
        made[name] = copy["bytes"]
        row = {part: copy[part] for part in ("name", "kind", "by", "url", "at")} | {"file": name, "sha256": digest}
        rows.append(row | ({"seen": dict(copy["seen"])} if copy.get("seen") else {}))
    return made | {INDEX: (json.dumps(rows, indent=1, ensure_ascii=False) + "\n").encode()}


def write_lists(folder: Path, copies: Iterable[Mapping[str, Any]]) -> None:
    """Put these copies in place of those that `folder` holds, the index last; nothing else in it is touched."""
    folder.mkdir(parents=True, exist_ok=True)
    made = files(copies)
    for name, data in made.items():
        write_file(folder, name, data)
    for file in folder.iterdir():
        if _OURS.fullmatch(file.name) and file.name not in made:
            file.unlink()


def _copy(folder: Path, row: object) -> dict[str, Any] | str:
    """Return one copy, or what is wrong with it."""
    if not isinstance(row, Mapping):
        return f"found {said(row)}, expected an object with file."
    faults = list(_faults(row))
    if faults:
        return " ".join(faults)
    try:
        data = (folder / row["file"]).read_bytes()
    except OSError as error:
        return f"the file {said(row['file'])} cannot be read: {error.strerror}."
    if hashlib.sha256(data).hexdigest() != row["sha256"]:
        return f"the file {said(row['file'])} is not the one that its sha256 names."
    copy = {name: row[name] for name in ("name", "kind", "by", "url", "at")} | {"seen": row.get("seen", {})}
    whole = copy | {"bytes": data}
    return whole if trust.size(whole) is not None else f"the file {said(row['file'])} is no list of kind {row['kind']}."


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("name", "url", "at", "file", "sha256"):
        if not isinstance(row.get(name), str) or not (row[name] or name == "url"):
            yield f"{name}: found {said(row.get(name))}, expected text."
    for name, known in (("kind", tuple(trust.LISTS)), ("by", BY)):
        if row.get(name) not in known:
            yield f"{name}: found {said(row.get(name))}, expected {' or '.join(known)}."
    if isinstance(row.get("file"), str) and not _NAME.fullmatch(row["file"]):
        yield f"file: found {said(row['file'])}, expected the name of a file in this folder."
    seen = row.get("seen", {})
    if not isinstance(seen, dict) or not all(isinstance(date, str) for date in seen.values()):
        yield f"seen: found {said(seen)}, expected identifier → date."
    if isinstance(row.get("at"), str):
        try:
            instant(row["at"])
        except ValueError:
            yield f"at: found {said(row['at'])}, expected a date and time such as 2026-03-14T09:00:00Z."
