"""What hostile issuers do, one row each, and what a look-up of the credential then comes to.

A row's pages are those of fernwald.example by path: `DID` its document, `LIST` its status list; other hosts by their
name. `expect` is a verdict and a code of a check; `said` a part of the sentence about an address that could not be had.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from issuers import Issuer

from portfolio_gen.issuing import IssuerKey
from portfolio_gen.multibase import encode
from simulator import servers
from simulator.servers import Answering, page, sends_on, value

DID, LIST = "/.well-known/did.json", "/status/1"
PLACE = 7
"""Of the credential, in the list."""


@dataclass
class AtPort(Issuer):
    """An issuer whose servers listen on a port of their own: did:web writes that as %3A (did:web, 3.2)."""

    path: str = ""

    @property
    def did(self) -> str:
        return f"did:web:{self.host.replace(':', '%3A')}{self.path.replace('/', ':')}"


OTHER_KEY = IssuerKey.from_seed(bytes(range(1, 33)))

Make = Callable[[AtPort], Answering]


@dataclass(frozen=True)
class Scenario:
    """One thing that an issuer, or somebody in its place, does."""

    name: str
    expect: tuple[str, str, str]
    pages: Mapping[str, Make]
    credential: Callable[[AtPort], bytes] = lambda i: i.credential(index=PLACE)
    said: str = ""
    resolve: Callable[[str, int], list[str]] | None = None
    """Addresses of a host, where they are not loopback."""
    path: str = ""
    """The path in the issuer's did:web."""
    in_browser: bool = True
    asked: tuple[str, ...] | None = field(default=None)
    """All that the servers may have been asked, in order."""


def listed(i: AtPort, **more: Any) -> bytes:
    return i.listing(**more)


def document(i: AtPort, **members: Any) -> dict[str, Any]:
    whole = json.loads(i.document()) | members
    return {name: member for name, member in whole.items() if member is not ...}


def good_document(i: AtPort) -> Answering:
    return page(i.document())


def good_list(i: AtPort) -> Answering:
    return page(i.listing())


GOOD: Mapping[str, Make] = {DID: good_document, LIST: good_list}


def with_document(make: Make) -> Mapping[str, Make]:
    return {**GOOD, DID: make}


def with_list(make: Make) -> Mapping[str, Make]:
    return {**GOOD, LIST: make}


VERIFIED = ("verified", "signer", "LISTED")
UNKNOWN_KEY = ("cannot-check", "signature", "KEY_NOT_RESOLVED")
NOT_ITS_KEY = ("failed", "signature", "NO_ISSUER_PROOF")


def status(code: str, verdict: str = "partly-checked") -> tuple[str, str, str]:
    return verdict, "status", code


def _honest() -> list[Scenario]:
    at_path = {"/issuers/a/did.json": good_document, LIST: good_list}
    return [
        Scenario("all is well", VERIFIED, GOOD, asked=(f"fernwald.example{DID}", f"fernwald.example{LIST}")),
        Scenario("withdrawn", status("REVOKED", "revoked"), with_list(lambda i: page(i.listing(revoked=(PLACE,))))),
        Scenario("another is withdrawn", VERIFIED, with_list(lambda i: page(i.listing(revoked=(PLACE + 1,))))),
        Scenario("a did:web with a path", VERIFIED, at_path, path="/issuers/a"),
        Scenario("a document as text/plain", VERIFIED, with_document(lambda i: page(i.document(), type="text/plain"))),
        Scenario("a list as octets", VERIFIED, with_list(lambda i: page(i.listing(), type="application/octet-stream"))),
        Scenario("a document without a type", VERIFIED, with_document(lambda i: page(i.document(), type=""))),
        Scenario(
            "a byte order mark before the list", VERIFIED, with_list(lambda i: page(b"\xef\xbb\xbf" + i.listing()))
        ),
    ]


