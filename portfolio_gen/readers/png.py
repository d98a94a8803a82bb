"""PNG pictures with a badge baked in (PNG, 5 and 11.3.3; Open Badges 3.0, 5.3.1; Open Badges 2.0, Baking).

Reads chunks and no pixels. What follows IEND is no part of the picture.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.inflate import inflate
from portfolio_gen.readers.picture import Open, unbake

KEYWORDS = (b"openbadgecredential", b"openbadges")
_TYPE = re.compile(rb"[A-Za-z]{4}")
_START, _AROUND = 8, 12
"""Bytes of the signature, and of a chunk's length, type and CRC."""


def read(data: bytes, limits: Limits, open: Open) -> Envelope:
    """Return the credential in the picture; raises ReadError, format `png`."""
    payloads = []
    kind, end = b"", _START
    for kind, body, end in _chunks(data):
        if (kind == b"IHDR") != (end == _START + _AROUND + len(body)):
            raise ReadError("MALFORMED_FILE", "png")
        if kind in _TEXT and body.partition(b"\0")[0] in KEYWORDS:
            payloads.append(_TEXT[kind](body.partition(b"\0")[2], limits))
    if kind != b"IEND":
        raise ReadError("MALFORMED_FILE", "png")
    after = len(data) - end
    return unbake("png", payloads, {"afterEnd": after} if after else {}, open)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Yield type and data of each chunk up to IEND, and where it ends; raises ReadError for a damaged one."""
    start, kind = _START, b""
    while kind != b"IEND" and start < len(data):
        end = start + _AROUND + int.from_bytes(data[start : start + 4], "big")
        kind, checked = data[start + 4 : start + 8], data[start + 4 : end - 4]
        crc = zlib.crc32(checked).to_bytes(4, "big")
        if end > len(data) or not _TYPE.fullmatch(kind) or data[end - 4 : end] != crc:
            raise ReadError("MALFORMED_FILE", "png")
        yield kind, checked[4:], end
        start = end


def _itxt(body: bytes, limits: Limits) -> bytes:
    """iTXt (11.3.3.4): compression flag and method, language and translated keyword, then the text."""
    flags, rest = body[:2], body[2:].split(b"\0", 2)
    if len(rest) != 3 or flags not in (b"\0\0", b"\1\0"):
        raise ReadError("MALFORMED_FILE", "png")
    return inflate(rest[2], limits.file_bytes, "png") if flags[0] else rest[2]


def _ztxt(body: bytes, limits: Limits) -> bytes:
    """zTXt (11.3.3.3): compression method, then the text."""
    if body[:1] != b"\0":
        raise ReadError("MALFORMED_FILE", "png")
    return inflate(body[1:], limits.file_bytes, "png")


_TEXT = {b"tEXt": lambda body, limits: body, b"zTXt": _ztxt, b"iTXt": _itxt}
