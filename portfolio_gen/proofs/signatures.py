"""Bare signatures by each kind of key: whether one verifies, and nothing else.

Ed25519 goes by libsodium's rule, through PyNaCl (DESIGN rule 3); the others by `cryptography`.
"""

from __future__ import annotations

from typing import Any

from portfolio_gen.proofs import ed25519

COORDINATE = {"p256-pub": 32, "p384-pub": 48, "secp256k1-pub": 32}
"""Bytes of r and of s in an ECDSA signature (IEEE P1363 form), by the kind of key."""


def verifies(kind: str, public: bytes, message: bytes, signature: bytes, hash_name: str = "") -> bool:
    """Return whether `signature` is one over `message` by a key whose bytes `portfolio_gen.keys.check` passed.

    `hash_name` is hashlib's name of the hash; Ed25519 has none. RSA is by PKCS #1 v1.5. A signature of another length
    is no signature.
    """
    if kind == "ed25519-pub":
        return len(signature) == 64 and ed25519.verifies(public, message, signature)
    if kind in COORDINATE:
        return _ecdsa(kind, public, message, signature, hash_name)
    if kind == "rsa-pub":
        return _rsa(public, message, signature, hash_name)
    raise ValueError(f"{kind} keys sign nothing that is checked here")


def public_key(kind: str, public: bytes) -> Any:
    """Return an EC or RSA key whose bytes `portfolio_gen.keys.check` passed, as `cryptography` has it."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    if kind == "rsa-pub":
        return load_der_public_key(public)
    curve = {"p256-pub": ec.SECP256R1(), "p384-pub": ec.SECP384R1(), "secp256k1-pub": ec.SECP256K1()}[kind]
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, public)


def _ecdsa(kind: str, public: bytes, message: bytes, signature: bytes, hash_name: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    size = COORDINATE[kind]
    if len(signature) != 2 * size:
        return False
    r, s = (int.from_bytes(part, "big") for part in (signature[:size], signature[size:]))
    try:
        public_key(kind, public).verify(encode_dss_signature(r, s), message, ec.ECDSA(_hash(hash_name)))
    except InvalidSignature:
        return False
    return True


def _rsa(public: bytes, message: bytes, signature: bytes, hash_name: str) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import padding

    try:
        public_key("rsa-pub", public).verify(signature, message, padding.PKCS1v15(), _hash(hash_name))
    except InvalidSignature:
        return False
    return True


def _hash(name: str) -> Any:
    from cryptography.hazmat.primitives import hashes

    return {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[name]
