"""eddsa-jcs-2022: what is signed is the JSON itself."""

from __future__ import annotations

import unicodedata
from typing import Any

import rfc8785
from nacl.signing import SigningKey

from families.kit import (
    CREATED,
    EXAMPLES,
    ISSUER,
    JCS,
    OB,
    V1,
    V2,
    Family,
    Json,
    by_hand,
    edited,
    issuers,
    jcs_options,
    multibase,
    plain,
    seed,
    signed,
    text,
)


def family() -> Family:
    rows = Family("jcs", JCS)
    _honest(rows)
    _changed(rows)
    _contexts(rows)
    _text(rows)
    return rows


def _honest(rows: Family) -> None:
    rows.honest("jcs-honest", signed(plain()), "A credential signed by an independent implementation checks out.")
    rows.honest(
        "jcs-v1",
        signed(plain(**{"@context": [V1]}, validFrom=..., issuanceDate="2026-01-01T00:00:00Z")),
        "The data model 1.1 may carry the suite too (vc-di-eddsa 3.3 names no data model).",
        format="vc1-json",
    )
    rows.honest(
        "jcs-minimal",
        by_hand(
            {"@context": V2, "type": "VerifiableCredential", "issuer": ISSUER, "credentialSubject": ISSUER}, created=...
        ),
        "Strings where lists are usual, no date anywhere: nothing that the data model requires is missing.",
        dates="NO_DATES",
    )
    rows.honest(
        "jcs-unknown-term",
        signed(plain(shoeSize=43)),
        "JCS signs a term that no context defines (DESIGN 4: signed all the same).",
    )
    rows.honest(
        "jcs-iri-key",
        signed(plain(**{"https://www.w3.org/2018/credentials#validUntil": "2020-01-01T00:00:00Z"})),
        "Under JCS a member is what it is called: an IRI-spelt validUntil is signed, and not the credential's end.",
    )
    rows.honest(
        "jcs-inline-context",
        signed(plain(**{"@context": [V2, {"shoeSize": "https://fernwald.example/terms#shoeSize"}]}, shoeSize=43)),
        "JCS signs the inline context's own bytes, so it cannot be exchanged (DESIGN rule 1).",
    )
    rows.honest(
        "jcs-unknown-context",
        signed(plain(**{"@context": [V2, "https://fernwald.example/context.jsonld"]})),
        "JCS needs no context to be known: its address is signed.",
    )
    rows.honest(
        "jcs-proto",
        by_hand(edited(plain(), lambda d: d.update({"__proto__": {"name": "x"}}))),
        "A signed member named __proto__ is a member like others: it must enter the canonical form.",
    )


def _changed(rows: Family) -> None:
    honest = signed(plain())
    invalid: dict[str, Any] = {"signature": "SIGNATURE_INVALID"}
    rows.add(
        "jcs-value-changed", "failed", honest | {"name": "Beekeeping for masters"}, "A changed value (4.4).", **invalid
    )
    rows.add(
        "jcs-member-added", "failed", honest | {"shoeSize": 43}, "An added member is not what was signed.", **invalid
    )
    rows.add(
        "jcs-member-removed",
        "failed",
        signed(plain(validUntil="2026-02-01T00:00:00Z")) | {"validUntil": None},
        "An end replaced by null, so that it looks absent, is a change like any other.",
        **invalid,
    )
    rows.add(
        "jcs-proto-added",
        "failed",
        edited(honest, lambda d: d.update({"__proto__": {"name": "x"}})),
        "A member __proto__ added after signing, which JavaScript loses when it copies an object member by member.",
        **invalid,
    )
    rows.add(
        "jcs-proto-nested",
        "failed",
        edited(honest, lambda d: d["credentialSubject"].update({"__proto__": {"degree": "PhD"}})),
        "The same __proto__ deeper inside, where a recursive copy loses it.",
        **invalid,
    )
    rows.add(
        "jcs-list-reordered",
        "failed",
        edited(
            signed(plain(credentialSubject=[{"name": "A"}, {"name": "B"}])), lambda d: d["credentialSubject"].reverse()
        ),
        "The order of a list is part of JSON (RFC 8785 3.2.3).",
        **invalid,
    )
    rows.add(
        "jcs-number-to-string",
        "failed",
        signed(plain(credits=5)) | {"credits": "5"},
        "A number is not the string that looks like it.",
        **invalid,
    )
    rows.add(
        "jcs-true-to-one",
        "failed",
        signed(plain(passed=1)) | {"passed": True},
        "true is not 1, which Python compares as equal.",
        **invalid,
    )
    rows.add(
        "jcs-created-changed",
        "failed",
        edited(honest, lambda d: d["proof"].update(created="2025-01-02T00:00:00Z")),
        "The proof's own options are signed too.",
        **invalid,
    )
    rows.add(
        "jcs-expires-added",
        "failed",
        edited(honest, lambda d: d["proof"].update(expires="2036-01-02T00:00:00Z")),
        "An option added to the proof.",
        **invalid,
    )
    rows.add(
        "jcs-proof-of-another",
        "failed",
        plain(name="Diving") | {"proof": honest["proof"]},
        "A valid proof moved onto another document.",
        **invalid,
    )
    rows.honest(
        "jcs-members-reordered",
        dict(reversed(honest.items())),
        "The order of members is no part of JSON: RFC 8785 sorts them.",
    )
    rows.honest(
        "jcs-white-space",
        text(honest).replace(b"\n", b"\r\n\t "),
        "White space between tokens says nothing.",
    )
    rows.honest(
        "jcs-escapes",
        text(honest).replace(b"Beekeeping", rb"\u0042ee\u006beeping").replace(b"/ns/", rb"\/ns\/"),
        "An escaped character is the character.",
    )


