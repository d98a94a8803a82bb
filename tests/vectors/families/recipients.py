"""Whom a credential is made out to, and what was declared (docs/verification.md, 5)."""

from __future__ import annotations

import hashlib
from typing import Any

from families import open_badges, sd_jwt
from families.jose import by_hand, did_jwk, jwk
from families.jwt import HEADER, claims
from families.kit import Family, Json, did, edited, plain, signed, text
from families.packing import File, archive
from families.presentations import presented

MAIL = "ada@mail.example"
ADA = did("ada")
MINE = {"email": [MAIL], "did": [ADA], "name": ["Ada Example"], "id": ["S-1815"]}
MAILS = {"email": [MAIL]}


def hashed(text: str, salt: str = "", algorithm: str = "sha256") -> str:
    return f"{algorithm}${hashlib.new(algorithm, (text + salt).encode()).hexdigest()}"


def identity(text: str = MAIL, salt: Any = "bee", algorithm: str = "sha256", **members: Any) -> Json:
    """An IdentityObject of Open Badges 3.0; a member given as ... is left out."""
    whole: Json = {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": hashed(text, salt if isinstance(salt, str) else "", algorithm),
        "identityType": "emailAddress",
        "salt": salt,
    }
    return {name: value for name, value in (whole | members).items() if value is not ...}


def about(subject: Any) -> Json:
    return signed(plain(credentialSubject=subject))


def of(*identities: Json, **members: Any) -> Json:
    return about({"type": ["AchievementSubject"], "identifier": list(identities), **members})


def mail(hash: str = "") -> Json:
    return {"recipient": {"kind": "email"} | ({"hashed": hash} if hash else {})}


def kinds(*names: str) -> Json:
    return {"recipient": {"kinds": list(names)}}


def family() -> Family:
    rows = Family("recipients")
    _by_identifier(rows)
    _hashed(rows)
    _tricks(rows)
    _lookalikes(rows)
    _names(rows)
    _several(rows)
    _older(rows)
    _tokens(rows)
    _nobody(rows)
    return rows


def _yes(rows: Family, id: str, content: Any, reason: str, holders: Any = MINE, **more: Any) -> None:
    rows.honest(f"rcp-{id}", content, _said(reason), holders=holders, **{"recipient": "MATCH"} | more)


def _no(rows: Family, id: str, content: Any, reason: str, code: str, holders: Any = MINE, **more: Any) -> None:
    """A file by which somebody may be taken for someone else: well signed, so that the verdict is none of it."""
    rows.add(f"rcp-{id}", "verified", content, _said(reason), honest=True, holders=holders, recipient=code, **more)


def _said(reason: str) -> str:
    return f"Made out: {reason}."


