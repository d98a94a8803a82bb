"""Blockcerts: Open Badges 2.0 (v2) or verifiable credentials (v3) whose hash stands in a block chain (0.4).

`displayHtml` and `display` are pages of the issuer's making: they are no facts, and nothing here runs or shows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from portfolio_gen.credential import Dated, Envelope, Proof
from portfolio_gen.errors import ReadError
from portfolio_gen.limits import Limits
from portfolio_gen.readers import vc_json
from portfolio_gen.readers.facts import facts_of
from portfolio_gen.readers.vc_json import id_of, is_text, issuer_of
from portfolio_gen.values import items, strings

LISTED = {"type": "RevocationList"}
"""An issuer of Blockcerts may withdraw any of them in the list that its profile names."""

_ZONE = re.compile(r"([+-][0-9]{2})([0-9]{2})$")


def read_v3(document: dict[str, Any], format: str, limits: Limits) -> Envelope:
    """Return the opened credential; raises ReadError as for any credential of the W3C data model."""
    envelope = vc_json.read(document, format, limits)
    if not any(proof.suite.lower().startswith("merkle") for proof in envelope.proofs):
        return envelope
    status = [] if envelope.status is None else items(envelope.status)
    return replace(envelope, status=[*status, LISTED])


def read_v2(document: dict[str, Any], format: str, limits: Limits) -> Envelope:
    """Return the opened assertion; raises ReadError `MALFORMED_CREDENTIAL` with every member at fault."""
    wrong = sorted(pointer for pointer, fine in _form(document).items() if not fine)
    if wrong:
        raise ReadError("MALFORMED_CREDENTIAL", format, {"members": wrong})
    facts = facts_of(document, limits.facts, model="ob2")
    return Envelope(
        format=format,
        document={name: value for name, value in document.items() if name != "signature"},
        proofs=(*_signatures(document.get("signature")), *vc_json.proofs_of(document.get("proof"))),
        issuer=issuer_of(document["badge"]["issuer"], facts),
        facts=facts,
        starts=_dated(document, "issuedOn"),
        ends=_dated(document, "expires"),
        status=[LISTED],
    )


def _form(document: Mapping[str, Any]) -> dict[str, bool]:
    badge = document.get("badge")
    return {
        "/@context": bool(strings(document.get("@context"))),
        "/type": "Assertion" in strings(document.get("type")),
        "/badge": isinstance(badge, dict),
        "/badge/issuer": not isinstance(badge, dict) or is_text(id_of(badge.get("issuer"))),
        **{
            f"/{name}": document.get(name) is None or all(isinstance(item, dict) for item in items(document[name]))
            for name in ("signature", "proof")
        },
    }


def _signatures(signature: Any) -> tuple[Proof, ...]:
    many = isinstance(signature, list)
    return tuple(
        Proof(_suite(item), item, f"/signature/{index}" if many else "/signature")
        for index, item in enumerate([] if signature is None else items(signature))
    )


def _suite(options: Mapping[str, Any]) -> str:
    types = strings(options.get("type"))
    return "MerkleProof2017" if "MerkleProof2017" in types else (types or ["?"])[0]


def _dated(document: Mapping[str, Any], name: str) -> tuple[Dated, ...]:
    """Return a date; ISO 8601 lets a zone go without its colon, and issuers did."""
    value = document.get(name)
    if isinstance(value, str):
        value = _ZONE.sub(r"\1:\2", value)
    return () if value is None else ((f"/{name}", value),)
