"""What a Data Integrity proof signs: the hash of its options, then the hash of the document.

vc-di-eddsa 3.2 and 3.3 and vc-di-ecdsa 3.2 and 3.3, which differ in keys and hashes only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import rfc8785

from portfolio_gen import multibase
from portfolio_gen.credential import Key, Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.proofs.signatures import verifies
from portfolio_gen.proofs.unsecured import Unsecured, canonical_rdf
from portfolio_gen.values import items

HASHES = {"ed25519-pub": "sha256", "p256-pub": "sha256", "p384-pub": "sha384"}
"""The hash of a suite is that of its key's kind (vc-di-ecdsa 3.2.4: SHA-384 for P-384, in canonicalisation too)."""

SIGNATURE_BYTES = {"ed25519-pub": 64, "p256-pub": 64, "p384-pub": 96}

CHAINED = ("eddsa-jcs-2022", "eddsa-rdfc-2022", "ecdsa-jcs-2019", "ecdsa-rdfc-2019")
"""Suites whose proofs may build on others; what derived proofs or older suites would sign then, nobody defines."""

PURPOSES = ("assertionMethod", "authentication")


def check_form(proof: Proof, purpose: str) -> None:
    """Raise ProofError unless the proof has the members that it must have, for this purpose."""
    options = proof.options
    required = all(isinstance(options.get(name), str) for name in ("proofValue", "verificationMethod", "proofPurpose"))
    dates = all(isinstance(options.get(name), str | None) for name in ("created", "expires"))
    if not required or not dates:
        raise ProofError("MALFORMED_PROOF")
    if options["proofPurpose"] != purpose:
        raise ProofError("WRONG_PURPOSE")
    if options.get("previousProof") is not None and proof.suite not in CHAINED:
        raise ProofError("PROOF_CHAIN_NOT_SUPPORTED")


def check_jcs(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless `proof`, of an eddsa-jcs-2022 or ecdsa-jcs-2019 suite, is by `key` over the document."""
    _check(unsecured, proof, key, lambda: jcs_hash_data(unsecured, proof, HASHES[key.kind]))


def check_rdfc(unsecured: Unsecured, proof: Proof, key: Key) -> None:
    """Raise ProofError unless `proof`, of a suite that canonicalises RDF, is by `key` over the document."""
    _check(unsecured, proof, key, lambda: rdfc_hash_data(unsecured, proof, HASHES[key.kind]))


def _check(unsecured: Unsecured, proof: Proof, key: Key, hash_data: Callable[[], bytes]) -> None:
    try:
        signature = multibase.decode(proof.options["proofValue"], unsecured.limits)
    except ValueError as error:
        raise ProofError("MALFORMED_PROOF") from error
    if len(signature) != SIGNATURE_BYTES[key.kind]:
        raise ProofError("MALFORMED_PROOF")
    if not verifies(key.kind, key.public, hash_data(), signature, HASHES[key.kind]):
        raise ProofError("SIGNATURE_INVALID")


def jcs_hash_data(unsecured: Unsecured, proof: Proof, hash_name: str = "sha256") -> bytes:
    """Return the bytes that a proof of a JCS suite signs (vc-di-eddsa 3.3.2 to 3.3.5); raises ProofError."""
    document, options = unsecured.document, _options(proof)
    if options.get("@context") is not None:
        document = _with_context(document, options["@context"])
    return _pair(rfc8785.dumps(options), rfc8785.dumps(document), hash_name)


def rdfc_hash_data(unsecured: Unsecured, proof: Proof, hash_name: str = "sha256", without: str = "proofValue") -> bytes:
    """Return the bytes that a proof of an RDFC suite signs (vc-di-eddsa 3.2.2 to 3.2.5), `without` its signature.

    Raises ProofError where the canonical form cannot be had, or where it would not cover all that is written.
    """
    return _pair(rdfc_options(unsecured, proof, hash_name, without), unsecured.canonical_rdf(hash_name), hash_name)


def rdfc_options(unsecured: Unsecured, proof: Proof, hash_name: str = "sha256", without: str = "proofValue") -> bytes:
    """Return the canonical N-Quads of the options, after the walk over them and the document; raises ProofError.

    They have the document's context (vc-di-eddsa 3.2.5).
    """
    options = {name: value for name, value in proof.options.items() if name != without}
    context, own = unsecured.document.get("@context"), options.get("@context")
    if own is not None and items(own) != items(context):
        raise ProofError("MALFORMED_PROOF")
    options["@context"] = context
    unsecured.check_spelling(options, proof.pointer)
    return canonical_rdf(options, unsecured.limits, hash_name, unsecured.processor)


def _pair(options: bytes, document: bytes, hash_name: str) -> bytes:
    return hashlib.new(hash_name, options).digest() + hashlib.new(hash_name, document).digest()


def _options(proof: Proof) -> dict[str, Any]:
    return {name: value for name, value in proof.options.items() if name != "proofValue"}


def _with_context(document: Mapping[str, Any], context: Any) -> dict[str, Any]:
    signed, written = items(context), items(document.get("@context"))
    if written[: len(signed)] != signed:
        raise ProofError("MALFORMED_PROOF")
    if len(written) > len(signed):
        beyond = [f"/@context/{index}" for index in range(len(signed), len(written))]
        raise ProofError("UNUSUAL_SPELLING", {"pointers": sorted(beyond)[:10]})
    return {**document, "@context": context}
