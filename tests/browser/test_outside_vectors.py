"""Vectors that this project did not write (../shared/vectors), where they are present, through the TypeScript half."""

from __future__ import annotations

import csv
import dataclasses
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785
import wycheproof_rows
from rdf_lines import quads

from portfolio_gen import multibase
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs.rdfc import Quad, canonicalize
from portfolio_gen.verifier import verify
from portfolio_gen.web import read_web

EXPIRY_JUDGED_AT = "2026-11-23T12:00:00Z"


@pytest.fixture(scope="module")
def tasks(shared_vectors: Path, load: Any) -> dict[str, Any]:
    """Every file of the manifest from outside, with the look-ups that come with them."""
    web = read_web(shared_vectors / "web", EXPIRY_JUDGED_AT)
    files = [row["file"] for row in load(shared_vectors / "manifest.json")]
    assert len(files) == 484
    return {file: ((shared_vectors / file).read_bytes(), EXPIRY_JUDGED_AT, web) for file in files}


@pytest.fixture(scope="module")
def reports(tasks: dict[str, Any], in_node: Any) -> dict[str, Any]:
    return dict(zip(tasks, in_node(list(tasks.values())), strict=True))


def test_same_reports_as_python(tasks: dict[str, Any], reports: dict[str, Any]) -> None:
    """tests/unit/test_conformance.py asks whether they are right."""
    for file, (data, now, web) in tasks.items():
        python = rfc8785.dumps(verify(data, now=now, web=web).to_json())
        assert rfc8785.dumps(reports[file]) == python, file


def test_same_reports_in_chromium(tasks: dict[str, Any], reports: dict[str, Any], in_chromium: Any) -> None:
    found = dict(zip(tasks, in_chromium(list(tasks.values())), strict=True))
    assert [file for file in tasks if found[file] != reports[file]] == []


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        ("Ed25519Signature2020", "EdSig"),
        ("eddsa-jcs-2022", "JCS"),
        ("eddsa-rdfc-2022", "DataInt"),
        ("eddsa-rdfc-2022/employ", "DataInt"),
    ],
)
def test_intermediate_values_of_vc_di_eddsa(folder: str, suffix: str, algorithms: Path, ask: Any, load: Any) -> None:
    place = algorithms / "w3c+vc-di-eddsa/TestVectors" / folder
    signed = load(place / f"signed{suffix}.json")
    document = {name: value for name, value in signed.items() if name != "proof"}
    options = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    suite = options.get("cryptosuite", options["type"])
    if suffix == "JCS":
        forms = [{"do": "jcs", "text": json.dumps(part)} for part in (document, options)]
    else:
        options["@context"] = document["@context"]
        forms = [{"do": "rdf", "document": part} for part in (document, options)]
    proof = {"suite": suite, "options": signed["proof"], "pointer": "/proof"}
    tasks = [
        {"do": "pin", "more": employment_context(algorithms, load)},
        *forms,
        {"do": "hashData", "document": signed, "proof": proof},
        {"do": "multibase", "text": signed["proof"]["proofValue"]},
    ]
    document_form, options_form, combined, signature = (answer["is"] for answer in ask(tasks)[1:])

    def text(stem: str) -> str:
        return (place / f"{stem}{suffix}.txt").read_text("utf-8")

    assert document_form == text("canonDoc")
    assert options_form == text("proofCanon")
    assert sha256(document_form.encode()).hexdigest() == text("docHash").strip()
    assert combined == text("combinedHash").strip()
    assert signature == text("sigHex").strip()


def employment_context(algorithms: Path, load: Any) -> dict[str, Any]:
    """The one context more that the employment sample needs; we do not pin it."""
    url = "https://w3id.org/citizenship/v4rc1"
    contexts = algorithms.parent / "contexts"
    return {url: load(contexts / load(contexts / "index.json")[url]["file"])}


@pytest.fixture(scope="module")
def graphs(algorithms: Path) -> dict[str, list[Quad]]:
    place = algorithms / "w3c+rdf-canon/tests/rdfc10"
    files = sorted(place.glob("*-in.nq"))
    return {file.name.removesuffix("-in.nq"): list(quads(file.read_bytes().decode("utf-8"))) for file in files}


def test_rdf_canonicalisation_suite(algorithms: Path, graphs: dict[str, list[Quad]], ask: Any) -> None:
    place = algorithms / "w3c+rdf-canon/tests"
    with (place / "manifest.csv").open(newline="", encoding="utf-8") as table:
        tests = [row for row in csv.DictReader(table) if row["hashAlgorithm"] in ("", "SHA256")]
    assert len(tests) > 60
    answers = ask([{"do": "rdfc", "quads": graphs[row["test"]]} for row in tests])
    for row, answer in zip(tests, answers, strict=True):
        if "NegativeEval" in "".join(value or "" for value in row.values()):
            assert answer["error"] == "TOO_MUCH_WORK"
        else:
            assert answer["is"] == (place / "rdfc10" / f"{row['test']}-rdfc10.nq").read_bytes().decode("utf-8")


