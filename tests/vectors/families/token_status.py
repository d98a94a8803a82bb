"""Token status lists (docs/verification.md, 4): a number for each credential, in a JWT that is no credential."""

from __future__ import annotations

import base64
import zlib
from typing import Any

from families.jose import b64, by_hand, shared_secret
from families.jwt import HEADER, JOSE, KID, claims
from families.key_sets import ISS, held
from families.kit import ISSUER, OTHER, Family, Json, method_of, plain
from families.kit import by_hand as jcs
from families.sd_jwt import HEAD, course, digest, disclosure, joined
from families.status import answered
from families.status import entry as bit_entry
from families.status import listing as bit_listing

LIST = "https://fernwald.example/statuslists/1"
DATED, MADE = "2026-05-20T00:00:00Z", 1779235200
NOON = 1780315200
"""2026-06-01T12:00:00Z, which is NOW."""
DAY = 86_400
TYPE: Json = HEADER | {"typ": "statuslist+jwt"}
SAID = {"status": {"at": DATED}}
LISTED = {"status": {"list": LIST}}


def bits(*values: tuple[int, int], size: int = 1, count: int = 64) -> bytes:
    """A list of `count` numbers of `size` bits each, of which the pairs (index, value) are not zero."""
    data = bytearray(-(-count * size // 8))
    for index, value in values:
        data[index * size // 8] |= value << index * size % 8
    return bytes(data)


def packed(data: bytes) -> str:
    return b64(zlib.compress(data, 9))


def inside(data: bytes = bits(), size: Any = 1, **members: Any) -> Json:
    whole: Json = {"bits": size, "lst": packed(data)}
    return {name: value for name, value in (whole | members).items() if value is not ...}


def listing(status_list: Any = None, *, head: Json | None = None, key: str = "issuer", **members: Any) -> bytes:
    """A Status List Token. A claim given as ... is left out."""
    whole: Json = {"sub": LIST, "iat": MADE, "status_list": inside() if status_list is None else status_list}
    payload = {name: value for name, value in (whole | members).items() if value is not ...}
    return by_hand(TYPE if head is None else head, payload, key=key).encode()


def referring(status: Any = None, **members: Any) -> bytes:
    """An SD-JWT VC whose place is the seventh."""
    reference = {"status_list": {"idx": 7, "uri": LIST}} if status is None else status
    return joined(by_hand(HEAD, course(status=reference, **members))).encode()


def at_list(token: bytes, **answer: Any) -> Json:
    return answered(token, LIST, **{"type": "application/statuslist+jwt"} | answer)


def family() -> Family:
    rows = Family("token_status")
    _values(rows)
    _formats(rows)
    _lists_that_say_nothing(rows)
    _claims(rows)
    _copies(rows)
    _entries(rows)
    _held_back(rows)
    return rows


def _row(
    rows: Family, id: str, verdict: str, content: bytes | str, code: str, token: bytes | None, reason: str, **more: Any
) -> None:
    web = more.pop("web", at_list(token) if token is not None else {})
    usual = {"format": "sd-jwt", "ending": "sd-jwt", "status": code, "honest": verdict == "verified"}
    rows.add(f"tokenlist-{id}", verdict, content, reason, web=web, **usual | more)


def _values(rows: Family) -> None:
    good = "tokenlist-valid"
    clean = listing(inside(bits((6, 1), (8, 1))))
    _row(rows, "valid", "verified", referring(), "OK", clean, "The bits beside its place are set.", detail=SAID)
    revoked = listing(inside(bits((7, 1))))
    _row(rows, "invalid", "revoked", good, "REVOKED", revoked, "INVALID: withdrawn, for good.", detail=SAID)
    mirrored = listing(inside(b"\x01" + bytes(7)))
    _row(
        rows,
        "mirrored",
        "verified",
        good,
        "OK",
        mirrored,
        "Places count from the low end of a byte, not from the high.",
    )
    held_back = listing(inside(bits((7, 2), size=2), 2))
    _row(rows, "suspended", "suspended", good, "SUSPENDED", held_back, "SUSPENDED: on hold.", detail=SAID)
    for size, value in ((2, 3), (4, 12), (8, 255)):
        token = listing(inside(bits((7, value), size=size), size))
        detail = {"status": {"at": DATED, "message": f"0x{value:x}"}}
        reason = f"A number of {size} bits that is the application's own, or nobody's: {value}."
        _row(rows, f"own-{value}", "partly-checked", good, "MESSAGE", token, reason, detail=detail)
    for size in (4, 8):
        token = listing(inside(bits((6, 1), (7, 1), (8, 2), size=size), size))
        _row(rows, f"invalid-{size}", "revoked", good, "REVOKED", token, f"INVALID in places of {size} bits.")
    # The lists that the specification prints (4.1).
    for id, size, lst, verdicts in (
        ("one-bit", 1, "eNrbuRgAAhcBXQ", {0: "REVOKED", 1: "OK", 3: "REVOKED", 14: "OK", 15: "REVOKED"}),
        ("two-bits", 2, "eNo76fITAAPfAgc", {0: "REVOKED", 1: "SUSPENDED", 2: "OK", 9: "SUSPENDED", 11: "MESSAGE"}),
    ):
        for index, code in verdicts.items():
            verdict = {"OK": "verified", "REVOKED": "revoked", "SUSPENDED": "suspended"}.get(code, "partly-checked")
            _row(
                rows,
                f"printed-{id}-{index}",
                verdict,
                referring({"status_list": {"idx": index, "uri": LIST}}),
                code,
                listing({"bits": size, "lst": lst}),
                f"The list of {id} that the specification prints, at place {index}.",
            )
    last = referring({"status_list": {"idx": 63, "uri": LIST}})
    _row(
        rows,
        "last",
        "revoked",
        last,
        "REVOKED",
        listing(inside(bits((63, 1)))),
        "The last place of a token status list.",
    )
    beyond = referring({"status_list": {"idx": 64, "uri": LIST}})
    reason = "The place after the last of a token status list."
    _row(rows, "beyond", "partly-checked", beyond, "INDEX_OUT_OF_RANGE", listing(), reason, detail=LISTED)
    far = referring({"status_list": {"idx": 2**53 - 1, "uri": LIST}})
    _row(rows, "far-beyond", "partly-checked", far, "INDEX_OUT_OF_RANGE", listing(), "The last number that JSON has.")
    expired = referring(exp=MADE)
    _row(
        rows,
        "expired-credential",
        "expired",
        expired,
        "OK",
        listing(),
        "VALID does not make an expired credential good.",
        dates="EXPIRED",
    )


def _formats(rows: Family) -> None:
    reference = {"status_list": {"idx": 7, "uri": LIST}}
    revoked = listing(inside(bits((7, 1))))
    jwt = {"format": "vc-jwt", "ending": "jwt"}
    for id, token, reason in (
        ("vcjwt", by_hand(HEADER, claims(status=reference)), "The claim beside the claim `vc`."),
        ("vcjose", by_hand(JOSE, plain(status=reference)), "The claim in a payload that is the credential."),
    ):
        content = token.encode()
        _row(rows, id, "revoked", content, "REVOKED", revoked, reason, **jwt)
        _row(rows, f"{id}-valid", "verified", f"tokenlist-{id}", "OK", listing(), f"{reason} Not withdrawn.", **jwt)
    both = plain(status=reference, credentialStatus={"type": "FernwaldStatus2031"})
    content = by_hand(JOSE, both).encode()
    _row(rows, "beside", "revoked", content, "REVOKED", revoked, "A status of each kind: both count.", **jwt)
    words = by_hand(JOSE, plain(status="active")).encode()
    rows.honest("tokenlist-words", words, "A member of that name that is a word, and no claim of a JWT.", **jwt)
    rows.honest(
        "tokenlist-no-jwt", jcs(plain(status=reference)), "Only JWTs have claims: elsewhere it is a member like others."
    )
    kid = by_hand(HEAD | {"kid": "key-1"}, course(iss=ISS, status=reference))
    live = held() | at_list(listing(head=TYPE | {"kid": "key-1"}))
    _row(
        rows,
        "metadata",
        "verified",
        joined(kid).encode(),
        "OK",
        None,
        "Credential and list of an issuer whose keys were looked up.",
        web=live,
        signer="LISTED",
    )


def _lists_that_say_nothing(rows: Family) -> None:
    good = referring()
    _row(rows, "not-asked", "partly-checked", good, "LIST_NOT_LOOKED_UP", None, "Nobody looked.", detail=LISTED)

    def silent(id: str, code: str, token: bytes, reason: str, **answer: Any) -> None:
        web = at_list(token, **answer)
        _row(rows, id, "partly-checked", "tokenlist-not-asked", code, None, reason, web=web, detail=LISTED)

    silent("gone", "LIST_UNREACHABLE", listing(), "An address that answers with 410.", status=410)
    silent("page", "LIST_MALFORMED", b"<!doctype html>", "A page in place of the list.")
    silent("json", "LIST_MALFORMED", b'{"status_list":{"bits":1,"lst":"eNrbuRgAAhcBXQ"}}', "A list that is in no JWT.")
    for id, head, reason in (
        ("typ-jwt", {"typ": "JWT"}, "A JWT that does not say that it is a status list."),
        ("typ-credential", {"typ": "vc+jwt"}, "A credential of the issuer's that holds a list."),
        ("typ-cwt", {"typ": "statuslist+cwt"}, "A JWT that says it is a CWT."),
        ("typ-number", {"typ": 1}, "A `typ` that is no text."),
    ):
        silent(id, "LIST_MALFORMED", listing(head=TYPE | head), reason)
    silent("no-typ", "LIST_MALFORMED", listing(head=HEADER), "A JWT without `typ`.")
    silent("moved", "LIST_OF_ANOTHER_ADDRESS", listing(sub=f"{LIST}2"), "Another token status list of the same issuer.")
    silent("no-sub", "LIST_OF_ANOTHER_ADDRESS", listing(sub=...), "A token status list that does not say which it is.")
    header, _, made = listing(inside(bits((7, 1)))).split(b".")
    clean = listing().split(b".")[1]
    silent("tampered", "LIST_FORGED", b".".join((header, clean, made)), "A clean list under the signature of another.")
    by_other = listing(key="other")
    silent("by-another", "LIST_FORGED", by_other, "A list in the issuer's name by another key.")
    foreign = TYPE | {"kid": method_of(OTHER)}
    silent(
        "other-key", "LIST_FORGED", listing(head=foreign, key="other"), "A list by a key that the issuer does not list."
    )
    theirs = listing(head=foreign, key="other", iss=OTHER)
    silent(
        "of-another",
        "LIST_OF_ANOTHER_ISSUER",
        theirs,
        "A clean token status list that somebody else signed as themselves.",
    )
    silent("iss-object", "LIST_MALFORMED", listing(iss={"id": ISSUER}), "An `iss` that is an object.")
    none = f"{b64(TYPE | {'alg': 'none'})}.{clean.decode()}.".encode()
    silent("alg-none", "LIST_FORGED", none, "A list that says it is not signed.")
    shared = shared_secret(TYPE | {"alg": "HS256"}, {"sub": LIST, "iat": MADE, "status_list": inside()}, KID.encode())
    silent("shared-secret", "LIST_FORGED", shared.encode(), "A list by a secret, which anybody could have.")
    crit = listing(head=TYPE | {"crit": ["bees"], "bees": 1})
    silent("crit", "LIST_FORGED", crit, "A list with a header that must be understood, and is not.")
    unknown = by_hand(TYPE | {"alg": "BEES512"}, {"sub": LIST, "iat": MADE, "status_list": inside()}, signing="EdDSA")
    silent("suite", "LIST_NOT_CHECKED", unknown.encode(), "A list by an algorithm that nobody knows.")
    brought = listing(head={"alg": "EdDSA", "typ": "statuslist+jwt", "kid": f"{ISS}/elsewhere#1"})
    silent("kid-elsewhere", "LIST_FORGED", brought, "A list that names a key at an address of its own.")
    silent("cwt-type", "LIST_FORMAT_NOT_SUPPORTED", b"\xd8\x00", "A list as a CWT.", type="application/statuslist+cwt")
    silent("cwt-bytes", "LIST_FORMAT_NOT_SUPPORTED", b"\xd2\x84\x43", "A CWT that was not named as one.", type="")
    text = listing()
    spaced = at_list(b" " + text + b"\n", type="text/plain; charset=utf-8")
    _row(rows, "spaced", "verified", good, "OK", None, "A server that has no name for such lists.", web=spaced)
    typ = listing(head=HEADER | {"typ": "application/StatusList+JWT"})
    _row(rows, "typ-long", "verified", "tokenlist-spaced", "OK", typ, "The whole name of the type, in its capitals.")
    own = listing(iss=ISSUER)
    _row(
        rows,
        "own-iss",
        "verified",
        "tokenlist-spaced",
        "OK",
        own,
        "A list that names its issuer, as older drafts had it.",
    )


def _claims(rows: Family) -> None:
    good = "tokenlist-not-asked"

    def silent(id: str, code: str, token: bytes, reason: str) -> None:
        _row(rows, id, "partly-checked", good, code, token, reason, detail=LISTED)

    silent("expired", "LIST_EXPIRED", listing(exp=NOON - 301), "A list that has expired, by a second.")
    _row(rows, "in-date", "verified", good, "OK", listing(exp=NOON - 300), "A list that expired within the tolerance.")
    silent("future", "LIST_NOT_YET_VALID", listing(iat=NOON + 301), "A list that is made in the future, by a second.")
    silent("no-iat", "LIST_MALFORMED", listing(iat=...), "A list that does not say of when it is.")
    silent("iat-text", "LIST_MALFORMED", listing(iat=DATED), "A date that is no number.")
    silent("exp-text", "LIST_MALFORMED", listing(exp="never"), "An end that is no number.")
    for id, ttl in (("zero", 0), ("negative", -1), ("text", "43200"), ("true", True)):
        silent(f"ttl-{id}", "LIST_MALFORMED", listing(ttl=ttl), f"A time to keep it that is none: {ttl!r}.")
    for id, size in (("zero", 0), ("three", 3), ("sixteen", 16), ("text", "1"), ("true", True), ("list", [1])):
        silent(
            f"bits-{id}", "LIST_MALFORMED", listing(inside(size=size)), f"A number of bits that there is not: {size!r}."
        )
    silent("bits-missing", "LIST_MALFORMED", listing(inside(size=...)), "A list that says not how many bits.")
    silent("no-list", "LIST_MALFORMED", listing(status_list=[]), "A JWT without a list.")
    silent("lst-missing", "LIST_MALFORMED", listing(inside(lst=...)), "A list without its bits.")
    data = zlib.compress(bits(), 9)
    broken = bytearray(data)
    broken[-1] ^= 1
    for id, lst, reason in (
        ("text", "*", "Numbers in no encoding."),
        ("padded", base64.urlsafe_b64encode(data).decode(), "Bits with the padding that base64url has not."),
        ("plain", b64(bits()), "Numbers that were not compressed."),
        ("gzip", b64(zlib.compress(bits(), 9, zlib.MAX_WBITS | 16)), "Bits in the frame of GZIP, not of zlib."),
        ("raw", b64(zlib.compress(bits(), 9, -zlib.MAX_WBITS)), "Bits without the frame of zlib."),
        ("cut-off", b64(data[:-5]), "Compressed numbers that break off."),
        ("and-more", b64(data + b"x"), "Compressed bits with more behind."),
        ("checksum", b64(bytes(broken)), "Compressed numbers whose check sum is another's."),
        ("bomb", packed(bytes(4 * 1024 * 1024 + 1)), "Numbers that unpack to more than is looked through."),
        ("empty", "", "No bits at all."),
    ):
        assert id != "padded" or lst.endswith("=")
        silent(f"lst-{id}", "LIST_MALFORMED", listing(inside(lst=lst)), reason)
    silent("lst-none", "INDEX_OUT_OF_RANGE", listing(inside(b"")), "A list of nobody.")


def _copies(rows: Family) -> None:
    good = "tokenlist-not-asked"

    def copied(id: str, verdict: str, code: str, token: bytes, reason: str, **more: Any) -> None:
        _row(rows, f"copy-{id}", verdict, good, code, None, reason, web=at_list(token, source="copy"), **more)

    copied("fresh", "verified", "OK", listing(), "A copy twelve days old.", detail=SAID)
    month = NOON - 30 * DAY
    copied("month", "verified", "OK", listing(iat=month), "A token status list of exactly thirty days ago, in a copy.")
    copied("old", "partly-checked", "LIST_TOO_OLD", listing(iat=month - 1), "A copy of thirty days and a second.")
    copied("kept", "verified", "OK", listing(iat=NOON - DAY, ttl=DAY), "A copy as old as its issuer has it kept.")
    short = listing(iat=NOON - DAY - 1, ttl=DAY)
    copied("not-kept", "partly-checked", "LIST_TOO_OLD", short, "A copy a second older than its issuer has it kept.")
    long = listing(iat=month - 1, ttl=365 * DAY)
    copied("kept-long", "partly-checked", "LIST_TOO_OLD", long, "A year that the issuer allows is more than we do.")
    part = listing(iat=NOON - 1, ttl=0.5)
    copied("part", "partly-checked", "LIST_TOO_OLD", part, "Half a second is over after a second.")
    revoked = listing(inside(bits((7, 1))), iat=month - 1, ttl=1)
    copied("revoked", "revoked", "REVOKED", revoked, "What was withdrawn stays so.")
    on_hold = listing(inside(bits((7, 2), size=2), 2), iat=month - 1)
    copied("suspended", "partly-checked", "LIST_TOO_OLD", on_hold, "What was on hold then may not be any more.")
    live = at_list(short)
    _row(rows, "live-kept", "verified", good, "OK", None, "A live list is not kept, however old it is.", web=live)


def _entries(rows: Family) -> None:
    for id, reference, reason in (
        ("no-idx", {"uri": LIST}, "A reference without a place."),
        ("no-uri", {"idx": 7}, "A reference without an address."),
        ("empty-uri", {"idx": 7, "uri": ""}, "A reference to no address."),
        ("idx-text", {"idx": "7", "uri": LIST}, "A place that is text."),
        ("idx-negative", {"idx": -1, "uri": LIST}, "A negative place."),
        ("idx-fraction", {"idx": 7.5, "uri": LIST}, "A place between two."),
        ("idx-true", {"idx": True, "uri": LIST}, "A place that is true, which is 1 in Python."),
        ("list", [7, LIST], "A reference that is a list."),
        ("null", None, "A reference that is null."),
    ):
        content = referring({"status_list": reference})
        _row(rows, f"entry-{id}", "partly-checked", content, "MALFORMED_ENTRY", listing(), reason)
    for id, status, types, reason in (
        ("other", {"bee_list": {"idx": 7}}, ["bee_list"], "A mechanism that nobody knows."),
        ("empty", {}, None, "A status that names no mechanism."),
        ("word", "active", None, "A status that is a word."),
        ("empty-list", [], None, "A status that is an empty list."),
    ):
        detail = {"status": {"types": types}} if types else None
        content = referring(status)
        _row(rows, f"entry-{id}", "partly-checked", content, "NOT_SUPPORTED", listing(), reason, detail=detail)
    two = referring({"bee_list": {}, "status_list": {"idx": 7, "uri": LIST}})
    revoked = listing(inside(bits((7, 1))))
    _row(rows, "entry-two", "revoked", two, "REVOKED", revoked, "Two mechanisms, of which one withdraws it.")
    reason = "Two mechanisms, of which one is not known."
    _row(rows, "entry-two-valid", "partly-checked", "tokenlist-entry-two", "NOT_SUPPORTED", listing(), reason)


def _held_back(rows: Family) -> None:
    """What a holder could hide: SD-JWT VC forbids issuers to let them, in a status as well."""
    reference = disclosure("a", "status_list", {"idx": 7, "uri": LIST})
    half = joined(by_hand(HEAD, course(status={"_sd": [digest(reference)]})))
    shown = joined(by_hand(HEAD, course(status={"_sd": [digest(reference)]})), reference)
    second = joined(by_hand(HEAD, course(status={"status_list": {"idx": 7, "uri": LIST}, "_sd": [digest(reference)]})))
    item = joined(by_hand(HEAD, course(status=[{"...": digest(disclosure("a", {}))}])))
    for id, text, reason in (
        ("reference", half, "A status whose one mechanism the holder keeps back."),
        ("shown", shown, "A mechanism that could have been kept back, shown."),
        ("second", second, "A mechanism is shown, and another kept back."),
        ("item", item, "A status that would be an empty list without what is kept back."),
    ):
        rows.add(
            f"tokenlist-held-{id}",
            "failed",
            text.encode(),
            reason,
            format="sd-jwt",
            ending="sd-jwt",
            readable="BAD_DISCLOSURE",
        )
    entry = disclosure("b", {"type": "FernwaldStatus2031"})
    kept = plain(credentialStatus=[bit_entry(), {"...": digest(entry)}])
    rows.add(
        "sdjwt-vcdm-entry-withheld",
        "partly-checked",
        joined(by_hand(HEADER | {"typ": "vc+sd-jwt"}, kept)).encode(),
        "One status is shown and good, another is taken out of their list.",
        format="sd-jwt",
        ending="sd-jwt",
        web=answered(jcs(bit_listing())),
        dates="END_MAY_BE_HIDDEN",
        status="NOT_SUPPORTED",
    )
