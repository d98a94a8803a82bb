"""Vectors that this project did not write (../shared/vectors), where they are present."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785
import wycheproof_rows
from rdf_lines import quads

from portfolio_gen import contexts, keys, multibase, proofs
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs import jws
from portfolio_gen.proofs.ed25519 import verifies
from portfolio_gen.proofs.rdfc import canonicalize
from portfolio_gen.proofs.unsecured import canonical_rdf
from portfolio_gen.readers import jose
from portfolio_gen.readers.recognise import is_compact
from portfolio_gen.readers.vc_json import read
from portfolio_gen.strict_json import read_json
from portfolio_gen.verifier import verify

EXPIRY_JUDGED_AT = "2026-11-23T12:00:00Z"


SIGNED = {
    "Ed25519Signature2020/signedEdSig.json": ("OK", "partly-checked"),
    "eddsa-jcs-2022/signedJCS.json": ("OK", "partly-checked"),
    "eddsa-rdfc-2022/signedDataInt.json": ("OK", "partly-checked"),
    "eddsa-rdfc-2022/employ/signedDataInt.json": ("NO_ISSUER_PROOF", "failed"),
    "proof-set-chain/signedProofSet1.json": ("OK", "partly-checked"),
    "proof-set-chain/signedProofSet2.json": ("OK", "partly-checked"),
    "proof-set-chain/signedProofChain1.json": ("OK", "partly-checked"),
    "proof-set-chain/signedProofChain2.json": ("OK", "partly-checked"),
}


@pytest.mark.parametrize("name", SIGNED)
def test_the_recommendation_s_signed_samples(name: str, algorithms: Path) -> None:
    report = verify((algorithms / "w3c+vc-di-eddsa/TestVectors" / name).read_bytes(), now=EXPIRY_JUDGED_AT)
    assert (report.checks["signature"].code, report.verdict) == SIGNED[name]


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        ("Ed25519Signature2020", "EdSig"),
        ("eddsa-jcs-2022", "JCS"),
        ("eddsa-rdfc-2022", "DataInt"),
        ("eddsa-rdfc-2022/employ", "DataInt"),
    ],
)
def test_intermediate_values_of_vc_di_eddsa(
    folder: str, suffix: str, algorithms: Path, monkeypatch: pytest.MonkeyPatch, load: Any
) -> None:
    with_contexts_of(algorithms.parent / "contexts", monkeypatch, load)
    place = algorithms / "w3c+vc-di-eddsa/TestVectors" / folder
    signed = load(place / f"signed{suffix}.json")
    document = {name: value for name, value in signed.items() if name != "proof"}
    options = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    [proof] = read(signed, "vc2-json", LIMITS).proofs

    def text(stem: str) -> str:
        return (place / f"{stem}{suffix}.txt").read_text("utf-8")

    jcs = suffix == "JCS"
    forms = {
        "Doc": rfc8785.dumps(document) if jcs else canonical_rdf(document, LIMITS),
        "proof": rfc8785.dumps(options)
        if jcs
        else canonical_rdf({**options, "@context": document["@context"]}, LIMITS),
    }
    assert forms["Doc"] == text("canonDoc").encode("utf-8")
    assert forms["proof"] == text("proofCanon").encode("utf-8")
    assert sha256(forms["Doc"]).hexdigest() == text("docHash").strip()
    assert sha256(forms["proof"]).hexdigest() == text("proofHash").strip()
    assert proofs.hash_data(signed, proof).hex() == text("combinedHash").strip()
    assert multibase.decode(signed["proof"]["proofValue"]).hex() == text("sigHex").strip()


def with_contexts_of(place: Path, monkeypatch: pytest.MonkeyPatch, load: Any) -> None:
    """Let the suites use one context more than we pin: the employment sample's."""
    citizenship = "https://w3id.org/citizenship/v4rc1"
    pinned, table = contexts.load, contexts.table()
    more = load(place / load(place / "index.json")[citizenship]["file"])
    monkeypatch.setattr(contexts, "table", lambda: {**table, citizenship: {}})
    monkeypatch.setattr(contexts, "load", lambda url, edition=0: more if url == citizenship else pinned(url, edition))


def test_contexts_are_the_ones_that_the_samples_use(shared_vectors: Path, load: Any) -> None:
    index = load(shared_vectors / "contexts/index.json")
    shared = {url: index[url]["file"] for url in contexts.table() if url in index}
    assert len(shared) > 5
    for url, file in shared.items():
        sample = load(shared_vectors / "contexts" / file)
        assert sample in [contexts.load(url, edition) for edition in range(len(contexts.editions(url)))], url


def test_rdf_canonicalisation_suite(algorithms: Path) -> None:
    place = algorithms / "w3c+rdf-canon/tests"
    with (place / "manifest.csv").open(newline="", encoding="utf-8") as table:
        rows = [row for row in csv.DictReader(table) if row["hashAlgorithm"] in ("", "SHA256")]
    assert len(rows) > 60
    wrong = [row["test"] for row in rows if not canonical_form_is_right(place / "rdfc10", row)]
    assert wrong == []


