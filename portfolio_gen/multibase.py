"""Multibase base58btc, exactly: no white space, no other alphabet, nothing too long to decode."""

from __future__ import annotations

import re

import base58

from portfolio_gen.limits import LIMITS, Limits

_BASE58BTC = re.compile(r"z[1-9A-HJ-NP-Za-km-z]+")


def decode(text: str, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of a `z…` multibase text; raises ValueError for anything else."""
    if len(text) > limits.multibase_chars or not _BASE58BTC.fullmatch(text):
        raise ValueError("not multibase base58btc: 'z' and characters of its alphabet were expected")
    return base58.b58decode(text[1:])


def encode(data: bytes) -> str:
    """Return `data` as multibase base58btc."""
    return "z" + base58.b58encode(data).decode("ascii")
