"""SD-JWTs (RFC 9901) that are credentials: SD-JWT VCs, by `vct`, and credentials of the W3C data model.

docs/verification.md, SD-JWT. What the holder did not disclose is not there; nobody guesses what it would say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from portfolio_gen.credential import Binding, Envelope
from portfolio_gen.disclosures import DisclosureError, digest, disclosed, hash_of
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers import jose, jwt, vc_json
from portfolio_gen.readers.facts import facts_of
from portfolio_gen.readers.recognise import VC1_CONTEXT, VC2_CONTEXT, is_compact, types_of
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.values import media_name, strings

Json = Mapping[str, Any]


def read(text: str, format: str, limits: Limits) -> Envelope:
    """Return the opened credential; raises ReadError."""
    issued, *texts, bound = text.split("~")
    token = jose.compact(issued, limits)
    payload = jose.payload_of(token, format, limits)
    return opened(payload, lambda issuer: (token.proof(issuer),), Shown(issued, texts, bound), format, limits)


@dataclass(frozen=True)
class Shown:
    """What is shown of an SD-JWT: the issuer's JWT, the disclosures, and a key binding JWT, or the empty string."""

    issued: str
    texts: Sequence[str]
    bound: str


def opened(payload: Json, prove: jwt.Prove, shown: Shown, format: str, limits: Limits) -> Envelope:
    """Return what the payload of the issuer's JWT and the disclosures make; raises ReadError."""
    texts = shown.texts
    try:
        whole = disclosed(payload, texts, limits)
    except DisclosureError as error:
        raise ReadError(error.code, format) from error
    document = whole.payload
    if "VerifiablePresentation" in types_of(document):
        envelope = jwt.presentation_of(document, prove, format, limits)
    elif {VC1_CONTEXT, VC2_CONTEXT} & set(strings(document.get("@context"))):
        issuer = jwt.issuer_in(document, document, "", format)
        credential = jwt.credential_in(document, document, "", prove(issuer), issuer, format, limits)
        envelope = replace(credential, withheld=whole.left > 0, status=_entries(payload, credential))
    else:
        envelope = _vc(document, prove, format, limits)
    notes = {"disclosures": len(texts), "undisclosed": whole.left}
    return replace(
        envelope,
        binding=_binding(shown.bound, "~".join((shown.issued, *texts, "")), payload, limits) if shown.bound else None,
        notes={**envelope.notes, **{name: value for name, value in notes.items() if value}},
    )


def _entries(payload: Json, credential: Envelope) -> list[Any]:
    """Return the status entries that are shown, and one of no type for each that the holder took out of their list.

    Where none is shown at all, `withheld` says that there may have been some.
    """
    signed, shown = payload.get("credentialStatus"), credential.document.get("credentialStatus")
    taken = len(signed) - len(shown) if isinstance(signed, list) and isinstance(shown, list) and shown else 0
    return [*credential.status, *[{}] * taken]


def _vc(document: Json, prove: jwt.Prove, format: str, limits: Limits) -> Envelope:
    """Return the envelope of an SD-JWT VC: all that it says are claims."""
    if not vc_json.is_text(document.get("vct")):
        raise ReadError("NOT_A_CREDENTIAL", "unknown")
    issuer = document.get("iss")
    if not isinstance(issuer, str) or not issuer:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": ["/iss"]})
    dated = {name: jwt.stamped(document[name]) for name in ("nbf", "iat", "exp") if document.get(name) is not None}
    facts = facts_of({**document, **dated}, limits.facts, model="sd-jwt")
    starts, ends = jwt.claimed_dates(document)
    return Envelope(
        format=format,
        document=document,
        proofs=prove(issuer),
        issuer=vc_json.issuer_of(issuer, facts),
        facts=facts,
        starts=starts,
        ends=ends,
        status=jwt.mechanisms(document.get("status")),
    )


def _binding(bound: str, text: str, payload: Json, limits: Limits) -> Binding:
    """Return the key binding JWT (RFC 9901, 4.3): by the key that the issuer confirmed, whatever its header says."""
    token = jose.compact(bound, limits) if is_compact(bound, limits) else jose.Token({}, None, b"", b"")
    confirmed, claims = _members(payload.get("cnf")), _claims(token, limits)
    header = {**token.header, "kid": confirmed.get("kid"), "jwk": confirmed.get("jwk")}
    at, nonce = jwt.stamped(claims.get("iat")), claims.get("nonce")
    fits = media_name(token.header.get("typ")) == "kb+jwt" and claims.get("sd_hash") == digest(text, hash_of(payload))
    whole = bool(confirmed) and at is not False and all(isinstance(one, str) for one in (claims.get("aud"), nonce))
    return Binding(
        replace(token, header=header).proof(""), fits and whole, {"boundAt": at, "boundTo": claims.get("aud")}
    )


def _claims(token: jose.Token, limits: Limits) -> Json:
    try:
        return _members(read_json(token.data or b"", limits))
    except JsonError:
        return {}


def _members(value: Any) -> Json:
    return value if isinstance(value, dict) else {}
