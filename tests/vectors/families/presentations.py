"""Presentations and endorsements: credentials inside of others, each with a verdict of its own (verification 0.5)."""

from __future__ import annotations

import json

from families.kit import (
    CREATED,
    ISSUER,
    OTHER,
    RDFC,
    V1,
    V2,
    Family,
    Json,
    badge,
    by_hand,
    edited,
    method_of,
    plain,
    signed,
)
from families.lookups import answered, document

HOLDER = {"key": "other", "purpose": "authentication"}
FILE_BYTES = 4 * 1024 * 1024
GOOD = ("/verifiableCredential/0", "vc2-json", "verified")
CREDENTIAL = signed(plain())


def presented(*credentials: Json | str, **members: object) -> Json:
    document: Json = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": OTHER,
        "verifiableCredential": list(credentials) or [CREDENTIAL],
    }
    return {name: value for name, value in (document | members).items() if value is not ...}


def held(unsigned: Json, **members: object) -> Json:
    """Return the presentation with a proof of ours, by the holder unless the options say otherwise."""
    options = {"proofPurpose": "authentication", "verificationMethod": method_of(OTHER), **members}
    return by_hand(unsigned, **({"key": "other"} | options))  # type: ignore[arg-type]


def family() -> Family:
    rows = Family("presentations")
    _whose(rows)
    _what(rows)
    _forms(rows)
    _canonical(rows)
    _endorsements(rows)
    return rows


def _add(rows: Family, id: str, verdict: str, content: Json | bytes | str, reason: str, **more: object) -> None:
    rows.add(id, verdict, content, reason, **({"format": "presentation"} | more))  # type: ignore[arg-type]


def _honest(rows: Family, id: str, content: Json | bytes | str, reason: str, **more: object) -> None:
    rows.honest(id, content, reason, **({"format": "presentation"} | more))  # type: ignore[arg-type]


def _whose(rows: Family) -> None:
    asked = {"challenge": "c-1", "domain": ["b.example", "a.example"]}
    detail = {
        "signature": {
            "suites": ["eddsa-jcs-2022"],
            "methods": [method_of(OTHER)],
            "challenges": ["c-1"],
            "domains": ["a.example", "b.example"],
        }
    }
    _honest(
        rows,
        "presented",
        signed(presented(), **HOLDER, options=asked),
        "A presentation by its holder, with what the holder was asked to sign.",
        inner=(GOOD,),
        detail=detail,
    )
    _add(
        rows,
        "presented-by-another",
        "failed",
        signed(presented(), key="issuer", purpose="authentication"),
        "A presentation that somebody else than its holder signed, be it the issuer of what is in it.",
        inner=(GOOD,),
        signature="NO_ISSUER_PROOF",
    )
    _add(
        rows,
        "presented-by-nobody",
        "partly-checked",
        signed(presented(holder=...), **HOLDER),
        "A presentation that names no holder has a signature, and nobody whose it must be.",
        signer="NO_HOLDER",
        inner=(GOOD,),
    )
    _honest(
        rows,
        "presented-for-assertion",
        signed(presented(), key="other"),
        "Wallets that only know how to issue state assertionMethod on a presentation, too.",
        inner=(GOOD,),
    )
    _add(
        rows,
        "presented-for-agreement",
        "failed",
        held(presented(), proofPurpose="keyAgreement"),
        "A presentation whose proof was made to agree on a key.",
        signature="WRONG_PURPOSE",
    )
    web = "did:web:fernwald.example"
    method = f"{web}#key-1"
    for_login = held(presented(holder=web), key="issuer", verificationMethod=method)
    login_only = answered(document(assertionMethod=..., authentication=[method]))
    _honest(
        rows,
        "holder-listed",
        for_login,
        "The holder's live document lists the key for it.",
        web=login_only,
        signer="LISTED",
    )
    _add(
        rows,
        "holder-listed-to-issue",
        "failed",
        "holder-listed",
        "The holder's document lists the key to issue with, and the proof says that the holder logged in.",
        web=answered(document()),
        signature="NO_ISSUER_PROOF",
    )
    _add(
        rows,
        "holder-issues-with-login-key",
        "failed",
        held(presented(holder=web), key="issuer", verificationMethod=method, proofPurpose="assertionMethod"),
        "The proof says that the holder asserts it, and the document lists the key for logging in.",
        web=login_only,
        signature="NO_ISSUER_PROOF",
    )
    _honest(
        rows,
        "holder-issues-with-issuing-key",
        "holder-issues-with-login-key",
        "What a proof on a presentation states is what its key must be listed for.",
        web=answered(document()),
        signer="LISTED",
    )
    _add(
        rows,
        "presented-wrong-key",
        "failed",
        held(presented(), key="third"),
        "A presentation's proof names the holder's key and is by another.",
        signature="SIGNATURE_INVALID",
    )
    _add(
        rows,
        "presented-expired",
        "expired",
        held(presented(), expires="2026-05-01T00:00:00Z"),
        "The holder let the presentation expire; what is in it is as good as before.",
        dates="EXPIRED",
        inner=(GOOD,),
    )
    _add(
        rows,
        "presented-in-future",
        "not-yet-valid",
        held(presented(), created="2027-01-01T00:00:00Z"),
        "A presentation that was signed next year.",
        dates="NOT_YET_VALID",
        inner=(GOOD,),
    )


