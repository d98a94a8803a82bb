"""Issuer lists (docs/verification.md, Issuer lists): which lists know whoever signed, and who cannot get onto one.

A list never changes a verdict: rows with the flag `hostile-list` are about honest files.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from families.jose import b64, jwk, shared_secret
from families.jose import by_hand as jws
from families.kit import ISSUER, OTHER, Family, Json, by_hand, did, method_of, plain, seed, text
from families.lookups import METHOD, WEB, answered, document

AT = "2026-05-20T08:00:00Z"
URL = "https://lists.example/registry.json"
ANCHOR = "https://federation.example"
CONFIGURATION = f"{ANCHOR}/.well-known/openid-federation"
NAME = "Fernwald Academy of Beekeeping"
LOGO = "data:image/png;base64,iVBORw0KGgo="
ISSUED, ENDS = 1_779_235_200, 1_798_761_600
"""2026-05-20T00:00:00Z and 2027-01-01T00:00:00Z."""


def copy_of(data: bytes, **members: Any) -> Json:
    """A copy of a list, as the caller of a verifier hands it in."""
    usual = {"name": "Known schools", "kind": "registry", "by": "public", "url": URL, "at": AT}
    return usual | {"bytes": base64.b64encode(data).decode()} | members


def said(copy: Json, **members: Any) -> Json:
    """What the report says of a list that knows the issuer; a member given as ... is left out."""
    data = base64.b64decode(copy["bytes"]).ljust(copy.get("padTo", 0), b" ")
    whole = {
        "list": copy["name"],
        **{name: copy[name] for name in ("by", "url", "at")},
        "sha256": hashlib.sha256(data).hexdigest(),
        "name": NAME,
    }
    return {name: value for name, value in (whole | members).items() if value is not ...}


def registry(entries: Any = None, *, meta: Any = None, **members: Any) -> Json:
    """A copy of a registry that knows the issuer, or these."""
    whole: Json = {"registry": {ISSUER: {"name": NAME}} if entries is None else entries}
    return copy_of(text(whole if meta is None else {"meta": meta} | whole), **members)


def statement(
    sub: Any = ISSUER, /, *, key: str = "other", alg: str = "ES256", head: Json | None = None, **claims: Any
) -> str:
    """A registry's signed statement on an issuer."""
    entity = {"organization_name": NAME}
    payload: Json = {"iss": ANCHOR, "sub": sub, "iat": ISSUED, "exp": ENDS, "metadata": {"federation_entity": entity}}
    header = {"alg": alg, "typ": "entity-statement+jwt", "kid": "key-1"} | (head or {})
    kept = {name: value for name, value in header.items() if value is not ...}
    return jws(kept, {name: value for name, value in (payload | claims).items() if value is not ...}, key=key)


def configuration(*keys: Json, key: str = "other", alg: str = "ES256", **claims: Any) -> str:
    """What the registry says of itself, with its keys."""
    held = list(keys) or [jwk(alg, key) | {"kid": "key-1"}]
    return statement(ANCHOR, key=key, alg=alg, **{"jwks": {"keys": held}, "metadata": {}} | claims)


def federation(*lines: str, **members: Any) -> Json:
    """A copy of statements: the registry's own first."""
    data = "\n".join(lines or (configuration(), statement())) + "\n"
    return copy_of(data.encode(), **{"kind": "federation", "url": CONFIGURATION, "name": "Federation"} | members)


DATED = {"date": "2026-05-20T00:00:00Z", "until": "2027-01-01T00:00:00Z"}
FIRST = "list-knows"


def family() -> Family:
    rows = Family("trust")
    _known(rows)
    _not_bound(rows)
    _other_identifiers(rows)
    _entries(rows)
    _broken(rows)
    _federations(rows)
    _broken_federations(rows)
    return rows


def _row(rows: Family, id: str, lists: Json | tuple[Json, ...], reason: str, *known: Json, **more: Any) -> None:
    """An honest file beside lists, of which these know the issuer."""
    content = more.pop("content", FIRST)
    copies = (lists,) if isinstance(lists, dict) else lists
    hostile = () if more.pop("fine", False) else ("hostile-list",)
    rows.honest(id, content, reason, lists=copies, known=known, flags=hostile, **more)


