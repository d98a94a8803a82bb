"""RSA public keys as PKCS #1 DER (RFC 8017, A.1.1): a SEQUENCE of the modulus and the exponent, both INTEGERs."""

from __future__ import annotations

from portfolio_gen.errors import ProofError

LEAST_BITS, MOST_BITS = 2_048, 8_192
"""DESIGN §4: RSA of at least 2048 bits. Longer than 8192 nobody uses, and it takes long."""

_TELLING = (11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157)
"""Primes by which keys of ROCA give themselves away: modulo each, the modulus is a power of 65537."""


def encode(modulus: int, exponent: int) -> bytes:
    """Return the DER form."""
    return tagged(0x30, _integer(modulus) + _integer(exponent))


def check(encoded: bytes) -> None:
    """Raise ProofError: `MALFORMED_KEY` for what is no such DER, `WEAK_KEY` for one by which others can sign.

    That is a short modulus, a bad exponent, or a modulus that can be factored.
    """
    inside, rest = _content(0x30, encoded)
    modulus, after = _content(0x02, inside)
    exponent, end = _content(0x02, after)
    n, e = int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")
    if rest or end or encode(n, e) != encoded or n.bit_length() > MOST_BITS:
        raise ProofError("MALFORMED_KEY")
    if n.bit_length() < LEAST_BITS or e < 3 or e.bit_length() > 32 or not e & n & 1 or _is_roca(n):
        raise ProofError("WEAK_KEY")


def _is_roca(n: int) -> bool:
    """Return whether the modulus is of the kind that a widely used chip made (ROCA, CVE-2017-15361; Nemec et al. 2.3).

    Of other moduli, one in 2²⁷ looks so.
    """
    return all(any(n % prime == pow(65537, power, prime) for power in range(prime)) for prime in _TELLING)


def _integer(value: int) -> bytes:
    return tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def tagged(tag: int, content: bytes) -> bytes:
    """Return a value in DER: its tag, its length and its content."""
    length = len(content)
    size = length.to_bytes((length.bit_length() + 7) // 8, "big") if length > 127 else b""
    return bytes([tag, 0x80 | len(size)]) + size + content if size else bytes([tag, length]) + content


def _content(tag: int, data: bytes) -> tuple[bytes, bytes]:
    """Return the content of the value that `data` starts with, and what follows it."""
    if len(data) < 2 or data[0] != tag:
        raise ProofError("MALFORMED_KEY")
    start, length = 2, data[1]
    if length > 127:
        start, length = 2 + (length & 127), int.from_bytes(data[2 : 2 + (length & 127)], "big")
    if len(data) < start + length:
        raise ProofError("MALFORMED_KEY")
    return data[start : start + length], data[start + length :]