def _by_identifier(rows: Family) -> None:
    _yes(
        rows, "did", about({"id": ADA}), "the subject is a DID that was declared", detail={"recipient": {"kind": "did"}}
    )
    _yes(rows, "mailto", about({"id": f"mailto:{MAIL}"}), "the subject is a mailto address", detail=mail())
    _yes(rows, "mailto-case", about({"id": "MAILTO:Ada@MAIL.example"}), "case of mailto and e-mail", detail=mail())
    _yes(rows, "bare-mail", about({"id": f" {MAIL}\n"}), "a bare e-mail address, blanks around it", detail=mail())
    _yes(rows, "string", about(ADA), "the subject is a string", detail={"recipient": {"kind": "did"}})
    _yes(
        rows,
        "declared-blank",
        about({"id": f"mailto:{MAIL}"}),
        "blanks around what was declared",
        {"email": [f"\t{MAIL} "]},
        detail=mail(),
    )
    _yes(
        rows,
        "declared-mailto",
        about({"email": MAIL}),
        "declared as mailto",
        {"email": [f"mailto:{MAIL}"]},
        detail=mail(),
    )
    _yes(
        rows,
        "url",
        about({"id": "https://ada.example/"}),
        "the subject is a page of hers",
        {"url": ["https://ada.example/"]},
        detail={"recipient": {"kind": "url"}},
    )
    _yes(
        rows,
        "phone",
        about({"id": "tel:+1-201-555-0123"}),
        "a telephone number, punctuated otherwise",
        {"phone": ["+1 (201) 555.0123"]},
        detail={"recipient": {"kind": "phone"}},
    )
    _yes(
        rows,
        "urn",
        about({"id": "urn:students:S-1815"}),
        "a URN that was declared as an identifier",
        {"id": ["urn:students:S-1815"]},
        detail={"recipient": {"kind": "id"}},
    )
    _no(rows, "other-did", about({"id": did("other")}), "another DID than was declared", "OTHER", detail=kinds("did"))
    _no(
        rows,
        "other-mail",
        about({"email": "eve@mail.example"}),
        "another e-mail address",
        "OTHER",
        detail=kinds("email"),
    )
    _no(
        rows,
        "other-url",
        about({"id": "http://ada.example/"}),
        "http is another page than https",
        "OTHER",
        {"url": ["https://ada.example/"]},
        detail=kinds("url"),
    )
    _no(
        rows,
        "did-case",
        about({"id": ADA.upper().replace("DID:KEY:", "did:key:")}),
        "the case of a DID matters",
        "OTHER",
        detail=kinds("did"),
    )
    _no(
        rows,
        "no-did-declared",
        about({"id": did("other")}),
        "a DID, and only an e-mail address was declared",
        "NOT_COMPARABLE",
        MAILS,
        detail=kinds("did"),
    )
    _no(
        rows,
        "other-urn",
        about({"id": "urn:uuid:0a"}),
        "another identifier of no known kind is not somebody else's",
        "NOT_COMPARABLE",
        detail=kinds("id"),
    )
    _no(
        rows,
        "id-of-another-kind",
        about({"id": MAIL}),
        "an e-mail address that was declared as a name",
        "NOT_COMPARABLE",
        {"name": [MAIL]},
        detail=kinds("email"),
    )


def _hashed(rows: Family) -> None:
    _yes(rows, "sha256", of(identity()), "a salted SHA-256", detail=mail("sha256"))
    _yes(rows, "sha256-no-salt", of(identity(salt=...)), "SHA-256 without a salt", detail=mail("sha256"))
    _yes(rows, "sha256-null-salt", of(identity(salt=None)), "a salt that is null", detail=mail("sha256"))
    _yes(rows, "sha256-empty-salt", of(identity(salt="")), "an empty salt", detail=mail("sha256"))
    _yes(rows, "md5", of(identity(algorithm="md5")), "a salted MD5", detail=mail("md5"))
    _yes(rows, "md5-no-salt", of(identity(algorithm="md5", salt=...)), "MD5 without a salt", detail=mail("md5"))
    _yes(
        rows,
        "hex-case",
        of(identity(identityHash="sha256$" + hashed(MAIL, "bee")[7:].upper())),
        "hexadecimal in upper case",
        detail=mail("sha256"),
    )
    _yes(
        rows, "unicode-salt", of(identity(salt="🐝é")), "a salt beyond ASCII is hashed as UTF-8", detail=mail("sha256")
    )
    _yes(
        rows,
        "lower-declared",
        of(identity()),
        "the issuer hashed lower case",
        {"email": ["Ada@Mail.example"]},
        detail=mail("sha256"),
    )
    _yes(
        rows,
        "domain-declared",
        of(identity("Ada@mail.example")),
        "the issuer lowered the domain only",
        {"email": ["Ada@MAIL.example"]},
        detail=mail("sha256"),
    )
    _yes(
        rows,
        "as-declared",
        of(identity("Ada@MAIL.example")),
        "the issuer hashed what was typed",
        {"email": ["Ada@MAIL.example"]},
        detail=mail("sha256"),
    )
    _yes(
        rows, "plain", of(identity(hashed=False, identityHash=MAIL.upper())), "an identity in the clear", detail=mail()
    )
    _yes(
        rows,
        "student-number",
        of(identity("S-1815", identityType="sisSourcedId")),
        "a hashed student number",
        detail={"recipient": {"kind": "id", "hashed": "sha256"}},
    )
    _yes(
        rows,
        "no-type",
        of(identity(identityType=...)),
        "of a hash without a kind, any that was declared",
        detail=mail("sha256"),
    )
    _yes(rows, "second", of(identity("eve@mail.example"), identity()), "one of two identities", detail=mail("sha256"))
    _yes(
        rows,
        "name-hashed",
        of(identity("Ada Example", identityType="name")),
        "a hashed name",
        detail={"recipient": {"kind": "name", "hashed": "sha256"}},
    )
    _no(
        rows,
        "other-hash",
        of(identity("eve@mail.example")),
        "the hash of another address",
        "OTHER",
        detail=kinds("email"),
    )
    _no(
        rows,
        "other-salt",
        of(identity() | {"salt": "wasp"}),
        "another salt than was hashed",
        "OTHER",
        detail=kinds("email"),
    )
    _no(
        rows,
        "salt-before",
        of(identity(identityHash=hashed("bee" + MAIL))),
        "the salt in front of the address",
        "OTHER",
        detail=kinds("email"),
    )
    _no(
        rows,
        "other-hash-no-type",
        of(identity("eve@mail.example", identityType=...)),
        "a hash without a kind is of somebody else only if its kind were known",
        "NOT_COMPARABLE",
        detail=kinds("unstated"),
    )