def canonical_form_is_right(place: Path, row: dict[str, str]) -> bool:
    name = row["test"]
    text = (place / f"{name}-in.nq").read_bytes().decode("utf-8")
    if "NegativeEval" in "".join(value or "" for value in row.values()):
        with pytest.raises(ProofError, match="TOO_MUCH_WORK"):
            canonicalize(quads(text))
        return True
    return canonicalize(quads(text)).encode("utf-8") == (place / f"{name}-rdfc10.nq").read_bytes()


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_json_canonicalisation_suite(name: str, algorithms: Path, load: Any) -> None:
    place = algorithms / "cyberphone+json-canonicalization/testdata"
    value = load(place / f"input/{name}.json")
    assert rfc8785.dumps(value) == (place / f"output/{name}.json").read_bytes()


def test_json_reader_on_the_json_canonicalisation_suite(algorithms: Path) -> None:
    place = algorithms / "cyberphone+json-canonicalization/testdata/input"
    for name in ("french", "structures", "unicode", "weird", "arrays"):
        data = (place / f"{name}.json").read_bytes()
        assert rfc8785.dumps(read_json(data, LIMITS)) == rfc8785.dumps(json.loads(data))


def test_did_key_of_ed25519(algorithms: Path, load: Any) -> None:
    rows = load(algorithms / "w3c-ccg+did-method-key/test-vectors/ed25519-x25519.json")
    assert len(rows) >= 5
    for did, row in rows.items():
        pair = row.get("verificationKeyPair") or row["verificationMethod"]
        listing = keys.listing(did, "assertionMethod", {})
        assert listing
        [method] = (name for name in listing.methods if "#" in name)
        key = keys.resolve(method, {})
        assert key.controller == did
        assert method == did + pair["id"] if pair["id"].startswith("#") else method == pair["id"]
        assert multibase.encode(b"\xed\x01" + key.public) == did.removeprefix("did:key:")
        if "publicKeyBase58" in pair:
            assert key.public == multibase.decode("z" + pair["publicKeyBase58"])


def test_did_key_of_other_kinds_is_no_key_for_ed25519(algorithms: Path, load: Any) -> None:
    place = algorithms / "w3c-ccg+did-method-key/test-vectors"
    names = ("bls12381", "nist-curves", "rsa", "secp256k1", "x25519")
    dids = [did for name in names for did in load(place / f"{name}.json") if did.startswith("did:key:")]
    assert len(dids) >= 10
    for did in dids:
        with pytest.raises(ProofError, match=r"KEY_MISMATCH|KEY_TYPE_NOT_SUPPORTED"):
            use_for_ed25519(f"{did}#{did.removeprefix('did:key:')}")


def use_for_ed25519(method: str) -> None:
    proofs.check_kind(Proof("eddsa-jcs-2022", {}, "/proof"), keys.resolve(method, {}))


def test_wycheproof_ed25519(algorithms: Path, load: Any) -> None:
    suite = load(algorithms / "C2SP+wycheproof/testvectors_v1/ed25519_test.json")
    wrong = []
    for group in suite["testGroups"]:
        public = bytes.fromhex(group["publicKey"]["pk"])
        for test in group["tests"]:
            signature = bytes.fromhex(test["sig"])
            fine = len(signature) == 64 and verifies(public, bytes.fromhex(test["msg"]), signature)
            if fine != (test["result"] == "valid"):
                wrong.append(test["tcId"])
    assert wrong == []


def test_wycheproof_ecdsa_and_rsa(algorithms: Path) -> None:
    rows = wycheproof_rows.signatures(algorithms / "C2SP+wycheproof/testvectors_v1")
    assert len(rows) > 1_100
    assert [name for name, row in rows.items() if signature_fits(**row["task"]) != row["valid"]] == []


def signature_fits(jwk: Any, alg: str, message: str, signature: str) -> bool:
    """Return whether a bare signature is by the key; raises ProofError for a key that is none."""
    key = keys.brought({"jwk": jwk})
    keys.check(key)
    jws.check_algorithm(key, alg)
    return jws.verifies(alg, key, bytes.fromhex(message), bytes.fromhex(signature))


def test_wycheproof_json_web_signatures_and_keys(algorithms: Path) -> None:
    rows = wycheproof_rows.tokens(algorithms / "C2SP+wycheproof/testvectors_v1")
    assert len(rows) > 400
    found = {name: token_code(**row["task"]) for name, row in rows.items()}
    assert [(name, found[name]) for name, row in rows.items() if (found[name] == "OK") != row["valid"]] == []


def token_code(jwk: Any, text: str) -> str:
    """Return what a whole JWS comes to with this key: as for a credential, but whatever its payload is."""
    if not is_compact(text, LIMITS):
        return "NOT_COMPACT"
    token = jose.compact(text, LIMITS)
    proof = token.proof("")
    try:
        if token.data is None or not proofs.is_known(proof):
            raise ProofError("SUITE_NOT_SUPPORTED")
        proofs.check_form(proof, "assertionMethod")
        key = keys.brought({"jwk": jwk})
        proofs.check_kind(proof, key)
        keys.check(key)
        proofs.check(proofs.Unsecured({}), proof, key)
    except ProofError as error:
        return error.code
    return "OK"