def _known(rows: Family) -> None:
    one = registry()
    _row(rows, FIRST, one, "A registry knows the key.", said(one), content=by_hand(plain()), fine=True)
    _row(rows, "list-none", (), "Without lists, none knows the issuer.", fine=True)
    whole = {
        "name": NAME,
        "location": "Fernwald",
        "url": "https://fernwald.example",
        "logo": LOGO,
        "since": "2024-09-01",
    }
    full = registry(
        {ISSUER: whole}, meta={"created": "2020-12-02T02:32:16+0000", "updated": "2026-05-01T00:00:00+0000"}
    )
    says = {
        "logo": LOGO,
        "website": "https://fernwald.example",
        "since": "2024-09-01",
        "date": "2026-05-01T00:00:00+0000",
    }
    _row(
        rows,
        "list-says-all",
        full,
        "All that an entry may say, and the list's own date.",
        said(full, **says),
        fine=True,
    )
    created = registry(meta={"created": "2020-12-02"})
    _row(
        rows,
        "list-created",
        created,
        "A list that was never changed is of when it was made.",
        said(created, date="2020-12-02"),
        fine=True,
    )
    own = registry(by="owner", url="", name="Schools I went to")
    _row(rows, "list-own", own, "A list of the site's owner is named as theirs.", said(own), fine=True)
    both = (own, federation(), registry({OTHER: {"name": "Another"}}), one)
    known = (said(own), said(both[1], **DATED), said(one))
    _row(rows, "list-several", both, "Each list that knows the issuer is named, in the order given.", *known, fine=True)
    seen = registry(seen={ISSUER: "2026-02-01T00:00:00Z", OTHER: "2025-01-01T00:00:00Z"})
    _row(
        rows,
        "list-seen",
        seen,
        "Since when it stands in copies of a list that does not tell.",
        said(seen, seen="2026-02-01T00:00:00Z"),
        fine=True,
    )
    web = registry({WEB: {"name": NAME}})
    content = by_hand(plain(issuer=WEB), verificationMethod=METHOD)
    live = answered(document())
    _row(
        rows,
        "list-web-live",
        web,
        "An issuer whose document was looked up.",
        said(web),
        content=content,
        web=live,
        signer="LISTED",
        fine=True,
    )
    _row(
        rows,
        "list-web-copy",
        web,
        "An issuer whose document is a copy is known as far as the copy goes.",
        said(web),
        content="list-web-live",
        web=answered(document(), source="copy"),
        verdict="partly-checked",
        signer="DID_WEB_COPY_ONLY",
        fine=True,
    )


def _not_bound(rows: Family) -> None:
    """Files that name a listed issuer whose key did not sign them."""
    listed = (registry({ISSUER: {"name": NAME}, WEB: {"name": NAME}, "https://fernwald.example": {"name": NAME}}),)
    forged = by_hand(plain(), key="other")
    common: Json = {"lists": listed, "known": ()}
    rows.add(
        "list-forged", "failed", forged, "A forger names a listed issuer.", signature="SIGNATURE_INVALID", **common
    )
    unsigned = plain()
    rows.add(
        "list-unsigned",
        "cannot-check",
        unsigned,
        "A listed issuer's name stands on an unsigned file.",
        signature="NO_PROOF",
        **common,
    )
    foreign = by_hand(plain(), key="other", verificationMethod=method_of(OTHER))
    rows.add(
        "list-foreign-key",
        "failed",
        foreign,
        "A listed issuer's name, and a proof by somebody else.",
        signature="NO_ISSUER_PROOF",
        **common,
    )
    unknown = by_hand(plain(issuer=WEB), key="other", verificationMethod=method_of(OTHER))
    rows.add(
        "list-not-resolved", "partly-checked", unknown, "Nobody knows whether the listed issuer has that key.",
        signer="ISSUER_NOT_RESOLVED", **common,
    )  # fmt: skip


