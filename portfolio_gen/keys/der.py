"""DER (X.690, 10): values with one-byte tags, read so that no two spellings mean the same."""

from __future__ import annotations

from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, OBJECT, SEQUENCE, SET = 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
_LONG = 0x80


@dataclass(frozen=True)
class Value:
    """A value: its tag, what is in it, and all of its bytes."""

    tag: int
    content: bytes
    whole: bytes


def values(data: bytes) -> list[Value]:
    """Return the values that `data` is made of; raises ValueError for bytes that are no DER."""
    found: list[Value] = []
    while data:
        value = _first(data)
        found.append(value)
        data = data[len(value.whole) :]
    return found


def within(value: Value, tag: int, *, least: int = 0) -> list[Value]:
    """Return the values inside of one that has this tag, at least so many; raises ValueError."""
    if value.tag != tag:
        raise ValueError(f"a value with tag {tag} was expected")
    inside = values(value.content)
    if len(inside) < least:
        raise ValueError("a value is missing")
    return inside


def positive(value: Value) -> bytes:
    """Return the bytes of an INTEGER above zero, without the zero that marks its sign; raises ValueError."""
    content = value.content
    if value.tag != INTEGER or not content or content[0] & _LONG or content == b"\0":
        raise ValueError("a number above zero was expected")
    if content[0]:
        return content
    if not content[1] & _LONG:
        raise ValueError("a number has more zeros than it needs")
    return content[1:]


def bits(value: Value) -> bytes:
    """Return the bytes of a BIT STRING of whole bytes; raises ValueError."""
    if value.tag != BIT_STRING or value.content[:1] != b"\0":
        raise ValueError("a string of bits in whole bytes was expected")
    return value.content[1:]


def name_of(value: Value) -> str:
    """Return an object identifier with dots; raises ValueError."""
    content = value.content
    if value.tag != OBJECT or not content or content[-1] & _LONG:
        raise ValueError("an object identifier was expected")
    arcs, arc, begins = [], 0, True
    for byte in content:
        if begins and byte == _LONG:
            raise ValueError("an object identifier has more zeros than it needs")
        arc, begins = arc << 7 | byte & 127, not byte & _LONG
        if begins:
            arcs.append(arc)
            arc = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(number) for number in (first, arcs[0] - 40 * first, *arcs[1:]))


def _first(data: bytes) -> Value:
    if len(data) < 2 or data[0] & 31 == 31:
        raise ValueError("a value with a tag of one byte was expected")
    start, length = 2, data[1]
    if length & _LONG:
        start += length & 127
        size = data[2:start]
        length = int.from_bytes(size, "big")
        if not size or len(size) > 4 or size[0] == 0 or length < _LONG:
            raise ValueError("a length is not in its shortest form")
    if len(data) < start + length:
        raise ValueError("a value is cut off")
    return Value(data[0], data[start : start + length], data[: start + length])