def _keys() -> list[Scenario]:
    def rotated(i: AtPort) -> Answering:
        return page(replace(i, key=OTHER_KEY).document())

    def renamed(i: AtPort) -> Answering:
        return page(i.document().replace(b"#key-1", b"#key-2"))

    def both(i: AtPort) -> Answering:
        new = document(replace(i, key=OTHER_KEY))["verificationMethod"][0] | {"id": f"{i.did}#key-2"}
        old = document(i)
        return value(old | {"verificationMethod": [*old["verificationMethod"], new], "assertionMethod": [new["id"]]})

    def of_key(**members: Any) -> Make:
        def make(i: AtPort) -> Answering:
            whole = document(i)
            return value(whole | {"verificationMethod": [whole["verificationMethod"][0] | members]})

        return make

    def foreign(i: AtPort) -> bytes:
        return replace(i, key=OTHER_KEY).credential(index=PLACE)

    return [
        Scenario(
            "another key under the old name", ("failed", "signature", "SIGNATURE_INVALID"), with_document(rotated)
        ),
        Scenario("a new key under a new name", NOT_ITS_KEY, with_document(renamed)),
        Scenario("the old key is no longer for statements", NOT_ITS_KEY, with_document(both)),
        Scenario(
            "the key is for signing in only",
            NOT_ITS_KEY,
            with_document(lambda i: value(document(i, assertionMethod=..., authentication=[i.method]))),
        ),
        Scenario("no key at all", NOT_ITS_KEY, with_document(lambda i: value({"id": i.did, "assertionMethod": []}))),
        Scenario(
            "a key that is named and not there",
            UNKNOWN_KEY,
            with_document(lambda i: value(document(i, verificationMethod=[]))),
        ),
        Scenario(
            "a document that states no purpose",
            ("partly-checked", "signer", "PURPOSE_NOT_STATED"),
            with_document(lambda i: value(document(i, assertionMethod=...))),
        ),
        Scenario(
            "a key that is somebody else's",
            ("failed", "signer", "CONTROLLER_MISMATCH"),
            with_document(of_key(controller="did:web:other.example")),
        ),
        Scenario(
            "a key that is withdrawn",
            ("partly-checked", "signer", "KEY_WITHDRAWN"),
            with_document(of_key(revoked="2026-05-01T00:00:00Z")),
        ),
        Scenario(
            "a key that ran out",
            ("partly-checked", "signer", "KEY_WITHDRAWN"),
            with_document(of_key(expires="2026-05-01T00:00:00Z")),
        ),
        Scenario(
            "half a key",
            ("failed", "signature", "MALFORMED_KEY"),
            with_document(of_key(publicKeyMultibase=encode(b"\xed\x01" + bytes(16)))),
        ),
        Scenario(
            "a credential by a foreign key", ("failed", "signature", "SIGNATURE_INVALID"), GOOD, credential=foreign
        ),
    ]


def _documents() -> list[Scenario]:
    deep = b'{"id":' + b"[" * 100 + b"]" * 100 + b"}"
    rows: list[tuple[str, Make]] = [
        ("a page in place of the document", lambda i: page(b"<!doctype html><title>Log in</title>", type="text/html")),
        ("HTML that says it is JSON", lambda i: page(b"<!doctype html>")),
        ("a list in place of the document", lambda i: value([document(i)])),
        ("a document with a key twice", lambda i: page(i.document()[:-1] + b',"id":"' + i.did.encode() + b'"}')),
        ("a document that breaks off", lambda i: page(i.document()[:-20])),
        ("a document that is not UTF-8", lambda i: page(i.document()[:-1] + b',"n":"\xff"}')),
        ("a document too deep", lambda i: page(deep)),
        ("an empty document", lambda i: page(b"")),
        ("a document with 404", lambda i: page(i.document(), 404)),
        ("a document with 410", lambda i: page(i.document(), 410)),
        ("a document with 500", lambda i: page(i.document(), 500)),
        ("a document with 203", lambda i: page(i.document(), 203)),
    ]
    # The key is there, but the document is not the issuer's: nobody says that it is the issuer's key.
    not_its: list[tuple[str, Make]] = [
        ("a document of another issuer", lambda i: value(document(i, id="did:web:other.example"))),
        ("a document without an id", lambda i: value(document(i, id=...))),
        ("an id in other letters", lambda i: value(document(i, id=i.did.upper()))),
    ]
    nobodys = ("partly-checked", "signer", "ISSUER_NOT_RESOLVED")
    return [
        *(Scenario(name, UNKNOWN_KEY, with_document(make)) for name, make in rows),
        *(Scenario(name, nobodys, with_document(make)) for name, make in not_its),
    ]


