"""Credentials of the W3C data model, 1.1 and 2.0, as JSON: the form that every one must have (0.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import rfc8785

from portfolio_gen.credential import Dated, Envelope, Proof
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.facts import facts_of, model_of
from portfolio_gen.readers.inside import ENDORSING, RECORDED, inner_of
from portfolio_gen.readers.recognise import VC1_CONTEXT, VC2_CONTEXT
from portfolio_gen.report import Fact, IssuerIdentity
from portfolio_gen.values import items

DOCUMENT_STARTS, DOCUMENT_ENDS = ("validFrom", "issuanceDate"), ("validUntil", "expirationDate")
"""Both data models' names count, whichever the document is of: the stricter wins."""

FIRST_CONTEXT = {"vc1-json": (VC1_CONTEXT,), "vc2-json": (VC2_CONTEXT,)}


def read(document: dict[str, Any], format: str, limits: Limits) -> Envelope:
    """Return the opened credential; raises ReadError `MALFORMED_CREDENTIAL` with every member at fault."""
    wrong = faults_of(document, format)
    if wrong:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    facts = facts_of(document, limits.facts, model=model_of(document, format))
    starts, ends = dates_of(document)
    return Envelope(
        format=format,
        document=document,
        proofs=proofs_of(document.get("proof")),
        issuer=issuer_of(document["issuer"], facts),
        facts=facts,
        starts=starts,
        ends=ends,
        status=document.get("credentialStatus"),
        inner=inner_of(document, (*RECORDED, *ENDORSING) if format == "clr2-json" else ENDORSING),
    )


def faults_of(document: Mapping[str, Any], format: str, root: str = "") -> list[str]:
    """Return the pointers of members that a credential at `root` lacks or has in the wrong form, sorted (0.4)."""
    return sorted(root + pointer for pointer, fine in _form(document, format).items() if not fine)


def issuer_of(issuer: Any, facts: tuple[Fact, ...]) -> IssuerIdentity:
    """Return the issuer that a string or an object with `id` names, with the name that the facts give it."""
    named = next((fact.value for fact in facts if fact.field == "issuerName"), None)
    name = named if isinstance(named, str | None) else rfc8785.dumps(named).decode()
    return IssuerIdentity(issuer if isinstance(issuer, str) else issuer["id"], name)


def dates_of(credential: Mapping[str, Any], root: str = "") -> tuple[tuple[Dated, ...], tuple[Dated, ...]]:
    """Return what a credential at the pointer `root` says of its start and of its end (step 3)."""
    starts, ends = (
        tuple((f"{root}/{name}", credential[name]) for name in names if credential.get(name) is not None)
        for names in (DOCUMENT_STARTS, DOCUMENT_ENDS)
    )
    return starts, ends


def _form(document: Mapping[str, Any], format: str) -> dict[str, bool]:
    contexts, types = (document.get(name) for name in ("@context", "type"))
    issuer, subject, proof = (document.get(name) for name in ("issuer", "credentialSubject", "proof"))
    first = contexts[:1] if isinstance(contexts, list) else [contexts]
    type_list = types if isinstance(types, list) else [types]
    return {
        "/@context": first[0] in FIRST_CONTEXT.get(format, (VC1_CONTEXT, VC2_CONTEXT)) if first else False,
        "/type": all(isinstance(type, str) for type in type_list) and "VerifiableCredential" in type_list,
        "/issuer": is_text(id_of(issuer)),
        "/credentialSubject": _subjects(subject),
        "/proof": proof is None or all(isinstance(item, dict) for item in items(proof)),
    }


def _subjects(subject: Any) -> bool:
    subjects = items(subject)
    return bool(subjects) and all(isinstance(item, dict) or is_text(item) for item in subjects)


def id_of(value: Any) -> Any:
    """Return the identifier of an object, and anything else as it is: issuers and subjects are named in both ways."""
    return value.get("id") if isinstance(value, dict) else value


def is_text(value: Any) -> bool:
    """Return whether a value is a string that is not empty."""
    return isinstance(value, str) and value != ""


def proofs_of(proof: Any) -> tuple[Proof, ...]:
    """Return the Data Integrity proofs in a member `proof`, whose form is right, in their order."""
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
