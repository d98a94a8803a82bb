"""Ten thousand changed files: equal reports in both languages, and nothing verified that says something else."""

from __future__ import annotations

import base64
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from struct import unpack
from typing import Any

import pytest
import rfc8785
from bombs import PNG, itxt, png
from vector_rows import ROWS, bytes_of, web_of

from browser.mutants import byte_mutants, items_moved, member_doubled, members_reordered, mutants
from portfolio_gen.readers import read
from portfolio_gen.verifier import verify
from portfolio_gen.web import read_web

SHARED = Path(__file__).resolve().parents[3] / "shared" / "vectors"
HOW_MANY = 10_000
MOST_BYTES = 30_000
SLICES = 4
NOW = "2026-06-01T12:00:00Z"
JUDGED_AT = "2026-11-23T12:00:00Z"
GOOD = ("verified", "partly-checked")
KINDS = ("changed", "doubled", "moved", "bytes", "reordered", "changed", "shown", "bytes")
"""What is done to a file, in turn: a value or two are changed, added or taken away; a member is doubled; the items of a
list are moved or doubled; bytes are changed; all members are put in another order; disclosures are moved, doubled or
left out."""

Source = tuple[bytes, str, Any]
Mutant = tuple[str, bytes]
RDF = {
    *("eddsa-rdfc-2022", "ecdsa-rdfc-2019", "ecdsa-sd-2023", "bbs-2023"),
    *("Ed25519Signature2018", "Ed25519Signature2020", "EcdsaSecp256k1Signature2019"),
    *("JsonWebSignature2020", "RsaSignature2018", "MerkleProof2017", "MerkleProof2019", "merkle-proof-2019"),
}
"""The suites that sign statements, of which JSON-LD's lists are sets; the others sign the document as it stands."""


def sources() -> list[Source]:
    """Files of our vectors, and of those from outside where they are present, whose signature verifies."""
    found = [(bytes_of(row), row["now"], web_of(row)) for row in ROWS if "honest" in row["flags"]]
    if SHARED.is_dir():
        web = read_web(SHARED / "web", JUDGED_AT)
        rows = json.loads((SHARED / "manifest.json").read_text("utf-8"))
        found += [((SHARED / row["file"]).read_bytes(), JUDGED_AT, web) for row in rows if row["measurable"]]
    fitting = [(data, now, web) for data, now, web in found if len(data) <= MOST_BYTES]
    return [(data, now, needed(data, now, web)) for data, now, web in fitting if verdict(data, now, web) in GOOD]


def verdict(data: bytes, now: str, web: Any) -> str:
    return verify(data, now=now, web=web).verdict


def needed(data: bytes, now: str, web: Any) -> Any:
    """Most files need no look-up; to hand on less takes less time."""
    return {} if verify(data, now=now, web={}) == verify(data, now=now, web=web) else web


# What is changed: the JSON in a file, wherever it stands, or the file's bytes.


def changed(data: bytes, count: int, seed: int) -> list[Mutant]:
    """Return `count` changed copies of a file with the kind of the change, of all kinds that it can have."""
    found = opened(data, seed)
    made: dict[str, Iterator[bytes]] = {"bytes": iter(byte_mutants([data], count, seed))}
    if found:
        document, closed = found
        made |= {
            "changed": written(mutants([document], count, seed), closed),
            "doubled": map(closed, member_doubled(document, count, seed)),
            "moved": written(items_moved(document, count, seed), closed),
            "reordered": written(members_reordered(document, count, seed), closed),
        }
    if b"~" in data and not data.lstrip().startswith(b"{"):
        made["shown"] = disclosures_moved(data, count, seed)
    turns = ((kind, next(made[kind], None)) for _ in range(count) for kind in KINDS if kind in made)
    return list(islice(((kind, one) for kind, one in turns if one is not None), count))


def written(documents: Iterator[dict[str, Any]], closed: Callable[[bytes], bytes]) -> Iterator[bytes]:
    return (closed(json.dumps(document).encode()) for document in documents)


Opened = tuple[dict[str, Any], Callable[[bytes], bytes]]


def opened(data: bytes, seed: int) -> Opened | None:
    """Return the JSON object in a file, and what makes the file again around another text in its place."""
    if data.startswith(PNG):
        return in_picture(baked(data), lambda payload: png(itxt(payload)), seed)
    if b"<svg" in data[:4096]:
        before, start, rest = data.partition(b"<![CDATA[")
        payload, end, behind = rest.partition(b"]]>")
        return in_picture(payload, lambda text: b"".join((before, start, text, end, behind)), seed)
    document = as_object(data)
    if document is None:
        return in_token(data)
    inside = document.get("payload")
    if isinstance(inside, str) and seed % 2:
        return in_payload(document, inside)
    return document, bytes


