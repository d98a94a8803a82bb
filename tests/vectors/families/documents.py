"""What every credential must have (verification 0.4), and what is asked about status (4) and the signer (2)."""

from __future__ import annotations

from typing import Any

from families.kit import ISSUER, JCS, OB, V1, V2, Family, Json, by_hand, did, method_of, plain, proof, signed

WEB_ISSUER = "https://fernwald.example/issuer"


def family() -> Family:
    rows = Family("documents")
    _malformed(rows)
    _shapes(rows)
    _status(rows)
    _signer(rows)
    return rows


def _broken(rows: Family, id: str, document: Json, reason: str, *members: str, **more: Any) -> None:
    """Add a credential, signed all the same, that lacks what it must have."""
    rows.add(
        id,
        "failed",
        document,
        reason,
        readable="MALFORMED_CREDENTIAL",
        detail={"readable": {"members": list(members)}},
        **more,
    )


def _malformed(rows: Family) -> None:
    for id, members, reason, pointer in (
        ("context-second", {"@context": [OB, V2]}, "The data model's context is not the first (4.3).", "/@context"),
        ("context-inline-first", {"@context": [{"a": "urn:a"}, V2]}, "An inline context comes first.", "/@context"),
        ("context-v1-first", {"@context": [V1, V2]}, "Both data models, the older one first.", "/@context"),
        ("type-missing", {"type": ...}, "No type.", "/type"),
        ("type-other", {"type": ["OpenBadgeCredential"]}, "Types without VerifiableCredential.", "/type"),
        ("type-contained", {"type": "NotAVerifiableCredential"}, "A type that contains the word.", "/type"),
        ("type-case", {"type": "verifiableCredential"}, "Types are case-sensitive.", "/type"),
        ("type-mixed", {"type": ["VerifiableCredential", 1]}, "A type that is not a string.", "/type"),
        ("type-nested", {"type": [["VerifiableCredential"]]}, "A list in the list of types.", "/type"),
        ("issuer-missing", {"issuer": ...}, "No issuer.", "/issuer"),
        ("issuer-null", {"issuer": None}, "null is the same as absent.", "/issuer"),
        ("issuer-empty", {"issuer": ""}, "An empty issuer.", "/issuer"),
        ("issuer-list", {"issuer": [ISSUER]}, "A list of issuers.", "/issuer"),
        ("issuer-no-id", {"issuer": {"name": "Fernwald Academy"}}, "An issuer with nothing but a name.", "/issuer"),
        ("issuer-id-list", {"issuer": {"id": [ISSUER]}}, "An issuer whose id is a list.", "/issuer"),
        ("issuer-at-id", {"issuer": {"@id": ISSUER}}, "An issuer whose id is spelt as a keyword.", "/issuer"),
        ("subject-missing", {"credentialSubject": ...}, "No subject.", "/credentialSubject"),
        ("subject-empty-list", {"credentialSubject": []}, "An empty list of subjects.", "/credentialSubject"),
        ("subject-number", {"credentialSubject": 7}, "A subject that is a number.", "/credentialSubject"),
        ("subject-empty", {"credentialSubject": ""}, "A subject that is an empty string.", "/credentialSubject"),
        ("subject-nested", {"credentialSubject": [[{}]]}, "A list in the list of subjects.", "/credentialSubject"),
    ):
        _broken(rows, id, by_hand(plain(**members)), reason, pointer)
    _broken(
        rows,
        "context-v1-second",
        by_hand(plain(**{"@context": [OB, V1]})),
        "For the data model 1.1 its own context must be the first.",
        "/@context",
        format="vc1-json",
    )
    _broken(
        rows,
        "type-keyword",
        by_hand(plain(type=..., **{"@type": ["VerifiableCredential"]})),
        "The type as a keyword.",
        "/type",
    )
    _broken(rows, "proof-string", plain(proof="z123"), "A proof that is a string.", "/proof")
    _broken(rows, "proof-list-string", plain(proof=["z123"]), "A list of proofs with a string in it.", "/proof")
    _broken(rows, "proof-list-null", plain(proof=[None]), "A list of proofs with a null in it.", "/proof")
    _broken(
        rows,
        "several-missing",
        {"@context": [V2], "type": [], "proof": 1},
        "All that is wrong is told at once, sorted.",
        "/credentialSubject",
        "/issuer",
        "/proof",
        "/type",
    )


def _shapes(rows: Family) -> None:
    for id, members, reason in (
        ("type-string", {"type": "VerifiableCredential"}, "One type may stand as a string."),
        (
            "type-last",
            {"type": ["urn:x:y", "VerifiableCredential"]},
            "VerifiableCredential need not be the first type.",
        ),
        ("context-string", {"@context": V2}, "One context may stand as a string."),
        ("issuer-string", {"issuer": ISSUER}, "An issuer may be its identifier alone."),
        ("subject-list", {"credentialSubject": [{"id": "did:example:ada"}, {"name": "Bob"}]}, "Several subjects."),
        ("subject-string", {"credentialSubject": "did:example:ada"}, "A subject may be its identifier alone."),
        ("subject-string-list", {"credentialSubject": ["did:example:ada", {}]}, "Identifiers and objects in one list."),
        ("subject-empty-object", {"credentialSubject": {}}, "An empty object is an object."),
        ("both-contexts", {"@context": [V2, V1]}, "Both data models, the newer first: under JCS a vc2-json."),
    ):
        rows.honest(f"shape-{id}", by_hand(plain(**members)), reason, flags=(JCS,))


