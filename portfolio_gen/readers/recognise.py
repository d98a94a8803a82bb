"""What a file is, by content and never by name (docs/verification.md, 0.1 and 0.3)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from typing import Any

from portfolio_gen.limits import Limits
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.values import items, strings

VC2_CONTEXT = "https://www.w3.org/ns/credentials/v2"
VC1_CONTEXT = "https://www.w3.org/2018/credentials/v1"

TOKEN_TYPES = frozenset(
    f"v{what}{draft}+{kind}" for what in "cp" for draft in ("", "-ld", "+ld", "+ld+json") for kind in ("jwt", "sd-jwt")
) | {"dc+sd-jwt"}
"""The names under which a JWT says that it is a credential or a presentation, of the drafts of VC-JOSE too."""

WHITE_SPACE = b"\t\n\x0c\r "
_HEAD = 4_096
_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "png"), (b"%PDF-", "pdf"), (b"PK\x03\x04", "archive"))
_JWT = re.compile(rb"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]*")


def format_of_bytes(data: bytes, limits: Limits) -> str | None:
    """Return the format of a file that is no JSON object (`unknown` where nothing fits), None for one that may be."""
    for signature, format in _SIGNATURES:
        if data.startswith(signature):
            return format
    text = data.strip(WHITE_SPACE)
    return _markup(text, data[:_HEAD]) or _token(text, limits) or (None if text.startswith(b"{") else "unknown")


def _markup(text: bytes, head: bytes) -> str | None:
    if text.startswith(b"<svg") or (text.startswith(b"<") and b"<svg" in head):
        return "svg"
    if text.startswith(b"[InternetShortcut]") or (text.startswith(b"<") and b"<plist" in head):
        return "link"
    return None


def _token(text: bytes, limits: Limits) -> str | None:
    jwt, tilde, _ = text.partition(b"~")
    parts = _compact(jwt, limits)
    if parts is None:
        return None
    if tilde:
        return "sd-jwt"
    payload = _part(parts[2], limits)
    return format_of_payload(payload)


def format_of_payload(payload: Mapping[str, Any]) -> str:
    """Return the format of a token, which is no SD-JWT, by what it signs (0.1)."""
    names_recipient = any(name in payload for name in ("recipient", "uid", "verify", "verification"))
    if "badge" in payload and names_recipient:
        return "ob2-jws"
    presents = ("vp" in payload and "vc" not in payload) or "VerifiablePresentation" in types_of(payload)
    return "vp-jwt" if presents else "vc-jwt"


def _compact(text: bytes, limits: Limits) -> re.Match[bytes] | None:
    parts = _JWT.fullmatch(text)
    return parts if parts and "alg" in _part(parts[1], limits) else None


def is_compact(text: str, limits: Limits) -> bool:
    """Return whether a text is a JWS in the compact serialisation (0.1)."""
    return _compact(text.encode(), limits) is not None


def _part(encoded: bytes, limits: Limits) -> dict[str, Any]:
    """Return the JSON object in one part of a JWT; an empty one if it holds none."""
    try:
        decoded = base64.urlsafe_b64decode(encoded + b"=" * (-len(encoded) % 4))
        value = read_json(decoded, limits)
    except (binascii.Error, JsonError):
        return {}
    exact = base64.urlsafe_b64encode(decoded).rstrip(b"=") == encoded
    return value if exact and isinstance(value, dict) else {}


def format_of_unreadable(data: bytes) -> str:
    """Return the format of which damaged JSON is, by the context address that stands in it."""
    if b"https://www.w3.org/ns/credentials/" in data:
        return "vc2-json"
    return "vc1-json" if b"https://www.w3.org/2018/credentials/" in data else "unknown"


def format_of_object(document: Mapping[str, Any]) -> str:
    """Return the format of a JSON object: the first row of docs/verification.md 0.3 that matches, else `unknown`."""
    contexts = strings(document.get("@context"))
    types = types_of(document)
    if "VerifiablePresentation" in types:
        return "presentation"
    found = _blockcerts(document, contexts) or _by_type(document, types) or _badge(document, contexts, types)
    if found:
        return found
    if VC2_CONTEXT in contexts:
        return "vc2-json"
    return "vc1-json" if VC1_CONTEXT in contexts else "unknown"


def types_of(document: Mapping[str, Any]) -> list[str]:
    """Return the types of a JSON object: `type`, or `@type` where that is absent."""
    return strings(document["@type"] if document.get("type") is None and "@type" in document else document.get("type"))


def _has(document: Mapping[str, Any], *names: str) -> bool:
    return all(document.get(name) is not None for name in names)


def _proofs(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name in ("proof", "signature"):
        yield from (item for item in items(document.get(name)) if isinstance(item, dict))


def _blockcerts(document: Mapping[str, Any], contexts: list[str]) -> str | None:
    anchored = any(
        proof.get("cryptosuite") == "merkle-proof-2019"
        or any(type.startswith("MerkleProof") for type in strings(proof.get("type")))
        for proof in _proofs(document)
    )
    if anchored or any("blockcerts" in context for context in contexts):
        return "blockcerts-v3" if {VC1_CONTEXT, VC2_CONTEXT} & set(contexts) else "blockcerts-v2"
    v1 = _has(document, "document", "signature") or _has(document, "certificate", "recipient")
    return "blockcerts-v1" if v1 and not _has(document, "@context") else None


def _by_type(document: Mapping[str, Any], types: list[str]) -> str | None:
    if isinstance(document.get("payload"), str) and (_has(document, "signatures") or _has(document, "signature")):
        return "jws-json"
    for type, format in (
        ("ClrCredential", "clr2-json"),
        ("EnvelopedVerifiableCredential", "vc-jwt"),
        ("EnvelopedVerifiablePresentation", "vp-jwt"),
    ):
        if type in types:
            return format
    return None


def _badge(document: Mapping[str, Any], contexts: list[str], types: list[str]) -> str | None:
    v2 = any(
        context.startswith("https://w3id.org/openbadges/v2") or context == "https://openbadgespec.org/v2/context.json"
        for context in contexts
    )
    if v2 and "Assertion" in types:
        return "ob2-hosted"
    if "Assertion" in types or _has(document, "recipient", "badge"):
        v1 = not _has(document, "@context") or any("openbadges/v1" in context for context in contexts)
        return "ob1" if v1 else "ob2-hosted"
    return None