def _lists() -> list[Scenario]:
    def tampered(i: AtPort) -> Answering:
        whole = json.loads(i.listing(revoked=(PLACE,)))
        clean = json.loads(i.listing())["credentialSubject"]
        return value(whole | {"credentialSubject": clean})

    def unsigned(i: AtPort) -> Answering:
        whole = json.loads(i.listing())
        return value({name: member for name, member in whole.items() if name != "proof"})

    def by_other(i: AtPort) -> Answering:
        return page(replace(i, key=OTHER_KEY).listing())

    def of_other(i: AtPort) -> Answering:
        return page(Issuer(by_key=True, key=OTHER_KEY, host=i.host).listing(id=i.list_at(1)))

    def for_other_purpose(i: AtPort) -> Answering:
        subject = json.loads(i.listing())["credentialSubject"]
        return page(i.listing(credentialSubject=subject | {"statusPurpose": "suspension"}))

    def encoded(text: str) -> Make:
        def make(i: AtPort) -> Answering:
            subject = json.loads(i.listing())["credentialSubject"]
            return page(i.listing(credentialSubject=subject | {"encodedList": text}))

        return make

    big = json.loads(Issuer().listing())["credentialSubject"]["encodedList"]
    rows: list[tuple[str, str, Make]] = [
        ("a list from which a bit was taken", "LIST_FORGED", tampered),
        ("a list that nobody signed", "LIST_NOT_SIGNED", unsigned),
        ("a list by another key", "LIST_FORGED", by_other),
        ("a list of another issuer", "LIST_OF_ANOTHER_ISSUER", of_other),
        ("another list of the issuer", "LIST_OF_ANOTHER_ADDRESS", lambda i: page(i.listing(2))),
        ("a list for another purpose", "LIST_OF_ANOTHER_PURPOSE", for_other_purpose),
        ("a list that expired", "LIST_EXPIRED", lambda i: page(i.listing(validUntil="2026-05-30T00:00:00Z"))),
        ("a list of next year", "LIST_NOT_YET_VALID", lambda i: page(i.listing(at="2027-01-01T00:00:00Z"))),
        ("a list whose bits break off", "LIST_MALFORMED", encoded(big[:-4])),
        (
            "a list of a few bits",
            "LIST_TOO_SHORT",
            encoded("u" + base64.urlsafe_b64encode(gzip.compress(bytes(4), mtime=0)).rstrip(b"=").decode()),
        ),
        ("a list that is a page", "LIST_MALFORMED", lambda i: page(b"<!doctype html>", type="text/html")),
        ("a list that is the credential", "LIST_OF_ANOTHER_ADDRESS", lambda i: page(i.credential())),
        ("a list that breaks off", "LIST_MALFORMED", lambda i: page(i.listing()[:-9])),
        ("a list with 404", "LIST_UNREACHABLE", lambda i: page(i.listing(), 404)),
        ("a list with 410", "LIST_UNREACHABLE", lambda i: page(i.listing(), 410)),
        ("a list with 500", "LIST_UNREACHABLE", lambda i: page(i.listing(), 500)),
    ]
    return [Scenario(name, status(code), with_list(make)) for name, code, make in rows]


def _servers() -> list[Scenario]:
    lost = status("LIST_NOT_LOOKED_UP")

    def bad(name: str, answer: Answering | Make, said: str, *, made: bool = False, **more: Any) -> Scenario:
        make: Make = answer if made else lambda i: answer  # type: ignore[assignment, return-value]
        return Scenario(name, more.pop("expect", lost), with_list(make), said=said, **more)

    def to(target: str, **more: Any) -> Make:
        return lambda i: sends_on(target.replace("PORT", i.host.partition(":")[2]), **more)

    moved = {**GOOD, LIST: to("/moved"), "/moved": good_list}
    thrice = {**GOOD, LIST: to("/a"), "/a": to("/b"), "/b": to("/c"), "/c": good_list}
    elsewhere = {**GOOD, LIST: to("https://other.example:PORT/status/1"), "other.example/status/1": good_list}
    return [
        Scenario("sent on within the host", VERIFIED, moved),
        Scenario("sent on with 308", VERIFIED, {**moved, LIST: to("/moved", status=308)}),
        Scenario("sent on three times", VERIFIED, thrice),
        Scenario(
            "sent on four times",
            lost,
            {**thrice, "/c": to("/d"), "/d": good_list},
            said="more than 3 times",
            in_browser=False,
        ),
        Scenario("sent on in a circle", lost, {**GOOD, LIST: to(LIST)}, said="more than 3 times"),
        Scenario(
            "sent on to another host",
            lost,
            elsewhere,
            said="to another host (other.example:",
            asked=(f"fernwald.example{DID}", f"fernwald.example{LIST}"),
            in_browser=False,
        ),
        bad("sent on to http", to("http://fernwald.example:PORT/status/1"), "only https", made=True),
        bad("sent on to another port", to("https://fernwald.example:1/status/1"), "to another host", made=True),
        bad("sent on to this computer", to("https://127.0.0.1/status/1"), "to another host (127.0.0.1)", made=True),
        bad("sent on to a file", to("file:///etc/passwd"), "to another host", made=True),
        bad("sent on to a user", to("https://me@fernwald.example:PORT/status/1"), "to another host", made=True),
        bad("sent on to no address", to("https://[::1"), "no address that could be asked", made=True),
        bad("sent on to nowhere", sends_on(""), "more than 3 times", in_browser=False),
        bad("without end", servers.endless, "more than"),
        bad("a list of more than the limit", page(b" " * 5_000_000), "more than"),
        bad("a byte now and then", servers.drips, "not answered within"),
        bad("a header now and then", servers.drips_headers, "not answered within"),
        bad("silence", servers.silent, "not answered within"),
        bad("the line goes dead", servers.hangs_up, "could not be asked"),
        bad("less than was promised", servers.cut_off(b"{}"), "could not be asked"),
        bad("no HTTP", servers.no_http, "could not be asked"),
        bad("a bomb", servers.bomb, "packed form", in_browser=False),
    ]


