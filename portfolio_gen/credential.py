"""What a reader finds in a file, before anybody believes it. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.report import Fact, IssuerIdentity


@dataclass(frozen=True)
class Proof:
    """One Data Integrity proof as it stands in the file. `options` is the proof object, untouched."""

    suite: str
    options: Mapping[str, Any]
    pointer: str

    @property
    def verification_method(self) -> Any:
        """The proof's `verificationMethod`, whatever its type."""
        return self.options.get("verificationMethod")


@dataclass(frozen=True)
class Key:
    """A public key by which a proof may be checked. `kind` is the multicodec name, e.g. `ed25519-pub`."""

    id: str
    controller: str
    kind: str
    public: bytes


@dataclass(frozen=True)
class Envelope:
    """A file, opened: the signed document, its proofs, and what it says of itself."""

    format: str
    document: Mapping[str, Any]
    proofs: tuple[Proof, ...]
    issuer: IssuerIdentity
    facts: tuple[Fact, ...]