def _tricks(rows: Family) -> None:
    cannot = {"code": "NOT_COMPARABLE", "detail": kinds("email")}
    _no(
        rows,
        "hash-of-nothing",
        of(identity(identityHash=hashed(""), salt="")),
        "the hash of the empty string",
        "OTHER",
        detail=kinds("email"),
    )
    _no(
        rows,
        "hash-of-salt",
        of(identity("", "bee")),
        "the hash of the salt alone",
        "OTHER",
        MAILS | {"id": ["", "  "]},
        detail=kinds("email"),
    )
    _no(
        rows,
        "nothing-declared",
        of(identity("", "bee")),
        "only blanks were declared",
        "NOT_ASKED",
        {"email": ["", " \t"], "name": []},
    )
    _no(
        rows, "unknown-kind-declared", of(identity()), "a kind was declared that is none", "NOT_ASKED", {"mail": [MAIL]}
    )
    _no(
        rows,
        "all-in-salt",
        of(identity("", MAIL)),
        "the address stands in the salt, nothing in front of it",
        "OTHER",
        detail=kinds("email"),
    )
    _no(
        rows,
        "part-in-salt",
        of(identity("ada@mail.exam", "ple")),
        "a part of the address stands in the salt",
        "OTHER",
        detail=kinds("email"),
    )
    _no(rows, "salt-number", of(identity(salt=7, identityHash=hashed(MAIL, "7"))), "a salt that is a number", **cannot)
    _no(rows, "salt-list", of(identity(salt=["bee"])), "a salt that is a list", **cannot)
    _no(rows, "salt-long", of(identity(salt="b" * 1025)), "a salt of 1,025 bytes", **cannot)
    _no(rows, "salt-long-unicode", of(identity(salt="é" * 513)), "a salt of 513 letters in 1,026 bytes", **cannot)
    _yes(
        rows,
        "salt-longest",
        of(identity(salt="é" * 512)),
        "a salt of 512 letters in 1,024 bytes",
        detail=mail("sha256"),
    )
    _no(rows, "hashed-text", of(identity(hashed="true")), "hashed is a string", **cannot)
    _no(rows, "hashed-one", of(identity(hashed=1)), "hashed is a number", **cannot)
    _no(rows, "hashed-not-said", of(identity(hashed=...)), "a hash that is not said to be one", **cannot)
    _no(rows, "hashed-denied", of(identity(hashed=False)), "a hash that is said to be none", **cannot)
    _no(rows, "plain-as-hash", of(identity(identityHash=MAIL)), "the address itself, said to be hashed", **cannot)
    _no(
        rows,
        "sha1",
        of(identity(identityHash="sha1$" + hashlib.sha1(b"ada@mail.examplebee").hexdigest())),
        "SHA-1 is none of the two algorithms",
        **cannot,
    )
    _no(
        rows,
        "algorithm-case",
        of(identity(identityHash=hashed(MAIL, "bee").replace("sha", "SHA"))),
        "the name of an algorithm in upper case",
        **cannot,
    )
    _no(rows, "short-hash", of(identity(identityHash=hashed(MAIL, "bee")[:-1])), "a hash that lacks a digit", **cannot)
    _no(rows, "long-hash", of(identity(identityHash=hashed(MAIL, "bee") + "0")), "a hash with a digit more", **cannot)
    _no(
        rows,
        "no-algorithm",
        of(identity(identityHash=hashed(MAIL, "bee")[7:])),
        "a hash without its algorithm",
        **cannot,
    )
    _no(
        rows,
        "md5-as-sha256",
        of(identity(identityHash="sha256$" + hashed(MAIL, "bee", "md5")[4:])),
        "an MD5 under the name of SHA-256",
        **cannot,
    )
    _no(rows, "line-end", of(identity(identityHash=hashed(MAIL, "bee") + "\n")), "a line end after the hash", **cannot)
    _no(
        rows, "identity-list", of(identity(identityHash=[hashed(MAIL, "bee")])), "a list in place of the hash", **cannot
    )
    _no(rows, "identity-object", of(identity(identityHash={"value": MAIL})), "an object in place of the hash", **cannot)
    _no(rows, "id-list", about({"id": [ADA]}), "a list in place of the subject's identifier", "NO_SUBJECT")
    _no(rows, "id-number", about({"id": 1815}), "a number in place of the subject's identifier", "NO_SUBJECT")
    many = [identity(f"a{number}@mail.example") for number in range(63)]
    _yes(rows, "sixty-four", of(*many, identity()), "the last of 64 identities", detail=mail("sha256"))
    _no(rows, "sixty-five", of(*many, identity(), identity()), "65 identities", "TOO_MANY_IDENTITIES")
    long = "a" * 100_000 + "@mail.example"
    _no(
        rows,
        "very-long",
        about({"id": long}),
        "an address of a hundred thousand letters",
        "OTHER",
        detail=kinds("email"),
    )


