"""X.509 certificates (RFC 5280, 4.1) as they come with a signature (`x5c`; RFC 7515, 4.1.6).

Read strictly and by hand, so that both verifiers read the same of every file; the tests hold it to `cryptography`.
Nothing here says that anybody trusts a certificate.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from portfolio_gen.credential import Certificate
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import der, pem
from portfolio_gen.timestamps import instant

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What would reorder or hide the text around it: shown as its bytes (RFC 4514, 2.4)."""

MOST_SERIAL = 20
"""Bytes of a serial number (RFC 5280, 4.1.2.2)."""

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_TIMES = {
    0x17: re.compile(rb"([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z"),
    0x18: re.compile(rb"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})Z"),
}
_VERSION, _UNIQUE, _EXTENSIONS = 0xA0, (0x81, 0x82), 0xA3
_V3 = bytes.fromhex("020102")
_TRUE = bytes.fromhex("0101ff")
_BASIC_CONSTRAINTS, _KEY_USAGE = "2.5.29.19", "2.5.29.15"
_SIGNS_CERTIFICATES = 0x04
_TEXTS = {0x0C: "utf-8", 0x13: "ascii", 0x16: "ascii", 0x1E: "utf-16-be"}
_NAMES = {
    "2.5.4.3": "CN",
    "2.5.4.6": "C",
    "2.5.4.7": "L",
    "2.5.4.8": "ST",
    "2.5.4.9": "STREET",
    "2.5.4.10": "O",
    "2.5.4.11": "OU",
    "2.5.4.97": "organizationIdentifier",
    "0.9.2342.19200300.100.1.1": "UID",
    "0.9.2342.19200300.100.1.25": "DC",
}
"""RFC 4514, 3, and what names an organisation under eIDAS (ETSI EN 319 412-1, 5.1.4)."""


def certificate(encoded: Any) -> Certificate:
    """Return what a certificate in base64 says; raises ProofError `MALFORMED_CERTIFICATE`."""
    if not isinstance(encoded, str) or not encoded or not _BASE64.fullmatch(encoded):
        raise ProofError("MALFORMED_CERTIFICATE")
    data = base64.b64decode(encoded)
    try:
        if base64.b64encode(data).decode() != encoded:
            raise ValueError("base64 with stray bits")
        return _certificate(data)
    except ValueError as error:
        raise ProofError("MALFORMED_CERTIFICATE") from error


def key_in(found: Certificate) -> tuple[str, bytes]:
    """Return kind and bytes of the key; raises ProofError, `MALFORMED_KEY` or `KEY_TYPE_NOT_SUPPORTED`."""
    return pem.key_in(found.key)


def _certificate(data: bytes) -> Certificate:
    (whole,) = der.values(data)
    signed, algorithm, signature = der.within(whole, der.SEQUENCE)
    parts = der.within(signed, der.SEQUENCE)
    versioned = bool(parts) and parts[0].tag == _VERSION
    if versioned and parts[0].content != _V3:
        raise ValueError("a certificate of version 1 or 3 was expected")
    serial, inner, issuer, validity, subject, key, *more = parts[versioned:]
    if len(der.positive(serial)) > MOST_SERIAL or inner.whole != algorithm.whole:
        raise ValueError("a wrong serial number, or two algorithms")
    if algorithm.tag != der.SEQUENCE or key.tag != der.SEQUENCE:
        raise ValueError("an algorithm and a key were expected")
    begins, ends = (_time(value) for value in der.within(validity, der.SEQUENCE))
    return Certificate(
        subject=_name(subject),
        issuer=_name(issuer),
        not_before=begins,
        not_after=ends,
        key=key.whole,
        signed=signed.whole,
        algorithm=algorithm.whole.hex(),
        signature=der.bits(signature),
        certifies=_certifies(_extensions(more, versioned)),
        names=(subject.whole, issuer.whole),
        digest=sha256(data).digest(),
    )


def _time(value: der.Value) -> str:
    """Return a time as a dateTimeStamp (RFC 5280, 4.1.2.5)."""
    match = _TIMES[value.tag].fullmatch(value.content) if value.tag in _TIMES else None
    if match is None:
        raise ValueError("a time in UTC was expected")
    year, month, day, hour, minute, second = (part.decode() for part in match.groups())
    if len(year) == 2:
        year = ("20" if year < "50" else "19") + year
    written = f"{year}-{month}-{day}T{hour}:{minute}:{second}Z"
    instant(written)
    return written


def _extensions(more: list[der.Value], versioned: bool) -> dict[str, bytes]:
    """Return the extensions by name; each stands there once (RFC 5280, 4.2)."""
    while more and more[0].tag in _UNIQUE:
        more = more[1:]
    if not more:
        return {}
    if len(more) > 1 or not versioned:
        raise ValueError("something behind the certificate's parts")
    (listed,) = der.within(more[0], _EXTENSIONS)
    found: dict[str, bytes] = {}
    for extension in der.within(listed, der.SEQUENCE, least=1):
        name, *critical, value = der.within(extension, der.SEQUENCE, least=2)
        if len(critical) > 1 or any(one.whole != _TRUE for one in critical) or value.tag != der.OCTET_STRING:
            raise ValueError("an extension in another form")
        if der.name_of(name) in found:
            raise ValueError("an extension twice")
        found[der.name_of(name)] = value.content
    return found


def _certifies(extensions: dict[str, bytes]) -> bool:
    """Return whether the certificate may be used to issue others (RFC 5280, 4.2.1.3 and 4.2.1.9)."""
    constraints = der.values(extensions.get(_BASIC_CONSTRAINTS, b""))
    first = der.within(constraints[0], der.SEQUENCE)[:1] if len(constraints) == 1 else []
    usage = der.values(extensions.get(_KEY_USAGE, b""))
    may = not usage or (usage[0].tag == der.BIT_STRING and bool(usage[0].content[1:2]) and _signs(usage[0].content[1]))
    return may and any(value.whole == _TRUE for value in first)


def _signs(usage: int) -> bool:
    return bool(usage & _SIGNS_CERTIFICATES)


def _name(value: der.Value) -> str:
    """Return a distinguished name as RFC 4514 writes it: the last part first, and nothing in it to take for another."""
    parts = [
        "+".join(_attribute(one) for one in der.within(part, der.SET, least=1))
        for part in der.within(value, der.SEQUENCE)
    ]
    return ",".join(reversed(parts))


def _attribute(value: der.Value) -> str:
    name, text = der.within(value, der.SEQUENCE)
    dotted = der.name_of(name)
    coding = _TEXTS.get(text.tag)
    shown = "".join(_escaped(text.content.decode(coding))) if coding else "#" + text.whole.hex()
    return f"{_NAMES.get(dotted, dotted)}={shown}"


def _escaped(text: str) -> Iterator[str]:
    """Yield the characters with those escaped that mean something in a name (RFC 4514, 2.4)."""
    for index, character in enumerate(text):
        ends = index in (0, len(text) - 1)
        if _HIDDEN.match(character):
            yield "".join(f"\\{byte:02x}" for byte in character.encode())
        elif character in '"+,;<>\\' or (character == " " and ends) or (character == "#" and index == 0):
            yield "\\" + character
        else:
            yield character
