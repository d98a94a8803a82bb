"""Proof chains: a proof that signs the document together with earlier proofs (docs/verification.md, 1, Chains)."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785
from nacl.signing import SigningKey

from families.kit import (
    ISSUER,
    JCS,
    OTHER,
    RDFC,
    S2020,
    Family,
    Json,
    badge,
    by_hand,
    edited,
    issuers,
    jcs_options,
    method_of,
    multibase,
    plain,
    proof,
    seed,
)
from families.linked import did_ec, ecdsa

MINE = method_of(ISSUER)
A, B, C = (f"urn:uuid:5b8f7c1e-0000-4000-8000-00000000000{n}" for n in "abc")
WEB = "did:web:elsewhere.example#key-1"


def link(document: Json, id: str | None = None, after: list[Json] | None = None, suite: str = JCS, **more: Any) -> Json:
    """Return a proof over the document and over the proofs `after` which it comes, each with an identifier."""
    options: Json = dict(more.pop("options", {}))
    options |= {"id": id} if id else {}
    names = [earlier["id"] for earlier in after or []]
    options |= {"previousProof": names[0] if len(names) == 1 else names} if names else {}
    whole = document | {"proof": after} if after else document
    return proof(whole, suite, options=options, **more)


def with_proofs(document: Json, *proofs: Json) -> Json:
    return document | {"proof": list(proofs)}


def family() -> Family:
    rows = Family("chains")
    _good(rows)
    _structure(rows)
    _tampered(rows)
    _by_others(rows)
    _bounds(rows)
    return rows


def _good(rows: Family) -> None:
    for suite, document in ((JCS, plain()), (RDFC, badge())):
        more: Json = {"flags": (suite,), "detail": issuers(suite)}
        first = link(document, A, suite=suite)
        second = link(document, B, [first], suite)
        rows.honest(f"{suite}-two", with_proofs(document, first, second), f"{suite}: a proof after a proof.", **more)
        rows.honest(
            f"{suite}-reversed", with_proofs(document, second, first), f"{suite}: the later proof stands first.", **more
        )
        twin = link(document, C, suite=suite, created="2026-01-03T00:00:00Z")
        both = link(document, None, [first, twin], suite)
        rows.honest(f"{suite}-after-two", with_proofs(document, first, twin, both), f"{suite}: after two.", **more)
        third = link(document, None, [second], suite)
        whole = with_proofs(document, first, second, third)
        rows.honest(f"{suite}-three", whole, f"{suite}: three in a row, each over the one before.", **more)
        rows.honest(
            f"{suite}-rest",
            with_proofs(document, first),
            f"{suite}: the later proofs taken away; nobody can tell, and what is left is good.",
            **more,
        )
    # PyLD cannot name the blank nodes of two proofs by SHA-384.
    for suite, alg in (("ecdsa-jcs-2019", "ES256"), ("ecdsa-jcs-2019", "ES384"), ("ecdsa-rdfc-2019", "ES256")):
        issuer = did_ec(alg)
        base = plain(issuer=issuer) if "jcs" in suite else badge(issuer={"id": issuer, "type": ["Profile"]})
        first = ecdsa(base, suite, alg, id=A)["proof"]
        second = ecdsa(base | {"proof": [first]}, suite, alg, previousProof=A)["proof"]
        id = f"{suite}-{alg.lower()}-two"
        rows.honest(id, with_proofs(base, first, second), f"{suite} with {alg}: after a proof.", flags=(suite,))
    document = badge()
    first = link(document, A, suite=JCS)
    rows.honest(
        "chain-two-suites",
        with_proofs(document, first, link(document, None, [first], RDFC)),
        "A proof that canonicalises RDF after one that does not.",
        detail={"signature": {"suites": [JCS, RDFC], "methods": [MINE]}},
    )
    rows.honest("empty-list", by_hand(plain(), previousProof=[]), "A list of no earlier proofs: it builds on nothing.")


def _structure(rows: Family) -> None:
    document = plain()
    first = link(document, A)
    second = link(document, B, [first])
    broken: Json = {"signature": "PROOF_CHAIN_BROKEN", "detail": issuers(JCS)}
    for id, proofs, reason in (
        ("earlier-missing", [second], "The earlier proof was taken away."),
        ("missing-one", [first, link(document, None, [first, second])], "One of two earlier proofs was taken away."),
        ("missing-above", [second, link(document, None, [second])], "The proof before the one before is not there."),
        ("itself", [first | {"previousProof": A}], "A proof that builds on itself."),
        (
            "circle",
            [first | {"previousProof": B}, second],
            "Two proofs that build on each other.",
        ),
        (
            "circle-of-three",
            [first | {"previousProof": C}, second, link(document, C, [second])],
            "Three proofs that build on each other in turn.",
        ),
        (
            "two-of-one-name",
            [first, link(document, A, created="2026-01-03T00:00:00Z"), second],
            "Two proofs have the identifier that is named: which one was before?",
        ),
        (
            "before-a-circle",
            [first | {"previousProof": B}, second, link(document, None, [second])],
            "A proof that builds on a circle.",
        ),
    ):
        rows.add(id, "failed", with_proofs(document, *proofs), reason, **broken)
    for id, value, reason in (
        ("number", 7, "previousProof as a number."),
        ("list-of-number", [A, 7], "previousProof with an item that is no text."),
        ("object", {"id": A}, "previousProof as an object."),
    ):
        file = with_proofs(document, first, by_hand(document, previousProof=value)["proof"])
        rows.add(f"previous-{id}", "failed", file, reason, signature="MALFORMED_PROOF")
    rows.honest(
        "named-twice",
        with_proofs(document, first, _over(document, [first], previousProof=[A, A])),
        "The same earlier proof named twice is one.",
    )
    older = proof(badge(), S2020, options={"previousProof": A}, unsafe=True)
    rows.add(
        "older-suite",
        "cannot-check",
        with_proofs(badge(), older),
        "What Ed25519Signature2020 signs in a chain, nobody defines.",
        signature="PROOF_CHAIN_NOT_SUPPORTED",
    )


def _over(document: Json, earlier: list[Json], key: str = "issuer", **members: Any) -> Json:
    """Return an eddsa-jcs-2022 proof by hand over the document with these proofs."""
    options = jcs_options(**members)
    parts = (options, document | {"proof": earlier} if earlier else document)
    message = b"".join(hashlib.sha256(rfc8785.dumps(part)).digest() for part in parts)
    return options | {"proofValue": multibase(SigningKey(seed(key)).sign(message).signature)}


def _tampered(rows: Family) -> None:
    invalid: Json = {"signature": "SIGNATURE_INVALID"}
    for suite, document in ((JCS, plain()), (RDFC, badge())):
        first = link(document, A, suite=suite)
        second = link(document, B, [first], suite)
        changed = edited(
            with_proofs(document, first, second), lambda whole: whole.update(name="Beekeeping for masters")
        )
        rows.add(f"{suite}-tampered", "failed", changed, f"{suite}: the document changed, in a chain.", **invalid)
        alone = link(document, None, suite=suite, options={"previousProof": A})
        rows.add(
            f"{suite}-not-over",
            "failed",
            with_proofs(document, first, alone),
            f"{suite}: it names an earlier proof and was not made over it.",
            **invalid,
        )
        other = link(document, A, suite=suite, created="2026-01-03T00:00:00Z")
        rows.add(
            f"{suite}-exchanged",
            "failed",
            with_proofs(document, other, second),
            f"{suite}: the earlier proof exchanged for another good one of its name.",
            **invalid,
        )
    document = plain()
    first, twin = link(document, A), link(document, C, created="2026-01-03T00:00:00Z")
    both = link(document, None, [first, twin])
    rows.add(
        "order-changed",
        "failed",
        with_proofs(document, twin, first, both),
        "Earlier proofs are signed in the order in which they stand, where JSON is signed as it is.",
        **invalid,
    )
    spoilt = first | {"created": "2026-01-04T00:00:00Z"}
    rows.add(
        "over-a-broken-one",
        "failed",
        with_proofs(document, spoilt, link(document, None, [spoilt])),
        "A good proof over one that does not verify.",
        **invalid,
    )


def _by_others(rows: Family) -> None:
    document = plain()
    theirs = link(document, A, key="other")
    after = link(document, None, [theirs])
    other: Json = {"detail": issuers(JCS, otherProofs=1)}
    rows.honest("after-theirs", with_proofs(document, theirs, after), "The issuer after somebody else.", **other)
    mine = link(document, A)
    rows.honest(
        "theirs-after",
        with_proofs(document, mine, link(document, None, [mine], key="other")),
        "Somebody else after the issuer neither helps nor hurts.",
        **other,
    )
    rows.honest(
        "theirs-after-broken",
        with_proofs(document, mine, _over(document, [], "other", previousProof=B, verificationMethod=method_of(OTHER))),
        "A broken chain of somebody else's does not hurt.",
        **other,
    )
    spoilt = theirs | {"created": "2026-01-04T00:00:00Z"}
    for id, earlier, code, verdict, reason in (
        (
            "broken",
            spoilt,
            "SIGNATURE_INVALID",
            "failed",
            "The issuer after another's proof that does not verify.",
        ),
        (
            "unknown-suite",
            theirs | {"cryptosuite": "bees-2030"},
            "SUITE_NOT_SUPPORTED",
            "cannot-check",
            "The issuer after a proof of a suite that we do not know.",
        ),
        (
            "unresolved",
            _over(document, [], id=A, verificationMethod=WEB),
            "KEY_NOT_RESOLVED",
            "cannot-check",
            "The issuer after a proof by a key that is not known here.",
        ),
        (
            "purpose",
            link(document, A, key="other", purpose="authentication"),
            "WRONG_PURPOSE",
            "failed",
            "The issuer after a proof that somebody made to log in.",
        ),
    ):
        file = with_proofs(document, earlier, link(document, None, [earlier]))
        rows.add(f"after-theirs-{id}", verdict, file, reason, signature=code, **other)
    ended = link(document, A, key="other", options={"expires": "2026-05-01T00:00:00Z"})
    rows.add(
        "after-theirs-expired",
        "expired",
        with_proofs(document, ended, link(document, None, [ended])),
        "The issuer after a proof that has ended: what builds on it has ended too.",
        dates="EXPIRED",
        **other,
    )
    unknown = _over(document, [], id=A, cryptosuite="bees-2030")
    rows.add(
        "after-unknown-suite",
        "cannot-check",
        with_proofs(document, unknown, link(document, None, [unknown])),
        "The issuer after a proof of its own, of a suite that we do not know.",
        signature="SUITE_NOT_SUPPORTED",
        detail={"signature": {"suites": [JCS], "methods": [MINE], "unknownSuites": ["bees-2030"]}},
    )
    linked = badge()
    odd = _over(linked, [], "other", id=A, verificationMethod=method_of(OTHER), motto="Per aspera")
    signs = proof(linked | {"proof": [odd]}, RDFC, options={"previousProof": A}, unsafe=True)
    rows.add(
        "unsigned-in-theirs",
        "failed",
        with_proofs(linked, signs, odd),
        "A word in an earlier proof that JSON-LD drops.",
        signature="UNSIGNED_TERM",
        detail=issuers(RDFC, otherProofs=1, pointers=["/proof/1/motto"]),
    )


def _bounds(rows: Family) -> None:
    document = plain()
    starts = [link(document, f"urn:x:{n}", created=f"2026-01-0{n}T00:00:00Z") for n in range(1, 6)]
    for count in (4, 5):
        proofs = [*starts[:count], *(link(document, None, [start]) for start in starts[:count])]
        file = with_proofs(document, *proofs)
        if count == 4:
            rows.honest("four-sets", file, "Proofs on one credential may build on four sets of earlier ones.")
        else:
            reason = "Five sets of earlier proofs are too many to canonicalise a document with."
            rows.add("five-sets", "cannot-check", file, reason, signature="TOO_MUCH_WORK")
