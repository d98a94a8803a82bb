"""did:key, exactly: what stands in the identifier is the key, of the right kind (verification 1, step 3)."""

from __future__ import annotations

import hashlib
from typing import Any

from families.kit import ISSUER, JCS, Family, by_hand, did, did_of, method_of, multibase, plain, public

WEB_ISSUER = "https://fernwald.example/issuer"
M = ISSUER.removeprefix("did:key:")


def family() -> Family:
    rows = Family("keys")
    _kinds(rows)
    _methods(rows)
    _texts(rows)
    return rows


def _issued_by(rows: Family, id: str, issuer: str, reason: str, code: str, verdict: str = "failed") -> None:
    """Add a credential by this did:key, with a proof that names exactly the method which its document lists."""
    method = method_of(issuer)
    rows.add(
        id,
        verdict,
        by_hand(plain(issuer=issuer), verificationMethod=method),
        reason,
        signature=code,
        detail={"signature": {"suites": [JCS], "methods": [method]}},
    )


def _bytes(name: str, length: int) -> bytes:
    return (hashlib.sha256(name.encode()).digest() * 20)[:length]


def _kinds(rows: Family) -> None:
    for prefix, name, length in (
        ("8024", "P-256", 33),
        ("8124", "P-384", 49),
        ("8224", "P-521", 67),
        ("e701", "secp256k1", 33),
        ("eb01", "BLS12-381 G2", 96),
        ("8524", "RSA", 270),
        ("ec01", "X25519", 32),
    ):
        issuer = did_of(_bytes(name, length), prefix)
        slug = f"key-{name.lower().replace(' ', '-')}"
        _issued_by(rows, slug, issuer, f"A {name} key under a suite for Ed25519 (DESIGN rule 6).", "KEY_MISMATCH")
    unknown: dict[str, Any] = {"code": "KEY_TYPE_NOT_SUPPORTED", "verdict": "cannot-check"}
    _issued_by(rows, "key-ed448", did_of(_bytes("ed448", 57), "8326"), "A kind of key that we do not know.", **unknown)
    _issued_by(
        rows,
        "key-long-varint",
        did_of(public("issuer"), "ed8100"),
        "The prefix in a longer varint than needed is another prefix.",
        **unknown,
    )
    _issued_by(
        rows, "key-no-prefix", did_of(public("other"), ""), "A bare key: its first two bytes are no prefix.", **unknown
    )


def _methods(rows: Family) -> None:
    for id, method, reason in (
        ("method-two-keys", f"{did('other')}#{M}", "The DID and the fragment are different keys."),
        ("method-two-hashes", f"{ISSUER}#{M}#{M}", "What follows the first # is the fragment."),
        ("method-no-key", "did:key:#", "Nothing before and nothing behind the #."),
    ):
        rows.add(
            id,
            "failed",
            by_hand(plain(issuer=WEB_ISSUER), verificationMethod=method),
            f"{reason} (The issuer's document is not known, so the proof may be the issuer's.)",
            signature="MALFORMED_KEY",
        )


def _texts(rows: Family) -> None:
    key = bytes.fromhex("ed01") + public("issuer")
    for id, text, reason in (
        ("key-short", multibase(key[:-1]), "Thirty-one bytes."),
        ("key-long", multibase(key + b"\0"), "Thirty-three bytes."),
        ("key-prefix-only", multibase(key[:2]), "A prefix without a key."),
        ("key-one-byte", multibase(b"\xed"), "Half a prefix."),
        ("key-empty", "", "An empty key."),
        ("key-only-z", "z", "A multibase letter without a key."),
        ("key-no-z", M[1:], "A key without its multibase letter."),
        ("key-base64", "u7Q" + "A" * 43, "A key in another multibase."),
        ("key-alphabet", M[:-1] + "I", "I is not in the alphabet of base58btc."),
        ("key-space", M + " ", "A space at the end, which a lenient decoder strips."),
        ("key-newline", M + "\n", "A newline at the end of a key, which `$` in a pattern lets through."),
        (
            "key-leading-one",
            "z1" + M[1:],
            "A leading 1 is a byte 00 before the prefix: 00 ed is no prefix that we know.",
        ),
        ("key-endless", "z" + "6" * 5000, "A key too long to be decoded in reasonable time."),
    ):
        issuer = f"did:key:{text}"
        if id == "key-leading-one":
            _issued_by(rows, id, issuer, reason, "KEY_TYPE_NOT_SUPPORTED", "cannot-check")
        else:
            _issued_by(rows, id, issuer, reason, "MALFORMED_KEY")
    rows.add(
        "key-version",
        "failed",
        by_hand(plain(issuer=f"did:key:1.1:{M}"), verificationMethod=method_of(f"did:key:1.1:{M}")),
        "A did:key with a version is one that the method reserves and we do not read.",
        signature="MALFORMED_KEY",
    )