def in_picture(payload: bytes, bake: Callable[[bytes], bytes], seed: int) -> Opened | None:
    found = opened(payload, seed) if payload else None
    return found and (found[0], lambda text: bake(found[1](text)))


def baked(data: bytes) -> bytes:
    """The text of a picture's first iTXt for a badge, if it is not compressed."""
    at = len(PNG)
    while at < len(data):
        (length,) = unpack(">L", data[at : at + 4])
        body = data[at + 8 : at + 8 + length]
        if data[at + 4 : at + 8] == b"iTXt" and re.match(rb"openbadge(credential|s)\0\0\0", body):
            return body.split(b"\0", 5)[5]
        at += 12 + length
    return b""


def in_token(data: bytes) -> Opened | None:
    header, _, rest = data.strip().partition(b".")
    payload, _, signature = rest.partition(b".")
    document = as_object(decoded(payload))
    if document is None:
        return None
    return document, lambda text: b".".join((header, encoded(text), signature))


def in_payload(whole: dict[str, Any], payload: str) -> Opened | None:
    """The payload of a JWS in JSON: a text as it stands, or base64url."""
    plain = as_object(payload.encode())
    document = as_object(decoded(payload.encode())) if plain is None else plain
    if document is None:
        return None
    return document, lambda text: json.dumps(
        whole | {"payload": (encoded(text) if plain is None else text).decode()}
    ).encode()


