"""Random, seeded changes to credentials, of the kinds that JSON-LD, JSON and RDF readers disagree on."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

KEYS = [
    "name",
    "description",
    "id",
    "type",
    "image",
    "evidence",
    "bogus",
    "xsd:foo",
    "urn:abs:key",
    "narrative",
    "achievement",
    "@type",
    "@id",
    "@graph",
    "@included",
    "@nest",
    "@index",
    "@language",
    "@value",
    "@list",
    "@set",
    "@reverse",
    "issuer",
    "proof",
    "credentialStatus",
    "credentialSchema",
    "termsOfUse",
    "relatedResource",
    "source",
    "creator",
    "identifier",
    "address",
    "endorsement",
    "validFrom",
    "validUntil",
    "result",
    "tag",
    "alignment",
    "resultDescription",
    "verifiableCredential",
    "holder",
    "confidenceMethod",
    "refreshService",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "creditsEarned",
    "percent",
    "dateOfBirth",
    "sec",
    "xsd",
    "'quoted'",
    "é",
    "😀",
    "ﬁ",
    "value",
    "domain",
    "challenge",
    "nonce",
    "expires",
    "digestSRI",
    "digestMultibase",
    "mediaType",
    "renderMethod",
    "publicKeyMultibase",
    "",
    "with space",
    "a/b~c",
    "xsd:",
    "_:b",
    "nul\u0000",
    "nbsp\u00a0",
]

VALUES: list[Any] = [
    "",
    "plain",
    "ü 😀 \ufb01 \u2028",
    'quo"te\\ \n\r\t\b\f \u0001 \u007f \ufffe',
    1,
    0,
    -1,
    1.5,
    0.1,
    1e-7,
    123456.789,
    0.30000000000000004,
    5e-324,
    2**53 - 1,
    2.5e-10,
    True,
    False,
    None,
    [],
    {},
    [[]],
    [None],
    [None, "a"],
    ["a", "a"],
    ["b", "a"],
    [[1]],
    [{}, {}],
    [{}, {}, {}],
    "urn:x:1",
    "urn:a:b",
    "rel/iri",
    "https://e.example/ü",
    "https://e.example/a b",
    "https://e.example/<",
    "xsd:string",
    "https://w3id.org/security#x",
    "sec:x",
    "//e.example",
    "_:b0",
    "@id",
    "@type",
    "@vocab",
    "did:key:z6Mk",
    "mailto:a@b.example",
    "1:x",
    "Competency",
    "Image",
    "Evidence",
    "VerifiableCredential",
    "Profile",
    "https://www.w3.org/2018/credentials#VerifiableCredential",
    "2026-01-01T00:00:00Z",
    "not a date",
    "a\u0085b",
    "a:\ufeff",
    {"id": "urn:x:1"},
    {"id": None},
    {"id": 5},
    {"id": "rel"},
    {"id": "_:x"},
    {"type": "Image"},
    {"type": None},
    {"type": 5},
    {"type": ["Evidence", "Image"], "name": "n"},
    {"type": ["Profile", "Alignment"], "name": "q"},
    {"type": "Bogus"},
    {"type": []},
    {"type": ["DataIntegrityProof"], "cryptosuite": "x"},
    {"type": "Ed25519Signature2020", "created": "x"},
    {"type": "Multikey", "publicKeyMultibase": "z1"},
    {"type": "JsonSchema", "id": "urn:s"},
    {"type": "BitstringStatusListEntry"},
    {"@value": "v"},
    {"@value": "v", "@language": "en"},
    {"@value": "v", "@language": "EN-gb"},
    {"@value": "v", "@language": "e_n"},
    {"@value": "v", "@direction": "rtl"},
    {"@value": "v", "@language": "ar", "@direction": "rtl"},
    {"@value": "v", "@type": "xsd:x"},
    {"@value": 5},
    {"@value": None},
    {"@value": "v", "@language": None},
    {"@value": "v", "@direction": "up"},
    {"@value": ["v"]},
    {"@id": "urn:q"},
    {"@list": [1]},
    {"@set": ["a"]},
    {"@graph": [{"id": "urn:g"}]},
    {"narrative": "a", "id": "urn:z"},
    {"name": "x"},
    [{"name": "x"}, {"name": "x"}],
    [{"name": "x"}, {"name": "y"}],
    {"__proto__": {"id": "urn:p"}},
    {"@context": "https://w3id.org/security/data-integrity/v2", "name": "x"},
    {"@context": None},
    {"@context": []},
    {"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiableCredential", "issuer": "urn:i"},
    {"@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"], "type": "Achievement", "name": "n"},
    {"@context": "https://www.w3.org/2018/credentials/v1", "id": "urn:c"},
    {"@context": {"name": "urn:n"}},
    {"@context": "urn:nope"},
    {"id": "urn:g", "type": ["VerifiableCredential"], "issuer": {"id": "urn:i"}, "credentialSubject": {"id": "urn:s"}},
]


def mutants(documents: list[dict[str, Any]], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield `count` copies of the documents, each with one to three changes anywhere in it."""
    dice = random.Random(seed)
    for _ in range(count):
        document = copy.deepcopy(dice.choice(documents))
        for _ in range(dice.choice([1, 1, 1, 2, 3])):
            _change(dice, document)
        yield document


