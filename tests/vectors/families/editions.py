"""Contexts that stood at one URL one after the other: each is tried (docs/verification.md, 1, Contexts).

https://www.w3.org/ns/credentials/v2 had an `@vocab` once, by which every word meant something.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from nacl.signing import SigningKey

from families.kit import (
    ISSUER,
    RDFC,
    ROOT,
    V2,
    Family,
    Json,
    badge,
    edited,
    jcs_options,
    method_of,
    multibase,
    seed,
    signed,
)
from families.linked import canonical

OLDER = json.loads((ROOT / "portfolio_gen/contexts/table.json").read_text("utf-8"))[V2]["older"]


def older(document: Json, key: str = "issuer") -> Json:
    """Return the document with an eddsa-rdfc-2022 proof over the context that stood there before, by PyLD."""
    options = jcs_options(cryptosuite=RDFC)
    parts = (options | {"@context": document["@context"]}, document)
    text = (ROOT / "portfolio_gen/contexts/data" / OLDER[0]["file"]).read_text("utf-8")
    forms = [canonical(part, instead={V2: json.loads(text)}) for part in parts]
    message = b"".join(hashlib.sha256(form).digest() for form in forms)
    return document | {"proof": options | {"proofValue": multibase(SigningKey(seed(key)).sign(message).signature)}}


def family() -> Family:
    rows = Family("editions", RDFC)
    detail: dict[str, Any] = {"suites": [RDFC], "methods": [method_of(ISSUER)]}
    motto = badge(motto="Per aspera")
    good = older(motto)
    rows.honest(
        "older",
        good,
        "Signed when the context still gave every word a meaning; the report names that context.",
        detail={"signature": detail | {"contexts": [f"{V2} {OLDER[0]['sha256']}"]}},
    )
    rows.honest(
        "both",
        older(badge()),
        "Without such words both contexts say the same, and the newest is enough.",
        detail={"signature": detail},
    )
    rows.add(
        "older-tampered",
        "failed",
        edited(good, lambda document: document.update(motto="Per astra")),
        "A word changed that only the older context covers.",
        signature="UNSIGNED_TERM",
    )
    rows.add(
        "older-name-tampered",
        "failed",
        edited(good, lambda document: document.update(name="Beekeeping for masters")),
        "A name changed that both contexts cover.",
        signature="UNSIGNED_TERM",
    )
    rows.add(
        "newest-with-more",
        "failed",
        signed(badge(), RDFC) | {"motto": "Per aspera"},
        "A word added that the context which was signed does not know; an older one does, and does not verify.",
        signature="UNSIGNED_TERM",
    )
    dropped = badge(motto="Per aspera", evidence=[{"id": "hive.html", "type": ["Evidence"]}])
    rows.add(
        "older-drops",
        "failed",
        older(dropped),
        "What the older context drops is unsigned as well: a relative identifier.",
        signature="UNSIGNED_TERM",
        detail={"signature": detail | {"pointers": ["/motto"]}},
    )
    rows.add(
        "older-unusual",
        "failed",
        older(badge(motto="Per aspera", **{"https://schema.org/name": "Beekeeping"})),
        "With the older context too, no key is spelt as an IRI, by which an end or a status could be overlooked.",
        signature="UNSIGNED_TERM",
        detail={"signature": detail | {"pointers": ["/motto"]}},
    )
    rows.add(
        "older-other-key",
        "failed",
        older(motto, "other"),
        "Signed over the older context with a key that is not the one named.",
        signature="UNSIGNED_TERM",
    )
    spelt = edited(signed(badge(), RDFC), lambda document: document.update({"https://schema.org/name": "Beekeeping"}))
    rows.add(
        "newest-unusual",
        "cannot-check",
        spelt,
        "What cannot be told with the newest context is not tried with an older one.",
        signature="UNUSUAL_SPELLING",
    )
    return rows
