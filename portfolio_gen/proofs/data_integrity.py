"""What a Data Integrity proof signs (vc-di-eddsa 3.2 and 3.3): SHA-256 of the options, then SHA-256 of the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import rfc8785

from portfolio_gen import contexts
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits
from portfolio_gen.proofs.jsonld import PROCESSOR
from portfolio_gen.proofs.loss import check_spelling
from portfolio_gen.proofs.rdf import quads_of
from portfolio_gen.proofs.rdfc import canonicalize


def jcs_hash_data(document: Mapping[str, Any], proof: Proof, limits: Limits) -> bytes:
    """Return the 64 bytes that an eddsa-jcs-2022 proof signs (3.3.2 to 3.3.5); raises ProofError."""
    options = _options(proof)
    if options.get("@context") is not None:
        document = _with_context(document, options["@context"])
    return _hash(rfc8785.dumps(options)) + _hash(rfc8785.dumps(dict(document)))


def rdfc_hash_data(document: Mapping[str, Any], proof: Proof, limits: Limits) -> bytes:
    """Return the 64 bytes that an eddsa-rdfc-2022 or Ed25519Signature2020 proof signs (3.2.2 to 3.2.5).

    Raises ProofError where the canonical form cannot be had, or where it would not cover all that is written.
    """
    options = _options(proof)
    own = options.get("@context")
    if own is not None and _listed(own) != _listed(document.get("@context")):
        raise ProofError("MALFORMED_PROOF")
    options["@context"] = document.get("@context")
    _check_contexts(document, options, limits)
    check_spelling(document, options, proof.pointer)
    return _hash(canonical_rdf(options, limits)) + _hash(canonical_rdf(document, limits))


def canonical_rdf(document: Mapping[str, Any], limits: Limits) -> bytes:
    """Return the canonical N-Quads of a JSON-LD document with pinned contexts; raises ProofError."""
    return canonicalize(quads_of(PROCESSOR.expanded(document)), limits).encode("utf-8")


def _hash(data: bytes) -> bytes:
    return sha256(data).digest()


def _options(proof: Proof) -> dict[str, Any]:
    return {name: value for name, value in proof.options.items() if name != "proofValue"}


def _with_context(document: Mapping[str, Any], context: Any) -> dict[str, Any]:
    signed, written = _listed(context), _listed(document.get("@context"))
    if written[: len(signed)] != signed:
        raise ProofError("MALFORMED_PROOF")
    if len(written) > len(signed):
        beyond = [f"/@context/{index}" for index in range(len(signed), len(written))]
        raise ProofError("UNUSUAL_SPELLING", {"pointers": sorted(beyond)[:10]})
    return {**document, "@context": context}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _check_contexts(document: Mapping[str, Any], options: Mapping[str, Any], limits: Limits) -> None:
    named = [list(_contexts(part)) for part in (document, options)]
    entries = [entry for part in named for entry in part]
    if any(not isinstance(entry, str) for entry in entries):
        raise ProofError("INLINE_CONTEXT")
    unknown = {entry for entry in entries if entry not in contexts.table()}
    if unknown:
        raise ProofError("UNKNOWN_CONTEXT", {"contexts": sorted(unknown)})
    if any(len(part) > limits.contexts for part in named):
        raise ProofError("TOO_MUCH_WORK")


def _contexts(value: Any) -> Iterator[Any]:
    """Yield every entry of every `@context` in a JSON value."""
    if isinstance(value, list):
        for item in value:
            yield from _contexts(item)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _listed(member) if name == "@context" else _contexts(member)
