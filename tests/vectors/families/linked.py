"""ECDSA suites of Data Integrity, and older suites with a detached JWS (docs/verification.md, 1).

What they sign is canonicalised by PyLD, which is none of our verifiers, and signed by `cryptography`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyld import jsonld

from families.jose import b64, did_jwk, ec_key, jwk, signature
from families.kit import (
    CREATED,
    ISSUER,
    ROOT,
    V1,
    Family,
    Json,
    badge,
    badge1,
    did_of,
    edited,
    method_of,
    multibase,
    plain,
)
from families.lookups import answered

JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
PREFIX = {"ES256": "8024", "ES384": "8124", "ES256K": "e701"}
DIGEST = {"ES256": "sha256", "ES384": "sha384"}


@cache
def _context(url: str) -> Any:
    row = json.loads((ROOT / "portfolio_gen/contexts/table.json").read_text("utf-8"))[url]
    return json.loads((ROOT / "portfolio_gen/contexts/data" / row["file"]).read_text("utf-8"))


def canonical(document: Json, *, instead: Mapping[str, Any] = MappingProxyType({})) -> bytes:
    """The canonical N-Quads by PyLD; of credentials without more blank nodes than one, the hash does not matter.

    `instead` has contexts that are read in place of the pinned ones.
    """

    def load(url: str, options: Any) -> Any:
        context = instead.get(url) or _context(url)
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    text: str = jsonld.normalize(document, options)
    return text.encode()


def did_ec(alg: str, key: str = "issuer") -> str:
    point = ec_key(alg, key).public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return did_of(point, PREFIX[alg])


def ecdsa(
    document: Json, suite: str, alg: str = "ES256", *, key: str = "issuer", digest: str = "", **members: Any
) -> Json:
    """Return the document with an ECDSA proof; `digest` is the hash used, whatever the key's is."""
    issuer = did_ec(alg, key)
    options: Json = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": CREATED,
        "verificationMethod": method_of(issuer),
        "proofPurpose": "assertionMethod",
    } | members
    options = {name: value for name, value in options.items() if value is not ...}
    name = digest or DIGEST.get(alg, "sha256")
    if suite.startswith("ecdsa-jcs"):
        parts = (rfc8785.dumps(options), rfc8785.dumps(document))
    else:
        parts = (canonical(options | {"@context": document["@context"]}), canonical(document))
    message = b"".join(hashlib.new(name, part).digest() for part in parts)
    return document | {"proof": options | {"proofValue": multibase(signature(alg, message, key))}}


def detached(
    document: Json,
    type: str,
    alg: str,
    *,
    key: str = "issuer",
    header: Json | None = None,
    signing: str = "",
    **members: Any,
) -> Json:
    """Return the document with a proof whose `jws` is by this test key; `signing` is the algorithm used."""
    options: Json = {
        "type": type,
        "created": CREATED,
        "verificationMethod": f"{did_jwk(signing or alg, key)}#0",
        "proofPurpose": "assertionMethod",
    } | members
    hashed = [canonical(options | {"@context": document["@context"]}), canonical(document)]
    head = b64({"alg": alg, "b64": False, "crit": ["b64"]} if header is None else header)
    message = head.encode() + b"." + b"".join(hashlib.sha256(part).digest() for part in hashed)
    return document | {"proof": options | {"jws": f"{head}..{b64(signature(signing or alg, message, key))}"}}


def family() -> Family:
    rows = Family("linked")
    _ecdsa(rows)
    _ecdsa_keys(rows)
    for type, alg in (
        ("Ed25519Signature2018", "EdDSA"),
        ("EcdsaSecp256k1Signature2019", "ES256K"),
        ("RsaSignature2018", "RS256"),
        ("RsaSignature2018", "PS256"),
        *(("JsonWebSignature2020", alg) for alg in ("EdDSA", "ES256", "ES384", "ES256K", "RS256", "PS256")),
    ):
        _older(rows, type, alg)
    _jws(rows)
    _named_algorithm(rows)
    _factored(rows)
    _secp256k1_in_base58(rows)
    return rows


