"""BBS proofs: that a key signed some messages, of which the proof shows a part (draft-irtf-cfrg-bbs-signatures).

ProofVerify for the ciphersuite BLS12-381-SHA-256, as the draft that vc-di-bbs refers to has it. Names are the draft's.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from portfolio_gen.errors import ProofError

if TYPE_CHECKING:
    from py_arkworks_bls12381 import G1Point, Scalar

_API = b"BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_"
_P1 = "a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9"
_ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
_POINT, _SCALAR, _EXPANDED = 48, 32, 48
_FLOOR = 3 * _POINT + 4 * _SCALAR
"""Bytes of a proof that hides nothing: Abar, Bbar, D, e^, r1^, r3^ and the challenge."""


@dataclass(frozen=True)
class Proof:
    """A proof, taken apart; `hidden` has a scalar for each message that it does not show."""

    abar: G1Point
    bbar: G1Point
    d: G1Point
    e: Scalar
    r1: Scalar
    r3: Scalar
    hidden: list[Scalar]
    challenge: int


def count_hidden(octets: bytes) -> int:
    """Return how many messages a proof of this length does not show; raises ProofError for the length of none."""
    count, rest = divmod(len(octets) - _FLOOR, _SCALAR)
    if count < 0 or rest:
        raise ProofError("MALFORMED_PROOF")
    return count


def parse(octets: bytes) -> Proof:
    """octets_to_proof: raises ProofError `MALFORMED_PROOF` for a point or scalar that is none, or zero."""
    abar, bbar, d = (_point(octets[at : at + _POINT]) for at in range(0, 3 * _POINT, _POINT))
    rest = octets[3 * _POINT :]
    numbers = [int.from_bytes(rest[at : at + _SCALAR], "big") for at in range(0, len(rest), _SCALAR)]
    if not all(0 < number < _ORDER for number in numbers):
        raise ProofError("MALFORMED_PROOF")
    e, r1, r3, *hidden = (_scalar(number) for number in numbers[:-1])
    return Proof(abar, bbar, d, e, r1, r3, hidden, numbers[-1])


def verifies(public: bytes, proof: Proof, header: bytes, presentation: bytes, shown: Mapping[int, bytes]) -> bool:
    """ProofVerify: return whether the messages `shown`, by their index, are among those that the key signed.

    `public` is a key that `portfolio_gen.keys.check` passed; every index is below the number of all messages.
    """
    from py_arkworks_bls12381 import GT, G2Point

    total = len(shown) + len(proof.hidden)
    messages = {index: _hash_to_scalar(message, b"MAP_MSG_TO_SCALAR_AS_HASH_") for index, message in shown.items()}
    q1, *h = _generators(total + 1)
    domain = _domain(public, q1, h, header)
    c = _scalar(proof.challenge)
    t1 = _sum([proof.bbar, proof.abar, proof.d], [c, proof.e, proof.r1])
    bv = _sum([_p1(), q1, *(h[i] for i in messages)], [_scalar(1), *map(_scalar, (domain, *messages.values()))])
    rest = [point for index, point in enumerate(h) if index not in messages]
    t2 = _sum([bv, proof.d, *rest], [c, proof.r3, *proof.hidden])
    if _challenge(proof, t1, t2, messages, domain, presentation) != proof.challenge:
        return False
    w = G2Point.from_compressed_bytes(public)
    return bool(GT.pairing_check([proof.abar, proof.bbar], [w, -G2Point()]))


def _challenge(
    proof: Proof, t1: G1Point, t2: G1Point, messages: Mapping[int, int], domain: int, presentation: bytes
) -> int:
    """ProofChallengeCalculate."""
    shown = b"".join(_integer(index) + _octets(message) for index, message in messages.items())
    points = _serialized((proof.abar, proof.bbar, proof.d, t1, t2))
    data = _integer(len(messages)) + shown + points + _octets(domain)
    return _hash_to_scalar(data + _integer(len(presentation)) + presentation, b"H2S_")


def _domain(public: bytes, q1: G1Point, h: list[G1Point], header: bytes) -> int:
    """calculate_domain."""
    data = public + _integer(len(h)) + _serialized((q1, *h)) + _API
    return _hash_to_scalar(data + _integer(len(header)) + header, b"H2S_")


_MADE: list[G1Point] = []
_SEEDS: list[bytes] = []


def _generators(count: int) -> list[G1Point]:
    """create_generators: the same for everybody, so each is made once per process."""
    from py_arkworks_bls12381 import G1Point

    if not _SEEDS:
        _SEEDS.append(_expand(_API + b"MESSAGE_GENERATOR_SEED", b"SIG_GENERATOR_SEED_"))
    while len(_MADE) < count:
        _SEEDS[0] = _expand(_SEEDS[0] + _integer(len(_MADE) + 1), b"SIG_GENERATOR_SEED_")
        _MADE.append(G1Point.hash_to_curve(_SEEDS[0], _API + b"SIG_GENERATOR_DST_"))
    return _MADE[:count]


@cache
def _p1() -> G1Point:
    return _point(bytes.fromhex(_P1))


def _hash_to_scalar(message: bytes, name: bytes) -> int:
    return int.from_bytes(_expand(message, name), "big") % _ORDER


def _expand(message: bytes, name: bytes) -> bytes:
    """expand_message_xmd with SHA-256 (RFC 9380, 5.3.1), to the 48 bytes that every use here asks for."""
    dst = _API + name
    suffix = dst + bytes([len(dst)])
    first = hashlib.sha256(bytes(64) + message + _EXPANDED.to_bytes(2, "big") + b"\0" + suffix).digest()
    b1 = hashlib.sha256(first + b"\1" + suffix).digest()
    mixed = bytes(x ^ y for x, y in zip(first, b1, strict=True))
    return (b1 + hashlib.sha256(mixed + b"\2" + suffix).digest())[:_EXPANDED]


def _point(octets: bytes) -> G1Point:
    """Return a point of G1 in its one compressed form; raises ProofError for another, and for the identity."""
    from py_arkworks_bls12381 import G1Point

    try:
        point = G1Point.from_compressed_bytes(octets)
    except ValueError as error:
        raise ProofError("MALFORMED_PROOF") from error
    if point == G1Point.identity() or bytes(point.to_compressed_bytes()) != octets:
        raise ProofError("MALFORMED_PROOF")
    return point


def _scalar(number: int) -> Scalar:
    from py_arkworks_bls12381 import Scalar

    return Scalar.from_be_bytes(_octets(number))


def _sum(points: list[G1Point], scalars: list[Scalar]) -> G1Point:
    from py_arkworks_bls12381 import G1Point

    return G1Point.multiexp_unchecked(points, scalars)


def _serialized(points: Iterable[G1Point]) -> bytes:
    return b"".join(bytes(point.to_compressed_bytes()) for point in points)


def _octets(scalar: int) -> bytes:
    return scalar.to_bytes(_SCALAR, "big")


def _integer(number: int) -> bytes:
    return number.to_bytes(8, "big")
