"""Credentials and presentations in a JWT (docs/verification.md, JSON Web Signatures)."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from families.jose import b64, by_hand, did_jwk, independent, jwk, pem, shared_secret, signature
from families.kit import ISSUER, OB, OTHER, V1, V2, Family, Json, method_of, plain, public, signed
from families.lookups import AT, WEB, answered, document

BORN = 1767225600
"""2026-01-01T00:00:00Z, the date of the test credentials."""
PAST, FUTURE = 1767312000, 1798761600
KID = method_of(ISSUER)
HEADER: Json = {"alg": "EdDSA", "kid": KID}
JOSE: Json = HEADER | {"typ": "vc+jwt", "cty": "vc"}
LISTED = {"signature": {"suites": ["EdDSA"], "methods": [KID]}}
ADA = "did:example:ada"


def credential1(**members: Any) -> Json:
    """A credential of the data model 1.1, as a claim `vc`."""
    whole: Json = {
        "@context": [V1],
        "id": "https://fernwald.example/credentials/9",
        "type": ["VerifiableCredential"],
        "issuer": {"id": ISSUER, "name": "Fernwald Academy"},
        "issuanceDate": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": ADA, "degree": {"type": "Course", "name": "Beekeeping for beginners"}},
    }
    return {name: value for name, value in (whole | members).items() if value is not ...}


def claims(credential: Json | None = None, **more: Any) -> Json:
    """A VC-JWT 1.1: the claims that a library derives from the credential, and the credential."""
    vc = credential1() if credential is None else credential
    whole: Json = {"iss": ISSUER, "sub": ADA, "jti": vc.get("id"), "nbf": BORN, "vc": vc}
    return {name: value for name, value in (whole | more).items() if value is not ...}


def header(**members: Any) -> Json:
    return {name: value for name, value in (HEADER | members).items() if value is not ...}


def family() -> Family:
    rows = Family("jwt", "EdDSA")
    _good(rows)
    _algorithms(rows)
    _methods(rows)
    _keys_brought_along(rows)
    _signatures(rows)
    _headers(rows)
    _contradictions(rows)
    _dates(rows)
    _forms(rows)
    _enveloped(rows)
    _presentations(rows)
    return rows


def _ok(rows: Family, id: str, token: str | bytes, reason: str, verdict: str = "verified", **more: Any) -> None:
    content = token.encode() if isinstance(token, str) else token
    rows.honest(id, content, reason, verdict, **{"format": "vc-jwt", "ending": "jwt"} | more)


def _bad(rows: Family, id: str, token: str | bytes, reason: str, code: str = "", **more: Any) -> None:
    """A hostile token, which fails with this code of `signature`."""
    content = token.encode() if isinstance(token, str) else token
    if code:
        more["signature"] = code
    rows.add(id, more.pop("verdict", "failed"), content, reason, **{"format": "vc-jwt", "ending": "jwt"} | more)


def _good(rows: Family) -> None:
    _ok(rows, "vcjwt-good", independent(HEADER, claims()), "A VC-JWT 1.1 as libraries make it.", detail=LISTED)
    _ok(
        rows, "vcjose-good", independent(JOSE, plain()), "VC-JOSE: the payload is the credential itself.", detail=LISTED
    )
    spaced = f" \r\n{independent(JOSE, plain())}\n".encode()
    _ok(rows, "vcjose-white-space", spaced, "White space around a token is trimmed.")
    badge = claims(credential1(**{"@context": [V1, OB], "type": ["VerifiableCredential", "OpenBadgeCredential"]}))
    _ok(rows, "vcjwt-badge", independent(header(typ="JWT"), badge), "An Open Badge 3.0 in a VC-JWT.")
    unknown = claims(credential1(**{"@context": [V1, "https://fernwald.example/unknown", {"@vocab": "urn:x:"}]}))
    _ok(
        rows,
        "vcjwt-unknown-context",
        independent(HEADER, unknown),
        "A JWT signs its contexts' own bytes: none is needed.",
    )
    only_claims = claims(credential1(id=..., issuer=..., issuanceDate=..., credentialSubject={"name": "Ada Example"}))
    only_claims |= {"jti": "urn:uuid:7"}
    _ok(
        rows,
        "vcjwt-claims-only",
        independent(HEADER, only_claims),
        "VC-JWT 1.1 lets the claims alone say who issued the credential, when and to whom.",
    )
    two = claims(plain(), sub=..., jti=...)
    _ok(rows, "vcjwt-model-2", independent(HEADER, two), "A claim `vc` may hold a credential of the data model 2.0.")
    _ok(
        rows,
        "vcjwt-null-claims",
        independent(HEADER, claims(exp=None, iat=None, nbf=None)),
        "A claim that is null is absent.",
    )
    withdrawable = claims(
        credential1(credentialStatus={"id": "https://fernwald.example/status/3#94567", "type": "StatusList2021Entry"})
    )
    _ok(
        rows,
        "vcjwt-status",
        independent(HEADER, withdrawable),
        "A status inside of the claim `vc` is seen.",
        "partly-checked",
        status="MALFORMED_ENTRY",
    )


def _algorithms(rows: Family) -> None:
    for alg in ("ES256", "ES384", "ES256K", "RS256", "PS256"):
        issuer = did_jwk(alg)
        vc = credential1(issuer=issuer)
        made = independent if alg == "RS256" else by_hand
        token = made({"alg": alg, "kid": f"{issuer}#0"}, claims(vc, iss=issuer))
        _ok(rows, f"vcjwt-{alg.lower()}", token, f"A VC-JWT signed with {alg}.", flags=(alg,))
    issuer = did_jwk("ES256")
    vc, head = claims(credential1(issuer=issuer), iss=issuer), {"alg": "ES256", "kid": f"{issuer}#0"}
    token = by_hand(head, vc)
    r, s = (int.from_bytes(part, "big") for part in _halves(signature("ES256", token.rpartition(".")[0].encode())))
    message = token.rpartition(".")[0]
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    other_half = r.to_bytes(32, "big") + (order - s).to_bytes(32, "big")
    _ok(
        rows,
        "vcjwt-es256-other-s",
        f"{message}.{b64(other_half)}",
        "ECDSA has two signatures for one: JOSE allows both halves of S.",
        flags=("ES256",),
    )
    for id, value, reason in (
        ("der", encode_dss_signature(r, s), "JOSE has r and s at full length, not DER."),
        ("zero", bytes(64), "r and s of zero, which broken verifiers take for any signature."),
        ("order", order.to_bytes(32, "big") * 2, "r and s that are the group's order are zero as well."),
        ("short", _halves(signature("ES256", message.encode()))[0], "Half of a signature is none."),
    ):
        _bad(rows, f"vcjwt-es256-{id}", f"{message}.{b64(value)}", reason, "SIGNATURE_INVALID", flags=("ES256",))
    _bad(
        rows,
        "vcjwt-es256-by-another",
        by_hand(head, vc, key="other"),
        "A P-256 key that is not the issuer's.",
        "SIGNATURE_INVALID",
        flags=("ES256",),
    )
    rsa = did_jwk("RS256")
    vc = claims(credential1(issuer=rsa), iss=rsa)
    for alg, used in (("RS256", "PS256"), ("PS256", "RS256")):
        _bad(
            rows,
            f"vcjwt-{alg.lower()}-padding",
            by_hand({"alg": alg, "kid": f"{rsa}#0"}, vc, signing=used),
            f"A header that says {alg} over a signature with the other padding.",
            "SIGNATURE_INVALID",
            flags=(alg,),
        )
    _bad(
        rows,
        "vcjwt-other-kind-of-key",
        by_hand(header(alg="ES256"), claims()),
        "The algorithm is the key's: ES256 by an Ed25519 key is none.",
        "KEY_MISMATCH",
        flags=("ES256",),
    )
    for alg in ("ES512", "NONE", "eddsa", 7):
        _bad(
            rows,
            f"vcjwt-alg-{alg}".lower() if alg != "NONE" else "vcjwt-alg-none-capitals",
            by_hand(header(alg=alg), claims(), signing="EdDSA"),
            f"An algorithm that is not known here: {alg!r}.",
            "SUITE_NOT_SUPPORTED",
            verdict="cannot-check",
        )


def _halves(data: bytes) -> tuple[bytes, bytes]:
    return data[: len(data) // 2], data[len(data) // 2 :]


def _methods(rows: Family) -> None:
    multikey = ISSUER.removeprefix("did:key:")
    for id, kid, reason in (
        ("fragment", f"#{multikey}", "A `kid` may be a fragment of the issuer's identifier."),
        ("bare", multikey, "A bare `kid` is the issuer's."),
        ("did", ISSUER, "A `kid` that is the did:key itself names its one key."),
        ("absent", ..., "A did:key issuer needs no `kid`."),
        ("empty", "", "An empty `kid` names nothing, as if it was absent."),
    ):
        _ok(rows, f"vcjwt-kid-{id}", independent(header(kid=kid), claims()), reason)
    issuer = did_jwk("EdDSA")
    vc = claims(credential1(issuer=issuer), iss=issuer)
    _ok(rows, "vcjwt-did-jwk-no-kid", independent({"alg": "EdDSA"}, vc), "A did:jwk issuer needs no `kid` either.")
    web = claims(credential1(issuer=WEB), iss=WEB)
    for id, kid in (("absolute", f"{WEB}#key-1"), ("fragment", "#key-1"), ("bare", "key-1")):
        _ok(
            rows,
            f"vcjwt-did-web-{id}",
            independent(header(kid=kid), web),
            f"A key that the issuer's live document lists, named by a `kid` that is {id}.",
            signer="LISTED",
            web=answered(document()),
            detail={"signature": {"suites": ["EdDSA"], "methods": [f"{WEB}#key-1"]}},
        )
    _bad(
        rows,
        "vcjwt-did-web-copy",
        independent(header(kid="key-1"), web),
        "A document that the site brings along does not vouch for a JWT either.",
        verdict="partly-checked",
        signer="DID_WEB_COPY_ONLY",
        web=answered(document(), source="copy"),
        detail={"signer": {"at": AT}},
    )
    rows.add(
        "vcjwt-did-web-unknown",
        "cannot-check",
        "vcjwt-did-web-bare",
        "A did:web that nobody was asked for has no key here.",
        format="vc-jwt",
        signature="KEY_NOT_RESOLVED",
    )
    _bad(
        rows,
        "vcjwt-kid-of-another",
        by_hand(header(kid=method_of(OTHER)), claims(), key="other"),
        "A rightly signed token whose `kid` is somebody else's key.",
        "NO_ISSUER_PROOF",
    )
    _bad(
        rows,
        "vcjwt-kid-did-of-another",
        by_hand(header(kid=OTHER), claims(), key="other"),
        "A `kid` that is another did:key.",
        "NO_ISSUER_PROOF",
    )
    _bad(
        rows,
        "vcjwt-no-kid-other-key",
        by_hand(header(kid=...), claims(), key="other"),
        "Without a `kid` the did:key issuer's own key is meant, and this is not it.",
        "SIGNATURE_INVALID",
    )
    page = "https://fernwald.example/issuer"
    _ok(
        rows,
        "vcjwt-no-method",
        independent({"alg": "EdDSA", "typ": "JWT"}, claims(credential1(issuer=page), iss=page)),
        "An https issuer, and no word of where its key is.",
        "cannot-check",
        signature="KEY_NOT_RESOLVED",
        detail={"signature": {"suites": ["EdDSA"]}},
    )


def _keys_brought_along(rows: Family) -> None:
    page = "https://fernwald.example/issuer"
    vc = claims(credential1(issuer=page), iss=page)
    brought: Json = {"alg": "EdDSA", "jwk": jwk("EdDSA")}
    _bad(
        rows,
        "vcjwt-jwk",
        by_hand(brought, vc),
        "A key in the header came only with the document (DESIGN rule 6).",
        verdict="partly-checked",
        signer="KEY_ONLY_IN_DOCUMENT",
    )
    _bad(
        rows,
        "vcjwt-jwk-and-kid",
        by_hand(brought | {"kid": "key-1"}, vc),
        "A `kid` that nobody was asked for, and the key in the header.",
        verdict="partly-checked",
        signer="KEY_ONLY_IN_DOCUMENT",
    )
    _bad(
        rows,
        "vcjwt-jwk-wrong",
        by_hand(brought, vc, key="other"),
        "The key in the header is not the one that signed.",
        "SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "vcjwt-jwk-of-forger",
        by_hand(brought | {"jwk": jwk("EdDSA", "other")}, claims(), key="other"),
        "The forger's own key in the header does not speak for a did:key issuer.",
        "SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "vcjwt-jwk-of-forger-listed-name",
        by_hand(
            {"alg": "EdDSA", "kid": f"{WEB}#key-1", "jwk": jwk("EdDSA", "other")},
            claims(credential1(issuer=WEB), iss=WEB),
            key="other",
        ),
        "The forger's own key under a name that the issuer's document lists.",
        "SIGNATURE_INVALID",
        web=answered(document()),
    )
    _bad(
        rows,
        "vcjwt-jwk-for-listed-name-without-key",
        by_hand(
            {"alg": "EdDSA", "kid": f"{WEB}#key-1", "jwk": jwk("EdDSA", "other")},
            claims(credential1(issuer=WEB), iss=WEB),
            key="other",
        ),
        "A name that the issuer's document lists and holds no key for, and a key in the header.",
        verdict="partly-checked",
        signer="KEY_ONLY_IN_DOCUMENT",
        web=answered(document(verificationMethod=[])),
    )
    _bad(
        rows,
        "vcjwt-jwk-no-key",
        by_hand({"alg": "EdDSA", "jwk": {"kty": "OKP", "crv": "Ed25519"}}, vc),
        "A key in the header that is none.",
        "MALFORMED_KEY",
    )
    _bad(
        rows,
        "vcjwt-jku",
        by_hand({"alg": "EdDSA", "jku": "https://other.example/keys", "x5u": "https://other.example/x"}, vc),
        "Where a header says that keys are, nobody looks.",
        "KEY_NOT_RESOLVED",
        verdict="cannot-check",
    )
    _ok(
        rows,
        "vcjwt-jku-ignored",
        independent(header(jku="https://other.example/keys", x5u="https://other.example/x"), claims()),
        "`jku` and `x5u` beside a key that is known are ignored.",
    )


def _signatures(rows: Family) -> None:
    token = independent(HEADER, claims())
    head, body, made = token.split(".")
    other = claims(
        credential1(credentialSubject={"id": ADA, "degree": {"type": "Course", "name": "Beekeeping, with honours"}})
    )
    _bad(
        rows,
        "vcjwt-tampered",
        f"{head}.{b64(other)}.{made}",
        "Another degree under the old signature.",
        "SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "vcjwt-tampered-header",
        f"{b64(header(typ='JWT'))}.{body}.{made}",
        "A header that was not the signed one.",
        "SIGNATURE_INVALID",
    )
    respelt = json.dumps(claims(), indent=1).encode()
    _bad(
        rows,
        "vcjwt-respelt",
        f"{head}.{b64(respelt)}.{made}",
        "The same payload in other bytes: a JWT signs bytes.",
        "SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "vcjwt-by-another",
        by_hand(HEADER, claims(), key="other"),
        "Signed by another Ed25519 key.",
        "SIGNATURE_INVALID",
    )
    _bad(rows, "vcjwt-cut", token[:-2], "A token whose end is missing.", "SIGNATURE_INVALID")
    _bad(
        rows,
        "vcjwt-cut-by-one",
        token[:-1],
        "A token whose last character is missing: base64url with stray bits.",
        "MALFORMED_PROOF",
    )
    _bad(rows, "vcjwt-no-signature", f"{head}.{body}.", "A token without its third part.", "MALFORMED_PROOF")
    _bad(rows, "vcjwt-long-signature", f"{token}AAAA", "Three bytes after the signature.", "SIGNATURE_INVALID")
    stray = made[:-1] + chr(ord(made[-1]) + 1)
    _bad(
        rows,
        "vcjwt-stray-bits",
        f"{head}.{body}.{stray}",
        "A signature with bits that belong to no byte.",
        "MALFORMED_PROOF",
    )
    for id, head2, reason in (
        ("none", header(alg="none"), "`alg` `none` before a rightful payload and a real signature."),
        ("none-unsigned", {"alg": "none"}, "An unsecured JWS, with an empty third part."),
    ):
        text = by_hand(head2, claims(), signing="EdDSA")
        text = text.rpartition(".")[0] + "." if id == "none-unsigned" else text
        _bad(rows, f"vcjwt-alg-{id}", text, reason, "ALGORITHM_NONE")
    rsa = did_jwk("RS256")
    vc = claims(credential1(issuer=rsa), iss=rsa)
    _bad(
        rows,
        "vcjwt-hs256-public-key",
        shared_secret({"alg": "HS256", "kid": f"{rsa}#0"}, vc, pem()),
        "HMAC with the public RSA key for a secret.",
        "SHARED_SECRET",
    )
    for alg in ("HS384", "HS512"):
        _bad(
            rows,
            f"vcjwt-{alg.lower()}",
            shared_secret(header(alg=alg), claims(), public("issuer")),
            f"{alg}: whoever checks it can make it.",
            "SHARED_SECRET",
        )
    rows.add(
        "vcjwt-too-large",
        "cannot-check",
        "vcjwt-good",
        "A token with spaces up to a byte beyond the limit.",
        format="unknown",
        generate={"padTo": 4 * 1024 * 1024 + 1},
        readable="TOO_LARGE",
    )
    rows.honest(
        "vcjwt-as-large-as-may-be",
        "vcjwt-good",
        "A token with spaces up to the limit.",
        format="vc-jwt",
        generate={"padTo": 4 * 1024 * 1024},
    )


def _headers(rows: Family) -> None:
    for id, typ in (
        ("jwt", "JWT"),
        ("small", "jwt"),
        ("whole", "application/vc+jwt"),
        ("capitals", "VC+JWT"),
        ("draft", "vc+ld+json+jwt"),
        ("older-draft", "vc-ld+jwt"),
    ):
        _ok(rows, f"vcjose-typ-{id}", independent(header(typ=typ), plain()), f"A `typ` of credentials: {typ}.")
    for id, typ in (
        ("access", "at+jwt"),
        ("binding", "kb+jwt"),
        ("presentation", "vp+jwt"),
        ("number", 7),
        ("null", None),
        ("twice", "application/application/vc+jwt"),
        ("parameters", "vc+jwt; x=y"),
    ):
        _bad(
            rows,
            f"vcjose-typ-{id}",
            by_hand(header(typ=typ), plain()),
            f"A `typ` that is not a credential's: {typ!r}.",
            "WRONG_TYPE",
        )
    _ok(rows, "vcjose-cty", independent(header(cty="application/vc+ld+json"), plain()), "A `cty` of credentials.")
    for id, cty in (("presentation", "vp"), ("nested", "JWT"), ("list", ["vc"])):
        _bad(
            rows,
            f"vcjose-cty-{id}",
            by_hand(header(cty=cty), plain()),
            f"A `cty` that is not a credential's: {cty!r}.",
            "WRONG_TYPE",
        )
    for id, more, reason in (
        ("unknown", {"crit": ["exp"], "exp": FUTURE}, "An extension that must be understood, and is not."),
        ("empty", {"crit": []}, "`crit` may not be empty (RFC 7515, 4.1.11)."),
        ("not-there", {"crit": ["b64"]}, "`crit` names a member that the header lacks."),
        ("text", {"crit": "b64", "b64": True}, "`crit` is a list."),
        ("null", {"crit": None}, "A `crit` that is null is no list."),
        ("registered", {"crit": ["alg"]}, "`crit` may not name what RFC 7515 itself defines."),
    ):
        _bad(rows, f"vcjose-crit-{id}", by_hand(HEADER | more, plain()), reason, "CRITICAL_HEADER")
    _ok(
        rows,
        "vcjose-crit-b64",
        by_hand(header(crit=["b64"], b64=True), plain()),
        "`b64` is understood; true is how it always is.",
    )
    _ok(rows, "vcjose-b64-true", by_hand(header(b64=True), plain()), "`b64` true says nothing new.")
    _ok(
        rows,
        "vcjose-b64-true-and-time",
        by_hand(header(b64=True, crit=["sigT"], sigT="2026-01-01T00:00:00Z"), plain()),
        "`b64` true says nothing new beside a `crit` of something else.",
    )
    for id, more in (
        ("listed", {"crit": ["b64"], "b64": False}),
        ("unlisted", {"b64": False}),
        ("text", {"b64": "false"}),
    ):
        _bad(
            rows,
            f"vcjose-b64-{id}",
            by_hand(JOSE | more, plain()),
            f"With `b64` {more['b64']!r}, {id}, the payload would be the text itself, which is no JSON.",
            readable="MALFORMED_JSON",
        )
    _bad(rows, "vcjwt-kid-number", by_hand(header(kid=7), claims()), "A `kid` is a text.", "MALFORMED_PROOF")
    twice = b'{"alg":"EdDSA","alg":"none"}'
    _bad(
        rows,
        "vcjwt-alg-twice",
        f"{b64(twice)}.{b64(claims())}.AAAA",
        "A header that says two algorithms is no header.",
        format="unknown",
        readable="NOT_A_CREDENTIAL",
        verdict="cannot-check",
    )


def _contradictions(rows: Family) -> None:
    def mismatch(id: str, payload: Json, claim: str, reason: str, head: Json = HEADER) -> None:
        detail = {"signature": {"suites": ["EdDSA"], "methods": [KID], "pointers": [f"/{claim}"]}}
        _bad(rows, id, by_hand(head, payload), reason, "CLAIM_MISMATCH", detail=detail)

    mismatch("vcjwt-iss-differs", claims(iss=OTHER), "iss", "`iss` names another issuer than the credential.")
    mismatch(
        "vcjwt-sub-differs", claims(sub="did:example:eve"), "sub", "`sub` names another subject than the credential."
    )
    mismatch("vcjwt-jti-differs", claims(jti="urn:uuid:1"), "jti", "`jti` is another identifier than the credential's.")
    mismatch(
        "vcjwt-jti-number", claims(credential1(id="7"), jti=7), "jti", "A number is not the text that looks like it."
    )
    mismatch("vcjwt-nbf-differs", claims(nbf=BORN + 2), "nbf", "`nbf` is another moment than `issuanceDate`.")
    ends = credential1(expirationDate="2027-01-01T00:00:00Z")
    mismatch(
        "vcjwt-exp-differs",
        claims(ends, exp=FUTURE + 2),
        "exp",
        "`exp` is later than `expirationDate`: one of them is wrong.",
    )
    mismatch(
        "vcjwt-exp-differs-until",
        claims(plain(validUntil="2027-01-01T00:00:00Z"), sub=..., jti=..., exp=FUTURE - 2),
        "exp",
        "`exp` is earlier than `validUntil` of a credential in a claim `vc`.",
    )
    mismatch(
        "vcjwt-sub-object-differs",
        claims(sub={"id": ADA}),
        "sub",
        "A `sub` that is an object says as much as the subject does, or contradicts it.",
    )
    mismatch("vcjose-iss-differs", plain(iss=OTHER), "iss", "VC-JOSE: `iss` beside another `issuer`.", JOSE)
    mismatch(
        "vcjose-sub-differs",
        plain(credentialSubject={"id": ADA}, sub="did:example:eve"),
        "sub",
        "VC-JOSE: `sub` beside another subject.",
        JOSE,
    )
    mismatch(
        "vcjose-jti-differs",
        plain(id="urn:uuid:1", jti="urn:uuid:2"),
        "jti",
        "VC-JOSE: `jti` beside another `id`.",
        JOSE,
    )
    several = claims(iss=OTHER, sub="did:example:eve", nbf=BORN + 60)
    _bad(
        rows,
        "vcjwt-all-differ",
        by_hand(HEADER, several),
        "Three claims that contradict the credential are all named.",
        "CLAIM_MISMATCH",
        detail={"signature": {"suites": ["EdDSA"], "methods": [KID], "pointers": ["/iss", "/nbf", "/sub"]}},
    )
    _bad(
        rows,
        "vcjwt-iss-differs-tampered",
        by_hand(HEADER, claims(iss=OTHER), key="other"),
        "A forged signature is told before a contradiction.",
        "SIGNATURE_INVALID",
    )
    for id, payload, reason in (
        (
            "vcjwt-nbf-within-a-second",
            claims(nbf=BORN + 1),
            "Libraries round: a second between `nbf` and the date is none.",
        ),
        ("vcjwt-exp-same", claims(ends, exp=FUTURE), "`exp` that says what `expirationDate` says."),
        ("vcjwt-exp-fraction", claims(ends, exp=FUTURE + 0.75), "A NumericDate may have a fraction."),
        (
            "vcjwt-sub-one-of-two",
            claims(credential1(credentialSubject=[{"id": "did:example:bob"}, {"id": ADA}])),
            "`sub` is one of two subjects.",
        ),
        (
            "vcjwt-sub-text-subject",
            claims(plain(credentialSubject=ADA), jti=...),
            "`sub` is the subject that is a text.",
        ),
        (
            "vcjwt-sub-object",
            claims(credential1(credentialSubject={"name": "Ada"}), sub={"name": "Ada"}),
            "Some libraries repeat a subject without `id` in `sub`.",
        ),
        (
            "vcjwt-sub-alone",
            claims(credential1(credentialSubject={"name": "Ada"})),
            "`sub` may say alone what the subject's `id` is.",
        ),
    ):
        _ok(rows, id, independent(HEADER, payload), reason)
    _ok(
        rows,
        "vcjose-exp-is-the-signature-s",
        independent(JOSE, plain(validUntil="2028-01-01T00:00:00Z", exp=FUTURE, iat=BORN)),
        "VC-JOSE: `exp` and `iat` are the signature's own dates and contradict nothing.",
    )


def _dates(rows: Family) -> None:
    expired = "2026-01-02T00:00:00Z"
    until = {"until": expired}
    for id, head, payload, reason in (
        ("vcjwt-expired", HEADER, claims(exp=PAST), "`exp` alone is an end."),
        ("vcjose-expired", JOSE, plain(exp=PAST), "VC-JOSE: a signature that has expired."),
        (
            "vcjose-expired-before-until",
            JOSE,
            plain(exp=PAST, validUntil="2028-01-01T00:00:00Z"),
            "Of two ends the earlier counts.",
        ),
        (
            "vcjwt-expired-both",
            HEADER,
            claims(credential1(expirationDate=expired), exp=PAST),
            "Both say that it has expired.",
        ),
        (
            "vcjose-expired-fraction",
            JOSE,
            plain(exp=PAST + 0.999),
            "A fraction of a second is cut off in what the report says.",
        ),
    ):
        _bad(rows, id, independent(head, payload), reason, verdict="expired", dates="EXPIRED", detail={"dates": until})
    for id, head, payload, reason in (
        ("vcjwt-not-yet", HEADER, claims(credential1(issuanceDate=...), nbf=FUTURE), "`nbf` in the future."),
        ("vcjose-iat-future", JOSE, plain(iat=FUTURE), "`iat` in the future: nobody signs tomorrow."),
    ):
        _bad(
            rows,
            id,
            independent(head, payload),
            reason,
            verdict="not-yet-valid",
            dates="NOT_YET_VALID",
            detail={"dates": {"from": "2027-01-01T00:00:00Z"}},
        )
    for id, claim, value, reason in (
        ("exp-text", "exp", "2030-01-01T00:00:00Z", "A NumericDate is a number, not a date."),
        ("exp-digits", "exp", "1893456000", "Digits in quotes are no number."),
        ("exp-true", "exp", True, "True is no number."),
        ("nbf-object", "nbf", {"value": BORN}, "An object is no number."),
    ):
        _bad(
            rows,
            f"vcjwt-{id}",
            by_hand(HEADER, claims(**{claim: value})),
            reason,
            dates="MALFORMED",
            detail={"dates": {"pointers": [f"/{claim}"]}},
        )
    for id, value, reason in (
        ("far", 2**53 - 1, "The last NumericDate that JSON readers agree on, in the year 285428751."),
        ("milliseconds", 1893456000000, "Milliseconds in the place of seconds: a year far off, and no fault."),
    ):
        _ok(rows, f"vcjwt-exp-{id}", independent(HEADER, claims(exp=value)), reason)
    _ok(
        rows,
        "vcjwt-nbf-before-1970",
        independent(HEADER, claims(credential1(issuanceDate="1952-02-29T12:00:00Z"), nbf=-562939200)),
        "Some degrees are older than 1970: NumericDates may be negative.",
    )
    _ok(
        rows,
        "vcjwt-within-tolerance",
        independent(HEADER, claims(exp=1780315200)),
        "Exactly five minutes after `exp`.",
        now="2026-06-01T12:05:00Z",
    )
    _bad(
        rows,
        "vcjwt-beyond-tolerance",
        independent(HEADER, claims(exp=1780315199)),
        "Five minutes and a second after `exp`.",
        verdict="expired",
        dates="EXPIRED",
        now="2026-06-01T12:05:00Z",
    )


def _forms(rows: Family) -> None:
    def broken(id: str, payload: Any, code: str, reason: str, head: Json = HEADER, **more: Any) -> None:
        _bad(rows, id, by_hand(head, payload), reason, readable=code, **more)

    def lacks(id: str, payload: Any, members: list[str], reason: str, head: Json = HEADER) -> None:
        broken(id, payload, "MALFORMED_CREDENTIAL", reason, head, detail={"readable": {"members": members}})

    lacks(
        "vcjwt-two-credentials", claims() | plain(), ["/vc"], "A claim `vc` beside another credential: which is meant?"
    )
    lacks(
        "vcjwt-two-subjects",
        claims(credentialSubject={"id": "did:example:eve"}),
        ["/vc"],
        "A subject beside the claim `vc`.",
    )
    lacks("vcjwt-vc-text", claims(vc="did:example:1"), ["/vc"], "A claim `vc` that is no object.")
    lacks("vcjwt-vc-list", claims(vc=[credential1()]), ["/vc"], "A claim `vc` that is a list.")
    lacks("vcjwt-no-issuer", claims(credential1(issuer=...), iss=...), ["/vc/issuer"], "Nobody is named as the issuer.")
    lacks(
        "vcjwt-iss-number",
        claims(credential1(issuer=...), iss=7),
        ["/vc/issuer"],
        "An `iss` that is no text names nobody.",
    )
    lacks(
        "vcjwt-no-type",
        claims(credential1(type=["Course"])),
        ["/vc/type"],
        "A claim `vc` that is no VerifiableCredential.",
    )
    lacks(
        "vcjwt-no-context",
        claims(credential1(**{"@context": ...})),
        ["/vc/@context"],
        "A claim `vc` without its context.",
    )
    lacks(
        "vcjose-no-issuer",
        plain(issuer=..., iss=ISSUER),
        ["/issuer"],
        "VC-JOSE: `iss` does not stand in for `issuer`.",
        JOSE,
    )
    lacks(
        "vcjose-no-subject",
        plain(credentialSubject=...),
        ["/credentialSubject"],
        "VC-JOSE: a credential about nobody.",
        JOSE,
    )
    twice = b'{"iss":"%s","vc":{},"vc":{}}' % ISSUER.encode()
    broken(
        "vcjwt-vc-twice",
        twice,
        "NOT_A_CREDENTIAL",
        "A claim twice, in a token that nothing says is a credential.",
        format="unknown",
        verdict="cannot-check",
    )
    broken(
        "vcjose-type-twice",
        json.dumps(plain()).encode()[:-1] + b',"type":["VerifiableCredential"]}',
        "DUPLICATE_KEY",
        "A member twice in a credential.",
        JOSE,
    )
    broken(
        "vcjose-not-utf8",
        json.dumps(plain()).encode().replace(b"Ada", b"\xff"),
        "NOT_UTF8",
        "A payload that is not UTF-8.",
        JOSE,
    )
    broken(
        "vcjose-not-json",
        b"not json",
        "MALFORMED_JSON",
        "A payload that is no JSON, in a token whose `typ` says that it is a credential.",
        JOSE,
    )
    broken("vcjose-a-list", [plain()], "MALFORMED_JSON", "A payload that is a list.", JOSE)
    broken(
        "vcjose-deep",
        plain(deep=json.loads("[" * 64 + "]" * 64)),
        "TOO_DEEP",
        "A payload nested beyond the limit.",
        JOSE,
        verdict="cannot-check",
    )
    broken(
        "vcjose-large-number",
        json.dumps(plain(exp=2**53)).encode(),
        "NUMBER_OUT_OF_RANGE",
        "A NumericDate that JSON readers do not agree on.",
        JOSE,
        verdict="cannot-check",
    )
    head, body, made = independent(JOSE, plain()).split(".")
    _bad(
        rows,
        "vcjose-payload-cut",
        f"{head}.{body[:-3]}.{made}",
        "A payload whose end is missing.",
        readable="MALFORMED_JSON",
    )
    login = {"iss": "https://login.example", "sub": "ada", "exp": FUTURE}
    _ok(
        rows,
        "jwt-login",
        by_hand({"alg": "EdDSA", "typ": "JWT"}, login),
        "A token to log in with is no credential.",
        "cannot-check",
        format="unknown",
        readable="NOT_A_CREDENTIAL",
    )
    _ok(
        rows,
        "jwt-opaque",
        by_hand({"alg": "EdDSA"}, b"opaque"),
        "A token that holds something else than JSON is no credential.",
        "cannot-check",
        format="unknown",
        readable="NOT_A_CREDENTIAL",
    )


def _enveloped(rows: Family) -> None:
    def envelope(url: Any, type: str = "EnvelopedVerifiableCredential", **more: Any) -> Json:
        return {"@context": V2, "id": url, "type": type} | more

    token = independent(JOSE, plain())
    rows.honest(
        "enveloped-vc",
        envelope(f"data:application/vc+jwt,{token}"),
        "An enveloped credential stands for its token.",
        format="vc-jwt",
    )
    rows.honest(
        "enveloped-draft",
        envelope(f"data:application/vc-ld+jwt, {token}"),
        "The media type of a draft, and a space.",
        format="vc-jwt",
    )
    rows.honest(
        "enveloped-vp",
        envelope(f"data:application/vp+jwt,{_vp([token])}", "EnvelopedVerifiablePresentation"),
        "An enveloped presentation stands for its token.",
        format="vp-jwt",
        dates="NO_DATES",
        inner=(("/verifiableCredential/0", "vc-jwt", "verified"),),
    )
    for id, type in (("vc", "EnvelopedVerifiableCredential"), ("vp", "EnvelopedVerifiablePresentation")):
        _ok(
            rows,
            f"vcjose-signs-enveloped-{id}",
            independent(JOSE, envelope(f"data:application/vc+jwt,{token}", type)),
            f"A signed {type} is no credential, and not a damaged one either: what it stands for is not read.",
            "cannot-check",
            readable="FORMAT_NOT_SUPPORTED",
        )
    forged = independent(JOSE, plain()).rpartition(".")[0] + "." + "A" * 86
    rows.add(
        "enveloped-forged",
        "failed",
        envelope(f"data:application/vc+jwt,{forged}", name="Signed by the dean"),
        "What stands beside the token is not looked at, and the token is forged.",
        format="vc-jwt",
        signature="SIGNATURE_INVALID",
    )
    rows.add(
        "enveloped-proof-outside",
        "failed",
        signed(envelope(f"data:application/vc+jwt,{forged}")),
        "A proof around an envelope does not sign the credential in it.",
        format="vc-jwt",
        signature="SIGNATURE_INVALID",
    )
    for id, url, reason in (
        ("no-url", 7, "An enveloped credential whose `id` is no text."),
        (
            "address",
            "https://fernwald.example/credentials/7.jwt",
            "An enveloped credential is inside of its `id`, not behind it.",
        ),
        ("empty", "data:application/vc+jwt,", "An envelope with nothing in it."),
        ("no-token", "data:application/vc+jwt,eyJhbGciOiJub25lIn0.e30", "An envelope with two thirds of a token."),
    ):
        rows.add(
            f"enveloped-{id}",
            "failed",
            envelope(url),
            reason,
            format="vc-jwt",
            readable="MALFORMED_CREDENTIAL",
            detail={"readable": {"members": ["/id"]}},
        )
    for id, type in (
        ("cose", "application/vc+cose"),
        ("base64", "application/vc+jwt;base64"),
        ("text", "text/plain"),
        ("long-s", "application/vc+\u017fd-jwt"),
    ):
        rows.add(
            f"enveloped-{id}",
            "cannot-check",
            envelope(f"data:{type},{token}"),
            f"An envelope of another kind: {type}.",
            format="vc-jwt",
            readable="FORMAT_NOT_SUPPORTED",
        )


def _vp(held: Any, head: Json = HEADER, **more: Any) -> str:
    return independent(head, presentation(held, **more))


def presentation(held: Any, vp: Json | None = None, **more: Any) -> Json:
    """A VP of the data model 2.0 as a payload, or with `vp` a claim of that name."""
    whole: Json = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": ISSUER, "verifiableCredential": held}
    whole = {name: value for name, value in (whole | (more if vp is None else vp)).items() if value is not ...}
    if vp is None:
        return whole
    return {name: value for name, value in ({"iss": ISSUER, "vp": whole} | more).items() if value is not ...}


def _presentations(rows: Family) -> None:
    good, plain_one = independent(JOSE, plain()), signed(plain())
    forged = by_hand(JOSE, plain(), key="other")

    def ok(id: str, token: str, reason: str, inner: tuple[tuple[str, str, str], ...] = (), **more: Any) -> None:
        more = {"dates": "NO_DATES"} | more
        rows.honest(
            id,
            token.encode(),
            reason,
            more.pop("verdict", "verified"),
            inner=inner,
            format="vp-jwt",
            ending="jwt",
            **more,
        )

    def bad(id: str, token: str, reason: str, verdict: str = "failed", **more: Any) -> None:
        rows.add(id, verdict, token.encode(), reason, format="vp-jwt", ending="jwt", **more)

    first, second = "/vp/verifiableCredential/0", "/vp/verifiableCredential/1"
    old = _vp(
        [independent(HEADER, claims()), plain_one], vp={"@context": [V1]}, nonce="n-1", aud="https://employer.example"
    )
    ok(
        "vpjwt-good",
        old,
        "A VP-JWT 1.1 with a credential in a JWT and one in JSON.",
        ((first, "vc-jwt", "verified"), (second, "vc2-json", "verified")),
        detail={"readable": {"nonce": "n-1", "audience": ["https://employer.example"]}},
    )
    ok(
        "vpjose-good",
        _vp(
            [{"@context": V2, "id": f"data:application/vc+jwt,{good}", "type": "EnvelopedVerifiableCredential"}],
            HEADER | {"typ": "vp+jwt", "cty": "vp"},
        ),
        "VC-JOSE: the payload is the presentation, with an enveloped credential.",
        (("/verifiableCredential/0", "vc-jwt", "verified"),),
    )
    ok(
        "vpjwt-single",
        _vp(good, vp={}),
        "One credential need not be in a list.",
        (("/vp/verifiableCredential", "vc-jwt", "verified"),),
    )
    ok(
        "vpjwt-nothing",
        _vp(..., vp={}, aud=["b", "a"]),
        "A presentation in a JWT that holds nothing.",
        (),
        detail={"readable": {"audience": ["a", "b"]}},
    )
    ok(
        "vpjwt-forged-inside",
        _vp([forged, good], vp={}),
        "A presentation's verdict is about the presentation; each credential has its own.",
        ((first, "vc-jwt", "failed"), (second, "vc-jwt", "verified")),
    )
    ok(
        "vpjwt-holder-claim-only",
        _vp([good], vp={"holder": ...}),
        "`iss` alone may name the holder.",
        ((first, "vc-jwt", "verified"),),
    )
    ok(
        "vpjwt-holder-object",
        _vp([good], vp={"holder": {"id": ISSUER}}),
        "A holder may be an object with an `id`.",
        ((first, "vc-jwt", "verified"),),
    )
    ok(
        "vpjwt-credential-of-another",
        independent(header(kid=...), presentation([good], vp={"holder": OTHER}, iss=OTHER), "other"),
        "Who presents need not be who issued.",
        ((first, "vc-jwt", "verified"),),
    )
    head, _, made = old.split(".")
    bad(
        "vpjwt-tampered",
        f"{head}.{b64(presentation([good], vp={}))}.{made}",
        "Another credential under the old signature.",
        inner=((first, "vc-jwt", "verified"),),
        signature="SIGNATURE_INVALID",
    )
    bad(
        "vpjwt-by-another",
        by_hand(HEADER, presentation([good], vp={}), key="other"),
        "Presented with somebody else's key.",
        signature="SIGNATURE_INVALID",
    )
    bad(
        "vpjwt-other-holder",
        _vp([good], vp={"holder": OTHER}, iss=OTHER),
        "The signer is not the holder that the presentation names.",
        signature="NO_ISSUER_PROOF",
    )
    bad(
        "vpjwt-iss-differs",
        _vp([good], vp={}, iss=OTHER),
        "`iss` is another than the holder.",
        signature="CLAIM_MISMATCH",
        detail={"signature": {"suites": ["EdDSA"], "methods": [KID], "pointers": ["/iss"]}},
    )
    bad(
        "vpjwt-jti-differs",
        _vp([good], vp={"id": "urn:uuid:1"}, jti="urn:uuid:2"),
        "`jti` is another than the presentation's `id`.",
        signature="CLAIM_MISMATCH",
        detail={"signature": {"suites": ["EdDSA"], "methods": [KID], "pointers": ["/jti"]}},
    )
    bad(
        "vpjwt-typ",
        by_hand(header(typ="vc+jwt"), presentation([good])),
        "A presentation that says it is a credential.",
        signature="WRONG_TYPE",
    )
    bad(
        "vpjwt-expired",
        _vp([good], vp={}, exp=PAST),
        "A presentation that was good for a day.",
        "expired",
        dates="EXPIRED",
        detail={"dates": {"until": "2026-01-02T00:00:00Z"}},
    )
    _damaged_presentations(rows, old)
    bad(
        "vpjwt-nobody",
        by_hand(header(kid="key-1"), presentation([good], holder=...)),
        "A presentation by nobody that is named.",
        "cannot-check",
        signature="KEY_NOT_RESOLVED",
        detail={"signature": {"suites": ["EdDSA"]}},
    )
    login = answered(document(assertionMethod=..., authentication=[f"{WEB}#key-1"]))
    web = independent(header(kid="#key-1"), presentation([good], vp={"holder": WEB}, iss=WEB))
    ok(
        "vpjwt-listed",
        web,
        "A presentation is signed with a key that is listed for authentication.",
        ((first, "vc-jwt", "verified"),),
        signer="LISTED",
        web=login,
    )
    rows.add(
        "vpjwt-listed-for-assertions-only",
        "failed",
        "vpjwt-listed",
        "A key that is listed for assertions only presents nothing.",
        format="vp-jwt",
        signature="NO_ISSUER_PROOF",
        web=answered(document()),
    )
    for id, payload, members, reason in (
        (
            "two",
            presentation([good], vp={}) | {"verifiableCredential": [good]},
            ["/vp"],
            "A claim `vp` beside another presentation.",
        ),
        ("vp-text", {"iss": ISSUER, "vp": "x"}, ["/vp"], "A claim `vp` that is no object."),
        (
            "type",
            presentation([good], vp={"type": ["Presentation"]}),
            ["/vp/type"],
            "A claim `vp` that is no VerifiablePresentation.",
        ),
        ("context", presentation([good], vp={"@context": []}), ["/vp/@context"], "A claim `vp` without its context."),
        (
            "holder",
            presentation([good], vp={"holder": {"name": "Ada"}}),
            ["/vp/holder"],
            "A holder without an identifier.",
        ),
        ("held", presentation([7], vp={}), ["/vp/verifiableCredential"], "A number is no credential."),
    ):
        bad(
            f"vpjwt-form-{id}",
            by_hand(HEADER, payload),
            reason,
            readable="MALFORMED_CREDENTIAL",
            detail={"readable": {"members": members}},
        )
    deep = good
    for _ in range(4):
        deep = _vp([deep], vp={})
    ok("vpjwt-four-deep", deep, "Presentations in presentations, down to the limit.", ((first, "vp-jwt", "verified"),))


def _damaged_presentations(rows: Family, good: str) -> None:
    """What lacks its end, is too long, or says two things: without a payload to read, a token counts as a vc-jwt."""
    head, body, made = good.split(".")
    whole = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    usual: Json = {"ending": "jwt", "format": "vc-jwt"}
    cut = ("/vp/verifiableCredential/0", "vc-jwt", "verified"), ("/vp/verifiableCredential/1", "vc2-json", "verified")
    rows.add(
        "vpjwt-cut",
        "failed",
        f"{head}.{body}.{made[:-6]}".encode(),
        "A presentation whose signature is cut short.",
        signature="SIGNATURE_INVALID",
        inner=cut,
        **usual | {"format": "vp-jwt"},
    )
    rows.add(
        "vpjwt-payload-cut",
        "failed",
        f"{head}.{b64(whole[:-9])}.{made}".encode(),
        "A presentation's payload whose end is missing.",
        readable="MALFORMED_JSON",
        **usual,
    )
    rows.add(
        "vpjwt-too-large",
        "cannot-check",
        "vpjwt-good",
        "A presentation in a token with spaces up to a byte beyond the limit.",
        readable="TOO_LARGE",
        generate={"padTo": 4 * 1024 * 1024 + 1},
        **usual | {"format": "unknown"},
    )
    twice = json.dumps(presentation([])).encode()[:-1] + b', "verifiableCredential": ["x"]}'
    rows.add(
        "vpjwt-held-twice",
        "failed",
        by_hand(HEADER, twice).encode(),
        "A presentation in a token that says twice what it presents, rightly signed.",
        readable="DUPLICATE_KEY",
        **usual,
    )
