"""Open Badges before 3.0: from a badge to its class and its issuer, and whether the issuer hosts the same assertion.

Follows addresses through `web` and no further (Open Badges 2.0, Verification). docs/verification.md, Open Badges 2.0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import rfc8785

from portfolio_gen.credential import Envelope, Proof
from portfolio_gen.limits import Limits
from portfolio_gen.report import IssuerIdentity
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.values import strings

Web = Mapping[str, Mapping[str, Any]]

_HOST = re.compile(r"https?://([A-Za-z0-9.-]+(?::[0-9]+)?)(?=[/?#]|\Z)", re.ASCII)
_OK, _NOT_FOUND, _GONE = 200, 404, 410


@dataclass(frozen=True)
class _Found:
    document: Mapping[str, Any]
    copied: str | None
    """The date of a copy, None for a live answer and for what stood in the file itself."""


def with_issuer(envelope: Envelope, web: Web, limits: Limits) -> Envelope:
    """Return the envelope with the issuer that its badge class names, as far as that can be told from here."""
    badge = _follow(envelope.badge, web, limits)
    issuer = badge.document.get("issuer") if badge else None
    id = issuer.get("id") if isinstance(issuer, dict) else issuer
    if badge is None or not isinstance(id, str) or not id:
        return envelope
    profile = _lookup(id, web, limits) or _Found(issuer if isinstance(issuer, dict) else {}, None)
    name = issuer.get("name") if isinstance(issuer, dict) and isinstance(envelope.badge, dict) else None
    listed = profile.document.get("revocationList") is not None
    return replace(
        envelope,
        issuer=IssuerIdentity(id, name if isinstance(name, str) else None),
        proofs=tuple(_with_method(proof, profile.document.get("publicKey")) for proof in envelope.proofs),
        status={"type": "RevocationList", "id": profile.document["revocationList"]} if listed else None,
        copied=badge.copied,
    )


def _with_method(proof: Proof, own: Any) -> Proof:
    """Return the proof by the issuer's one key, where it names none itself."""
    own = own.get("id") if isinstance(own, dict) else own
    if proof.jws is None or proof.jws.method is not None or not isinstance(own, str):
        return proof
    return replace(proof, jws=replace(proof.jws, method=own))


def hosting(envelope: Envelope, web: Web, limits: Limits) -> tuple[str, Mapping[str, Any]]:
    """Return the code of `signature` of an assertion that nobody signed, with its detail: does the issuer host it?"""
    address = _own_address(envelope.document)
    answer = web.get(address) if address else None
    if address is None or answer is None or answer["source"] != "live":
        return "HOSTED", {}
    if answer["status"] in (_NOT_FOUND, _GONE):
        return "HOSTED_DIFFERS", {}
    found = _read(answer, limits)
    if found is None:
        return "HOSTED", {}
    if rfc8785.dumps(dict(found)) != rfc8785.dumps(dict(envelope.document)):
        return "HOSTED_DIFFERS", {}
    return ("HOSTED_MATCH", {"at": answer["at"]}) if _is_issuers(address, envelope, web, limits) else ("HOSTED", {})


def _own_address(document: Mapping[str, Any]) -> str | None:
    """Return where the issuer hosts the assertion: its `id`, before 2.0 `verify.url`; None for a signed one."""
    stated = document.get("verify") if document.get("verification") is None else document["verification"]
    verification = stated if isinstance(stated, dict) else {}
    if verification.get("type") in ("signed", "SignedBadge"):
        return None
    named = (document.get("id"), verification.get("url"))
    return next((name for name in named if isinstance(name, str) and _host(name)), None)


def _is_issuers(address: str, envelope: Envelope, web: Web, limits: Limits) -> bool:
    """Return whether the address is one of those where the issuer says that its assertions are hosted.

    Only what the issuer's own live profile says counts; by default it is the host of the issuer's identifier.
    """
    if envelope.issuer is None or envelope.copied or _host(envelope.issuer.id) is None:
        return False
    profile = _lookup(envelope.issuer.id, web, limits)
    stated = profile.document.get("verification") if profile and profile.copied is None else None
    scope = stated if isinstance(stated, dict) else {}
    starts, hosts = (strings(scope.get(name)) for name in ("startsWith", "allowedOrigins"))
    if not starts and not hosts:
        return _host(address) == _host(envelope.issuer.id)
    begins = any(address.startswith(start) and _host(start) == _host(address) for start in starts)
    return (begins or not starts) and (_host(address) in hosts or not hosts)


def _host(address: str) -> str | None:
    match = _HOST.match(address)
    return match[1].lower() if match else None


def _follow(value: Any, web: Web, limits: Limits) -> _Found | None:
    """Return what stands in the file itself, or what its address answers."""
    if isinstance(value, dict):
        return _Found(value, None)
    return _lookup(value, web, limits) if isinstance(value, str) else None


def _lookup(address: str, web: Web, limits: Limits) -> _Found | None:
    """Return the document that an address answers with and that says it is that address's."""
    answer = web.get(address)
    found = _read(answer, limits) if answer else None
    if answer is None or found is None or found.get("id") != address:
        return None
    return _Found(found, None if answer["source"] == "live" else answer["at"])


def _read(answer: Mapping[str, Any], limits: Limits) -> Mapping[str, Any] | None:
    if answer["status"] != _OK or len(answer["bytes"]) > limits.file_bytes:
        return None
    try:
        document = read_json(answer["bytes"], limits)
    except JsonError:
        return None
    return document if isinstance(document, dict) else None
