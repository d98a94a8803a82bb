"""Ed25519 by hand (RFC 8032, 5.1), for the signatures and keys that no library would make."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


class Point(NamedTuple):
    """An affine point of the curve."""

    x: int
    y: int

    def __add__(self, other: Point) -> Point:  # type: ignore[override]
        product = D * self.x * other.x * self.y * other.y % P
        x = (self.x * other.y + other.x * self.y) * pow(1 + product, -1, P)
        y = (self.y * other.y + self.x * other.x) * pow(1 - product, -1, P)
        return Point(x % P, y % P)

    def __neg__(self) -> Point:
        return Point(-self.x % P, self.y)

    def times(self, scalar: int) -> Point:
        total, power = IDENTITY, self
        while scalar:
            if scalar & 1:
                total = total + power
            power, scalar = power + power, scalar >> 1
        return total


IDENTITY = Point(0, 1)


def x_of(y: int, sign: int) -> int | None:
    """Return the x of this y, whose lowest bit is `sign` (0 stays 0); None where there is no point."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square:
        return None
    return x if x & 1 == sign else -x % P


def encode(point: Point) -> bytes:
    return (point.y | (point.x & 1) << 255).to_bytes(32, "little")


def decode(encoded: bytes) -> Point:
    """Decode as leniently as the most lenient library does: y modulo p, any sign for x = 0."""
    number = int.from_bytes(encoded, "little")
    y = (number & (2**255 - 1)) % P
    x = x_of(y, number >> 255)
    if x is None:
        raise ValueError("no point has this y")
    return Point(x, y)


BASE = Point(x_of(4 * pow(5, -1, P) % P, 0) or 0, 4 * pow(5, -1, P) % P)


def challenge(r: bytes, a: bytes, message: bytes) -> int:
    """The k of RFC 8032, 5.1.7, modulo L as libraries take it (which matters to a point with a small part)."""
    return int.from_bytes(hashlib.sha512(r + a + message).digest(), "little") % L


def secret_scalar(seed: bytes) -> int:
    number = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    return number & ((1 << 254) - 8) | 1 << 254


def _order_8() -> Point:
    for y in range(2, 100):
        x = x_of(y, 0)
        if x is not None:
            point = Point(x, y).times(L)
            if point.times(4) != IDENTITY:
                return point
    raise AssertionError("every eighth point or so has one")


TORSION = tuple(_order_8().times(n) for n in range(8))
"""The eight points of small order; TORSION[n] is n times one of order 8."""


def small_encodings() -> list[tuple[str, bytes]]:
    """Return every encoding of a small-order point that a lenient decoder takes: eight canonical, six not."""
    orders = (1, 8, 4, 8, 2, 8, 4, 8)
    rows = [(f"order {orders[n]} (number {n} of 8), canonical", encode(point)) for n, point in enumerate(TORSION)]
    high = 1 << 255
    for name, number in (
        ("order 1, sign bit set on x = 0", 1 | high),
        ("order 2, sign bit set on x = 0", P - 1 | high),
        ("order 4, y = p", P),
        ("order 4, y = p, sign bit set", P | high),
        ("order 1, y = p + 1", P + 1),
        ("order 1, y = p + 1, sign bit set", P + 1 | high),
    ):
        rows.append((name, number.to_bytes(32, "little")))
    return rows
