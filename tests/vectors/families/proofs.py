"""Which proofs count, and what a proof must look like (verification 1)."""

from __future__ import annotations

from typing import Any

from families.kit import (
    CREATED,
    ISSUER,
    JCS,
    OTHER,
    RDFC,
    Family,
    badge,
    by_hand,
    edited,
    issuers,
    jcs_options,
    method_of,
    multibase,
    plain,
    proof,
    signed,
)

MINE, THEIRS = method_of(ISSUER), method_of(OTHER)


def family() -> Family:
    rows = Family("proofs")
    _absent(rows)
    _issuer(rows)
    _sets(rows)
    _suites(rows)
    _options(rows)
    _values(rows)
    return rows


def _absent(rows: Family) -> None:
    for id, members, reason in (
        ("no-proof", {}, "An unsigned credential cannot be checked, and is not forged."),
        ("null-proof", {"proof": None}, "A null proof is no proof."),
        ("empty-proofs", {"proof": []}, "An empty list of proofs is no proof."),
    ):
        rows.add(id, "cannot-check", plain(**members), reason, signature="NO_PROOF", flags=(JCS,))
    rows.add(
        "empty-proof",
        "failed",
        plain(proof={}),
        "An empty object is a proof, and by nobody: it names no key.",
        signature="NO_ISSUER_PROOF",
    )


def _issuer(rows: Family) -> None:
    stranger: dict[str, Any] = {"signature": "NO_ISSUER_PROOF"}
    rows.add(
        "other-controller",
        "failed",
        signed(plain(), key="other"),
        "A valid proof by another key: anyone can sign what names Fernwald as its issuer.",
        **stranger,
    )
    rows.add(
        "method-of-other",
        "failed",
        by_hand(plain(), verificationMethod=f"{OTHER}#{ISSUER.removeprefix('did:key:')}"),
        "The issuer's key under another controller's DID.",
        **stranger,
    )
    rows.honest(
        "method-without-fragment",
        by_hand(plain(), verificationMethod=ISSUER),
        "A did:key has one key, and the DID by itself names it: the Recommendations' own samples do.",
        flags=(JCS,),
    )
    for id, method, reason in (
        ("method-empty-fragment", ISSUER + "#", "An empty fragment."),
        ("method-fragment-only", "#" + ISSUER.removeprefix("did:key:"), "A relative method."),
        ("method-other-fragment", ISSUER + "#key-1", "A fragment that the did:key document does not list."),
        ("method-query", MINE.replace("#", "?versionId=1#"), "The DID with a query is another identifier."),
        ("method-trailing-space", MINE + " ", "Identifiers are compared exactly: a space after it counts."),
        ("method-object", {"id": MINE}, "A method embedded as an object brings its own controller."),
        ("method-list", [MINE], "A method in a list."),
        ("method-missing", ..., "A proof that names no key."),
    ):
        rows.add(id, "failed", by_hand(plain(), verificationMethod=method), reason, **stranger)
    rows.add(
        "issuer-with-fragment",
        "failed",
        by_hand(plain(issuer=MINE)),
        "An issuer that is a key's address rather than a DID: its own document would list another method.",
        **stranger,
    )
    rows.add(
        "issuer-exchanged",
        "failed",
        signed(plain()) | {"issuer": OTHER},
        "The issuer exchanged after signing, the proof left.",
        **stranger,
    )
    rows.add(
        "issuer-not-an-object-method",
        "failed",
        by_hand(plain(issuer="https://fernwald.example/"), verificationMethod={"id": MINE}),
        "Where the issuer's document is not known, an embedded method is a malformed proof.",
        signature="MALFORMED_PROOF",
        detail={"signature": {"suites": [JCS]}},
    )
    rows.add(
        "two-methods",
        "failed",
        by_hand(plain(issuer="https://fernwald.example/"), verificationMethod=[MINE, THEIRS]),
        "A proof that names two methods names none.",
        signature="MALFORMED_PROOF",
        detail={"signature": {"suites": [JCS]}},
    )


