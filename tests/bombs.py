"""Files made to use up a reader, the code with which each is refused, and a way to measure what that takes."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from struct import pack

sys.path.append(str(Path(__file__).resolve().parent / "vectors"))
from families.packing import HEADER, PNG, File, archive, chunk, itxt, png

GIGABYTE = 1_000_000_000
BETWEEN = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, done.stdout.decode(), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def measured(*line: str | Path) -> tuple[int, str, float, float]:
    """Run a program; return its exit code, what it printed, the processor's seconds and the most megabytes it took.

    A program's "most memory" starts with that of the process that started it, and pytest's is large: a small process
    stands between them, also for programs that measure themselves.
    """
    done = subprocess.run([sys.executable, "-c", BETWEEN, *line], stdout=subprocess.PIPE, check=True)
    code, said, seconds, megabytes = json.loads(done.stdout)
    return code, said, seconds, megabytes


@cache
def gigabyte(window: int) -> bytes:
    """A gigabyte of spaces, as DEFLATE of about a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    part = b" " * (GIGABYTE // 100)
    return b"".join([*(packer.compress(part) for _ in range(100)), packer.flush()])


def text_chunk() -> bytes:
    return png(chunk(b"zTXt", b"openbadges\0\0" + gigabyte(zlib.MAX_WBITS)))


def international_text_chunk() -> bytes:
    return png(itxt(gigabyte(zlib.MAX_WBITS), flags=b"\1\0"))


def chunk_that_claims_a_gigabyte() -> bytes:
    """The start of a picture whose text takes a gigabyte, uncompressed. By itself it breaks off there."""
    return PNG + HEADER + pack(">L", GIGABYTE) + b"iTXtopenbadgecredential\0\0\0\0\0" + b'{"type"'


def entities() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    return f'<!DOCTYPE svg [<!ENTITY l0 "lol">{levels}]><svg>&l19;</svg>'.encode()


def zip_bomb() -> bytes:
    packed = gigabyte(-zlib.MAX_WBITS)
    return archive([File(b"bomb.json", b"", 8, size=1000, packed=packed)])


def zip_bomb_that_says_so() -> bytes:
    return archive([File(b"bomb.json", b"", 8, size=GIGABYTE, packed=gigabyte(-zlib.MAX_WBITS))])


def token() -> bytes:
    return b"eyJhbGciOiJFUzI1NiJ9." + b"A" * 50_000_000 + b".AAAA"


BOMBS: list[tuple[Callable[[], bytes], str]] = [
    (text_chunk, "TOO_LARGE"),
    (international_text_chunk, "TOO_LARGE"),
    (chunk_that_claims_a_gigabyte, "MALFORMED_FILE"),
    (entities, "NOT_PLAIN"),
    (zip_bomb, "TOO_LARGE"),
    (zip_bomb_that_says_so, "TOO_LARGE"),
    (token, "TOO_LARGE"),
]