def _other_identifiers(rows: Family) -> None:
    tricks = {
        "other-did": (OTHER, "An entry with the same name is for another key."),
        "longer": (ISSUER + "x", "The identifier is only the beginning of one that is listed."),
        "shorter": (ISSUER[:-1], "One that is listed is only the beginning of the identifier."),
        "fragment": (method_of(ISSUER), "What is listed is a key's address, not the issuer's."),
        "upper-case": (ISSUER.upper(), "Identifiers in other letters are others."),
        "case-of-method": (ISSUER.replace("did:key:", "did:KEY:"), "The name of a DID method has small letters."),
        "space-after": (ISSUER + " ", "A space after an identifier makes it another."),
        "space-before": (" " + ISSUER, "A space before an identifier makes it another."),
        "look-alike": (ISSUER.replace("did:key", "did:k\u0435y"), "A Cyrillic letter looks like a Latin one."),
        "invisible": (ISSUER[:20] + "\u200b" + ISSUER[20:], "An invisible letter makes it another identifier."),
        "wide": (ISSUER.replace("did:key", "\uff44id:key"), "A full-width letter is another letter."),
        "wildcard": ("did:key:*", "A star stands for nothing."),
        "any": ("", "An entry for no identifier is for nobody."),
    }
    for id, (identifier, reason) in tricks.items():
        _row(rows, f"list-{id}", registry({identifier: {"name": "Fernwald Academy"}}), reason)
    combined, apart = "did:web:caf\u00e9.example", "did:web:cafe\u0301.example"
    content = by_hand(plain(issuer=combined), verificationMethod=f"{combined}#key-1")
    web = answered(document(combined), combined)
    for id, identifier in (("accent", combined), ("accent-apart", apart)):
        one = registry({identifier: {"name": NAME}})
        known = (said(one),) if identifier == combined else ()
        reason = "A letter with its accent is not one beside it." if known else "The accent stands beside its letter."
        _row(rows, f"list-{id}", one, reason, *known, content=content, web=web, signer="LISTED", fine=bool(known))
        content = "list-accent"


def _entries(rows: Family) -> None:
    named = {
        "script": ("<script>alert(1)</script>", "Markup in a name is text like any other."),
        "quotes": ('"><img src=x onerror=alert(1)>', "A name that would break out of an attribute."),
        "reordered": ("\u202eymedacA", "A name that would turn the text around it."),
    }
    for id, (name, reason) in named.items():
        one = registry({ISSUER: {"name": name, "logo": "javascript:alert(1)", "url": "javascript:alert(2)"}})
        _row(
            rows,
            f"list-name-{id}",
            one,
            reason,
            said(one, name=name, logo="javascript:alert(1)", website="javascript:alert(2)"),
        )
    odd: dict[str, tuple[Any, str]] = {
        "number": ({"name": 7, "url": ["x"], "logo": {}, "since": 2024}, "What is no text says nothing."),
        "blank": ({"name": " \t\n"}, "A blank name is none."),
        "null": ({"name": None}, "A null is absent."),
        "empty": ({}, "An entry may say nothing but that it is there."),
    }
    for id, (entry, reason) in odd.items():
        one = registry({ISSUER: entry})
        _row(rows, f"list-entry-{id}", one, reason, said(one, name=...))
    for id, entry in (("text", NAME), ("list", [{"name": NAME}]), ("absent", None), ("false", False), ("true", True)):
        _row(rows, f"list-entry-{id}", registry({ISSUER: entry}), f"An entry that is no object is none: {id}.")
    prototype = registry({"__proto__": {ISSUER: {"name": NAME}}, "constructor": {"name": NAME}})
    _row(rows, "list-prototype", prototype, "What an object inherits is not listed.")
    inside = registry({ISSUER: {"__proto__": {"name": "Inherited"}, "url": "https://fernwald.example"}})
    known = said(inside, name=..., website="https://fernwald.example")
    _row(rows, "list-entry-prototype", inside, "What an entry would inherit, it does not say.", known)
    seen = registry(seen={"__proto__": "2020-01-01T00:00:00Z"})
    _row(rows, "list-seen-other", seen, "Only the identifier itself was seen.", said(seen))
    meta = registry(meta={"updated": 20260501, "created": ["x"]})
    _row(rows, "list-date-number", meta, "A date that is no text is none.", said(meta))
    _row(
        rows,
        "list-meta-text",
        registry(meta="2026"),
        "What a list says of itself may be missing.",
        said(registry(meta="2026")),
    )