def _sets(rows: Family) -> None:
    document = plain()
    mine, theirs = proof(document, JCS), proof(document, JCS, key="other")
    broken = {"created": "2026-01-03T00:00:00Z"}
    invalid: dict[str, Any] = {"signature": "SIGNATURE_INVALID"}
    other: dict[str, Any] = {"detail": issuers(JCS, otherProofs=1)}
    rows.honest("proof-list", document | {"proof": [mine]}, "One proof in a list.", flags=(JCS,))
    rows.honest(
        "two-proofs",
        document | {"proof": [mine, proof(document, JCS, created="2026-01-05T00:00:00Z")]},
        "Two proofs by the issuer, both valid.",
        flags=(JCS,),
    )
    ob = badge()
    rows.honest(
        "two-suites",
        ob | {"proof": [proof(ob, RDFC), proof(ob, JCS)]},
        "Two proofs by the issuer with different suites.",
        flags=(JCS, RDFC),
        detail={"signature": {"suites": [JCS, RDFC], "methods": [MINE]}},
    )
    rows.add(
        "two-suites-one-sees",
        "failed",
        ob | {"shoeSize": 43, "proof": [proof(ob, RDFC), by_hand(ob)["proof"]]},
        "An added term that the first suite drops: only the second signs all there is.",
        signature="UNSIGNED_TERM",
        detail={"signature": {"suites": [JCS, RDFC], "methods": [MINE], "pointers": ["/shoeSize"]}},
    )
    for id, proofs, reason in (
        ("foreign-added", [mine, theirs], "A valid proof by somebody else neither helps nor hurts."),
        ("foreign-first", [theirs, mine], "The same before the issuer's."),
        ("foreign-broken", [mine, theirs | broken], "A broken proof by somebody else does not hurt."),
        (
            "foreign-malformed",
            [mine, {"type": 7, "verificationMethod": 7}],
            "A malformed proof by nobody does not hurt.",
        ),
        ("foreign-chained", [mine, theirs | {"previousProof": "urn:x"}], "A chained proof by somebody else."),
        (
            "foreign-unknown",
            [mine, theirs | {"cryptosuite": "bees-2030"}],
            "Somebody else's unknown suite is not listed either.",
        ),
        (
            "foreign-expired",
            [mine, theirs | {"expires": "2020-01-01T00:00:00Z"}],
            "Somebody else's proof has no dates for us.",
        ),
    ):
        rows.honest(id, document | {"proof": proofs}, reason, flags=(JCS,), **other)
    rows.add(
        "foreign-only-good",
        "failed",
        document | {"proof": [mine | broken, theirs]},
        "A valid proof by somebody else does not help a broken one.",
        **invalid,
        **other,
    )
    for id, proofs, reason in (
        ("one-bad", [mine, mine | broken], "One bad proof by the issuer in a set fails it (DESIGN rule 7)."),
        ("one-bad-first", [mine | broken, mine], "The same with the bad one first."),
    ):
        rows.add(id, "failed", document | {"proof": proofs}, reason, **invalid)
    older = {name: value for name, value in mine.items() if name != "cryptosuite"} | {"type": "Ed25519Signature2020"}
    rows.add(
        "bad-and-chained",
        "failed",
        document | {"proof": [older | {"previousProof": "urn:x"}, mine | broken]},
        "A failure outweighs what is unknown.",
        **invalid,
    )
    rows.add(
        "first-failure",
        "failed",
        document | {"proof": [proof(document, JCS, purpose="authentication"), mine | broken]},
        "Of two failures the first in proof order is told.",
        signature="WRONG_PURPOSE",
    )
    many = [proof(document, JCS, created=f"2026-01-{day:02}T00:00:00Z") for day in range(1, 18)]
    rows.honest("sixteen-proofs", document | {"proof": many[:16]}, "Sixteen proofs are checked.", flags=(JCS,))
    rows.add(
        "seventeen-proofs",
        "cannot-check",
        document | {"proof": many},
        "Seventeen are too many to be worked on.",
        signature="TOO_MANY_PROOFS",
    )
    rows.add(
        "signed-with-proof",
        "failed",
        document | {"proof": proof(document | {"proof": theirs}, JCS)},
        "A signature made over the document together with another proof.",
        **invalid,
    )