def _lookalikes(rows: Family) -> None:
    other = {"code": "OTHER", "detail": kinds("email")}
    _no(rows, "cyrillic", about({"email": "аda@mail.example"}), "a Cyrillic а in the address", **other)
    _no(
        rows,
        "kelvin",
        about({"email": "\u212aim@mail.example"}),
        "the Kelvin sign in place of k",
        "OTHER",
        {"email": ["kim@mail.example"]},
        detail=kinds("email"),
    )
    _no(
        rows,
        "dotless",
        about({"email": "k\u0131m@mail.example"}),
        "a dotless i",
        "OTHER",
        {"email": ["kim@mail.example"]},
        detail=kinds("email"),
    )
    _no(rows, "full-width", about({"email": "ada\uff20mail.example"}), "a full-width @", **other)
    _no(rows, "zero-width", about({"email": "ada\u200b@mail.example"}), "a zero-width space in the address", **other)
    _no(
        rows,
        "no-break-space",
        about({"email": "\u00a0ada@mail.example"}),
        "a no-break space before the address",
        **other,
    )
    _no(
        rows,
        "decomposed",
        about({"email": "e\u0301@mail.example"}),
        "an address is not normalised: é in two parts",
        "OTHER",
        {"email": ["é@mail.example"]},
        detail=kinds("email"),
    )
    _no(
        rows,
        "upper-unicode",
        about({"email": "É@mail.example"}),
        "case counts beyond ASCII",
        "OTHER",
        {"email": ["é@mail.example"]},
        detail=kinds("email"),
    )
    _no(rows, "plus", about({"email": "ada+bees@mail.example"}), "what follows a plus belongs to the address", **other)
    _no(rows, "subdomain", about({"email": "ada@mail.example.com"}), "a longer domain", **other)


