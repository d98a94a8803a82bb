"""Status List Tokens (Token Status List, 5.1): lists of bits that are JWTs of their own kind, and no credentials."""

from __future__ import annotations

from dataclasses import replace

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers import jose, jwt
from portfolio_gen.readers.recognise import WHITE_SPACE, is_compact
from portfolio_gen.report import IssuerIdentity
from portfolio_gen.values import media_name

FORMAT = "statuslist+jwt"


def read(data: bytes, issuer: str, limits: Limits) -> Envelope:
    """Return the opened token, by whom it names in `iss`, or by `issuer` where it names nobody; raises ReadError."""
    text = data.strip(WHITE_SPACE).decode("latin-1")
    if not is_compact(text, limits):
        raise ReadError("NOT_A_CREDENTIAL", "unknown")
    token = jose.compact(text, limits)
    if media_name(token.header.get("typ")) != FORMAT:
        raise ReadError("NOT_A_CREDENTIAL", "unknown")
    claims = jose.payload_of(token, FORMAT, limits)
    signer = issuer if claims.get("iss") is None else claims["iss"]
    if not isinstance(signer, str):
        raise ReadError("MALFORMED_CREDENTIAL", FORMAT, {"members": ["/iss"]})
    starts, ends = jwt.claimed_dates(claims)
    # That it is a list, and no credential, was asked here: the proof is one of any statement of the issuer's.
    header = {name: value for name, value in token.header.items() if name != "typ"}
    proof = replace(token, header=header).proof(signer)
    return Envelope(FORMAT, claims, (proof,), IssuerIdentity(signer, None), (), starts, ends)
