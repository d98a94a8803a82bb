"""Files of formats that are known by name and not supported (verification 0.1 and 0.3): never a crash, never failed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from families.kit import V2, Family, Json, by_hand, plain, signed

OB2 = "https://w3id.org/openbadges/v2"
FILE_BYTES = 4 * 1024 * 1024


def family() -> Family:
    rows = Family("formats")
    _containers(rows)
    _tokens(rows)
    _badges(rows)
    _blockcerts(rows)
    _documents(rows)
    return rows


def _named(rows: Family, id: str, format: str, content: Json | bytes, reason: str, honest: bool = True) -> None:
    rows.add(id, "cannot-check", content, reason, honest=honest, format=format, readable="FORMAT_NOT_SUPPORTED")


def _no_credential(rows: Family, id: str, content: Json | bytes, reason: str) -> None:
    rows.add(id, "cannot-check", content, reason, format="unknown", readable="NOT_A_CREDENTIAL")


def _containers(rows: Family) -> None:
    """Files that hold no credential themselves; families/pictures.py and archives.py have those that do."""

    def refused(id: str, format: str, content: bytes, reason: str, code: str, **detail: str) -> None:
        verdict = "failed" if code == "MALFORMED_FILE" else "cannot-check"
        found = {"readable": detail} if detail else {}
        rows.add(id, verdict, content, reason, honest=True, format=format, readable=code, detail=found)

    png = b"\x89PNG\r\n\x1a\n"
    refused("png-signature-only", "png", png, "Eight bytes of PNG are enough to name it.", "MALFORMED_FILE")
    refused("zip", "archive", b"PK\x03\x04" + bytes(26), "An archive is known by four bytes.", "MALFORMED_FILE")
    refused("pdf", "pdf", b"%PDF-1.7\n%%EOF\n", "A PDF is known by its first five bytes.", "NOT_SIGNED")
    signature = b"%PDF-1.7\n1 0 obj <</Type /Sig /ByteRange [0 1 2 3]>> endobj\n%%EOF\n"
    refused("pdf-signed", "pdf", signature, "A signed PDF is checked when the site is built.", "CHECKED_AT_BUILD")
    _pdf(rows, signature)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'
    refused("svg", "svg", svg, "A picture that starts with <svg.", "NO_BADGE")
    prolog = b'<?xml version="1.0"?><!-- a badge -->' + svg
    refused("svg-prolog", "svg", prolog, "An SVG behind an XML prolog and a comment.", "NO_BADGE")
    late = b"<?xml version='1.0'?>" + b" " * 4096 + svg
    _no_credential(rows, "svg-late", late, "<svg after the first 4,096 bytes is not looked for.")
    _no_credential(rows, "png-cut", b"\x89PNG\r\n", "Six bytes of a PNG signature are none.")
    _links(rows, refused)


def _pdf(rows: Family, signature: bytes) -> None:
    """A PDF's signature is none of the verifiers' business: whatever was done to the file, nothing good is said."""
    more: Json = {"format": "pdf", "readable": "CHECKED_AT_BUILD"}
    for id, content, reason in (
        ("changed", signature.replace(b"1 0 obj", b"7 0 obj"), "A PDF that was changed after it was signed."),
        ("two-signatures", signature + signature, "A PDF with a second PDF, and a second signature, behind it."),
    ):
        assert content != signature
        rows.add(f"pdf-{id}", "cannot-check", content, reason, **more)
    cut = signature[: signature.index(b"/ByteRange")]
    rows.add(
        "pdf-cut",
        "cannot-check",
        cut,
        "A PDF that is cut off before its signature.",
        **more | {"readable": "NOT_SIGNED"},
    )
    _too_large(rows, "pdf-signed", "A PDF beyond the limit.", "pdf-too-large")


def _too_large(rows: Family, of: str, reason: str, id: str) -> None:
    rows.add(id, "cannot-check", of, reason, format="unknown", readable="TOO_LARGE", generate={"padTo": FILE_BYTES + 1})


def _links(rows: Family, refused: Callable[..., None]) -> None:
    address = "https://fernwald.example/badges?id=7&lang=de"
    shortcut = b"[InternetShortcut]\r\nURL=%s\r\nIconIndex=0\r\n"
    refused("url", "link", shortcut % address.encode(), "A Windows shortcut.", "LINK_ONLY", url=address)
    refused("url-script", "link", shortcut % b"javascript:alert(1)", "A shortcut to a script.", "LINK_ONLY")
    two = shortcut % address.encode() + b"URL=https://other.example/\r\n"
    rows.add(
        "url-two",
        "cannot-check",
        two,
        "A shortcut with two addresses names none.",
        format="link",
        readable="LINK_ONLY",
    )
    long = b"https://fernwald.example/" + b"a" * 2_048
    refused("url-long", "link", shortcut % long, "A shortcut to an address that is too long to show.", "LINK_ONLY")
    webloc = b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key>\n<string>%s</string></dict></plist>'
    escaped = address.replace("&", "&amp;").encode()
    refused("webloc", "link", webloc % escaped, "A macOS shortcut.", "LINK_ONLY", url=address)
    rows.add(
        "webloc-cut",
        "cannot-check",
        (webloc % escaped)[:-40],
        "A macOS shortcut that is cut off in its address names none.",
        format="link",
        readable="LINK_ONLY",
    )
    _too_large(rows, "url", "A shortcut beyond the limit.", "url-too-large")


def _b64(data: Any) -> str:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _token(header: Any, payload: Any, signature: bytes = b"\x01" * 64) -> str:
    return f"{_b64(header)}.{_b64(payload)}.{_b64(signature)}"


def _tokens(rows: Family) -> None:
    header, payload = {"alg": "EdDSA", "typ": "vc+jwt"}, plain()
    jwt = _token(header, payload)
    badge = {"badge": "https://fernwald.example/badges/1", "uid": "1", "recipient": {"type": "email"}}
    rows.honest(
        "ob2-jws",
        _token({"alg": "RS256"}, badge).encode(),
        "A signed Open Badges 2.0 assertion that names no key.",
        "cannot-check",
        format="ob2-jws",
        signature="KEY_NOT_RESOLVED",
    )
    _no_credential(
        rows,
        "jwt-padded",
        f"{_b64(header)}==.{_b64(payload)}.AAAA".encode(),
        "Base64url with padding is not JOSE's (RFC 7515 2).",
    )
    _no_credential(
        rows, "jwt-no-alg", _token({"typ": "JWT"}, payload).encode(), "A header without `alg` is no JOSE header."
    )
    _no_credential(rows, "jwt-header-not-json", _token(b"x", payload).encode(), "A first part that is no JSON.")
    _no_credential(rows, "jwt-two-parts", f"{_b64(header)}.{_b64(payload)}".encode(), "Two parts are no JWS.")
    _no_credential(
        rows,
        "jwt-inner-white-space",
        jwt.replace(".", ".\n", 1).encode(),
        "White space inside a token, which lenient decoders skip.",
    )
    _no_credential(
        rows,
        "jwt-duplicate-alg",
        _token(b'{"alg":"none","alg":"EdDSA"}', payload).encode(),
        "A header with two algorithms is read by the same strict reader.",
    )
    rows.add(
        "jws-json-over-credential",
        "failed",
        signed(plain(payload="x", signatures=[])),
        "A signed credential dressed as a JWS: the earlier row wins, so it is not verified.",
        format="jws-json",
        readable="MALFORMED_CREDENTIAL",
        detail={"readable": {"members": ["/signatures"]}},
    )


def _badges(rows: Family) -> None:
    assertion = {
        "type": "Assertion",
        "id": "https://fernwald.example/assertions/1",
        "recipient": {"type": "email", "hashed": False, "identity": "ada@fernwald.example"},
        "badge": "https://fernwald.example/badges/1",
        "verification": {"type": "hosted"},
        "issuedOn": "2019-01-01T00:00:00Z",
    }
    _hosted(rows, "ob2-hosted", "ob2-hosted", {"@context": OB2} | assertion, "A hosted Open Badges 2.0 assertion.")
    _hosted(
        rows,
        "ob2-hosted-list",
        "ob2-hosted",
        {"@context": [OB2, "https://fernwald.example/extension.json"]} | assertion | {"type": ["Assertion"]},
        "Contexts and types as lists.",
    )
    _hosted(
        rows,
        "ob2-other-address",
        "ob2-hosted",
        {"@context": "https://openbadgespec.org/v2/context.json"} | assertion,
        "The other address of the 2.0 context.",
    )
    _hosted(
        rows,
        "ob2-unknown-context",
        "ob2-hosted",
        {"@context": "https://fernwald.example/badges.json"} | assertion,
        "`recipient` and `badge` under a context of somebody's own.",
    )
    _hosted(
        rows,
        "ob1-1",
        "ob1",
        {"@context": "https://w3id.org/openbadges/v1"} | assertion,
        "An Open Badges 1.1 assertion.",
    )
    _hosted(
        rows,
        "ob1-0",
        "ob1",
        {"uid": "1", "recipient": assertion["recipient"], "badge": "https://fernwald.example/badges/1"},
        "An Open Badges 1.0 assertion has neither context nor type.",
    )
    _hosted(
        rows,
        "ob2-at-type",
        "ob2-hosted",
        {"@context": OB2, "@type": "Assertion", "badge": "https://fernwald.example/badges/1"},
        "`@type` counts where `type` is absent.",
    )


def _hosted(rows: Family, id: str, format: str, content: Json, reason: str) -> None:
    """An assertion that nobody signed: families/open_badges.py has those of which more is known."""
    rows.honest(id, content, reason, "cannot-check", format=format, signature="HOSTED")


def _blockcerts(rows: Family) -> None:
    _named(
        rows,
        "blockcerts-v1",
        "blockcerts-v1",
        {"document": {"certificate": {}}, "signature": {"merkle_proof": []}},
        "Blockcerts v1.2 has no context: `document` and `signature`.",
    )
    _named(
        rows,
        "blockcerts-v1-certificate",
        "blockcerts-v1",
        {"certificate": {"title": "x"}, "recipient": {}, "assertion": {}},
        "Blockcerts v1.1: `certificate` and `recipient`.",
    )
    whole = b'{"document": {"certificate": {}}, "signature": {"merkle_proof": []}}'
    _no_credential(rows, "blockcerts-v1-cut", whole[:-9], "A Blockcerts v1.2 file that lacks its end.")
    twice = whole[:-1] + b', "document": {"certificate": {"title": "x"}}}'
    _no_credential(rows, "blockcerts-v1-twice", twice, "A Blockcerts v1.2 file with two documents.")
    _too_large(rows, "blockcerts-v1", "A Blockcerts v1.2 file beyond the limit.", "blockcerts-v1-too-large")


def _documents(rows: Family) -> None:
    _no_credential(rows, "empty-object", b"{}", "An empty object.")
    _no_credential(rows, "no-context", signed(plain(**{"@context": ...})), "A signed document without any context.")
    for id, address, reason in (
        ("context-http", V2.replace("https", "http"), "The data model's address with http is another address."),
        ("context-slash", V2 + "/", "The data model's address with a slash after it is another address."),
        ("context-upper", V2.upper(), "Addresses are compared exactly, not by what a server would answer."),
        ("context-query", V2 + "?x", "The data model's address with a query is another address."),
    ):
        _no_credential(rows, id, by_hand(plain(**{"@context": [address]})), reason)
    _no_credential(
        rows,
        "context-inline-only",
        by_hand(plain(**{"@context": {"@vocab": V2}})),
        "A context that merely mentions the data model's address.",
    )
