"""Ed25519 by libsodium's rule (DESIGN rule 3): 64 bytes, S < L, nothing of small order, nothing non-canonical."""

from __future__ import annotations

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey


def verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether `signature` (64 bytes) is one over `message` by the key `public` (32 bytes)."""
    try:
        VerifyKey(public).verify(message, signature)
    except BadSignatureError:
        return False
    return True