def _change(dice: random.Random, document: dict[str, Any]) -> None:
    places = list(_containers(document))
    place = dice.choice(places)
    if isinstance(place, list):
        _change_items(dice, place)
        return
    roll = dice.random()
    if roll < 0.15 and place:
        del place[dice.choice(list(place))]
    elif roll < 0.5 and place:
        place[dice.choice(list(place))] = copy.deepcopy(dice.choice(VALUES))
    elif roll < 0.9:
        place[dice.choice(KEYS)] = copy.deepcopy(dice.choice(VALUES))
    else:
        place[dice.choice(KEYS)] = copy.deepcopy(dice.choice(places))


def _change_items(dice: random.Random, place: list[Any]) -> None:
    at = dice.randrange(len(place) + 1)
    roll = dice.random()
    if roll < 0.4 or not place:
        place.insert(at, copy.deepcopy(dice.choice(VALUES)))
    elif roll < 0.6:
        place[at % len(place)] = copy.deepcopy(dice.choice(VALUES))
    elif roll < 0.8:
        del place[at % len(place)]
    else:
        _move_item(dice, place)


def _move_item(dice: random.Random, place: list[Any]) -> None:
    """Put an item, or another copy of it, somewhere in its list."""
    item = dice.choice(place)
    if dice.random() < 0.5:
        place.remove(item)
    place.insert(dice.randrange(len(place) + 1), copy.deepcopy(item))


def items_moved(document: dict[str, Any], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield `count` copies of a document in each of which the items of one list stand in another order, or one twice.

    Nothing in a document without a list.
    """
    dice = random.Random(seed)
    for _ in range(count):
        changed = copy.deepcopy(document)
        lists = [place for place in _containers(changed) if isinstance(place, list) and place]
        if not lists:
            return
        # Most lists have one item, which can be doubled and not moved: those with more come first.
        _move_item(dice, dice.choice([place for place in lists if len(place) > 1] or lists))
        yield changed


def members_reordered(document: dict[str, Any], count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Yield `count` copies that are the same document: the members of each object stand in another order."""
    dice = random.Random(seed)
    for _ in range(count):
        yield _reordered(dice, document)


def _reordered(dice: random.Random, value: Any) -> Any:
    if isinstance(value, list):
        return [_reordered(dice, part) for part in value]
    if not isinstance(value, dict):
        return value
    members = [(name, _reordered(dice, part)) for name, part in value.items()]
    dice.shuffle(members)
    return dict(members)


def member_doubled(document: dict[str, Any], count: int, seed: int) -> Iterator[bytes]:
    """Yield `count` times the text of a document in which one object has a member twice: alike, or with another value.

    The second name may be spelt with an escape: readers that compare names before they unescape them see two.
    """
    dice = random.Random(seed)
    for _ in range(count):
        changed = copy.deepcopy(document)
        place = dice.choice([place for place in _containers(changed) if isinstance(place, dict) and place])
        name = dice.choice(list(place))
        again = dice.choice([place[name], *dice.sample(VALUES, 2)])
        members = list(place.items())
        members.insert(dice.randrange(len(members) + 1), (_AGAIN, copy.deepcopy(again)))
        place.clear()
        place.update(members)
        spelt = json.dumps(name)
        if name and dice.random() < 0.3:
            spelt = f'"\\u{ord(name[0]):04x}{json.dumps(name[1:])[1:]}' if ord(name[0]) < 0x10000 else spelt
        yield json.dumps(changed).replace(json.dumps(_AGAIN), spelt, 1).encode()


_AGAIN = "a name that no document has"


def _containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for part in list(value.values()) if isinstance(value, dict) else value:
            yield from _containers(part)


def byte_mutants(files: list[bytes], count: int, seed: int) -> list[bytes]:
    """Return `count` copies of the files, each with a few bytes changed, doubled, cut or put in."""
    dice = random.Random(seed)
    pieces = [
        b'"',
        b"\\",
        b"{",
        b"}",
        b"[",
        b",",
        b":",
        b"0",
        b"e9",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"\\ud800",
        b"\\u0000",
        b"NaN",
    ]
    changed = []
    for _ in range(count):
        data = bytearray(dice.choice(files))
        for _ in range(dice.choice([1, 1, 2])):
            at = dice.randrange(len(data))
            end = at + dice.choice([0, 0, 1, 1, 20])
            data[at:end] = dice.choice([b"", dice.choice(pieces), bytes(data[at:end]) * 2])
        changed.append(bytes(data))
    return changed