def _names(rows: Family) -> None:
    name = {"recipient": {"kind": "name"}}
    _yes(rows, "name", about({"name": "Ada Example"}), "a name", detail=name)
    _yes(rows, "name-spelt", about({"name": " ADA \t example"}), "case and white space of a name", detail=name)
    _yes(rows, "name-parts", about({"givenName": "Ada", "familyName": "Example"}), "a name in two parts", detail=name)
    _yes(
        rows,
        "name-languages",
        about({"fullName": {"de": ["Ada Beispiel"], "en": ["Ada Example"]}}),
        "a name in one of several languages",
        detail=name,
    )
    _yes(
        rows,
        "name-decomposed",
        about({"name": "Ame\u0301lie"}),
        "a name in decomposed letters",
        {"name": ["Amélie"]},
        detail=name,
    )
    _yes(
        rows,
        "stronger-first",
        about({"id": ADA, "name": "A. Example"}),
        "a DID says more than another spelling of a name",
        detail={"recipient": {"kind": "did"}},
    )
    _no(rows, "name-other", about({"name": "Eve Example"}), "another name", "OTHER", detail=kinds("name"))
    _no(
        rows,
        "name-weaker",
        about({"id": did("other"), "name": "Ada Example"}),
        "her name, and another's DID",
        "OTHER",
        detail=kinds("did", "name"),
    )
    _no(
        rows,
        "name-not-declared",
        about({"name": "Ada Example"}),
        "a name, and none was declared",
        "NOT_COMPARABLE",
        MAILS,
        detail=kinds("name"),
    )
    _no(rows, "name-number", about({"name": 7}), "a name that is a number", "NO_SUBJECT")


def _several(rows: Family) -> None:
    _no(
        rows,
        "one-of-two",
        about([{"id": did("other")}, {"id": ADA}]),
        "two subjects, one of them declared",
        "ONE_OF_SEVERAL",
        detail={"recipient": {"kind": "did"}},
    )
    _no(
        rows,
        "one-says-nothing",
        about([{"id": ADA}, {"note": "x"}]),
        "two subjects, of which one is not named",
        "ONE_OF_SEVERAL",
        detail={"recipient": {"kind": "did"}},
    )
    _yes(
        rows,
        "two-of-two",
        about([{"id": ADA}, {"email": MAIL}]),
        "two subjects, both declared",
        detail={"recipient": {"kind": "did"}},
    )
    _no(
        rows,
        "none-of-two",
        about([{"id": did("other")}, {"name": "x"}]),
        "two subjects, neither declared",
        "OTHER",
        detail=kinds("did", "name"),
    )
    _no(
        rows,
        "unknown-of-two",
        about([{"id": "urn:uuid:1"}, {"note": "x"}]),
        "two subjects, of which nothing can be told",
        "NOT_COMPARABLE",
        detail=kinds("id"),
    )


