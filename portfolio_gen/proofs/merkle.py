"""Merkle proofs: that a document's hash leads to the root of a tree (MerkleProof2017 and 2019, Blockcerts').

A path binds nobody: who put the root into which transaction, and whether that transaction exists, is for others to ask.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from portfolio_gen import multibase
from portfolio_gen.credential import Anchor, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits
from portfolio_gen.proofs import data_integrity
from portfolio_gen.proofs.cbor import Reader
from portfolio_gen.proofs.unsecured import Unsecured

SUITES = {"MerkleProof2017": None, "MerkleProof2019": "MerkleProof2019", "merkle-proof-2019": "DataIntegrityProof"}
"""Each with the `type` that its proofs have; that of MerkleProof2017 is a list."""

_ROOT, _TARGET, _ANCHORS, _PATH = 0, 1, 2, 3
_MOCK = -1
CHAINS: Mapping[Any, str] = {
    (0, 1): "bitcoinMainnet",
    (0, 3): "bitcoinTestnet",
    (1, 1): "ethereumMainnet",
    (1, 3): "ethereumRopsten",
    (1, 4): "ethereumRinkeby",
    (1, 5): "ethereumGoerli",
    (1, 11155111): "ethereumSepolia",
    (2, 137): "polygonMainnet",
    (2, 80001): "polygonMumbai",
}
"""By the numbers for chain and network (the keymap of @blockcerts/lds-merkle-proof-2019)."""

_HASH = re.compile(r"[0-9a-fA-F]{64}")


def is_anchored(proof: Proof) -> bool:
    """Return whether the proof is a Merkle proof, under the type that it has."""
    if proof.jws is not None or proof.suite not in SUITES:
        return False
    type = SUITES[proof.suite]
    return type is None or proof.options.get("type") == type


def check(unsecured: Unsecured, proof: Proof, purpose: str) -> Anchor:
    """Return where the root is said to stand; raises ProofError unless the document's hash leads to it.

    The proof's own dates and its verification method are not hashed: they say nothing.
    """
    if proof.suite == "MerkleProof2017":
        target, path, anchor = _from_2017(proof.options, unsecured.document)
    else:
        data_integrity.check_form(proof, purpose)
        target, path, anchor = _from_2019(proof.options["proofValue"], unsecured.limits)
    if len(path) > unsecured.limits.merkle_path:
        raise ProofError("TOO_MUCH_WORK")
    if proof.pointer not in ("/proof", "/proof/0", "/signature", "/signature/0"):
        raise ProofError("PROOF_CHAIN_NOT_SUPPORTED")
    unsecured.check_spelling({}, proof.pointer)
    if sha256(unsecured.canonical_rdf()).digest() != target or _root(target, path) != anchor.root:
        raise ProofError("SIGNATURE_INVALID")
    return anchor


def _root(node: bytes, path: list[tuple[int, bytes]]) -> bytes:
    for right, other in path:
        node = sha256(node + other if right else other + node).digest()
    return node


def _from_2017(
    options: Mapping[str, Any], document: Mapping[str, Any]
) -> tuple[bytes, list[tuple[int, bytes]], Anchor]:
    path, anchors = options.get("proof"), options.get("anchors")
    anchor = anchors[0] if isinstance(anchors, list) and anchors else None
    if not isinstance(path, list | None) or not isinstance(anchor, dict):
        raise ProofError("MALFORMED_PROOF")
    transaction, chain = anchor.get("sourceId"), anchor.get("chain")
    if not isinstance(transaction, str) or not isinstance(chain, str | None):
        raise ProofError("MALFORMED_PROOF")
    root, target = _hash(options.get("merkleRoot")), _hash(options.get("targetHash"))
    return target, [_step(step) for step in path or []], Anchor(chain or _old_chain(document), transaction, root)


def _old_chain(document: Mapping[str, Any]) -> str:
    """Return the chain of a proof that names none: that to which the address belongs with which it was sent."""
    verification = document.get("verification")
    address = verification.get("publicKey") if isinstance(verification, dict) else None
    is_main = isinstance(address, str) and address.removeprefix("ecdsa-koblitz-pubkey:").startswith("1")
    return "bitcoinMainnet" if is_main else "bitcoinTestnet"


def _step(step: Any) -> tuple[int, bytes]:
    sides = [side for side in ("left", "right") if isinstance(step, dict) and step.get(side) is not None]
    if len(sides) != 1:
        raise ProofError("MALFORMED_PROOF")
    return int(sides == ["right"]), _hash(step[sides[0]])


def _hash(value: Any) -> bytes:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ProofError("MALFORMED_PROOF")
    return bytes.fromhex(value)


def _from_2019(value: str, limits: Limits) -> tuple[bytes, list[tuple[int, bytes]], Anchor]:
    """Decode pairs of 0 and the root, 1 and the target, 2 and the anchors, 3 and the path, in any order."""
    try:
        reader = Reader(multibase.decode(value, limits))
    except ValueError as error:
        raise ProofError("MALFORMED_PROOF") from error
    found: dict[int, Any] = {}

    def member() -> None:
        key = _key(reader, found)
        if key in (_ROOT, _TARGET):
            found[key] = _hash(_encoded(reader))
        elif key in (_ANCHORS, _PATH):
            found[key] = reader.items(lambda: _anchor(reader) if key == _ANCHORS else _other(reader))
        else:
            raise ProofError("MALFORMED_PROOF")

    reader.items(member)
    reader.end()
    if not (_ROOT in found and _TARGET in found and found.get(_ANCHORS)):
        raise ProofError("MALFORMED_PROOF")
    chain, transaction = found[_ANCHORS][0]
    return found[_TARGET], found.get(_PATH, []), Anchor(chain, transaction, found[_ROOT])


def _key(reader: Reader, found: Mapping[int, Any]) -> int:
    """Read the head and the first half of a pair, whose key must be new."""
    reader.array_of(2)
    key = reader.uint()
    if key in found:
        raise ProofError("MALFORMED_PROOF")
    return key


def _anchor(reader: Reader) -> tuple[str, str]:
    """Read pairs of 0 and the chain, 1 and its network, 2 and the transaction; a chain for tests has no network."""
    found: dict[int, Any] = {}

    def part() -> None:
        key = _key(reader, found)
        found[key] = reader.integer() if reader.is_integer() else _encoded(reader)

    reader.items(part)
    if found.get(0) == _MOCK:
        return "mockchain", ""
    if not isinstance(found.get(2), str):
        raise ProofError("MALFORMED_PROOF")
    return CHAINS.get((found.get(0), found.get(1)), "unknown"), found[2]


def _other(reader: Reader) -> tuple[int, bytes]:
    """Read a step: 0 and the hash on the left, or 1 and the one on the right."""
    reader.array_of(2)
    right = reader.uint()
    if right > 1:
        raise ProofError("MALFORMED_PROOF")
    return right, _hash(_encoded(reader))


def _encoded(reader: Reader) -> str:
    """Read what a byte string encodes: libraries in JavaScript put bytes there, those in Python hexadecimal text."""
    inner = Reader(reader.octets())
    word = inner.word()
    inner.end()
    return word
