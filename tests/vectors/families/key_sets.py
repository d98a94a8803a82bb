"""JSON Web Key Sets at https issuers (docs/verification.md, 1.1): which keys are the issuer's, and who cannot tell."""

from __future__ import annotations

from typing import Any

from families.jose import b64, by_hand, jwk
from families.kit import Family, Json, plain
from families.lookups import answered, document
from families.sd_jwt import HEAD, HOLDER, binding, course, joined

ISS = "https://fernwald.example"
METADATA = f"{ISS}/.well-known/jwt-vc-issuer"
SET = f"{ISS}/keys.json"
EARLIER = "2026-05-01T00:00:00Z"
LISTED = {"format": "sd-jwt", "ending": "sd-jwt", "signer": "LISTED"}


def listed_key(kind: str = "EdDSA", key: str = "issuer", **members: Any) -> Json:
    """A key as it stands in a set."""
    return {name: value for name, value in ({"kid": "key-1"} | jwk(kind, key) | members).items() if value is not ...}


def metadata(*keys: Any, issuer: str = ISS, **members: Any) -> Json:
    whole: Json = {"issuer": issuer, "jwks": {"keys": list(keys) or [listed_key()]}}
    return {name: value for name, value in (whole | members).items() if value is not ...}


def held(*keys: Any, **answer: Any) -> Json:
    """The metadata of the issuer with these keys, answered."""
    return answered(metadata(*keys), METADATA, **answer)


def credential(head: Json | None = None, key: str = "issuer", **members: Any) -> bytes:
    """An SD-JWT VC of an issuer at an https address. A member of the header given as ... is left out."""
    whole: Json = HEAD | {"kid": "key-1"} | (head or {})
    header = {name: value for name, value in whole.items() if value is not ...}
    return joined(by_hand(header, course(**{"iss": ISS} | members), key=key)).encode()


def family() -> Family:
    rows = Family("key_sets", "sd-jwt")
    _good(rows)
    _copies(rows)
    _not_the_issuers(rows)
    _not_known(rows)
    _without_kid(rows)
    _bare(rows)
    return rows


def _bad(rows: Family, id: str, content: bytes | str, reason: str, code: str, web: Json, **more: Any) -> None:
    """A file that is not the issuer's as far as it goes: `failed` unless `more` says otherwise."""
    common = {"format": "sd-jwt", "ending": "sd-jwt", "signature": code}
    rows.add(f"keyset-{id}", more.pop("verdict", "failed"), content, reason, web=web, **common | more)


def _good(rows: Family) -> None:
    first = "keyset-live"
    rows.honest(
        first,
        credential(),
        "The issuer's metadata, looked up now, holds the key that signed.",
        web=held(),
        detail={"signature": {"suites": ["EdDSA"], "methods": [f"{ISS}#key-1"]}},
        **LISTED,
    )
    elsewhere = answered(metadata(jwks=..., jwks_uri=SET), METADATA) | answered({"keys": [listed_key()]}, SET)
    rows.honest("keyset-uri", first, "The metadata may name the set instead of holding it.", web=elsewhere, **LISTED)
    rows.honest(
        "keyset-kid-with-hash",
        credential({"kid": "#key-1"}),
        "A `kid` may have a hash before it.",
        web=held(),
        **LISTED,
    )
    rows.honest(
        "keyset-kid-whole",
        credential({"kid": f"{ISS}#key-1"}),
        "A `kid` may be the issuer's identifier, a hash and the name.",
        web=held(),
        **LISTED,
    )
    others = held({"kid": "key-0"}, 7, listed_key(key="other", kid="key-2"), {"kty": "oct", "kid": 9}, listed_key())
    rows.honest("keyset-among-others", first, "What else stands in the set does not matter.", web=others, **LISTED)
    for id, issuer, address in (
        ("path", f"{ISS}/dept/bees", f"{METADATA}/dept/bees"),
        ("path-with-slash", f"{ISS}/dept/bees/", f"{METADATA}/dept/bees"),
        ("slash", f"{ISS}/", METADATA),
        ("port", f"{ISS}:8443", f"{ISS}:8443/.well-known/jwt-vc-issuer"),
    ):
        web = answered(metadata(issuer=issuer), address)
        rows.honest(f"keyset-{id}", credential(iss=issuer), f"Where the metadata of {issuer} is.", web=web, **LISTED)
    for alg in ("ES256", "ES384", "RS256"):
        web = held(listed_key(alg, alg=alg, use="sig"))
        rows.honest(
            f"keyset-{alg.lower()}", credential({"alg": alg}), f"A key for {alg} in the set.", web=web, **LISTED
        )
    model = by_hand({"alg": "EdDSA", "kid": "key-1", "typ": "vc+jwt"}, plain(issuer={"id": ISS, "name": "Fernwald"}))
    rows.honest(
        "keyset-vc-jwt",
        model.encode(),
        "The metadata is for credentials in any JWT.",
        web=held(),
        format="vc-jwt",
        ending="jwt",
        signer="LISTED",
    )
    profile = answered({"id": ISS, "type": "Profile", "name": "Fernwald Academy"}, ISS)
    rows.honest(
        "keyset-beside-profile",
        first,
        "A profile that says nothing of keys leaves that to the metadata.",
        web=profile | held(),
        **LISTED,
    )


