"""A credential's file in a QR code: what goes in comes out, and no more than the limit."""

from __future__ import annotations

import io
import random
import re
import zlib

import pytest
import resvg_py
import zxingcpp
from PIL import Image

from portfolio_gen import carried, qr
from portfolio_gen.inflate import InflateError
from portfolio_gen.limits import LIMITS
from portfolio_gen.pages import fitting

NOISE = random.Random(7).randbytes(2_000)


def read(svg: bytes) -> list[bytes]:
    png = resvg_py.svg_to_bytes(svg_string=svg.decode(), width=900, height=900)
    return [found.bytes for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(bytes(png))).convert("RGB"))]


@pytest.mark.parametrize("data", [b"", b"{}", b'{"a": "\xc3\xa9"}', bytes(range(256)), NOISE[:1_200]])
def test_a_file_comes_out_of_the_code_as_it_went_in(data: bytes) -> None:
    packed = carried.pack(data)
    assert packed is not None
    (held,) = read(qr.svg(packed, "L"))
    assert carried.unpack(held) == data


def test_what_fills_a_code_of_version_25_fits_and_one_byte_more_does_not() -> None:
    size = next(n for n in range(1_300, 0, -1) if len(zlib.compress(NOISE[:n], 9)) == carried.MOST)
    packed = carried.pack(NOISE[:size])
    assert packed is not None
    assert re.search(rb'viewBox="0 0 125 125"', qr.svg(packed, "L"))
    assert read(qr.svg(packed, "L")) == [packed]
    assert carried.pack(NOISE[: size + 1]) is None


def test_what_unpacks_to_more_than_the_limit_is_neither_made_nor_read() -> None:
    most = bytes(LIMITS.carried_bytes)
    assert carried.unpack(carried.pack(most) or b"") == most
    assert carried.pack(most + b"x") is None
    with pytest.raises(InflateError, match="TOO_LARGE"):
        carried.unpack(zlib.compress(most + b"x", 9))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"https://ada.example/",
        b"ey.ey.x",
        zlib.compress(b"{}", 9)[:-1],
        zlib.compress(b"{}", 9) + b"x",
        zlib.compress(b"{}", 1),
        zlib.compress(b"{}", 9)[:-1] + b"\0",
    ],
)
def test_what_is_no_packed_file_is_refused(data: bytes) -> None:
    with pytest.raises(InflateError, match="MALFORMED_FILE"):
        carried.unpack(data)


def test_a_code_is_the_same_each_time_and_holds_nothing_else() -> None:
    svg = qr.svg("https://ada.example/work/credentials/x/", "M")
    assert svg == qr.svg("https://ada.example/work/credentials/x/", "M")
    assert read(svg) == [b"https://ada.example/work/credentials/x/"]
    assert not re.search(rb"style|script|href", svg)


def test_the_more_there_is_the_smaller_the_type_and_too_much_is_said() -> None:
    sizes = [size for size, *_ in fitting.FACTS]
    found = [
        fitting.fit("Welding", "Nordlicht", [[("Result", "Module"), ("Achieved", "9 of 10")]] * n, 2)
        for n in range(400)
    ]
    order = [sizes.index(one.facts) for one in found]
    assert order == sorted(order)
    assert set(order) == set(range(len(sizes)))
    assert [one.whole for one in found] == sorted((one.whole for one in found), reverse=True)
    assert (found[0].whole, found[-1].whole) == (True, False)


def test_a_long_name_takes_smaller_type() -> None:
    assert fitting.fit("Welding", "N", [], 0).title == "l"
    assert fitting.fit("Welding " * 20, "N", [], 0).title != "l"
    assert not fitting.fit("Welding " * 2_000, "N", [], 0).whole
    assert not fitting.fit("Welding", "N" * 20_000, [], 0).whole
    assert fitting.width("证书") == 2 * fitting.width("ab")
