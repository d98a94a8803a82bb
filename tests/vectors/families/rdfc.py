"""eddsa-rdfc-2022 and Ed25519Signature2020: a graph is signed, and the file may say more (DESIGN rules 1 and 2)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from families.kit import (
    DATA_INTEGRITY,
    EXAMPLES,
    ISSUER,
    JCS,
    OB,
    OB_300,
    OB_301,
    OB_302,
    RDFC,
    S2020,
    SUITE_2020,
    V1,
    V2,
    Family,
    Json,
    badge,
    badge1,
    did,
    edited,
    issuers,
    method_of,
    plain,
    proof,
    signed,
    text,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
CRED = "https://www.w3.org/2018/credentials#"
OWN_ID = "https://fernwald.example/credentials/7"
UNTIL = "2026-02-01T00:00:00Z"

INVALID: Json = {"signature": "SIGNATURE_INVALID"}


def family() -> Family:
    rows = Family("rdfc", RDFC)
    _honest(rows)
    _changed(rows)
    _terms(rows)
    _values(rows)
    _spelling(rows)
    _hidden_dates(rows)
    _moved_facts(rows)
    _contexts(rows)
    _text(rows)
    _graphs(rows)
    _proof_options(rows)
    _suite_2020(rows)
    return rows


def _unsigned(rows: Family, id: str, document: Json, reason: str, *pointers: str, code: str = "UNSIGNED_TERM") -> None:
    """Add a file that says what its signature does not cover; a library without loss detection verifies it."""
    verdict = "cannot-check" if code == "UNUSUAL_SPELLING" else "failed"
    found = {"pointers": list(pointers)} if pointers else {}
    rows.add(id, verdict, document, reason, signature=code, detail=issuers(RDFC, **found))


def _unusual(rows: Family, id: str, document: Json, reason: str, *pointers: str) -> None:
    _unsigned(rows, id, document, reason, *pointers, code="UNUSUAL_SPELLING")


def _after(edit: Callable[[Json], Any], **members: Any) -> Json:
    """Sign a badge, then edit it."""
    return edited(signed(badge(**members), RDFC), edit)


def _in_subject(**members: Any) -> Json:
    return badge()["credentialSubject"] | members


def _in_achievement(**members: Any) -> Json:
    return _in_subject(achievement=badge()["credentialSubject"]["achievement"] | members)


def _achievement(document: Json) -> Json:
    found: Json = document["credentialSubject"]["achievement"]
    return found


def _honest(rows: Family) -> None:
    rows.honest("ob-3.0.3", signed(badge(), RDFC), "An Open Badge 3.0 as issuers sign it.", detail=issuers(RDFC))
    rows.honest("ob-3.0.2", signed(badge(V2, OB_302), RDFC), "The context 3.0.2.")
    rows.honest(
        "ob-3.0.1",
        signed(badge(V1, OB_301, DATA_INTEGRITY), RDFC),
        "The context 3.0.1, which goes with the data model 1.1.",
        format="vc1-json",
    )
    rows.add(
        "ob-3.0.1-on-v2",
        "cannot-check",
        badge(V2, OB_301) | {"proof": proof(badge(), RDFC)},
        "The context 3.0.1 redefines protected terms of the data model 2.0: no graph, so nothing to check.",
        signature="UNUSUAL_SPELLING",
    )
    rows.honest(
        "ob-vc1",
        signed(
            badge1(V1, OB_300, DATA_INTEGRITY, type=["VerifiableCredential", "OpenBadgeCredential"], name="Bees"), RDFC
        ),
        "An Open Badge 3.0 on the data model 1.1, with the suite's own context.",
        format="vc1-json",
    )
    rows.honest(
        "vc2-alone",
        signed(
            badge(V2, type=["VerifiableCredential"], issuer=ISSUER, credentialSubject={"id": "did:example:ada"}), RDFC
        ),
        "A credential with nothing but the data model's context.",
    )
    rows.honest(
        "vocab",
        signed(plain(**{"@context": [V2, EXAMPLES]}, credentialSubject={"shoeSize": 43, "type": "Walker"}), RDFC),
        "Under a context with @vocab an undefined term is a term, and signed.",
    )
    rows.honest(
        "languages",
        signed(
            badge(
                name=[{"@value": "Beekeeping", "@language": "en"}, {"@value": "Imkerei", "@language": "de-CH"}],
                description={"@value": "تربية النحل", "@language": "ar", "@direction": "rtl"},
            ),
            RDFC,
        ),
        "Value objects with languages and a direction.",
    )
    rows.honest(
        "plain-value-object", signed(badge(name={"@value": "Beekeeping"}), RDFC), "A value object with its value alone."
    )
    full = _in_achievement(
        image={"id": "https://fernwald.example/bees.png", "type": "Image", "caption": "A bee"},
        tag=["bees", "honey"],
        creditsAvailable=2.5,
        alignment=[
            {
                "type": ["Alignment"],
                "targetName": "Apiculture",
                "targetUrl": "https://skills.example/7",
                "targetType": "ext:Skill",
            }
        ],
        resultDescription=[
            {
                "id": "urn:uuid:5b8f7c1e-0000-4000-8000-000000000002",
                "type": ["ResultDescription"],
                "name": "Grade",
                "resultType": "LetterGrade",
                "allowedValue": ["A", "B", "C"],
            }
        ],
    )
    full["result"] = [{"type": ["Result"], "value": "B"}]
    full["identifier"] = [{"type": "IdentityObject", "hashed": False, "identityHash": "ada", "identityType": "name"}]
    rows.honest("full", signed(badge(credentialSubject=full), RDFC), "Lists, sets, numbers, booleans, nested nodes.")
    picture = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUgAA" * 2500
    rows.honest(
        "big-picture",
        signed(badge(image={"id": picture, "type": "Image"}), RDFC),
        "A picture of 60 KB as a data: address is an identifier like others.",
    )
    rows.honest(
        "one-proof-list", edited(signed(badge(), RDFC), lambda d: d.update(proof=[d["proof"]])), "A proof in a list."
    )
    rows.honest(
        "own-id-reference",
        signed(badge(relatedResource={"id": OWN_ID}), RDFC),
        "The credential's own id may be referred to.",
    )
    rows.honest(
        "id-elsewhere-twice",
        signed(
            badge(
                evidence=[
                    {"id": "urn:x:e", "type": "Evidence", "name": "a"},
                    {"id": "urn:x:e", "genre": "b", "type": "Evidence"},
                ]
            ),
            RDFC,
        ),
        "Another node may be described in two places.",
    )
    rows.honest(
        "no-created", signed(badge(), RDFC, created=None), "A proof without a date: its node says enough without."
    )
    rows.honest(
        "json-literal",
        signed(
            badge(credentialSchema={"id": "urn:x:s", "type": "JsonSchema", "jsonSchema": {"@id": 1, "é": [None]}}), RDFC
        ),
        "A JSON literal is signed as it is, whatever stands in it.",
    )
    rows.honest(
        "compact-urn",
        signed(badge(evidence={"id": "ext:thing", "type": "Evidence"}), RDFC),
        "A scheme that is no prefix of the contexts.",
    )
    rows.add(
        "status",
        "partly-checked",
        signed(
            badge(
                credentialStatus={
                    "id": "https://fernwald.example/status/1#7",
                    "type": "BitstringStatusListEntry",
                    "statusPurpose": "revocation",
                    "statusListIndex": "7",
                    "statusListCredential": "https://fernwald.example/status/1",
                }
            ),
            RDFC,
        ),
        "A status list under RDFC, signed and not looked up.",
        status="LIST_NOT_LOOKED_UP",
        detail={"status": {"list": "https://fernwald.example/status/1"}},
    )
    rows.add(
        "rdfc-expired",
        "expired",
        signed(badge(validUntil=UNTIL), RDFC),
        "An expired badge, from which the files that hide the end are made.",
        dates="EXPIRED",
    )
    rows.add(
        "rdfc-https-issuer",
        "partly-checked",
        signed(badge(issuer={"id": "https://fernwald.example/", "type": "Profile"}), RDFC),
        "An https issuer with a did:key proof under RDFC.",
        signer="ISSUER_NOT_RESOLVED",
    )


def _changed(rows: Family) -> None:
    honest = signed(badge(), RDFC)
    rows.add("rdfc-value-changed", "failed", honest | {"name": "Diving"}, "A changed value under RDFC.", **INVALID)
    rows.add(
        "rdfc-known-term-added", "failed", honest | {"description": "Best of all."}, "A defined term added.", **INVALID
    )
    rows.add(
        "rdfc-type-iri-added",
        "failed",
        honest | {"type": [*honest["type"], "urn:x:Gold"]},
        "An absolute type added.",
        **INVALID,
    )
    rows.add(
        "rdfc-term-type-added",
        "failed",
        edited(honest, lambda d: d["issuer"]["type"].append("Achievement")),
        "A defined type added.",
        **INVALID,
    )
    rows.add(
        "rdfc-moved",
        "failed",
        edited(honest, lambda d: d.update(description=_achievement(d).pop("description"))),
        "A value moved from one node to another.",
        **INVALID,
    )
    rows.add(
        "rdfc-language-added",
        "failed",
        honest | {"name": {"@value": honest["name"], "@language": "en"}},
        "A language put onto a signed text.",
        **INVALID,
    )
    directed = signed(badge(name={"@value": "a", "@language": "ar", "@direction": "rtl"}), RDFC)
    rows.add(
        "rdfc-direction-changed",
        "failed",
        edited(directed, lambda d: d["name"].update({"@direction": "ltr"})),
        "A direction turned round: canonicalisation without i18n-datatype does not see it.",
        **INVALID,
    )
    rows.add(
        "rdfc-direction-removed",
        "failed",
        edited(directed, lambda d: d["name"].pop("@direction")),
        "A direction taken away.",
        **INVALID,
    )
    listed = _in_achievement(
        resultDescription=[
            {"type": ["ResultDescription"], "name": "Grade", "resultType": "LetterGrade", "allowedValue": ["A", "B"]}
        ]
    )
    ordered = signed(badge(credentialSubject=listed), RDFC)
    rows.add(
        "rdfc-list-reordered",
        "failed",
        edited(ordered, lambda d: _achievement(d)["resultDescription"][0]["allowedValue"].reverse()),
        "The order of an @list is signed.",
        **INVALID,
    )
    tagged = signed(badge(credentialSubject=_in_achievement(tag=["a", "b"])), RDFC)
    rows.honest(
        "rdfc-set-reordered",
        edited(tagged, lambda d: _achievement(d)["tag"].reverse()),
        "The order of a set says nothing.",
    )
    rows.honest(
        "rdfc-members-reordered", dict(reversed(honest.items())), "The order of members says nothing under RDFC either."
    )
    rows.honest(
        "rdfc-single-type", honest | {"issuer": honest["issuer"] | {"type": "Profile"}}, "A list of one is the one."
    )
    rows.add(
        "rdfc-created-changed",
        "failed",
        edited(honest, lambda d: d["proof"].update(created="2025-01-02T00:00:00Z")),
        "A proof's date changed under RDFC.",
        **INVALID,
    )


def _terms(rows: Family) -> None:
    term = {"grade": "with distinction"}
    _unsigned(
        rows, "term-added", _after(lambda d: d.update(term)), "An undefined term added: JSON-LD drops it.", "/grade"
    )
    _unsigned(
        rows,
        "term-in-subject",
        _after(lambda d: d["credentialSubject"].update(term)),
        "An undefined term in the subject.",
        "/credentialSubject/grade",
    )
    _unsigned(
        rows,
        "term-in-issuer",
        _after(lambda d: d["issuer"].update(accredited=True)),
        "An undefined term in the issuer.",
        "/issuer/accredited",
    )
    _unsigned(
        rows,
        "term-in-achievement",
        _after(lambda d: _achievement(d).update(term)),
        "An undefined term in the achievement.",
        "/credentialSubject/achievement/grade",
    )
    _unsigned(
        rows,
        "term-of-elsewhere",
        _after(lambda d: d["issuer"].update(achievementType="Degree")),
        "A term that another type's context defines is none here.",
        "/issuer/achievementType",
    )
    _unsigned(rows, "term-case", _after(lambda d: d.update(Name="x")), "Terms are case-sensitive.", "/Name")
    _unsigned(
        rows,
        "term-proto",
        _after(lambda d: d.update({"__proto__": {"name": "x"}})),
        "__proto__ is no term.",
        "/__proto__",
    )
    _unsigned(
        rows,
        "term-constructor",
        _after(lambda d: d.update(constructor="x", toString="y")),
        "Names that every JavaScript object answers to are no terms.",
        "/constructor",
        "/toString",
    )
    _unsigned(rows, "term-empty", _after(lambda d: d.update({"": "x"})), "The empty name is no term.", "/")
    _unsigned(
        rows,
        "term-escaped-pointer",
        _after(lambda d: d.update({"a/b~c": "x"})),
        "A pointer escapes / and ~ (RFC 6901 3).",
        "/a~1b~0c",
    )
    _unsigned(
        rows,
        "term-object",
        _after(lambda d: d.update(grade={"name": "x"})),
        "What stands under an undefined term is not walked.",
        "/grade",
    )
    _unsigned(
        rows,
        "terms-many",
        _after(lambda d: d.update({f"term{n:02}": n for n in range(12)})),
        "Ten places are named, the first by code point.",
        *(f"/term{n:02}" for n in range(10)),
    )
    _unsigned(
        rows,
        "terms-sorted",
        _after(lambda d: d.update({"😀": 1, "～": 2, "Z": 3, "a": 4})),
        "Places are sorted by code point.",
        "/Z",
        "/a",
        "/～",
        "/😀",
    )
    _unsigned(
        rows,
        "term-in-proof",
        _after(lambda d: d["proof"].update(note="x")),
        "An undefined term in the proof's options.",
        "/proof/note",
    )
    _unsigned(
        rows,
        "term-in-proof-list",
        _after(lambda d: d.update(proof=[d["proof"] | {"note": "x"}])),
        "The same in a list of proofs.",
        "/proof/0/note",
    )
    _unsigned(
        rows,
        "type-added",
        _after(lambda d: d["type"].append("WithDistinction")),
        "An undefined type added: JSON-LD drops it.",
        "/type/2",
    )
    _unsigned(
        rows,
        "type-added-inside",
        _after(lambda d: d["issuer"].update(type=["Profile", "Accredited"])),
        "An undefined type in the issuer.",
        "/issuer/type/1",
    )
    _unsigned(rows, "type-empty", _after(lambda d: d["type"].append("")), "An empty type.", "/type/2")
    _unsigned(
        rows,
        "type-json",
        _after(lambda d: d["type"].append("@json")),
        "A keyword among the types: nothing that a signature covers.",
        "/type/2",
    )
    _unsigned(
        rows,
        "type-alias",
        _after(lambda d: d["type"].append("id")),
        "An alias of a keyword among the types.",
        "/type/2",
    )
    vocab = signed(plain(**{"@context": [V2, EXAMPLES]}), RDFC)
    _unsigned(
        rows,
        "vocab-key-space",
        vocab | {"shoe size": 43},
        "With an @vocab, a key with white space makes no identifier and is dropped.",
        "/shoe size",
    )
    _unsigned(
        rows,
        "vocab-type-space",
        vocab | {"type": [*vocab["type"], "Shoe Owner"]},
        "With an @vocab, a type with white space makes no identifier and is dropped.",
        "/type/1",
    )
    _unusual(
        rows,
        "vocab-key-injection",
        vocab | {"x><urn:x": 43},
        "A colon in a key is a colon, @vocab or not.",
        "/x><urn:x",
    )
    _unusual(
        rows,
        "vocab-key-angle",
        vocab | {"x>y": 43},
        "With an @vocab, a key with a character that no IRI may hold.",
        "/x>y",
    )
    _unsigned(
        rows,
        "graph-reference",
        edited(
            signed(badge(evidence={"id": "urn:x:e", "type": "VerifiableCredential"}), RDFC),
            lambda d: d["evidence"].update(proof={"id": "urn:x:p"}),
        ),
        "A reference under a term whose container is a graph: a graph in which nothing is said.",
        "/evidence/proof",
        code="UNSIGNED_VALUE",
    )
    _unsigned(
        rows,
        "graph-scalar",
        edited(
            signed(badge(evidence={"id": "urn:x:e", "type": "VerifiableCredential"}), RDFC),
            lambda d: d["evidence"].update(proof="urn:x:p"),
        ),
        "An address as a string under such a term.",
        "/evidence/proof",
        code="UNSIGNED_VALUE",
    )
    rows.add(
        "term-beats-spelling",
        "failed",
        _after(lambda d: d.update({"grade": "x", "urn:x:y": "z"})),
        "A word that is not signed outweighs one that is spelt unusually.",
        signature="UNSIGNED_TERM",
        detail=issuers(RDFC, pointers=["/grade"]),
    )
    _unusual(
        rows,
        "term-null",
        _after(lambda d: d.update(grade=None)),
        "An undefined term whose value is null: nothing is said, and nothing is passed over in silence.",
    )
    _unusual(
        rows, "term-no-items", _after(lambda d: d.update(grade=[])), "An undefined term whose value is an empty list."
    )
    rows.honest(
        "known-null",
        _after(lambda d: d.update(description=None, evidence=[], image=[None])),
        "Nulls and empty lists of known terms say nothing.",
    )
    _unsigned(
        rows,
        "term-list-of-empty",
        _after(lambda d: d.update(grade=[{}])),
        "A list of one empty object is not empty.",
        "/grade",
    )


def _values(rows: Family) -> None:
    def evidence(**members: Any) -> Callable[[Json], Any]:
        return lambda d: d.update(evidence=[{"type": ["Evidence"], "name": "forged"} | members])

    code = "UNSIGNED_VALUE"
    _unsigned(
        rows,
        "relative-id",
        _after(evidence(id="evidence/1")),
        "A node with a relative id: all that it says is dropped.",
        "/evidence/0/id",
        code=code,
    )
    _unsigned(rows, "relative-id-hash", _after(evidence(id="#1")), "A fragment alone.", "/evidence/0/id", code=code)
    _unsigned(
        rows,
        "relative-id-slash",
        _after(evidence(id="//fernwald.example/1")),
        "A network-path reference.",
        "/evidence/0/id",
        code=code,
    )
    _unsigned(rows, "relative-id-empty", _after(evidence(id="")), "An empty id.", "/evidence/0/id", code=code)
    _unsigned(
        rows,
        "id-space",
        _after(evidence(id="https://fernwald.example/a b")),
        "An id with a space, which libraries drop or keep.",
        "/evidence/0/id",
        code=code,
    )
    _unsigned(
        rows,
        "id-no-break-space",
        _after(evidence(id="https://fernwald.example/a\u00a0b")),
        "An id with a no-break space: \\s differs between languages.",
        "/evidence/0/id",
        code=code,
    )
    _unsigned(
        rows,
        "relative-reference",
        _after(lambda d: d.update(termsOfUse="terms")),
        "A relative value of a term typed @id.",
        "/termsOfUse",
        code=code,
    )
    _unsigned(
        rows,
        "relative-in-list",
        _after(lambda d: d.update(termsOfUse=["urn:x:t", "terms"]), termsOfUse="urn:x:t"),
        "One relative value among others.",
        "/termsOfUse/1",
        code=code,
    )
    _unsigned(
        rows,
        "language-malformed",
        _after(lambda d: d.update(description={"@value": "The best.", "@language": "en us"})),
        "A malformed language tag, with which the text is dropped.",
        "/description/@language",
        code=code,
    )
    _unsigned(
        rows,
        "language-injection",
        _after(lambda d: d.update(description={"@value": "x", "@language": "en .\n<urn:x:s> <urn:x:p> <urn:x:o"})),
        "A language tag that would write statements of its own.",
        "/description/@language",
        code=code,
    )
    _unsigned(
        rows,
        "language-underscore",
        _after(lambda d: d.update(description={"@value": "x", "@language": "en_US"})),
        "A language tag with an underscore.",
        "/description/@language",
        code=code,
    )
    _unsigned(
        rows,
        "id-injection-space",
        _after(evidence(id="urn:x:e> <urn:x:p> <urn:x:o")),
        "An id that would write statements of its own.",
        "/evidence/0/id",
        code=code,
    )
    _unsigned(
        rows,
        "value-beats-spelling",
        _after(lambda d: d.update({"termsOfUse": "terms", "urn:x:y": "z"})),
        "A value that is not signed outweighs an unusual spelling.",
        "/termsOfUse",
        code=code,
    )
    _unsigned(
        rows,
        "relative-method-controller",
        _after(lambda d: d["proof"].update(id="proof-1")),
        "A relative id of the proof itself.",
        "/proof/id",
        code=code,
    )
    _unusual(
        rows,
        "id-injection",
        _after(evidence(id="urn:x:e><urn:x:p><urn:x:o")),
        "The same without white space: characters that N-Quads do not escape in an IRI.",
        "/evidence/0/id",
    )
    for slug, character in (
        ("quote", '"'),
        ("brace", "{"),
        ("pipe", "|"),
        ("caret", "^"),
        ("backtick", "`"),
        ("backslash", "\\"),
        ("control", "\u0001"),
    ):
        _unusual(
            rows,
            f"id-{slug}",
            signed(badge(evidence={"id": f"urn:x:{character}", "type": "Evidence"}), RDFC, unsafe=True),
            f"U+{ord(character):04X} in an identifier, which no IRI may hold, signed as it is.",
            "/evidence/id",
        )


def _spelling(rows: Family) -> None:
    _unusual(
        rows,
        "key-iri",
        _after(lambda d: d.update({"https://schema.org/name": d.pop("name")})),
        "A name under its full IRI, where nobody looks.",
        "/https:~1~1schema.org~1name",
    )
    _unusual(
        rows,
        "key-at-type",
        _after(lambda d: d["issuer"].update({"@type": d["issuer"].pop("type")})),
        "type as a keyword.",
        "/issuer/@type",
    )
    _unusual(
        rows,
        "key-at-id",
        _after(lambda d: d["issuer"].update({"@id": d["issuer"]["id"]})),
        "id twice, as alias and as keyword.",
        "/issuer/@id",
    )
    _unusual(
        rows, "key-at-index", _after(lambda d: d.update({"@index": "x"})), "@index is read and dropped.", "/@index"
    )
    _unusual(
        rows,
        "key-at-unknown",
        _after(lambda d: d.update({"@grade": "A"})),
        "A key in the form of a keyword is dropped.",
        "/@grade",
    )
    _unusual(rows, "key-colon", _after(lambda d: d.update({":": "A"})), "A key that is a colon.", "/:")
    pictures = badge(V2, OB_302, image=["urn:x:a", "urn:x:b"])
    _unusual(
        rows,
        "two-keys-one-meaning",
        edited(signed(pictures, RDFC), lambda d: d.update(image="urn:x:a", Image={"id": "urn:x:b"})),
        "Two terms of the context 3.0.2 for one property: half of the values move to where nobody looks.",
        "/Image",
        "/image",
    )
    _unusual(
        rows,
        "key-blank",
        _after(lambda d: d.update({"_:grade": "A"})),
        "A blank node as a property is dropped.",
        "/_:grade",
    )
    _unusual(
        rows,
        "key-reverse",
        _after(lambda d: d.update({"@reverse": {}})),
        "@reverse turns statements round.",
        "/@reverse",
    )
    _unusual(rows, "key-set", _after(lambda d: d.update(name={"@set": [d["name"]]})), "A set spelt out.", "/name/@set")
    _unusual(
        rows,
        "key-list",
        _after(lambda d: d.update(description={"@list": ["x"]})),
        "A list spelt out.",
        "/description/@list",
    )
    _unusual(
        rows,
        "value-typed",
        _after(lambda d: d.update(validFrom={"@value": d["validFrom"], "@type": XSD + "dateTime"})),
        "A date as a typed value.",
        "/validFrom/@type",
    )
    _unusual(
        rows,
        "value-index",
        _after(lambda d: d.update(name={"@value": d["name"], "@index": "en"})),
        "@index inside a value.",
        "/name/@index",
    )
    _unusual(
        rows, "value-number", signed(badge(name={"@value": 7}), RDFC), "A value object with a number.", "/name/@value"
    )
    _unusual(
        rows,
        "value-list",
        _after(lambda d: d.update(name=[[d["name"]]])),
        "A list in a list, which JSON-LD flattens.",
        "/name/0",
    )
    _unusual(
        rows,
        "blank-id",
        signed(badge(evidence={"id": "_:e", "type": "Evidence", "name": "x"}), RDFC),
        "A blank node by name.",
        "/evidence/id",
    )
    _unusual(
        rows,
        "blank-subject",
        _after(lambda d: d["issuer"].update(image="_:b0")),
        "A blank node as a value.",
        "/issuer/image",
    )
    _unusual(rows, "id-number", _after(lambda d: d.update(evidence={"id": 5})), "A number as an id.", "/evidence/id")
    _unusual(
        rows,
        "id-list",
        _after(lambda d: d["issuer"].update(id=d["issuer"]["id"], image={"id": ["urn:x:y"]})),
        "A list as an id.",
        "/issuer/image/id",
    )
    _unusual(
        rows,
        "type-as-iri",
        _after(lambda d: d["issuer"].update(type="https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile")),
        "A type under its full IRI: the same graph, and its context does not apply.",
        "/issuer/type",
    )
    rows.add(
        "compact-id",
        "cannot-check",
        edited(signed(badge1(V1, DATA_INTEGRITY, id=CRED + "e"), RDFC), lambda d: d.update(id="cred:e")),
        "An id as a compact IRI: two spellings of one address.",
        format="vc1-json",
        signature="UNUSUAL_SPELLING",
        detail=issuers(RDFC, pointers=["/id"]),
    )
    _unusual(
        rows,
        "null-id",
        _after(lambda d: d.update(evidence={"id": None, "type": "Evidence"})),
        "A null id, which JSON-LD refuses: nothing is passed over in silence.",
    )
    _unusual(
        rows,
        "own-id-twice",
        _after(lambda d: d["credentialSubject"].update(id=OWN_ID), credentialSubject=_in_subject(id=OWN_ID)),
        "The credential's own id on its subject.",
        "/credentialSubject/id",
    )
    _unusual(
        rows,
        "direction-unknown",
        _after(lambda d: d.update(description={"@value": "x", "@direction": "sideways"})),
        "A direction that JSON-LD does not have is what the library refuses.",
    )
    _unusual(
        rows,
        "number-17-digits",
        signed(badge(credentialSubject=_in_subject(creditsEarned=0.30000000000000004)), RDFC),
        "A number that needs 17 digits, of which the graph keeps 16.",
        "/credentialSubject/creditsEarned",
    )


def _hidden_dates(rows: Family) -> None:
    """One expired badge, spelt so that it looks valid. All of these verify where only the graph is checked."""
    expired = signed(badge(validUntil=UNTIL), RDFC)
    typed = {"@value": UNTIL, "@type": XSD + "dateTime"}

    def hidden(id: str, edit: Callable[[Json], Any], reason: str, *pointers: str) -> None:
        _unusual(rows, id, edited(expired, lambda d: (d.pop("validUntil"), edit(d))), reason, *pointers)

    def wrapped(d: Json) -> Json:
        return {"id": d["id"], "type": "VerifiableCredential", "validUntil": UNTIL}

    hidden(
        "until-iri",
        lambda d: d.update({CRED + "validUntil": typed}),
        "validUntil under its full IRI.",
        "/https:~1~1www.w3.org~12018~1credentials#validUntil",
    )
    hidden("until-nest", lambda d: d.update({"@nest": {"validUntil": UNTIL}}), "validUntil under @nest.", "/@nest")
    hidden(
        "until-included", lambda d: d.update({"@included": [wrapped(d)]}), "validUntil under @included.", "/@included"
    )
    hidden("until-graph", lambda d: d.update({"@graph": [wrapped(d)]}), "validUntil under @graph.", "/@graph")
    evidence = signed(badge(validUntil=UNTIL, relatedResource={"id": OWN_ID}), RDFC)
    _unusual(
        rows,
        "until-own-id",
        edited(evidence, lambda d: (d.pop("validUntil"), d.update(relatedResource=wrapped(d)))),
        "validUntil moved to another node object with the credential's own id.",
        "/relatedResource/id",
    )
    status = {"id": "urn:x:status", "type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    listed = signed(badge(credentialStatus=status), RDFC)
    _unusual(
        rows,
        "status-iri",
        edited(listed, lambda d: d.update({CRED + "credentialStatus": d.pop("credentialStatus")})),
        "credentialStatus hidden under its full IRI.",
        "/https:~1~1www.w3.org~12018~1credentials#credentialStatus",
    )
    older = signed(badge1(V1, DATA_INTEGRITY, expirationDate=UNTIL), RDFC)
    rows.add(
        "expiration-compact",
        "cannot-check",
        edited(
            older,
            lambda d: d.update({"cred:expirationDate": {"@value": d.pop("expirationDate"), "@type": "xsd:dateTime"}}),
        ),
        "expirationDate under a compact IRI, by a prefix that the 1.1 context defines.",
        format="vc1-json",
        signature="UNUSUAL_SPELLING",
        detail=issuers(RDFC, pointers=["/cred:expirationDate"]),
    )
    rows.add(
        "until-dropped",
        "failed",
        edited(expired, lambda d: d.pop("validUntil")),
        "validUntil simply taken out.",
        **INVALID,
    )
    rows.add(
        "until-value-object",
        "failed",
        signed(badge(validUntil={"@value": UNTIL}), RDFC, unsafe=True),
        "An end as a value object is signed, and is not a date that anybody reads: malformed.",
        dates="MALFORMED",
        detail={"dates": {"pointers": ["/validUntil"]}},
    )


def _moved_facts(rows: Family) -> None:
    """Facts that change places between nodes of one identifier. The graph stays; what a page would show does not."""
    person = "did:example:ada"
    both = ["Profile", "AchievementSubject"]
    failed = _in_achievement(creator={"id": person, "type": ["Profile"], "name": "Ada Example"})
    failed["result"] = [{"type": ["Result"], "value": "FAIL"}]
    taught = signed(badge(credentialSubject=failed), RDFC)
    rows.honest("creator-is-subject", taught, "The recipient may also have defined the achievement.")

    def to_creator(d: Json) -> None:
        _achievement(d)["creator"].update(type=both, result=d["credentialSubject"].pop("result"))

    place = "/credentialSubject/achievement/creator/id"
    _unusual(rows, "result-to-creator", edited(taught, to_creator), "A result moved where no page shows it.", place)
    own = signed(badge(credentialSubject=_in_subject(id=ISSUER)), RDFC)
    rows.honest("self-issued", own, "Issuer and recipient may be one.")

    def to_issuer(d: Json) -> None:
        d["issuer"].update(type=both, achievement=d["credentialSubject"].pop("achievement"))

    _unusual(rows, "all-to-issuer", edited(own, to_issuer), "The achievement moved to the issuer.", "/issuer/id")
    description = {"id": "urn:x:marks", "type": ["ResultDescription"], "name": "Marks", "resultType": "LetterGrade"}
    marked = _in_achievement(resultDescription=[description | {"requiredValue": "A"}])
    marked["result"] = [{"type": ["Result"], "value": "C", "resultDescription": "urn:x:marks"}]
    graded = signed(badge(credentialSubject=marked), RDFC)
    rows.honest("result-described", graded, "A result refers to its description by its id.")

    def to_result(d: Json) -> None:
        (described,) = _achievement(d)["resultDescription"]
        d["credentialSubject"]["result"][0]["resultDescription"] = dict(described)
        del described["requiredValue"]

    _unusual(
        rows,
        "required-to-result",
        edited(graded, to_result),
        "The mark that was needed moved to where no page shows it.",
        "/credentialSubject/result/0/resultDescription/id",
    )
    numbered = {"type": ["IdentifierEntry"], "identifier": "DE-123", "identifierType": "nationalIdentityNumber"}
    school = {"id": ISSUER, "type": ["Profile"], "name": "Fernwald Academy"}
    rows.honest(
        "creator-is-issuer",
        signed(
            badge(
                issuer=school | {"otherIdentifier": [numbered]}, credentialSubject=_in_achievement(creator=dict(school))
            ),
            RDFC,
        ),
        "The issuer defined the achievement, and says of itself in one place only how it is numbered elsewhere.",
    )
    levels = [
        {"id": f"urn:x:level{n}", "type": ["RubricCriterionLevel"], "name": name, "level": str(n), "points": str(n * 5)}
        for n, name in enumerate(("Beginner", "Expert"), 1)
    ]
    rubric = description | {"resultType": "RubricCriterionLevel", "rubricCriterionLevel": levels}
    judged = _in_achievement(resultDescription=[rubric | {"requiredLevel": "urn:x:level1"}])
    judged["result"] = [
        {"type": ["Result"], "achievedLevel": "urn:x:level2", "resultDescription": "urn:x:marks"},
        {
            "type": ["Result"],
            "value": "Passed",
            "alignment": [{"type": ["Alignment"], "targetName": "Calm", "targetUrl": "https://skills.example/calm"}],
        },
    ]
    rows.honest(
        "result-by-rubric",
        signed(badge(credentialSubject=judged), RDFC),
        "A result names a level of a rubric by its id, another the skill that it shows.",
    )
    first = {"id": "urn:x:e", "type": ["Evidence"], "genre": "Exam", "narrative": "Failed."}
    second = {"id": "urn:x:e", "type": ["Evidence"], "genre": "Project"}
    pair = signed(badge(evidence=[first, second]), RDFC)
    _unusual(
        rows,
        "evidence-twice",
        pair,
        "Two pieces of evidence of one id: which said what is not signed.",
        "/evidence/0/id",
        "/evidence/1/id",
    )


def _contexts(rows: Family) -> None:
    swap = {"passed": "urn:x:passed", "failed": "urn:x:failed"}
    swapped = {"passed": "urn:x:failed", "failed": "urn:x:passed"}
    inline: dict[str, Any] = {"signature": "INLINE_CONTEXT"}
    rows.add(
        "inline-context-honest",
        "cannot-check",
        signed_with_inline(swap),
        "An inline context, honestly used: it could be swapped, so it cannot be checked (DESIGN rule 1).",
        **inline,
    )
    rows.add(
        "inline-context-swapped",
        "cannot-check",
        edited(
            signed_with_inline(swap),
            lambda d: (d["@context"].__setitem__(1, swapped), d.update(passed=d.pop("failed"))),
        ),
        "Two terms swapped in an inline context: a signed FAIL reads as a pass and still verifies.",
        **inline,
    )
    rows.add(
        "inline-context-inside",
        "cannot-check",
        _after(lambda d: d["credentialSubject"].update({"@context": {"grade": None}, "grade": "A"})),
        "An inline context deeper inside, which maps an added term to nothing.",
        **inline,
    )
    rows.add(
        "null-context-inside",
        "cannot-check",
        _after(lambda d: d["credentialSubject"].update({"@context": None})),
        "A null context wipes out all terms.",
        **inline,
    )
    rows.add(
        "context-and-null",
        "cannot-check",
        _after(lambda d: d["@context"].append(None)),
        "A null among the contexts wipes out those before it.",
        **inline,
    )
    rows.add(
        "context-number",
        "cannot-check",
        _after(lambda d: d["@context"].append(7)),
        "A number among the contexts.",
        **inline,
    )
    rows.add(
        "inline-beats-unknown",
        "cannot-check",
        _after(lambda d: d["@context"].extend(["https://fernwald.example/c", {}])),
        "An inline context is told before an unknown one.",
        **inline,
    )
    unknown: dict[str, Any] = {"signature": "UNKNOWN_CONTEXT"}
    rows.add(
        "unknown-context",
        "cannot-check",
        _after(
            lambda d: d["@context"].extend(
                ["https://fernwald.example/c", "https://fernwald.example/b", "https://fernwald.example/c"]
            )
        ),
        "Contexts that are not built in are named, sorted, each once.",
        detail=issuers(RDFC, contexts=["https://fernwald.example/b", "https://fernwald.example/c"]),
        **unknown,
    )
    rows.add(
        "unknown-context-inside",
        "cannot-check",
        _after(lambda d: d["issuer"].update({"@context": "https://fernwald.example/c"})),
        "A context deeper inside must be known too.",
        **unknown,
    )
    rows.add(
        "unknown-context-unsigned",
        "cannot-check",
        _after(lambda d: (d["@context"].append("https://fernwald.example/c"), d.update(grade="A"))),
        "What an unknown context would define cannot be told: not forged, not fine.",
        **unknown,
    )
    for id, address, reason in (
        ("context-near-http", OB.replace("https", "http"), "The address of a pinned context with http."),
        ("context-near-fragment", OB + "#x", "The address of a pinned context with a fragment."),
        ("context-near-case", OB.replace("json", "JSON"), "The address of a pinned context in other letters."),
        ("context-relative", "context-3.0.3.json", "A relative address."),
    ):
        rows.add(
            id,
            "cannot-check",
            _after(lambda d, a=address: d.update({"@context": [V2, a]})),
            reason,
            detail=issuers(RDFC, contexts=[address]),
            **unknown,
        )
    rows.add(
        "context-substituted",
        "failed",
        signed(badge(V2, OB, EXAMPLES), RDFC) | {"@context": [V2, EXAMPLES]},
        "A pinned context exchanged for another in which the same terms mean something else.",
        **INVALID,
    )
    pictured = _in_achievement(image={"id": "urn:x:image", "type": "Image"})
    rows.add(
        "context-older",
        "failed",
        signed(badge(V2, OB_302, credentialSubject=pictured, image="urn:x:i"), RDFC) | {"@context": [V2, OB]},
        "The context 3.0.2 exchanged for 3.0.3, which maps a term to another IRI.",
        **INVALID,
    )
    rows.honest(
        "context-same-meaning",
        signed(badge(V2, OB_302, credentialSubject={"type": "AchievementSubject", "role": "Keeper"}), RDFC)
        | {"@context": [V2, OB]},
        "The same exchange where every term used means the same: the graph is what is signed.",
    )
    rows.honest(
        "context-redundant",
        signed(badge(), RDFC) | {"@context": [V2, OB, DATA_INTEGRITY]},
        "A pinned context added that changes no term.",
    )
    ordered = signed(badge(V2, OB, EXAMPLES), RDFC, options={"@context": [V2, OB, EXAMPLES]})
    rows.honest("own-context", ordered, "A proof that repeats the document's contexts.")
    rows.add(
        "contexts-reordered",
        "failed",
        ordered | {"@context": [V2, EXAMPLES, OB]},
        "Contexts reordered after signing, while the proof names the old order.",
        signature="MALFORMED_PROOF",
    )
    rows.add(
        "own-context-shorter",
        "failed",
        signed(badge(), RDFC, options={"@context": [V2]}),
        "A proof with contexts of its own, fewer than the document's: under RDFC they must be equal.",
        signature="MALFORMED_PROOF",
    )
    rows.honest(
        "contexts-swapped-unnamed",
        signed(badge(V2, OB, DATA_INTEGRITY), RDFC) | {"@context": [V2, DATA_INTEGRITY, OB]},
        "Contexts reordered so that no term changes its meaning.",
    )
    _unusual(
        rows,
        "context-redefines",
        _after(lambda d: d["@context"].append(V1)),
        "A protected term redefined by the other data model's context.",
    )
    rows.add(
        "contexts-too-many",
        "cannot-check",
        _after(lambda d: d["@context"].extend([OB] * 255)),
        "More than 256 context addresses.",
        signature="TOO_MUCH_WORK",
    )
    _unsigned(
        rows,
        "context-removed",
        signed(badge(), RDFC) | {"@context": [V2]},
        "A context taken away, with which its words are no words any more.",
        "/credentialSubject/achievement",
        "/credentialSubject/type/0",
        "/issuer/type/0",
        "/type/1",
    )


def signed_with_inline(terms: Json) -> Json:
    return signed(badge(V2, OB, terms, failed="Beekeeping"), RDFC)


def _text(rows: Family) -> None:
    subject = _in_achievement(tag=["～", "😀"])
    document = badge(credentialSubject=subject)
    rows.honest(
        "rdfc-code-point-order",
        signed(document, RDFC, sort="codepoint"),
        "Statements sort by code point: U+FF5E comes before U+1F600 (RDFC-1.0 4.4.3 step 7).",
    )
    rows.add(
        "rdfc-utf16-order",
        "failed",
        signed(document, RDFC),
        "Signed by a library that sorts statements by UTF-16 unit.",
        **INVALID,
    )
    rows.honest(
        "rdfc-escapes",
        signed(badge(name='\b\t\n\f\r"\\\u0000\u001f\u007f\u0080\u2028\ufeff é'), RDFC),
        "Which characters canonical N-Quads escape.",
    )
    tagged = badge()
    tagged["credentialSubject"]["achievement"]["tag"] = ["bees", "hives"]
    for id, again, reason in (
        ("value", lambda a: a["tag"].append("bees"), "A tag said twice: the signature holds, since RDF has it once."),
        (
            "value-object",
            lambda a: a["tag"].append({"@value": "hives"}),
            "A tag said twice, once as a value object.",
        ),
        ("type", lambda a: a.update(type=["Achievement", "Achievement"]), "A type said twice."),
    ):
        pointer = "type/1" if id == "type" else "tag/2"
        _unusual(
            rows,
            f"doubled-{id}",
            edited(signed(tagged, RDFC), lambda d, again=again: again(d["credentialSubject"]["achievement"])),
            reason,
            f"/credentialSubject/achievement/{pointer}",
        )
    evidence = {"id": "urn:x:hive", "type": ["Evidence"], "name": "A hive"}
    _unusual(
        rows,
        "doubled-node",
        edited(signed(badge(evidence=[evidence]), RDFC), lambda d: d["evidence"].append(dict(evidence))),
        "A piece of evidence shown twice, with the identifier that it has.",
        "/evidence/1",
    )
    _unusual(
        rows,
        "doubled-reference",
        edited(signed(badge(evidence=[{"id": "urn:x:hive"}]), RDFC), lambda d: d["evidence"].append("urn:x:hive")),
        "A reference said twice, in both ways of writing it.",
        "/evidence/1",
    )
    for id, again, reason in (
        ("after", lambda d: d["evidence"].append("urn:x:hive"), "A reference to the node beside it, after it."),
        ("before", lambda d: d["evidence"].insert(0, {"id": "urn:x:hive"}), "A reference to the node that follows it."),
    ):
        _unusual(
            rows,
            f"doubled-node-named-{id}",
            edited(signed(badge(evidence=[evidence]), RDFC), again),
            reason,
            f"/evidence/{1 if id == 'after' else 0}",
        )
    _unusual(
        rows,
        "doubled-subject-named",
        edited(
            signed(badge(), RDFC),
            lambda d: d.update(credentialSubject=[d["credentialSubject"], {"id": d["credentialSubject"]["id"]}]),
        ),
        "The subject's identifier by itself beside the subject.",
        "/credentialSubject/1",
    )
    rows.honest("rdfc-decomposed", signed(badge(name="Cafe\u0301"), RDFC), "Text is not normalised under RDFC either.")
    rows.add(
        "rdfc-normalised",
        "failed",
        signed(badge(name="Cafe\u0301"), RDFC) | {"name": "Caf\u00e9"},
        "Text composed after signing, under RDFC.",
        **INVALID,
    )
    rows.honest(
        "rdfc-markup",
        signed(badge(name="<script>alert(1)</script> ![x](y) &amp;"), RDFC),
        "Markup in a text is text.",
    )
    rows.honest(
        "rdfc-numbers",
        signed(badge(credentialSubject=_in_subject(creditsEarned=[5, 2.5, 0.001, 0, -3])), RDFC),
        "Numbers under a term typed xsd:float.",
    )
    rows.honest(
        "rdfc-number-spelt-otherwise",
        text(signed(badge(credentialSubject=_in_subject(creditsEarned=5)), RDFC)).replace(
            b'"creditsEarned": 5', b'"creditsEarned": 5.0'
        ),
        "5.0 is 5 under RDFC too: PyLD would write 5.0E0.",
    )
    rows.add(
        "rdfc-number-lost",
        "cannot-check",
        signed(badge(credentialSubject=_in_subject(creditsEarned=1e-7)), RDFC),
        "A library that takes 1e-7 for an integer, because its text has no point, signs a 0.",
        signature="UNUSUAL_SPELLING",
    )
    rows.add(
        "rdfc-number-changed",
        "failed",
        edited(
            signed(badge(credentialSubject=_in_subject(creditsEarned=5)), RDFC),
            lambda d: d["credentialSubject"].update(creditsEarned=5.5),
        ),
        "A number changed.",
        **INVALID,
    )


def _branches(width: int, leaves: int) -> Json:
    """Nodes without names, alike but for nothing: every order of them has to be tried."""
    leaf = {"type": ["Alignment"], "targetName": "x"}
    branch = {"type": ["ResultDescription"], "alignment": [leaf] * leaves}
    return badge(credentialSubject=_in_achievement(resultDescription=[copy.deepcopy(branch) for _ in range(width)]))


def _graphs(rows: Family) -> None:
    alike = [{"type": ["Alignment"], "targetName": "Apiculture", "targetUrl": "https://skills.example/7"}] * 5
    rows.honest(
        "like-nodes",
        signed(badge(credentialSubject=_in_achievement(alignment=alike)), RDFC),
        "Five nodes without names that say the same: honest, and refused by a limit set too low.",
    )
    rows.honest(
        "like-branches",
        signed(_branches(2, 2), RDFC),
        "Two branches alike, with two leaves alike on each.",
    )
    poison: dict[str, Any] = {"signature": "TOO_MUCH_WORK"}
    rows.add(
        "poison-tree",
        "cannot-check",
        signed(_tree(), RDFC),
        "No node has many neighbours, and the orders multiply from storey to storey.",
        **poison,
    )
    rows.add(
        "poison-5",
        "cannot-check",
        _with_any_proof(_branches(3, 5)),
        "Three branches with five leaves each: 120 orders on every branch.",
        **poison,
    )
    rows.add(
        "poison-10",
        "cannot-check",
        _with_any_proof(_branches(4, 10)),
        "A poison graph in a small file: ten leaves have 3.6 million orders.",
        **poison,
    )


def _tree() -> Json:
    """Three storeys of nodes without names, no two of which can be told apart."""
    level = {"type": ["RubricCriterionLevel"], "alignment": [{"type": ["Alignment"], "targetName": "x"}] * 3}
    description = {"type": ["ResultDescription"], "rubricCriterionLevel": [level] * 4}
    return badge(credentialSubject=_in_achievement(resultDescription=[description] * 2))


def _with_any_proof(document: Json) -> Json:
    return document | {"proof": proof(badge(), RDFC)}


def _proof_options(rows: Family) -> None:
    wrong: dict[str, Any] = {"signature": "WRONG_PURPOSE"}
    rows.add(
        "rdfc-purpose",
        "failed",
        signed(badge(), RDFC, purpose="authentication"),
        "A proof for authentication under RDFC.",
        **wrong,
    )
    rows.add(
        "rdfc-purpose-iri",
        "failed",
        edited(
            signed(badge(), RDFC), lambda d: d["proof"].update(proofPurpose="https://w3id.org/security#assertionMethod")
        ),
        "The right purpose under its full IRI, the same graph.",
        **wrong,
    )
    document = badge()
    mine, theirs = proof(document, RDFC), proof(document, RDFC, key="other")
    rows.honest(
        "rdfc-foreign-added",
        document | {"proof": [theirs, mine]},
        "A foreign proof beside the issuer's, under RDFC.",
        detail=issuers(RDFC, otherProofs=1),
    )
    rows.add(
        "rdfc-other-controller",
        "failed",
        signed(badge(), RDFC, key="other"),
        "A proof by another controller, under RDFC.",
        signature="NO_ISSUER_PROOF",
    )
    rows.add(
        "rdfc-previous-proof",
        "failed",
        signed(badge(), RDFC, options={"previousProof": "urn:uuid:5b8f7c1e-0000-4000-8000-000000000003"}),
        "A chained proof under RDFC, without the one before it.",
        signature="PROOF_CHAIN_BROKEN",
    )
    rows.add(
        "rdfc-proof-expired",
        "expired",
        signed(badge(), RDFC, options={"expires": UNTIL}),
        "A proof's own end under RDFC.",
        dates="EXPIRED",
    )
    _unusual(
        rows,
        "proof-expires-iri",
        edited(
            signed(badge(), RDFC, options={"expires": UNTIL}),
            lambda d: d["proof"].update(
                {
                    "https://w3id.org/security#expiration": {
                        "@value": d["proof"].pop("expires"),
                        "@type": XSD + "dateTime",
                    }
                }
            ),
        ),
        "The proof's end hidden under its full IRI.",
        "/proof/https:~1~1w3id.org~1security#expiration",
    )
    rows.add(
        "rdfc-jcs-signature",
        "failed",
        edited(signed(badge(), JCS), lambda d: (d["proof"].update(cryptosuite=RDFC), d["proof"].pop("@context"))),
        "A JCS signature under RDFC's name.",
        **INVALID,
    )
    rows.add(
        "rdfc-method-other",
        "failed",
        edited(signed(badge(), RDFC), lambda d: d["proof"].update(verificationMethod=method_of(did("other")))),
        "The method exchanged for another key's.",
        signature="NO_ISSUER_PROOF",
    )


def _suite_2020(rows: Family) -> None:
    flags = (S2020,)
    v1: dict[str, Any] = {"format": "vc1-json", "flags": flags}
    honest = signed(badge1(), S2020)
    rows.honest("2020-vc1", honest, "Ed25519Signature2020 on the data model 1.1, with the suite's context.", **v1)
    rows.honest(
        "2020-ob", signed(badge(V2, OB, SUITE_2020), S2020), "Ed25519Signature2020 on an Open Badge 3.0.", flags=flags
    )
    rows.honest(
        "2020-ob-vc1",
        signed(
            badge1(V1, OB_300, SUITE_2020, type=["VerifiableCredential", "OpenBadgeCredential"], name="Bees"), S2020
        ),
        "Ed25519Signature2020 on an Open Badge 3.0 of the data model 1.1.",
        **v1,
    )
    rows.add(
        "2020-no-context",
        "failed",
        signed(badge1(V1), S2020, unsafe=True),
        "Without the suite's context the proof's own words are undefined, and not signed.",
        signature="UNSIGNED_TERM",
        **v1,
    )
    rows.add(
        "2020-changed",
        "failed",
        honest | {"issuanceDate": "2025-01-01T00:00:00Z"},
        "A date changed under 2020.",
        signature="SIGNATURE_INVALID",
        **v1,
    )
    rows.add(
        "2020-term-added",
        "failed",
        edited(honest, lambda d: d["credentialSubject"].update(degree="PhD")),
        "An undefined term under 2020.",
        detail=issuers(S2020, pointers=["/credentialSubject/degree"]),
        signature="UNSIGNED_TERM",
        **v1,
    )
    rows.add(
        "2020-early",
        "not-yet-valid",
        signed(badge1(issuanceDate="2026-12-01T00:00:00Z"), S2020),
        "issuanceDate in the future.",
        dates="NOT_YET_VALID",
        **v1,
    )
    rows.add(
        "2020-expired",
        "expired",
        signed(badge1(expirationDate=UNTIL), S2020),
        "expirationDate has passed.",
        dates="EXPIRED",
        **v1,
    )
    rows.add(
        "2020-as-rdfc",
        "failed",
        edited(
            signed(badge(V2, OB, SUITE_2020), S2020),
            lambda d: d["proof"].update(type="DataIntegrityProof", cryptosuite=RDFC),
        ),
        "A proof of 2020 relabelled as eddsa-rdfc-2022.",
        signature="SIGNATURE_INVALID",
        flags=flags,
    )
    rows.add(
        "2020-jws",
        "failed",
        edited(honest, lambda d: d["proof"].update(jws=d["proof"].pop("proofValue"))),
        "The value under the name that the suite of 2018 used.",
        signature="MALFORMED_PROOF",
        **v1,
    )
