"""DEFLATE (RFC 1950, 1951, 1952) within a limit: what unpacks to more than allowed is refused before it is unpacked."""

from __future__ import annotations

import zlib

ZLIB, RAW, GZIP = zlib.MAX_WBITS, -zlib.MAX_WBITS, zlib.MAX_WBITS | 16
"""Frames around the data, as zlib's `wbits`."""


class InflateError(Exception):
    """The data does not unpack: `code` is `TOO_LARGE` or `MALFORMED_FILE`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def inflate(data: bytes, most: int, frame: int = ZLIB) -> bytes:
    """Return what `data`, all of it, unpacks to; raises InflateError, `TOO_LARGE` for more than `most` bytes."""
    stream = zlib.decompressobj(frame)
    try:
        unpacked = stream.decompress(data, most + 1)
    except zlib.error as error:
        raise InflateError("MALFORMED_FILE") from error
    if len(unpacked) > most:
        raise InflateError("TOO_LARGE")
    if not stream.eof or stream.unused_data:
        raise InflateError("MALFORMED_FILE")
    return unpacked
