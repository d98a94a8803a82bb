"""base64url without padding, exactly (RFC 7515, 2): no white space, no other alphabet, no stray bits."""

from __future__ import annotations

import base64
import re

_TEXT = re.compile(r"[A-Za-z0-9_-]*")


def decode(text: str, most: int | None = None) -> bytes:
    """Return the bytes of `text`, of at most `most` characters; raises ValueError for anything else."""
    if (most is not None and len(text) > most) or not _TEXT.fullmatch(text):
        raise ValueError("not base64url: characters of its alphabet and no padding were expected")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise ValueError("not base64url as it must be written: its last character holds bits that belong to no byte")
    return data


def encode(data: bytes) -> str:
    """Return `data` as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
