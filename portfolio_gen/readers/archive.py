"""Archives (ZIP, APPNOTE 6.3.10): each file in one stands on its own.

Reads what the directory at the end lists, and holds it to what stands before each file: two readers of one archive
must not find two different files in it. Unpacks in memory, and never more than the limits allow.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from portfolio_gen.credential import Envelope, Inner
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.inflate import inflate
from portfolio_gen.readers.picture import Open

_END = Struct("<4s4H2LH")
_CENTRAL = Struct("<4s6H3L5H2L")
_LOCAL = Struct("<4s5H3L2H")
_LONGEST_COMMENT = 0xFFFF
_STORED, _DEFLATED = 0, 8
_USUAL_FLAGS = 0b1000_0000_1110
"""4.4.4: how well it was deflated (bits 1, 2), sizes after the data (3), names in UTF-8 (11)."""
_LATER = 0b1000
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|(?:^|/)(?:\.{0,2})(?:/|$)")
_HIDDEN = re.compile(r"(?:^|/)\.|^__MACOSX/")


@dataclass(frozen=True)
class _Entry:
    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    start: int


def read(data: bytes, limits: Limits, open: Open) -> Envelope:
    """Return the files in an archive as credentials inside of it; raises ReadError, format `archive`.

    Folders, and what systems leave beside files (`__MACOSX/`, names that start with a dot), are passed over.
    """
    files = [(_name(entry.name), entry) for entry in _entries(data) if not entry.name.endswith(b"/")]
    if any(_UNSAFE.search(name) for name, _ in files):
        raise _refused("NOT_PLAIN")
    named = [(name, entry) for name, entry in files if not _HIDDEN.search(name)]
    if len({name for name, _ in named}) != len(named):
        raise _refused("AMBIGUOUS")
    if len(named) > limits.inner:
        raise _refused("TOO_MANY_INNER")
    if sum(entry.size for _, entry in named) > limits.archive_bytes:
        raise _refused("TOO_LARGE")
    inner = tuple(Inner(_pointer(name), _unpacked(data, entry)) for name, entry in named)
    passed = len(files) - len(named)
    return Envelope(
        "archive", {}, (), None, (), inner=inner, unsigned="CONTAINER", notes={"passedOver": passed} if passed else {}
    )


def _refused(code: str) -> ReadError:
    return ReadError(code, "archive")


def _name(name: bytes) -> str:
    """Return a name as text: UTF-8, which tools write whether or not they say so, else byte by byte."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("latin-1")


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _entries(data: bytes) -> Iterator[_Entry]:
    """Yield what the directory lists (4.3.12), in its order; raises ReadError if it cannot be relied on."""
    at = _end_record(data)
    _, disk, first_disk, here, count, size, start, _ = _END.unpack_from(data, at)
    if disk or first_disk or here != count or 0xFFFF in (here, count) or 0xFFFFFFFF in (size, start):
        raise _refused("NOT_PLAIN")
    if start + size != at:
        raise _refused("MALFORMED_FILE")
    taken = []
    place = start
    for _ in range(count):
        entry, place = _entry(data, place, at)
        taken.append((entry.start, _data_start(data, entry) + entry.packed))
        yield entry
    taken.sort()
    ends = [0, *(end for _, end in taken)]
    if place != at or any(begin < end for (begin, _), end in zip([*taken, (start, 0)], ends, strict=True)):
        raise _refused("MALFORMED_FILE")


def _end_record(data: bytes) -> int:
    """Return where the end record stands (4.3.16): its comment reaches to the end of the file, and there is one."""
    least = max(0, len(data) - _END.size - _LONGEST_COMMENT)
    found = []
    at = data.find(b"PK\5\6", least)
    while at >= 0:
        if at + _END.size <= len(data) and at + _END.size + _END.unpack_from(data, at)[-1] == len(data):
            found.append(at)
        at = data.find(b"PK\5\6", at + 1)
    if not found:
        raise _refused("MALFORMED_FILE")
    if len(found) > 1:
        raise _refused("AMBIGUOUS")
    return found[0]


def _entry(data: bytes, at: int, end: int) -> tuple[_Entry, int]:
    if at + _CENTRAL.size > end:
        raise _refused("MALFORMED_FILE")
    mark, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, disk, _, _, start = _CENTRAL.unpack_from(
        data, at
    )
    after = at + _CENTRAL.size + name + extra + comment
    if mark != b"PK\1\2" or after > end:
        raise _refused("MALFORMED_FILE")
    if flags & ~_USUAL_FLAGS or method not in (_STORED, _DEFLATED) or disk or 0xFFFFFFFF in (packed, size, start):
        raise _refused("NOT_PLAIN")
    named = data[at + _CENTRAL.size : at + _CENTRAL.size + name]
    return _Entry(named, flags, method, crc, packed, size, start), after


def _data_start(data: bytes, entry: _Entry) -> int:
    """Return where an entry's data starts, behind a header that says what the directory says (4.3.7)."""
    if entry.start + _LOCAL.size > len(data):
        raise _refused("MALFORMED_FILE")
    mark, _, flags, method, _, _, crc, packed, size, length, extra = _LOCAL.unpack_from(data, entry.start)
    begin = entry.start + _LOCAL.size
    end: int = begin + length
    said = crc, packed, size
    same = said == (entry.crc, entry.packed, entry.size) or (entry.flags & _LATER and said == (0, 0, 0))
    if mark != b"PK\3\4" or (flags, method) != (entry.flags, entry.method) or data[begin:end] != entry.name or not same:
        raise _refused("MALFORMED_FILE")
    return end + int(extra)


def _unpacked(data: bytes, entry: _Entry) -> bytes:
    start = _data_start(data, entry)
    packed = data[start : start + entry.packed]
    file = packed if entry.method == _STORED else inflate(packed, entry.size, "archive", raw=True)
    if len(file) != entry.size or zlib.crc32(file) != entry.crc:
        raise _refused("MALFORMED_FILE")
    return file
