"""QR codes (ISO/IEC 18004) as SVG files: one path, dark on white, with the four light modules around it (9.1)."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Any

import zxingcpp


def svg(content: str | bytes, level: str) -> bytes:
    """Return a code for a text or bytes in the smallest version that holds them, at an error correction level."""
    # Bytes are bytes: the designator by which zint would say so costs two of those that a version holds.
    as_they_are = {"eci": "Unknown"} if isinstance(content, bytes) else {}
    made = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level=level, **as_they_are)
    rows = _rows(made)
    size = len(rows)
    path = "".join(_runs(row, y) for y, row in enumerate(rows))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
    return f'{head}<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" d="{path}"/></svg>\n'.encode()


def _rows(made: zxingcpp.Barcode) -> list[bytes]:
    """Return the modules row by row, a byte each, 0 for a dark one; the quiet zone is among them."""
    made_of: Any = zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=True)
    picture = memoryview(made_of)
    data, width = picture.tobytes(), math.isqrt(picture.nbytes)
    return [data[at : at + width] for at in range(0, len(data), width)]


def _runs(row: bytes, y: int) -> str:
    """Return one row's dark modules as strokes: moves over the light ones are relative."""
    found, gap, started = "", 0, False
    for value, of in groupby(row):
        length = len(list(of))
        if value:
            gap += length
        else:
            found += f"m{gap} 0h{length}" if started else f"M{gap} {y}.5h{length}"
            gap, started = 0, True
    return found
