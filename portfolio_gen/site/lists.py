"""The issuer lists of a site: the copies that `refresh --lists` made, and the owner's own, as they are published."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.issuer_lists import INDEX, files, read_lists
from portfolio_gen.trust import own

FOLDER = "assets/lists"
"""Where a site has them. The page script looks there itself; nothing that the build found in them is on a page."""


def copies(folder: Path, root: Path, owners: Iterable[str]) -> list[dict[str, Any]]:
    """Return the copies in `folder`, if there is one, then the owner's own lists, files below `root`.

    Raises:
        ConfigError: everything that is wrong with them.
    """
    found: list[dict[str, Any]] = []
    problems: list[ConfigProblem] = []
    if (folder / INDEX).exists():
        try:
            found += read_lists(folder)
        except ConfigError as error:
            problems += error.errors
    for name in owners:
        try:
            found.append(own.parse(name, (root / name).read_bytes()))
        except OSError as error:
            problems.append(ConfigProblem(name, None, f"It cannot be read: {error.strerror}."))
        except ConfigError as error:
            problems += error.errors
    if problems:
        raise ConfigError(problems)
    return found


def published(found: list[dict[str, Any]]) -> dict[str, bytes]:
    """Return the files that a site has of its lists, by path; none without lists."""
    return {f"{FOLDER}/{name}": data for name, data in files(found).items()} if found else {}
