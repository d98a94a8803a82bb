"""did:key: the identifier is the key (the did:key method, 3.1). Only Ed25519 keys are handed out."""

from __future__ import annotations

from portfolio_gen import multibase
from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys.edwards import check_point
from portfolio_gen.limits import LIMITS, Limits

PREFIX = "did:key:"
ED25519 = bytes.fromhex("ed01")

OTHER_KINDS = {
    "8024": "p256-pub",
    "8124": "p384-pub",
    "8224": "p521-pub",
    "e701": "secp256k1-pub",
    "eb01": "bls12_381-g2-pub",
    "8524": "rsa-pub",
    "ec01": "x25519-pub",
}
"""Multicodec prefixes of keys that no Ed25519 suite may use, by the hexadecimal of their varint."""


def listed(did: str) -> frozenset[str]:
    """Return the one verification method that this DID's document lists."""
    return frozenset({f"{did}#{did.removeprefix(PREFIX)}"})


def key(verification_method: str, limits: Limits = LIMITS) -> Key:
    """Return the key of `did:key:M#M`; raises ProofError with the first code that applies."""
    did, hash_sign, fragment = verification_method.partition("#")
    if not hash_sign or did != PREFIX + fragment:
        raise ProofError("MALFORMED_KEY")
    public = _public(fragment, limits)
    check_point(public)
    return Key(verification_method, did, "ed25519-pub", public)


def _public(text: str, limits: Limits) -> bytes:
    try:
        data = multibase.decode(text, limits)
    except ValueError as error:
        raise ProofError("MALFORMED_KEY") from error
    prefix, public = data[:2], data[2:]
    if prefix == ED25519 and len(public) == 32:
        return public
    if prefix == ED25519 or len(prefix) < 2:
        raise ProofError("MALFORMED_KEY")
    raise ProofError("KEY_MISMATCH" if prefix.hex() in OTHER_KINDS else "KEY_TYPE_NOT_SUPPORTED")
