"""SD-JWTs (docs/verification.md, SD-JWT): disclosures, decoys, key binding, and what forgers do with them."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from families.jose import b64, by_hand, jwk, selective
from families.jwt import ADA, BORN, FUTURE, HEADER, KID, PAST
from families.kit import ISSUER, Family, Json, plain

VCT = "https://fernwald.example/types/course"
HEAD: Json = HEADER | {"typ": "dc+sd-jwt"}
HOLDER = "ada"
LISTED = {"suites": ["EdDSA"], "methods": [KID]}


def course(**members: Any) -> Json:
    """An SD-JWT VC about a course."""
    whole: Json = {
        "iss": ISSUER,
        "iat": BORN,
        "vct": VCT,
        "name": "Beekeeping for beginners",
        "given_name": "Ada",
        "family_name": "Example",
        "grade": {"value": "A", "scale": ["A", "B", "C"]},
    }
    return {name: value for name, value in (whole | members).items() if value is not ...}


def disclosure(*parts: Any) -> str:
    return b64(list(parts))


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def digest(text: str, hash: str = "sha256") -> str:
    return b64(hashlib.new(hash, text.encode()).digest())


def joined(issued: str, *disclosures: str, bound: str = "") -> str:
    return "~".join((issued, *disclosures, bound))


def hidden(*disclosures: str, **members: Any) -> str:
    """An SD-JWT by hand, with these disclosures of members at the top, all shown."""
    payload = course(_sd=[digest(one) for one in disclosures], **members)
    return joined(by_hand(HEAD, payload), *disclosures)


def binding(text: str, key: str = HOLDER, head: Json | None = None, **claims: Any) -> str:
    """A key binding JWT for the SD-JWT `text`."""
    whole: Json = {"iat": BORN, "aud": "https://employer.example", "nonce": "n-1", "sd_hash": digest(text)}
    payload = {name: value for name, value in (whole | claims).items() if value is not ...}
    return by_hand({"alg": "EdDSA", "typ": "kb+jwt"} if head is None else head, payload, key=key)


def family() -> Family:
    rows = Family("sd_jwt", "sd-jwt")
    _good(rows)
    _withheld(rows)
    _may_be_hidden(rows)
    _forged(rows)
    _misplaced(rows)
    _other(rows)
    _bound(rows)
    return rows


def _ok(rows: Family, id: str, text: str, reason: str, verdict: str = "verified", **more: Any) -> None:
    rows.honest(id, text.encode(), reason, verdict, **{"format": "sd-jwt", "ending": "sd-jwt"} | more)


def _bad(rows: Family, id: str, text: str, reason: str, code: str = "", **more: Any) -> None:
    """A hostile file, unreadable with this code; with none, `more` says what is wrong with it."""
    if code:
        more["readable"] = code
    rows.add(
        id, more.pop("verdict", "failed"), text.encode(), reason, **{"format": "sd-jwt", "ending": "sd-jwt"} | more
    )


def _frame() -> Json:
    names = ["given_name", "family_name", "grade"]
    return {"_sd": names, "grade": {"_sd": ["value"], "scale": {"_sd": [0, 2]}}, "_sd_decoy": 2}


def _good(rows: Family) -> None:
    all_of_it = selective(HEAD, course(), _frame())
    detail = {"readable": {"disclosures": 6, "undisclosed": 2}, "signature": LISTED}
    _ok(
        rows,
        "sdjwt-good",
        all_of_it,
        "An SD-JWT VC with all disclosures, nested and of list items, and two decoys.",
        detail=detail,
    )
    for hash in ("sha-384", "sha-512"):
        text = selective(HEAD, course(), {"_sd": ["name"]}, hash)
        _ok(rows, f"sdjwt-{hash}", text, f"Digests by {hash}.", detail={"readable": {"disclosures": 1}})
    vc = plain(issuer={"id": ISSUER, "name": "Fernwald Academy"})
    text = selective(
        HEADER | {"typ": "vc+sd-jwt", "cty": "vc"}, vc, {"_sd": ["name"], "credentialSubject": {"_sd": ["name"]}}
    )
    _ok(
        rows,
        "sdjwt-data-model",
        text,
        "An SD-JWT whose payload is a credential of the data model 2.0.",
        detail={"readable": {"disclosures": 2}},
    )
    _ok(rows, "sdjwt-nothing-selective", joined(by_hand(HEAD, course())), "An SD-JWT need not hide anything.")
    for typ in ("vc+sd-jwt", "sd+jwt", "example+sd-jwt", "application/dc+sd-jwt"):
        id = typ.replace("+", "-").replace("/", "-")
        _ok(rows, f"sdjwt-typ-{id}", joined(by_hand(HEAD | {"typ": typ}, course())), f"A `typ` of SD-JWTs: {typ}.")
    _bad(
        rows,
        "sdjwt-typ-binding",
        joined(by_hand(HEAD | {"typ": "kb+jwt"}, course())),
        "A key binding JWT is no credential.",
        signature="WRONG_TYPE",
    )
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+sd-jwt,{text}",
    }
    signs = by_hand(HEADER | {"typ": "vc+sd-jwt"}, envelope | {"type": "EnvelopedVerifiablePresentation"})
    _ok(
        rows,
        "sdjwt-signs-enveloped",
        joined(signs),
        "A signed EnvelopedVerifiablePresentation in an SD-JWT is no damaged credential.",
        "cannot-check",
        readable="FORMAT_NOT_SUPPORTED",
    )
    rows.honest("sdjwt-enveloped", envelope, "An enveloped SD-JWT stands for itself.", format="sd-jwt")
    by_name = course(sub=ADA, nbf=BORN, jti="urn:uuid:1", exp=FUTURE)
    _ok(rows, "sdjwt-all-claims", selective(HEAD, by_name, {"_sd": ["sub"]}), "The registered claims of an SD-JWT VC.")
    status = course(status={"status_list": {"idx": 1, "uri": "https://fernwald.example/status"}})
    _ok(
        rows,
        "sdjwt-status",
        joined(by_hand(HEAD, status)),
        "A status list that nobody looked up.",
        "partly-checked",
        status="LIST_NOT_LOOKED_UP",
    )


def _withheld(rows: Family) -> None:
    issued, *disclosures, _ = selective(HEAD, course(), _frame()).split("~")
    none = joined(issued)
    _ok(
        rows,
        "sdjwt-nothing-disclosed",
        none,
        "Nothing disclosed: what is left is as it was signed.",
        detail={"readable": {"undisclosed": 5}},
    )
    names = {json.loads(_decoded(one))[1]: one for one in disclosures}
    _ok(
        rows,
        "sdjwt-one-disclosed",
        joined(issued, names["given_name"]),
        "One of five disclosed.",
        detail={"readable": {"disclosures": 1, "undisclosed": 4}},
    )
    _ok(rows, "sdjwt-other-order", joined(issued, *reversed(disclosures)), "Disclosures may come in any order.")
    grade = joined(issued, names["grade"])
    _ok(
        rows,
        "sdjwt-outer-without-inner",
        grade,
        "A disclosed member whose own parts are not.",
        detail={"readable": {"disclosures": 1, "undisclosed": 7}},
    )
    value = next(one for one in disclosures if json.loads(_decoded(one))[1:] == ["value", "A"])
    _bad(
        rows,
        "sdjwt-inner-without-outer",
        joined(issued, value),
        "A disclosure whose digest stands in what is not disclosed is asked for by nothing.",
        "BAD_DISCLOSURE",
    )


def _may_be_hidden(rows: Family) -> None:
    """In the W3C data model nothing keeps an end or a status from being held back."""
    head = HEADER | {"typ": "vc+sd-jwt"}
    listed = {"type": "FernwaldStatus2031"}
    hidden_codes = {"dates": "END_MAY_BE_HIDDEN", "status": "STATUS_MAY_BE_HIDDEN"}
    end = disclosure("a", "validUntil", "2026-02-01T00:00:00Z")
    rows.add(
        "sdjwt-vcdm-end-withheld",
        "partly-checked",
        joined(by_hand(head, plain(_sd=[digest(end)]))).encode(),
        "An end that has passed, and that the holder keeps back.",
        **{"format": "sd-jwt", "ending": "sd-jwt"} | hidden_codes,
    )
    rows.add(
        "sdjwt-vcdm-end-withheld-behind-exp",
        "partly-checked",
        joined(by_hand(head, plain(exp=1924992000, _sd=[digest(end)]))).encode(),
        "The token ends in 2031; that the credential ended before, the holder keeps back.",
        **{"format": "sd-jwt", "ending": "sd-jwt"} | hidden_codes,
    )
    rows.add(
        "sdjwt-vcdm-end-shown",
        "expired",
        joined(by_hand(head, plain(_sd=[digest(end)])), end).encode(),
        "The same end, shown.",
        **{"format": "sd-jwt", "ending": "sd-jwt", "dates": "EXPIRED"},
    )
    entry = disclosure("b", listed)
    rows.add(
        "sdjwt-vcdm-status-withheld",
        "partly-checked",
        joined(by_hand(head, plain(credentialStatus=[{"...": digest(entry)}]))).encode(),
        "A status that the holder took out of its list.",
        **{"format": "sd-jwt", "ending": "sd-jwt"} | hidden_codes,
    )
    rows.add(
        "sdjwt-vcdm-vct-end-withheld",
        "partly-checked",
        joined(by_hand(head, plain(vct="https://fernwald.example/types/course", _sd=[digest(end)]))).encode(),
        "A type of SD-JWT VCs does not make the end of a W3C credential one that must be shown.",
        **{"format": "sd-jwt", "ending": "sd-jwt"} | hidden_codes,
    )


def _decoded(text: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _forged(rows: Family) -> None:
    name = disclosure("salt", "name", "Beekeeping")
    text = hidden(name, name=...)
    issued = text.split("~")[0]
    _ok(rows, "sdjwt-by-hand", text, "One disclosure, by hand.", detail={"readable": {"disclosures": 1}})
    better = disclosure("salt", "name", "Beekeeping, with honours")
    _bad(
        rows,
        "sdjwt-disclosure-changed",
        joined(issued, better),
        "A disclosure that says something else than its digest.",
        "BAD_DISCLOSURE",
    )
    _bad(
        rows,
        "sdjwt-disclosure-added",
        joined(issued, name, disclosure("salt", "grade", "A+")),
        "A disclosure more than was signed.",
        "BAD_DISCLOSURE",
    )
    _bad(rows, "sdjwt-disclosure-twice", joined(issued, name, name), "One disclosure twice.", "BAD_DISCLOSURE")
    respelt = b64(b'["salt", "name", "Beekeeping"]')
    _bad(
        rows,
        "sdjwt-disclosure-respelt",
        joined(issued, respelt),
        "The same disclosure with spaces: digests are over characters.",
        "BAD_DISCLOSURE",
    )
    _bad(rows, "sdjwt-disclosure-padded", joined(issued, name + "="), "A disclosure with padding.", "BAD_DISCLOSURE")
    _bad(
        rows,
        "sdjwt-disclosure-empty",
        joined(issued, name, ""),
        "An empty text between two tildes is no disclosure.",
        "BAD_DISCLOSURE",
    )
    _bad(
        rows,
        "sdjwt-cut",
        text[:-8],
        "A disclosure whose end is missing, with no tilde behind it, is no key binding either.",
        signature="KEY_BINDING_INVALID",
    )
    _bad(
        rows,
        "sdjwt-no-last-tilde",
        text[:-1],
        "Without the last tilde the last disclosure stands where key binding does.",
        signature="KEY_BINDING_INVALID",
    )
    _bad(
        rows,
        "sdjwt-disclosure-not-ascii",
        joined(issued, name + "é"),
        "A disclosure with a letter of no alphabet.",
        "BAD_DISCLOSURE",
    )
    head, _, made = issued.split(".")
    other = course(_sd=[digest(better)], name=...)
    _bad(
        rows,
        "sdjwt-tampered",
        joined(f"{head}.{b64(other)}.{made}", better),
        "Digests of another disclosure under the old signature.",
        signature="SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "sdjwt-by-another",
        joined(by_hand(HEAD, course(), key="other")),
        "Signed by another key.",
        signature="SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "sdjwt-expired",
        joined(by_hand(HEAD, course(exp=PAST))),
        "An SD-JWT VC that has expired.",
        verdict="expired",
        dates="EXPIRED",
        detail={"dates": {"until": "2026-01-02T00:00:00Z"}},
    )
    _bad(
        rows,
        "sdjwt-not-yet",
        joined(by_hand(HEAD, course(nbf=FUTURE))),
        "An SD-JWT VC that is not valid yet.",
        verdict="not-yet-valid",
        dates="NOT_YET_VALID",
    )
    _bad(
        rows,
        "sdjwt-alg-none",
        joined(by_hand(HEAD | {"alg": "none"}, course(), signing="EdDSA")),
        "An SD-JWT that says it is not signed.",
        signature="ALGORITHM_NONE",
    )
    many = [disclosure(str(n), f"claim{n}", n) for n in range(1001)]
    _bad(
        rows,
        "sdjwt-too-many",
        joined(by_hand(HEAD, course(_sd=[digest(one) for one in many])), *many),
        "A disclosure more than the limit.",
        "TOO_LARGE",
        verdict="cannot-check",
    )
    _ok(
        rows,
        "sdjwt-many",
        joined(by_hand(HEAD, course(_sd=[digest(one) for one in many[1:]])), *many[1:]),
        "As many disclosures as the limit.",
        detail={"readable": {"disclosures": 1000}},
    )
    rows.add(
        "sdjwt-too-large",
        "cannot-check",
        "sdjwt-good",
        "An SD-JWT with spaces up to a byte beyond the limit.",
        format="unknown",
        generate={"padTo": 4 * 1024 * 1024 + 1},
        readable="TOO_LARGE",
    )


def _misplaced(rows: Family) -> None:
    good = disclosure("salt", "note", "well done")

    def bad(id: str, text: str, reason: str) -> None:
        _bad(rows, f"sdjwt-{id}", text, reason, "BAD_DISCLOSURE")

    bad(
        "overwrites",
        hidden(disclosure("salt", "name", "Beekeeping, with honours")),
        "A disclosure in the place of a member that is there.",
    )
    twice = [disclosure("salt", "note", "a"), disclosure("pepper", "note", "b")]
    bad("same-name-twice", hidden(*twice), "Two disclosures of one name: which counts?")
    for id, name in (("sd", "_sd"), ("dots", "...")):
        bad(f"reserved-{id}", hidden(disclosure("salt", name, ["x"])), f"A disclosure of the reserved name {name}.")
    for id, parts, reason in (
        ("salt", [7, "note", "x"], "A salt that is no text."),
        ("name", ["salt", 7, "x"], "A name that is no text."),
        ("four", ["salt", "note", "x", "y"], "A disclosure of four parts."),
        ("one", ["salt"], "A disclosure of one part."),
        ("item", ["salt", "x"], "A disclosure of a list's item where a member is asked for."),
    ):
        bad(f"form-{id}", hidden(disclosure(*parts)), reason)
    for id, raw, reason in (
        ("object", b'{"salt":"x"}', "A disclosure that is no list."),
        ("json", b"note", "A disclosure that is no JSON."),
        ("twice", b'["salt","note",{"a":1,"a":2}]', "A disclosure with a member twice."),
        ("utf8", b'["salt","note","\xff"]', "A disclosure that is not UTF-8."),
    ):
        bad(f"form-{id}", hidden(b64(raw)), reason)
    large = b64(b'["salt","note",9007199254740993]')
    _bad(
        rows,
        "sdjwt-form-number",
        hidden(large),
        "A disclosure with a number that JSON readers do not agree on.",
        "NUMBER_OUT_OF_RANGE",
        verdict="cannot-check",
    )
    item = disclosure("salt", "well done")
    _ok(
        rows,
        "sdjwt-item",
        joined(by_hand(HEAD, course(notes=[{"...": digest(item)}, {"...": "AAAA"}])), item),
        "A list with an item that is disclosed and one that is not.",
        detail={"readable": {"disclosures": 1, "undisclosed": 1}},
    )
    bad(
        "member-for-item",
        joined(by_hand(HEAD, course(notes=[{"...": digest(good)}])), good),
        "A disclosure of a member where a list's item is asked for.",
    )
    bad(
        "digest-twice",
        joined(by_hand(HEAD, course(_sd=[digest(good)], more={"_sd": [digest(good)]})), good),
        "A digest in two places.",
    )
    bad(
        "decoy-twice",
        joined(by_hand(HEAD, course(_sd=["AAAA", "AAAA"]))),
        "A digest twice, though nothing is disclosed.",
    )
    for id, members, reason in (
        ("sd-text", {"_sd": digest(good)}, "`_sd` is a list."),
        ("sd-number", {"_sd": [7]}, "A digest is a text."),
        ("dots-beside", {"notes": [{"...": digest(good), "note": "x"}]}, "`...` has nothing beside it."),
        ("dots-alone", {"notes": {"...": digest(good)}}, "`...` stands in lists."),
        ("dots-number", {"notes": [{"...": 7}]}, "The digest of an item is a text."),
    ):
        bad(id, joined(by_hand(HEAD, course(**members)), *([good] if id == "sd-text" else [])), reason)
    for claim, value in (
        ("exp", FUTURE),
        ("nbf", BORN),
        ("iss", ISSUER),
        ("vct", VCT),
        ("cnf", {"jwk": jwk("EdDSA")}),
        ("status", {}),
    ):
        bad(
            f"apart-{claim}",
            hidden(disclosure("salt", claim, value), **{claim: ...}),
            f"`{claim}` of an SD-JWT VC must not be selective: it could be held back.",
        )
    nested: Any = []
    for _ in range(62):
        nested = [nested]
    for id, deep in (("deep", [nested]), ("as-deep-as-may-be", nested)):
        one = disclosure("salt", "deep", deep)
        text = joined(by_hand(HEAD, course(_sd=[digest(one)])), one)
        if id == "deep":
            _bad(
                rows,
                "sdjwt-deep",
                text,
                "Nested beyond the limit where it is put in its place.",
                "TOO_DEEP",
                verdict="cannot-check",
            )
        else:
            _ok(rows, "sdjwt-as-deep-as-may-be", text, "Nested down to the limit.")


def _other(rows: Family) -> None:
    for id, alg in (("sha-1", "sha-1"), ("capitals", "SHA-256"), ("null", None)):
        _bad(
            rows,
            f"sdjwt-hash-{id}",
            joined(by_hand(HEAD, course(_sd_alg=alg))),
            f"A hash that is not known here: {alg!r}.",
            "DISCLOSURE_HASH_NOT_SUPPORTED",
            verdict="cannot-check",
        )
    _ok(
        rows,
        "sdjwt-login",
        joined(by_hand(HEAD | {"typ": "sd+jwt"}, {"iss": ISSUER, "exp": FUTURE})),
        "An SD-JWT without `vct` and without the data model's context is no credential.",
        "cannot-check",
        format="unknown",
        readable="NOT_A_CREDENTIAL",
    )
    _bad(
        rows,
        "sdjwt-no-issuer",
        joined(by_hand(HEAD, course(iss=...))),
        "An SD-JWT VC of nobody.",
        "MALFORMED_CREDENTIAL",
        detail={"readable": {"members": ["/iss"]}},
    )
    presents = {"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiablePresentation"}
    _ok(
        rows,
        "sdjwt-presentation",
        joined(by_hand(HEADER | {"typ": "vp+sd-jwt"}, presents)),
        "A presentation as an SD-JWT, by nobody who is named.",
        "partly-checked",
        signer="NO_HOLDER",
        dates="NO_DATES",
    )
    inside = by_hand(HEADER | {"typ": "vc+jwt"}, plain())
    whole = presents | {"holder": ISSUER, "verifiableCredential": [inside, joined(by_hand(HEAD, course()))]}
    held = {"_sd": ["holder"], "verifiableCredential": {"_sd": [0, 1]}}
    shown = selective(HEADER | {"typ": "vp+sd-jwt"}, whole, held)
    within = (("/verifiableCredential/0", "vc-jwt", "verified"), ("/verifiableCredential/1", "sd-jwt", "verified"))
    _ok(
        rows,
        "sdjwt-presentation-whole",
        shown,
        "A presentation as an SD-JWT, its holder and its credentials disclosed.",
        dates="NO_DATES",
        inner=within,
        detail={"readable": {"disclosures": 3}},
    )
    issued, *texts, _ = shown.split("~")
    *_, shows_second = (text for text in texts if len(json.loads(decoded(text))) == 2)
    _ok(
        rows,
        "sdjwt-presentation-withheld",
        joined(issued, *(text for text in texts if text != shows_second)),
        "A presentation as an SD-JWT, one of its credentials held back.",
        dates="NO_DATES",
        inner=within[:1],
        detail={"readable": {"disclosures": 2, "undisclosed": 1}},
    )
    _bad(
        rows,
        "sdjwt-presentation-as-credential",
        joined(by_hand(HEADER | {"typ": "vc+sd-jwt"}, whole)),
        "A presentation signed as a credential.",
        signature="WRONG_TYPE",
        inner=within,
    )
    _bad(
        rows,
        "sdjwt-presentation-by-another",
        joined(by_hand(HEADER | {"typ": "vp+sd-jwt"}, whole, key="other")),
        "A presentation as an SD-JWT that another than its holder signed.",
        signature="SIGNATURE_INVALID",
        inner=within,
    )
    vc = plain(type=..., _sd=[digest(disclosure("salt", "type", ["VerifiableCredential"]))])
    head = HEADER | {"typ": "vc+sd-jwt"}
    _ok(
        rows,
        "sdjwt-type-disclosed",
        joined(by_hand(head, vc), disclosure("salt", "type", ["VerifiableCredential"])),
        "A type that the holder discloses.",
    )
    _bad(
        rows,
        "sdjwt-type-withheld",
        joined(by_hand(head, vc)),
        "A credential whose type is held back is none.",
        "MALFORMED_CREDENTIAL",
        detail={"readable": {"members": ["/type"]}},
    )
    until = disclosure("salt", "validUntil", "2026-01-02T00:00:00Z")
    expired = by_hand(head, plain(_sd=[digest(until)]))
    _bad(
        rows,
        "sdjwt-end-disclosed",
        joined(expired, until),
        "A disclosed end counts.",
        verdict="expired",
        dates="EXPIRED",
    )
    page = "https://fernwald.example/issuer"
    _bad(
        rows,
        "sdjwt-key-in-header",
        joined(by_hand({"alg": "EdDSA", "typ": "dc+sd-jwt", "jwk": jwk("EdDSA")}, course(iss=page))),
        "The key came only with the SD-JWT.",
        verdict="partly-checked",
        signer="KEY_ONLY_IN_DOCUMENT",
    )
    _bad(
        rows,
        "sdjwt-sub-differs",
        joined(by_hand(head, plain(credentialSubject={"id": ADA}, sub="did:example:eve"))),
        "`sub` beside another subject.",
        signature="CLAIM_MISMATCH",
        detail={"signature": {"suites": ["EdDSA"], "methods": [KID], "pointers": ["/sub"]}},
    )


def _bound(rows: Family) -> None:
    confirmed = course(cnf={"jwk": jwk("EdDSA", HOLDER)})
    name = disclosure("salt", "note", "well done")
    text = joined(by_hand(HEAD, confirmed | {"_sd": [digest(name)]}), name)
    made = {"boundAt": "2026-01-01T00:00:00Z", "boundTo": "https://employer.example"}
    _ok(
        rows,
        "sdjwt-bound",
        text + binding(text),
        "The holder's key, which the issuer confirmed, signed for somebody.",
        detail={"signature": LISTED | made},
    )
    _ok(
        rows,
        "sdjwt-not-bound",
        text,
        "A confirmed key, and nobody asked the holder to use it.",
        detail={"signature": LISTED},
    )
    by_name = joined(by_hand(HEAD, course(cnf={"kid": KID})))
    _ok(
        rows,
        "sdjwt-bound-by-name",
        by_name + binding(by_name, key="issuer"),
        "The holder's key may be named by a DID URL.",
        detail={"signature": LISTED | made},
    )

    def bad(id: str, bound: str, reason: str, whole: str = text, **more: Any) -> None:
        codes = {"signature": "KEY_BINDING_INVALID", "detail": {"signature": LISTED}} | more
        _bad(rows, f"sdjwt-bound-{id}", whole + bound, reason, **codes)

    bad("by-another", binding(text, key="other"), "Bound by a key that the issuer did not confirm.")
    bad(
        "own-key",
        binding(text, key="other", head={"alg": "EdDSA", "typ": "kb+jwt", "jwk": jwk("EdDSA", "other")}),
        "A thief's own key in the header of the key binding.",
    )
    less = text.partition("~")[0] + "~"
    bad("other-disclosures", binding(text), "Key binding that was made over more disclosures.", less)
    bad("hash", binding(text, sd_hash=digest("x")), "Key binding over another file.")
    bad("typ", binding(text, head={"alg": "EdDSA", "typ": "JWT"}), "Key binding says that it is one.")
    bad(
        "kelvin", binding(text, head={"alg": "EdDSA", "typ": "\u212ab+jwt"}), "A typ with the sign for kelvin, not a K."
    )
    bad("no-typ", binding(text, head={"alg": "EdDSA"}), "Key binding that does not say what it is.")
    bad("none", _unsigned(text), "Key binding that is not signed.")
    bad(
        "crit",
        binding(text, head={"alg": "EdDSA", "typ": "kb+jwt", "crit": ["x"], "x": 1}),
        "Key binding with something that must be understood.",
    )
    for claim, value in (("aud", ...), ("nonce", 7), ("iat", "now"), ("sd_hash", ...)):
        bad(
            f"{claim.replace('_', '-')}",
            binding(text, **{claim: value}),
            f"Key binding whose `{claim}` is missing or is none.",
        )
    bad("garbage", "x", "What stands behind the last tilde is no JWT.")
    bad(
        "unconfirmed",
        binding(joined(by_hand(HEAD, course()))),
        "Key binding, and no key that the issuer confirmed.",
        joined(by_hand(HEAD, course())),
    )
    bad(
        "issuer-forged",
        binding(joined(by_hand(HEAD, confirmed, key="other"))),
        "A forged issuer's signature is told before the key binding.",
        joined(by_hand(HEAD, confirmed, key="other")),
        signature="SIGNATURE_INVALID",
    )
    unknown = joined(by_hand(HEAD, course(cnf={"kid": "did:web:ada.example#key-1"})))
    bad(
        "key-unknown",
        binding(unknown),
        "A confirmed key that would have to be looked up.",
        unknown,
        signature="KEY_NOT_RESOLVED",
        verdict="cannot-check",
    )
    other = by_hand(
        {"alg": "ES512", "typ": "kb+jwt"},
        {"iat": BORN, "aud": "a", "nonce": "n", "sd_hash": digest(text)},
        signing="EdDSA",
    )
    bad(
        "algorithm",
        other,
        "Key binding by an algorithm that is not known here.",
        signature="SUITE_NOT_SUPPORTED",
        verdict="cannot-check",
    )


def _unsigned(text: str) -> str:
    claims = {"iat": BORN, "aud": "a", "nonce": "n", "sd_hash": digest(text)}
    return f"{b64({'alg': 'none', 'typ': 'kb+jwt'})}.{b64(claims)}."