def _named_algorithm(rows: Family) -> None:
    """An RSA key serves two algorithms; one that names its own serves no other (RFC 7517, 4.4)."""
    type = "JsonWebSignature2020"
    for alg, code in (("PS256", "OK"), ("RS256", "KEY_MISMATCH")):
        issuer = f"did:jwk:{b64(jwk('PS256') | {'alg': 'PS256'})}"
        file = detached(_document(type, issuer), type, alg, verificationMethod=f"{issuer}#0")
        id, more = f"key-for-ps256-signs-{alg.lower()}", {"format": "vc1-json", "flags": (type,)}
        if code == "OK":
            rows.honest(id, file, "An RSA key that says it is for PS256, and a signature by PS256.", **more)
        else:
            reason = "An RSA key that says it is for PS256, and a signature by RS256."
            rows.add(id, "failed", file, reason, signature=code, **more)


def _factored(rows: Family) -> None:
    type, issuer = "RsaSignature2018", did_jwk("RS256", "roca")
    file = detached(_document(type, issuer), type, "RS256", key="roca", verificationMethod=f"{issuer}#0")
    reason = "A rightly made signature by an RSA key of a kind that can be factored (CVE-2017-15361)."
    rows.add("rsa-key-roca", "failed", file, reason, format="vc1-json", flags=(type,), signature="WEAK_KEY")


def _secp256k1_in_base58(rows: Family) -> None:
    type, issuer = "EcdsaSecp256k1Signature2019", "did:web:fernwald.example"
    point = ec_key("ES256K").public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    method = {"id": f"{issuer}#key-1", "type": "EcdsaSecp256k1VerificationKey2019", "controller": issuer}
    file = detached(_document(type, issuer), type, "ES256K", verificationMethod=method["id"])
    for id, key in (("secp256k1-base58", point), ("secp256k1-base58-off-curve", bytes([2]) + (5).to_bytes(32, "big"))):
        whole = method | {"publicKeyBase58": multibase(key)[1:]}
        answer = answered({"id": issuer, "verificationMethod": [whole], "assertionMethod": [whole["id"]]}, issuer)
        more: Json = {"format": "vc1-json", "flags": (type,), "web": answer}
        if key == point:
            rows.honest(id, file, "A secp256k1 key in the older encoding.", signer="LISTED", **more)
        else:
            reason = "An x in publicKeyBase58 for which secp256k1 has no point."
            rows.add(id, "failed", file, reason, signature="MALFORMED_KEY", **more)


def _name(document: Json) -> None:
    document["name"] = "Beekeeping for masters"


def _ecdsa(rows: Family) -> None:
    for suite in ("ecdsa-jcs-2019", "ecdsa-rdfc-2019"):
        for alg in ("ES256", "ES384"):
            issuer = did_ec(alg)
            base = plain(issuer=issuer) if "jcs" in suite else badge(issuer={"id": issuer, "type": ["Profile"]})
            good = ecdsa(base, suite, alg)
            id, flags = f"{suite}-{alg.lower()}", (suite,)
            rows.honest(id, good, f"{suite} by a key for {alg}.", flags=flags)
            rows.add(
                f"{id}-tampered",
                "failed",
                edited(good, _name),
                f"{id}: a name changed after it was signed.",
                flags=flags,
                signature="SIGNATURE_INVALID",
            )
            other = ecdsa(base, suite, alg, key="other", verificationMethod=method_of(issuer))
            rows.add(
                f"{id}-other-key",
                "failed",
                other,
                f"{id}: signed with a key that is not the one named.",
                flags=flags,
                signature="SIGNATURE_INVALID",
            )
            wrong = ecdsa(base, suite, alg, digest="sha384" if alg == "ES256" else "sha256")
            rows.add(
                f"{id}-other-hash",
                "failed",
                wrong,
                f"{id}: the hash is that of the key's curve, and this is another.",
                flags=flags,
                signature="SIGNATURE_INVALID",
            )
            short = edited(
                good, lambda document: document["proof"].update(proofValue=document["proof"]["proofValue"][:-4])
            )
            rows.add(
                f"{id}-truncated",
                "failed",
                short,
                f"{id}: a signature that was cut short.",
                flags=flags,
                signature="MALFORMED_PROOF",
            )
            ended = ecdsa(base | {"validUntil": "2026-05-01T00:00:00Z"}, suite, alg)
            rows.add(f"{id}-expired", "expired", ended, f"{id}: past its end.", flags=flags, dates="EXPIRED")
    base = badge(issuer={"id": did_ec("ES256"), "type": ["Profile"]})
    good = ecdsa(base, "ecdsa-rdfc-2019")
    rows.add(
        "ecdsa-rdfc-undefined-term",
        "failed",
        good | {"honours": "first class"},
        "What JSON-LD would drop is unsigned, whatever the curve.",
        signature="UNSIGNED_TERM",
    )


