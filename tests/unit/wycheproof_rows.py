"""The Wycheproof sets (C2SP/wycheproof) for the algorithms that proofs here may use, and where we differ from them.

A case is a key as a JSON Web Key and either a bare signature over a message by an `alg`, or a whole JWS.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

SIGNATURES = {
    "ecdsa_secp256r1_sha256_p1363_test": "ES256",
    "ecdsa_secp384r1_sha384_p1363_test": "ES384",
    "ecdsa_secp256k1_sha256_p1363_test": "ES256K",
    "rsa_signature_2048_sha256_test": "RS256",
    "rsa_pss_2048_sha256_mgf1_32_test": "PS256",
}
TOKENS = ("json_web_signature_test", "json_web_crypto_test")

ALGORITHMS_OF_OTHERS = ("HS256", "RS384", "RS512", "PS384", "PS512", "ES512")
"""A secret that both sides share proves nothing to a third party; the others no issuer of credentials uses."""

NO_CREDENTIAL = "an empty payload is a JWS, and no credential: the reader does not take it for one"
EXCEPTIONS = {
    "json_web_signature_test 259": NO_CREDENTIAL,
    "json_web_signature_test 272": NO_CREDENTIAL,
}
"""Valid cases that are refused here, and why. The one `acceptable` case, a DigestInfo without NULL, is refused too."""


def signatures(folder: Path) -> dict[str, dict[str, Any]]:
    """Return `{jwk, alg, message, signature}` (hexadecimal) and what is expected of it, by set and number."""
    return {
        f"{name} {test['tcId']}": {
            "task": {"jwk": _jwk(group), "alg": alg, "message": test["msg"], "signature": test["sig"]},
            "valid": test["result"] == "valid",
        }
        for name, alg in SIGNATURES.items()
        for group in _groups(folder, name)
        for test in group["tests"]
    }


def tokens(folder: Path) -> dict[str, dict[str, Any]]:
    """Return `{jwk, text}` and what is expected of it, by set and number; a JWS as an object is its JSON."""
    return {
        f"{name} {test['tcId']}": {
            "task": {"jwk": group.get("public") or group["private"], "text": _text(test["jws"])},
            "valid": _is_valid(name, test),
        }
        for name in TOKENS
        for group in _groups(folder, name)
        for test in group["tests"]
        if "jws" in test
    }


def _groups(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    yield from json.loads((folder / f"{name}.json").read_text("utf-8"))["testGroups"]


def _jwk(group: Mapping[str, Any]) -> Any:
    """The group's own JSON Web Key; edge cases have none, only coordinates."""
    own = group.get("publicKeyJwk") or group.get("keyJwk")
    if own:
        return own
    key = group["publicKey"]
    size = key["keySize"] // 8
    crv = {"secp256r1": "P-256", "secp384r1": "P-384", "secp256k1": "secp256k1"}[key["curve"]]
    x, y = (_base64url(int(key[name], 16).to_bytes(size, "big")) for name in ("wx", "wy"))
    return {"kty": "EC", "crv": crv, "x": x, "y": y}


def _text(jws: Any) -> str:
    return jws if isinstance(jws, str) else json.dumps(jws)


def _is_valid(name: str, test: Mapping[str, Any]) -> bool:
    return test["result"] == "valid" and f"{name} {test['tcId']}" not in EXCEPTIONS and not _is_for_others(test["jws"])


def _is_for_others(jws: Any) -> bool:
    if not isinstance(jws, str):
        return True
    header = jws.partition(".")[0].replace("?", "")
    return json.loads(base64.urlsafe_b64decode(header + "=="))["alg"] in ALGORITHMS_OF_OTHERS


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
