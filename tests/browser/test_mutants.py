"""Random changes to signed credentials: both verifiers give the same report, and sign the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from browser.mutants import byte_mutants, mutants
from portfolio_gen import contexts, proofs
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError, ReadError
from portfolio_gen.readers import read
from portfolio_gen.verifier import verify

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-06-01T12:00:00Z"
RDFC = ("eddsa-rdfc-2022", "Ed25519Signature2020")


def sources() -> list[bytes]:
    """The demo's credentials and the vectors that verify, so that a change is what makes the difference."""
    demo = [path.read_bytes() for path in sorted((ROOT / "sample_wallet/credentials").glob("*.json"))]
    rows = json.loads((ROOT / "tests/vectors/manifest.json").read_text("utf-8"))
    honest = [
        (ROOT / "tests/vectors" / row["file"]).read_bytes() for row in rows if row["expect"]["verdict"] == "verified"
    ]
    return [data for data in [*demo, *honest] if verify(data, now=NOW).verdict == "verified"]


def documents() -> list[dict[str, Any]]:
    envelopes = [read(data) for data in sources()]
    return [dict(envelope.document) for envelope in envelopes if envelope.format in ("vc1-json", "vc2-json")]


def contexts_are_pinned(document: dict[str, Any]) -> bool:
    named = document["@context"] if isinstance(document["@context"], list) else [document["@context"]]
    return all(isinstance(entry, str) and entry in contexts.table() for entry in named)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_same_reports(seed: int, in_node: Any) -> None:
    changed = [json.dumps(document).encode() for document in mutants(documents(), 300, seed)]
    changed += byte_mutants(sources(), 100, seed)
    verdicts = set()
    for data, report in zip(changed, in_node([(data, NOW) for data in changed]), strict=True):
        python = verify(data, now=NOW).to_json()
        assert rfc8785.dumps(report) == rfc8785.dumps(python), data
        verdicts.add(python["verdict"])
    assert {"failed", "cannot-check"} <= verdicts


def signed_bytes(document: dict[str, Any], proof: Proof) -> dict[str, Any]:
    try:
        return {"is": proofs.hash_data(document, proof).hex()}
    except ProofError as error:
        return {"error": error.code, "detail": dict(error.detail)}


@pytest.mark.parametrize("seed", [4, 5, 6])
def test_same_signed_bytes(seed: int, ask: Any) -> None:
    """A changed document never verifies, so its report hides whether both read it alike; what they hash tells."""
    tasks, answers = [], []
    usable = [document for document in documents() if contexts_are_pinned(document)]
    for number, document in enumerate(mutants(usable, 1_000, seed)):
        try:
            envelope = read(json.dumps(document).encode())
            proof = Proof(RDFC[number % 2], envelope.proofs[0].options, envelope.proofs[0].pointer)
            proofs.check_form(proof, "assertionMethod")
        except (ReadError, ProofError, IndexError):
            continue
        written = {"suite": proof.suite, "options": proof.options, "pointer": proof.pointer}
        tasks.append({"do": "hashData", "document": envelope.document, "proof": written})
        answers.append(signed_bytes(dict(envelope.document), proof))
    for task, python, typescript in zip(tasks, answers, ask(tasks), strict=True):
        assert typescript == python, json.dumps(task)
    assert sum("is" in answer for answer in answers) > 50
    assert len({answer.get("error") for answer in answers}) >= 4


def test_same_canonical_form_as_the_reference(node: Any, ask: Any) -> None:
    """What passes the walk means the same to jsonld.js and rdf-canonize, unpatched, as it does to us."""
    usable = [document for document in documents() if contexts_are_pinned(document)]
    changed = [*usable, *mutants(usable, 500, seed=7)]
    # A known fault of the reference is left to our own vectors: rdf-canonize sorts by UTF-16 unit.
    texts = [json.dumps(document, ensure_ascii=False) for document in changed]
    texts = [text for text in texts if max(text) < "\uffff"]
    tasks = []
    for text in texts:
        document = {name: value for name, value in json.loads(text).items() if name != "proof"}
        pointer = {"suite": RDFC[0], "options": {"type": "DataIntegrityProof"}, "pointer": "/proof"}
        tasks += [
            {"do": "hashData", "document": document, "proof": pointer},
            {"do": "rdf", "document": document},
        ]
    answers = ask(tasks)
    pairs = zip(answers[::2], answers[1::2], tasks[1::2], strict=True)
    passed = [(task["document"], form["is"]) for walked, form, task in pairs if "is" in walked]
    assert len(passed) > 50
    lines = node(ROOT / "tests/browser/reference.mjs", stdin="\n".join(json.dumps(document) for document, _ in passed))
    found = [json.loads(line)["is"] for line in lines.stdout.split("\n") if line]
    for (document, ours), reference in zip(passed, found, strict=True):
        assert ours == reference, json.dumps(document)