def as_object(data: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(data)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def decoded(text: bytes) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        return b""


def encoded(text: bytes) -> bytes:
    return base64.urlsafe_b64encode(text).rstrip(b"=")


def disclosures_moved(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield copies of an SD-JWT with its disclosures in another order, one of them twice, or one less."""
    dice = random.Random(seed)
    token, *shown, binding = data.strip().split(b"~")
    for _ in range(count if shown else 0):
        parts = list(shown)
        one = dice.choice(parts)
        if dice.random() < 0.6:
            parts.remove(one)
        if dice.random() < 0.6:
            parts.insert(dice.randrange(len(parts) + 1), one)
        yield b"~".join((token, *parts, binding))


# What is said: by the signed document, and by what would be shown of it.


@dataclass(frozen=True)
class Said:
    """What a credential says: its signed document, and what is shown of it, wherever in its lists."""

    document: Any
    issuer: Any
    facts: Counter[Any]
    signed: bool
    as_statements: bool
    withheld: bool


def said(data: bytes, report: dict[str, Any]) -> Iterator[Said]:
    """Yield what a file says, and each credential in it, if it can be read."""
    if report["checks"]["readable"]["result"] != "pass":
        return
    envelope = read(data)
    document = dict(envelope.document)
    if any(proof.jws is None for proof in envelope.proofs):
        document.pop("proof", None)
    facts = Counter((fact["field"], str(fact["value"]), fact["as"], fact.get("lang")) for fact in report["credential"])
    signature = report["checks"]["signature"]
    suites = signature.get("detail", {}).get("suites", [])
    withheld = report["checks"]["readable"].get("detail", {}).get("undisclosed")
    yield Said(
        document,
        report["issuer"],
        facts,
        signature["result"] == "pass",
        bool(suites) and set(suites) <= RDF,
        bool(withheld),
    )
    for inner, inside in zip(envelope.inner, report["inner"], strict=True):
        yield from said(inner.data, inside)


def is_honest(mutant: Said, honest: list[Said]) -> bool:
    """Whether one of the credentials in the very file says this, no more and no less.

    An SD-JWT's holder may show less of it; then the report counts what is left out.
    """
    return any(is_said(mutant, one) for one in honest)


def is_said(mutant: Said, honest: Said) -> bool:
    if mutant.withheld:
        told = {name: value for name, value in (mutant.issuer or {}).items() if value is not None}
        return (
            mutant.facts <= honest.facts
            and is_part(told, honest.issuer or {})
            and is_part(mutant.document, honest.document)
        )
    if (mutant.issuer, mutant.facts) != (honest.issuer, honest.facts):
        return False
    if mutant.as_statements and honest.as_statements:
        return statements(mutant.document) == statements(honest.document)
    return rfc8785.dumps(mutant.document) == rfc8785.dumps(honest.document)


def is_part(less: Any, whole: Any) -> bool:
    """Whether members and items were left out of a value, and nothing else was done to it."""
    if isinstance(less, dict) and isinstance(whole, dict):
        return all(name in whole and is_part(part, whole[name]) for name, part in less.items())
    if isinstance(less, list) and isinstance(whole, list):
        left = iter(whole)
        return all(any(is_part(part, other) for other in left) for part in less)
    return rfc8785.dumps(less) == rfc8785.dumps(whole)


Statement = tuple[Any, ...]


def statements(document: Any) -> frozenset[Statement]:
    """What a document says as JSON-LD reads it, by its own words: node, word, value; and nothing in another order.

    What stands in several places about one identifier is said of one node, and said once; `null` and empty lists say
    nothing. Contexts say nothing of their own: what one makes of the words is in what is signed. A credential in a
    presentation is a graph of its own.
    """
    found: set[Statement] = set()
    found.add((_node(document, found),))
    return frozenset(found)


def _node(value: dict[str, Any], found: set[Statement]) -> Any:
    """Put what is said of an identifier into `found`; return it, or all that is said of something that has none.

    Without an identifier, two things of which the same is said are two.
    """
    presents = "VerifiablePresentation" in json.dumps(value.get("type"))
    said = Counter[Statement]()
    for word, parts in value.items():
        if word in ("@context", "id"):
            continue
        for part in _items(parts):
            if isinstance(part, dict):
                apart = presents and word == "verifiableCredential"
                named = statements(part) if apart else _node(part, found)
                said[word, named] = 1 if isinstance(named, str) else said[word, named] + 1
            else:
                said[word, rfc8785.dumps(part)] = 1
    name = value.get("id")
    if not isinstance(name, str):
        return frozenset(said.items())
    found |= {(name, *one) for one in said.items()}
    return name


def _items(value: Any) -> Iterator[Any]:
    """What a member or an item says: a list all that is in it, `null` nothing."""
    if isinstance(value, list):
        for part in value:
            yield from _items(part)
    elif value is not None:
        yield value


RESULT: dict[str, Any] = {"id": "urn:1", "result": [{"name": "Bees", "value": "A"}, {"name": "Honey", "value": "F"}]}


@pytest.mark.parametrize(
    "other",
    [
        {"id": "urn:1", "result": [{"name": "Bees", "value": "F"}, {"name": "Honey", "value": "A"}]},
        {"id": "urn:1", "result": [RESULT["result"][0], *RESULT["result"]]},
        {"id": "urn:1", "result": RESULT["result"][:1]},
        {"id": "urn:2", "result": RESULT["result"]},
        {"result": RESULT["result"]},
        RESULT | {"validUntil": "2030-01-01T00:00:00Z"},
        RESULT | {"about": {"id": "urn:1", "grade": "A"}},
    ],
)
def test_other_words_are_told_apart(other: dict[str, Any]) -> None:
    assert statements(other) != statements(RESULT)
    assert is_part(other, RESULT) == (
        other in ({"result": RESULT["result"]}, RESULT | {"result": RESULT["result"][:1]})
    )


def test_the_same_words_are_the_same() -> None:
    spelt = {"result": [RESULT["result"][1], [], dict(reversed(RESULT["result"][0].items()))], "x": None, "id": "urn:1"}
    assert statements(spelt) == statements(RESULT)
    assert statements({"id": "urn:1", "a": ["x"]}) == statements({"id": "urn:1", "a": "x"})


@pytest.mark.parametrize("seed", range(20))
def test_a_doubled_member_stands_in_one_object_twice(seed: int) -> None:
    def count(members: list[tuple[str, Any]]) -> dict[str, Any]:
        doubled.extend(name for name, times in Counter(name for name, _ in members).items() if times == 2)
        return dict(members)

    doubled: list[str] = []
    [text] = member_doubled(RESULT | {"ä😀": {"": 1}}, 1, seed)
    json.loads(text, object_pairs_hook=count)
    assert len(doubled) == 1


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SLICES))
def test_changed_files(part: int, in_node: Any) -> None:
    files = sources()
    assert len(files) > 100
    each = -(-HOW_MANY // len(files))
    mine = [(index, source) for index, source in enumerate(files) if index % SLICES == part]
    tasks = [
        (kind, index, (mutant, now, web))
        for index, (data, now, web) in mine
        for kind, mutant in changed(data, each, index)
    ]
    assert len(tasks) == each * len(mine)
    honest = {index: list(said(data, verify(data, now=now, web=web).to_json())) for index, (data, now, web) in mine}
    good = Counter[str]()
    for (kind, index, (mutant, now, web)), report in zip(tasks, in_node([task for *_, task in tasks]), strict=True):
        python = verify(mutant, now=now, web=web).to_json()
        assert rfc8785.dumps(report) == rfc8785.dumps(python), mutant
        for one in said(mutant, python):
            if one.signed:  # and so all that is `verified`
                assert is_honest(one, honest[index]), (kind, files[index][0], mutant)
                good[kind] += 1
        assert kind != "doubled" or python["verdict"] not in GOOD, mutant
    # A verifier that refused all would pass, and so would a test that changed nothing: the order of members is free,
    # and that of items where lists are sets, and a holder may leave out disclosures.
    assert {kind for kind, count in good.items() if count} >= {"reordered", "moved", "shown"}
