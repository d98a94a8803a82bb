"""Multikey: a multibase text of a multicodec prefix and a key (Controlled Identifiers 1.0, 2.2.2)."""

from __future__ import annotations

from portfolio_gen import multibase
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits

KINDS = {
    "ed01": "ed25519-pub",
    "8024": "p256-pub",
    "8124": "p384-pub",
    "8224": "p521-pub",
    "e701": "secp256k1-pub",
    "eb01": "bls12_381-g2-pub",
    "8524": "rsa-pub",
    "ec01": "x25519-pub",
}
"""Multicodec names of the keys that we know, by the hexadecimal of their varint."""


def decode(text: str, limits: Limits) -> tuple[str, bytes]:
    """Return kind and bytes of a `z…` Multikey; raises ProofError with the first code that applies."""
    try:
        data = multibase.decode(text, limits)
    except ValueError as error:
        raise ProofError("MALFORMED_KEY") from error
    prefix, public = data[:2].hex(), data[2:]
    if len(data) < 2 or (prefix == "ed01" and len(public) != 32):
        raise ProofError("MALFORMED_KEY")
    if prefix not in KINDS:
        raise ProofError("KEY_TYPE_NOT_SUPPORTED")
    return KINDS[prefix], public