def _ecdsa_keys(rows: Family) -> None:
    base = plain(issuer="https://fernwald.example/issuer")
    point = ec_key("ES256").public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    whole = ec_key("ES256").public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    off = bytes([2]) + (1).to_bytes(32, "big")
    for id, identifier, code, reason in (
        ("ed25519", ISSUER, "KEY_MISMATCH", "An Ed25519 key makes no ECDSA signature."),
        ("secp256k1", did_ec("ES256K"), "KEY_MISMATCH", "secp256k1 is no curve of vc-di-ecdsa."),
        ("uncompressed", did_of(whole, "8024"), "MALFORMED_KEY", "A multicodec P-256 key is a compressed point."),
        ("off-curve", did_of(off, "8024"), "MALFORMED_KEY", "An x for which the curve has no point."),
        ("beyond", did_of(bytes([2]) + b"\xff" * 32, "8024"), "MALFORMED_KEY", "An x that is not below the prime."),
        ("sign-4", did_of(bytes([4]) + point[1:], "8024"), "MALFORMED_KEY", "A compressed point starts with 2 or 3."),
        ("short", did_of(point[:-1], "8024"), "MALFORMED_KEY", "A point with a byte too few."),
    ):
        file = ecdsa(base, "ecdsa-jcs-2019", verificationMethod=method_of(identifier))
        rows.add(f"ecdsa-key-{id}", "failed", file, reason, flags=("ecdsa-jcs-2019",), signature=code)


def _document(type: str, issuer: str, **members: Any) -> Json:
    contexts = [V1, JWS_2020] if type == "JsonWebSignature2020" else [V1]
    return badge1(*contexts, issuer=issuer, **members)


def _older(rows: Family, type: str, alg: str) -> None:
    issuer = did_jwk(alg)
    base = _document(type, issuer)
    good = detached(base, type, alg)
    id, more = f"{type.lower()}-{alg.lower()}", {"format": "vc1-json", "flags": (type,)}
    rows.honest(id, good, f"{type} with {alg}.", **more)
    changed = edited(good, lambda document: document["credentialSubject"].update(id="did:example:mallory"))
    rows.add(f"{id}-tampered", "failed", changed, f"{id}: another recipient.", signature="SIGNATURE_INVALID", **more)
    if alg not in ("RS256", "PS256"):
        other = detached(base, type, alg, key="other", verificationMethod=f"{issuer}#0")
        rows.add(
            f"{id}-other-key", "failed", other, f"{id}: another key signed.", signature="SIGNATURE_INVALID", **more
        )
    ended = detached(base | {"expirationDate": "2026-05-01T00:00:00Z"}, type, alg)
    rows.add(f"{id}-expired", "expired", ended, f"{id}: past its end.", dates="EXPIRED", **more)


