"""JSON values of which one may stand by itself, or several in a list; and names of media types."""

from __future__ import annotations

from typing import Any


def items(value: Any) -> list[Any]:
    """Return a list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def strings(value: Any) -> list[str]:
    """Return the strings in a value that is one string or a list."""
    return [item for item in items(value) if isinstance(item, str)]


def media_name(value: Any) -> str:
    """Return a `typ` or `cty` in the one form in which we compare them (RFC 7515, 4.1.9); the empty string for none.

    Case counts for nothing in ASCII only: to Python, the sign for kelvin is a K too.
    """
    text = value if isinstance(value, str) and value.isascii() else ""
    return text.lower().removeprefix("application/")
