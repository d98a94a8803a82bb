"""JSON Web Key Sets of issuers at https addresses (SD-JWT VC, JWT VC Issuer Metadata; RFC 7517, 5).

`web` answers for them as for documents. An issuer whose own document says which keys are its own needs no set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import documents, jwk
from portfolio_gen.keys.documents import Answer, Listing, answer_for
from portfolio_gen.limits import Limits

PURPOSE = "assertionMethod"
"""What the metadata's keys are for: to issue credentials."""

_ADDRESS = re.compile(r"(https://[^/?#]+)(/[^?#]*)?")
_ABSOLUTE = ("did:", "https://", "http://")


@dataclass(frozen=True)
class _Set:
    """Keys by the verification method that each is, and where they are from: `live` or `copy`, and when."""

    keys: Mapping[str, Any]
    source: str
    at: str


def listing(identifier: str, purpose: str, web: Mapping[str, Any], limits: Limits) -> Listing | None:
    """Return what the identifier's document lists, else its key set; None where neither says anything of keys."""
    known = documents.listing(identifier, purpose, web, limits)
    if known and (known.methods or known.stated):
        return known
    found = _key_set(identifier, web, limits) if purpose == PURPOSE else None
    return Listing(frozenset(found.keys), found.source, found.at) if found else None


def key(verification_method: str, web: Mapping[str, Any], limits: Limits) -> Key:
    """Return the key of a verification method: in a document, in its issuer's set, or a bare one at its own address.

    A bare key is said by nobody to be an issuer's (Open Badges 3.0, 8.2: `kid` as an address). Raises ProofError:
    `KEY_NOT_RESOLVED` where there is none, otherwise what is wrong with the key.
    """
    identifier = verification_method.partition("#")[0]
    known = documents.listing(identifier, PURPOSE, web, limits)
    found = None if known and (known.methods or known.stated) else _key_set(identifier, web, limits)
    if found and verification_method in found.keys:
        if found.keys[verification_method] is None:
            raise ProofError("KEY_NOT_RESOLVED")
        return _key(verification_method, identifier, found.keys[verification_method], found.source, limits)
    bare = answer_for(verification_method, web, limits)
    if bare and bare.document.get("kty") is not None:
        return _key(verification_method, None, bare.document, bare.source, limits)
    return documents.key(verification_method, web, limits)


def _key(name: str, controller: str | None, value: Any, source: str, limits: Limits) -> Key:
    kind, public = jwk.decode(value, limits)
    return Key(name, controller, kind, public, source, algorithm=jwk.algorithm(value))


def _key_set(identifier: str, web: Mapping[str, Any], limits: Limits) -> _Set | None:
    """Return the keys that the issuer's metadata holds, or names; None where it holds none, or two sets."""
    address = _ADDRESS.fullmatch(identifier)
    if address is None:
        return None
    metadata = answer_for(f"{address[1]}/.well-known/jwt-vc-issuer{(address[2] or '').removesuffix('/')}", web, limits)
    if metadata is None or metadata.document.get("issuer") != identifier:
        return None
    inside, elsewhere = metadata.document.get("jwks"), metadata.document.get("jwks_uri")
    if (inside is None) == (elsewhere is None):
        return None
    answers = [metadata]
    if isinstance(elsewhere, str) and elsewhere.startswith("https://"):
        answers += [found] if (found := answer_for(elsewhere, web, limits)) else []
        inside = answers[-1].document if len(answers) > 1 else None
    keys = inside.get("keys") if isinstance(inside, dict) else None
    return _named(keys, identifier, answers) if isinstance(keys, list) else None


def _named(keys: list[Any], identifier: str, answers: list[Answer]) -> _Set:
    """Return the keys by name, None for a name that several have. Who names none means the only key, if it is one."""
    named: dict[str, Any] = {}
    for value in keys:
        for name in (_name(value, identifier), f"{identifier}#"):
            if name:
                named[name] = None if name in named else value
    copies = sorted(answer.at for answer in answers if answer.source == "copy")
    return _Set(named, "copy" if copies else "live", copies[0] if copies else answers[0].at)


def _name(value: Any, identifier: str) -> str | None:
    """Return the verification method that a header with this key's `kid` names."""
    kid = value.get("kid") if isinstance(value, dict) else None
    if not isinstance(kid, str) or not kid:
        return None
    return kid if kid.startswith(_ABSOLUTE) else f"{identifier}#{kid.removeprefix('#')}"
