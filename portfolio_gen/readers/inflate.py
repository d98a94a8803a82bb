"""DEFLATE (RFC 1950, 1951) within a limit: what unpacks to more than was allowed is refused before it is unpacked."""

from __future__ import annotations

import zlib

from portfolio_gen.errors import ReadError


def inflate(data: bytes, most: int, format: str, *, raw: bool = False) -> bytes:
    """Return what `data`, all of it, unpacks to; `raw` is DEFLATE without zlib's frame.

    Raises ReadError: `TOO_LARGE` for more than `most` bytes, `MALFORMED_FILE`.
    """
    stream = zlib.decompressobj(-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    try:
        unpacked = stream.decompress(data, most + 1)
    except zlib.error as error:
        raise ReadError("MALFORMED_FILE", format) from error
    if len(unpacked) > most:
        raise ReadError("TOO_LARGE", format)
    if not stream.eof or stream.unused_data:
        raise ReadError("MALFORMED_FILE", format)
    return unpacked
