"""Issuers of these tests: each has a host, a did:web, status lists and the credentials that it signs."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portfolio_gen.credential import Proof
from portfolio_gen.issuing import IssuerKey
from portfolio_gen.multibase import encode
from portfolio_gen.proofs import hash_data

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CREATED = "2026-01-02T00:00:00Z"
DATED = "2026-05-20T00:00:00Z"
BITS = 131_072


def signed(document: Mapping[str, Any], key: IssuerKey, method: str) -> bytes:
    options = {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": CREATED,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.signing.sign(hash_data(document, Proof("eddsa-jcs-2022", options, "/proof"))).signature
    return json.dumps({**document, "proof": {**options, "proofValue": encode(signature)}}).encode()


@dataclass
class Issuer:
    """An issuer with a did:web, or, with `by_key`, a did:key, whose key needs no look-up."""

    host: str = "fernwald.example"
    by_key: bool = False
    key: IssuerKey = field(default_factory=lambda: IssuerKey.from_seed(bytes(range(32))))

    @property
    def did(self) -> str:
        return self.key.did if self.by_key else f"did:web:{self.host}"

    @property
    def method(self) -> str:
        return self.key.method if self.by_key else f"{self.did}#key-1"

    @property
    def address(self) -> str:
        """Where its DID document is."""
        return f"https://{self.host}/.well-known/did.json"

    def document(self) -> bytes:
        method = {
            "id": self.method,
            "type": "Multikey",
            "controller": self.did,
            "publicKeyMultibase": self.key.multibase,
        }
        whole = {"id": self.did, "verificationMethod": [method], "assertionMethod": [self.method]}
        return json.dumps(whole).encode()

    def list_at(self, number: int = 1) -> str:
        return f"https://{self.host}/status/{number}"

    def credential(self, name: str = "Rope rescue", index: int | None = None, number: int = 1, **more: Any) -> bytes:
        """A badge; with `index`, one that may be withdrawn on the list of this number."""
        status = {
            "id": f"{self.list_at(number)}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(index),
            "statusListCredential": self.list_at(number),
        }
        badge = {
            "@context": [V2, OB],
            "id": f"https://{self.host}/badges/{name.replace(' ', '-')}",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": name,
            "issuer": {"id": self.did, "type": ["Profile"], "name": "Fernwald Academy"},
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": f"https://{self.host}/achievements/1",
                    "type": ["Achievement"],
                    "name": name,
                    "description": "Did it.",
                    "criteria": {"narrative": "Do it."},
                },
            },
            **({} if index is None else {"credentialStatus": status}),
            **more,
        }
        return signed(badge, self.key, self.method)

    def listing(self, number: int = 1, revoked: tuple[int, ...] = (), at: str = DATED, **more: Any) -> bytes:
        """The list of this number, with these places set, dated `at`."""
        bits = bytearray(BITS // 8)
        for place in revoked:
            bits[place // 8] |= 0x80 >> place % 8
        encoded = "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()
        document = {
            "@context": [V2],
            "id": self.list_at(number),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did,
            "validFrom": at,
            "credentialSubject": {
                "id": f"{self.list_at(number)}#list",
                "type": "BitstringStatusList",
                "statusPurpose": "revocation",
                "encodedList": encoded,
            },
            **more,
        }
        return signed(document, self.key, self.method)


class Servers:
    """A fetcher from memory, which notes what it is asked. A page is bytes, status and bytes, or None for silence."""

    def __init__(self, pages: Mapping[str, bytes | tuple[int, bytes] | None]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []

    def fetch(self, address: str, now: str) -> Mapping[str, Any] | str:
        self.asked.append(address)
        page = self.pages.get(address, (404, b"<html>"))
        if page is None:
            return "nobody answers."
        status, data = page if isinstance(page, tuple) else (200, page)
        return {"bytes": data, "status": status, "type": "application/json", "at": now, "source": "live"}
