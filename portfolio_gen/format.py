"""How a signed value is shown: text, and where a link may lead. `browser/src/format.ts` is the same.

The page script formats the verified value again and compares it with what the page shows, so
whatever this module does to a value, the other does to the last character.
"""

from __future__ import annotations

import base64
import re
from urllib.parse import unquote_to_bytes

import rfc8785

from portfolio_gen.report import Fact
from portfolio_gen.vocabulary import locale, message

PICTURE_TYPES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
"""The pictures that a site publishes as files, with the extension of each."""

_SPACE = re.compile(r"[ \t\n\f\r]+")
_SPACE_IN_LINE = re.compile(r"[ \t\f]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_BREAKS = re.compile(r"\n{3,}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]")
"""Besides what has no shape: embeddings, overrides and isolates, which would reorder the text around them."""
_MARKS = re.compile("[\u061c\u200e\u200f]")
"""Directional marks, which honest Arabic and Hebrew holds. A page finds the direction of each fact by itself."""
_DOUBLE_QUOTES = re.compile('["\u00ab\u00bb\u201c-\u201f\u2033\u2036\u275d\u275e\u300a-\u300f\u301d-\u301f\uff02]')
_DAY = re.compile(r"([0-9]{4,9})-([0-9]{2})-([0-9]{2})T")
_WEB = re.compile(
    r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?([/?#][!#$%&'()*+,./:;=?@A-Z_a-z~\[\]0-9-]*)?"
)
_MAIL = re.compile(r"mailto:[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_DATA = re.compile(r"data:(image/[a-z0-9.+-]+)((?:;[^;,]*)*),(.*)", re.IGNORECASE | re.ASCII | re.DOTALL)


def shown(fact: Fact) -> str:
    """Return the text by which a fact is shown. Line breaks are kept where they may mean something."""
    if not isinstance(fact.value, str):
        return locale().number(rfc8785.dumps(fact.value).decode())
    if fact.kind != "date" and fact.value.isprintable():  # No control and no break: most texts.
        return collapsed(fact.value)
    text = _harmless(fact.value.replace("\r\n", "\n").replace("\r", "\n"))
    if fact.kind == "markdown":
        return _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", _SPACE_IN_LINE.sub(" ", text))).strip(" \n")
    return collapsed(_date(text) if fact.kind == "date" else text)


def line(text: str) -> str:
    """Return a signed text that is no fact of its own, such as the issuer's name in a title, as `shown` would."""
    return collapsed(_harmless(text))


def quoted(text: str) -> str:
    """Return text to stand between the double quotation marks of a sentence, with no mark in it that could close them.

    A page isolates it as well; terminals know no isolates.
    """
    return _DOUBLE_QUOTES.sub("'", line(text))


def collapsed(text: str) -> str:
    """Return text as a browser lays it out: runs of ASCII white space are one space, none at the ends."""
    return (_SPACE.sub(" ", text) if "  " in text or not text.isprintable() else text).strip(" ")


def href(fact: Fact) -> str | None:
    """Return where a fact may link to, or None.

    Only an address whose host reads as what it is: ASCII, no user name before it, no spaces (DESIGN rule 11).
    """
    if fact.kind not in ("link", "image") or not isinstance(fact.value, str):
        return None
    return fact.value if _WEB.fullmatch(fact.value) or _MAIL.fullmatch(fact.value) else None


def picture(fact: Fact) -> tuple[str, bytes] | None:
    """Return the extension and the bytes of a picture that a fact holds in itself (RFC 2397), or None."""
    found = _DATA.fullmatch(fact.value) if fact.kind == "image" and isinstance(fact.value, str) else None
    extension = PICTURE_TYPES.get(found[1].lower()) if found else None
    if not found or not extension:
        return None
    if not found[2].lower().endswith(";base64"):
        return extension, unquote_to_bytes(found[3])
    return (extension, base64.b64decode(found[3])) if _BASE64.fullmatch(found[3]) else None


def _harmless(text: str) -> str:
    return _MARKS.sub("", _CONTROL.sub("\ufffd", text))


def _date(text: str) -> str:
    """Return "14 March 2026" in the language spoken, from the date part as written: no zone moves it to another day."""
    found = _DAY.match(text)
    if not found or not 1 <= int(found[2]) <= 12:
        return text
    return message("live.date", day=int(found[3]), month=message(f"live.month.{int(found[2])}"), year=found[1])