def _what(rows: Family) -> None:
    forged = edited(CREDENTIAL, lambda file: file.update(name="Beekeeping for masters"))
    old = signed(plain(validUntil="2026-02-01T00:00:00Z"))
    inner = (
        GOOD,
        ("/verifiableCredential/1", "vc2-json", "failed"),
        ("/verifiableCredential/2", "vc2-json", "expired"),
    )
    _add(
        rows,
        "unsigned-mixed",
        "cannot-check",
        presented(CREDENTIAL, forged, old),
        "Each credential has a verdict of its own; the first does not speak for the others.",
        signature="NO_PROOF",
        inner=inner,
    )
    _honest(
        rows,
        "signed-mixed",
        signed(presented(CREDENTIAL, forged, old), **HOLDER),
        "A holder may present what is forged or over; what is inside keeps its verdicts.",
        inner=inner,
    )
    _add(
        rows,
        "one-exchanged",
        "failed",
        signed(presented(), **HOLDER) | {"verifiableCredential": [signed(plain(name="Beekeeping for masters"))]},
        "Another credential of the same issuer in the place of the one that was presented.",
        signature="SIGNATURE_INVALID",
        inner=(GOOD,),
    )
    _honest(
        rows,
        "single-object",
        signed(presented(verifiableCredential=CREDENTIAL), **HOLDER),
        "One credential need not be a list.",
        inner=(("/verifiableCredential", "vc2-json", "verified"),),
    )
    _honest(
        rows,
        "presentation-within",
        held(presented(signed(presented(), **HOLDER))),
        "A presentation may hold a presentation.",
        inner=(("/verifiableCredential/0", "presentation", "verified"),),
    )
    _honest(
        rows,
        "presents-nothing",
        signed(presented(verifiableCredential=...), **HOLDER),
        "A presentation of nothing.",
        inner=(),
    )
    enveloped = {"@context": V2, "type": "EnvelopedVerifiableCredential"}
    _honest(
        rows,
        "enveloped-nonsense",
        held(presented(enveloped | {"id": "data:application/vc+jwt,abc"}, "abc")),
        "What stands in an envelope is read as it would be alone.",
        inner=(
            ("/verifiableCredential/0", "unknown", "cannot-check"),
            ("/verifiableCredential/1", "unknown", "cannot-check"),
        ),
    )
    _add(
        rows,
        "too-many-inside",
        "cannot-check",
        held(presented(*["x"] * 201)),
        "201 credentials in one file.",
        readable="TOO_MANY_INNER",
        inner=(),
    )
    _honest(rows, "many-inside", held(presented(*["x"] * 200)), "200 credentials in one file.")