def _jws(rows: Family) -> None:
    type = "JsonWebSignature2020"
    more: Json = {"format": "vc1-json", "flags": (type,)}
    base = _document(type, did_jwk("EdDSA"))
    good = detached(base, type, "EdDSA")

    def bad(id: str, file: Json, reason: str, code: str = "MALFORMED_PROOF", verdict: str = "failed") -> None:
        rows.add(f"jws-{id}", verdict, file, reason, signature=code, **more)

    def made(**header: Any) -> Json:
        whole = {"alg": "EdDSA", "b64": False, "crit": ["b64"]} | header
        return detached(base, type, "EdDSA", header={name: value for name, value in whole.items() if value is not ...})

    def with_jws(change: Any) -> Json:
        return edited(good, lambda document: document["proof"].update(jws=change(document["proof"]["jws"])))

    bad("encoded", made(b64=True), "A header that says the payload is base64url, over bytes that are not.")
    bad("no-crit", made(crit=...), "b64 without crit: others would read it another way.")
    bad("no-b64", made(b64=...), "crit names what is not there.")
    bad("more-crit", made(crit=["b64", "exp"], exp=1), "A critical header that is not known.")
    bad(
        "unknown-member",
        made(jku="https://mallory.example/keys"),
        "A header with a member that these suites do not have.",
    )
    bad("none", made(alg="none"), "No algorithm at all.")
    bad("hmac", made(alg="HS256"), "A shared secret.")
    bad("no-alg", made(alg=...), "A header without an algorithm.")
    bad("alg-list", made(alg=["EdDSA"]), "An algorithm in a list.")
    bad("alg-object", made(alg={}), "An algorithm that is an object.")
    bad("other-alg", made(alg="ES256"), "The header names an algorithm for another kind of key.", "KEY_MISMATCH")
    bad("payload", with_jws(lambda jws: jws.replace("..", f".{b64(b'x')}.")), "A payload where it must be left out.")
    bad("two-parts", with_jws(lambda jws: jws.rpartition(".")[0]), "A JWS in two parts.")
    bad("four-parts", with_jws(lambda jws: jws + ".AA"), "A JWS in four parts.")
    bad("padded", with_jws(lambda jws: jws + "=="), "A part with padding.")
    bad("empty", with_jws(lambda jws: jws.rpartition(".")[0] + "."), "An empty signature.")
    bad("short", with_jws(lambda jws: jws[:-2]), "A signature that was cut short.", "SIGNATURE_INVALID")
    both = edited(good, lambda document: document["proof"].update(proofValue=multibase(b"x" * 64)))
    bad("two-signatures", both, "A jws and a proofValue: which one counts?")
    bad("missing", edited(good, lambda document: document["proof"].pop("jws")), "A proof without its jws.")
    purpose = detached(base, type, "EdDSA", proofPurpose="authentication")
    bad("purpose", purpose, "Signed to log in.", "WRONG_PURPOSE")
    bad("undefined", good | {"honours": "first"}, "A term that no context defines.", "UNSIGNED_TERM")
    tab = _document(
        type, did_jwk("EdDSA"), id="https://fernwald.example/8", termsOfUse={"id": "urn:x", "type": "urn:y"}
    )
    rows.honest("jws-terms-of-use", detached(tab, type, "EdDSA"), "A member more that is signed.", **more)
    escaped = badge(
        V1,
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        JWS_2020,
        issuer={"id": did_jwk("EdDSA"), "type": ["Profile"]},
        issuanceDate="2026-01-01T00:00:00Z",
        validFrom=...,
        name="A\ttab",
    )
    bad(
        "escaped",
        detached(escaped, type, "EdDSA"),
        "A tab: the older canonical form writes it as it is, RDFC-1.0 escapes it, so nothing can be told.",
        "UNUSUAL_SPELLING",
        "cannot-check",
    )
    plain_name = edited(escaped, _name)
    rows.honest("jws-badge", detached(plain_name, type, "EdDSA"), "An Open Badge with a detached JWS.", **more)
    mismatched = _document("Ed25519Signature2018", did_jwk("ES256"))
    rows.add(
        "jws-2018-by-p256",
        "failed",
        detached(mismatched, "Ed25519Signature2018", "ES256"),
        "Ed25519Signature2018 by a P-256 key.",
        format="vc1-json",
        signature="KEY_MISMATCH",
    )
