"""Keys and issuers whose document has to be looked up: what `web` answers (docs/verification.md, 1, 2)."""

from __future__ import annotations

import base64
import json
from typing import Any

from families.kit import (
    CREATED,
    ISSUER,
    Family,
    Json,
    by_hand,
    did,
    method_of,
    multibase,
    plain,
    proof,
    public,
)

WEB = "did:web:fernwald.example"
METHOD = f"{WEB}#key-1"
PAGE = "https://fernwald.example/issuer"
AT = "2026-06-01T00:00:00Z"


def document(identifier: str = WEB, *, key: str = "issuer", **members: Any) -> Json:
    """A DID document with one key, listed for assertions."""
    name = f"{identifier}#key-1"
    method = {
        "id": name,
        "type": "Multikey",
        "controller": identifier,
        "publicKeyMultibase": multibase(b"\xed\x01" + public(key)),
    }
    whole: Json = {"id": identifier, "verificationMethod": [method], "assertionMethod": [name]}
    return {name: value for name, value in (whole | members).items() if value is not ...}


def answered(value: Any, address: str = WEB, **answer: Any) -> Json:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    usual = {"status": 200, "type": "application/did+json", "at": AT, "source": "live"}
    return {address: usual | {"bytes": base64.b64encode(data).decode()} | answer}


def method_with(**members: Any) -> Json:
    whole = document()
    [method] = whole["verificationMethod"]
    changed = {name: value for name, value in (method | members).items() if value is not ...}
    return whole | {"verificationMethod": [changed]}


def jwk_did() -> str:
    x = base64.urlsafe_b64encode(public("issuer")).rstrip(b"=").decode()
    jwk = json.dumps({"kty": "OKP", "crv": "Ed25519", "x": x}, separators=(",", ":")).encode()
    return "did:jwk:" + base64.urlsafe_b64encode(jwk).rstrip(b"=").decode()


