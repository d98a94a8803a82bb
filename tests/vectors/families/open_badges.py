"""Open Badges 2.0 and before, signed and hosted (docs/verification.md, Open Badges 2.0)."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives import serialization
from nacl.signing import SigningKey

from families.jose import by_hand, ec_key, independent, pem
from families.kit import Family, Json, public, seed, text
from families.packing import chunk, itxt, png

SITE = "https://fernwald.example"
CONTEXT = "https://w3id.org/openbadges/v2"
ID, CLASS, ISSUER, KEY = (f"{SITE}/{name}" for name in ("assertions/7.json", "bees.json", "issuer.json", "key.json"))
AT = "2026-06-01T00:00:00Z"
RS256: Json = {"alg": "RS256"}


def assertion(**members: Any) -> Json:
    whole: Json = {
        "@context": CONTEXT,
        "type": "Assertion",
        "id": ID,
        "recipient": {"type": "email", "hashed": True, "salt": "bee", "identity": "sha256$00"},
        "issuedOn": "2026-01-01T00:00:00Z",
        "badge": CLASS,
        "verification": {"type": "SignedBadge", "creator": KEY},
    }
    return _with(whole, members)


def hosted(**members: Any) -> Json:
    return assertion(**{"verification": {"type": "HostedBadge"}} | members)


def badge_class(**members: Any) -> Json:
    name = "Beekeeping for beginners"
    return _with({"@context": CONTEXT, "type": "BadgeClass", "id": CLASS, "name": name, "issuer": ISSUER}, members)


def profile(**members: Any) -> Json:
    return _with({"@context": CONTEXT, "type": "Issuer", "id": ISSUER, "name": "Fernwald", "publicKey": KEY}, members)


def key(**members: Any) -> Json:
    whole = {
        "@context": CONTEXT,
        "type": "CryptographicKey",
        "id": KEY,
        "owner": ISSUER,
        "publicKeyPem": pem().decode(),
    }
    return _with(whole, members)


def _with(whole: Json, members: Json) -> Json:
    return {name: value for name, value in (whole | members).items() if value is not ...}


def answers(*documents: Json, **answer: Any) -> Json:
    """What `web` knows: each document under its own id."""
    usual: Json = {"status": 200, "type": "application/json", "at": AT, "source": "live"}
    return {
        one["id"]: usual | {"bytes": base64.b64encode(json.dumps(one).encode()).decode()} | answer for one in documents
    }


ALL = (badge_class(), profile(), key())


def family() -> Family:
    rows = Family("open_badges")
    _signed(rows)
    _signed_by_others(rows)
    _keys(rows)
    _hosted(rows)
    _hosting_rules(rows)
    _damaged(rows)
    _first_edition(rows)
    _baked(rows)
    return rows


def _token(payload: Json, header: Json = RS256) -> bytes:
    return independent(header, payload).encode()


def _add(rows: Family, id: str, verdict: str, content: bytes | str, reason: str, **more: Any) -> None:
    usual: Json = {"format": "ob2-jws", "ending": "jwt", "web": answers(*ALL)}
    rows.add(f"ob2jws-{id}", verdict, content, reason, **usual | more)


def _good(rows: Family, id: str, content: bytes | str, reason: str, verdict: str = "verified", **more: Any) -> None:
    _add(rows, id, verdict, content, reason, honest=True, **{"signer": "LISTED"} | more)


def _signed(rows: Family) -> None:
    token = _token(assertion())
    _good(rows, "good", token, "Class, issuer and key are looked up, and agree.")
    good = "ob2jws-good"
    _good(rows, "typ-jwt", _token(assertion(), RS256 | {"typ": "JWT"}), "A header that says JWT.")
    inside = badge_class(issuer=profile())
    _good(rows, "inline", _token(assertion(badge=inside)), "Class and profile may stand in the assertion itself.")
    _good(
        rows,
        "no-creator",
        _token(assertion(verification={"type": "signed"})),
        "Without a creator the key is the issuer's one.",
    )
    _good(
        rows,
        "verify-url",
        _token(assertion(verification=..., verify={"type": "signed", "url": KEY}, issuedOn=1767225600)),
        "Before 2.0 the key's address is `verify.url`, and a date may be seconds.",
    )
    _good(
        rows,
        "revocation-list",
        good,
        "A list on which the issuer could withdraw it is named, and nobody looked there.",
        "partly-checked",
        web=answers(badge_class(), profile(revocationList=f"{SITE}/revoked.json"), key()),
        status="LIST_NOT_LOOKED_UP",
        detail={"status": {"list": f"{SITE}/revoked.json"}},
    )
    head, payload, signature = token.decode().split(".")
    forged = base64.urlsafe_b64encode(json.dumps(assertion(id=f"{SITE}/8")).encode()).decode().rstrip("=")
    _add(
        rows,
        "tampered",
        "failed",
        f"{head}.{forged}.{signature}".encode(),
        "The assertion was changed after it was signed.",
        signature="SIGNATURE_INVALID",
    )
    _add(
        rows,
        "cut",
        "failed",
        f"{head}.{payload}.{signature[:-6]}".encode(),
        "A signature that is cut short.",
        signature="SIGNATURE_INVALID",
    )
    _add(
        rows,
        "expired",
        "expired",
        _token(assertion(expires="2026-05-01T00:00:00Z")),
        "An assertion that has expired.",
        signer="LISTED",
        dates="EXPIRED",
    )
    _add(
        rows,
        "early",
        "not-yet-valid",
        _token(assertion(issuedOn="2027-01-01T00:00:00Z")),
        "Issued next year.",
        signer="LISTED",
        dates="NOT_YET_VALID",
    )
    _add(
        rows,
        "no-badge",
        "failed",
        _token(assertion(badge=["x"])),
        "An assertion whose badge is a list.",
        readable="MALFORMED_CREDENTIAL",
        detail={"readable": {"members": ["/badge"]}},
    )
    _add(
        rows,
        "unsecured",
        "failed",
        by_hand({"alg": "none"}, assertion(), signing="RS256").encode(),
        "An assertion that says `alg: none`.",
        signature="ALGORITHM_NONE",
    )
    _add(
        rows,
        "credential-type",
        "failed",
        _token(assertion(), RS256 | {"typ": "vc+jwt"}),
        "A signature made for another kind of file.",
        signature="WRONG_TYPE",
    )


def _signed_by_others(rows: Family) -> None:
    good = "ob2jws-good"
    _add(
        rows,
        "alone",
        "cannot-check",
        good,
        "Nothing is known of the key.",
        web={},
        signature="KEY_NOT_RESOLVED",
        honest=True,
    )
    _add(
        rows,
        "no-class",
        "partly-checked",
        good,
        "Who the issuer is, only the class says.",
        web=answers(key()),
        signer="ISSUER_NOT_RESOLVED",
    )
    _add(
        rows,
        "no-profile",
        "partly-checked",
        good,
        "The issuer's profile is not known.",
        web=answers(badge_class(), key()),
        signer="ISSUER_NOT_RESOLVED",
    )
    _add(
        rows,
        "class-is-a-copy",
        "partly-checked",
        good,
        "A copy of the class that the site brings along could name any issuer.",
        web=answers(badge_class(), source="copy") | answers(profile(), key()),
        signer="DID_WEB_COPY_ONLY",
        detail={"signer": {"at": AT}},
    )
    _add(
        rows,
        "profile-is-a-copy",
        "partly-checked",
        good,
        "A copy of the profile could list any key.",
        web=answers(profile(), source="copy") | answers(badge_class(), key()),
        signer="DID_WEB_COPY_ONLY",
    )
    _add(
        rows,
        "not-listed",
        "failed",
        good,
        "The issuer's profile lists another key.",
        web=answers(badge_class(), profile(publicKey=f"{SITE}/other.json"), key()),
        signature="NO_ISSUER_PROOF",
    )
    _add(
        rows,
        "no-keys",
        "failed",
        good,
        "The issuer's profile lists no key.",
        web=answers(badge_class(), profile(publicKey=...), key()),
        signature="NO_ISSUER_PROOF",
    )
    _add(
        rows,
        "other-owner",
        "failed",
        good,
        "The key says that it is somebody else's.",
        web=answers(badge_class(), profile(), key(owner="https://other.example/issuer")),
        signer="CONTROLLER_MISMATCH",
    )
    _add(
        rows,
        "no-owner",
        "failed",
        good,
        "The key does not say whose it is.",
        web=answers(badge_class(), profile(), key(owner=...)),
        signer="CONTROLLER_MISMATCH",
    )
    other = badge_class(issuer="https://other.example/issuer")
    theirs = profile(id="https://other.example/issuer", publicKey="https://other.example/key")
    _add(
        rows,
        "other-issuer",
        "failed",
        good,
        "The class is another issuer's, who lists another key.",
        web=answers(other, theirs, key()),
        signature="NO_ISSUER_PROOF",
    )
    mine = "https://other.example/key"
    _add(
        rows,
        "own-key",
        "failed",
        _token(assertion(verification={"type": "SignedBadge", "creator": mine})),
        "Signed with a key at an address of the forger's own.",
        web=answers(badge_class(), profile(), key(id=mine)),
        signature="NO_ISSUER_PROOF",
    )
    _add(
        rows,
        "class-says-other-id",
        "partly-checked",
        good,
        "An answer that says it is another class is none.",
        web={CLASS: answers(badge_class(id=f"{SITE}/x"))[f"{SITE}/x"]} | answers(profile(), key()),
        signer="ISSUER_NOT_RESOLVED",
    )


def _keys(rows: Family) -> None:
    good = "ob2jws-good"
    p256 = ec_key("ES256").public_key()
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    pem256 = p256.public_bytes(serialization.Encoding.PEM, kind).decode()
    es256 = by_hand({"alg": "ES256"}, assertion()).encode()
    _good(
        rows, "p256", es256, "A key on P-256 in PEM.", web=answers(badge_class(), profile(), key(publicKeyPem=pem256))
    )
    spki = bytes.fromhex("302a300506032b6570032100") + public("issuer")
    ed = f"-----BEGIN PUBLIC KEY-----\r\n{base64.b64encode(spki).decode()}\r\n-----END PUBLIC KEY-----"
    _good(
        rows,
        "ed25519",
        _token(assertion(), {"alg": "EdDSA"}),
        "An Ed25519 key in PEM, with Windows' line ends.",
        web=answers(badge_class(), profile(), key(publicKeyPem=ed)),
    )
    whole = pem().decode()
    body = "".join(whole.split("\n")[1:-2])
    for id, bad, code, reason in (
        ("pem-none", "key", "MALFORMED_KEY", "A key that is no PEM."),
        ("pem-private", whole.replace("PUBLIC", "RSA PUBLIC"), "MALFORMED_KEY", "PEM of another label."),
        ("pem-cut", whole.replace(body[40:48], ""), "MALFORMED_KEY", "A PEM with eight characters missing."),
        ("pem-two", whole + whole, "MALFORMED_KEY", "Two keys in one PEM."),
        (
            "pem-other",
            "-----BEGIN PUBLIC KEY-----\nMAAwAA==\n-----END PUBLIC KEY-----",
            "KEY_TYPE_NOT_SUPPORTED",
            "A key of a kind that nobody knows.",
        ),
        ("pem-other-kind", pem256, "KEY_MISMATCH", "RS256 with a key on P-256."),
    ):
        verdict = "cannot-check" if code == "KEY_TYPE_NOT_SUPPORTED" else "failed"
        _add(
            rows,
            id,
            verdict,
            good,
            reason,
            web=answers(badge_class(), profile(), key(publicKeyPem=bad)),
            signature=code,
        )
    wrong = SigningKey(seed("other")).verify_key
    spki = bytes.fromhex("302a300506032b6570032100") + bytes(wrong)
    pem_wrong = f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(spki).decode()}\n-----END PUBLIC KEY-----\n"
    _add(
        rows,
        "wrong-key",
        "failed",
        "ob2jws-ed25519",
        "The issuer lists a key, and it is not this one.",
        web=answers(badge_class(), profile(), key(publicKeyPem=pem_wrong)),
        signature="SIGNATURE_INVALID",
    )


def _host(rows: Family, id: str, code: str, web: Json, reason: str, document: Json | str = "", **more: Any) -> None:
    honest = more.pop("honest", False)
    rows.add(
        f"ob2-{id}",
        "cannot-check",
        document or hosted(),
        reason,
        honest=honest,
        format="ob2-hosted",
        web=web,
        signature=code,
        **more,
    )


def _hosted(rows: Family) -> None:
    own = answers(hosted())
    at = {"signature": {"at": AT}}
    known = answers(badge_class(), profile())
    _host(
        rows,
        "match",
        "HOSTED_MATCH",
        own | known,
        "The issuer's server shows the same assertion.",
        detail=at,
        honest=True,
    )
    spaced = {ID: own[ID] | {"bytes": base64.b64encode(text(dict(reversed(hosted().items())))).decode()}}
    _host(
        rows,
        "match-in-other-order",
        "HOSTED_MATCH",
        spaced | known,
        "The same JSON may be written otherwise.",
        "ob2-match",
        detail=at,
        honest=True,
    )
    inside = hosted(badge=badge_class(issuer=profile()))
    _host(
        rows,
        "match-inline",
        "HOSTED_MATCH",
        answers(inside),
        "Class and issuer stand in the assertion.",
        inside,
        detail=at,
        honest=True,
    )
    _host(rows, "alone", "HOSTED", {}, "Nothing was looked up.", "ob2-match", honest=True)
    _host(
        rows,
        "changed",
        "HOSTED_DIFFERS",
        own | known,
        "The file says another date than the issuer's copy.",
        hosted(issuedOn="2020-01-01T00:00:00Z"),
    )
    _host(
        rows,
        "any-page",
        "HOSTED",
        {ID: own[ID] | {"bytes": base64.b64encode(b"<html>").decode()}} | known,
        "A page that says 200 proves nothing.",
        "ob2-match",
    )
    _host(
        rows,
        "gone",
        "HOSTED_DIFFERS",
        answers(hosted(), status=410) | known,
        "Gone is how issuers withdraw.",
        "ob2-match",
    )
    _host(
        rows,
        "not-found",
        "HOSTED_DIFFERS",
        answers(hosted(), status=404) | known,
        "The issuer's server has no such assertion.",
        "ob2-match",
    )
    _host(
        rows,
        "server-error",
        "HOSTED",
        answers(hosted(), status=500) | known,
        "A server that fails says nothing.",
        "ob2-match",
    )
    _host(
        rows,
        "copy",
        "HOSTED",
        answers(hosted(), source="copy") | known,
        "A copy that the site brings along says nothing.",
        "ob2-match",
    )
    _host(
        rows,
        "says-signed",
        "HOSTED",
        answers(assertion()) | known,
        "An assertion that says it is signed is not a hosted one.",
        assertion(),
    )


def _hosting_rules(rows: Family) -> None:
    at = {"signature": {"at": AT}}
    away = hosted(id="https://other.example/7.json")
    shown = answers(away, badge_class())
    _host(rows, "elsewhere", "HOSTED", shown | answers(profile()), "Hosted where the issuer does not host.", away)
    claims = hosted(id=away["id"], badge=badge_class(issuer=profile(verification={"allowedOrigins": "other.example"})))
    _host(rows, "elsewhere-self-allowed", "HOSTED", answers(claims), "An assertion that allows its own host.", claims)
    _host(
        rows,
        "elsewhere-class-copy",
        "HOSTED",
        answers(away) | answers(badge_class(issuer="https://other.example/"), source="copy"),
        "A copy of the class that names the forger.",
        away,
    )
    for id, verification, code, reason in (
        ("allowed-origin", {"allowedOrigins": ["other.example"]}, "HOSTED_MATCH", "The issuer allows this host."),
        ("starts-with", {"startsWith": "https://other.example/"}, "HOSTED_MATCH", "The issuer names this beginning."),
        (
            "starts-with-part",
            {"startsWith": "https://other.ex"},
            "HOSTED",
            "A beginning that stops within a host's name.",
        ),
        ("starts-with-other", {"startsWith": f"{SITE}/"}, "HOSTED", "The issuer names another beginning."),
        (
            "both-rules",
            {"startsWith": "https://other.example/", "allowedOrigins": SITE[8:]},
            "HOSTED",
            "One of two rules.",
        ),
    ):
        detail = at if code == "HOSTED_MATCH" else {}
        web = shown | answers(profile(verification=verification))
        _host(rows, id, code, web, reason, "ob2-elsewhere", detail=detail, honest=bool(detail))
    _host(
        rows,
        "issuer-no-address",
        "HOSTED",
        answers(hosted(), badge_class(issuer="urn:x")),
        "An issuer without a host.",
        "ob2-match",
    )


def _damaged(rows: Family) -> None:
    """What lacks its end, is too long, or says two things. No word in a damaged badge of 2.0 tells that it is one."""
    head, body, made = _token(assertion()).decode().split(".")
    unread: Json = {"format": "unknown", "readable": "NOT_A_CREDENTIAL"}
    too_large: Json = {"format": "unknown", "readable": "TOO_LARGE", "generate": {"padTo": 4 * 1024 * 1024 + 1}}
    _add(
        rows,
        "payload-cut",
        "cannot-check",
        f"{head}.{body[:-4]}.{made}".encode(),
        "A signed badge whose payload lacks its end.",
        **unread,
    )
    twice = json.dumps(assertion()).encode()[:-1] + b', "badge": "https://fernwald.example/diploma.json"}'
    _add(
        rows,
        "badge-twice",
        "cannot-check",
        by_hand(RS256, twice).encode(),
        "A signed assertion of two badges: readers differ on which one counts.",
        **unread,
    )
    _add(rows, "too-large", "cannot-check", "ob2jws-good", "A signed badge beyond the limit.", **too_large)
    _damaged_hosted(rows, "ob2", "ob2-hosted", hosted(), unread, too_large)


def _damaged_hosted(
    rows: Family, prefix: str, format: str, document: Json, unread: Json, too_large: Json, file: str = "match"
) -> None:
    """An assertion that the issuer's server shows whole, so that only the damage keeps it from `HOSTED_MATCH`."""
    web = answers(document, badge_class(), profile())
    whole = json.dumps(document).encode()
    twice = whole[:-1] + b', "badge": "https://fernwald.example/diploma.json"}'
    for id, content, more, reason in (
        ("cut", whole[:-9], unread, "A hosted assertion ({}) that lacks its end."),
        ("twice", twice, unread, "A hosted assertion ({}) of two badges."),
        ("too-large", f"{prefix}-{file}", too_large, "A hosted assertion ({}) beyond the limit."),
    ):
        rows.add(f"{prefix}-{id}", "cannot-check", content, reason.format(format), web=web, **more)
    over = document | {"expires": "2026-05-01T00:00:00Z"}
    rows.add(
        f"{prefix}-expired",
        "cannot-check",
        over,
        f"A hosted assertion ({format}) that is over by its own word, which nobody signed.",
        format=format,
        web=answers(over, badge_class(), profile()),
        signature="HOSTED_MATCH",
        detail={"signature": {"at": AT}},
    )


