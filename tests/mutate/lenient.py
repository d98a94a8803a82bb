"""Ed25519 by libsodium's rule in plain Python, with one part of the rule left out.

PyNaCl keeps all of the rule in one call, so that no part of it can be taken out there: a mutant of the Python verifier
calls this instead. With nothing left out it must agree with PyNaCl on every vector, which run.py asks first.
"""

from __future__ import annotations

from families.edwards import BASE, IDENTITY, L, Point, challenge, decode, encode


def verifies(public: bytes, message: bytes, signature: bytes, *, without: str) -> bool:
    """Return whether the signature is accepted by all of the rule but one part.

    `without` is "S < L", "order of R", "no cofactor", or "" for the whole rule.
    """
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L and without != "S < L":
        return False
    try:
        expected = BASE.times(s) + -decode(public).times(challenge(r, public, message))
        given = decode(r)
    except ValueError:
        return False
    if _is_small(expected) and without != "order of R":
        return False
    return _same_with_cofactor(expected, given) if without == "no cofactor" else encode(expected) == r


def _is_small(point: Point) -> bool:
    return point.times(8) == IDENTITY


def _same_with_cofactor(one: Point, other: Point) -> bool:
    return one.times(8) == other.times(8)
