"""Comprehensive learner records (CLR 2.0): a record's own verdict, and one for each credential in it."""

from __future__ import annotations

import copy
import json
from typing import Any

from families.kit import (
    ISSUER,
    JCS,
    OB,
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

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
CLR_200 = "https://purl.imsglobal.org/spec/clr/v2p0/context.json"
LEARNER = "did:example:ada"
AT = "/credentialSubject/verifiableCredential"
BEES = signed(badge(), RDFC)
BOTH = tuple((f"{AT}/{index}", "vc2-json", "verified") for index in (0, 1))


def course(number: int) -> Json:
    achievement = f"https://fernwald.example/achievements/{number}"
    subject: Json = copy.deepcopy(badge()["credentialSubject"])
    subject["achievement"].update(id=achievement, name=f"Course {number}", criteria={"narrative": f"Exam {number}."})
    return badge(
        id=f"https://fernwald.example/credentials/{number}", name=f"Course {number}", credentialSubject=subject
    )


def record(*inside: Json | str, context: str = CLR, **subject: Any) -> Json:
    return {
        "@context": [V2, context, OB],
        "id": "https://fernwald.example/records/1",
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Fernwald Academy"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Transcript",
        "credentialSubject": {
            "id": LEARNER,
            "type": ["ClrSubject"],
            "verifiableCredential": list(inside),
            "association": [
                {
                    "type": ["Association"],
                    "associationType": "isParentOf",
                    "sourceId": "https://fernwald.example/achievements/1",
                    "targetId": "https://fernwald.example/achievements/2",
                }
            ],
        }
        | subject,
    }


def family() -> Family:
    rows = Family("records")
    _good(rows)
    _bad(rows)
    _damaged(rows)
    _moved(rows)
    return rows


def _add(rows: Family, id: str, verdict: str, content: Json | bytes | str, reason: str, **more: object) -> None:
    rows.add(id, verdict, content, reason, **({"format": "clr2-json"} | more))  # type: ignore[arg-type]


def _honest(rows: Family, id: str, content: Json | bytes | str, reason: str, **more: object) -> None:
    rows.honest(id, content, reason, **({"format": "clr2-json"} | more))  # type: ignore[arg-type]


def courses() -> tuple[Json, Json]:
    return signed(course(1), RDFC), signed(course(2), RDFC)


def summary() -> Json:
    """The achievement of the first course, as the record repeats it."""
    achievement: Json = course(1)["credentialSubject"]["achievement"]
    return achievement


def _good(rows: Family) -> None:
    _honest(
        rows,
        "record",
        signed(record(*courses()), RDFC),
        "Two courses of one learner: in RDF, the record's subject and theirs are one node.",
        inner=BOTH,
    )
    _honest(
        rows,
        "record-2-0-0",
        signed(record(*courses(), context=CLR_200), RDFC),
        "A record with the context of CLR 2.0.0.",
        inner=BOTH,
    )
    _honest(
        rows,
        "record-with-achievements",
        signed(record(*courses(), achievement=[summary()]), RDFC),
        "A record may repeat an achievement word for word.",
        inner=BOTH,
    )
    _honest(
        rows,
        "record-jcs",
        signed(record(*courses()), JCS),
        "A record that is signed as JSON.",
        inner=BOTH,
    )
    _honest(
        rows,
        "record-data-model-1",
        by_hand(plain(**{"@context": [V1]}, type=["VerifiableCredential", "ClrCredential"])),
        "A record of the data model 1.1, with nothing in it.",
        inner=(),
    )
    forged = edited(courses()[1], lambda file: file.update(name="Course 3"))
    _honest(
        rows,
        "record-of-a-forgery",
        signed(record(courses()[0], forged), RDFC),
        "The record's issuer took in a forged credential: the record is as signed, and the credential still forged.",
        inner=(BOTH[0], (BOTH[1][0], "vc2-json", "failed")),
    )


def _bad(rows: Family) -> None:
    good = signed(record(*courses()), RDFC)
    _add(
        rows,
        "record-tampered",
        "failed",
        edited(good, lambda file: file.update(name="Diploma")),
        "A record whose name was changed, with its credentials as they were.",
        signature="SIGNATURE_INVALID",
        inner=BOTH,
    )
    _add(
        rows,
        "record-without-one",
        "failed",
        edited(good, lambda file: file["credentialSubject"]["verifiableCredential"].pop()),
        "A credential taken out of a record.",
        signature="SIGNATURE_INVALID",
        inner=BOTH[:1],
    )
    _add(
        rows,
        "record-with-one-more",
        "failed",
        edited(good, lambda file: file["credentialSubject"]["verifiableCredential"].append(BEES)),
        "A good credential put into a record that was signed without it.",
        signature="SIGNATURE_INVALID",
        inner=(*BOTH, (f"{AT}/2", "vc2-json", "verified")),
    )
    _add(
        rows,
        "record-by-another",
        "failed",
        signed(record(*courses()), RDFC, key="other"),
        "A record in the name of an issuer who did not sign it.",
        signature="NO_ISSUER_PROOF",
        inner=BOTH,
    )
    _add(
        rows,
        "record-wrong-key",
        "failed",
        by_hand(record(), key="other"),
        "A record's proof names the issuer's key and is by another.",
        signature="SIGNATURE_INVALID",
        inner=(),
    )
    _add(
        rows,
        "record-unsigned",
        "cannot-check",
        record(*courses()),
        "An unsigned record borrows nothing from the signed credentials in it.",
        signature="NO_PROOF",
        inner=BOTH,
    )
    _add(
        rows,
        "record-expired",
        "expired",
        signed(record(*courses()) | {"validUntil": "2026-02-01T00:00:00Z"}, RDFC),
        "A record that is over, with credentials that are not.",
        dates="EXPIRED",
        inner=BOTH,
    )
    _add(
        rows,
        "record-at-type",
        "failed",
        {"@type" if name == "type" else name: value for name, value in good.items()},
        "A record that spells its type as a keyword.",
        readable="MALFORMED_CREDENTIAL",
        detail={"readable": {"members": ["/type"]}},
    )
    _add(
        rows,
        "record-too-many",
        "cannot-check",
        by_hand(record(*["x"] * 201)),
        "A record of 201 credentials.",
        readable="TOO_MANY_INNER",
        inner=(),
    )


def _damaged(rows: Family) -> None:
    """What lacks its end or says a thing twice is known by its context's address alone (0.2): as `vc2-json`."""
    whole = json.dumps(signed(record(*courses()), RDFC)).encode()
    for id, content, code, reason in (
        ("truncated", whole[:-20], "MALFORMED_JSON", "A record that lacks its end."),
        (
            "subject-twice",
            whole[:-1] + b', "credentialSubject": {"type": ["ClrSubject"]}}',
            "DUPLICATE_KEY",
            "A record of two subjects: readers differ on which one counts.",
        ),
    ):
        _add(rows, f"record-{id}", "failed", content, reason, format="vc2-json", readable=code)
    _add(
        rows,
        "record-too-large",
        "cannot-check",
        "record",
        "A record beyond the limit of a file.",
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": 4 * 1024 * 1024 + 1},
    )


def _unusual(rows: Family, id: str, content: Json, reason: str, *places: str, inner: object = BOTH) -> None:
    detail = {"suites": [RDFC], "methods": [method_of(ISSUER)], "pointers": sorted(places)}
    _add(
        rows,
        id,
        "cannot-check",
        content,
        reason,
        signature="UNUSUAL_SPELLING",
        detail={"signature": detail},
        inner=inner,
    )


def _moved(rows: Family) -> None:
    """What a record says, moved so that the graph stays the same and a page would show something else."""
    inside = f"{AT}/0/credentialSubject"
    good = signed(record(*courses(), achievement=[summary()]), RDFC)

    def hidden(file: Json) -> None:
        subject = file["credentialSubject"]
        taken = subject["verifiableCredential"].pop()
        again = {"@context": [V2, CLR, OB], "id": LEARNER, "type": ["ClrSubject"], "verifiableCredential": [taken]}
        first = subject["verifiableCredential"][0]
        first["credentialSubject"] = [first["credentialSubject"], again]

    _unusual(
        rows,
        "record-hides-one",
        edited(good, hidden),
        "A credential of the record, moved to the same subject in another: nobody would open it there.",
        f"{inside}/1/id",
        inner=((BOTH[0][0], "vc2-json", "cannot-check"),),
    )

    def posing(file: Json) -> None:
        subject = file["credentialSubject"]
        subject["type"] = ["ClrSubject", "Profile"]

    both_types = record(*courses())
    posing(both_types)
    _unusual(
        rows,
        "record-of-two-types",
        signed(both_types, RDFC),
        "A record's subject of another type as well, which may give its words another meaning.",
        f"{AT}/0/credentialSubject/id",
        f"{AT}/1/credentialSubject/id",
    )

    def emptied(file: Json) -> None:
        [achievement] = file["credentialSubject"]["achievement"]
        file["credentialSubject"]["achievement"] = [{"id": achievement["id"]}]

    _unusual(
        rows,
        "record-achievement-emptied",
        edited(good, emptied),
        "The record's own words on an achievement are left to stand in a credential inside only.",
        f"{inside}/achievement/id",
    )

    other = record(*courses(), achievement=[summary() | {"name": "Course 1, with honours"}])
    _unusual(
        rows,
        "record-achievement-differs",
        signed(other, RDFC),
        "Two names of one achievement: which stood where is not signed.",
        f"{inside}/achievement/id",
    )
