"""Bytes to Envelope: a file is opened before anybody believes it.

READERS has one row for each format that can be read; whatever else is recognised is named and refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.readers import vc_json
from portfolio_gen.readers.recognise import format_of_bytes, format_of_object, format_of_unreadable
from portfolio_gen.strict_json import JsonError, read_json

READERS: Mapping[str, Callable[[dict[str, Any], str, Limits], Envelope]] = {
    "vc1-json": vc_json.read,
    "vc2-json": vc_json.read,
}

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(data: bytes, limits: Limits = LIMITS) -> Envelope:
    """Open a file (docs/verification.md, 0); raises ReadError with a code of `readable` and the format."""
    if len(data) > limits.file_bytes:
        raise ReadError("TOO_LARGE", "unknown")
    data = data.removeprefix(_BYTE_ORDER_MARK)
    recognised = format_of_bytes(data, limits)
    if recognised is None:
        document = _object(data, limits)
        recognised = format_of_object(document)
        if recognised in READERS:
            return READERS[recognised](document, recognised, limits)
    raise ReadError("NOT_A_CREDENTIAL" if recognised == "unknown" else "FORMAT_NOT_SUPPORTED", recognised)


def _object(data: bytes, limits: Limits) -> dict[str, Any]:
    try:
        document = read_json(data, limits)
    except JsonError as error:
        format = format_of_unreadable(data)
        stands = format != "unknown" or error.code in ("TOO_DEEP", "NUMBER_OUT_OF_RANGE")
        raise ReadError(error.code if stands else "NOT_A_CREDENTIAL", format) from error
    assert isinstance(document, dict), "format_of_bytes lets nothing but objects through"  # noqa: S101
    return document
