"""Bytes to Envelope: a file is opened before anybody believes it.

READERS has one row for each format that can be read; whatever else is recognised is named and refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.readers import (
    archive,
    blockcerts,
    enveloped,
    jws_json,
    jwt,
    link,
    open_badges,
    pdf,
    png,
    presentation,
    sd_jwt,
    svg,
    vc_json,
)
from portfolio_gen.readers.picture import Open
from portfolio_gen.readers.recognise import WHITE_SPACE, format_of_bytes, format_of_object, format_of_unreadable
from portfolio_gen.strict_json import JsonError, read_json

READERS: Mapping[str, Callable[[dict[str, Any], str, Limits], Envelope]] = {
    "vc1-json": vc_json.read,
    "vc2-json": vc_json.read,
    "clr2-json": vc_json.read,
    "blockcerts-v2": blockcerts.read_v2,
    "blockcerts-v3": blockcerts.read_v3,
    "presentation": presentation.read,
    "ob2-hosted": open_badges.read,
    "ob1": open_badges.read,
    "jws-json": jws_json.read,
}

TOKENS: Mapping[str, Callable[[str, str, Limits], Envelope]] = {
    "vc-jwt": jwt.read,
    "vp-jwt": jwt.read_presentation,
    "ob2-jws": open_badges.read_signed,
    "sd-jwt": sd_jwt.read,
}
"""Readers of formats that are no JSON object; their text comes without white space around it."""

CONTAINERS: Mapping[str, Callable[[bytes, Limits, Open], Envelope]] = {
    "png": png.read,
    "svg": svg.read,
    "archive": archive.read,
    "link": link.read,
    "pdf": pdf.read,
}
"""Files that are no credential themselves: what stands in them is opened, or they say that there is nothing to open."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read(data: bytes, limits: Limits = LIMITS, *, inside: bool = False) -> Envelope:
    """Open a file (docs/verification.md, 0); raises ReadError with a code of `readable` and the format.

    `inside` is whether it stands in another file: an archive in an archive is not unpacked.
    """
    if len(data) > limits.file_bytes:
        raise ReadError("TOO_LARGE", "unknown")
    data = data.removeprefix(_BYTE_ORDER_MARK)
    recognised = format_of_bytes(data, limits)
    if recognised == "archive" and inside:
        raise ReadError("TOO_MANY_INNER", recognised)
    if container := CONTAINERS.get(recognised or ""):
        return container(data, limits, lambda payload: _credential(payload.removeprefix(_BYTE_ORDER_MARK), limits))
    return _credential(data, limits)


def _credential(data: bytes, limits: Limits) -> Envelope:
    """Open a credential that is JSON or a token: a file, or what a picture holds."""
    recognised = format_of_bytes(data, limits)
    if recognised in CONTAINERS:
        raise ReadError("NOT_A_CREDENTIAL", "unknown")
    if recognised is None:
        document = _object(data, limits)
        recognised = format_of_object(document)
        if recognised in READERS:
            return READERS[recognised](document, recognised, limits)
        if recognised in TOKENS:
            data, recognised = enveloped.token_in(document, recognised, limits)
    if recognised in TOKENS:
        return TOKENS[recognised](data.strip(WHITE_SPACE).decode("latin-1"), recognised, limits)
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
