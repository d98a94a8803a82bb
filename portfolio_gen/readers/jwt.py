"""Credentials and presentations in a JWT: VC-JWT 1.1 (claims `vc` and `vp`) and VC-JOSE (the payload is the document).

docs/verification.md, JSON Web Signatures. The claims beside the document are signed too: what they say more is shown,
and what they say otherwise is a contradiction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import rfc8785

from portfolio_gen.credential import Dated, Envelope, Proof
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.numeric_date import stamp
from portfolio_gen.readers import elm, jose, vc_json
from portfolio_gen.readers.facts import facts_of, model_of
from portfolio_gen.readers.inside import ENDORSING, PRESENTED, inner_of
from portfolio_gen.readers.recognise import VC1_CONTEXT, VC2_CONTEXT
from portfolio_gen.readers.vc_json import id_of, is_text
from portfolio_gen.report import Fact, IssuerIdentity
from portfolio_gen.timestamps import SECOND, instant
from portfolio_gen.values import items, strings

Json = Mapping[str, Any]

ENVELOPES = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
"""Types of what stands for a token, and is no credential itself: nothing reads on in a signed one."""

_STARTS, _ENDS = ("nbf", "iat"), ("exp",)


Prove = Callable[[str], tuple[Proof, ...]]
"""The signatures as the proofs of a document by an issuer, who is named in the document that they sign."""


def read(text: str, format: str, limits: Limits) -> Envelope:
    """Return the opened credential; raises ReadError."""
    token = jose.compact(text, limits)
    payload = jose.payload_of(token, format, limits)
    return credential_of(payload, lambda issuer: (token.proof(issuer),), format, limits)


def read_presentation(text: str, format: str, limits: Limits) -> Envelope:
    """Return the opened presentation, with the credentials in it; raises ReadError."""
    token = jose.compact(text, limits)
    payload = jose.payload_of(token, format, limits)
    return presentation_of(payload, lambda holder: (token.proof(holder),), format, limits)


def credential_of(payload: Json, prove: Prove, format: str, limits: Limits) -> Envelope:
    """Return the credential that a payload holds; raises ReadError."""
    credential, root = _document(payload, "vc", ("@context", "credentialSubject"), format)
    issuer = issuer_in(payload, credential, root, format)
    return credential_in(payload, credential, root, prove(issuer), issuer, format, limits)


def presentation_of(payload: Json, prove: Prove, format: str, limits: Limits) -> Envelope:
    """Return the presentation that a payload holds; raises ReadError."""
    presentation, root = _document(payload, "vp", ("@context", "verifiableCredential"), format)
    wrong = sorted(root + pointer for pointer, fine in _presentation_form(presentation).items() if not fine)
    if wrong:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    named = id_of(presentation.get("holder")) or payload.get("iss")
    holder = named if is_text(named) else None
    starts, ends = claimed_dates(payload)
    return Envelope(
        format=format,
        document=payload,
        proofs=prove(holder or ""),
        issuer=_holder(presentation, holder),
        facts=facts_of(presentation, limits.facts, root, "presentation"),
        starts=starts,
        ends=ends,
        inner=inner_of(presentation, PRESENTED, root),
        purpose="authentication",
        contradictions=tuple(_named_otherwise(payload, id_of(presentation.get("holder")), presentation)),
        notes=_asked_for(payload),
    )


def issuer_in(payload: Json, credential: Json, root: str, format: str) -> str:
    """Return the issuer's identifier; raises ReadError for a credential that is none, or that lacks a part."""
    contexts = strings(credential.get("@context"))
    if not root and not {VC1_CONTEXT, VC2_CONTEXT} & set(contexts):
        raise ReadError("NOT_A_CREDENTIAL", "unknown")
    if ENVELOPES & set(strings(credential.get("type"))):
        raise ReadError("FORMAT_NOT_SUPPORTED", format)
    wrong = vc_json.faults_of(credential, "vc2-json" if VC2_CONTEXT in contexts else "vc1-json", root)
    if root and credential.get("issuer") is None and is_text(payload.get("iss")):
        wrong.remove(f"{root}/issuer")
    if wrong:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    issuer: str = id_of(credential.get("issuer")) or payload["iss"]
    return issuer


def credential_in(
    payload: Json, credential: Json, root: str, proofs: tuple[Proof, ...], issuer: str, format: str, limits: Limits
) -> Envelope:
    """Return the envelope of a credential at the pointer `root` of a payload, whose form is right."""
    facts = _facts(payload, credential, root, limits)
    starts, ends = vc_json.dates_of(credential, root)
    if elm.is_european(credential):
        starts += elm.starts_of(credential, root)
    more_starts, more_ends = claimed_dates(payload)
    return Envelope(
        format=format,
        document=payload,
        proofs=proofs,
        issuer=vc_json.issuer_of(issuer, facts),
        facts=facts,
        starts=starts + more_starts,
        ends=ends + more_ends,
        status=_status(payload, credential),
        inner=inner_of(credential, ENDORSING, root),
        contradictions=tuple(_contradictions(payload, credential, root)),
    )


def _document(payload: Json, claim: str, beside: tuple[str, ...], format: str) -> tuple[Json, str]:
    """Return the credential or presentation in a payload, and its pointer; raises ReadError where there are two."""
    inside = payload.get(claim)
    if inside is None:
        return payload, ""
    if not isinstance(inside, dict) or any(payload.get(name) is not None for name in beside):
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": [f"/{claim}"]})
    return inside, f"/{claim}"


