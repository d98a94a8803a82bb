"""ecdsa-sd-2023, derived proofs (vc-di-ecdsa 3.5 and 3.6).

The issuer's key signs the mandatory statements and a key made for this one credential, which signs each of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from portfolio_gen import base64url
from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits
from portfolio_gen.proofs import selective
from portfolio_gen.proofs.signatures import verifies
from portfolio_gen.proofs.unsecured import Unsecured

_KIND = "p256-pub"
_MULTICODEC = b"\x80\x24"
_KEY_BYTES, _SIGNATURE_BYTES, _LABEL_BYTES = 35, 64, 32


@dataclass(frozen=True)
class _Value:
    """The components of a derived proof's value (parseDerivedProofValue)."""

    signature: bytes
    key: bytes
    signatures: list[bytes]
    labels: dict[str, str]
    mandatory: list[int]


def check(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless the issuer signed, by `key` and the credential's own, every statement of the document."""
    value = _parse(proof, unsecured.limits)
    signed = selective.statements(unsecured, proof, value.labels, value.mandatory)
    if len(value.signatures) != len(signed.others):
        raise ProofError("SIGNATURE_INVALID")
    by_issuer = signed.options + value.key + signed.mandatory
    own = value.key.removeprefix(_MULTICODEC)
    if not verifies(_KIND, key.public, by_issuer, value.signature, "sha256") or not all(
        verifies(_KIND, own, line, signature, "sha256")
        for line, signature in zip(signed.others, value.signatures, strict=True)
    ):
        raise ProofError("SIGNATURE_INVALID")


def _parse(proof: Proof, limits: Limits) -> _Value:
    reader = selective.reader(proof, limits)
    reader.array_of(5)
    signature, key, signatures = reader.octets(), reader.octets(), reader.items(reader.octets)
    labels, mandatory = reader.pairs(reader.octets), reader.items(reader.uint)
    reader.end()
    sized = [signature, *signatures]
    if not all(len(one) == _SIGNATURE_BYTES for one in sized) or not _is_key(key):
        raise ProofError("MALFORMED_PROOF")
    if not all(len(label) == _LABEL_BYTES for label in labels.values()):
        raise ProofError("MALFORMED_PROOF")
    selective.distinct(mandatory)
    named = selective.named({number: f"u{base64url.encode(label)}" for number, label in labels.items()})
    selective.within(len(signatures), limits)
    return _Value(signature, key, signatures, named, mandatory)


def _is_key(encoded: bytes) -> bool:
    """Return whether this is the multicodec prefix of P-256 and a point in compressed form."""
    from cryptography.hazmat.primitives.asymmetric import ec

    if len(encoded) != _KEY_BYTES or not encoded.startswith(_MULTICODEC):
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), encoded.removeprefix(_MULTICODEC))
    except ValueError:
        return False
    return True