def _broken(rows: Family) -> None:
    good = text({"registry": {ISSUER: {"name": NAME}}})
    twice = f'{{"registry": {{"{ISSUER}": {{"name": "A"}}, "{ISSUER}": {{"name": "B"}}}}}}'.encode()
    broken = {
        "not-json": (b"<html><body>404</body></html>", "A web page where a registry was."),
        "empty": (b"", "An empty file is no list."),
        "cut": (good[:-4], "A list that was cut off."),
        "twice": (twice, "An issuer that is listed twice, with two names."),
        "registry-twice": (b'{"registry": {}, ' + good.lstrip()[1:], "A list that holds two registries."),
        "surrogate": (good.replace(b"Fernwald", b"\\ud800"), "Half a character in a list."),
        "not-utf8": (good.replace(b"Fernwald", b"\xff"), "Bytes in a list that are no text."),
        "array": (text([{ISSUER: {"name": NAME}}]), "A list that is no object."),
        "no-registry": (text({ISSUER: {"name": NAME}}), "Issuers that stand in no registry."),
        "registry-array": (text({"registry": [ISSUER]}), "A registry that is no object."),
        "deep": (b'{"registry": ' + b"[" * 100 + b"]" * 100 + b"}", "A list too deep to be read."),
    }
    after = registry(name="Another list")
    for id, (data, reason) in broken.items():
        _row(rows, f"list-{id}", (copy_of(data), after), reason, said(after))
    most = 4 * 1024 * 1024
    full, over = registry(padTo=most), registry(padTo=most + 1)
    _row(rows, "list-largest", full, "A list of the size that is allowed.", said(full), fine=True)
    _row(rows, "list-too-large", over, "A list that is larger than allowed.")


def _federations(rows: Family) -> None:
    one = federation()
    _row(rows, "list-federation", one, "A registry's signed statement on the issuer.", said(one, **DATED), fine=True)
    entity = {"organization_name": NAME, "logo_uri": LOGO, "homepage_uri": "https://fernwald.example"}
    full = federation(configuration(), statement(metadata={"federation_entity": entity}))
    says = {"logo": LOGO, "website": "https://fernwald.example"} | DATED
    _row(rows, "list-federation-says-all", full, "All that a statement may say.", said(full, **says), fine=True)
    for alg in ("EdDSA", "ES384", "RS256"):
        key = jwk(alg, "other") | {"kid": "key-1"}
        other = federation(configuration(key, alg=alg), statement(alg=alg))
        _row(
            rows,
            f"list-federation-{alg.lower()}",
            other,
            f"A registry that signs with {alg}.",
            said(other, **DATED),
            fine=True,
        )
    bare = federation(configuration(), statement(metadata=...))
    _row(
        rows,
        "list-federation-bare",
        bare,
        "A statement may say no more than whom it is on.",
        said(bare, **DATED, name=...),
        fine=True,
    )
    slash = federation(configuration(iss=f"{ANCHOR}/", sub=f"{ANCHOR}/"), statement(iss=f"{ANCHOR}/"))
    _row(
        rows,
        "list-federation-slash",
        slash,
        "A slash at the end of the registry's name.",
        said(slash, **DATED),
        fine=True,
    )
    short = federation(configuration(), statement(exp=1_779_321_600))
    ended = {"date": DATED["date"], "until": "2026-05-21T00:00:00Z", "ended": True}
    _row(
        rows,
        "list-federation-ended",
        short,
        "The statement has ended since, and says until when it held.",
        said(short, **ended),
    )
    first = federation(configuration(exp=1_779_321_600), statement())
    _row(
        rows, "list-federation-keys-ended", first, "The registry's own statement has ended first.", said(first, **ended)
    )
    crlf = federation(configuration(), statement(did("third")), statement())
    _row(rows, "list-federation-among", crlf, "A statement among others.", said(crlf, **DATED), fine=True)


