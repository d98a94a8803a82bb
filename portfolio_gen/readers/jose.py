"""JSON Web Signatures as they stand in a file (RFC 7515, 3): taken apart, with the method that the header names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen import base64url
from portfolio_gen.credential import Dated, Jws, Proof
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.numeric_date import stamp
from portfolio_gen.readers.recognise import TOKEN_TYPES, format_of_unreadable
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.values import media_name

_ABSOLUTE = ("did:", "https://", "http://")


@dataclass(frozen=True)
class Token:
    """A JWS before anybody knows its issuer: `data` is the payload's bytes, None for what is not base64url."""

    header: Mapping[str, Any]
    data: bytes | None
    signing_input: bytes
    signature: bytes

    def proof(self, issuer: str, pointer: str = "") -> Proof:
        """Return the JWS as the proof of a document by `issuer`."""
        suite = self.header.get("alg")
        method = method_of(self.header, issuer)
        jws = Jws(self.header, self.signing_input, self.signature, method, _times(self.header, pointer))
        return Proof(suite if isinstance(suite, str) else "?", {}, pointer, jws)


def _times(header: Mapping[str, Any], pointer: str) -> tuple[Dated, ...]:
    """Return when a header says that it was signed, by JAdES: `sigT`, or what newer ones have, `iat` (5.1.11, 5.2.1).

    A `iat` that is no number is some other member of that name: only JAdES says what it means in a header.
    """
    if header.get("sigT") is not None:
        return ((f"{pointer}/protected/sigT", header["sigT"]),)
    at = header.get("iat")
    if not isinstance(at, int | float) or isinstance(at, bool):
        return ()
    return ((f"{pointer}/protected/iat", stamp(at)),)


def compact(text: str, limits: Limits) -> Token:
    """Take a text apart that `recognise` knows for a compact JWS."""
    encoded, payload, signature = text.split(".")
    header = read_json(base64url.decode(encoded), limits)
    raw = header.get("b64", True) is not True
    data = payload.encode() if raw else decoded(payload)
    return Token(header, data, f"{encoded}.{payload}".encode(), decoded(signature) or b"")


def decoded(text: str) -> bytes | None:
    """Return the bytes of exact base64url, None for anything else."""
    try:
        return base64url.decode(text)
    except ValueError:
        return None


def payload_of(token: Token, format: str, limits: Limits) -> dict[str, Any]:
    """Return the JSON object that was signed (docs/verification.md, JSON Web Signatures, 2); raises ReadError."""
    try:
        value = read_json(b"" if token.data is None else token.data, limits)
        if not isinstance(value, dict):
            raise JsonError("MALFORMED_JSON")
    except JsonError as error:
        known = format_of_unreadable(token.data or b"") != "unknown" or _named(token.header)
        stands = known or error.code in ("TOO_DEEP", "NUMBER_OUT_OF_RANGE")
        raise ReadError(error.code if stands else "NOT_A_CREDENTIAL", format if known else "unknown") from error
    return value


def _named(header: Mapping[str, Any]) -> bool:
    """Return whether the header says that this is a credential or a presentation."""
    return media_name(header.get("typ")) in TOKEN_TYPES


def method_of(header: Mapping[str, Any], issuer: str) -> str | None:
    """Return the verification method that a header names, with the issuer where it is relative; None for none."""
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        return _own_method(issuer)
    if kid.startswith(_ABSOLUTE):
        return kid if "#" in kid else _own_method(kid) or kid
    return f"{issuer}#{kid.removeprefix('#')}" if issuer else None


def _own_method(identifier: str) -> str | None:
    """Return the one verification method of an identifier that is a key."""
    if "#" in identifier:
        return None
    if identifier.startswith("did:key:"):
        return f"{identifier}#{identifier.removeprefix('did:key:')}"
    return f"{identifier}#0" if identifier.startswith("did:jwk:") else None