def _status(rows: Family) -> None:
    entry = {"type": "FernwaldStatus2031", "statusListIndex": "7"}
    for id, status, types, reason in (
        ("status-entry", entry, ["FernwaldStatus2031"], "A status of a type that nobody knows is no clean bill."),
        (
            "status-list",
            [entry | {"type": ["FernwaldStatus2031", "Bees", "Bees"]}, {"type": "FernwaldStatus2032"}, entry],
            ["Bees", "FernwaldStatus2031"],
            "Several entries: the first that is not known, with its types sorted, each once.",
        ),
        ("status-string", "https://fernwald.example/status/1", [], "A status that is only an address."),
        ("status-false", False, [], "Only null and an empty list are no status; false, which is as falsy, is one."),
        ("status-empty-object", {}, [], "An empty object, which is falsy in Python, is a status."),
    ):
        rows.add(
            id,
            "partly-checked",
            signed(plain(credentialStatus=status)),
            reason,
            status="NOT_SUPPORTED",
            detail={"status": {"types": types}} if types else None,
        )
    rows.honest("status-null", signed(plain(credentialStatus=None)), "A null status is no status.", flags=(JCS,))
    rows.honest("status-no-entries", signed(plain(credentialStatus=[])), "An empty list of entries is no status.")
    rows.add(
        "status-expired",
        "expired",
        signed(plain(credentialStatus=entry, validUntil="2026-02-01T00:00:00Z")),
        "An unread status does not hide that a credential has expired.",
        status="NOT_SUPPORTED",
        dates="EXPIRED",
    )
    rows.add(
        "status-removed",
        "failed",
        {name: value for name, value in signed(plain(credentialStatus=entry)).items() if name != "credentialStatus"},
        "A status entry taken out after signing.",
        signature="SIGNATURE_INVALID",
    )


def _signer(rows: Family) -> None:
    unknown: dict[str, Any] = {"signer": "ISSUER_NOT_RESOLVED"}
    for id, issuer, reason in (
        (
            "https-issuer",
            WEB_ISSUER,
            "A key that its document alone ties to a web address: the signature holds, the signer is open.",
        ),
        ("did-web-issuer", "did:web:fernwald.example", "The same with a did:web that was not looked up."),
        ("urn-issuer", "urn:uuid:5b8f7c1e-0000-4000-8000-000000000000", "The same with a name that nothing resolves."),
        ("did-key-upper", ISSUER.replace("did:key:", "DID:KEY:"), "DIDs are case-sensitive: DID:KEY is no did:key."),
        ("did-key-space", " " + ISSUER, "An identifier with a space before it is another identifier."),
    ):
        rows.add(id, "partly-checked", by_hand(plain(issuer=issuer)), reason, flags=(JCS,), **unknown)
    rows.add(
        "https-issuer-changed",
        "failed",
        by_hand(plain(issuer=WEB_ISSUER)) | {"issuer": WEB_ISSUER + "/2"},
        "Not knowing the issuer's document excuses no broken signature.",
        signature="SIGNATURE_INVALID",
    )
    web = "did:web:fernwald.example"
    rows.add(
        "did-web-method",
        "cannot-check",
        by_hand(plain(issuer=web), verificationMethod=f"{web}#key-1"),
        "A key that only a look-up would give.",
        signature="KEY_NOT_RESOLVED",
        detail={"signature": {"suites": [JCS], "methods": [f"{web}#key-1"]}},
    )
    rows.add(
        "did-web-method-answered",
        "cannot-check",
        by_hand(plain(issuer=web), verificationMethod=f"{web}#key-2"),
        "An answer that holds no key resolves none.",
        signature="KEY_NOT_RESOLVED",
        web={
            web: {
                "bytes": "e30=",
                "status": 200,
                "type": "application/did+json",
                "at": "2026-06-01T00:00:00Z",
                "source": "copy",
            }
        },
    )
    rows.add(
        "https-method",
        "partly-checked",
        by_hand(plain(issuer=WEB_ISSUER), verificationMethod=f"{WEB_ISSUER}#{ISSUER.removeprefix('did:key:')}"),
        "A key in the fragment of an address that nobody resolved leaves the signer open (DESIGN rule 6).",
        signer="KEY_ONLY_IN_DOCUMENT",
    )
    document = plain(issuer=WEB_ISSUER)
    foreign = method_of(did("other"))
    both = [proof(document, JCS), proof(document, JCS, key="other")]
    rows.add(
        "https-issuer-two",
        "partly-checked",
        document | {"proof": both},
        "Where the issuer's document is not known, any proof may be the issuer's, and all of them verify.",
        detail={"signature": {"suites": [JCS], "methods": sorted([method_of(ISSUER), foreign])}},
        **unknown,
    )
    rows.add(
        "https-issuer-two-one-bad",
        "failed",
        document | {"proof": [both[0], both[1] | {"created": "2026-01-03T00:00:00Z"}]},
        "Any proof may be the issuer's, so one that does not verify cannot be passed over.",
        signature="SIGNATURE_INVALID",
    )
    rows.add(
        "https-issuer-two-one-open",
        "cannot-check",
        document | {"proof": [both[0], by_hand(document, verificationMethod=f"{WEB_ISSUER}#key-1")["proof"]]},
        "Any proof may be the issuer's, so one whose key is not known leaves the signature open.",
        signature="KEY_NOT_RESOLVED",
    )