def _presentation_form(presentation: Json) -> dict[str, bool]:
    contexts, types = items(presentation.get("@context")), items(presentation.get("type"))
    held = presentation.get("verifiableCredential")
    holder = presentation.get("holder")
    return {
        "/@context": contexts[0] in (VC1_CONTEXT, VC2_CONTEXT) if contexts else False,
        "/type": all(isinstance(type, str) for type in types) and "VerifiablePresentation" in types,
        "/holder": holder is None or is_text(id_of(holder)),
        "/verifiableCredential": held is None or all(isinstance(one, dict) or is_text(one) for one in items(held)),
    }


def _holder(presentation: Json, holder: str | None) -> IssuerIdentity | None:
    """Return who presents; None where nobody is named."""
    whole = presentation.get("holder")
    name = whole.get("name") if isinstance(whole, dict) else None
    return IssuerIdentity(holder, name if isinstance(name, str) else None) if holder else None


def _asked_for(payload: Json) -> dict[str, Any]:
    """Return what a presentation was made for: it says whom it was shown to, not that it is shown to them now."""
    nonce, audience = payload.get("nonce"), sorted(strings(payload.get("aud")))
    notes = {"nonce": nonce if isinstance(nonce, str) else "", "audience": audience}
    return {name: value for name, value in notes.items() if value}


def claimed_dates(payload: Json) -> tuple[tuple[Dated, ...], tuple[Dated, ...]]:
    """Return what the registered claims say of the start and of the end."""
    starts, ends = (
        tuple((f"/{name}", stamped(payload[name])) for name in names if payload.get(name) is not None)
        for names in (_STARTS, _ENDS)
    )
    return starts, ends


def _status(payload: Json, credential: Json) -> list[Any]:
    """Return the ways in which it may be withdrawn: the credential's, and those of the claim `status` of its JWT."""
    european = elm.is_european(credential)
    own = elm.status_of(credential) if european else credential.get("credentialStatus")
    claim = None if european and payload is credential else payload.get("status")
    return ([] if own is None else items(own)) + (mechanisms(claim) if isinstance(claim, dict) else [])


def mechanisms(claim: Any) -> list[Any]:
    """Return the claim `status` of a JWT as status entries, each with the name of its mechanism as the type.

    The names are those of the registry that Token Status List, 14.2, sets up. What is no object has no name.
    """
    if claim is None:
        return []
    named = [{"type": name, "status": value} for name, value in claim.items()] if isinstance(claim, dict) else []
    return named or [{}]


def stamped(claim: Any) -> Any:
    """Return a NumericDate as a dateTimeStamp, and False, which is none, for anything else (RFC 7519, 2)."""
    return stamp(claim) if isinstance(claim, int | float) and not isinstance(claim, bool) else False


def _facts(payload: Json, credential: Json, root: str, limits: Limits) -> tuple[Fact, ...]:
    """Return the credential's facts, and those of claims that say what the credential does not."""
    facts = (
        elm.facts_of(credential, limits.facts, root)
        if elm.is_european(credential)
        else facts_of(credential, limits.facts, root, model_of(credential))
    )
    said = {
        "iss": credential.get("issuer") is not None,
        "jti": credential.get("id") is not None,
        "sub": any(subject is not None for subject in _subjects(credential)),
        "nbf": any(credential.get(name) is not None for name in vc_json.DOCUMENT_STARTS),
        "exp": any(credential.get(name) is not None for name in vc_json.DOCUMENT_ENDS),
    }
    claims = {name: payload[name] for name, twice in said.items() if not twice and payload.get(name) is not None}
    claims |= {name: stamped(claims[name]) for name in ("nbf", "exp") if name in claims}
    return (*facts, *facts_of(claims, limits.facts, model="jwt"))[: limits.facts]


def _subjects(credential: Json) -> list[Any]:
    return [id_of(subject) for subject in items(credential.get("credentialSubject"))]


def _contradictions(payload: Json, credential: Json, root: str) -> Iterator[str]:
    """Yield the claims that say something else than the credential (VC data model 1.1, 6.3.1; VC-JOSE, 3.1.1)."""
    yield from _named_otherwise(payload, id_of(credential.get("issuer")), credential)
    subject, subjects = payload.get("sub"), [one for one in _subjects(credential) if one is not None]
    if isinstance(subject, str):
        if subjects and subject not in subjects:
            yield "/sub"
    elif subject is not None and not _same(subject, credential["credentialSubject"]):
        yield "/sub"
    if root:
        for claim, names in (("nbf", vc_json.DOCUMENT_STARTS), ("exp", vc_json.DOCUMENT_ENDS)):
            if any(_apart(payload.get(claim), credential.get(name)) for name in names):
                yield f"/{claim}"


def _named_otherwise(payload: Json, issuer: Any, document: Json) -> Iterator[str]:
    for claim, own in (("iss", issuer), ("jti", document.get("id"))):
        if payload.get(claim) is not None and own is not None and not _same(payload[claim], own):
            yield f"/{claim}"


def _same(a: Any, b: Any) -> bool:
    """Return whether two values are the same JSON (in Python, 1 == True)."""
    return rfc8785.dumps(a) == rfc8785.dumps(b)


def _apart(claim: Any, date: Any) -> bool:
    """Return whether a NumericDate and a dateTimeStamp are more than a second apart. Step 3 judges what is neither."""
    try:
        return abs(instant(stamped(claim)) - instant(date)) > SECOND
    except (TypeError, ValueError):
        return False