def _names() -> list[Scenario]:
    def listed_at(address: str) -> Callable[[AtPort], bytes]:
        def make(i: AtPort) -> bytes:
            entry = json.loads(i.credential(index=PLACE))["credentialStatus"]
            place = address.replace("PORT", i.host.partition(":")[2])
            return i.credential(credentialStatus=entry | {"statusListCredential": place})

        return make

    def rebinding() -> Callable[[str, int], list[str]]:
        turns = iter([["127.0.0.1"], ["10.0.0.1"]])
        return lambda host, port: next(turns, ["10.0.0.1"])

    def nobody(host: str, port: int) -> list[str]:
        raise OSError

    lost = status("LIST_NOT_LOOKED_UP")
    private = "not on the public network"
    rows = [
        Scenario(
            "a private address", UNKNOWN_KEY, GOOD, said=private, resolve=lambda host, port: ["10.0.0.1"], asked=()
        ),
        Scenario("a link-local address", UNKNOWN_KEY, GOOD, said=private, resolve=lambda h, p: ["169.254.169.254"]),
        Scenario("a private address of IPv6", UNKNOWN_KEY, GOOD, said=private, resolve=lambda h, p: ["fc00::1"]),
        Scenario("a mapped address of IPv4", UNKNOWN_KEY, GOOD, said=private, resolve=lambda h, p: ["::ffff:10.0.0.1"]),
        Scenario(
            "a private address beside a public one", VERIFIED, GOOD, resolve=lambda h, p: ["10.0.0.1", "127.0.0.1"]
        ),
        Scenario("a name that changes between look-ups", lost, GOOD, said=private, resolve=rebinding()),
        Scenario("a name that nobody knows", UNKNOWN_KEY, GOOD, said="no address that is known", resolve=nobody),
    ]
    for name, address, said in (
        ("a list over http", "http://fernwald.example:PORT/status/1", ""),
        ("a list in a file", "file:///etc/passwd", ""),
        ("a list in the address itself", "data:application/json,{}", ""),
        ("a list at a user's", "https://me:secret@fernwald.example:PORT/status/1", "user name"),
        ("a list at no host", "https:///status/1", "without a host"),
        ("a list at a port that there is not", "https://fernwald.example:99999/status/1", "no address that could"),
        ("a list at half an address", "https://[::1/status/1", "no address that could"),
        ("a list behind a fragment", "https://fernwald.example:PORT/status/1#7", ""),
        ("a list at a host without certificate", "https://unknown.example:PORT/status/1", "could not be asked"),
    ):
        rows.append(Scenario(name, lost, GOOD, credential=listed_at(address), said=said))
    return [replace(row, in_browser=False) for row in rows]


PUT_BACK = Scenario(
    "an older list is put back", VERIFIED, with_list(lambda i: page(i.listing(at="2026-05-01T00:00:00Z")))
)
"""That it is older, only somebody can tell who has a copy of the newer one."""

WORSE = [*(row for row in (*_lists(), *_servers()) if row.expect != VERIFIED), PUT_BACK]
"""Lists that must not take the place of a copy of a good one."""

SCENARIOS = [PUT_BACK, *_honest(), *_keys(), *_documents(), *_lists(), *_servers(), *_names()]
