"""The forms that a credential can come in, for the demo: tokens, pictures, archives, receipts, a seal, a signed page.

Every function gives the same bytes each time: keys come from names, signatures have no randomness, and nothing is
compressed, since no two versions of zlib compress alike.
"""

from __future__ import annotations

import asyncio
import base64
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from portfolio_gen import multibase
from portfolio_gen.issuing import IssuerKey
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs.unsecured import Unsecured

Json = dict[str, Any]

RSA_PRIMES = (8, 3410)
"""How far after the number that a sentence gives the next primes are."""
BEFORE_IEND = -12
"""An IEND chunk has twelve bytes."""


def b64(data: Any) -> str:
    """Return base64url of bytes, or of the JSON of anything else."""
    raw = data if isinstance(data, bytes) else json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def seed(text: str) -> bytes:
    """Return the 32 bytes that a key or a salt is made from."""
    return sha256(f"portfolio-gen demo: {text}".encode()).digest()


def token(header: Json, payload: Json, key: IssuerKey) -> bytes:
    """Return a compact JWS by an Ed25519 key (RFC 8037)."""
    message = f"{b64({'alg': 'EdDSA', **header})}.{b64(payload)}"
    return f"{message}.{b64(key.signing.sign(message.encode()).signature)}".encode()


def p256(issuer: str) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key of a fictional issuer."""
    return ec.derive_private_key(int.from_bytes(seed(f"P-256 of {issuer}"), "big") >> 1, ec.SECP256R1())


def did_jwk(key: ec.EllipticCurvePrivateKey) -> str:
    """Return the issuer identifier that is the key itself, as a JSON Web Key."""
    point = key.public_key().public_numbers()
    x, y = (b64(number.to_bytes(32, "big")) for number in (point.x, point.y))
    return f"did:jwk:{b64({'kty': 'EC', 'crv': 'P-256', 'x': x, 'y': y})}"


def es256(header: Json, payload: Json, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a compact JWS by a P-256 key (RFC 7518, 3.4), with the nonce of RFC 6979."""
    message = f"{b64({'alg': 'ES256', **header})}.{b64(payload)}"
    return f"{message}.{b64(_by_p256(key, message))}".encode()


