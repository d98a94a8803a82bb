"""Signatures of the statements in issuer lists: `trust` asks for them, and knows no crypto itself."""

from __future__ import annotations

from typing import Any

from portfolio_gen import keys, proofs
from portfolio_gen.credential import Jws, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS


def is_signed(header: dict[str, Any], signing_input: bytes, signature: bytes, jwk: Any) -> bool:
    """Return whether a JWS is an entity statement by this JSON Web Key, whose algorithm it must be (DESIGN rule 6)."""
    suite = header.get("alg")
    proof = Proof(suite if isinstance(suite, str) else "?", {}, "", Jws(header, signing_input, signature, None))
    if not proofs.is_known(proof) or not isinstance(jwk, dict):
        return False
    try:
        proofs.check_form(proof, "entityStatement")
        key = keys.brought({"jwk": jwk})
        proofs.check_kind(proof, key)
        keys.check(key)
        proofs.check(proofs.Unsecured({}, LIMITS), proof, key)
    except ProofError:
        return False
    return True