def family() -> Family:
    rows = Family("lookups", "eddsa-jcs-2022")
    file = by_hand(plain(issuer=WEB), verificationMethod=METHOD)
    first = "listed-live"
    rows.honest(first, file, "The issuer's live document lists the key.", web=answered(document()), signer="LISTED")
    rows.honest(
        "by-address",
        first,
        "A did:web document may be answered under its https address.",
        web=answered(document(), "https://fernwald.example/.well-known/did.json"),
        signer="LISTED",
    )
    port = "did:web:fernwald.example%3A8443:dept:bees"
    rows.honest(
        "by-address-with-port-and-path",
        by_hand(plain(issuer=port), verificationMethod=f"{port}#key-1"),
        "did:web spells a port's colon %3A and a path's slashes as colons.",
        web=answered(document(port), "https://fernwald.example:8443/dept/bees/did.json"),
        signer="LISTED",
    )
    rows.honest(
        "jwk-in-document",
        first,
        "The key may be a JSON Web Key.",
        web=answered(
            method_with(
                publicKeyMultibase=...,
                publicKeyJwk={"kty": "OKP", "crv": "Ed25519", "x": jwk_x()},
            )
        ),
        signer="LISTED",
    )
    _says_what_it_is_for(rows, first)
    _base58(rows, first)
    rows.honest(
        "relative-method",
        first,
        "A document may name its own methods by fragment alone.",
        web=answered(method_with(id="#key-1") | {"assertionMethod": ["#key-1"]}),
        signer="LISTED",
    )
    rows.honest(
        "method-under-purpose",
        first,
        "A verification method may stand under its purpose, whole.",
        web=answered(document(verificationMethod=..., assertionMethod=document()["verificationMethod"])),
        signer="LISTED",
    )
    rows.honest(
        "https-issuer-live",
        by_hand(plain(issuer=PAGE), verificationMethod=f"{PAGE}#key-1"),
        "An https issuer's own document answers as a DID document does.",
        web=answered(document(PAGE), PAGE),
        signer="LISTED",
    )
    own = jwk_did()
    rows.honest("did-jwk", by_hand(plain(issuer=own), verificationMethod=f"{own}#0"), "A did:jwk is the key itself.")
    rows.add(
        "did-jwk-other-fragment",
        "failed",
        by_hand(plain(issuer=own), verificationMethod=f"{own}#1"),
        "A did:jwk has one verification method, #0.",
        signature="NO_ISSUER_PROOF",
    )
    stray = own[:-1] + ("B" if own[-1] != "B" else "C")
    rows.add(
        "did-jwk-stray-bits",
        "failed",
        by_hand(plain(issuer=stray), verificationMethod=f"{stray}#0"),
        "base64url whose last character holds bits of no byte is no did:jwk.",
        signature="MALFORMED_KEY",
    )
    rows.add(
        "listed-in-copy",
        "partly-checked",
        first,
        "A document that the site brings along does not vouch for itself (DESIGN rule 9).",
        web=answered(document(), source="copy"),
        signer="DID_WEB_COPY_ONLY",
        detail={"signer": {"at": AT}},
    )
    rows.add(
        "copy-does-not-list",
        "partly-checked",
        by_hand(plain(issuer=WEB), verificationMethod=method_of(did("issuer"))),
        "A copy may be out of date: a key that it does not list is not refused for that.",
        web=answered(document(key="other"), source="copy"),
        signer="DID_WEB_COPY_ONLY",
    )
    rows.add(
        "live-does-not-list",
        "failed",
        by_hand(plain(issuer=WEB), verificationMethod=method_of(did("issuer"))),
        "The issuer's live document lists another key and not this one.",
        web=answered(document(key="other")),
        signature="NO_ISSUER_PROOF",
    )
    rows.add(
        "listed-for-login-only",
        "failed",
        first,
        "A key that is listed for authentication signs no credentials.",
        web=answered(document(assertionMethod=..., authentication=[METHOD])),
        signature="NO_ISSUER_PROOF",
    )
    rows.add(
        "purpose-not-stated",
        "partly-checked",
        first,
        "A document that says of no key what it is for leaves the signer open.",
        web=answered(document(assertionMethod=...)),
        signer="PURPOSE_NOT_STATED",
    )
    rows.add(
        "controller-is-another",
        "failed",
        first,
        "The issuer's document lists a key that it says is somebody else's.",
        web=answered(method_with(controller="did:web:other.example")),
        signer="CONTROLLER_MISMATCH",
    )
    rows.add(
        "revoked-key",
        "partly-checked",
        first,
        "A key that its document revoked before the check is not relied on.",
        web=answered(method_with(revoked="2026-05-01T00:00:00Z")),
        signer="KEY_WITHDRAWN",
    )
    rows.add(
        "expired-key",
        "partly-checked",
        first,
        "A key that its document lets expire before the check is not relied on.",
        web=answered(method_with(expires="2026-06-01T12:00:00Z")),
        signer="KEY_WITHDRAWN",
    )
    rows.add(
        "key-with-odd-end",
        "partly-checked",
        first,
        "An end that is no date may be any: the key is not relied on.",
        web=answered(method_with(expires="soon")),
        signer="KEY_WITHDRAWN",
    )
    rows.honest(
        "key-that-expires-later",
        first,
        "A key is good until its document says otherwise.",
        web=answered(method_with(expires="2026-06-01T12:00:01Z")),
        signer="LISTED",
    )
    rows.add(
        "other-key",
        "failed",
        first,
        "The document holds another key under the name that the proof gives.",
        web=answered(document(key="other")),
        signature="SIGNATURE_INVALID",
    )
    for id, answer, reason in (
        ("not-found", answered(document(), status=404), "A page that says 404 is no document, whatever it holds."),
        ("not-json", answered(b"<html>"), "An answer that is not JSON is no document."),
        ("not-an-object", answered([document()]), "A list is no document."),
        ("twice", answered(b'{"id":"%s","id":"%s"}' % (WEB.encode(), WEB.encode())), "A member twice: no document."),
        (
            "no-such-method",
            answered(document(verificationMethod=[])),
            "The document lists a name and holds no key for it.",
        ),
    ):
        rows.add(id, "cannot-check", first, reason, web=answer, signature="KEY_NOT_RESOLVED")
    rows.add(
        "other-id",
        "partly-checked",
        first,
        "A document that says it is somebody else's does not answer for the issuer.",
        web=answered(document() | {"id": "did:web:other.example"}),
        signer="ISSUER_NOT_RESOLVED",
    )
    rows.add(
        "two-encodings",
        "failed",
        first,
        "A method with its key in two encodings may be two keys.",
        web=answered(method_with(publicKeyJwk={"kty": "OKP", "crv": "Ed25519", "x": jwk_x()})),
        signature="MALFORMED_KEY",
    )
    rows.add(
        "proof-points-elsewhere",
        "failed",
        by_hand(plain(issuer=WEB), key="other", verificationMethod="did:web:other.example#key-1"),
        "A document that only the proof points at does not speak for the issuer.",
        web=answered(document()) | answered(document("did:web:other.example", key="other"), "did:web:other.example"),
        signature="NO_ISSUER_PROOF",
    )
    rows.add(
        "fragment-key",
        "partly-checked",
        by_hand(plain(issuer=PAGE), verificationMethod=f"{PAGE}#{ISSUER.removeprefix('did:key:')}"),
        "A key in the fragment of an address that did not resolve came only with the document (DESIGN rule 6).",
        signer="KEY_ONLY_IN_DOCUMENT",
    )
    rows.add(
        "fragment-key-answered",
        "cannot-check",
        "fragment-key",
        "Where the address does resolve, its fragment is a name and no key.",
        web=answered(document(PAGE, assertionMethod=[f"{PAGE}#{ISSUER.removeprefix('did:key:')}"]), PAGE),
        signature="KEY_NOT_RESOLVED",
    )
    unsigned = plain(issuer=WEB)
    sets = [by_hand(unsigned, verificationMethod=METHOD)["proof"], proof(unsigned, "eddsa-jcs-2022", created=CREATED)]
    rows.honest(
        "one-listed-of-two",
        unsigned | {"proof": sets},
        "Where the issuer's live document is known, a proof by a key that it does not list is somebody else's.",
        web=answered(document()),
        signer="LISTED",
    )
    return rows


