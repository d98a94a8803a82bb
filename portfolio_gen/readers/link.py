"""Links: Windows' `.url` and macOS's `.webloc`. There is nothing in them to check."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits

_ADDRESS = re.compile(rb"https?://[!-~]{1,2040}")
_SHORTCUT = re.compile(rb"(?i:\nURL)=([^\r\n]*)")
_WEBLOC = re.compile(rb"<key>URL</key>[\t\n\r ]*<string>([^<]*)</string>")


def address(text: bytes) -> str | None:
    """Return the address of http or https, in printable ASCII, that `text` is; None if it is none."""
    return text.decode("ascii") if _ADDRESS.fullmatch(text) else None


def read(data: bytes, limits: Limits, open: Callable[..., Any]) -> NoReturn:
    """Raise ReadError `LINK_ONLY`, with the address where the file gives exactly one."""
    shortcut = data.lstrip(b"\t\n\x0c\r ").startswith(b"[")
    found = [item.strip(b"\t ") for item in (_SHORTCUT if shortcut else _WEBLOC).findall(data)]
    named = address(found[0] if shortcut else found[0].replace(b"&amp;", b"&")) if len(found) == 1 else None
    raise ReadError("LINK_ONLY", "link", {"url": named} if named else {})