def _first_edition(rows: Family) -> None:
    """Open Badges 1.1: hosted, and looked up as those of 2.0 are."""
    document = _with(hosted(), {"@context": "https://w3id.org/openbadges/v1", "verification": ...})
    document |= {"uid": "7", "verify": {"type": "hosted", "url": ID}}
    web = answers(document, badge_class(), profile())
    rows.honest(
        "ob1-match",
        document,
        "The issuer's server shows the same assertion of Open Badges 1.1.",
        "cannot-check",
        format="ob1",
        web=web,
        signature="HOSTED_MATCH",
        detail={"signature": {"at": AT}},
    )
    rows.add(
        "ob1-changed",
        "cannot-check",
        document | {"issuedOn": "2020-01-01T00:00:00Z"},
        "An assertion of Open Badges 1.1 says another date than the issuer's copy.",
        format="ob1",
        web=web,
        signature="HOSTED_DIFFERS",
    )
    unread: Json = {"format": "unknown", "readable": "NOT_A_CREDENTIAL"}
    too_large: Json = {"format": "unknown", "readable": "TOO_LARGE", "generate": {"padTo": 4 * 1024 * 1024 + 1}}
    _damaged_hosted(rows, "ob1", "ob1", document, unread, too_large)


def _baked(rows: Family) -> None:
    web = answers(hosted(), badge_class(), profile())
    detail = {"readable": {"payload": "ob2-hosted"}, "signature": {"at": AT}}
    rows.honest(
        "ob2-png-hosted",
        png(itxt(text(hosted()), b"openbadges")),
        "A hosted badge in a picture.",
        "cannot-check",
        format="png",
        ending="png",
        web=web,
        signature="HOSTED_MATCH",
        detail=detail,
    )
    token = chunk(b"tEXt", b"openbadges\0" + _token(assertion()))
    rows.honest(
        "ob2-png-signed",
        png(token),
        "A signed Open Badge 2.0 in a picture.",
        format="png",
        ending="png",
        web=answers(*ALL),
        signer="LISTED",
        detail={"readable": {"payload": "ob2-jws"}},
    )
    element = f'<openbadges:assertion verify="{ID}"><![CDATA[{json.dumps(hosted())}]]></openbadges:assertion>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{element}</svg>'
    rows.honest(
        "ob2-svg-hosted",
        svg.encode(),
        "An address beside the copy of a hosted badge.",
        "cannot-check",
        format="svg",
        ending="svg",
        web=web,
        signature="HOSTED_MATCH",
        detail=detail,
    )
