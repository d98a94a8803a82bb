"""Verifiable presentations as JSON (VC data model 1.1 and 2.0, 4.13): who presents, and what (0.4, 0.5)."""

from __future__ import annotations

from typing import Any

from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers.facts import facts_of
from portfolio_gen.readers.inside import PRESENTED, inner_of
from portfolio_gen.readers.recognise import VC1_CONTEXT, VC2_CONTEXT
from portfolio_gen.readers.vc_json import dates_of, is_text, proofs_of
from portfolio_gen.report import IssuerIdentity
from portfolio_gen.values import items


def read(document: dict[str, Any], format: str, limits: Limits) -> Envelope:
    """Return the opened presentation; raises ReadError `MALFORMED_CREDENTIAL` with every member at fault."""
    wrong = sorted(pointer for pointer, fine in _form(document).items() if not fine)
    if wrong:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    starts, ends = dates_of(document)
    return Envelope(
        format=format,
        document=document,
        proofs=proofs_of(document.get("proof")),
        issuer=_holder(document.get("holder")),
        facts=facts_of(document, limits.facts, model="presentation"),
        starts=starts,
        ends=ends,
        status=document.get("credentialStatus"),
        inner=inner_of(document, PRESENTED),
        purpose="authentication",
    )


def _holder(holder: Any) -> IssuerIdentity | None:
    if holder is None:
        return None
    name = holder.get("name") if isinstance(holder, dict) else None
    return IssuerIdentity(holder["id"] if isinstance(holder, dict) else holder, name if isinstance(name, str) else None)


def _form(document: dict[str, Any]) -> dict[str, bool]:
    contexts, types, holder = (document.get(name) for name in ("@context", "type", "holder"))
    presented, proof = document.get("verifiableCredential"), document.get("proof")
    first = contexts[:1] if isinstance(contexts, list) else [contexts]
    return {
        "/@context": first in ([VC1_CONTEXT], [VC2_CONTEXT]),
        "/type": all(isinstance(type, str) for type in items(types))
        and "VerifiablePresentation" in items(types)
        and "VerifiableCredential" not in items(types),
        "/holder": holder is None or is_text(holder.get("id") if isinstance(holder, dict) else holder),
        "/verifiableCredential": presented is None
        or all(isinstance(item, dict) or is_text(item) for item in items(presented)),
        "/proof": proof is None or all(isinstance(item, dict) for item in items(proof)),
    }
