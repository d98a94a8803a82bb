"""JWS JSON (docs/verification.md, JWS JSON and Certificates): European Digital Credentials, and others signed so."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from families import certificates as cert
from families.certificates import BEGINS, ENDS, SUBJECT, changed, inside, intermediate, named, root, seal, tlv, x5c
from families.jose import b64, json_by_jose, jwk, selective, signature
from families.jwt import HEADER, KID
from families.kit import ISSUER, OTHER, V1, V2, Family, Json, edited, method_of, plain
from families.sd_jwt import HEAD as HEAD_SD
from families.sd_jwt import HOLDER, binding, course, disclosure

EDC = "http://data.europa.eu/snb/model/context/edc-ap"
ORGANISATION = "urn:epass:org:fernwald"
SIGNED_AT = "2026-01-12T08:58:28Z"
CA = f"CN={cert.AUTHORITY},organizationIdentifier=VATXX-87654321,O=Example Trust Services,C=XX"
HEAD = CA.replace(cert.AUTHORITY, cert.ROOT)


def concept(scheme: str, code: str, **labels: str) -> Json:
    base = f"http://data.europa.eu/snb/{scheme}"
    return {
        "id": f"{base}/{code}",
        "type": "Concept",
        "inScheme": {"id": base, "type": "ConceptScheme"},
        "prefLabel": labels,
    }


def european(**members: Any) -> Json:
    """A European Digital Credential about a course with an examination, as ELM 3 has it."""
    university = {"id": ORGANISATION, "type": "Organisation", "legalName": {"en": "Fernwald University"}}
    whole: Json = {
        "@context": [V1, EDC],
        "id": "urn:credential:fernwald:7",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": university,
        "issuanceDate": SIGNED_AT,
        "issued": SIGNED_AT,
        "validFrom": SIGNED_AT,
        "displayParameter": {
            "id": "urn:epass:displayParameter:1",
            "type": "DisplayParameter",
            "title": {"en": "Micro-credential in beekeeping", "de": "Microcredential Imkerei"},
            "primaryLanguage": concept("language", "ENG", en="English"),
        },
        "credentialSubject": {
            "id": "urn:epass:person:1",
            "type": "Person",
            "fullName": {"en": "Ada Example"},
            "hasClaim": [
                {
                    "id": "urn:epass:learningAchievement:1",
                    "type": "LearningAchievement",
                    "title": {"en": "Beekeeping for beginners", "de": "Imkern für Anfänger"},
                    "description": {"en": ["Keeps a hive through a winter.", "Knows the law."]},
                    "awardedBy": {
                        "id": "urn:epass:awardingProcess:1",
                        "type": "AwardingProcess",
                        "awardingBody": university,
                    },
                    "creditReceived": {
                        "type": "CreditPoint",
                        "framework": concept("education-credit", "6fcec5c5af", en="European Credit Transfer System"),
                        "point": "5",
                    },
                    "provenBy": {
                        "id": "urn:epass:learningAssessment:1",
                        "type": "LearningAssessment",
                        "title": {"en": "Examination at the hive"},
                        "grade": {"type": "Note", "noteLiteral": {"en": "very good"}},
                    },
                    "specifiedBy": {
                        "id": "urn:epass:learningAchievementSpec:1",
                        "type": "LearningAchievementSpecification",
                        "title": {"en": "Beekeeping for beginners"},
                        "volumeOfLearning": "PT125H",
                        "eqfLevel": concept("eqf", "5", en="Level 5", de="Niveau 5"),
                        "learningOutcome": {
                            "id": "urn:epass:learningOutcome:1",
                            "type": "LearningOutcome",
                            "title": {"en": "Winters a colony"},
                            "relatedESCOSkill": concept("esco/skill", "4711", en="keep bees", de="Bienen halten"),
                        },
                    },
                }
            ],
        },
    }
    return {member: value for member, value in (whole | members).items() if value is not ...}


def header(chain: list[str] | None = None, **members: Any) -> Json:
    """A header as the European issuer's is: an unencoded payload, the time of signing, and certificates."""
    whole: Json = {
        "alg": "RS256",
        "typ": "jose+json",
        "cty": "octet-stream",
        "x5c": x5c(seal()) if chain is None else chain,
        "b64": False,
        "sigT": SIGNED_AT,
        "crit": ["b64", "sigT"],
    }
    return {member: value for member, value in (whole | members).items() if value is not ...}


def encoded(payload: Any) -> str:
    return payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


def one(head: Any, payload: str, *, key: str = "issuer", signing: str = "", beside: Any = ..., **members: Any) -> Json:
    """One signature over `payload` as it stands in the file, by hand; `signing` is the algorithm really used."""
    protected = head if isinstance(head, str) else b64(head)
    made = signature(signing or head["alg"], f"{protected}.{payload}".encode(), key)
    whole: Json = {"protected": protected, "header": beside, "signature": b64(made)}
    return {member: value for member, value in (whole | members).items() if value is not ...}


def sealed(payload: Any = None, head: Json | None = None, **more: Any) -> Json:
    """A European credential in the general form, by hand."""
    text = encoded(european() if payload is None else payload)
    return {"payload": text, "signatures": [one(header() if head is None else head, text, **more)]}


def flattened(document: Json) -> Json:
    (only,) = document["signatures"]
    return {"payload": document["payload"], **only}


def said(
    *chain: str, subject: str = SUBJECT, issuer: str = CA, begins: str = BEGINS, ends: str = ENDS, **more: Any
) -> Json:
    """The detail of `signer` for a certificate."""
    detail = {
        "subject": subject,
        "issuer": issuer,
        "notBefore": begins,
        "notAfter": ends,
        "chain": sorted(chain),
    } | more
    return {"signer": {name: value for name, value in detail.items() if value}}


