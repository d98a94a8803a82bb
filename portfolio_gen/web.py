"""A folder of saved answers from the web, so that a check can be repeated offline (DESIGN 2.4).

`index.json` in it maps a URL or DID to `{file, at?, status?, type?, source?, sha256?}`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.marked import said, suggestion
from portfolio_gen.timestamps import instant

INDEX = "index.json"
SOURCES = ("live", "copy")
KEYS = ("file", "at", "status", "type", "source", "sha256")


def read_web(folder: Path, now: str) -> dict[str, dict[str, Any]]:
    """Return what `folder` answers: URL or DID → `{bytes, status, type, at, source}`.

    An answer is by default live, at `now`, with status 200.

    Raises:
        ConfigError: everything that is wrong with the index or the files that it names.
    """
    index = folder / INDEX
    rows = read_index(index)
    if not isinstance(rows, dict):
        raise ConfigError([ConfigProblem(str(index), 1, f"found {said(rows)}, expected URL or DID → answer.")])
    answers = {address: _answer(folder, row, now) for address, row in rows.items()}
    problems = [
        ConfigProblem(str(index), None, f'"{address}": {answer}')
        for address, answer in answers.items()
        if isinstance(answer, str)
    ]
    if problems:
        raise ConfigError(problems)
    return {address: answer for address, answer in answers.items() if isinstance(answer, dict)}


def read_index(index: Path) -> Any:
    """Return the JSON value in an index.

    Raises:
        ConfigError: that it cannot be read, or is no JSON.
    """
    try:
        return json.loads(index.read_bytes())
    except OSError as error:
        raise ConfigError([ConfigProblem(str(index), None, f"It cannot be read: {error.strerror}.")]) from None
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise ConfigError([ConfigProblem(str(index), line, f"It is not JSON: {error}.")]) from None


def _answer(folder: Path, row: object, now: str) -> dict[str, Any] | str:
    """Return one answer, or what is wrong with it."""
    if not isinstance(row, Mapping):
        return f"found {said(row)}, expected an object with file."
    faults = list(_faults(row))
    if faults:
        return " ".join(faults)
    try:
        data = (folder / row["file"]).read_bytes()
    except (OSError, ValueError) as error:
        return f"the file {said(row['file'])} cannot be read: {getattr(error, 'strerror', None) or error}."
    if "sha256" in row and hashlib.sha256(data).hexdigest() != row["sha256"]:
        return f"the file {said(row['file'])} is not the one that its sha256 names."
    return {
        "bytes": data,
        "status": row.get("status", 200),
        "type": row.get("type", ""),
        "at": row.get("at", now),
        "source": row.get("source", "live"),
    }


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    for key in row:
        if key not in KEYS:
            yield f'"{key}" is not known.{suggestion(key, KEYS)}'
    file = row.get("file")
    if not isinstance(file, str) or not file or PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
        yield f"file: found {said(file)}, expected the name of a file in this folder."
    if "status" in row and (not isinstance(row["status"], int) or isinstance(row["status"], bool)):
        yield f"status: found {said(row['status'])}, expected an HTTP status such as 200."
    if "source" in row and row["source"] not in SOURCES:
        yield f"source: found {said(row['source'])}, expected live or copy."
    for key in ("type", "sha256", "at"):
        if key in row and not isinstance(row[key], str):
            yield f"{key}: found {said(row[key])}, expected text."
    if isinstance(row.get("at"), str):
        try:
            instant(row["at"].upper())
        except ValueError:
            yield f"at: found {said(row['at'])}, expected a date and time such as 2026-03-14T09:00:00Z."
