"""RDF terms as canonical N-Quads (RDFC-1.0, 5): what is hashed, so every character counts."""

from __future__ import annotations

import re
from typing import Any

from portfolio_gen.errors import ProofError

XSD = "http://www.w3.org/2001/XMLSchema#"

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(character): f"\\{letter}" for character, letter in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)
}


def iri(value: Any) -> str:
    """Return an absolute IRI as a term; raises ProofError `UNUSUAL_SPELLING` for what could not be read back."""
    if not isinstance(value, str) or not _IRI.fullmatch(value):
        raise ProofError("UNUSUAL_SPELLING")
    return f"<{value}>"


def literal(text: str, datatype: str = "", language: str = "") -> str:
    """Return a literal as a term; `datatype` is an IRI, "" for a string, and is not used with a language."""
    quoted = f'"{text.translate(_ESCAPES)}"'
    if language:
        return f"{quoted}@{language}"
    return quoted if datatype in ("", f"{XSD}string") else f"{quoted}^^{iri(datatype)}"


def double(value: float) -> str:
    """Return a number as the canonical xsd:double of JSON-LD 1.1 API, 8.2: 16 significant digits, `1.5E0`."""
    mantissa, exponent = f"{value:.15E}".split("E")
    digits = mantissa.rstrip("0")
    return f"{digits}0E{int(exponent)}" if digits.endswith(".") else f"{digits}E{int(exponent)}"