def family() -> Family:
    rows = Family("jws_json", "jws-json")
    _good(rows)
    _withdrawable(rows)
    _others(rows)
    _disclosing(rows)
    _forged(rows)
    _headers(rows)
    _forms(rows)
    _several(rows)
    _dates(rows)
    _chains(rows)
    _broken_certificates(rows)
    _odd_certificates(rows)
    return rows


NOT_ANCHORED = {"format": "jws-json", "signer": "CERTIFICATE_NOT_ANCHORED"}


def _ok(rows: Family, id: str, document: Json, reason: str, **more: Any) -> None:
    """A European credential that is all right as far as can be told."""
    rows.honest(id, document, reason, "partly-checked", **NOT_ANCHORED | more)


def _bad(rows: Family, id: str, document: Any, reason: str, code: str = "", **more: Any) -> None:
    """A hostile file, of which `signature` has this code; with none, `more` says what is wrong with it."""
    if code:
        more["signature"] = code
    rows.add(id, more.pop("verdict", "failed"), document, reason, **{"format": "jws-json"} | more)


def _good(rows: Family) -> None:
    jose = json_by_jose(encoded(european()), header(), "RS256")
    _ok(
        rows,
        "edc-good",
        jose,
        "A European Digital Credential by the npm package jose, its payload unencoded.",
        detail=said(),
    )
    _ok(rows, "edc-flattened", flattened(sealed()), "The flattened form has its one signature beside the payload.")
    head = header(b64=..., crit=["sigT"])
    text = b64(european())
    _ok(
        rows,
        "edc-encoded",
        {"payload": text, "signatures": [one(head, text)]},
        "The payload may be encoded as in other JWSs.",
    )
    for alg in ("ES256", "ES384", "PS256"):
        _ok(rows, f"edc-{alg.lower()}", sealed(head=header(x5c(seal(alg)), alg=alg)), f"A seal with a key for {alg}.")
    thumbprint = b64(hashlib.sha256(seal()).digest())
    _ok(
        rows,
        "edc-thumbprint",
        sealed(head=header(**{"x5t#S256": thumbprint})),
        "The header names its certificate by SHA-256 too.",
    )
    _ok(
        rows,
        "edc-etsi-unprotected",
        sealed(beside={"etsiU": [b64({"sigTst": {}})]}),
        "Time stamps beside the signature, which JAdES adds later, change nothing.",
    )
    _ok(
        rows,
        "edc-jades-kid",
        sealed(head=header(kid="MGcwYKReMFwx")),
        "The `kid` of JAdES names a certificate, not a verification method.",
    )
    _ok(
        rows,
        "edc-other-member",
        {**sealed(), "note": "read me"},
        "Members beside the payload that nobody knows are passed over (RFC 7515, 7.2.1).",
    )
    member = edited(
        european(),
        lambda it: it.update(credentialStatus={"id": "https://fernwald.example/s", "type": "CredentialStatus"}),
    )
    _ok(
        rows,
        "edc-status",
        sealed(member),
        "A status of a European credential is seen and not read.",
        status="NOT_SUPPORTED",
    )


def _withdrawable(rows: Family) -> None:
    """Issuers of ELM put what may withdraw a credential under `status` as well."""
    entry = {"type": "FernwaldStatus", "id": "https://fernwald.example/status#7"}
    kid = {"alg": "EdDSA", "kid": KID}
    own = {"id": ISSUER, "type": "Organisation", "legalName": {"en": "Fernwald University"}}
    for id, members in (("alone", {"status": [entry]}), ("beside", {"status": entry, "credentialStatus": []})):
        text = b64(european(issuer=own, **members))
        rows.add(
            f"edc-status-{id}",
            "partly-checked",
            {"payload": text, "signatures": [one(kid, text)]},
            f"A status under `status` ({id}), which nothing here reads: not to be passed over.",
            format="jws-json",
            status="NOT_SUPPORTED",
            detail={"status": {"types": ["FernwaldStatus"]}},
        )


def _others(rows: Family) -> None:
    text = b64(plain())
    head = HEADER | {"typ": "vc+jwt"}
    for id, document in (
        ("general", {"payload": text, "signatures": [one(head, text)]}),
        ("flattened", {"payload": text, **one(head, text)}),
    ):
        rows.honest(
            f"jwsjson-{id}",
            document,
            f"A credential of the data model 2.0 as JWS JSON, {id}, by a key that is its issuer.",
            format="jws-json",
            detail={"signature": {"suites": ["EdDSA"], "methods": [KID]}},
        )
    document = {"payload": text, "signatures": [one({"alg": "EdDSA"}, text, beside={"kid": KID})]}
    rows.honest(
        "jwsjson-kid-unprotected",
        document,
        "Which key to try may stand beside the signature: it has to fit.",
        format="jws-json",
    )
    vp = b64({"@context": [V2], "type": ["VerifiablePresentation"], "holder": ISSUER, "verifiableCredential": []})
    rows.honest(
        "jwsjson-presentation",
        {"payload": vp, **one(HEADER | {"typ": "vp+jwt"}, vp)},
        "A presentation as JWS JSON.",
        format="jws-json",
        dates="NO_DATES",
        inner=(),
    )
    claims = b64({"iss": ISSUER, "vc": {**plain(), "issuer": ISSUER}})
    rows.honest(
        "jwsjson-claims",
        {"payload": claims, **one(HEADER, claims)},
        "Claims with the credential as `vc`, as JWS JSON.",
        format="jws-json",
    )
    told = b64({"iss": OTHER, **plain()})
    _bad(
        rows,
        "jwsjson-iss-contradicts",
        {"payload": told, **one(HEADER, told)},
        "Claims that contradict the credential, as JWS JSON.",
        "CLAIM_MISMATCH",
    )


