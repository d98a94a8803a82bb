"""Personal data is found wherever a credential speaks of its subject, and what issuers say of themselves is none."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from portfolio_gen.personal import kinds, personal_in

V2 = "https://www.w3.org/ns/credentials/v2"
EMAIL, BIRTH, NATIONAL, POSTAL = "email", "birthDate", "nationalId", "postalAddress"
SAMPLES = sorted((Path(__file__).resolve().parents[2] / "sample_wallet" / "credentials").iterdir())


def document(**more: Any) -> dict[str, Any]:
    return {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": {"id": "did:example:i", "name": "Fernwald", "email": "office@fernwald.example"},
        "credentialSubject": {"name": "Ada"},
        **more,
    }


def found(data: Any) -> list[tuple[str, str]]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return [(one.place, one.kind) for one in personal_in("a.json", raw)]


def subject(**more: Any) -> list[tuple[str, str]]:
    return [(place.removeprefix("/credentialSubject"), kind) for place, kind in found(document(credentialSubject=more))]


def b64(value: Any) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_there_are_four_kinds() -> None:
    assert kinds() == (BIRTH, NATIONAL, EMAIL, POSTAL)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("birthDate", BIRTH),
        ("dateOfBirth", BIRTH),
        ("birth_date", BIRTH),
        ("birthdate", BIRTH),
        ("DOB", BIRTH),
        ("date-of-birth", BIRTH),
        ("schema:birthDate", BIRTH),
        ("https://schema.org/birthDate", BIRTH),
        ("http://data.europa.eu/snb/model/elm/dateOfBirth", BIRTH),
        ("nationalID", NATIONAL),
        ("nationalIdentificationNumber", NATIONAL),
        ("taxId", NATIONAL),
        ("taxID", NATIONAL),
        ("ssn", NATIONAL),
        ("social_security_number", NATIONAL),
        ("personal_administrative_number", NATIONAL),
        ("personalIdentifier", NATIONAL),
        ("passportNumber", NATIONAL),
        ("document_number", NATIONAL),
        ("lprNumber", NATIONAL),
        ("email", EMAIL),
        ("emailAddress", EMAIL),
        ("e-mail", EMAIL),
        ("foaf:mbox", EMAIL),
        ("address", POSTAL),
        ("postalAddress", POSTAL),
        ("streetAddress", POSTAL),
        ("resident_address", POSTAL),
        ("postal_code", POSTAL),
        ("homeLocation", POSTAL),
    ],
)
def test_terms_in_every_spelling(name: str, kind: str) -> None:
    place = "/" + name.replace("/", "~1")
    assert subject(**{name: "12 High Street"}) == [(place, kind)]
    assert subject(person=[{name: {"@value": "x 1"}}]) == [(f"/person/0{place}", kind)]
    assert found({**document(), "evidence": [{name: "x 1"}]}) == [(f"/evidence/0{place}", kind)]


@pytest.mark.parametrize("nothing", [None, "", " ", [], {}, False, True])
def test_a_member_without_content_is_no_finding(nothing: Any) -> None:
    assert subject(birthDate=nothing, email=nothing, address=nothing, taxId=nothing) == []


def test_one_address_is_one_finding_and_other_kinds_in_it_are_found_too() -> None:
    address = {"type": ["Address"], "streetAddress": "1 High Street", "postalCode": "1234", "email": "ada@mail.example"}
    assert subject(address=address) == [("/address", POSTAL), ("/address/email", EMAIL)]


@pytest.mark.parametrize(
    "text",
    [
        "ada@mail.example",
        "mailto:ada@mail.example",
        "mailto:ada%40mail.example",
        "Ada.B+tag@mail.example",
        "Written to <ada@mail.example> in May.",
        "ada&#64;mail.example",
        "ada&commat;mail.example",
        "ada\uff20mail.example",
        "ädä@bücher.example",
        "[Ada](mailto:ada@mail.example)",
        "x, ada@sub.mail.example.",
    ],
)
def test_an_email_address_in_any_text(text: str) -> None:
    assert subject(note=text) == [("/note", EMAIL)]
    assert subject(id=text) == [("/id", EMAIL)]
    assert found(document(evidence=[{"narrative": text}])) == [("/evidence/0/narrative", EMAIL)]
    assert found(document(credentialSubject=text)) == [("/credentialSubject", EMAIL)]


@pytest.mark.parametrize(
    "text",
    [
        "https://social.example/@ada",
        "@ada@social.example",
        "https://cdn.example/react@18.2.0/index.js",
        "https://img.example/seal@2x.png",
        "git@code.example:ada/work.git",
        "Meet @ noon",
        "ada@localhost",
        "data:text/plain;base64,YWRhQG1haWwuZXhhbXBsZQ==,ada@mail.example",
        "did:web:ada.example",
        "a" * 100_000 + "@",
    ],
)
def test_what_only_looks_like_an_email_address(text: str) -> None:
    assert subject(note=text) == []


def test_a_hostile_text_is_searched_in_linear_time() -> None:
    assert subject(note="a." * 400_000 + "@" + "b." * 400_000) == []
    assert subject(note="a@" * 400_000) == []


def test_identifiers_that_say_what_they_are() -> None:
    plain = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": "12345678",
        "identityType": "nationalIdentityNumber",
    }
    assert subject(identifier=[plain]) == [("/identifier/0", NATIONAL)]
    assert subject(identifier=plain) == [("/identifier", NATIONAL)]
    assert subject(identifier=[{**plain, "identityType": "ext:nationalId"}]) == [("/identifier/0", NATIONAL)]
    entry = {"type": "IdentifierEntry", "identifier": "ada@mail.example", "identifierType": "emailAddress"}
    assert subject(otherIdentifier=[entry]) == [("/otherIdentifier/0", EMAIL)]
    assert subject(identifier=[{**plain, "identityType": "studentId"}]) == []


@pytest.mark.parametrize("kind", ["emailAddress", "nationalIdentityNumber"])
@pytest.mark.parametrize("hashed", ["sha256$" + "0a" * 32, "md5$" + "0a" * 16, "0A" * 32])
def test_a_hashed_identity_is_no_finding(kind: str, hashed: str) -> None:
    identity = {"type": "IdentityObject", "hashed": True, "identityHash": hashed, "identityType": kind, "salt": "x"}
    assert subject(identifier=[identity]) == []
    assert found(badge({"type": "email", "hashed": True, "identity": hashed, "salt": "x"})) == []


def test_an_identity_that_only_says_that_it_is_hashed() -> None:
    identity = {"hashed": True, "identityHash": "1234-5678", "identityType": "nationalIdentityNumber"}
    assert subject(identifier=[identity]) == [("/identifier/0", NATIONAL)]


def badge(recipient: Any) -> dict[str, Any]:
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://fernwald.example/a/1",
        "recipient": recipient,
        "badge": {"name": "Bees", "issuer": {"name": "F", "email": "office@fernwald.example"}},
        "issuedOn": "2026-01-01T00:00:00Z",
    }


def test_recipients_of_older_badges() -> None:
    assert found(badge({"type": "email", "hashed": False, "identity": "ada@mail.example"})) == [
        ("/recipient/identity", EMAIL)
    ]
    assert found(badge("ada@mail.example")) == [("/recipient", EMAIL)]
    assert found({**badge("x"), "narrative": "Write to ada@mail.example"}) == [("/narrative", EMAIL)]


OFFICE = {"email": "office@fernwald.example", "address": {"streetAddress": "1 School Lane"}, "taxId": "77"}


@pytest.mark.parametrize("name", ["creator", "awardedBy", "awardingBody", "providedBy", "organization", "source"])
def test_what_issuers_say_of_themselves_is_not_meant(name: str) -> None:
    assert found({**document(), "issuer": {"id": "did:example:i", **OFFICE}}) == []
    assert subject(achievement={name: OFFICE}) == []
    assert subject(achievement=[{"hasClaim": {name: [{"contactPoint": OFFICE}]}}]) == []


def test_an_issuers_own_address_in_its_words_is_not_meant_and_others_there_are() -> None:
    criteria = {"narrative": "Questions: Office@Fernwald.example."}
    assert subject(achievement={"criteria": criteria}) == []
    assert subject(achievement={"criteria": {"narrative": "Won by ada@mail.example"}}) == [
        ("/achievement/criteria/narrative", EMAIL)
    ]


def test_a_self_issued_credential_speaks_of_its_subject_everywhere() -> None:
    self_issued = document(issuer={"id": "did:example:ada", **OFFICE}, credentialSubject={"id": "did:example:ada"})
    assert found(self_issued) == [("/issuer/email", EMAIL), ("/issuer/address", POSTAL), ("/issuer/taxId", NATIONAL)]


@pytest.mark.parametrize("address", ["https://ada.example/", "did:example:ada", "0x" + "1a" * 20, "bitcoin:1BoatSLRH"])
def test_addresses_that_are_not_postal(address: str) -> None:
    assert subject(address=address) == []


def test_every_european_member() -> None:
    person = {
        "type": "Person",
        "givenName": {"en": "Ada"},
        "dateOfBirth": "1990-01-01T00:00:00",
        "nationalID": {"notation": "123"},
        "contactPoint": [{"emailAddress": {"id": "mailto:ada@mail.example"}, "address": [{"fullAddress": "x"}]}],
        "hasClaim": [{"awardedBy": {"awardingBody": [{"contactPoint": [{"emailAddress": "o@f.example"}]}]}}],
    }
    assert subject(**person) == [
        ("/dateOfBirth", BIRTH),
        ("/nationalID", NATIONAL),
        ("/contactPoint/0/emailAddress", EMAIL),
        ("/contactPoint/0/address", POSTAL),
    ]


def test_claims_of_a_jwt() -> None:
    payload = {"iss": "https://f.example", "sub": "mailto:ada@mail.example", "email": "a@b.example", "vc": document()}
    token = f"{b64({'alg': 'ES256'})}.{b64(payload)}.{b64(b'sig')}".encode()
    assert found(token) == [("/sub", EMAIL), ("/email", EMAIL)]
    enveloped = {
        "@context": [V2],
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/vc+jwt,"
        + f"{b64({'alg': 'ES256'})}.{b64(document(credentialSubject={'birthDate': '1990'}))}.AA",
    }
    assert found(enveloped) == [("/credentialSubject/birthDate", BIRTH)]


def sd_jwt(**disclosed: Any) -> bytes:
    from hashlib import sha256

    texts = [b64(["salt", name, value]) for name, value in disclosed.items()]
    digests = [b64(sha256(text.encode()).digest()) for text in texts]
    payload = {"iss": "https://f.example", "vct": "https://f.example/id", "_sd": digests, "_sd_alg": "sha-256"}
    return "~".join([f"{b64({'alg': 'ES256', 'typ': 'dc+sd-jwt'})}.{b64(payload)}.AAAA", *texts, ""]).encode()


def test_disclosures_of_an_sd_jwt() -> None:
    data = sd_jwt(birthdate="1990-01-01", address={"street_address": "x"}, given_name="Ada", personal_identifier="9")
    assert sorted(found(data)) == [("/address", POSTAL), ("/birthdate", BIRTH), ("/personal_identifier", NATIONAL)]
    assert found(sd_jwt(given_name="Ada")) == []


def test_credentials_inside_of_others() -> None:
    inner = document(credentialSubject={"birthDate": "1990-01-01"})
    presented = {"@context": [V2], "type": "VerifiablePresentation", "verifiableCredential": [document(), inner]}
    assert found(presented) == [("/verifiableCredential/1#/credentialSubject/birthDate", BIRTH)]
    record = document(
        type=["VerifiableCredential", "ClrCredential"],
        credentialSubject={"type": "ClrSubject", "verifiableCredential": [inner]},
    )
    assert found(record) == [("/credentialSubject/verifiableCredential/0#/credentialSubject/birthDate", BIRTH)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.json", json.dumps(inner))
    assert found(packed.getvalue()) == [("/a.json#/credentialSubject/birthDate", BIRTH)]


def test_inside_of_a_picture() -> None:
    inner = json.dumps(document(credentialSubject={"email": "ada@mail.example"}))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
        f"<openbadges:credential><![CDATA[{inner}]]></openbadges:credential></svg>"
    )
    assert found(svg.encode()) == [("/credentialSubject/email", EMAIL)]


def test_what_no_reader_opens_is_searched_all_the_same() -> None:
    broken = document(credentialSubject={"birthDate": "1990"}, issuer="")
    assert found(broken) == [("/credentialSubject/birthDate", BIRTH)]
    twice = json.dumps(document())[:-1] + ', "credentialSubject": {"email": "ada@mail.example"}}'
    assert found(twice.encode()) == [("/credentialSubject/1/email", EMAIL)]
    cut = json.dumps(document(credentialSubject={"birthDate": "1990"}), indent=1)[:-3]
    # Where nothing tells parts from each other, the issuer's own address counts as well.
    assert found(cut.encode()) == [("line 11", EMAIL), ("line 14", BIRTH)]
    token = f"{b64({'alg': 'ES256'})}.{b64({'vc': {'credentialSubject': {'ssn': '1'}}})}.!".encode()
    assert found(token) == [("/vc/credentialSubject/ssn", NATIONAL)]
    assert found(b"\x00\xff") == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_demo_wallet_has_none(path: Path) -> None:
    assert personal_in(path.name, path.read_bytes()) == ()
