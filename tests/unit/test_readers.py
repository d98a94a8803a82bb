"""What a file is, by content; what a credential must have; which facts it holds (docs/verification.md, 0)."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import pytest

from portfolio_gen.errors import ReadError
from portfolio_gen.limits import LIMITS
from portfolio_gen.readers import CONTAINERS, READERS, TOKENS, read
from portfolio_gen.vocabulary import vocabulary

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
MINIMAL = {"@context": [V2], "type": ["VerifiableCredential"], "issuer": "urn:x", "credentialSubject": {"id": "urn:y"}}


def encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def jwt(header: Any, payload: Any) -> bytes:
    return f"{encoded(header)}.{encoded(payload)}.c2ln".encode()


def found(data: bytes | dict[str, Any]) -> tuple[str, str]:
    data = json.dumps(data).encode() if isinstance(data, dict) else data
    try:
        return "OK", read(data).format
    except ReadError as error:
        return error.code, error.format


NAMED: list[tuple[str, bytes | dict[str, Any]]] = [
    ("blockcerts-v1", {"certificate": {}, "recipient": {}}),
    ("blockcerts-v1", {"document": {}, "signature": "x"}),
]


@pytest.mark.parametrize(("format", "data"), NAMED)
def test_later_formats_are_named(format: str, data: bytes | dict[str, Any]) -> None:
    assert found(data) == ("FORMAT_NOT_SUPPORTED", format)


def test_every_format_is_either_read_or_named() -> None:
    read = set(READERS) | set(TOKENS) | set(CONTAINERS)
    assert read | {format for format, _ in NAMED} | {"unknown"} == set(vocabulary()["formats"])


@pytest.mark.parametrize(
    ("data", "code", "format"),
    [
        (b"", "NOT_A_CREDENTIAL", "unknown"),
        (b"hello", "NOT_A_CREDENTIAL", "unknown"),
        (b"[]", "NOT_A_CREDENTIAL", "unknown"),
        (b"{}", "NOT_A_CREDENTIAL", "unknown"),
        (b"a.b.c", "NOT_A_CREDENTIAL", "unknown"),
        (b'{"a": NaN}', "NOT_A_CREDENTIAL", "unknown"),
        (b'{"a": 1e999}', "NUMBER_OUT_OF_RANGE", "unknown"),
        (b'{"a": ' * 65, "TOO_DEEP", "unknown"),
        (f'{{"@context": "{V2}", "{V1}": NaN}}'.encode(), "MALFORMED_JSON", "vc2-json"),
        (f'{{"@context": "{V1}", "a": 1, "a": 2}}'.encode(), "DUPLICATE_KEY", "vc1-json"),
        (f'\ufeff{{"@context": "{V1}"'.encode(), "MALFORMED_JSON", "vc1-json"),
        (b"\xef\xbb\xbf\xef\xbb\xbf{}", "NOT_A_CREDENTIAL", "unknown"),
    ],
)
def test_what_is_no_credential(data: bytes, code: str, format: str) -> None:
    assert found(data) == (code, format)


def test_too_large_is_said_before_anything_is_read() -> None:
    with pytest.raises(ReadError) as caught:
        read(b"\x89PNG\r\n\x1a\n" + b"x" * 100, replace(LIMITS, file_bytes=100))
    assert (caught.value.code, caught.value.format) == ("TOO_LARGE", "unknown")


def test_an_archive_in_an_archive_is_not_unpacked() -> None:
    """Each level could be a thousand times the last: the limits are those of one level."""
    with pytest.raises(ReadError) as caught:
        read(b"PK\x03\x04", inside=True)
    assert (caught.value.code, caught.value.format) == ("TOO_MANY_INNER", "archive")


def test_minimal_credentials_are_read() -> None:
    assert found(MINIMAL) == ("OK", "vc2-json")
    assert found({**MINIMAL, "@context": V1, "type": "VerifiableCredential"}) == ("OK", "vc1-json")
    assert found(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode()) == ("OK", "vc2-json")


@pytest.mark.parametrize(
    ("change", "members"),
    [
        ({"@context": [V1, V2]}, ["/@context"]),
        ({"@context": {"a": V2}, "name": V2}, None),
        ({"type": "Thing"}, ["/type"]),
        ({"type": ["VerifiableCredential", 1]}, ["/type"]),
        ({"type": None, "@type": ["VerifiableCredential"]}, ["/type"]),
        ({"issuer": ""}, ["/issuer"]),
        ({"issuer": {"name": "x"}}, ["/issuer"]),
        ({"issuer": ["urn:x"]}, ["/issuer"]),
        ({"credentialSubject": []}, ["/credentialSubject"]),
        ({"credentialSubject": [{}, 1]}, ["/credentialSubject"]),
        ({"proof": "x"}, ["/proof"]),
        ({"proof": [{}, None], "issuer": None}, ["/issuer", "/proof"]),
        ({"proof": None}, []),
        ({"proof": []}, []),
        ({"credentialSubject": ["urn:y", {}]}, []),
    ],
)
def test_members_at_fault(change: dict[str, Any], members: list[str] | None) -> None:
    data = json.dumps({**MINIMAL, **change}).encode()
    if members == []:
        assert read(data).format == "vc2-json"
        return
    with pytest.raises(ReadError) as caught:
        read(data)
    if members is None:
        assert caught.value.code == "NOT_A_CREDENTIAL"
    else:
        assert (caught.value.code, caught.value.detail) == ("MALFORMED_CREDENTIAL", {"members": members})


def facts(change: dict[str, Any], most: int = LIMITS.facts) -> list[dict[str, Any]]:
    envelope = read(json.dumps({**MINIMAL, **change}).encode(), replace(LIMITS, facts=most))
    return [
        fact.to_json() for fact in envelope.facts if fact.field not in ("issuerId", "credentialType", "recipientId")
    ]


def test_facts_walk_lists_and_language_values() -> None:
    subject = [{"achievement": {"name": {"@value": "Kurs", "@language": "de"}, "tag": ["a", ["b", 3], None, True]}}]
    assert facts({"credentialSubject": subject}) == [
        {
            "field": "name",
            "pointer": "/credentialSubject/0/achievement/name/@value",
            "value": "Kurs",
            "as": "text",
            "lang": "de",
        },
        {"field": "tag", "pointer": "/credentialSubject/0/achievement/tag/0", "value": "a", "as": "text"},
        {"field": "tag", "pointer": "/credentialSubject/0/achievement/tag/1/0", "value": "b", "as": "text"},
        {"field": "tag", "pointer": "/credentialSubject/0/achievement/tag/1/1", "value": 3, "as": "text"},
    ]


def test_facts_that_are_not_what_the_field_wants() -> None:
    achievement = {
        "image": "javascript:1",
        "criteria": {"id": "javascript:1"},
        "alignment": {"targetUrl": "MAILTO:x@y"},
    }
    found = facts({"credentialSubject": {"achievement": achievement}, "issuer": {"id": "urn:x", "email": 5}})
    assert [(fact["field"], fact["as"], fact["value"]) for fact in found] == [
        ("issuerEmail", "text", 5),
        ("criteriaLink", "text", "javascript:1"),
        ("skillLink", "link", "MAILTO:x@y"),
    ]


def test_issuer_name_and_the_cap_on_facts() -> None:
    envelope = read(json.dumps({**MINIMAL, "issuer": {"id": "urn:x", "name": "X"}}).encode())
    assert envelope.issuer.to_json() == {"id": "urn:x", "name": "X", "lists": []}
    assert len(facts({"name": ["a", "b", "c"]}, most=2)) == 2