def test_work_is_counted_as_in_python(graphs: dict[str, list[Quad]], ask: Any) -> None:
    """At each limit both sides finish, with the same result, or both give up."""
    caps = [(entered, 128) for entered in (1, 2, 3, 4, 6, 8, 12, 24, 42, 43, 64)]
    caps += [(64, nesting) for nesting in (1, 2, 3, 4, 5, 8, 16)]
    cases = [(graph, entered, nesting) for graph in graphs.values() for entered, nesting in caps]
    answers = ask(
        [
            {"do": "rdfc", "quads": graph, "limits": {"hashNDegreeQuads": entered, "hashNesting": nesting}}
            for graph, entered, nesting in cases
        ]
    )
    wanted = [python_form(graph, entered, nesting) for graph, entered, nesting in cases]
    assert [answer.get("is", answer.get("error")) for answer in answers] == wanted
    assert 0 < wanted.count("TOO_MUCH_WORK") < len(wanted)


def python_form(graph: list[Quad], entered: int, nesting: int) -> str:
    try:
        return canonicalize(graph, dataclasses.replace(LIMITS, hash_n_degree_quads=entered, hash_nesting=nesting))
    except ProofError as error:
        return error.code


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_json_canonicalisation_suite(name: str, algorithms: Path, ask: Any) -> None:
    place = algorithms / "cyberphone+json-canonicalization/testdata"
    [answer] = ask([{"do": "jcs", "text": (place / f"input/{name}.json").read_text("utf-8")}])
    assert answer["is"].encode("utf-8") == (place / f"output/{name}.json").read_bytes()


def test_did_key_of_ed25519(algorithms: Path, ask: Any, load: Any) -> None:
    dids = list(load(algorithms / "w3c-ccg+did-method-key/test-vectors/ed25519-x25519.json"))
    assert len(dids) >= 5
    answers = ask([{"do": "key", "method": f"{did}#{did.removeprefix('did:key:')}"} for did in dids])
    for did, answer in zip(dids, answers, strict=True):
        assert multibase.encode(bytes.fromhex("ed01" + answer["is"])) == did.removeprefix("did:key:")


def test_did_key_of_other_kinds_is_no_key_for_ed25519(algorithms: Path, ask: Any, load: Any) -> None:
    place = algorithms / "w3c-ccg+did-method-key/test-vectors"
    names = ("bls12381", "nist-curves", "rsa", "secp256k1", "x25519")
    dids = [did for name in names for did in load(place / f"{name}.json") if did.startswith("did:key:")]
    assert len(dids) >= 10
    answers = ask([{"do": "key", "method": f"{did}#{did.removeprefix('did:key:')}"} for did in dids])
    assert {answer["error"] for answer in answers} <= {"KEY_MISMATCH", "KEY_TYPE_NOT_SUPPORTED"}


@pytest.mark.parametrize("by", ["own", "noble"])
def test_wycheproof_ed25519(by: str, algorithms: Path, ask: Any, load: Any) -> None:
    groups = load(algorithms / "C2SP+wycheproof/testvectors_v1/ed25519_test.json")["testGroups"]
    cases = [(group["publicKey"]["pk"], test) for group in groups for test in group["tests"]]
    sized = [(key, test) for key, test in cases if len(test["sig"]) == 128]
    assert all(test["result"] == "invalid" for _, test in cases if len(test["sig"]) != 128)
    assert len(sized) > 100
    answers = ask(
        [
            {"do": "ed25519", "key": key, "message": test["msg"], "signature": test["sig"], "by": by}
            for key, test in sized
        ]
    )
    assert [answer["is"] for answer in answers] == [test["result"] == "valid" for _, test in sized]


def test_wycheproof_ecdsa_and_rsa(algorithms: Path, ask: Any) -> None:
    rows = wycheproof_rows.signatures(algorithms / "C2SP+wycheproof/testvectors_v1")
    assert len(rows) > 1_100
    answers = ask([{"do": "signature", **row["task"]} for row in rows.values()])
    found = {name: answer.get("is") for name, answer in zip(rows, answers, strict=True)}
    assert [name for name, row in rows.items() if found[name] is not row["valid"]] == []


def test_wycheproof_json_web_signatures_and_keys(algorithms: Path, ask: Any) -> None:
    rows = wycheproof_rows.tokens(algorithms / "C2SP+wycheproof/testvectors_v1")
    assert len(rows) > 400
    answers = ask([{"do": "token", **row["task"]} for row in rows.values()])
    found = {name: answer.get("is") or answer["error"] for name, answer in zip(rows, answers, strict=True)}
    assert [(name, found[name]) for name, row in rows.items() if (found[name] == "OK") != row["valid"]] == []