def _disclosing(rows: Family) -> None:
    """SD-JWTs in JSON (RFC 9901, 8): disclosures and key binding stand beside the signature."""
    compact = selective(HEAD_SD, course(cnf={"jwk": jwk("EdDSA", HOLDER)}), {"_sd": ["given_name", "family_name"]})
    issued, *texts, _ = compact.split("~")
    protected, payload, made = issued.split(".")
    same = {"protected": protected, "signature": made}
    bound = binding(compact)

    def several(*signatures: Json) -> Json:
        return {"payload": payload, "signatures": list(signatures)}

    def flat(beside: Any = ..., **members: Any) -> Json:
        whole = {"payload": payload, "header": beside, **same} | members
        return {name: value for name, value in whole.items() if value is not ...}

    def ok(id: str, document: Json, reason: str, **more: Any) -> None:
        rows.honest(f"sdjson-{id}", document, reason, **{"format": "jws-json"} | more)

    def bad(id: str, document: Json, reason: str, code: str = "", **more: Any) -> None:
        if code:
            more["readable"] = code
        _bad(rows, f"sdjson-{id}", document, reason, **more)

    both = {"disclosures": texts}
    listed = {"signature": {"suites": ["EdDSA"], "methods": [KID]}}
    ok(
        "flattened",
        flat(both),
        "An SD-JWT by the npm package @sd-jwt/core, its parts in the flattened form.",
        detail={"readable": {"disclosures": 2}} | listed,
    )
    ok(
        "general",
        several(same | {"header": both}),
        "The same in the general form.",
        detail={"readable": {"disclosures": 2}},
    )
    ok(
        "withheld",
        flat({"disclosures": texts[1:]}),
        "A disclosure held back.",
        detail={"readable": {"disclosures": 1, "undisclosed": 1}},
    )
    ok(
        "none-shown",
        flat({"disclosures": []}),
        "An empty list of disclosures.",
        detail={"readable": {"undisclosed": 2}},
    )
    ok(
        "no-header",
        flat(),
        "No header beside the signature: all is held back.",
        detail={"readable": {"undisclosed": 2}},
    )
    told = {"boundAt": "2026-01-01T00:00:00Z", "boundTo": "https://employer.example"}
    ok(
        "bound",
        flat(both | {"kb_jwt": bound}),
        "Key binding is over the compact form of the same.",
        detail={"signature": listed["signature"] | told},
    )
    model = selective(HEADER | {"typ": "vc+sd-jwt"}, plain(), {"_sd": ["name"]})
    first, hidden, _ = model.split("~")
    head, body, sealed_by = first.split(".")
    ok(
        "data-model",
        {"payload": body, "protected": head, "signature": sealed_by, "header": {"disclosures": [hidden]}},
        "A credential of the data model 2.0 with a disclosure.",
    )
    bad(
        "bound-less",
        flat({"disclosures": texts[1:], "kb_jwt": bound}),
        "A disclosure held back after the key was bound to it.",
        signature="KEY_BINDING_INVALID",
    )
    bad(
        "bound-by-another",
        flat(both | {"kb_jwt": binding(compact, key="other")}),
        "Key binding by another key than the confirmed one.",
        signature="KEY_BINDING_INVALID",
    )
    bad(
        "bound-to-nothing",
        flat(both | {"kb_jwt": "x"}),
        "A key binding that is no JWT.",
        signature="KEY_BINDING_INVALID",
    )
    bad(
        "added",
        flat({"disclosures": [*texts, disclosure("s", "degree", "PhD")]}),
        "A disclosure that nobody signed.",
        "BAD_DISCLOSURE",
    )
    bad(
        "changed",
        flat({"disclosures": [texts[0], disclosure("s", "family_name", "Other")]}),
        "A disclosure exchanged.",
        "BAD_DISCLOSURE",
    )
    bad(
        "twice",
        flat({"disclosures": [texts[0], *texts]}),
        "One disclosure twice in the list beside the signature.",
        "BAD_DISCLOSURE",
    )
    bad("joined", flat({"disclosures": ["~".join(texts)]}), "Two disclosures in one text.", "BAD_DISCLOSURE")
    flat_vc = b64(plain())
    bad(
        "nothing-hidden",
        {"payload": flat_vc, **one(HEADER, flat_vc, beside={"disclosures": [disclosure("s", "name", "x")]})},
        "A disclosure beside a credential that has no digests.",
        "BAD_DISCLOSURE",
    )
    bad(
        "tampered",
        flat(both, payload=b64(course(given_name="Other"))),
        "Another payload under the signature.",
        "BAD_DISCLOSURE",
    )
    bad(
        "tampered-unshown",
        flat(payload=b64(course(given_name="Other"))),
        "Another payload under the signature, without disclosures.",
        signature="SIGNATURE_INVALID",
    )
    for id, beside, what in (
        ("text", {"disclosures": texts[0]}, "a text"),
        ("numbers", {"disclosures": [7]}, "a list of numbers"),
        ("null", {"disclosures": None}, "null"),
    ):
        bad(
            f"disclosures-{id}",
            flat(beside),
            f"Disclosures that are {what}.",
            "MALFORMED_CREDENTIAL",
            detail={"readable": {"members": ["/header"]}},
        )
    for id, value in (("empty", ""), ("null", None), ("list", [bound])):
        bad(
            f"binding-{id}",
            flat(both | {"kb_jwt": value}),
            f"A key binding that is no text with something in it: {id}.",
            "MALFORMED_CREDENTIAL",
            detail={"readable": {"members": ["/header"]}},
        )
    at_second = {"readable": {"members": ["/signatures/1/header"]}}
    bad(
        "second",
        several(same, same | {"header": both}),
        "Disclosures beside the second signature (RFC 9901, 8.2).",
        "MALFORMED_CREDENTIAL",
        detail=at_second,
    )
    bad(
        "both-signatures",
        several(same | {"header": both}, same | {"header": both}),
        "Disclosures beside two signatures.",
        "MALFORMED_CREDENTIAL",
        detail=at_second,
    )
    forged = same | {"signature": b64(bytes(64))}
    bad(
        "second-forged",
        several(same | {"header": both}, forged),
        "A second signature in the issuer's name that is none.",
        signature="SIGNATURE_INVALID",
    )


