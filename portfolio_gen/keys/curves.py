"""Points on the short Weierstrass curves P-256, P-384 and secp256k1 (SEC 1, 2.3.3 and 2.3.4).

The libraries that verify refuse a point off the curve too, but with one answer for all; people should learn which.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_gen.errors import ProofError


@dataclass(frozen=True)
class Curve:
    """y² = x³ + ax + b over the integers modulo p, which is 3 modulo 4; `size` is that of a coordinate in bytes."""

    p: int
    a: int
    b: int
    size: int


_P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
_P384 = 2**384 - 2**128 - 2**96 + 2**32 - 1
CURVES = {
    "p256-pub": Curve(_P256, -3, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B, 32),
    "p384-pub": Curve(
        _P384,
        -3,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
        48,
    ),
    "secp256k1-pub": Curve(2**256 - 2**32 - 977, 0, 7, 32),
}
"""By the multicodec name of the key (SEC 2, 2.4.1, 2.4.2 and 2.5.1)."""


def compressed(kind: str, x: bytes, y: bytes) -> bytes:
    """Return the compressed form of the point (x, y); raises ProofError `MALFORMED_KEY` for one off the curve."""
    curve = CURVES[kind]
    across, up = int.from_bytes(x, "big"), int.from_bytes(y, "big")
    if across >= curve.p or up >= curve.p or (up * up - _square(curve, across)) % curve.p:
        raise ProofError("MALFORMED_KEY")
    return bytes([2 + (up & 1)]) + x


def check_point(kind: str, encoded: bytes) -> None:
    """Raise ProofError `MALFORMED_KEY` unless these bytes are a point of the curve in compressed form."""
    curve = CURVES[kind]
    across = int.from_bytes(encoded[1:], "big")
    if len(encoded) != curve.size + 1 or encoded[0] not in (2, 3) or across >= curve.p:
        raise ProofError("MALFORMED_KEY")
    if pow(_square(curve, across), (curve.p - 1) // 2, curve.p) != 1:
        raise ProofError("MALFORMED_KEY")


def _square(curve: Curve, x: int) -> int:
    return (x * x * x + curve.a * x + curve.b) % curve.p