def _contexts(rows: Family) -> None:
    two = plain(**{"@context": [V2, OB]})
    rows.honest(
        "jcs-no-own-context",
        by_hand(two),
        "Proof options without a context are canonicalised as they are (3.3.2 step 4).",
    )
    rows.honest(
        "jcs-own-context-string",
        by_hand(plain(), **{"@context": V2}),
        "The options' context as a string is a prefix of the document's list, and is signed as it stands (3.3.2).",
    )
    rows.add(
        "jcs-context-appended",
        "cannot-check",
        signed(plain()) | {"@context": [V2, EXAMPLES]},
        "A context appended after signing: the options' prefix still verifies, the rest is not signed.",
        signature="UNUSUAL_SPELLING",
        detail=issuers(JCS, pointers=["/@context/1"]),
    )
    rows.add(
        "jcs-own-context-empty",
        "cannot-check",
        by_hand(two, **{"@context": []}),
        "An empty list is a prefix of every list, and signs no context at all.",
        signature="UNUSUAL_SPELLING",
        detail=issuers(JCS, pointers=["/@context/0", "/@context/1"]),
    )
    rows.add(
        "jcs-context-reordered",
        "failed",
        signed(plain(**{"@context": [V2, OB, EXAMPLES]})) | {"@context": [V2, EXAMPLES, OB]},
        "Contexts in another order than the proof's own (3.3.2 step 4.1).",
        signature="MALFORMED_PROOF",
    )
    rows.add(
        "jcs-context-substituted",
        "failed",
        signed(plain(**{"@context": [V2, OB]})) | {"@context": [V2, EXAMPLES]},
        "A context exchanged for another after signing, with the proof's own left as it was (3.3.2 step 4.1).",
        signature="MALFORMED_PROOF",
    )
    rows.add(
        "jcs-own-context-longer",
        "failed",
        by_hand(plain(), **{"@context": [V2, OB]}),
        "The proof's own context is longer than the document's: no prefix.",
        signature="MALFORMED_PROOF",
    )
    rows.add(
        "jcs-own-context-other",
        "failed",
        by_hand(plain(), **{"@context": [V1]}),
        "The proof's own context is the one of another data model.",
        signature="MALFORMED_PROOF",
    )
    rows.add(
        "jcs-context-changed-unnamed",
        "failed",
        by_hand(two) | {"@context": [V2, EXAMPLES]},
        "Where the options have no context, the document's is part of what is hashed.",
        signature="SIGNATURE_INVALID",
    )
    rows.add(
        "jcs-inline-context-swapped",
        "failed",
        signed(plain(**{"@context": [V2, {"passed": "urn:x:passed", "failed": "urn:x:failed"}]}, failed="Diving"))
        | {"@context": [V2, {"passed": "urn:x:failed", "failed": "urn:x:passed"}]},
        "Two terms swapped in a signed inline context: entries are compared by value.",
        signature="MALFORMED_PROOF",
    )


def _text(rows: Family) -> None:
    rows.honest(
        "jcs-utf16-order",
        signed(plain(**{"～": "U+FF5E", "😀": "U+1F600"})),
        "Members sort by UTF-16 unit: U+1F600 comes before U+FF5E (RFC 8785 3.2.3).",
    )
    rows.add(
        "jcs-code-point-order",
        "failed",
        _sorted_by_code_point(plain(**{"～": "U+FF5E", "😀": "U+1F600"})),
        "A signature over members sorted by code point, which is what sorting in Python gives.",
        signature="SIGNATURE_INVALID",
    )
    rows.honest(
        "jcs-strings",
        signed(plain(name='\b\t\n\f\r"\\/\u0000\u001f\u007f\u0080\u2028\u2029\ufeff é € 😀', **{"": "empty name"})),
        "RFC 8785 3.2.2.2: which characters are escaped, and how.",
    )
    rows.honest(
        "jcs-decomposed",
        signed(plain(name="Cafe\u0301 A\u030a")),
        "Text is signed as it is written: no Unicode normalisation (RFC 8785 3.1).",
    )
    rows.add(
        "jcs-normalised",
        "failed",
        edited(signed(plain(name="Cafe\u0301")), lambda d: d.update(name=unicodedata.normalize("NFC", d["name"]))),
        "Text that looks the same, composed after signing.",
        signature="SIGNATURE_INVALID",
    )
    numbers = [0, -1, 0.1, 1e-7, 5e-324, 123456.789, 9007199254740991, -9007199254740991, 0.000001, 333333333.3333333]
    rows.honest(
        "jcs-numbers",
        signed(plain(numbers=numbers)),
        "Numbers are written as ECMAScript writes them (RFC 8785 3.2.2.3).",
    )
    rows.honest(
        "jcs-number-spelt-otherwise",
        text(signed(plain(numbers=[1, 0, 100, 0.5])))
        .replace(b"100,", b"1.0E+2,")
        .replace(b"  1,", b"  1.0,")
        .replace(b"  0,", b"  -0,")
        .replace(b"0.5", b"5e-1"),
        "1.0 is 1, -0 is 0, 1.0E+2 is 100: a number is its value.",
    )
    rows.honest(
        "jcs-null-and-empty",
        signed(plain(description=None, evidence=[], termsOfUse={})),
        "null, an empty list and an empty object are signed like anything else.",
    )


def _sorted_by_code_point(document: Json) -> Json:
    import hashlib
    import json

    options = jcs_options(created=CREATED)
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    hashes = hashlib.sha256(rfc8785.dumps(options)).digest() + hashlib.sha256(canonical).digest()
    value = SigningKey(seed("issuer")).sign(hashes).signature
    return document | {"proof": options | {"proofValue": multibase(value)}}