def _by_p256(key: ec.EllipticCurvePrivateKey, message: str) -> bytes:
    der = key.sign(message.encode(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    return b"".join(part.to_bytes(32, "big") for part in decode_dss_signature(der))


def sealed(document: Json, organisation: str, authority: str, on: datetime) -> Json:
    """Return a European Digital Credential: a JWS in JSON (RFC 7515, 7.2.1) over the text itself (RFC 7797).

    The seal's certificate comes with it, by an authority that is as fictional as the organisation.
    """
    key, by = p256(organisation), p256(authority)
    seal = _certificate(_named(f"{organisation} e-seal", organisation), key, _named(authority, authority), by, on)
    header = {"alg": "ES256", "typ": "jose+json", "cty": "octet-stream", "x5c": [base64.b64encode(seal).decode()]}
    header |= {"b64": False, "sigT": on.strftime("%Y-%m-%dT%H:%M:%SZ"), "crit": ["b64", "sigT"]}
    payload, protected = json.dumps(document, separators=(",", ":"), ensure_ascii=False), b64(header)
    signature = _by_p256(key, f"{protected}.{payload}")
    return {"payload": payload, "signatures": [{"protected": protected, "signature": b64(signature)}]}


def _named(common: str, organisation: str) -> x509.Name:
    parts = ((NameOID.COUNTRY_NAME, "XX"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, common))
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    by: ec.EllipticCurvePrivateKey,
    on: datetime,
) -> bytes:
    """Return a certificate of three years around `on`, in DER, with the nonce of RFC 6979."""
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(4711).not_valid_before(on - timedelta(365)).not_valid_after(on + timedelta(730))
    return builder.sign(by, hashes.SHA256(), ecdsa_deterministic=True).public_bytes(serialization.Encoding.DER)


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    """Return the one RSA key of the demo."""
    start = (int.from_bytes(b"".join(seed(f"RSA {side}{n}") for n in range(4)), "big") for side in "pq")
    p, q = ((number | 3 << 1022 | 1) + after for number, after in zip(start, RSA_PRIMES, strict=True))
    d = pow(65537, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def rs256(header: Json, payload: Json) -> bytes:
    """Return a compact JWS by the RSA key (RFC 7518, 3.3)."""
    message = f"{b64({'alg': 'RS256', **header})}.{b64(payload)}"
    return f"{message}.{b64(rsa_key().sign(message.encode(), padding.PKCS1v15(), hashes.SHA256()))}".encode()


def selective(header: Json, payload: Json, told: Json, withheld: Json, key: IssuerKey) -> bytes:
    """Return an SD-JWT (RFC 9901) whose holder shows the members `told` and keeps those of `withheld` to themself."""
    texts = {name: b64([b64(seed(name)[:16]), name, value]) for name, value in {**told, **withheld}.items()}
    digests = sorted(b64(sha256(text.encode()).digest()) for text in texts.values())
    issued = token(header, {**payload, "_sd": digests, "_sd_alg": "sha-256"}, key)
    return b"~".join([issued, *(texts[name].encode() for name in told), b""])


def in_png(credential: bytes, picture: bytes) -> bytes:
    """Return a picture with the credential in it (Open Badges 3.0, 5.3.1), right before its end."""
    content = b"iTXtopenbadgecredential\0\0\0\0\0" + credential
    chunk = struct.pack(">L", len(content) - 4) + content + struct.pack(">L", zlib.crc32(content))
    return picture[:BEFORE_IEND] + chunk + picture[BEFORE_IEND:]


def in_svg(credential: bytes, picture: bytes) -> bytes:
    """Return a picture with the credential in it (Open Badges 3.0, 5.3.2), as its first element."""
    start, bracket, rest = picture.partition(b">")
    bound = b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
    inside = b"<openbadges:credential><![CDATA[" + credential + b"]]></openbadges:credential>"
    return start + bound + bracket + inside + rest


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive (APPNOTE 6.3.10) of files that are not compressed."""
    body, directory = b"", b""
    for name, data in files.items():
        what = struct.pack("<5H3L2H", 20, 0x800, 0, 0, 0x4EB8, zlib.crc32(data), len(data), len(data), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + what + struct.pack("<3H2L", 0, 0, 0, 0, len(body))
        directory += name.encode()
        body += b"PK\3\4" + what + name.encode() + data
    end = struct.pack("<4H2LH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def anchored(document: Json, transaction: str, method: str, created: str) -> Json:
    """Return a Blockcerts diploma whose hash and another lie under a root that a transaction is said to hold."""
    target = sha256(Unsecured(document, LIMITS).canonical_rdf()).digest()
    other = seed("another diploma of the same day")
    root = sha256(target + other).digest()

    def told(value: bytes | str) -> bytes:
        return cbor2.dumps(value)

    where = [[0, 0], [1, 1], [2, told(transaction)]]
    value = cbor2.dumps([[0, told(root.hex())], [1, told(target.hex())], [2, [where]], [3, [[1, told(other.hex())]]]])
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "merkle-proof-2019",
        "created": created,
        "proofPurpose": "assertionMethod",
        "verificationMethod": method,
        "proofValue": multibase.encode(value),
    }
    return {**document, "proof": proof}


def signed_page(lines: Sequence[str], signer: str, on: datetime) -> bytes:
    """Return one page of text as a PDF that `signer` signed as PAdES (ISO 32000-2, 12.8), with its own certificate."""
    size = 16_384
    content = _content(lines)
    contents, gap = b"<" + b"0" * size + b">", b"[0 ########## ########## ##########]"
    moment = on.strftime("D:%Y%m%d%H%M%SZ").encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]/SigFlags 3>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Annots[6 0 R]"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature1)/Rect[0 0 0 0]/F 132/P 3 0 R/V 7 0 R>>",
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(%s)/ByteRange%s/Contents%s>>"
        % (moment, gap, contents),
    ]
    body, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"xref\n0 8\n0000000000 65535 f \n%strailer\n<</Size 8/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(body),
    )
    start = body.index(contents)
    end = start + len(contents)
    spans = b"[0 %010d %010d %010d]" % (start, end, len(body) - end)
    body = body.replace(gap, spans)
    made = _cms(sha256(body[:start] + body[end:]).digest(), signer).hex().encode()
    return body[:start] + b"<" + made.ljust(size, b"0") + b">" + body[end:]


def _content(lines: Sequence[str]) -> bytes:
    out = [b"BT /F1 20 Tf 72 750 Td 17 TL"]
    for number, line in enumerate(lines):
        text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        out.append(b"(%s) Tj T*" % text + (b" /F1 11 Tf T*" if number == 0 else b""))
    return b"\n".join([*out, b"ET"])


def _cms(digest: bytes, signer: str) -> bytes:
    """Return the signature's container (RFC 5652) with the attributes that PAdES asks for."""
    from pyhanko.sign import signers

    key, name = rsa_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(2026)
        .not_valid_before(datetime(2024, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2044, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(True, True, *(False,) * 7), critical=True)
        .sign(key, hashes.SHA256())
    )
    store = pkcs12.serialize_key_and_certificates(b"x", key, certificate, None, serialization.NoEncryption())
    made = signers.SimpleSigner.load_pkcs12_data(store, other_certs=[], passphrase=None)
    assert made is not None
    signing = made.async_sign(digest, "sha256", use_pades=True)
    with ThreadPoolExecutor(1) as apart:  # In this thread, tests may have a loop of their own.
        return bytes(apart.submit(asyncio.run, signing).result().dump())
