"""PDF documents. Their signatures are checked when the site is built (`portfolio_gen.pdf`), not here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits


def read(data: bytes, limits: Limits, open: Callable[..., Any]) -> NoReturn:
    """Raise ReadError: `CHECKED_AT_BUILD` for a document with a signature (ISO 32000-2, 12.8.1), else `NOT_SIGNED`."""
    raise ReadError("CHECKED_AT_BUILD" if b"/ByteRange" in data else "NOT_SIGNED", "pdf")