def _copies(rows: Family) -> None:
    copy = {"source": "copy", "at": EARLIER}
    both = metadata(jwks=..., jwks_uri=SET)
    for id, web, what in (
        ("copy", held(**copy), "The metadata is a copy"),
        (
            "copy-of-set",
            answered(both, METADATA) | answered({"keys": [listed_key()]}, SET, **copy),
            "The set that the metadata names is a copy",
        ),
        (
            "copy-of-metadata",
            answered(both, METADATA, **copy) | answered({"keys": [listed_key()]}, SET),
            "The metadata that names the set is a copy",
        ),
    ):
        rows.add(
            f"keyset-{id}",
            "partly-checked",
            "keyset-live",
            f"{what}: whether the key is the issuer's today is not known.",
            format="sd-jwt",
            ending="sd-jwt",
            web=web,
            signer="DID_WEB_COPY_ONLY",
            detail={"signer": {"at": EARLIER}},
        )
    _bad(
        rows,
        "copy-without-key",
        "keyset-live",
        "A copy of a set without the key may be too old or too new.",
        "KEY_NOT_RESOLVED",
        held(listed_key(kid="key-2"), **copy),
        verdict="cannot-check",
    )


def _not_the_issuers(rows: Family) -> None:
    live = "keyset-live"
    _bad(
        rows,
        "wrong-key",
        credential(key="other"),
        "Somebody else signed in the name of the issuer's key.",
        "SIGNATURE_INVALID",
        held(),
    )
    _bad(
        rows,
        "unlisted",
        live,
        "The issuer's set, looked up now, does not hold the key.",
        "NO_ISSUER_PROOF",
        held(listed_key(kid="key-2"), listed_key(kid="key-3")),
    )
    _bad(
        rows,
        "empty",
        live,
        "The issuer's set, looked up now, is empty.",
        "NO_ISSUER_PROOF",
        held() | answered(metadata(jwks={"keys": []}), METADATA),
    )
    brought = credential({"kid": ..., "jwk": jwk("EdDSA", "other")}, key="other")
    _bad(
        rows,
        "brought-along",
        brought,
        "A key that came along does not take the place of the issuer's one key.",
        "SIGNATURE_INVALID",
        held(),
    )
    _bad(
        rows,
        "brought-along-by-name",
        credential({"jwk": jwk("EdDSA", "other")}, key="other"),
        "A key that came along under the name of the issuer's.",
        "SIGNATURE_INVALID",
        held(),
    )
    for id, members in (
        ("encryption", {"use": "enc"}),
        ("operations", {"key_ops": ["sign"]}),
        ("other-alg", {"alg": "ES256"}),
    ):
        _bad(
            rows,
            f"for-{id}",
            live,
            f"A key in the set that is for something else: {members}.",
            "KEY_MISMATCH",
            held(listed_key(**members)),
        )
    _bad(rows, "malformed-key", live, "A key in the set that is cut off.", "MALFORMED_KEY", held(listed_key(x="AAAA")))
    own = answered(document(ISS, key="other"), ISS)
    _bad(
        rows,
        "document-first",
        live,
        "Where the issuer's own document lists a key of this name, that is the key.",
        "SIGNATURE_INVALID",
        own | held(),
    )
    told = course(iss=ISS, cnf={"jwk": jwk("EdDSA", HOLDER)})
    issued = joined(by_hand(HEAD | {"kid": "key-1"}, told))
    _bad(
        rows,
        "binding-by-issuer",
        (issued + binding(issued, key="issuer")).encode(),
        "A key binding that names no key is by the holder's, not by the issuer's one key.",
        "KEY_BINDING_INVALID",
        held(),
    )


