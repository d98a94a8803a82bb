"""Public keys as PEM (RFC 7468, 13; Open Badges 2.0, CryptographicKey): SubjectPublicKeyInfo of the kinds that sign."""

from __future__ import annotations

import base64
import re

from portfolio_gen.errors import ProofError
from portfolio_gen.keys import curves, rsa
from portfolio_gen.limits import Limits

_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/= \t\r\n]*)-----END PUBLIC KEY-----")
_SPACE = re.compile(r"[ \t\r\n]+")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_RSA = bytes.fromhex("300d06092a864886f70d0101010500")
_POINTS = {
    "302a300506032b6570032100": ("ed25519-pub", 32),
    "3059301306072a8648ce3d020106082a8648ce3d030107034200": ("p256-pub", 65),
    "3076301006072a8648ce3d020106052b81040022036200": ("p384-pub", 97),
    "3056301006072a8648ce3d020106052b8104000a034200": ("secp256k1-pub", 65),
}
"""What stands before a key of these kinds (RFC 8410, 4; RFC 5480, 2), and how long the key is."""


def decode(text: str, limits: Limits) -> tuple[str, bytes]:
    """Return kind and bytes of the key; raises ProofError, `MALFORMED_KEY` or `KEY_TYPE_NOT_SUPPORTED`."""
    match = _PEM.fullmatch(text.strip(" \t\r\n")) if len(text) <= limits.multibase_chars else None
    encoded = _SPACE.sub("", match[1]) if match else ""
    if not encoded or not _BASE64.fullmatch(encoded):
        raise ProofError("MALFORMED_KEY")
    data = base64.b64decode(encoded)
    if base64.b64encode(data).decode() != encoded:
        raise ProofError("MALFORMED_KEY")
    return key_in(data)


def key_in(data: bytes) -> tuple[str, bytes]:
    """Return kind and bytes of the key in a SubjectPublicKeyInfo; raises ProofError as `decode` does."""
    for prefix, (kind, size) in _POINTS.items():
        start = bytes.fromhex(prefix)
        if data.startswith(start):
            return _point(kind, size, data[len(start) :])
    return "rsa-pub", _rsa(data)


def _point(kind: str, size: int, key: bytes) -> tuple[str, bytes]:
    if len(key) != size or (size != 32 and key[0] != 4):
        raise ProofError("MALFORMED_KEY")
    if kind == "ed25519-pub":
        return kind, key
    half = size // 2
    return kind, curves.compressed(kind, key[1 : half + 1], key[half + 1 :])


def _rsa(data: bytes) -> bytes:
    """Return PKCS #1 DER out of a SubjectPublicKeyInfo (RFC 3279, 2.3.1); `keys.rsa` holds it to the rest."""
    at = data.find(_RSA)
    if at < 0:
        raise ProofError("KEY_TYPE_NOT_SUPPORTED")
    bits = data[at + len(_RSA) :]
    length = bits[1] if len(bits) > 1 else 0
    key = bits[3 + (length & 127 if length > 127 else 0) :]
    if data != rsa.tagged(0x30, _RSA + rsa.tagged(0x03, b"\0" + key)):
        raise ProofError("MALFORMED_KEY")
    return key