def _forged(rows: Family) -> None:
    good = sealed()
    raised = edited(good, lambda it: it.update(payload=it["payload"].replace("very good", "excellent")))
    _bad(rows, "edc-tampered", raised, "The grade was raised after signing.", "SIGNATURE_INVALID")
    spaced = edited(good, lambda it: it.update(payload=it["payload"] + " "))
    _bad(rows, "edc-space-added", spaced, "An unencoded payload is signed to the last blank.", "SIGNATURE_INVALID")
    _bad(
        rows,
        "edc-wrong-key",
        sealed(head=header(x5c(seal("ES256")), alg="ES256"), key="other"),
        "Signed with another key than that of the certificate.",
        "SIGNATURE_INVALID",
    )
    _bad(
        rows,
        "edc-rs-for-es",
        sealed(head=header(x5c(seal("ES256"))), signing="RS256"),
        "An algorithm for another kind of key than the certificate's.",
        "KEY_MISMATCH",
    )
    _bad(
        rows,
        "edc-none",
        sealed(head=header(alg="none"), signing="RS256"),
        "A seal with the algorithm `none`.",
        "ALGORITHM_NONE",
    )
    _bad(
        rows,
        "edc-shared-secret",
        sealed(head=header(alg="HS256"), signing="RS256"),
        "A seal by a shared secret.",
        "SHARED_SECRET",
    )
    _bad(rows, "edc-signature-empty", sealed(signature=""), "A seal without a signature in it.", "MALFORMED_PROOF")
    _bad(
        rows,
        "edc-signature-padded",
        edited(good, lambda it: it["signatures"][0].update(signature=it["signatures"][0]["signature"] + "=")),
        "A signature in base64url with padding.",
        "MALFORMED_PROOF",
    )
    _bad(
        rows,
        "edc-certificate-exchanged",
        edited(
            good,
            lambda it: it["signatures"][0].update(
                protected=b64(
                    header(
                        x5c(
                            cert.certificate(
                                cert.name("European Commission"), "RS256", cert.authority(), "ES256 authority"
                            )
                        )
                    )
                )
            ),
        ),
        "Another certificate over the same key: the header is signed too.",
        "SIGNATURE_INVALID",
    )
    text = json.dumps(good).encode()
    _bad(
        rows,
        "edc-truncated",
        text[: len(text) // 2],
        "A European credential that breaks off in the middle.",
        format="vc1-json",
        readable="MALFORMED_JSON",
    )
    _bad(
        rows,
        "edc-oversized",
        "edc-good",
        "A European credential with blanks up to a byte beyond the limit.",
        verdict="cannot-check",
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": 4 * 1024 * 1024 + 1},
    )


def _headers(rows: Family) -> None:
    def head(id: str, reason: str, code: str = "CRITICAL_HEADER", more: Json | None = None, **members: Any) -> None:
        _bad(rows, f"edc-{id}", sealed(head=header(**members), **more or {}), reason, code)

    head(
        "crit-detached",
        "`sigD` says that other things are signed, which nobody here reads.",
        sigD={"mId": "x"},
        crit=["b64", "sigT", "sigD"],
    )
    head(
        "crit-policy", "A signature policy that must be understood is not.", sigPId={"id": "x"}, crit=["b64", "sigPId"]
    )
    head("crit-empty", "An empty `crit` is none (RFC 7515, 4.1.11).", crit=[])
    head("crit-time-missing", "`crit` names a time of signing that is not in the header.", sigT=...)
    head("crit-text", "A `crit` that is no list.", crit="b64")
    head("unencoded-quietly", "An unencoded payload without saying so in `crit` (RFC 7797, 6).", crit=["sigT"])
    head(
        "crit-unprotected",
        "A `crit` beside the signature can be taken away, so it does not count.",
        crit=...,
        more={"beside": {"crit": ["b64", "sigT"]}},
    )
    head("typ-of-other", "A signature over another kind of file.", "WRONG_TYPE", typ="secevent+jwt")
    head("cty-of-other", "A signature that says that its payload is a picture.", "WRONG_TYPE", cty="image/png")
    unknown = {"verdict": "cannot-check"}
    _bad(
        rows,
        "edc-alg-unprotected",
        sealed(head=header(alg=...), signing="RS256", beside={"alg": "RS256"}),
        "An algorithm that the signature does not cover is none.",
        "SUITE_NOT_SUPPORTED",
        **unknown,
    )
    _bad(
        rows,
        "edc-certificate-unprotected",
        sealed(head=header(x5c=...), beside={"x5c": x5c(seal())}),
        "A certificate beside the signature can be exchanged for another with the same key.",
        "KEY_NOT_RESOLVED",
        **unknown,
    )
    _bad(
        rows,
        "edc-x5u-only",
        sealed(head=header(x5c=..., x5u="https://fernwald.example/seal.pem")),
        "An address of a certificate is never looked up.",
        "KEY_NOT_RESOLVED",
        **unknown,
    )
    _bad(
        rows,
        "edc-p521",
        sealed(head=header(x5c(seal(public=ec.derive_private_key(7, ec.SECP521R1()).public_key())))),
        "A key on a curve that is not checked here.",
        "KEY_TYPE_NOT_SUPPORTED",
        **unknown,
    )


def _forms(rows: Family) -> None:
    def form(id: str, document: Json, reason: str, *members: str) -> None:
        _bad(
            rows,
            f"edc-{id}",
            document,
            reason,
            readable="MALFORMED_CREDENTIAL",
            detail={"readable": {"members": sorted(members)}},
        )

    def edit(**members: Any) -> Json:
        return edited(sealed(), lambda it: it["signatures"][0].update(members))

    at = "/signatures/0/"
    form(
        "signatures-empty",
        {"payload": encoded(european()), "signatures": []},
        "A list of no signatures.",
        "/signatures",
    )
    form(
        "signatures-text",
        {"payload": encoded(european()), "signatures": "x"},
        "Signatures that are a text.",
        "/signatures",
    )
    form(
        "signatures-of-texts",
        {"payload": encoded(european()), "signatures": ["x"]},
        "A list of signatures that are texts.",
        "/signatures",
    )
    form("protected-number", edit(protected=7), "A protected header that is a number.", f"{at}protected")
    form(
        "protected-empty",
        edit(protected=""),
        "A protected header of no characters (RFC 7515, 7.2.1).",
        f"{at}protected",
    )
    form("protected-list", edit(protected=b64([])), "A protected header that is a list.", f"{at}protected")
    form(
        "protected-twice",
        edit(protected=b64(b'{"alg":"RS256","alg":"none"}')),
        "A protected header with a member twice.",
        f"{at}protected",
    )
    form("header-text", edit(header="x"), "An unprotected header that is a text.", f"{at}header")
    form("header-overlaps", edit(header={"alg": "none"}), "A name in both headers (RFC 7515, 7.2.1).", f"{at}header")
    form(
        "signature-missing",
        edited(sealed(), lambda it: it["signatures"][0].pop("signature")),
        "A signature without its value.",
        f"{at}signature",
    )
    form(
        "flattened-protected-bad",
        {**flattened(sealed()), "protected": "e30="},
        "A protected header in base64url with padding.",
        "/protected",
    )
    form("issuer-missing", sealed(european(issuer=...)), "A European credential without an issuer.", "/issuer")
    for id, document, reason in (
        (
            "both-forms",
            {**sealed(), **flattened(sealed())},
            "Signatures in both forms: two readers could count different ones.",
        ),
        (
            "both-encodings",
            {
                "payload": (text := b64(european())),
                "signatures": [one(header(), text), one(header(b64=..., crit=["sigT"]), text)],
            },
            "One payload, encoded for one signature and unencoded for the other (RFC 7797, 3).",
        ),
    ):
        _bad(rows, f"edc-{id}", document, reason, verdict="cannot-check", readable="AMBIGUOUS")
    _bad(
        rows,
        "edc-payload-broken",
        sealed(encoded(european())[:-1]),
        "A payload that is no JSON.",
        readable="MALFORMED_JSON",
    )
    twice = encoded(european()).replace('"issued":', '"issuanceDate":"2020-01-01T00:00:00Z","issued":')
    _bad(rows, "edc-payload-member-twice", sealed(twice), "A payload with a member twice.", readable="DUPLICATE_KEY")
    _bad(
        rows,
        "edc-payload-other",
        sealed("{}"),
        "A signed object that is no credential.",
        verdict="cannot-check",
        format="unknown",
        readable="NOT_A_CREDENTIAL",
    )


def _several(rows: Family) -> None:
    text = encoded(european())
    good, other = one(header(), text), one(header(x5c(seal("ES256")), alg="ES256"), text)
    _ok(
        rows,
        "edc-two-seals",
        {"payload": text, "signatures": [good, other]},
        "Two seals, both good.",
        detail=said() | {"signature": {"suites": ["ES256", "RS256"]}},
    )
    wrong = one(header(x5c(seal("ES256")), alg="ES256"), text, key="other")
    for id, signatures in (("second", [good, wrong]), ("first", [wrong, good])):
        _bad(
            rows,
            f"edc-{id}-of-two-wrong",
            {"payload": text, "signatures": signatures},
            f"Two seals, the {id} of them wrong: each may be the issuer's.",
            "SIGNATURE_INVALID",
        )
    unknown = one(header(alg="ES512"), text, signing="RS256")
    _ok(
        rows,
        "edc-second-unknown",
        {"payload": text, "signatures": [good, unknown]},
        "A second seal of a suite that is not checked is listed.",
        detail={"signature": {"suites": ["RS256"], "unknownSuites": ["ES512"]}},
    )
    broken = one(header(x5c(seal("ES256", by="ES384 root"), intermediate()), alg="ES256"), text)
    _bad(
        rows,
        "edc-second-chain-broken",
        {"payload": text, "signatures": [good, broken]},
        "Two good seals, of which one has a chain that does not hold.",
        signer="CERTIFICATE_CHAIN_BROKEN",
    )
    many = {"payload": text, "signatures": [good] * 17}
    _bad(
        rows,
        "edc-too-many-seals",
        many,
        "More seals than one credential may have.",
        "TOO_MANY_PROOFS",
        verdict="cannot-check",
    )
    payload = b64(plain())
    own, another = one(HEADER, payload), one({"alg": "EdDSA", "kid": method_of(OTHER)}, payload, key="other")
    rows.honest(
        "jwsjson-other-signer",
        {"payload": payload, "signatures": [own, another]},
        "A second signature by somebody else neither helps nor hurts.",
        format="jws-json",
        detail={"signature": {"suites": ["EdDSA"], "methods": [KID], "otherProofs": 1}},
    )
    _bad(
        rows,
        "jwsjson-other-signer-only",
        {"payload": payload, "signatures": [another]},
        "The only signature is somebody else's.",
        "NO_ISSUER_PROOF",
    )
    forged = edited(own, lambda it: it.update(signature=another["signature"]))
    _bad(
        rows,
        "jwsjson-own-second-forged",
        {"payload": payload, "signatures": [own, forged]},
        "Two signatures in the issuer's name, one of them forged.",
        "SIGNATURE_INVALID",
    )


def _dates(rows: Family) -> None:
    past = sealed(european(validUntil="2026-02-01T00:00:00Z"))
    _bad(
        rows,
        "edc-expired",
        past,
        "A European credential that has ended.",
        verdict="expired",
        dates="EXPIRED",
        signer="CERTIFICATE_NOT_ANCHORED",
    )
    ended = sealed(european(expirationDate="2026-02-01T00:00:00Z"))
    _bad(
        rows,
        "edc-expiration-date",
        ended,
        "A European credential that has ended by its older member.",
        verdict="expired",
        dates="EXPIRED",
        signer="CERTIFICATE_NOT_ANCHORED",
    )
    issued = sealed(european(issued="2026-08-01T00:00:00Z"))
    _bad(
        rows,
        "edc-issued-later",
        issued,
        "A European credential issued on a day to come.",
        verdict="not-yet-valid",
        dates="NOT_YET_VALID",
        signer="CERTIFICATE_NOT_ANCHORED",
    )
    later = sealed(head=header(sigT="2026-08-01T00:00:00Z"))
    _bad(
        rows,
        "edc-sealed-later",
        later,
        "A seal made on a day to come.",
        verdict="not-yet-valid",
        dates="NOT_YET_VALID",
        signer="CERTIFICATE_NOT_ANCHORED",
        detail={"dates": {"from": "2026-08-01T00:00:00Z"}},
    )
    newer = sealed(head=header(sigT=..., crit=["b64"], iat=1788220800))
    _bad(
        rows,
        "edc-sealed-later-newer",
        newer,
        "A seal made on a day to come, as the newer JAdES writes it.",
        verdict="not-yet-valid",
        dates="NOT_YET_VALID",
        signer="CERTIFICATE_NOT_ANCHORED",
        detail={"dates": {"from": "2026-09-01T00:00:00Z"}},
    )
    short = x5c(seal(ends="2026-01-01T00:00:00Z"))
    rows.add(
        "edc-sealed-newer-late",
        "partly-checked",
        sealed(head=header(short, sigT=..., crit=["b64"], iat=1768208308)),
        "The certificate had ended when the seal was made, as the newer JAdES writes it.",
        format="jws-json",
        signer="CERTIFICATE_OUT_OF_DATE",
    )
    _ok(
        rows,
        "edc-header-iat-text",
        sealed(head=header(sigT=..., crit=["b64"], iat="January")),
        "An `iat` in a header that is no number is no date.",
        flags=("odd",),
    )
    for id, value in (("day", "2026-02-30T00:00:00Z"), ("number", 1768208308)):
        _bad(
            rows,
            f"edc-sealed-no-{id}",
            sealed(head=header(sigT=value)),
            f"A time of signing that is none: {value}.",
            dates="MALFORMED",
            signer="CERTIFICATE_NOT_ANCHORED",
            detail={"dates": {"pointers": ["/signatures/0/protected/sigT"]}},
        )
    _ok(
        rows,
        "edc-certificate-expired-since",
        "edc-good",
        "The certificate has ended since; the seal was made before.",
        now="2028-01-01T00:00:00Z",
    )  # type: ignore[arg-type]


def _chains(rows: Family) -> None:
    def chain(
        id: str,
        reason: str,
        code: str,
        certificates: list[bytes],
        verdict: str = "partly-checked",
        alg: str = "RS256",
        **more: Any,
    ) -> None:
        head = header(x5c(*certificates), alg=alg, **more.pop("head", {}))
        rows.add(f"edc-chain-{id}", verdict, sealed(head=head), reason, **{"format": "jws-json", "signer": code} | more)

    kept, broken = "CERTIFICATE_NOT_ANCHORED", "CERTIFICATE_CHAIN_BROKEN"
    unordered, late = "CERTIFICATE_CHAIN_UNORDERED", "CERTIFICATE_OUT_OF_DATE"
    chain(
        "whole",
        "A chain up to its root, each certificate issued with the next: it is still nobody's word but its own.",
        kept,
        [seal(), intermediate(), root()],
        honest=True,
        detail=said(CA, HEAD),
    )
    by_rsa = seal("ES256", by="RS256", hash=hashes.SHA512())
    chain(
        "rsa",
        "A certificate issued with an RSA key and SHA-512.",
        kept,
        [by_rsa, intermediate("RS256")],
        alg="ES256",
        honest=True,
        detail=said(CA),
    )
    mixed = seal(hash=hashes.SHA384())
    chain(
        "other-hash",
        "A certificate issued with a key on P-256 and SHA-384.",
        kept,
        [mixed, intermediate()],
        honest=True,
        detail=said(CA),
    )
    chain(
        "three-times",
        "One authority's certificate twice: the report names it once.",
        unordered,
        [seal(), intermediate(), intermediate()],
        detail=said(CA),
    )
    alone = cert.certificate(cert.name(cert.SEAL), "RS256", cert.name(cert.SEAL), "RS256")
    chain(
        "self-signed",
        "A certificate by its own key: anyone can make one.",
        kept,
        [alone],
        honest=True,
        detail=said(issuer=SUBJECT),
    )
    chain(
        "forged-link",
        "A certificate that names an authority whose key did not issue it.",
        broken,
        [seal(by="ES256 other"), intermediate()],
        "failed",
        detail=said(CA),
    )
    chain(
        "forged-second-link",
        "An authority's certificate that names a root whose key did not issue it.",
        broken,
        [seal(), intermediate(by="ES384 other"), root()],
        "failed",
    )
    chain(
        "other-kind",
        "A certificate with a signature of another kind than the authority's key.",
        broken,
        [seal("ES256", by="RS256"), intermediate()],
        "failed",
        alg="ES256",
    )
    chain(
        "no-authority",
        "A certificate issued with one that may not issue others (basicConstraints).",
        broken,
        [seal(), intermediate(certifies=False)],
        "failed",
    )
    chain(
        "no-constraints",
        "A certificate issued with one that does not say that it may issue others.",
        broken,
        [seal(), intermediate(certifies=None)],
        "failed",
    )
    chain(
        "no-usage",
        "A certificate issued with one whose key is for other uses (keyUsage).",
        broken,
        [seal(), intermediate(usage=False)],
        "failed",
    )
    chain(
        "root-before",
        "A chain whose second and third certificate stand in the wrong order.",
        unordered,
        [seal(), root(), intermediate()],
        detail=said(CA, HEAD),
    )
    chain("gap", "A chain with a certificate missing in the middle.", unordered, [seal(), root()])
    chain("early", "The certificate began after the seal was made.", late, [seal(begins="2026-02-01T00:00:00Z")])
    chain(
        "late",
        "The certificate had ended when the seal was made.",
        late,
        [seal(ends="2026-01-01T00:00:00Z")],
        detail=said(ends="2026-01-01T00:00:00Z"),
    )
    chain(
        "authority-late",
        "The authority's certificate had ended when the seal was made.",
        late,
        [seal(), intermediate(ends="2026-01-01T00:00:00Z")],
    )
    chain(
        "late-undated",
        "A certificate that has ended, and a seal that does not say when it was made.",
        late,
        [seal(ends="2026-05-01T00:00:00Z")],
        head={"sigT": ..., "crit": ["b64"]},
    )
    chain(
        "undated",
        "A seal that does not say when it was made, its certificate in force now.",
        kept,
        [seal()],
        head={"sigT": ..., "crit": ["b64"]},
        honest=True,
    )
    chain(
        "unread",
        "A certificate further up that is no certificate: the signature does not need it.",
        kept,
        [seal(), b"\x30\x00"],
        detail=said(unchecked=["MALFORMED_CERTIFICATE"]),
    )
    chain(
        "weak",
        "An authority's key of 1024 bits vouches for nothing.",
        kept,
        [seal(), intermediate(public=cert.weak())],
        detail=said(CA, unchecked=["WEAK_KEY"]),
    )
    sha1 = bytes.fromhex("300d06092a864886f70d0101050500")
    old = tlv(
        0x30, *(one if one[0] != 0x30 or n != 1 else sha1 for n, one in enumerate(inside(changed(seal(), 2, sha1))))
    )
    chain(
        "sha1",
        "A certificate signed with SHA-1, by which nothing is checked.",
        kept,
        [old, intermediate()],
        detail=said(CA, unchecked=["SUITE_NOT_SUPPORTED"]),
    )
    _bad(
        rows,
        "edc-chain-authority-first",
        sealed(head=header(x5c(intermediate(), seal()))),
        "A chain upside down: the first certificate is another's.",
        "KEY_MISMATCH",
    )
    _bad(
        rows,
        "edc-chain-too-long",
        sealed(head=header(x5c(*[seal()] * 11))),
        "More certificates than a signature may bring along.",
        "TOO_MUCH_WORK",
        verdict="cannot-check",
    )


def _broken_certificates(rows: Family) -> None:
    def broken(id: str, reason: str, data: Any, code: str = "MALFORMED_CERTIFICATE") -> None:
        chain = x5c(data) if isinstance(data, bytes) else data
        _bad(rows, f"edc-certificate-{id}", sealed(head=header(**{"x5c": chain})), reason, code)

    good = seal()
    broken("truncated", "A certificate that breaks off.", good[:-1])
    broken("trailing", "A byte behind the certificate.", good + b"\0")
    broken("empty-list", "An empty list of certificates.", [])
    broken("text", "A certificate that does not stand in a list.", x5c(good)[0])
    broken("number", "A certificate that is a number.", [7])
    broken("nothing", "A certificate of no characters.", [""])
    broken(
        "base64url",
        "A certificate in base64url, where base64 is due.",
        [base64.urlsafe_b64encode(good).decode().rstrip("=")],
    )
    broken("lines", "A certificate in base64 with line breaks.", [base64.encodebytes(good).decode()])
    broken(
        "pem", "A certificate as PEM.", ["-----BEGIN CERTIFICATE-----\n" + x5c(good)[0] + "\n-----END CERTIFICATE-----"]
    )
    broken("stray-bits", "A certificate in base64 whose last character has stray bits.", ["MB=="])
    broken("key-only", "A key where a certificate is due.", inside(inside(good)[0])[6])
    serial = {"negative": "020181", "zero": "020100", "long": "0215" + "01" * 21, "padded": "02020001", "none": "0200"}
    for id, value in serial.items():
        broken(
            f"serial-{id}", f"A serial number that is {id} (RFC 5280, 4.1.2.2).", changed(good, 1, bytes.fromhex(value))
        )
    broken("version-2", "A certificate of version 2.", changed(good, 0, bytes.fromhex("a003020101")))
    broken(
        "algorithms-differ",
        "A certificate that names one algorithm inside and another outside.",
        changed(good, 2, bytes.fromhex("300a06082a8648ce3d040303")),
    )
    indefinite = b"\x30\x80" + b"".join(inside(good)) + b"\0\0"
    broken("indefinite", "A certificate of indefinite length, which is BER and not DER.", indefinite)
    length = len(good) - 4
    broken(
        "long-length",
        "A certificate with a length in more bytes than it needs.",
        b"\x30\x83" + length.to_bytes(3, "big") + good[4:],
    )
    stamps = {
        "zone": (0x17, b"250601000000+0200"),
        "no-day": (0x17, b"250230000000Z"),
        "no-seconds": (0x17, b"2506010000Z"),
        "fraction": (0x18, b"20250601000000.5Z"),
        "text": (0x0C, b"250601000000Z"),
    }
    for id, (tag, text) in stamps.items():
        validity = tlv(0x30, tlv(tag, text), tlv(0x17, b"270601000000Z"))
        broken(
            f"time-{id}", f"A certificate that begins at {text.decode()}, with tag {tag}.", changed(good, 4, validity)
        )
    broken(
        "one-time",
        "A certificate with a beginning and no end.",
        changed(good, 4, tlv(0x30, tlv(0x17, b"250601000000Z"))),
    )
    broken("name-not-utf8", "A certificate whose name is no UTF-8.", changed(good, 5, named(b"\xff\xfe")))
    broken(
        "name-empty-set",
        "A certificate whose name has a part without anything in it.",
        changed(good, 5, tlv(0x30, tlv(0x31))),
    )
    broken(
        "name-oid-padded",
        "A name's kind with a zero that it does not need.",
        changed(good, 5, tlv(0x30, tlv(0x31, tlv(0x30, bytes.fromhex("060455800403"), tlv(0x0C, b"x"))))),
    )
    constraints = tlv(0x30, bytes.fromhex("0603551d13"), tlv(0x04, tlv(0x30)))
    broken(
        "extension-twice",
        "A certificate with one extension twice (RFC 5280, 4.2).",
        _extended(good, constraints, constraints),
    )
    broken(
        "extension-false",
        "An extension that says in so many words that it is not critical, which DER leaves out.",
        _extended(good, tlv(0x30, bytes.fromhex("0603551d13"), bytes.fromhex("010100"), tlv(0x04, tlv(0x30)))),
    )
    broken("extensions-empty", "A list of no extensions.", _extended(good))
    broken(
        "signature-bits",
        "A certificate's signature of bits that make no whole bytes.",
        tlv(0x30, *inside(good)[:2], tlv(0x03, b"\x01\x02")),
    )
    _bad(
        rows,
        "edc-thumbprint-other",
        sealed(head=header(**{"x5t#S256": b64(hashlib.sha256(b"other").digest())})),
        "The header names another certificate by SHA-256 than the one that came along.",
        "CERTIFICATE_MISMATCH",
    )
    broken("rsa-1024", "A certificate for an RSA key of 1024 bits.", seal(public=cert.weak()), "WEAK_KEY")
    es256 = seal("ES256")
    point = bytearray(inside(inside(es256)[0])[6])
    point[-1] ^= 1
    _bad(
        rows,
        "edc-certificate-off-curve",
        sealed(head=header(x5c(changed(es256, 6, bytes(point))), alg="ES256")),
        "A certificate for a point that is not on its curve.",
        "MALFORMED_KEY",
    )


def _extended(data: bytes, *extensions: bytes) -> bytes:
    """A certificate, which has no extensions, with these."""
    signed, algorithm, made = inside(data)
    return tlv(0x30, tlv(0x30, *inside(signed), tlv(0xA3, tlv(0x30, *extensions))), algorithm, made)


def _odd_certificates(rows: Family) -> None:
    def odd(id: str, reason: str, data: bytes, **more: Any) -> None:
        _ok(rows, f"edc-certificate-{id}", sealed(head=header(x5c(data))), reason, flags=("odd",), **more)

    good = seal()
    plain_name = '\\#1 \\\\ \\"Uni\\"\\, O=European Commission\\+x\\;\\<\\>\\ '
    spoof = named(b'#1 \\ "Uni", O=European Commission+x;<> ')
    odd(
        "name-spoof",
        "A name that would be two parts of a name, were it not escaped.",
        changed(good, 5, spoof),
        detail=said(subject=f"CN={plain_name}"),
    )
    odd(
        "name-bmp",
        "A name in UTF-16.",
        changed(good, 5, named("Zoë 🐝".encode("utf-16-be"), 0x1E)),
        detail=said(subject="CN=Zoë 🐝"),
    )
    odd(
        "name-teletex",
        "A name in an old alphabet is shown as bytes.",
        changed(good, 5, named(b"Zo\xeb", 0x14)),
        detail=said(subject="CN=#14035a6feb"),
    )
    odd(
        "name-nul",
        "A name with a character that ends texts elsewhere.",
        changed(good, 5, named(b"fernwald.example\0.evil.example")),
        detail=said(subject="CN=fernwald.example\\00.evil.example"),
    )
    odd(
        "name-hidden",
        "A name with characters that turn or hide the text around them.",
        changed(good, 5, named("ten\u202egnisrever\u200b\n".encode())),
        detail=said(subject="CN=ten\\e2\\80\\aegnisrever\\e2\\80\\8b\\0a"),
    )
    odd("name-blank", "A name that is a blank.", changed(good, 5, named(b" ")), detail=said(subject="CN=\\ "))
    odd("name-empty", "A certificate that names nobody.", changed(good, 5, tlv(0x30)), detail=said(subject=""))
    number = tlv(0x30, tlv(0x31, tlv(0x30, bytes.fromhex("060355045a"), tlv(0x13, b"7"))))
    odd(
        "name-unknown-kind",
        "A part of a name of a kind that has no short name.",
        changed(good, 5, number),
        detail=said(subject="2.5.4.90=7"),
    )
    both = tlv(0x30, tlv(0x31, *inside(inside(named(b"a"))[0]), *inside(inside(named(b"b"))[0])))
    odd(
        "name-two-in-one", "A part of a name with two values.", changed(good, 5, both), detail=said(subject="CN=a+CN=b")
    )
    odd("version-1", "A certificate of version 1.", changed(good, 0, b""))
    long = tlv(0x30, tlv(0x18, b"20250601000000Z"), tlv(0x18, b"99991231235959Z"))
    odd(
        "time-long",
        "Times with four digits of the year, and an end that is none (RFC 5280, 4.1.2.5).",
        changed(good, 4, long),
        detail=said(ends="9999-12-31T23:59:59Z"),
    )
    last = tlv(0x30, tlv(0x17, b"500101000000Z"), tlv(0x17, b"491231235959Z"))
    odd(
        "time-century",
        "Years of two digits from 50 on are of the last century.",
        changed(good, 4, last),
        detail=said(begins="1950-01-01T00:00:00Z", ends="2049-12-31T23:59:59Z"),
    )
    unknown = tlv(0x30, bytes.fromhex("06032a0304"), bytes.fromhex("0101ff"), tlv(0x04, b"\xff"))
    odd("extension-unknown", "An extension that nobody here knows.", _extended(good, unknown))
    odd(
        "unique-id",
        "A certificate with the unique identifiers of version 2.",
        tlv(0x30, tlv(0x30, *inside(inside(good)[0]), bytes.fromhex("81020001")), *inside(good)[1:]),
    )
