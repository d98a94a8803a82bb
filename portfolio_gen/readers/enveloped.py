"""Enveloped credentials and presentations (VC data model 2.0, 4.13): an object for the token in its `id`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.recognise import format_of_bytes

_DATA = re.compile(r"data:([^,]*),(.*)", re.DOTALL)
_MEDIA_TYPE = re.compile(r"application/(?:v[cp](?:-ld)?\+(?:sd-)?jwt|dc\+sd-jwt)", re.IGNORECASE | re.ASCII)


def token_in(document: Mapping[str, Any], format: str, limits: Limits) -> tuple[bytes, str]:
    """Return the token that an enveloped credential or presentation stands for, and its format; raises ReadError."""
    identifier = document.get("id")
    url = _DATA.fullmatch(identifier) if isinstance(identifier, str) else None
    if url and not _MEDIA_TYPE.fullmatch(url[1]):
        raise ReadError("FORMAT_NOT_SUPPORTED", format)
    data = url[2].encode() if url else b""
    inside = format_of_bytes(data, limits)
    if inside not in ("vc-jwt", "vp-jwt", "sd-jwt"):
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": ["/id"]})
    return data, inside
