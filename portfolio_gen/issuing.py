"""Keys, and credentials signed with them: for small issuers, the demo and the test vectors.

What is signed comes from `portfolio_gen.proofs`, so that signing and checking share one
canonicalisation, and nothing is returned that our own verifier does not accept.

A key file is JSON, a Multikey (Controlled Identifiers 1.0, 2.2.2) with its secret part:

    {"id": "did:key:z6Mk…#z6Mk…", "type": "Multikey", "controller": "did:key:z6Mk…",
     "publicKeyMultibase": "z6Mk…", "secretKeyMultibase": "z3u2…"}
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from portfolio_gen import multibase, verifier
from portfolio_gen.credential import Proof
from portfolio_gen.errors import PortfolioError, ProofError
from portfolio_gen.limits import LIMITS
from portfolio_gen.marked import Marked
from portfolio_gen.proofs import hash_data
from portfolio_gen.report import Check
from portfolio_gen.strict_json import JsonError, read_json
from portfolio_gen.template import VC1, credential_of
from portfolio_gen.vocabulary import vocabulary

PUBLIC_PREFIX = b"\xed\x01"
"""Multicodec ed25519-pub, 0xed as a varint."""

SECRET_PREFIX = b"\x80\x26"
"""Multicodec ed25519-priv, 0x1300 as a varint."""

DATA_INTEGRITY_CONTEXT = "https://w3id.org/security/data-integrity/v2"
ED25519_2020_CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1"

SUITES = ("eddsa-jcs-2022", "eddsa-rdfc-2022", "Ed25519Signature2020")
"""What an Ed25519 key of ours signs with."""

ACCEPTED_DATES = ("OK", "NO_DATES", "EXPIRED", "NOT_YET_VALID")


class IssuingError(PortfolioError):
    """A key file that cannot be used, or a credential that would not check out."""


@dataclass(frozen=True)
class IssuerKey:
    """An Ed25519 signing key and the names that go with it."""

    signing: SigningKey

    @classmethod
    def make(cls) -> IssuerKey:
        """Return a new key from the system's randomness."""
        return cls(SigningKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> IssuerKey:
        """Return the key of a 32-byte seed, for keys that tests and demos can make again."""
        return cls(SigningKey(seed))

    @property
    def multibase(self) -> str:
        """The public key as `z6Mk…`."""
        return multibase.encode(PUBLIC_PREFIX + bytes(self.signing.verify_key))

    @property
    def did(self) -> str:
        """The issuer identifier, a did:key."""
        return f"did:key:{self.multibase}"

    @property
    def method(self) -> str:
        """The one verification method that a did:key document lists."""
        return f"{self.did}#{self.multibase}"

    def to_json(self) -> dict[str, str]:
        """Return the key file's content, with the secret."""
        return {
            "id": self.method,
            "type": "Multikey",
            "controller": self.did,
            "publicKeyMultibase": self.multibase,
            "secretKeyMultibase": multibase.encode(SECRET_PREFIX + bytes(self.signing)),
        }


def write_key(key: IssuerKey, path: Path) -> None:
    """Write a key file that only its owner may read (mode 0600); never over another file.

    Raises:
        IssuingError: something is there already, or the file cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise IssuingError(f"{path} exists already. A key is never overwritten; give another name.") from None
    except OSError as error:
        raise IssuingError(f"{path} cannot be written: {error.strerror}.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(key.to_json(), file, indent=1)
        file.write("\n")


def read_key(path: Path) -> IssuerKey:
    """Return the key in a key file.

    Raises:
        IssuingError: the file cannot be read, or is no Ed25519 key file whose parts belong together.
    """
    try:
        content = json.loads(path.read_bytes())
        secret = multibase.decode(content["secretKeyMultibase"])
    except OSError as error:
        raise IssuingError(f"The key file {path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise IssuingError(f"{path} is not a key file as `portfolio-gen keygen` writes them.") from None
    if secret[:2] != SECRET_PREFIX or len(secret) != 34:
        raise IssuingError(f"{path} does not hold an Ed25519 key; other kinds cannot sign here.")
    key = IssuerKey.from_seed(secret[2:])
    if content.get("publicKeyMultibase", key.multibase) != key.multibase:
        raise IssuingError(f"The public and the secret key in {path} do not belong together.")
    return key


def issue(
    template: Mapping[str, Any] | Marked,
    key: IssuerKey,
    *,
    suite: str = "eddsa-jcs-2022",
    created: str,
    folder: Path = Path(),
) -> bytes:
    """Return the signed credential that a template describes, as the bytes of a JSON file.

    The same template, key, suite and time give the same bytes. `created` is an XSD dateTimeStamp; pictures
    that the template names are read from `folder`.

    Raises:
        ConfigError: all that is wrong with the template.
        IssuingError: the signed credential would not check out.
    """
    marked = template if isinstance(template, Marked) else Marked("the template", template)
    credential = credential_of(marked, key.did, created, folder)
    return sign(credential, key, suite=suite, created=created)


def sign(credential: Mapping[str, Any], key: IssuerKey, *, suite: str, created: str) -> bytes:
    """Return this credential with a proof by `key`, as the bytes of a JSON file.

    Raises:
        IssuingError: the suite is unknown, or the signed credential would not check out.
    """
    if suite not in SUITES:
        raise IssuingError(f'The suite "{suite}" is not known. One of {", ".join(SUITES)}.')
    document = _as_read({**credential, "@context": _contexts(credential, suite)})
    options = _proof_options(document, key, suite, created)
    try:
        signature = key.signing.sign(hash_data(document, Proof(suite, options, "/proof"))).signature
    except ProofError as error:
        raise IssuingError(_refusal("signature", Check.of("signature", error.code, error.detail))) from None
    data = _written({**document, "proof": {**options, "proofValue": multibase.encode(signature)}})
    _require_verified(data, created)
    return data


def _written(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _as_read(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as a verifier will read it, for instance with 1.0 as the integer that it is."""
    try:
        read: dict[str, Any] = read_json(_written(document), LIMITS)
    except (JsonError, ValueError) as error:
        raise IssuingError(f"The credential cannot be written as JSON that everybody reads alike: {error}.") from None
    return read


def _contexts(credential: Mapping[str, Any], suite: str) -> list[Any]:
    """The contexts, with the one that defines the proof's terms (VC 2.0 defines those of Data Integrity itself)."""
    given = credential.get("@context", [])
    contexts = list(given) if isinstance(given, list) else [given]
    needed = ED25519_2020_CONTEXT if suite == "Ed25519Signature2020" else DATA_INTEGRITY_CONTEXT
    if needed not in contexts and (VC1 in contexts or suite == "Ed25519Signature2020"):
        contexts.append(needed)
    return contexts


def _proof_options(document: Mapping[str, Any], key: IssuerKey, suite: str, created: str) -> dict[str, Any]:
    options: dict[str, Any] = {"type": suite}
    if suite != "Ed25519Signature2020":
        options = {"type": "DataIntegrityProof", "cryptosuite": suite}
    options |= {"created": created, "verificationMethod": key.method, "proofPurpose": "assertionMethod"}
    if suite == "eddsa-jcs-2022":  # vc-di-eddsa 3.3.1: the options take the document's context along
        options = {"@context": document["@context"], **options}
    return options


def _require_verified(data: bytes, now: str) -> None:
    """Refuse what our own verifier does not accept on the day of signing; a credential may start later."""
    report = verifier.verify(data, now=now)
    for name in ("readable", "signature", "signer"):
        if report.checks[name].result != "pass":
            raise IssuingError(_refusal(name, report.checks[name]))
    if report.checks["dates"].code not in ACCEPTED_DATES:
        raise IssuingError(_refusal("dates", report.checks["dates"]))


def _refusal(name: str, check: Check) -> str:
    codes = vocabulary()["checks"][name]["codes"]
    places = ", ".join(str(place) for values in check.detail.values() if isinstance(values, list) for place in values)
    at = f" At {places}." if places else ""
    return f"Not signed, because it would not check out: {codes[check.code]['says']} ({name}: {check.code}.){at}"
