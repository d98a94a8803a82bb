"""The pictures that credentials hold in themselves, as files of the site.

An SVG file is also a document that a visitor could open by its address, on the owner's own
origin. One that holds more than a drawing is therefore not published; the page shows a seal instead.
"""

from __future__ import annotations

import hashlib
import re
from xml.etree import ElementTree

from portfolio_gen import format
from portfolio_gen.report import Fact

_DECLARATIONS = re.compile(rb"<!|<\?(?!xml\s)|encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_COMMENTS = re.compile(rb"<!--.*?-->", re.DOTALL)
_DRAWING = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "metadata",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "use",
        "symbol",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "marker",
        "filter",
        "feGaussianBlur",
        "feOffset",
        "feBlend",
        "feColorMatrix",
        "feComposite",
        "feFlood",
        "feMerge",
        "feMergeNode",
        "feDropShadow",
        "feTurbulence",
        "feDisplacementMap",
    ]
)


_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"<svg", "svg"),
    (b"<?xml", "svg"),
)


def linked(data: bytes) -> tuple[str, bytes] | None:
    """Return address and bytes of a picture that stood at an address; None for what is none, or is not published."""
    start = data.lstrip()[:12]
    extension = next((name for beginning, name in _BEGINNINGS if start.startswith(beginning)), "")
    if start.startswith(b"RIFF") and start.endswith(b"WEBP"):
        extension = "webp"
    return _file(extension, data) if extension else None


def published(fact: Fact) -> tuple[str, bytes] | None:
    """Return a picture's address in the site and its bytes; None if the fact holds no picture that is published."""
    found = format.picture(fact)
    return _file(*found) if found else None


def _file(extension: str, data: bytes) -> tuple[str, bytes] | None:
    if extension == "svg" and not _only_draws(data):
        return None
    return f"pictures/{hashlib.sha256(data).hexdigest()[:16]}.{extension}", data


def _only_draws(svg: bytes) -> bool:
    """Tell whether an SVG has no script, no handler, no style sheet, no entity and no address outside itself."""
    if _DECLARATIONS.search(_COMMENTS.sub(b"", svg)):
        return False
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - no DOCTYPE, hence no entities: refused above
    except (ElementTree.ParseError, ValueError, LookupError):
        return False
    return all(_draws(element) for element in root.iter())


def _draws(element: ElementTree.Element) -> bool:
    namespace, _, name = str(element.tag).rpartition("}")
    if name not in _DRAWING or namespace not in ("{http://www.w3.org/2000/svg", ""):
        return False
    return all(_harmless(name.rpartition("}")[2].lower(), value) for name, value in element.attrib.items())


def _harmless(name: str, value: str) -> bool:
    if name.startswith("on"):
        return False
    return value.startswith("#") if name == "href" else "url(" not in value.replace("url(#", "")
