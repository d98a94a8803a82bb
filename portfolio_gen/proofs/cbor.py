"""The CBOR (RFC 8949) of proofs with selective disclosure and of Merkle proofs: integers, strings, arrays and maps.

Not a library's: those of Python and of JavaScript read more than this, and not the same more (lengths that are not the
shortest, keys that come twice, integers as tags), and a report may not depend on the language. Everything that
parseDerivedProofValue of vc-di-ecdsa 3.5 and vc-di-bbs 3.3, or a MerkleProof2019, does not ask for is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from portfolio_gen.errors import ProofError

T = TypeVar("T")

_UINT, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP = 0, 1, 2, 3, 4, 5
_BYTE_ARRAY_TAG = b"\xd8\x40"
"""Tag 64 (RFC 8746): some libraries write byte strings as typed arrays of bytes, though the suites say not to."""
_LARGEST = 2**53 - 1
_TOO_SMALL = {1: 24, 2: 2**8, 4: 2**16, 8: 2**32}
"""What a number of so many bytes must reach, or fewer would do."""


class Reader:
    """Reads one item after another; each method raises ProofError `MALFORMED_PROOF` where another kind stands."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def uint(self) -> int:
        """Read an integer from 0 to 2⁵³−1."""
        return self._head(_UINT)

    def integer(self) -> int:
        """Read an integer from −2⁵³ to 2⁵³−1."""
        return -1 - self._head(_NEGATIVE) if self._kind() == _NEGATIVE else self.uint()

    def is_integer(self) -> bool:
        """Return whether an integer comes next."""
        return self._kind() in (_UINT, _NEGATIVE)

    def word(self) -> str:
        """Read a text, or the hexadecimal of a byte string."""
        if self._kind() != _TEXT:
            return self.octets().hex()
        try:
            return self._take(self._head(_TEXT)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ProofError("MALFORMED_PROOF") from error

    def octets(self) -> bytes:
        """Read a byte string."""
        if self._data.startswith(_BYTE_ARRAY_TAG, self._at):
            self._at += len(_BYTE_ARRAY_TAG)
        return self._take(self._head(_BYTES))

    def items(self, item: Callable[[], T]) -> list[T]:
        """Read an array of what `item` reads."""
        return [item() for _ in range(self._head(_ARRAY))]

    def pairs(self, value: Callable[[], T]) -> dict[int, T]:
        """Read a map from integers, none of them twice, to what `value` reads."""
        found: dict[int, T] = {}
        for _ in range(self._head(_MAP)):
            key = self.uint()
            _expect(key not in found)
            found[key] = value()
        return found

    def array_of(self, length: int) -> None:
        """Read the head of an array of just so many items."""
        _expect(self._head(_ARRAY) == length)

    def end(self) -> None:
        """Expect nothing more."""
        _expect(self._at == len(self._data))

    def _head(self, major: int) -> int:
        """3.1: the kind of an item and its number, in the shortest form."""
        [first] = self._take(1)
        info = first & 31
        _expect(first >> 5 == major and info < 28)
        if info < 24:
            return info
        size = 1 << (info - 24)
        number = int.from_bytes(self._take(size), "big")
        _expect(_TOO_SMALL[size] <= number <= _LARGEST)
        return number

    def _kind(self) -> int:
        _expect(self._at < len(self._data))
        return self._data[self._at] >> 5

    def _take(self, length: int) -> bytes:
        _expect(length <= len(self._data) - self._at)
        self._at += length
        return self._data[self._at - length : self._at]


def _expect(true: bool) -> None:
    if not true:
        raise ProofError("MALFORMED_PROOF")