def _suites(rows: Family) -> None:
    unknown: dict[str, Any] = {"signature": "SUITE_NOT_SUPPORTED"}
    for id, members, name, reason in (
        ("suite-of-the-future", {"cryptosuite": "bees-2030"}, "bees-2030", "A suite that nobody has heard of."),
        ("suite-case", {"cryptosuite": "EDDSA-JCS-2022"}, "EDDSA-JCS-2022", "Suite names are case-sensitive."),
        (
            "suite-bbs-2020",
            {"type": "BbsBlsSignature2020", "cryptosuite": ...},
            "BbsBlsSignature2020",
            "A draft of its time, which bbs-2023 took the place of.",
        ),
        ("suite-as-type", {"type": JCS, "cryptosuite": ...}, JCS, "A cryptosuite's name is no type."),
        (
            "suite-as-cryptosuite",
            {"cryptosuite": "Ed25519Signature2020"},
            "Ed25519Signature2020",
            "A type's name is no cryptosuite.",
        ),
        (
            "suite-of-objects",
            {"type": "constructor", "cryptosuite": ...},
            "constructor",
            "A name that every JavaScript object knows.",
        ),
        ("suite-missing", {"cryptosuite": ...}, "?", "A Data Integrity proof without a cryptosuite."),
        ("suite-number", {"cryptosuite": 2022}, "?", "A cryptosuite that is a number."),
        ("suite-type-list", {"type": ["DataIntegrityProof"]}, "?", "A type in a list is no name."),
        ("suite-type-missing", {"type": ...}, "?", "A proof without a type."),
    ):
        rows.add(
            id,
            "cannot-check",
            by_hand(plain(), **members),
            reason,
            detail={"signature": {"unknownSuites": [name]}},
            **unknown,
        )
    document = plain()
    mine = proof(document, JCS)
    new = by_hand(document, cryptosuite="eddsa-jcs-2031")["proof"]
    rows.honest(
        "unknown-beside-known",
        document | {"proof": [new, mine]},
        "An unknown suite beside a known one is listed, not counted.",
        flags=(JCS,),
        detail=issuers(JCS, unknownSuites=["eddsa-jcs-2031"]),
    )
    rows.honest(
        "unknown-expired",
        document | {"proof": [new | {"expires": "2020-01-01T00:00:00Z"}, mine]},
        "The dates of a proof that was not counted do not count.",
        flags=(JCS,),
    )
    rows.add(
        "unknown-by-other",
        "failed",
        document | {"proof": new | {"verificationMethod": THEIRS}},
        "A suite that we do not know, by a key that is not the issuer's: whose it is comes first.",
        signature="NO_ISSUER_PROOF",
    )
    rows.add(
        "unknown-suites-sorted",
        "cannot-check",
        document | {"proof": [new | {"cryptosuite": name} for name in ("😀", "～", "b", "a", "b")]},
        "Unknown suites are listed by code point, each once.",
        detail={"signature": {"unknownSuites": ["a", "b", "～", "😀"]}},
        **unknown,
    )
    rows.add(
        "suite-relabelled",
        "failed",
        edited(signed(badge(), RDFC), lambda d: d["proof"].update(cryptosuite=JCS)),
        "A proof relabelled as another suite of the same key: the name is signed.",
        signature="SIGNATURE_INVALID",
    )


