"""All originals in one file, in the shape of a Comprehensive Learner Record (1EdTech, CLR 2.0).

The record itself is unsigned, and says so: what can be checked is each credential in it. Those in JSON stand in it as
objects, every other file whole, as it is, in an EnvelopedVerifiableCredential's `data:` URL (VC data model 2.0, 4.13).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from portfolio_gen.limits import LIMITS
from portfolio_gen.pages import Entry, SiteInfo
from portfolio_gen.readers.recognise import format_of_bytes, format_of_object
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.timestamps import instant
from portfolio_gen.vocabulary import message

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
OBJECTS = ("vc1-json", "vc2-json", "clr2-json")
"""Formats of files that are a credential in JSON themselves."""

TOKENS = {"vc-jwt": "application/vc+jwt", "sd-jwt": "application/dc+sd-jwt", "vp-jwt": "application/vp+jwt"}
TYPES = {
    "presentation": "application/vp",
    "jws-json": "application/jose+json",
    "ob2-jws": "application/jose",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "archive": "application/zip",
    "unknown": "application/octet-stream",
}
"""Media types of files by format; the others are JSON."""

_UNDATED = "1970-01-01T00:00:00Z"


def pieces(entries: Sequence[Entry], site: SiteInfo, site_url: str) -> Iterator[str]:
    """Yield the record, a credential at a time; one that is inside of a file comes with its file."""
    # The rules ask for an `id` or an identifier; a name as it stands on the site is all that is known of the learner.
    named = {"type": "IdentityObject", "hashed": False, "identityHash": site.name, "identityType": "name"}
    subject = {"type": ["ClrSubject"], "name": site.name, "identifier": [named], "verifiableCredential": []}
    head = {
        "@context": list(CONTEXTS),
        "id": f"urn:sha256:{_digest(entries)}",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": message("export.clr.name", name=site.name),
        "description": message("export.clr.unsigned"),
        "issuer": {"id": site_url or "urn:portfolio-gen:unsigned", "type": ["Profile"], "name": site.name},
        "validFrom": _newest(entries),
        "partial": False,
        "credentialSubject": subject,
    }
    before, after = json.dumps(head, indent=1, ensure_ascii=False).rsplit("[]", 1)
    yield before + "["
    seen: set[str] = set()
    for entry in entries:
        if entry.original not in seen:
            yield (",\n" if seen else "\n") + json.dumps(_original(entry.whole()), ensure_ascii=False)
            seen.add(entry.original)
    yield ("\n" if seen else "") + "]" + after + "\n"


def _digest(entries: Sequence[Entry]) -> str:
    """Name the record by what is in it: the same credentials make the same record."""
    return hashlib.sha256("\n".join(sorted({entry.file.sha256 for entry in entries})).encode()).hexdigest()


def _newest(entries: Sequence[Entry]) -> str:
    """Return the date of the newest credential: the record is no older, and says nothing of when it was made."""
    dates = []
    for entry in entries:
        for fact in entry.report.credential:
            if fact.kind == "date":
                try:
                    dates.append((instant(str(fact.value)), str(fact.value)))
                except ValueError:
                    continue
                break
    return max(dates)[1] if dates else _UNDATED


def _original(entry: Entry) -> dict[str, Any]:
    """Return a file as a member of the record."""
    data = entry.file.data.removeprefix(b"\xef\xbb\xbf")
    kind = format_of_bytes(data, LIMITS)
    if kind is None:
        document = _document(data)
        kind = format_of_object(document) if document else "unknown"
        if document and kind in (*OBJECTS, *TOKENS):  # Of the latter, one that stands in an envelope already.
            return document
    if kind in TOKENS:
        return _enveloped(f"data:{TOKENS[kind]},{data.decode('ascii').strip()}")
    return _enveloped(f"data:{TYPES.get(kind, 'application/json')};base64,{base64.b64encode(entry.file.data).decode()}")


def _document(data: bytes) -> dict[str, Any]:
    try:
        return dict(read_json(data, LIMITS))
    except JsonError:
        return {}


def _enveloped(url: str) -> dict[str, Any]:
    return {"@context": CONTEXTS[0], "type": "EnvelopedVerifiableCredential", "id": url}