def _broken_federations(rows: Family) -> None:
    own, on = configuration(), statement()
    forged = on[:-8] + ("A" * 8 if not on.endswith("A" * 8) else "B" * 8)
    head, body, _ = on.split(".")
    none = f"{b64({'alg': 'none', 'typ': 'entity-statement+jwt', 'kid': 'key-1'})}.{body}.AA"
    hmac = shared_secret(
        {"alg": "HS256", "typ": "entity-statement+jwt", "kid": "key-1"},
        {"iss": ANCHOR, "sub": ISSUER, "iat": ISSUED, "exp": ENDS},
        seed("other"),
    )
    first, third = jwk("ES256", "other") | {"kid": "key-1"}, jwk("ES256", "third")
    elsewhere = "https://another.example"
    another = configuration(iss=elsewhere, sub=elsewhere), statement(iss=elsewhere)
    unheard = {
        "forged": ((own, forged), "A statement whose signature is none."),
        "foreign": ((own, statement(key="third")), "A statement by somebody else's key of the same name."),
        "none": ((own, none), "A statement with the algorithm that signs nothing."),
        "hmac": ((own, hmac), "A statement by a shared secret."),
        "brought": ((own, statement(key="third", head={"jwk": third})), "A statement that brings its key along."),
        "algorithm": ((own, statement(alg="EdDSA")), "A statement by another kind of key than the registry's."),
        "kid-unknown": ((own, statement(head={"kid": "key-2"})), "A statement by a key that is not named."),
        "kid-absent": ((own, statement(head={"kid": ...})), "A statement that names no key."),
        "critical": ((own, statement(head={"crit": ["x"], "x": 1})), "A header that asks for what is not known here."),
        "other-registry": ((own, statement(iss="https://another.example")), "A statement by another registry."),
        "itself": ((own, statement(iss=ISSUER)), "The issuer speaks for itself."),
        "future": ((own, statement(iat=ENDS - 10)), "A statement of the future."),
        "other-did": ((own, statement(OTHER)), "A statement on somebody else."),
        "case": ((own, statement(ISSUER.upper())), "A statement on the identifier in other letters."),
        "own-only": ((own,), "A registry that says nothing of anybody."),
        "own-forged": ((own[:-8] + "AAAAAAAA", on), "A registry whose own statement has no good signature."),
        "own-future": ((configuration(iat=ENDS - 10), on), "A registry whose own statement is of the future."),
        "own-last": ((on, own), "The statement on the issuer stands where the registry's own should."),
        "own-another": (another, "Another registry than the one at that address."),
        "own-on-another": ((configuration(sub=OTHER), on), "The first statement is on somebody else."),
        "keys-absent": ((configuration(jwks=...), on), "A registry without keys."),
        "keys-same-name": ((configuration(first, third | {"kid": "key-1"}), on), "Two keys of one name."),
        "key-for-encryption": ((configuration(first | {"use": "enc"}), on), "A key that is for something else."),
        "twice": ((own, on, statement(metadata={})), "Two statements on one issuer."),
        "type": ((own, statement(head={"typ": "JWT"})), "A JWT of another kind."),
        "type-absent": ((own, statement(head={"typ": ...})), "A JWT that does not say that it is a statement."),
        "end-absent": ((own, statement(exp=...)), "A statement without an end."),
        "end-text": ((own, statement(exp=str(ENDS))), "A statement whose end is no number."),
        "begin-fraction": ((own, statement(iat=ISSUED + 0.5)), "A date that is no whole number."),
        "critical-claim": ((own, statement(crit=["jti"])), "A statement that holds only for who knows more."),
        "sub-list": ((own, statement([ISSUER])), "A statement on a list of issuers."),
        "blank-line": ((own, "", on), "A line without a statement."),
        "not-json": ((own, "bm8.bm8.bm8"), "A statement that is none."),
        "four-parts": ((own, on + ".AA"), "A statement in four parts."),
        "unsigned": ((own, f"{head}.{body}."), "A statement whose signature is empty."),
        "page": (("<html>404</html>",), "A page in place of statements."),
        "not-ascii": ((own, on, "\u00e9"), "Letters that no statement has."),
    }  # fmt: skip
    for id, (lines, reason) in unheard.items():
        _row(rows, f"list-federation-{id}", federation(*lines), reason)
    elsewhere = federation(url="https://another.example/.well-known/openid-federation")
    _row(
        rows, "list-federation-elsewhere", elsewhere, "The registry's statements, copied from somebody else's address."
    )
    as_registry = federation(kind="registry")
    _row(rows, "list-federation-as-registry", as_registry, "Statements under the name of another kind of list.")
    _row(
        rows,
        "list-registry-as-federation",
        registry(kind="federation"),
        "A registry under the name of another kind of list.",
    )
