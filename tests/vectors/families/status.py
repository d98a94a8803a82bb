"""Status lists: whether the issuer has withdrawn a credential, and lists that say nothing (docs/verification.md, 4)."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from typing import Any

from families.kit import ISSUER, NOW, RDFC, V1, V2, Family, Json, badge, by_hand, did, method_of, plain, signed, text
from families.lookups import METHOD, WEB
from families.lookups import answered as did_answered
from families.lookups import document as did_document

LIST = "https://fernwald.example/status/1"
DATED = "2026-05-20T00:00:00Z"
OLD = "2026-05-02T11:59:59Z"
"""Thirty days and a second before NOW."""
OTHER = did("other")
BITS = 131_072
EDTECH = "https://fernwald.example/api/revocations"


def bits(*places: int, count: int = BITS) -> bytes:
    """A list in which these places, from the left, are set."""
    data = bytearray(-(-count // 8))
    for place in places:
        data[place // 8] |= 0x80 >> place % 8
    return bytes(data)


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(gzip.compress(data, mtime=0)).rstrip(b"=").decode()


def entry(index: Any = "7", **members: Any) -> Json:
    made: Json = {
        "id": f"{LIST}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": index,
        "statusListCredential": LIST,
    }
    return {name: value for name, value in (made | members).items() if value is not ...}


def listing(data: bytes = bits(), *, subject: Json | None = None, encoded: str | None = None, **members: Any) -> Json:
    """A list before it is signed."""
    inside = {
        "id": f"{LIST}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "encodedList": encoded if encoded is not None else "u" + packed(data),
    } | (subject or {})
    made: Json = {
        "@context": [V2],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": ISSUER,
        "validFrom": DATED,
        "credentialSubject": {name: value for name, value in inside.items() if value is not ...},
    }
    return {name: value for name, value in (made | members).items() if value is not ...}


def answered(value: Any, address: str = LIST, **answer: Any) -> Json:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    usual = {"status": 200, "type": "application/vc", "at": "2026-06-01T00:00:00Z", "source": "live"}
    return {address: usual | {"bytes": base64.b64encode(data).decode()} | answer}


def family() -> Family:
    rows = Family("status")
    _answers(rows)
    _lists_that_say_nothing(rows)
    _copies(rows)
    _odd_values(rows)
    _forerunners(rows)
    _named(rows)
    _renewals(rows)
    return rows


def _renewals(rows: Family) -> None:
    """Where newer versions are offered (VC 2.0, 5.4; Open Badges 3.0, RefreshService) is a fact like any other."""
    service = {"id": "https://fernwald.example/renew/7", "type": "1EdTechCredentialRefresh"}
    rows.honest("refresh-service", by_hand(plain(refreshService=service)), "A badge that may be renewed.")
    rows.honest(
        "refresh-services",
        by_hand(plain(refreshService=[service, {"type": "FernwaldRenewal2031"}, {"id": "javascript:alert(1)"}])),
        "Three places for newer versions: an address, one without any, and one that is a script.",
    )
    rows.add(
        "refresh-service-changed",
        "failed",
        text(by_hand(plain(refreshService=service))).replace(b"renew/7", b"renew/8"),
        "An address for newer versions that somebody else put there.",
        signature="SIGNATURE_INVALID",
    )


def _answers(rows: Family) -> None:
    rows.honest(
        "list-clean",
        signed(badge(credentialStatus=entry()), RDFC),
        "A list that was looked up just now, and does not name the credential.",
        web=answered(signed(listing(bits(6, 8)), RDFC)),
        status="OK",
        detail={"status": {"at": DATED}},
    )
    rows.add(
        "list-revoked",
        "revoked",
        "list-clean",
        "The bit at the credential's own place is set.",
        web=answered(signed(listing(bits(7)), RDFC)),
        status="REVOKED",
        detail={"status": {"at": DATED}},
    )
    held = signed(badge(credentialStatus=entry(statusPurpose="suspension")), RDFC)
    on_hold = answered(by_hand(listing(bits(7), subject={"statusPurpose": "suspension"})))
    rows.add("list-suspended", "suspended", held, "A credential that is on hold.", web=on_hold, status="SUSPENDED")
    both = by_hand(plain(credentialStatus=[entry(statusPurpose="suspension"), entry("9")]))
    purposes = {"statusPurpose": ["suspension", "revocation"]}
    rows.add(
        "revoked-outweighs-suspended",
        "revoked",
        both,
        "One list for two purposes: on hold at one place, withdrawn at the other.",
        web=answered(by_hand(listing(bits(7, 9), subject=purposes))),
        status="REVOKED",
    )
    rows.add(
        "suspended-outweighs-unknown",
        "suspended",
        by_hand(plain(credentialStatus=[{"type": "FernwaldStatus2031"}, entry(statusPurpose="suspension")])),
        "A status that is not known, and one that puts it on hold.",
        web=on_hold,
        status="SUSPENDED",
    )
    rows.add(
        "unknown-outweighs-clean",
        "partly-checked",
        by_hand(plain(credentialStatus=[entry(), entry("9", statusListCredential=f"{LIST}2")])),
        "Two lists, of which one was looked up.",
        web=answered(by_hand(listing())),
        status="LIST_NOT_LOOKED_UP",
        detail={"status": {"list": f"{LIST}2"}},
    )
    rows.honest(
        "list-newer",
        by_hand(plain(credentialStatus=[entry(statusPurpose="refresh"), entry("9")])),
        "The issuer says that there is a newer version, which withdraws nothing.",
        web=answered(by_hand(listing(bits(7), subject={"statusPurpose": ["refresh", "revocation"]}))),
        status="REFRESH_OFFERED",
    )
    for id, index, reason in (
        ("number", 7, "An index that is a number."),
        ("first", "0", "The first place of a list."),
        ("last", str(BITS - 1), "The last place of a list."),
    ):
        rows.add(
            f"index-{id}",
            "revoked",
            by_hand(plain(credentialStatus=entry(index))),
            reason,
            web=answered(by_hand(listing(bits(int(index))))),
            status="REVOKED",
        )
    rows.honest(
        "list-as-jwt",
        by_hand(plain(credentialStatus=entry())),
        "A list that is signed as a JWT.",
        web=answered(_jwt(listing())),
        status="OK",
    )
    rows.add(
        "list-as-jwt-1",
        "revoked",
        by_hand(plain(credentialStatus=entry())),
        "A list in the claim `vc` of a JWT.",
        web=answered(_jwt({"iss": ISSUER, "vc": listing(bits(7), **{"@context": [V1]}, validFrom=DATED)})),
        status="REVOKED",
    )
    resolved = did_answered(did_document())
    far = {"issuer": WEB}
    rows.honest(
        "list-of-did-web",
        by_hand(plain(**far, credentialStatus=entry()), verificationMethod=METHOD),
        "Credential and list of an issuer that was looked up.",
        web=resolved | answered(by_hand(listing(**far), verificationMethod=METHOD)),
        signer="LISTED",
        status="OK",
    )
    rows.add(
        "list-by-the-same-key",
        "revoked",
        by_hand(plain(**far, credentialStatus=entry()), verificationMethod=METHOD),
        "Whose key it is was not looked up, but it is the same for credential and list.",
        web=did_answered(did_document(), source="copy")
        | answered(by_hand(listing(bits(7), **far), verificationMethod=METHOD)),
        signer="DID_WEB_COPY_ONLY",
        status="REVOKED",
    )
    rows.add(
        "list-in-list",
        "revoked",
        by_hand(plain(credentialStatus=entry())),
        "A list that names itself as the list of its own status is not asked about itself.",
        web=answered(by_hand(listing(bits(7), credentialStatus=entry()))),
        status="REVOKED",
    )


def _jwt(payload: Json) -> bytes:
    from families.jose import by_hand as token

    return token({"alg": "EdDSA", "kid": method_of(ISSUER)}, payload).encode()


def _lists_that_say_nothing(rows: Family) -> None:
    good = by_hand(plain(credentialStatus=entry()))
    revoked = bits(7)
    rows.add("list-asked-first", "partly-checked", good, "A list that nobody looked up.", status="LIST_NOT_LOOKED_UP")

    def silent(id: str, code: str, value: Any, reason: str, **answer: Any) -> None:
        rows.add(
            f"list-{id}",
            "partly-checked",
            "list-asked-first",
            reason,
            web=answered(value, **answer),
            status=code,
            detail={"status": {"list": LIST}},
        )

    tampered = by_hand(listing(revoked))
    tampered["credentialSubject"]["encodedList"] = "u" + packed(bits())
    silent("gone", "LIST_UNREACHABLE", by_hand(listing()), "An address that answers with 404.", status=404)
    silent("web-page", "LIST_MALFORMED", b"<!doctype html><title>Log in</title>", "A page in place of a list.")
    silent("not-signed", "LIST_NOT_SIGNED", listing(), "A clean list that nobody signed.")
    silent("tampered", "LIST_FORGED", tampered, "A list from which the bit was taken after it was signed.")
    silent("revoked-unsigned", "LIST_NOT_SIGNED", listing(revoked), "Nobody signed that it was withdrawn.")
    elsewhere = by_hand(listing(issuer=OTHER), key="other", verificationMethod=method_of(OTHER))
    silent("of-another", "LIST_OF_ANOTHER_ISSUER", elsewhere, "A clean list that somebody else signed as themselves.")
    stolen = by_hand(listing(), key="other", verificationMethod=method_of(OTHER))
    silent("by-another", "LIST_FORGED", stolen, "A list in the issuer's name that somebody else signed.")
    unresolved = by_hand(listing(issuer=WEB), key="other", verificationMethod=method_of(OTHER))
    silent("signer-unknown", "LIST_NOT_CHECKED", unresolved, "A list by a key of which nobody knows whose it is.")
    new_suite = listing() | {"proof": {"type": "DataIntegrityProof", "cryptosuite": "bees-2030"}}
    new_suite["proof"]["verificationMethod"] = method_of(ISSUER)
    silent("suite-unknown", "LIST_NOT_CHECKED", new_suite, "A list with a proof of a suite that nobody knows.")
    silent("moved", "LIST_OF_ANOTHER_ADDRESS", by_hand(listing(id=f"{LIST}2")), "Another list of the same issuer.")
    silent("nameless", "LIST_OF_ANOTHER_ADDRESS", by_hand(listing(id=...)), "A list that does not say which it is.")
    silent("expired", "LIST_EXPIRED", by_hand(listing(validUntil="2026-05-31T00:00:00Z")), "A list that has expired.")
    silent("future", "LIST_NOT_YET_VALID", by_hand(listing(validFrom="2026-07-01T00:00:00Z")), "A list of next month.")
    silent("odd-date", "LIST_MALFORMED", by_hand(listing(validFrom="2026-02-30T00:00:00Z")), "A list of no day.")
    for id, members, reason in (
        ("plain-credential", {"type": ["VerifiableCredential"]}, "A credential of the issuer's that is no list."),
        ("typeless-subject", {"subject": {"type": "Person"}}, "A list credential whose subject is no list."),
        ("no-bits", {"subject": {"encodedList": ...}}, "A list without the list."),
        ("without-prefix", {"encoded": packed(bits())}, "Bits without the letter of their encoding."),
        ("padded", {"encoded": "u" + packed(bits()) + "="}, "Bits in base64url with padding."),
        ("not-base64", {"encoded": "u*"}, "Bits in no encoding."),
        ("zlib", {"encoded": "u" + _text(zlib.compress(bits()))}, "Bits in the frame of zlib, not of GZIP."),
        ("not-packed", {"encoded": "u" + _text(bits()[:32])}, "Bits that were not compressed."),
        ("cut-off", {"encoded": "u" + _text(gzip.compress(bits(), mtime=0)[:-9])}, "Compressed bits that break off."),
        ("and-more", {"encoded": "u" + _text(gzip.compress(bits(), mtime=0) + b"x")}, "Bits with more behind."),
        ("crc", {"encoded": "u" + _text(_other_crc(bits()))}, "Compressed bits whose check sum is another's."),
        ("bomb", {"data": bytes(4 * 1024 * 1024 + 1)}, "Bits that unpack to more than is looked through."),
    ):
        data = members.pop("data", bits())
        silent(id, "LIST_MALFORMED", by_hand(listing(data, **members)), reason)
    silent(
        "wrong-purpose",
        "LIST_OF_ANOTHER_PURPOSE",
        by_hand(listing(revoked, subject={"statusPurpose": "suspension"})),
        "A list of what is on hold, named as one of what is withdrawn.",
    )
    silent(
        "no-purpose",
        "LIST_OF_ANOTHER_PURPOSE",
        by_hand(listing(subject={"statusPurpose": ...})),
        "A list that says not what it is for.",
    )
    silent(
        "short", "LIST_TOO_SHORT", by_hand(listing(bits(count=BITS - 8))), "A list with a byte less than it must have."
    )
    for id, size, reason in (
        ("beyond", 1, "The place after the last."),
        ("wide", 4, "The place after the last, of four bits."),
    ):
        rows.add(
            f"index-{id}",
            "partly-checked",
            by_hand(plain(credentialStatus=entry(str(BITS), statusSize=size))),
            reason,
            web=answered(by_hand(listing(bits(count=size * BITS)))),
            status="INDEX_OUT_OF_RANGE",
            detail={"status": {"list": LIST}},
        )
    _malformed(rows)


def _malformed(rows: Family) -> None:
    for id, members, reason in (
        ("negative", {"statusListIndex": -1}, "A negative index."),
        ("fraction", {"statusListIndex": 7.5}, "An index between two places."),
        ("hexadecimal", {"statusListIndex": "0x7"}, "A hexadecimal index."),
        ("leading-zero", {"statusListIndex": "07"}, "An index with a zero in front."),
        ("signed", {"statusListIndex": "+7"}, "An index with a sign."),
        ("spaced", {"statusListIndex": "7\n"}, "An index with a line end."),
        ("true", {"statusListIndex": True}, "An index that is true, which is 1 in Python."),
        ("missing", {"statusListIndex": ...}, "No index."),
        ("no-list", {"statusListCredential": ...}, "No address."),
        ("list-object", {"statusListCredential": {"id": LIST}}, "An address that is an object."),
        ("no-purpose", {"statusPurpose": ...}, "An entry without a purpose."),
        ("size-zero", {"statusSize": 0}, "Places without a bit."),
        ("size-33", {"statusSize": 33}, "Places of 33 bits."),
        ("size-text", {"statusSize": "1"}, "A size that is text."),
    ):
        rows.add(
            f"entry-{id}",
            "partly-checked",
            by_hand(plain(credentialStatus=entry(**members))),
            reason,
            web=answered(by_hand(listing())),
            status="MALFORMED_ENTRY",
        )
    rows.add(
        "entry-other-purpose",
        "partly-checked",
        by_hand(plain(credentialStatus=entry(statusPurpose="bees"))),
        "A purpose that nobody knows.",
        web=answered(by_hand(listing(subject={"statusPurpose": "bees"}))),
        status="PURPOSE_NOT_SUPPORTED",
        detail={"status": {"purposes": ["bees"]}},
    )
    rows.add(
        "entries-17",
        "partly-checked",
        by_hand(plain(credentialStatus=[entry(str(place)) for place in range(17)])),
        "Seventeen entries: each costs as much as a credential.",
        web=answered(by_hand(listing())),
        status="TOO_MANY_LISTS",
    )
    rows.honest(
        "entries-16",
        by_hand(plain(credentialStatus=[entry(str(place)) for place in range(16)])),
        "Sixteen entries in one list.",
        web=answered(by_hand(listing())),
        status="OK",
    )


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _other_crc(data: bytes) -> bytes:
    whole = bytearray(gzip.compress(data, mtime=0))
    whole[-8] ^= 1
    return bytes(whole)


def _copies(rows: Family) -> None:
    good = by_hand(plain(credentialStatus=entry()))
    rows.honest(
        "copy-fresh",
        good,
        "A signed copy of the list, twelve days old.",
        web=answered(by_hand(listing()), source="copy"),
        status="OK",
        detail={"status": {"at": DATED}},
    )
    rows.add(
        "copy-fetched-today",
        "partly-checked",
        "copy-fresh",
        "A copy made today of a list that is a month old: the list's own date counts.",
        web=answered(by_hand(listing(validFrom=OLD)), source="copy"),
        status="LIST_TOO_OLD",
        detail={"status": {"at": OLD}},
    )
    rows.honest(
        "copy-of-thirty-days",
        "copy-fresh",
        "A copy of exactly thirty days.",
        web=answered(by_hand(listing(validFrom="2026-05-02T12:00:00Z")), source="copy"),
        status="OK",
    )
    rows.honest(
        "list-old-but-live",
        "copy-fresh",
        "A list of long ago, which the issuer shows today.",
        web=answered(by_hand(listing(validFrom="2020-01-01T00:00:00Z"))),
        status="OK",
    )
    rows.add(
        "copy-old-revoked",
        "revoked",
        "copy-fresh",
        "What was withdrawn stays so, however old the copy is.",
        web=answered(by_hand(listing(bits(7), validFrom=OLD)), source="copy"),
        status="REVOKED",
        detail={"status": {"at": OLD}},
    )
    rows.add(
        "copy-old-suspended",
        "partly-checked",
        by_hand(plain(credentialStatus=entry(statusPurpose="suspension"))),
        "What was on hold a month ago may not be any more.",
        web=answered(by_hand(listing(bits(7), validFrom=OLD, subject={"statusPurpose": "suspension"})), source="copy"),
        status="LIST_TOO_OLD",
    )
    rows.add(
        "copy-undated",
        "partly-checked",
        "copy-fresh",
        "A copy of a list that does not say of when it is.",
        web=answered(by_hand(listing(validFrom=...)), source="copy"),
        status="LIST_WITHOUT_DATE",
        detail={"status": {"list": LIST}},
    )
    rows.honest(
        "list-undated",
        "copy-fresh",
        "A live list without a date is of when it was looked up.",
        web=answered(by_hand(listing(validFrom=...))),
        status="OK",
        detail={"status": {"at": "2026-06-01T00:00:00Z"}},
    )


def _odd_values(rows: Family) -> None:
    wide = bits(14, count=2 * BITS)
    said = [{"status": "0x0", "message": "under review"}, {"status": "0x2", "message": "moved to another register"}]
    message = entry(statusPurpose="message", statusSize=2, statusMessage=said)
    rows.add(
        "list-message",
        "partly-checked",
        by_hand(plain(credentialStatus=message)),
        "A message of the issuer's, which only the issuer can weigh.",
        web=answered(by_hand(listing(wide, subject={"statusPurpose": "message"}))),
        status="MESSAGE",
        detail={"status": {"at": DATED, "message": "moved to another register"}},
    )
    rows.add(
        "list-message-unknown",
        "partly-checked",
        by_hand(plain(credentialStatus=message | {"statusMessage": said[:1]})),
        "A value without a message.",
        web=answered(by_hand(listing(wide, subject={"statusPurpose": "message"}))),
        status="MESSAGE",
        detail={"status": {"at": DATED, "message": "0x2"}},
    )
    rows.add(
        "list-of-pairs",
        "revoked",
        by_hand(plain(credentialStatus=entry(statusSize=2))),
        "Places of two bits: the seventh stands at the fourteenth.",
        web=answered(by_hand(listing(wide))),
        status="REVOKED",
    )
    rows.add(
        "list-across-bytes",
        "revoked",
        by_hand(plain(credentialStatus=entry("2", statusSize=11))),
        "A place of eleven bits over three bytes.",
        web=answered(by_hand(listing(bits(32, count=11 * BITS)))),
        status="REVOKED",
    )
    rows.honest(
        "list-beside-bits",
        by_hand(plain(credentialStatus=entry("2", statusSize=11))),
        "A place of eleven bits between two that are set.",
        web=answered(by_hand(listing(bits(21, 33, count=11 * BITS)))),
        status="OK",
    )


def _forerunners(rows: Family) -> None:
    kind = {"type": ["VerifiableCredential", "StatusList2021Credential"]}
    entry_2021 = entry(type="StatusList2021Entry")
    plain_text = base64.b64encode(gzip.compress(bits(7), mtime=0)).decode()
    for id, encoded, reason in (
        ("url", packed(bits(7)), "A list of 2021, in base64url."),
        ("base64", plain_text, "A list of 2021, in base64 with padding."),
    ):
        rows.add(
            f"list-2021-{id}",
            "revoked",
            by_hand(plain(credentialStatus=entry_2021)),
            reason,
            web=answered(by_hand(listing(subject={"type": "StatusList2021"}, encoded=encoded, **kind))),
            status="REVOKED",
        )
    rows.add(
        "list-2021-over-padded",
        "partly-checked",
        "list-2021-url",
        "Padding where none belongs.",
        web=answered(by_hand(listing(subject={"type": "StatusList2021"}, encoded=plain_text + "====", **kind))),
        status="LIST_MALFORMED",
    )
    rows.add(
        "list-2021-for-bitstring",
        "partly-checked",
        by_hand(plain(credentialStatus=entry())),
        "A list of 2021 for an entry of today.",
        web=answered(by_hand(listing(subject={"type": "StatusList2021"}, encoded=packed(bits()), **kind))),
        status="LIST_MALFORMED",
    )
    old = {"type": "RevocationList2020Status", "revocationListIndex": "9", "revocationListCredential": LIST}
    types = ["VerifiableCredential", "RevocationList2020Credential"]
    for id, verdict, code, places, reason in (
        ("clean", "verified", "OK", (), "A list of 2020 names nobody."),
        ("revoked", "revoked", "REVOKED", (9, 14), "Withdrawn, from whichever end of the byte one counts."),
        ("either", "partly-checked", "BIT_ORDER_UNCLEAR", (9,), "Withdrawn only if one counts from the left."),
        ("mirrored", "partly-checked", "BIT_ORDER_UNCLEAR", (14,), "Withdrawn only if one counts from the right."),
    ):
        subject = {"type": "RevocationList2020", "statusPurpose": ...}
        made = listing(subject=subject, encoded=packed(bits(*places, count=100_000)), type=types)
        rows.add(
            f"list-2020-{id}",
            verdict,
            by_hand(plain(credentialStatus=old)),
            reason,
            honest=verdict == "verified",
            web=answered(by_hand(made)),
            status=code,
        )


def _named(rows: Family) -> None:
    own = badge()["id"]
    good = by_hand(badge(V2, credentialStatus={"id": EDTECH, "type": "1EdTechRevocationList"}))
    base: Json = {"id": EDTECH, "issuer": ISSUER, "revokedCredentials": []}

    def asked(id: str, verdict: str, code: str, value: Any, reason: str, **more: Any) -> None:
        detail = more.pop("detail", None)
        rows.add(
            f"edtech-{id}",
            verdict,
            good if id == "clean" else "edtech-clean",
            reason,
            honest=verdict == "verified",
            web=answered(value, EDTECH, **more),
            status=code,
            detail={"status": detail} if detail else None,
        )

    at = {"at": "2026-06-01T00:00:00Z"}
    asked("clean", "verified", "OK", base, "1EdTech's list, asked just now, does not name it.", detail=at)
    named = {"id": own, "revocationReason": "Issued by mistake"}
    asked(
        "revoked", "revoked", "REVOKED", base | {"revokedCredentials": [named]}, "1EdTech's list names it.", detail=at
    )
    asked("revoked-id", "revoked", "REVOKED", base | {"revokedCredentials": [own]}, "It is named by its identifier.")
    asked("singular", "revoked", "REVOKED", {"revokedCredential": [named]}, "The member's name in the singular.")
    lifted = base | {"revokedCredentials": [named | {"revoked": False}]}
    asked("not-revoked", "verified", "OK", lifted, "It stands there as not withdrawn.")
    asked(
        "copy", "partly-checked", "LIST_UNSIGNED_COPY", base, "A copy of what nobody signed.", source="copy", detail=at
    )
    asked(
        "copy-revoked",
        "partly-checked",
        "LIST_UNSIGNED_COPY",
        base | {"revokedCredentials": [named]},
        "Whoever owns the site could have written this copy.",
        source="copy",
    )
    asked("gone", "partly-checked", "LIST_UNREACHABLE", base, "The list's server fails.", status=500)
    asked("page", "partly-checked", "LIST_MALFORMED", b"<!doctype html>", "A page where the list should be.")
    asked("array", "partly-checked", "LIST_MALFORMED", [], "A list without a frame.")
    asked("empty", "partly-checked", "LIST_MALFORMED", {}, "An object without a list is no clean list.")
    asked("text", "partly-checked", "LIST_MALFORMED", base | {"revokedCredentials": own}, "Text in place of a list.")
    asked(
        "doubled",
        "partly-checked",
        "LIST_MALFORMED",
        b'{"revokedCredentials":[],"revokedCredentials":[]}',
        "Its member twice.",
    )
    other = base | {"issuer": OTHER}
    asked("of-another", "partly-checked", "LIST_OF_ANOTHER_ISSUER", other, "The list of another issuer.")
    moved = base | {"id": f"{EDTECH}/2"}
    asked("moved", "partly-checked", "LIST_OF_ANOTHER_ADDRESS", moved, "A list that says it stands elsewhere.")
    for id, members, reason in (
        ("no-address", {"credentialStatus": {"type": "1EdTechRevocationList"}}, "An entry without the list's address."),
        ("nameless", {"id": ...}, "A credential without an identifier cannot be named."),
    ):
        status = {"credentialStatus": {"id": EDTECH, "type": "1EdTechRevocationList"}}
        rows.add(
            f"edtech-{id}",
            "partly-checked",
            by_hand(badge(V2, **(status | members))),
            reason,
            web=answered(base, EDTECH),
            status="MALFORMED_ENTRY",
        )
    assert NOW == "2026-06-01T12:00:00Z"
