"""Public keys for BBS: points of the group G2 of BLS12-381 (draft-irtf-cfrg-bbs-signatures, octets_to_pubkey)."""

from __future__ import annotations

from portfolio_gen.errors import ProofError

KIND = "bls12_381-g2-pub"
_BYTES = 96


def check_point(encoded: bytes) -> None:
    """Raise ProofError: `WEAK_KEY` for the identity, `MALFORMED_KEY` for what is no point of G2 in compressed form."""
    from py_arkworks_bls12381 import G2Point

    if len(encoded) != _BYTES:
        raise ProofError("MALFORMED_KEY")
    try:
        point = G2Point.from_compressed_bytes(encoded)
    except ValueError as error:
        raise ProofError("MALFORMED_KEY") from error
    if bytes(point.to_compressed_bytes()) != encoded:
        raise ProofError("MALFORMED_KEY")
    if point == G2Point.identity():
        raise ProofError("WEAK_KEY")
