"""Certificates as keys.x509 reads them, held to `cryptography`; and the facts of the European Learning Model."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from portfolio_gen import base64url
from portfolio_gen.errors import ProofError
from portfolio_gen.keys.x509 import certificate
from portfolio_gen.readers import elm, read

VECTORS = Path(__file__).parents[1] / "vectors" / "jws_json"
NAMES = {x509.NameOID.ORGANIZATION_IDENTIFIER: "organizationIdentifier"}
BEYOND = {"edc-certificate-name-teletex", "edc-certificate-name-nul", "edc-certificate-name-hidden"}
"""`cryptography` writes these names otherwise."""


def chains() -> dict[str, list[Any]]:
    """Return the certificates of every vector that has any, by its name."""
    found = {}
    for file in sorted(VECTORS.glob("*.json")):
        try:
            signatures = json.loads(file.read_text("utf-8")).get("signatures", [])
            header = json.loads(base64url.decode(signatures[0]["protected"]))
        except (ValueError, LookupError, TypeError):
            continue
        if isinstance(header, dict) and isinstance(header.get("x5c"), list):
            found[file.stem] = header["x5c"]
    return found


@pytest.mark.parametrize(("name", "chain"), chains().items())
def test_what_is_read_is_what_cryptography_reads(name: str, chain: list[Any]) -> None:
    for encoded in chain:
        try:
            ours = certificate(encoded)
        except ProofError:
            continue
        theirs = x509.load_der_x509_certificate(base64.b64decode(encoded))
        assert (ours.not_before, ours.not_after) == tuple(
            moment.isoformat().replace("+00:00", "Z")
            for moment in (theirs.not_valid_before_utc, theirs.not_valid_after_utc)
        )
        assert (ours.signed, ours.signature) == (theirs.tbs_certificate_bytes, theirs.signature)
        if name not in BEYOND:
            assert ours.subject == theirs.subject.rfc4514_string(NAMES)
            assert ours.issuer == theirs.issuer.rfc4514_string(NAMES)


def test_what_hides_in_a_name_is_told_as_bytes() -> None:
    ours = certificate(chains()["edc-certificate-name-hidden"][0])
    assert ours.subject == "CN=ten\\e2\\80\\aegnisrever\\e2\\80\\8b\\0a"


def test_an_issuer_without_a_type_is_somebody_and_no_text() -> None:
    issuer = {"id": "did:example:school", "foo": "Harvard"}
    facts = elm.facts_of({"issuer": issuer}, 10, "")
    assert [(fact.field, fact.value) for fact in facts] == [("issuerId", "did:example:school")]


def test_a_european_credential_tells_its_facts() -> None:
    envelope = read((VECTORS / "edc-good.json").read_bytes())
    facts = {(fact.field, fact.pointer): (fact.value, fact.lang) for fact in envelope.facts}
    claim = "/credentialSubject/hasClaim/0"
    for field, pointer, value, lang in (
        ("name", f"{claim}/title/de", "Imkern für Anfänger", "de"),
        ("description", f"{claim}/description/en/1", "Knows the law.", "en"),
        ("awardingBody", f"{claim}/awardedBy/awardingBody/legalName/en", "Fernwald University", "en"),
        ("creditsEarned", f"{claim}/creditReceived/point", "5", None),
        ("creditFramework", f"{claim}/creditReceived/framework/prefLabel/en", "European Credit Transfer System", "en"),
        ("volumeOfLearning", f"{claim}/specifiedBy/volumeOfLearning", "PT125H", None),
        ("level", f"{claim}/specifiedBy/eqfLevel/prefLabel/en", "Level 5", "en"),
        ("resultValue", f"{claim}/provenBy/grade/noteLiteral/en", "very good", "en"),
        ("skill", f"{claim}/specifiedBy/learningOutcome/relatedESCOSkill/prefLabel/en", "keep bees", "en"),
        ("credentialName", "/displayParameter/title/de", "Microcredential Imkerei", "de"),
        ("issuerName", "/issuer/legalName/en", "Fernwald University", "en"),
        ("recipientName", "/credentialSubject/fullName/en", "Ada Example", "en"),
    ):
        assert facts[field, pointer] == (value, lang)
    assert not any(pointer.endswith("prefLabel/de") for _, pointer in facts)


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("plain", [("/name", "plain", None)]),
        ({"en": "a", "de-CH": ["b", "c"]}, [("en", "a", "en"), ("de-CH/0", "b", "de-CH"), ("de-CH/1", "c", "de-CH")]),
        ({"type": "Thing", "en": "a"}, []),
        ({"__proto__": "x", "1": "x", "": "x", "en_GB": "x", "en": {"en": "x"}}, []),
        ({"@value": "x", "@language": "en"}, []),
    ],
)
def test_texts_are_told_by_language(title: Any, told: list[Any]) -> None:
    facts = elm.facts_of({"displayParameter": {"title": title}}, 10, "")
    base = "/displayParameter/title"
    wanted = [(base if place == "/name" else f"{base}/{place}", text, lang) for place, text, lang in told]
    assert [(fact.pointer, fact.value, fact.lang) for fact in facts] == wanted
