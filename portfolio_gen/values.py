"""JSON values of which one may stand by itself, or several in a list."""

from __future__ import annotations

from typing import Any


def items(value: Any) -> list[Any]:
    """Return a list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def strings(value: Any) -> list[str]:
    """Return the strings in a value that is one string or a list."""
    return [item for item in items(value) if isinstance(item, str)]