def _forms(rows: Family) -> None:
    for id, members, member, reason in (
        ("holder-number", {"holder": 7}, "holder", "A holder that is a number."),
        ("holder-without-id", {"holder": {"name": "Ada"}}, "holder", "A holder that has a name and no identifier."),
        ("inner-number", {"verifiableCredential": [7]}, "verifiableCredential", "A number for a credential."),
        ("inner-list", {"verifiableCredential": [[CREDENTIAL]]}, "verifiableCredential", "A list in the list."),
        ("both-types", {"type": ["VerifiableCredential", "VerifiablePresentation"]}, "type", "Both types at once."),
        ("other-context", {"@context": ["https://fernwald.example/c", V2]}, "@context", "Another context first."),
        ("proof-text", {"proof": "yes"}, "proof", "A presentation whose proof is a text."),
    ):
        _add(
            rows,
            f"presentation-{id}",
            "failed",
            held(presented()) | members,
            reason,
            readable="MALFORMED_CREDENTIAL",
            detail={"readable": {"members": [f"/{member}"]}},
        )
    _honest(
        rows,
        "presentation-holder-object",
        held(presented(holder={"id": OTHER, "name": "Ada Example"})),
        "A holder may be an object with a name.",
    )
    _honest(
        rows,
        "presentation-data-model-1",
        held(presented(**{"@context": [V1]})),
        "A presentation of the data model 1.1.",
        inner=(GOOD,),
    )
    whole = json.dumps(held(presented())).encode()
    _add(
        rows,
        "presentation-truncated",
        "failed",
        whole[:-20],
        "A presentation that lacks its end.",
        format="vc2-json",
        readable="MALFORMED_JSON",
    )
    _add(
        rows,
        "presentation-twice",
        "failed",
        whole[:-1] + b', "verifiableCredential": []}',
        "A presentation that says twice what it presents.",
        format="vc2-json",
        readable="DUPLICATE_KEY",
    )
    _add(
        rows,
        "presentation-too-large",
        "cannot-check",
        "presented",
        "A presentation beyond the limit of a file.",
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": FILE_BYTES + 1},
    )
    anonymous = {"type": "AnonCredPresentationProofv1", "proofPurpose": "assertionMethod", "created": CREATED}
    anonymous |= {"proofValue": "DgYdYMUYHURJLD7xdnWRinqWCEY5u5fK", "verificationMethod": "did:example:ada"}
    _add(
        rows,
        "presentation-anoncreds",
        "cannot-check",
        presented(holder=..., proof=anonymous),
        "A presentation of AnonCreds is not checked here.",
        honest=True,
        signature="SUITE_NOT_SUPPORTED",
        inner=(GOOD,),
    )


def _canonical(rows: Family) -> None:
    one = signed(badge(), RDFC)
    two = signed(badge(id="https://fernwald.example/credentials/9", name="Honey"), RDFC)
    both = (GOOD, ("/verifiableCredential/1", "vc2-json", "verified"))
    made = signed(presented(one, two), RDFC, **HOLDER)
    _honest(
        rows,
        "rdfc-presented",
        made,
        "Two credentials of one subject and one achievement: each is a graph of its own.",
        inner=both,
    )

    def renamed(file: Json) -> None:
        file["verifiableCredential"][1]["name"] = "Mead"

    _add(
        rows,
        "rdfc-presented-tampered",
        "failed",
        edited(made, renamed),
        "A word changed in a credential breaks the presentation's signature as well as its own.",
        signature="SIGNATURE_INVALID",
        inner=(GOOD, ("/verifiableCredential/1", "vc2-json", "failed")),
    )

    def exchanged(file: Json) -> None:
        first, second = file["verifiableCredential"]
        first["name"], second["name"] = second["name"], first["name"]

    _add(
        rows,
        "rdfc-presented-swapped",
        "failed",
        edited(made, exchanged),
        "Two credentials that exchanged their names.",
        signature="SIGNATURE_INVALID",
        inner=tuple((f"/verifiableCredential/{index}", "vc2-json", "failed") for index in (0, 1)),
    )

    def added(file: Json) -> None:
        file["verifiableCredential"][0]["mark"] = "A"

    place = "/verifiableCredential/0/mark"
    _add(
        rows,
        "rdfc-presented-unsigned-term",
        "failed",
        edited(made, added),
        "A word that JSON-LD drops, in a credential in a presentation.",
        signature="UNSIGNED_TERM",
        detail={"signature": {"suites": [RDFC], "methods": [method_of(OTHER)], "pointers": [place]}},
        inner=(("/verifiableCredential/0", "vc2-json", "failed"), both[1]),
    )
    _add(
        rows,
        "rdfc-presented-token",
        "cannot-check",
        edited(made, lambda file: file["verifiableCredential"].append("abc")),
        "A token in a presentation that is canonicalised as RDF: only its own signature covers it.",
        signature="UNUSUAL_SPELLING",
        inner=(*both, ("/verifiableCredential/2", "unknown", "cannot-check")),
    )


