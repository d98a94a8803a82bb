"""X.509 certificates of test keys: honest ones by `cryptography`, and DER by hand for those that no library makes."""

from __future__ import annotations

import base64
import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from families.jose import ec_key, rsa_key

SEAL, AUTHORITY, ROOT = "Fernwald University e-seal", "Example Trust Services CA", "Example Trust Services Root"
BEGINS, ENDS = "2025-06-01T00:00:00Z", "2027-06-01T00:00:00Z"
SUBJECT = f"CN={SEAL},organizationIdentifier=NTRXX-12345678,O=Fernwald University,C=XX"


def private(name: str) -> Any:
    """A test key by the name of its algorithm: `RS256`, `ES256`, `ES384`, or an algorithm and whose it is."""
    alg, _, key = name.partition(" ")
    return rsa_key() if alg in ("RS256", "PS256") else ec_key(alg, key or "issuer")


def name(common: str, organisation: str = "Fernwald University", identifier: str = "NTRXX-12345678") -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "XX"),
        (NameOID.ORGANIZATION_NAME, organisation),
        (NameOID.ORGANIZATION_IDENTIFIER, identifier),
        (NameOID.COMMON_NAME, common),
    )
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def authority(common: str = AUTHORITY) -> x509.Name:
    return name(common, "Example Trust Services", "VATXX-87654321")


def certificate(
    subject: x509.Name,
    key: str,
    issuer: x509.Name,
    by: str,
    *,
    certifies: bool | None = None,
    begins: str = BEGINS,
    ends: str = ENDS,
    hash: hashes.HashAlgorithm | None = None,
    serial: int = 4711,
    usage: bool | None = None,
    public: Any = None,
) -> bytes:
    """A certificate in DER, for the test key `key` by the test key `by`, made by `cryptography`."""
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public or private(key).public_key())
        .serial_number(serial)
        .not_valid_before(datetime.datetime.fromisoformat(begins))
        .not_valid_after(datetime.datetime.fromisoformat(ends))
    )
    if certifies is not None:
        made = made.add_extension(x509.BasicConstraints(certifies, None), critical=True)
    if usage is not None:
        flags = [False] * 9
        flags[5 if usage else 0] = True
        made = made.add_extension(x509.KeyUsage(*flags), critical=True)
    signer = private(by)
    deterministic = True if isinstance(signer, ec.EllipticCurvePrivateKey) else None
    signed = made.sign(signer, hash or hashes.SHA256(), ecdsa_deterministic=deterministic)
    return signed.public_bytes(serialization.Encoding.DER)


def seal(key: str = "RS256", by: str = "ES256 authority", **more: Any) -> bytes:
    """The certificate of an issuer's seal."""
    return certificate(name(SEAL), key, more.pop("issuer", authority()), by, **more)


def intermediate(key: str = "ES256 authority", by: str = "ES384 root", **more: Any) -> bytes:
    """The certificate of the authority that issues seals."""
    return certificate(
        more.pop("subject", authority()), key, authority(ROOT), by, **{"certifies": True, "usage": True} | more
    )


def root() -> bytes:
    return certificate(
        authority(ROOT), "ES384 root", authority(ROOT), "ES384 root", certifies=True, hash=hashes.SHA384()
    )


def x5c(*chain: bytes) -> list[str]:
    return [base64.b64encode(one).decode() for one in chain]


def weak() -> rsa.RSAPublicKey:
    """A public RSA key of 1024 bits: any odd number will do, as nothing may ever be checked with it."""
    return rsa.RSAPublicNumbers(65537, (1 << 1023) | 0xDECAF1).public_key()


# DER by hand.


def tlv(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(size)]) + size + content


def parts(data: bytes) -> list[bytes]:
    """The values that DER is made of, each whole."""
    found = []
    while data:
        start, length = 2, data[1]
        if length > 127:
            start += length & 127
            length = int.from_bytes(data[2:start], "big")
        found.append(data[: start + length])
        data = data[start + length :]
    return found


def inside(value: bytes) -> list[bytes]:
    start = 2 + (value[1] & 127 if value[1] > 127 else 0)
    return parts(value[start:])


def changed(data: bytes, index: int, value: bytes) -> bytes:
    """A certificate with another value as the part `index` of what its issuer signed; the signature stays as it is."""
    signed, algorithm, signature = inside(data)
    members = inside(signed)
    members[index : index + 1] = [value] if value else []
    return tlv(0x30, tlv(0x30, *members), algorithm, signature)


def named(text: bytes, tag: int = 0x0C) -> bytes:
    """A distinguished name with this text as its common name."""
    return tlv(0x30, tlv(0x31, tlv(0x30, bytes.fromhex("0603550403"), tlv(tag, text))))