def _older(rows: Family) -> None:
    def badge(
        id: str, reason: str, code: str, recipient: Any, *, holders: Any = MINE, detail: Any = None, **more: Any
    ) -> None:
        rows.honest(
            f"rcp-{id}",
            by_hand(open_badges.RS256, open_badges.assertion(recipient=recipient, **more)).encode(),
            _said(reason),
            format="ob2-jws",
            web=open_badges.answers(*open_badges.ALL),
            ending="jwt",
            holders=holders,
            recipient=code,
            signer="LISTED",
            detail=detail or {},
        )

    one = {"type": "email", "hashed": True, "salt": "bee", "identity": hashed(MAIL, "bee")}
    badge("ob2", "a recipient of Open Badges 2.0", "MATCH", one, detail=mail("sha256"))
    badge(
        "ob2-md5",
        "a recipient hashed by MD5",
        "MATCH",
        one | {"identity": hashed(MAIL, "bee", "md5")},
        detail=mail("md5"),
    )
    badge(
        "ob2-no-salt",
        "a recipient without a salt",
        "MATCH",
        {"type": "email", "hashed": True, "identity": hashed(MAIL)},
        detail=mail("sha256"),
    )
    badge(
        "ob2-plain",
        "a recipient in the clear",
        "MATCH",
        {"type": "email", "hashed": False, "identity": "Ada@mail.example"},
        detail=mail(),
    )
    badge("ob2-types", "the type of a recipient in a list", "MATCH", one | {"type": ["email"]}, detail=mail("sha256"))
    badge(
        "ob2-string",
        "a recipient of before 1.0 with the badge's salt",
        "MATCH",
        hashed(MAIL, "sea"),
        salt="sea",
        detail=mail("sha256"),
    )
    badge("ob2-string-plain", "a recipient of before 1.0 in the clear", "MATCH", MAIL, detail=mail())
    badge(
        "ob2-id",
        "a recipient of the type id, which is a DID",
        "MATCH",
        {"type": "id", "hashed": False, "identity": ADA},
        detail={"recipient": {"kind": "did"}},
    )
    badge(
        "ob2-phone",
        "a recipient of the type telephone",
        "OTHER",
        {"type": "telephone", "identity": "+1 201"},
        holders={"phone": ["+1 202"]},
        detail=kinds("phone"),
    )
    badge(
        "ob2-other",
        "another recipient",
        "OTHER",
        one | {"identity": hashed("eve@mail.example", "bee")},
        detail=kinds("email"),
    )
    badge(
        "ob2-profile",
        "a recipient profile with a name",
        "MATCH",
        {"type": "uuid", "identity": "7"},
        recipientProfile={"name": "Ada Example"},
        detail={"recipient": {"kind": "name"}},
    )
    badge("ob2-list", "a list in place of the recipient", "NO_SUBJECT", [one])
    hosted = open_badges.hosted(recipient=one)
    rows.add(
        "rcp-ob2-hosted",
        "cannot-check",
        hosted,
        _said("a hosted badge is signed by nobody, and says whom it names"),
        honest=True,
        format="ob2-hosted",
        holders=MINE,
        signature="HOSTED",
        recipient="MATCH",
        detail=mail("sha256"),
    )


def _tokens(rows: Family) -> None:
    def token(id: str, reason: str, payload: Json, code: str = "MATCH", **more: Any) -> None:
        rows.honest(
            f"rcp-{id}",
            by_hand(HEADER, payload).encode(),
            _said(reason),
            format="vc-jwt",
            ending="jwt",
            holders=MINE,
            recipient=code,
            **more,
        )

    def disclosing(id: str, reason: str, whole: str, code: str = "MATCH", holders: Any = MINE, **more: Any) -> None:
        rows.honest(
            f"rcp-{id}",
            whole.encode(),
            _said(reason),
            format="sd-jwt",
            ending="txt",
            holders=holders,
            recipient=code,
            **more,
        )

    bare = claims(edited(claims()["vc"], lambda vc: vc["credentialSubject"].pop("id", None)))
    token(
        "jwt-sub",
        "the claim sub names whom the credential does not",
        bare | {"sub": ADA},
        detail={"recipient": {"kind": "did"}},
    )
    token("jwt-sub-mail", "the claim sub is a mailto address", bare | {"sub": f"mailto:{MAIL}"}, detail=mail())
    token("jwt-other-sub", "the claim sub is another's", bare | {"sub": did("other")}, "OTHER", detail=kinds("did"))
    disclosing(
        "sd-sub",
        "the claim sub of an SD-JWT",
        sd_jwt.joined(by_hand(sd_jwt.HEAD, sd_jwt.course(sub=ADA))),
        detail={"recipient": {"kind": "did"}},
    )
    disclosing(
        "sd-name",
        "two claims that make a name",
        sd_jwt.joined(by_hand(sd_jwt.HEAD, sd_jwt.course())),
        detail={"recipient": {"kind": "name"}},
    )
    hidden = sd_jwt.hidden(sd_jwt.disclosure("s", "email", MAIL), given_name=..., family_name=...)
    disclosing("sd-disclosed", "an address that was disclosed", hidden, detail=mail())
    shut = hidden.split("~")[0] + "~"
    disclosing("sd-withheld", "an address that was not disclosed", shut, "NO_SUBJECT")
    nobody = {"given_name": ..., "family_name": ..., "name": ...}
    confirmed = sd_jwt.joined(by_hand(sd_jwt.HEAD, sd_jwt.course(**nobody, cnf={"jwk": jwk("EdDSA", "ada")})))
    disclosing(
        "sd-cnf",
        "the key that the issuer confirmed is a did:key that was declared",
        confirmed,
        detail={"recipient": {"kind": "key"}},
    )
    disclosing(
        "sd-cnf-jwk",
        "the key that the issuer confirmed is a did:jwk that was declared",
        confirmed,
        holders={"did": [did_jwk("EdDSA", "ada")]},
        detail={"recipient": {"kind": "key"}},
    )
    disclosing(
        "sd-cnf-other",
        "another key was confirmed, as keys change",
        confirmed,
        "NOT_COMPARABLE",
        holders={"did": [did("other")]},
        detail=kinds("key"),
    )
    disclosing(
        "sd-cnf-web",
        "a key was confirmed, and a DID declared that is none",
        confirmed,
        "NOT_COMPARABLE",
        holders={"did": ["did:web:ada.example", "did:key:z"]},
        detail=kinds("key"),
    )
    named = sd_jwt.joined(by_hand(sd_jwt.HEAD, sd_jwt.course(**nobody, cnf={"kid": f"{ADA}#{ADA[8:]}"})))
    disclosing("sd-cnf-kid", "the confirmed key is named by its DID", named, detail={"recipient": {"kind": "did"}})
    odd = sd_jwt.joined(by_hand(sd_jwt.HEAD, sd_jwt.course(**nobody, cnf={"kid": "key-1", "jwk": "x"})))
    disclosing("sd-cnf-odd", "a confirmation that names no key", odd, "NO_SUBJECT")


