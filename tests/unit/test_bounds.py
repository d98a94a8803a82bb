"""Files made to use up a reader are refused in under a second and 100 MB."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bombs import BOMBS, GIGABYTE, chunk_that_claims_a_gigabyte, measured, token

from portfolio_gen.limits import LIMITS

NOW = "2026-06-01T12:00:00Z"
COMMAND = Path(sys.executable).with_name("portfolio-gen")
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


@pytest.mark.parametrize(("make", "code"), BOMBS)
def test_bombs(make: Callable[[], bytes], code: str, tmp_path: Path) -> None:
    file = tmp_path / "bomb"
    data = make()
    assert make is token or len(data) < LIMITS.file_bytes
    file.write_bytes(data)
    exit_code, said, _, _ = measured(sys.executable, "-c", ASK, file, NOW)
    assert exit_code == 0
    found, seconds, megabytes = said.split()
    assert found == code
    assert float(seconds) < 1
    assert float(megabytes) < 100


def command(file: Path, code: int) -> tuple[str, float, float]:
    """What `verify FILE` says of the file; the processor's seconds and the most megabytes that the command took."""
    exit_code, said, seconds, megabytes = measured(COMMAND, "verify", "--json", "--now", NOW, file)
    assert exit_code == code
    [report] = json.loads(said)["reports"]
    return report["checks"]["readable"]["code"], seconds, megabytes


@pytest.mark.parametrize(
    ("make", "size"), [(chunk_that_claims_a_gigabyte, GIGABYTE), (token, 0)], ids=["picture", "token"]
)
def test_on_the_command_line(make: Callable[[], bytes], size: int, tmp_path: Path) -> None:
    """A picture whose text takes a gigabyte and is not compressed, as a sparse file; and a token of 50 MB.

    The command starts up like any other, which is what a small file takes. The processor's time is measured: the
    command has to wait for the disk of a busy machine, and for its turn.
    """
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(chunk_that_claims_a_gigabyte())
    large.write_bytes(make())
    os.truncate(large, size + large.stat().st_size)
    damaged, usual, _ = command(small, 1)
    refused, seconds, megabytes = command(large, 3)
    assert (damaged, refused) == ("MALFORMED_FILE", "TOO_LARGE")
    assert seconds - usual < 1
    assert megabytes < 100