def _options(rows: Family) -> None:
    malformed: dict[str, Any] = {"signature": "MALFORMED_PROOF"}
    wrong: dict[str, Any] = {"signature": "WRONG_PURPOSE"}
    for id, purpose in (
        ("purpose-authentication", "authentication"),
        ("purpose-case", "AssertionMethod"),
        ("purpose-iri", "https://w3id.org/security#assertionMethod"),
        ("purpose-empty", ""),
    ):
        rows.add(
            id,
            "failed",
            by_hand(plain(), proofPurpose=purpose),
            f"A purpose other than assertionMethod, rightly signed: “{purpose}”.",
            **wrong,
        )
    for id, members, reason in (
        ("purpose-missing", {"proofPurpose": ...}, "No purpose."),
        ("purpose-list", {"proofPurpose": ["assertionMethod"]}, "A purpose in a list."),
        ("purpose-null", {"proofPurpose": None}, "A null purpose."),
        ("created-number", {"created": 1767312000}, "`created` as a number."),
        ("expires-number", {"expires": 1767312000}, "`expires` as a number."),
        ("created-list", {"created": [CREATED]}, "`created` in a list."),
    ):
        rows.add(id, "failed", by_hand(plain(), **members), reason, **malformed)
    rows.add(
        "previous-proof",
        "failed",
        by_hand(plain(), previousProof="urn:uuid:5b8f7c1e-0000-4000-8000-000000000001"),
        "A chained proof is valid only with the one before it, which is not there.",
        signature="PROOF_CHAIN_BROKEN",
    )
    rows.honest(
        "previous-proof-null",
        by_hand(plain(), previousProof=None),
        "A null previousProof is none.",
        flags=(JCS,),
    )
    rows.honest(
        "extra-options",
        by_hand(plain(), id="urn:x:proof", nonce="n", domain="fernwald.example", challenge="c"),
        "Options that ask nothing of us are signed like the others.",
        flags=(JCS,),
    )
    rows.add(
        "purpose-before-chain",
        "failed",
        by_hand(plain(), previousProof="urn:x", proofPurpose="authentication"),
        "The purpose is asked before the chain.",
        **wrong,
    )


def _values(rows: Family) -> None:
    honest = signed(plain())
    value: str = honest["proof"]["proofValue"]
    for id, changed, reason in (
        ("value-no-z", value[1:], "The multibase letter is missing."),
        ("value-base64", "u" + "A" * 86, "Base64url is another multibase."),
        ("value-base16", "f" + "0" * 128, "Base16 is another multibase."),
        ("value-capital-z", "Z" + value[1:], "Z is base58flickr."),
        ("value-empty", "", "An empty value."),
        ("value-only-z", "z", "A letter and nothing behind it."),
        ("value-newline", value + "\n", "A newline at the end of the value, which `$` in a pattern lets through."),
        ("value-space", value[:9] + " " + value[9:], "White space within, which decoders skip."),
        ("value-leading-space", " " + value, "White space before."),
        ("value-padding", value + "=", "Padding, which base58 does not have."),
        ("value-alphabet", value[:-1] + "0", "0 is not in the alphabet of base58btc."),
        ("value-letter-l", value[:-1] + "l", "l is not in the alphabet of base58btc."),
        ("value-unicode", value[:-1] + "１", "A full-width digit."),
        ("value-short", multibase(b"\x07" * 63), "Sixty-three bytes."),
        ("value-long", multibase(b"\x07" * 65), "Sixty-five bytes."),
        (
            "value-leading-one",
            "z1" + value[1:],
            "A leading 1 is a byte 00 more: sixty-five bytes that are the same number.",
        ),
        ("value-endless", "z" + "2" * 5000, "A value too long to be decoded in reasonable time."),
        ("proof-value-number", 7, "A value that is a number."),
        ("proof-value-list", [value], "A value in a list."),
    ):
        document = honest | {"proof": honest["proof"] | {"proofValue": changed}}
        rows.add(id, "failed", document, reason, signature="MALFORMED_PROOF", detail=issuers(JCS))
    rows.add(
        "value-missing",
        "failed",
        plain(proof=jcs_options()),
        "No value at all.",
        signature="MALFORMED_PROOF",
    )
    rows.add(
        "value-zero",
        "failed",
        honest | {"proof": honest["proof"] | {"proofValue": multibase(bytes(64))}},
        "Sixty-four zero bytes: R is y = 0 and S = 0.",
        signature="SIGNATURE_INVALID",
    )
    rows.add(
        "value-and-jws",
        "failed",
        edited(honest, lambda d: d["proof"].update(jws="eyJ..x")),
        "A second value beside the first, added after signing.",
        signature="SIGNATURE_INVALID",
    )
