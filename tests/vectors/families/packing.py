"""PNG chunks, DEFLATE streams and ZIP archives, right and wrong, byte for byte the same on every machine."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from struct import pack

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes, crc: int | None = None) -> bytes:
    checked = kind + data
    return pack(">L", len(data)) + checked + pack(">L", zlib.crc32(checked) if crc is None else crc)


HEADER = chunk(b"IHDR", bytes.fromhex("00000001000000010800000000"))
PIXELS = chunk(b"IDAT", bytes.fromhex("7801010200fdff000000020001"))
END = chunk(b"IEND", b"")


def png(*extra: bytes) -> bytes:
    """A picture of one grey pixel with more chunks."""
    return PNG + HEADER + b"".join(extra) + PIXELS + END


def itxt(text: bytes, keyword: bytes = b"openbadgecredential", flags: bytes = b"\0\0", named: bytes = b"\0\0") -> bytes:
    return chunk(b"iTXt", keyword + b"\0" + flags + named + text)


def deflate(data: bytes) -> bytes:
    """`data` in one stored block (RFC 1951, 3.2.4): no two versions of zlib compress alike."""
    return b"\1" + pack("<HH", len(data), 0xFFFF - len(data)) + data


def spaces(times: int) -> bytes:
    """DEFLATE of 1 + 258 × `times` spaces: a literal, then that often "258 bytes from one back" (RFC 1951, 3.2.6)."""
    bits = "1" + "10" + "01010000" + ("11000101" + "00000") * times + "0000000"
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8][::-1], 2) for at in range(0, len(bits), 8))


def zlib_frame(stream: bytes, data: bytes) -> bytes:
    return b"\x78\x01" + stream + pack(">L", zlib.adler32(data))


@dataclass(frozen=True)
class File:
    """One file of an archive. What is given beside name and data replaces what would be right."""

    name: bytes
    data: bytes
    method: int = 0
    flags: int = 0x800
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    local_name: bytes | None = None
    local: tuple[int, int, int] | None = None
    """CRC and sizes before the data, where they differ from the directory's."""
    later: bytes = b""
    """A data descriptor."""
    start: int | None = None


def archive(
    files: Iterable[File], comment: bytes = b"", gap: bytes = b"", count: int | None = None, disk: int = 0
) -> bytes:
    body, directory, number = b"", b"", 0
    for file in files:
        packed = file.packed if file.packed is not None else deflate(file.data) if file.method == 8 else file.data
        crc = zlib.crc32(file.data) if file.crc is None else file.crc
        size = len(file.data) if file.size is None else file.size
        told = crc, len(packed), size
        said = told if file.local is None else file.local
        name = file.name if file.local_name is None else file.local_name
        start = len(body) if file.start is None else file.start
        body += b"PK\3\4" + pack("<5H3L2H", 20, file.flags, file.method, 0, 0x21, *said, len(name), 0) + name
        body += packed + file.later
        directory += b"PK\1\2" + pack(
            "<6H3L5H2L", 20, 20, file.flags, file.method, 0, 0x21, *told, len(file.name), 0, 0, 0, 0, 0, start
        )
        directory += file.name
        number += 1
    number = number if count is None else count
    end = pack("<4H2LH", disk, 0, number, number, len(directory), len(body), len(comment))
    return body + directory + gap + b"PK\5\6" + end + comment
