"""Which 32 bytes are an Ed25519 public key at all (RFC 8032, 5.1.3, and libsodium's list of weak keys).

libsodium refuses all these too, but with one answer for all; people should learn which.
"""

from __future__ import annotations

from portfolio_gen.errors import ProofError

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P

_ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL_ORDER = frozenset({0, 1, P - 1, _ORDER_8, P - _ORDER_8})
"""The y of every point of order 1, 2, 4 or 8."""


def check_point(encoded: bytes) -> None:
    """Raise ProofError unless these 32 bytes are a canonical encoding of a curve point of large order.

    `WEAK_KEY` is asked first: a non-canonical encoding of a small-order point is weak.
    """
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    if y % P in SMALL_ORDER:
        raise ProofError("WEAK_KEY")
    if y >= P or not _on_curve(y):
        raise ProofError("MALFORMED_KEY")


def _on_curve(y: int) -> bool:
    """Return whether x² = (y²−1)/(dy²+1) has a solution, by Euler's criterion."""
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    return pow(x_squared, (P - 1) // 2, P) == 1
