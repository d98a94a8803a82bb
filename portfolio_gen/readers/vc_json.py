"""Credentials of the W3C data model, 1.1 and 2.0, as JSON: the form that every one must have (0.4)."""

from __future__ import annotations

from typing import Any

import rfc8785

from portfolio_gen.credential import Envelope, Proof
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.facts import facts_of
from portfolio_gen.readers.recognise import VC1_CONTEXT, VC2_CONTEXT
from portfolio_gen.report import IssuerIdentity

FIRST_CONTEXT = {"vc1-json": VC1_CONTEXT, "vc2-json": VC2_CONTEXT}


def read(document: dict[str, Any], format: str, limits: Limits) -> Envelope:
    """Return the opened credential; raises ReadError `MALFORMED_CREDENTIAL` with every member at fault."""
    wrong = sorted(pointer for pointer, fine in _form(document, format).items() if not fine)
    if wrong:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    facts = facts_of(document, limits.facts)
    issuer = document["issuer"]
    named = next((fact.value for fact in facts if fact.field == "issuerName"), None)
    name = named if isinstance(named, str | None) else rfc8785.dumps(named).decode()
    return Envelope(
        format=format,
        document=document,
        proofs=_proofs(document.get("proof")),
        issuer=IssuerIdentity(issuer if isinstance(issuer, str) else issuer["id"], name),
        facts=facts,
    )


def _form(document: dict[str, Any], format: str) -> dict[str, bool]:
    contexts, types = (document.get(name) for name in ("@context", "type"))
    issuer, subject, proof = (document.get(name) for name in ("issuer", "credentialSubject", "proof"))
    first = contexts[:1] if isinstance(contexts, list) else [contexts]
    type_list = types if isinstance(types, list) else [types]
    return {
        "/@context": first == [FIRST_CONTEXT[format]],
        "/type": all(isinstance(type, str) for type in type_list) and "VerifiableCredential" in type_list,
        "/issuer": _text(issuer.get("id") if isinstance(issuer, dict) else issuer),
        "/credentialSubject": _subjects(subject),
        "/proof": proof is None or all(isinstance(item, dict) for item in _items(proof)),
    }


def _subjects(subject: Any) -> bool:
    items = _items(subject)
    return bool(items) and all(isinstance(item, dict) or _text(item) for item in items)


def _text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _proofs(proof: Any) -> tuple[Proof, ...]:
    if proof is None:
        return ()
    if isinstance(proof, dict):
        return (Proof(_suite(proof), proof, "/proof"),)
    return tuple(Proof(_suite(item), item, f"/proof/{index}") for index, item in enumerate(proof))


def _suite(options: dict[str, Any]) -> str:
    """Return the proof's suite: `type`, or `cryptosuite` of a DataIntegrityProof; `?` where that is no string."""
    suite = options.get("type")
    if suite == "DataIntegrityProof":
        suite = options.get("cryptosuite")
    return suite if isinstance(suite, str) else "?"