def _not_known(rows: Family) -> None:
    def unknown(id: str, reason: str, web: Json, content: bytes | str = "keyset-live") -> None:
        _bad(rows, id, content, reason, "KEY_NOT_RESOLVED", web, verdict="cannot-check")

    unknown("not-asked", "Nobody asked the issuer.", {})
    unknown(
        "of-another",
        "Metadata of another issuer than the one that was asked.",
        answered(metadata(issuer=f"{ISS}/"), METADATA),
    )
    unknown("of-nobody", "Metadata that does not say whose it is.", answered(metadata(issuer=...), METADATA))
    unknown(
        "held-and-named",
        "Metadata with a set and the address of a set (SD-JWT VC: not both).",
        answered(metadata(jwks_uri=SET), METADATA) | answered({"keys": [listed_key()]}, SET),
    )
    unknown("neither", "Metadata with neither a set nor an address.", answered(metadata(jwks=...), METADATA))
    for id, address in (("http", "http://fernwald.example/keys.json"), ("number", 7)):
        web = answered(metadata(jwks=..., jwks_uri=address), METADATA) | answered(
            {"keys": [listed_key()]}, "http://fernwald.example/keys.json"
        )
        unknown(f"uri-{id}", f"A set at an address that is not one of https: {address}.", web)
    unknown(
        "uri-unanswered", "The address of the set did not answer.", answered(metadata(jwks=..., jwks_uri=SET), METADATA)
    )
    unknown("not-there", "The issuer has no metadata.", held(status=404))
    unknown("not-json", "The metadata is no JSON.", answered(b"<html>", METADATA))
    unknown("set-text", "A set that is a text.", answered(metadata(jwks="x"), METADATA))
    unknown(
        "keys-object",
        "A set whose keys are no list.",
        answered(metadata(jwks={"keys": {"key-1": listed_key()}}), METADATA),
    )
    unknown(
        "same-name-twice",
        "Two keys of one name: nobody can tell which is meant.",
        held(listed_key(key="other"), listed_key()),
    )
    unknown(
        "at-the-wrong-place",
        "Metadata behind the path, where the rule puts it before.",
        answered(metadata(issuer=f"{ISS}/dept"), f"{ISS}/dept/.well-known/jwt-vc-issuer"),
        credential(iss=f"{ISS}/dept"),
    )
    unknown(
        "query",
        "An issuer with a query has no metadata.",
        answered(metadata(issuer=f"{ISS}?a=b"), METADATA),
        credential(iss=f"{ISS}?a=b"),
    )
    unknown(
        "http-issuer",
        "Over http anybody could answer.",
        answered(metadata(issuer="http://fernwald.example"), "http://fernwald.example/.well-known/jwt-vc-issuer"),
        credential(iss="http://fernwald.example"),
    )


def _without_kid(rows: Family) -> None:
    unnamed = credential({"kid": ...})
    rows.honest(
        "keyset-without-kid",
        unnamed,
        "A header that names no key, and an issuer who has one.",
        web=held(listed_key(kid=...)),
        **LISTED,
    )
    _bad(
        rows,
        "without-kid-of-two",
        unnamed,
        "A header that names no key, and an issuer who has two.",
        "KEY_NOT_RESOLVED",
        held(listed_key(), listed_key(key="other", kid="key-2")),
        verdict="cannot-check",
    )
    _bad(
        rows,
        "without-kid-wrong",
        credential({"kid": ...}, key="other"),
        "A header that names no key, and a signature by another than the issuer's one key.",
        "SIGNATURE_INVALID",
        held(),
    )


def _bare(rows: Family) -> None:
    address = f"{ISS}/keys/1"
    named = credential({"kid": address})
    unclaimed = {"format": "sd-jwt", "ending": "sd-jwt", "signer": "ISSUER_NOT_RESOLVED"}
    rows.honest(
        "keyset-bare-key",
        named,
        "A key at the address that `kid` is: nobody says whose it is.",
        "partly-checked",
        web=answered(jwk("EdDSA"), address),
        **unclaimed,
    )
    profile = answered({"id": ISS, "type": "Profile", "name": "Fernwald Academy"}, ISS)
    rows.honest(
        "keyset-bare-key-and-profile",
        "keyset-bare-key",
        "A profile without keys does not say that the key is another's.",
        "partly-checked",
        web=profile | answered(jwk("EdDSA"), address),
        **unclaimed,
    )
    whole = held(listed_key(kid=address))
    rows.honest(
        "keyset-bare-key-listed",
        "keyset-bare-key",
        "The issuer's set lists the address, and the key there says nothing of its owner.",
        "partly-checked",
        web=whole | answered(jwk("EdDSA"), address),
        **unclaimed,
    )
    forged = credential({"kid": "https://evil.example/key"}, key="other")
    evil = answered(jwk("EdDSA", "other"), "https://evil.example/key")
    rows.add(
        "keyset-bare-key-elsewhere",
        "partly-checked",
        forged,
        "A key at somebody else's address is not the issuer's for that.",
        web=evil,
        **unclaimed,
    )
    _bad(
        rows,
        "bare-key-elsewhere-known",
        "keyset-bare-key-elsewhere",
        "A key at somebody else's address, where the issuer's set is known.",
        "NO_ISSUER_PROOF",
        held() | evil,
    )
    _bad(
        rows,
        "bare-key-tampered",
        named[:-12] + b"AAAAAAAAAAA~",
        "A key at an address, and a signature that is not by it.",
        "SIGNATURE_INVALID",
        answered(jwk("EdDSA"), address),
    )
    secret = answered({"kty": "oct", "k": b64(b"secret")}, address)
    _bad(
        rows,
        "bare-secret",
        "keyset-bare-key",
        "A shared secret at an address.",
        "KEY_TYPE_NOT_SUPPORTED",
        secret,
        verdict="cannot-check",
    )
