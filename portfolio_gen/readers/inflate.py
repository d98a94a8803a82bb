"""Compressed parts of a file, within a limit."""

from __future__ import annotations

from portfolio_gen import inflate as deflate
from portfolio_gen.errors import ReadError


def inflate(data: bytes, most: int, format: str, *, raw: bool = False) -> bytes:
    """Return what `data`, all of it, unpacks to; `raw` is DEFLATE without zlib's frame.

    Raises ReadError: `TOO_LARGE` for more than `most` bytes, `MALFORMED_FILE`.
    """
    try:
        return deflate.inflate(data, most, deflate.RAW if raw else deflate.ZLIB)
    except deflate.InflateError as error:
        raise ReadError(error.code, format) from error
