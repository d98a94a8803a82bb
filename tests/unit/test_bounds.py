"""Files made to use up a reader are refused in under a second and 100 MB."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from portfolio_gen.limits import LIMITS

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "vectors"))
from families.packing import File, archive, chunk, png  # noqa: E402

NOW = "2026-06-01T12:00:00Z"
ASK = """
import resource, sys, time
from portfolio_gen.verifier import verify
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
code = verify(data, now=sys.argv[2]).checks["readable"].code
seconds = time.perf_counter() - started
print(code, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def gigabyte(window: int) -> bytes:
    """A gigabyte of spaces, as DEFLATE of about a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    part = b" " * 10_000_000
    return b"".join([*(packer.compress(part) for _ in range(100)), packer.flush()])


def text_chunk() -> bytes:
    return png(chunk(b"zTXt", b"openbadges\0\0" + gigabyte(zlib.MAX_WBITS)))


def entities() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))
    return f'<!DOCTYPE svg [<!ENTITY l0 "lol">{levels}]><svg>&l19;</svg>'.encode()


def zip_bomb() -> bytes:
    packed = gigabyte(-zlib.MAX_WBITS)
    return archive([File(b"bomb.json", b"", 8, size=1000, packed=packed)])


def zip_bomb_that_says_so() -> bytes:
    return archive([File(b"bomb.json", b"", 8, size=1_000_000_000, packed=gigabyte(-zlib.MAX_WBITS))])


def token() -> bytes:
    return b"eyJhbGciOiJFUzI1NiJ9." + b"A" * 50_000_000 + b".AAAA"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (text_chunk, "TOO_LARGE"),
        (entities, "NOT_PLAIN"),
        (zip_bomb, "TOO_LARGE"),
        (zip_bomb_that_says_so, "TOO_LARGE"),
        (token, "TOO_LARGE"),
    ],
)
def test_bombs(make: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    data = make()
    assert make is token or len(data) < LIMITS.file_bytes
    file.write_bytes(data)
    done = subprocess.run([sys.executable, "-c", ASK, str(file), NOW], capture_output=True, text=True, check=True)
    found, seconds, megabytes = done.stdout.split()
    assert found == code
    assert float(seconds) < 1
    assert float(megabytes) < 100