def _endorsements(rows: Family) -> None:
    about = {
        "id": "https://fernwald.example/achievements/bees",
        "type": ["EndorsementSubject"],
        "endorsementComment": "Good.",
    }
    endorsed = plain(
        type=["VerifiableCredential", "EndorsementCredential"],
        issuer={"id": OTHER, "name": "Guild of Beekeepers"},
        name="Endorsement",
        credentialSubject=about,
    )
    good = signed(endorsed, key="other")
    forged = edited(good, lambda file: file["credentialSubject"].update(endorsementComment="The best."))
    subject = {"name": "Ada Example", "achievement": {"name": "Bees", "endorsement": [good], "endorsementJwt": ["abc"]}}
    rows.honest(
        "endorsed",
        signed(
            plain(
                credentialSubject=subject,
                endorsement=[good, forged],
                issuer={"id": ISSUER, "name": "Fernwald Academy", "endorsement": good},
            )
        ),
        "Endorsements of the credential, its achievement and its issuer, each with its own verdict.",
        inner=(
            ("/endorsement/0", "vc2-json", "verified"),
            ("/endorsement/1", "vc2-json", "failed"),
            ("/credentialSubject/achievement/endorsement/0", "vc2-json", "verified"),
            ("/credentialSubject/achievement/endorsementJwt/0", "unknown", "cannot-check"),
            ("/issuer/endorsement", "vc2-json", "verified"),
        ),
    )
    _endorsements_in_rdf(rows, about)
    rows.add(
        "endorsement-added",
        "failed",
        signed(plain()) | {"endorsement": [good]},
        "An endorsement that was put in afterwards: good by itself, and no part of what was signed.",
        signature="SIGNATURE_INVALID",
        inner=(("/endorsement/0", "vc2-json", "verified"),),
    )


def _endorsements_in_rdf(rows: Family, about: Json) -> None:
    """In RDF an endorsement's subject is one node with what it names, wherever that stands."""
    bees = badge()["credentialSubject"]["achievement"]

    def praise(comment: str, **members: object) -> Json:
        subject = about | {"id": bees["id"], "endorsementComment": comment}
        types = ["VerifiableCredential", "EndorsementCredential"]
        return badge(id=f"urn:x:{comment}", type=types, name=comment, credentialSubject=subject, **members)

    inside = signed(praise("Good."), RDFC)
    subject = {"type": ["AchievementSubject"], "achievement": bees | {"endorsement": [inside]}}
    within = (("/credentialSubject/achievement/endorsement/0", "vc2-json", "verified"),)
    rows.honest(
        "endorsed-in-rdf",
        signed(badge(credentialSubject=subject), RDFC),
        "An endorsement names the achievement it stands in: one node in RDF, and no fact of the badge could move.",
        inner=within,
    )
    double = signed(praise("Poor.", endorsement=[inside]), RDFC)

    def swap(file: Json) -> None:
        file["credentialSubject"]["endorsementComment"] = "Good."
        file["endorsement"][0]["credentialSubject"]["endorsementComment"] = "Poor."

    rows.add(
        "endorsements-swapped-in-rdf",
        "cannot-check",
        edited(double, swap),
        "Two endorsements of one achievement, one in the other, have exchanged their words: the outer graph stays.",
        signature="UNUSUAL_SPELLING",
        inner=(("/endorsement/0", "vc2-json", "failed"),),
    )