def _nobody(rows: Family) -> None:
    _no(
        rows,
        "nobody",
        about({"type": ["AchievementSubject"], "achievement": {"name": "Bees"}}),
        "nobody is named",
        "NO_SUBJECT",
    )
    _no(rows, "blank-id", about({"id": "  ", "name": "", "email": "\t"}), "blanks name nobody", "NO_SUBJECT")
    rows.honest(
        "rcp-not-asked", about({"id": ADA}), _said("nothing was declared at all"), holders={}, recipient="NOT_ASKED"
    )
    changed = edited(about({"id": did("other")}), lambda one: one["credentialSubject"].update(id=ADA))
    rows.add(
        "rcp-forged",
        "failed",
        changed,
        _said("a recipient put in after the signature"),
        holders=MINE,
        signature="SIGNATURE_INVALID",
        recipient="SIGNATURE_FIRST",
    )
    rows.add(
        "rcp-unsigned",
        "cannot-check",
        plain(credentialSubject={"id": ADA}),
        _said("an unsigned file names her"),
        holders=MINE,
        signature="NO_PROOF",
        recipient="MATCH",
        detail={"recipient": {"kind": "did"}},
    )
    rows.add(
        "rcp-broken",
        "failed",
        edited(about({"id": ADA}), lambda one: one.update(issuer="")),
        _said("a file without an issuer"),
        holders=MINE,
        readable="MALFORMED_CREDENTIAL",
        recipient="NOT_READ",
    )
    endorsing = plain(
        type=["VerifiableCredential", "EndorsementCredential"], credentialSubject={"id": "https://f.example/1"}
    )
    _no(
        rows,
        "endorsement",
        signed(endorsing),
        "an endorsement is made out to nobody",
        "NOT_MADE_OUT",
        {"url": ["https://ada.example/"]},
    )
    rows.add(
        "rcp-presentation",
        "cannot-check",
        presented(about({"id": ADA})),
        _said("a presentation is made out to nobody"),
        honest=True,
        format="presentation",
        signature="NO_PROOF",
        recipient="NOT_MADE_OUT",
        holders=MINE,
    )
    rows.add(
        "rcp-archive",
        "cannot-check",
        archive([File(b"a.json", text(about({"id": ADA})))]),
        _said("an archive is made out to nobody"),
        honest=True,
        format="archive",
        ending="zip",
        signature="CONTAINER",
        recipient="NOT_MADE_OUT",
        holders=MINE,
    )
