"""A credential's file as a QR code carries it (docs/certificates.md): its exact bytes in a zlib stream (RFC 1950).

`browser/src/carried.ts` reads it. The stream's own first two bytes tell it from text; its checksum, whether all of it
came through. Nothing is added before or after: all that a code holds is there for the file.
"""

from __future__ import annotations

import zlib

from portfolio_gen.inflate import InflateError, inflate
from portfolio_gen.limits import LIMITS

MOST = 1_273
"""Bytes in a QR code of version 25 at level L (ISO/IEC 18004, table 7): 5 cm wide on paper, cameras read it."""

BEGINS = b"\x78\xda"
"""RFC 1950, 2.2: deflate with a window of 32 KB, compressed as far as it goes. No credential begins like this."""


def pack(data: bytes) -> bytes | None:
    """Return a file as a code carries it; None where it does not fit into one."""
    if len(data) > LIMITS.carried_bytes:
        return None
    packed = zlib.compress(data, 9)
    return packed if len(packed) <= MOST else None


def unpack(data: bytes) -> bytes:
    """Return the file that a code carries.

    Raises:
        InflateError: it is none, or unpacks to more than `limits.carried_bytes`.
    """
    if not data.startswith(BEGINS):
        raise InflateError("MALFORMED_FILE")
    return inflate(data, LIMITS.carried_bytes)
