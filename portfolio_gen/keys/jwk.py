"""JSON Web Keys (RFC 7517, 7518 6, 8037 2): public keys of the kinds that a proof may use."""

from __future__ import annotations

from typing import Any

from portfolio_gen import base64url
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import curves, rsa
from portfolio_gen.limits import Limits

_CURVES = {"P-256": "p256-pub", "P-384": "p384-pub", "secp256k1": "secp256k1-pub"}


def decode(value: Any, limits: Limits) -> tuple[str, bytes]:
    """Return kind and bytes of a public key.

    Raises ProofError: `MALFORMED_KEY`, `KEY_TYPE_NOT_SUPPORTED` for a `kty` or `crv` that is not ours, or
    `KEY_MISMATCH` for a key that says it is for something else than checking signatures.
    """
    if not isinstance(value, dict) or not isinstance(value.get("kty"), str):
        raise ProofError("MALFORMED_KEY")
    _check_use(value)
    kty, crv = value["kty"], value.get("crv")
    if kty == "OKP" and crv == "Ed25519":
        return "ed25519-pub", _bytes(value, "x", 32, limits)
    if kty == "EC" and isinstance(crv, str) and crv in _CURVES:
        kind = _CURVES[crv]
        x, y = (_bytes(value, name, curves.CURVES[kind].size, limits) for name in ("x", "y"))
        return kind, curves.compressed(kind, x, y)
    if kty == "RSA":
        return "rsa-pub", rsa.encode(_number(value, "n", limits), _number(value, "e", limits))
    raise ProofError("KEY_TYPE_NOT_SUPPORTED")


def algorithm(value: Any) -> str:
    """Return the `alg` of a key that `decode` passed (RFC 7517, 4.4): the one that it is for; "" where it has none."""
    found: str = value.get("alg") or ""
    return found


def _check_use(value: dict[str, Any]) -> None:
    """Where a key says what it is for, that is to check signatures, by both members (RFC 7517, 4.2 and 4.3)."""
    use, operations = value.get("use"), value.get("key_ops")
    listed = operations is None or isinstance(operations, list)
    if not isinstance(use, str | None) or not isinstance(value.get("alg"), str | None) or not listed:
        raise ProofError("MALFORMED_KEY")
    if use not in (None, "sig") or (operations is not None and "verify" not in operations):
        raise ProofError("KEY_MISMATCH")


def _bytes(value: dict[str, Any], name: str, size: int, limits: Limits) -> bytes:
    data = _member(value, name, limits)
    if len(data) != size:
        raise ProofError("MALFORMED_KEY")
    return data


def _number(value: dict[str, Any], name: str, limits: Limits) -> int:
    return int.from_bytes(_member(value, name, limits), "big")


def _member(value: dict[str, Any], name: str, limits: Limits) -> bytes:
    text = value.get(name)
    if not isinstance(text, str) or not text:
        raise ProofError("MALFORMED_KEY")
    try:
        return base64url.decode(text, limits.multibase_chars)
    except ValueError as error:
        raise ProofError("MALFORMED_KEY") from error
