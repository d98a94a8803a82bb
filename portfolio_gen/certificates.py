"""Certificates that came with a signature: whom they name, and whether each was issued with the next (RFC 5280, 6).

docs/verification.md, Certificates. That a chain holds says who is named in it. Whether anybody trusts its end is not
known here, so that a signer is never more than `unknown` by a certificate.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

from portfolio_gen import keys
from portfolio_gen.credential import Certificate, Dated, Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import der
from portfolio_gen.proofs.signatures import COORDINATE, verifies
from portfolio_gen.timestamps import instant

_ECDSA = ("p256-pub", "p384-pub", "secp256k1-pub")
ALGORITHMS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "300d06092a864886f70d01010b0500": (("rsa-pub",), "sha256"),
    "300d06092a864886f70d01010c0500": (("rsa-pub",), "sha384"),
    "300d06092a864886f70d01010d0500": (("rsa-pub",), "sha512"),
    "300a06082a8648ce3d040302": (_ECDSA, "sha256"),
    "300a06082a8648ce3d040303": (_ECDSA, "sha384"),
    "300a06082a8648ce3d040304": (_ECDSA, "sha512"),
    "300506032b6570": (("ed25519-pub",), ""),
}
"""AlgorithmIdentifiers of RFC 4055, 5, RFC 5758, 3.2, and RFC 8410, 3: kinds of key, and hash."""


Answer = tuple[str, dict[str, Any]]

_BROKEN, _UNORDERED = "CERTIFICATE_CHAIN_BROKEN", "CERTIFICATE_CHAIN_UNORDERED"


def signer(signed: Iterable[tuple[Proof, Key]], starts: Iterable[Dated], now: int) -> Answer:
    """Return the code of `signer` and its detail by the certificates of these keys: the first that do not hold, else
    the first.

    When each proof was made, its header says, else the payload's `iat` among `starts`; else it is asked for `now`, in
    nanoseconds.
    """
    issued = [one for one in starts if one[0] == "/iat"]
    answers = [
        _answer(key.certificates, _first_moment((*(proof.jws.times if proof.jws else ()), *issued), now))
        for proof, key in signed
        if key.certificates
    ]
    return next((answer for answer in answers if answer[0] == _BROKEN), answers[0])


def _first_moment(dates: Iterable[Dated], otherwise: int) -> int:
    for _, value in dates:
        try:
            return instant(value)
        except (ValueError, TypeError):
            continue
    return otherwise


def _answer(chain: tuple[Certificate | None, ...], at: int) -> Answer:
    own = chain[0]
    assert own is not None, "keys.certified reads the first certificate"  # noqa: S101
    links = [_link(lower, upper) for lower, upper in itertools.pairwise(chain)]
    detail = {
        "subject": own.subject,
        "issuer": own.issuer,
        "notBefore": own.not_before,
        "notAfter": own.not_after,
        "chain": _distinct(one.subject for one in chain[1:] if one),
    }
    for code in (_BROKEN, _UNORDERED):
        if code in links:
            return code, _stated(detail)
    if not all(_in_force(one, at) for one in chain if one):
        return "CERTIFICATE_OUT_OF_DATE", _stated(detail)
    return "CERTIFICATE_NOT_ANCHORED", _stated(
        {**detail, "unchecked": _distinct(link for link in links if link != "OK")}
    )


def _link(lower: Certificate | None, upper: Certificate | None) -> str:
    """Return what comes of the question whether `lower` was issued with the key of `upper`."""
    if lower is None or upper is None:
        return "MALFORMED_CERTIFICATE"
    if lower.names[1] != upper.names[0]:
        return _UNORDERED
    kinds, hash_name = ALGORITHMS.get(lower.algorithm, ((), ""))
    if not kinds:
        return "SUITE_NOT_SUPPORTED"
    try:
        key = keys.of_certificate(upper)
    except ProofError as error:
        return error.code
    signature = _signature(lower.signature, key.kind) if key.kind in COORDINATE else lower.signature
    issued = key.kind in kinds and verifies(key.kind, key.public, lower.signed, signature, hash_name)
    return "OK" if issued and upper.certifies else _BROKEN


def _signature(encoded: bytes, kind: str) -> bytes:
    """Return r and s at full length (RFC 3279, 2.2.3); nothing for what is no such pair."""
    try:
        (pair,) = der.values(encoded)
        r, s = (der.positive(part) for part in der.within(pair, der.SEQUENCE))
    except ValueError:
        return b""
    size = COORDINATE[kind]
    if max(len(r), len(s)) > size:
        return b""
    return r.rjust(size, b"\0") + s.rjust(size, b"\0")


def _in_force(one: Certificate, at: int) -> bool:
    return instant(one.not_before) <= at <= instant(one.not_after)


def _distinct(texts: Iterable[str]) -> list[str]:
    return sorted(set(texts))


def _stated(detail: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in detail.items() if value}
