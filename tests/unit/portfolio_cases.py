"""Every way in which a portfolio's signature can be right or wrong: what both languages must say of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from portfolio_gen import multibase
from portfolio_gen.credential import Proof
from portfolio_gen.issuing import IssuerKey, issue
from portfolio_gen.portfolio_proof import sign
from portfolio_gen.proofs import hash_data

HOLDER, OTHER = IssuerKey.from_seed(bytes(range(32))), IssuerKey.from_seed(bytes(32))
ADDRESS = "https://ada.example/work/"
NOW, CREATED = "2026-06-01T12:00:00Z", "2026-05-01T12:00:00Z"
A, B, C = (sha256(text).hexdigest() for text in (b"a", b"b", b"c"))
FILES = {A: 1, B: 0}
GOOD = sign(HOLDER, ADDRESS, FILES, CREATED)


@dataclass(frozen=True)
class Case:
    """`found` is what a check finds beside the code, where that says more than `about`."""

    name: str
    data: bytes
    code: str
    files: dict[str, int] = field(default_factory=lambda: dict(FILES))
    address: str = ADDRESS
    now: str = NOW
    found: dict[str, Any] = field(default_factory=dict)


def edited(edit: Callable[[dict[str, Any]], Any], data: bytes = GOOD) -> bytes:
    """What somebody did to the file after it was signed."""
    document = json.loads(data)
    edit(document)
    return json.dumps(document).encode()


def signed(edit: Callable[[dict[str, Any], dict[str, Any]], Any], key: IssuerKey = HOLDER) -> bytes:
    """Another file, rightly signed: `edit` changes the document and the proof's options before."""
    document = json.loads(GOOD)
    options = document.pop("proof")
    del options["proofValue"]
    edit(document, options)
    value = key.signing.sign(hash_data(document, Proof("eddsa-jcs-2022", options, "/proof"))).signature
    return json.dumps({**document, "proof": {**options, "proofValue": multibase.encode(value)}}).encode()


def listing(digests: Any) -> bytes:
    return signed(lambda document, _: document.update(digests=digests))


def credential() -> bytes:
    short = {"name": "A badge", "description": "d", "criteria": "c", "issuer": "Nordlicht"}
    return issue(short, HOLDER, created=CREATED)


ABOUT = {"holder": HOLDER.did, "domain": ADDRESS, "created": CREATED}

CASES = (
    Case("good", GOOD, "SIGNED", found=ABOUT | {"count": 1}),
    Case("two in one file", GOOD, "SIGNED", {A: 2, B: 1}, found=ABOUT | {"count": 3}),
    Case("a byte order mark", b"\xef\xbb\xbf" + GOOD, "SIGNED", found=ABOUT | {"count": 1}),
    Case("host in upper case", GOOD, "SIGNED", address="HTTPS://ADA.example/work", found=ABOUT | {"count": 1}),
    Case("its index", GOOD, "SIGNED", address="https://ada.example/work/index.html?x#y", found=ABOUT | {"count": 1}),
    Case("none issued to the key", GOOD, "NONE_ISSUED", {A: 0, B: 0}, found=ABOUT),
    *(
        Case(f"copied to {address}", GOOD, "OTHER_ADDRESS", address=address, found=ABOUT)
        for address in (
            "https://eve.example/work/",
            "https://ada.example/",
            "https://ada.example/work/more/",
            "https://ada.example/Work/",
            "http://ada.example/work/",
            "https://ada.example:8443/work/",
            "https://ada.example.eve.example/work/",
            "file:///work/",
            "",
        )
    ),
    Case("a file more", GOOD, "LIST_DIFFERS", {A: 1, B: 0, C: 1}, found=ABOUT | {"added": [C]}),
    Case("a file less", GOOD, "LIST_DIFFERS", {A: 1}, found=ABOUT | {"gone": [B]}),
    Case("a file changed", GOOD, "LIST_DIFFERS", {A: 1, C: 0}, found=ABOUT | {"added": [C], "gone": [B]}),
    Case("no files", GOOD, "LIST_DIFFERS", {}, found=ABOUT | {"gone": sorted([A, B])}),
    Case("a digest put in", edited(lambda one: one["digests"].append(C)), "NOT_SIGNED", {A: 1, B: 0, C: 1}),
    Case("another domain put in", edited(lambda one: one["proof"].update(domain="https://eve.example/")), "NOT_SIGNED"),
    Case("another holder put in", edited(lambda one: one.update(holder=OTHER.did)), "NOT_SIGNED"),
    Case("the holder taken out", edited(lambda one: one.pop("holder")), "NOT_SIGNED"),
    Case("another date put in", edited(lambda one: one["proof"].update(created="2026-05-02T12:00:00Z")), "NOT_SIGNED"),
    Case("the proof taken out", edited(lambda one: one.pop("proof")), "NOT_SIGNED"),
    Case("a member put in", edited(lambda one: one.update(name="x")), "NOT_SIGNED"),
    Case("by another key", signed(lambda *_: None, OTHER), "NOT_SIGNED"),
    Case(
        "by another's method",
        signed(lambda _, proof: proof.update(verificationMethod=OTHER.method), OTHER),
        "NOT_SIGNED",
    ),
    Case("another purpose", signed(lambda _, proof: proof.update(proofPurpose="keyAgreement")), "NOT_SIGNED"),
    Case("expired", signed(lambda _, proof: proof.update(expires="2026-05-31T12:00:00Z")), "NOT_SIGNED"),
    Case("made tomorrow", GOOD, "NOT_SIGNED", now="2026-04-30T12:00:00Z"),
    Case("no holder, rightly signed", signed(lambda document, _: document.pop("holder")), "NOT_SIGNED"),
    Case("a credential", credential(), "NOT_SIGNED"),
    Case("no JSON", b"x", "NOT_SIGNED"),
    Case("cut off", GOOD[:-20], "NOT_SIGNED"),
    Case("nothing", b"", "NOT_SIGNED"),
    Case("no domain", signed(lambda _, proof: proof.pop("domain")), "MALFORMED"),
    Case("two domains", signed(lambda _, proof: proof.update(domain=[ADDRESS, "https://eve.example/"])), "MALFORMED"),
    Case(
        "a domain that is none",
        signed(lambda _, proof: proof.update(domain="ada")),
        "OTHER_ADDRESS",
        found=ABOUT | {"domain": "ada"},
    ),
    Case("no list", signed(lambda document, _: document.pop("digests")), "MALFORMED"),
    Case("an empty list", listing([]), "MALFORMED", {}),
    Case("a text for a list", listing(A), "MALFORMED", {A: 1}),
    Case("an object for a list", listing({"0": A}), "MALFORMED", {A: 1}),
    Case("a digest twice", listing([A, B, A]), "MALFORMED"),
    Case("a digest in upper case", listing([A.upper(), B]), "MALFORMED"),
    Case("a digest cut short", listing([A[:-1], B]), "MALFORMED"),
    Case("a line end in a digest", listing([A + "\n", B]), "MALFORMED"),
    Case("a number among digests", listing([A, B, 7]), "MALFORMED"),
    Case("a list in the list", listing([[A], B]), "MALFORMED"),
)

ADDRESSES = (
    *(case.address for case in CASES),
    " https://ada.example ",
    "https://ada.example//",
    "https://ada.example/a/index.html/",
    "https://ada.example/index.html",
    "ftp://ada.example/",
    "https://",
    "https:///x",
    "https://Ünal.example/Ä",
    "mailto:ada@ada.example",
)
