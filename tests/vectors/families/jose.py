"""Keys of every kind that signs a JWS, and the signing. `independent` asks the npm package jose, `by_hand` nobody.

No private key stands in a file: each comes from the SHA-256 of a sentence that says what it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from nacl.signing import SigningKey

from families.kit import Json, _signer, public, seed

CURVES: dict[str, tuple[str, ec.EllipticCurve, hashes.HashAlgorithm, int]] = {
    "ES256": ("P-256", ec.SECP256R1(), hashes.SHA256(), 32),
    "ES384": ("P-384", ec.SECP384R1(), hashes.SHA384(), 48),
    "ES256K": ("secp256k1", ec.SECP256K1(), hashes.SHA256(), 32),
}
RSA_PRIMES = (1624, 326)
"""How far after the number that a sentence gives the next primes are."""


def b64(data: Any) -> str:
    """Return base64url of bytes, or of the JSON of anything else."""
    raw = data if isinstance(data, bytes) else json.dumps(data, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def ec_key(alg: str, key: str = "issuer") -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(seed(f"{key}, {alg}"), "big") >> 1, CURVES[alg][1])


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    start = [int.from_bytes(b"".join(seed(f"RSA {side}{n}") for n in range(4)), "big") for side in "pq"]
    p, q = ((number | 3 << 1022 | 1) + after for number, after in zip(start, RSA_PRIMES, strict=True))
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), numbers).private_key()


def _next_prime(start: int, step: int) -> int:
    """The first number from `start` in steps that Fermat's test passes for three bases."""
    while any(pow(base, start - 1, start) != 1 for base in (2, 3, 5)):
        start += step
    return start


@cache
def roca_key() -> rsa.RSAPrivateKey:
    """A key as the chips of CVE-2017-15361 made them: modulo each small prime, both primes are powers of 65537."""
    step = math.prod(n for n in range(3, 168) if all(n % divisor for divisor in range(2, n))) * 2
    p, q = (_next_prime((3 << 1022) // step * step + pow(65537, power, step), step) for power in (1_001, 2_003))
    d = pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), numbers).private_key()


def number(value: int, size: int | None = None) -> str:
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def jwk(alg: str, key: str = "issuer") -> Json:
    """The public JSON Web Key of a test key for this algorithm."""
    if alg in CURVES:
        crv, _, _, size = CURVES[alg]
        point = ec_key(alg, key).public_key().public_numbers()
        return {"kty": "EC", "crv": crv, "x": number(point.x, size), "y": number(point.y, size)}
    if alg in ("RS256", "PS256"):
        n = (roca_key() if key == "roca" else rsa_key()).public_key().public_numbers().n
        return {"kty": "RSA", "n": number(n), "e": "AQAB"}
    return {"kty": "OKP", "crv": "Ed25519", "x": b64(public(key))}


def did_jwk(alg: str, key: str = "issuer") -> str:
    return f"did:jwk:{b64(jwk(alg, key))}"


def independent(header: Json, payload: Json, key: str = "issuer") -> str:
    """Return a compact JWS by the npm package jose, with an Ed25519 test key or the RSA one."""
    return _asked({"jws": {"header": header, "payload": b64(payload), "jwk": _private(header["alg"], key)}})


def selective(header: Json, payload: Json, frame: Json, hash: str = "sha-256", key: str = "issuer") -> str:
    """Return an SD-JWT with all its disclosures by the npm package @sd-jwt/core, with an Ed25519 test key."""
    job = {"header": header, "payload": payload, "frame": frame, "hash": hash, "jwk": _private("EdDSA", key)}
    return _asked({"sdJwt": job})


def _private(alg: str, key: str) -> Json:
    private = {**jwk(alg, key), "alg": alg}
    if alg != "RS256":
        return private | {"d": b64(seed(key))}
    numbers = rsa_key().private_numbers()
    more = {"p": numbers.p, "q": numbers.q, "d": numbers.d, "dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
    return private | {name: number(value) for name, value in more.items()}


def _asked(job: Json) -> str:
    process = _signer()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    if "error" in answer:
        raise RuntimeError(answer["error"])
    made: str = answer["proof"]
    return made


def signature(alg: str, message: bytes, key: str = "issuer") -> bytes:
    """Return the bare signature of a test key, whatever the message is."""
    if alg in CURVES:
        _, _, digest, size = CURVES[alg]
        der = ec_key(alg, key).sign(message, ec.ECDSA(digest, deterministic_signing=True))
        return b"".join(part.to_bytes(size, "big") for part in decode_dss_signature(der))
    if alg == "RS256":
        return (roca_key() if key == "roca" else rsa_key()).sign(message, padding.PKCS1v15(), hashes.SHA256())
    if alg == "PS256":
        return pss(message)
    return bytes(SigningKey(seed(key)).sign(message).signature)


def pss(message: bytes) -> bytes:
    """RSASSA-PSS with a salt that is the same each time (RFC 8017, 9.1.1)."""
    numbers = rsa_key().private_numbers()
    salt = seed("salt")
    digest = hashlib.sha256(bytes(8) + hashlib.sha256(message).digest() + salt).digest()
    block = b"\x01" + salt
    block = bytes(256 - len(digest) - 1 - len(block)) + block
    masks = b"".join(hashlib.sha256(digest + n.to_bytes(4, "big")).digest() for n in range(8))
    masked = bytearray(a ^ b for a, b in zip(block, masks[: len(block)], strict=True))
    masked[0] &= 0x7F
    encoded = int.from_bytes(bytes(masked) + digest + b"\xbc", "big")
    return pow(encoded, numbers.d, numbers.public_numbers.n).to_bytes(256, "big")


def by_hand(header: Json, payload: Any, *, key: str = "issuer", signing: str | None = None) -> str:
    """Return a compact JWS with exactly this header; `signing` is the algorithm used, whatever the header says."""
    message = f"{b64(header)}.{b64(payload)}"
    return f"{message}.{b64(signature(signing or header['alg'], message.encode(), key))}"


def shared_secret(header: Json, payload: Json, secret: bytes) -> str:
    message = f"{b64(header)}.{b64(payload)}"
    return f"{message}.{b64(hmac.new(secret, message.encode(), hashlib.sha256).digest())}"


def pem() -> bytes:
    """The public RSA key as PEM: the secret of the old attack that turns RS256 into HS256."""
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return rsa_key().public_key().public_bytes(serialization.Encoding.PEM, kind)
