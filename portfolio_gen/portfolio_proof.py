"""A portfolio that its holder signed: the digests of its files and its address, by the key that they were issued to.

The file is a verifiable presentation (VC data model 2.0, 4.13) of no credential, with `digests`, and a proof with
`eddsa-jcs-2022`, `authentication` and `domain`. docs/verification.md, “A portfolio that is signed by its holder”.
`browser/src/portfolio_proof.ts` comes to the same codes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen import multibase, verifier
from portfolio_gen.credential import Proof
from portfolio_gen.issuing import IssuerKey, IssuingError
from portfolio_gen.limits import LIMITS
from portfolio_gen.pages import holdings
from portfolio_gen.proofs import hash_data
from portfolio_gen.report import Report
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.template import VC2
from portfolio_gen.values import items

FILE = "portfolio-proof.json"
"""Beside mkdocs.yml, and at the site's root. It holds nothing secret."""

SUITE = "eddsa-jcs-2022"
SIGNED, OTHER_ADDRESS, LIST_DIFFERS, NONE_ISSUED, NOT_SIGNED, MALFORMED = (
    "SIGNED",
    "OTHER_ADDRESS",
    "LIST_DIFFERS",
    "NONE_ISSUED",
    "NOT_SIGNED",
    "MALFORMED",
)
_ADDRESS = re.compile(r"(https?)://([^/?#]+)([^?#]*)", re.IGNORECASE | re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Finding:
    """What a portfolio's signature comes to. `added` are digests of the site that nobody signed, `gone` the others."""

    code: str
    holder: str = ""
    domain: str = ""
    created: str = ""
    count: int = 0
    """How many credentials were issued to the key."""
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def sign(key: IssuerKey, address: str, digests: Iterable[str], created: str) -> bytes:
    """Return the file that says that the holder of `key` publishes files with these SHA-256 at `address`.

    Raises:
        IssuingError: the address is none, or there is no file.
    """
    listed = sorted(set(digests))
    domain = normal(address)
    if not domain:
        raise IssuingError(f"{address!r} is not the address of a site, such as https://you.example/.")
    if not listed:
        raise IssuingError("There is no credential to sign for.")
    document = {"@context": [VC2], "type": ["VerifiablePresentation"], "holder": key.did, "digests": listed}
    options = {
        "@context": document["@context"],
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": key.method,
        "proofPurpose": "authentication",
        "domain": domain,
    }
    signature = key.signing.sign(hash_data(document, Proof(SUITE, options, "/proof"))).signature
    proof = {**options, "proofValue": multibase.encode(signature)}
    data = (json.dumps({**document, "proof": proof}, indent=1) + "\n").encode()
    if check(data, created, domain, dict.fromkeys(listed, 1)).code != SIGNED:
        raise IssuingError("Not signed, because it would not check out.")
    return data


def check(data: bytes, now: str, address: str, files: Mapping[str, int]) -> Finding:
    """Return what `data` says of a site at `address` with `files`.

    `files` has the SHA-256 of each, and how many of the credentials in it were issued to the holder (`issued_to`).
    """
    report = verifier.verify(data, now=now)
    domains = report.checks["signature"].detail.get("domains", [])
    if report.format != "presentation" or report.verdict != "verified" or report.issuer is None:
        return Finding(NOT_SIGNED)
    document = _document(data)
    digests, proof = _digests(document.get("digests")), document.get("proof")
    if not digests or len(domains) != 1 or not isinstance(proof, dict):
        return Finding(MALFORMED)
    about = {"holder": report.issuer.id, "domain": domains[0], "created": str(proof.get("created") or "")}
    if normal(domains[0]) != normal(address) or not normal(address):
        return Finding(OTHER_ADDRESS, **about)
    added, gone = tuple(sorted(files.keys() - digests)), tuple(sorted(digests - files.keys()))
    if added or gone:
        return Finding(LIST_DIFFERS, **about, added=added, gone=gone)
    count = sum(files.values())
    return Finding(SIGNED if count else NONE_ISSUED, **about, count=count)


def domain_of(data: bytes) -> str:
    """Return the address that the file names, whether or not that is true; "" for none."""
    proof = _document(data).get("proof")
    domain = proof.get("domain") if isinstance(proof, dict) else None
    return domain if isinstance(domain, str) else ""


def count_in(data: bytes, now: str, holder: str) -> int:
    """Return how many of the credentials in a file were issued to the key of `holder`, as pages count them."""
    report = verifier.verify(data, now=now, holders={"did": [holder]})
    return sum(issued_to(one) for _, one in holdings(report))


def issued_to(report: Report) -> bool:
    """Return whether a credential was issued to the key of a holder; `report` was made with that DID as `holders`."""
    made_out = report.checks["recipient"]
    checked = all(report.checks[name].result == "pass" for name in ("signature", "signer"))
    return checked and made_out.code == "MATCH" and made_out.detail["kind"] in ("did", "key")


def normal(address: str) -> str:
    """Return the address of a site in one form: scheme and host in lower case, a slash at the end; "" for none."""
    found = _ADDRESS.match(address.strip())
    if found is None:
        return ""
    path = re.sub(r"/index\.html\Z", "/", found[3])
    return f"{found[1].lower()}://{found[2].lower()}{path.rstrip('/')}/"


def _document(data: bytes) -> Mapping[str, Any]:
    try:
        document = read_json(data.removeprefix(b"\xef\xbb\xbf"), LIMITS)
    except JsonError:
        return {}
    return document if isinstance(document, dict) else {}


def _digests(value: Any) -> frozenset[str]:
    """Return the digests in a list of distinct ones; none for anything else."""
    texts = [one for one in items(value) if isinstance(one, str) and _DIGEST.match(one)]
    is_list = isinstance(value, list) and len(texts) == len(value) == len(set(texts))
    return frozenset(texts if is_list else ())