def _says_what_it_is_for(rows: Family, file: str) -> None:
    """The same key as a JSON Web Key with members that say what it is for (RFC 7517, 4.2 to 4.4)."""
    for id, members, code, reason in (
        ("sig", {"use": "sig"}, "OK", "A key for signatures may say so."),
        ("verify", {"key_ops": ["verify"]}, "OK", "A key may say that it checks signatures."),
        ("alg", {"alg": "EdDSA"}, "OK", "A key may say for which algorithm it is."),
        ("alg-9864", {"alg": "Ed25519"}, "OK", "RFC 9864 has another name for the same algorithm."),
        ("null", {"use": None, "key_ops": None, "alg": None}, "OK", "A null says nothing of what a key is for."),
        ("enc", {"use": "enc"}, "KEY_MISMATCH", "A key that is for encryption signs nothing."),
        ("encrypt", {"key_ops": ["encrypt"]}, "KEY_MISMATCH", "A key whose operations do not include verify."),
        ("no-ops", {"key_ops": []}, "KEY_MISMATCH", "A key that is for no operation at all."),
        (
            "both",
            {"use": "sig", "key_ops": ["deriveKey"]},
            "KEY_MISMATCH",
            "A key whose two members contradict each other: the stricter counts.",
        ),
        ("alg-other", {"alg": "ES256"}, "KEY_MISMATCH", "A key that says it is for an algorithm of another kind."),
        ("alg-unknown", {"alg": "ECDH-ES"}, "KEY_MISMATCH", "A key that says it is for agreeing on secrets."),
        ("use-number", {"use": 1}, "MALFORMED_KEY", "A use that is no text."),
        ("ops-text", {"key_ops": "verify"}, "MALFORMED_KEY", "Operations that are no list."),
        ("alg-list", {"alg": ["EdDSA"]}, "MALFORMED_KEY", "An algorithm that is no text."),
    ):
        key = {"kty": "OKP", "crv": "Ed25519", "x": jwk_x(), **members}
        answer = answered(method_with(publicKeyMultibase=..., publicKeyJwk=key))
        if code == "OK":
            rows.honest(f"jwk-{id}", file, reason, web=answer, signer="LISTED")
        else:
            rows.add(f"jwk-{id}", "failed", file, reason, web=answer, signature=code)


def _base58(rows: Family, file: str) -> None:
    key = multibase(public("issuer"))[1:]
    for id, type, text, code, verdict, reason in (
        ("2018", "Ed25519VerificationKey2018", key, "OK", "verified", "The older encoding of an Ed25519 key."),
        ("2020", "Ed25519VerificationKey2020", key, "OK", "verified", "The older encoding under the newer type."),
        ("in-list", ["Ed25519VerificationKey2018"], key, "OK", "verified", "The type of a method may be a list."),
        (
            "other-type",
            "Multikey",
            key,
            "KEY_TYPE_NOT_SUPPORTED",
            "cannot-check",
            "A bare key under a type that does not say what it is.",
        ),
        (
            "two-types",
            ["Ed25519VerificationKey2018", "EcdsaSecp256k1VerificationKey2019"],
            key,
            "KEY_TYPE_NOT_SUPPORTED",
            "cannot-check",
            "A bare key under two types may be either.",
        ),
        (
            "other-curve",
            "EcdsaSecp256k1VerificationKey2019",
            key,
            "KEY_MISMATCH",
            "failed",
            "By its type this is a key of another curve.",
        ),
        (
            "short",
            "Ed25519VerificationKey2018",
            multibase(public("issuer")[1:])[1:],
            "MALFORMED_KEY",
            "failed",
            "31 bytes.",
        ),
        (
            "with-prefix",
            "Ed25519VerificationKey2018",
            multibase(b"\xed\x01" + public("issuer"))[1:],
            "MALFORMED_KEY",
            "failed",
            "A multicodec prefix where none belongs.",
        ),
        (
            "with-z",
            "Ed25519VerificationKey2018",
            f"z{key}",
            "MALFORMED_KEY",
            "failed",
            "A multibase letter where none belongs.",
        ),
        (
            "alphabet",
            "Ed25519VerificationKey2018",
            key[:-1] + "0",
            "MALFORMED_KEY",
            "failed",
            "0 is not in the alphabet.",
        ),
        ("empty", "Ed25519VerificationKey2018", "", "MALFORMED_KEY", "failed", "No key at all in publicKeyBase58."),
    ):
        answer = answered(method_with(publicKeyMultibase=..., publicKeyBase58=text, type=type))
        if code == "OK":
            rows.honest(f"base58-{id}", file, reason, web=answer, signer="LISTED")
        else:
            rows.add(f"base58-{id}", verdict, file, reason, web=answer, signature=code)


def jwk_x() -> str:
    return base64.urlsafe_b64encode(public("issuer")).rstrip(b"=").decode()
