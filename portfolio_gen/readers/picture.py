"""Badges baked into pictures (Open Badges 3.0, 5.3; Open Badges 2.0, Baking): from payloads to the credential."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.readers.link import address
from portfolio_gen.readers.recognise import WHITE_SPACE

Open = Callable[[bytes], Envelope]
"""Opens a credential that is JSON or a token; raises ReadError."""


def unbake(format: str, payloads: Sequence[bytes], notes: Mapping[str, Any], open: Open) -> Envelope:
    """Return the one credential that a picture holds; the signed document is the payload's.

    Raises ReadError: `NO_BADGE`, `AMBIGUOUS` (not the first wins), `LINK_ONLY`, or what is wrong with the payload.
    """
    if not payloads:
        raise ReadError("NO_BADGE", format, notes)
    if len(payloads) > 1:
        raise ReadError("AMBIGUOUS", format, notes)
    payload = payloads[0].strip(WHITE_SPACE)
    if link := address(payload):
        raise ReadError("LINK_ONLY", format, {"url": link, **notes})
    try:
        envelope = open(payload)
    except ReadError as error:
        inner = {} if error.format == "unknown" else {"payload": error.format}
        raise ReadError(error.code, format, {**error.detail, **inner, **notes}) from error
    return replace(envelope, format=format, notes={**envelope.notes, "payload": envelope.format, **notes})
