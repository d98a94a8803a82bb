"""SVG pictures with a badge baked in (Open Badges 3.0, 5.3.2; Open Badges 2.0, Baking).

Nothing but elements, text and the five entities of XML itself: a document type may name SVG's, which is not loaded.
"""

from __future__ import annotations

import re

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.link import address
from portfolio_gen.readers.picture import Open, unbake

NAMESPACES = ("https://purl.imsglobal.org/ob/v3p0", "http://openbadges.org", "https://openbadges.org")
_NAMES = ("credential", "assertion")
_SPACE = "\t\n\x0c\r "
_DECLARATION = re.compile(
    r"""<\?xml[ \t\r\n]+version=(?:"1\.0"|'1\.0')(?:[ \t\r\n]+encoding=(?:"utf-8"|'utf-8'))?"""
    r"""(?:[ \t\r\n]+standalone=(?:"yes"|'yes'|"no"|'no'))?[ \t\r\n]*\?>""",
    re.IGNORECASE | re.ASCII,
)
_DOCTYPE = re.compile(
    r"""<!DOCTYPE[ \t\r\n]+svg(?:[ \t\r\n]+(?:PUBLIC[ \t\r\n]+"[^"<>\[]*"|SYSTEM)[ \t\r\n]+"[^"<>\[]*")?[ \t\r\n]*>"""
)
_UNUSUAL = re.compile(r"<!(?:DOCTYPE|ENTITY)")


def read(data: bytes, limits: Limits, open: Open) -> Envelope:
    """Return the credential in the picture; raises ReadError, format `svg`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError("NOT_UTF8", "svg") from error
    if text.startswith("<?xml"):
        declaration = _DECLARATION.match(text)
        if declaration is None:
            raise ReadError("NOT_PLAIN", "svg")
        text = text[declaration.end() :]
    text = _DOCTYPE.sub("", text, count=1)
    if _UNUSUAL.search(text):
        raise ReadError("NOT_PLAIN", "svg")
    return unbake("svg", _payloads(text.strip(_SPACE)), {}, open)


def _payloads(text: str) -> list[bytes]:
    """Return what the elements for a badge hold; raises ReadError `MALFORMED_FILE` for what is not well-formed."""
    from xml.parsers import expat

    badges = _Badges()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = badges.start
    parser.EndElementHandler = badges.end
    parser.CharacterDataHandler = badges.text
    parser.ProcessingInstructionHandler = lambda target, _: _check_names(target)
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise ReadError("MALFORMED_FILE", "svg") from error
    return badges.payloads


def _check_names(*names: str) -> None:
    """Raise ReadError for a name beyond ASCII: the editions of XML 1.0 do not agree on these."""
    if not all(name.isascii() for name in names):
        raise ReadError("MALFORMED_FILE", "svg")


class _Badges:
    """Hears the parser, and keeps what stands in the elements for a badge."""

    def __init__(self) -> None:
        self.payloads: list[bytes] = []
        self._prefixes = {"openbadges"}
        self._verify = ""
        self._parts: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        _check_names(name, *attributes)
        if self._parts is not None:
            raise ReadError("MALFORMED_FILE", "svg")
        for key, value in attributes.items():
            if (key == "xmlns" or key.startswith("xmlns:")) and value in NAMESPACES:
                self._prefixes.add(key.partition(":")[2])
        prefix, _, local = name.rpartition(":")
        if local in _NAMES and prefix in self._prefixes:
            self._parts, self._verify = [], attributes.get("verify", "").strip(_SPACE)

    def text(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(data)

    def end(self, name: str) -> None:
        """A hosted badge names its address beside the copy of it; anything else beside a text is a second payload."""
        if self._parts is None:
            return
        text, verify = "".join(self._parts).strip(_SPACE), self._verify
        self._parts = None
        held = [text] if address(verify.encode()) and text else [verify, text] if verify and text else [verify or text]
        self.payloads += [item.encode() for item in held]
