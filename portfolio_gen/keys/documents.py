"""Identifiers whose document has to be looked up: `web` answers for them, or nobody (DESIGN 2.3).

A document is a DID document or another controlled identifier document (Controlled Identifiers 1.0, 2): it lists
verification methods, and which of them are for what. did:web documents are asked for under their DID or their address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio_gen import multibase
from portfolio_gen.credential import Key
from portfolio_gen.errors import ProofError
from portfolio_gen.keys import jwk, multikey, pem
from portfolio_gen.limits import Limits
from portfolio_gen.strict_json import JsonError, read_json

PURPOSES = ("assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation")
PROFILE = "publicKey"
"""Not a purpose, but where a profile of Open Badges 2.0 lists its keys: they are for signing badges."""
_DID_WEB = "did:web:"
_OK = 200


@dataclass(frozen=True)
class Listing:
    """The verification methods that an identifier's own document lists for a purpose, and where the document is from.

    `source` is `self` (the identifier is the key), `live` or `copy`, `at` the date of a copy. `stated` is False for a
    document that says of none of its keys what they are for; `methods` are all of them then.
    """

    methods: frozenset[str]
    source: str = "self"
    at: str = ""
    stated: bool = True


@dataclass(frozen=True)
class Answer:
    """A JSON object that somebody answered, whether now or in a copy, and when."""

    document: Mapping[str, Any]
    source: str
    at: str


def listing(identifier: str, purpose: str, web: Mapping[str, Any], limits: Limits) -> Listing | None:
    """Return what the identifier's document lists for `purpose`; None where that document is not known here."""
    answer = answer_for(identifier, web, limits)
    if answer is None or answer.document.get("id") != identifier:
        return None
    stated = purpose == PROFILE or any(answer.document.get(name) is not None for name in PURPOSES)
    entries = _items(answer.document.get(purpose)) if stated else _methods(answer.document)
    named = (entry.get("id") if isinstance(entry, dict) else entry for entry in entries)
    methods = frozenset(_absolute(name, identifier) for name in named if isinstance(name, str))
    return Listing(methods, answer.source, answer.at, stated)


def key(verification_method: str, web: Mapping[str, Any], limits: Limits) -> Key:
    """Return the key of a verification method in a document that is known here.

    Raises ProofError: `KEY_NOT_RESOLVED` where there is none, otherwise what is wrong with the key.
    """
    identifier, _, fragment = verification_method.partition("#")
    answer = answer_for(verification_method, web, limits) or answer_for(identifier, web, limits)
    if answer is None:
        return _from_fragment(verification_method, identifier, fragment, limits)
    for method in (answer.document, *_methods(answer.document)):
        name = method.get("id")
        if isinstance(name, str) and _absolute(name, identifier) == verification_method and _holds_key(method):
            return _key(verification_method, method, answer, limits)
    raise ProofError("KEY_NOT_RESOLVED")


def _from_fragment(method: str, identifier: str, fragment: str, limits: Limits) -> Key:
    """Return the key that the fragment of an unanswered address spells: it came only with the document (rule 6)."""
    try:
        kind, public = multikey.decode(fragment, limits)
    except ProofError:
        raise ProofError("KEY_NOT_RESOLVED") from None
    return Key(method, identifier, kind, public, "document")


def _key(name: str, method: Mapping[str, Any], answer: Answer, limits: Limits) -> Key:
    kind, public = _decode(method, limits)
    controller = method.get("owner") if method.get("controller") is None else method["controller"]
    ends = tuple(value for name in ("revoked", "expires") if isinstance(value := method.get(name), str))
    algorithm = jwk.algorithm(method.get("publicKeyJwk") or {})
    return Key(name, controller if isinstance(controller, str) else "", kind, public, answer.source, ends, algorithm)


_BASE58_KINDS = {
    "Ed25519VerificationKey2018": "ed25519-pub",
    "Ed25519VerificationKey2020": "ed25519-pub",
    "EcdsaSecp256k1VerificationKey2019": "secp256k1-pub",
}
"""What a bare key in `publicKeyBase58` is, by the type of its verification method: nothing in it says so."""

_ENCODINGS = ("publicKeyMultibase", "publicKeyJwk", "publicKeyBase58", "publicKeyPem")


def _holds_key(method: Mapping[str, Any]) -> bool:
    return any(method.get(name) is not None for name in _ENCODINGS)


def _decode(method: Mapping[str, Any], limits: Limits) -> tuple[str, bytes]:
    """Return kind and bytes of the key in a verification method, which must hold one in one encoding."""
    if sum(method.get(name) is not None for name in _ENCODINGS) != 1:
        raise ProofError("MALFORMED_KEY")
    if method.get("publicKeyJwk") is not None:
        return jwk.decode(method["publicKeyJwk"], limits)
    if isinstance(method.get("publicKeyMultibase"), str):
        return multikey.decode(method["publicKeyMultibase"], limits)
    if isinstance(method.get("publicKeyPem"), str):
        return pem.decode(method["publicKeyPem"], limits)
    if isinstance(method.get("publicKeyBase58"), str):
        return _from_base58(method, limits)
    raise ProofError("KEY_TYPE_NOT_SUPPORTED")


def _from_base58(method: Mapping[str, Any], limits: Limits) -> tuple[str, bytes]:
    """Return the key in `publicKeyBase58` (Security Vocabulary): base58btc without a prefix; raises ProofError."""
    types = _items(method.get("type"))
    kinds = {kind for name, kind in _BASE58_KINDS.items() if name in types}
    if len(kinds) != 1:
        raise ProofError("KEY_TYPE_NOT_SUPPORTED")
    [kind] = kinds
    try:
        public = multibase.decode("z" + method["publicKeyBase58"], limits)
    except ValueError as error:
        raise ProofError("MALFORMED_KEY") from error
    if kind == "ed25519-pub" and len(public) != 32:
        raise ProofError("MALFORMED_KEY")
    return kind, public


def _methods(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every verification method that stands in a document, in its lists of them or under a purpose."""
    for name in ("verificationMethod", "publicKey", *PURPOSES):
        yield from (item for item in _items(document.get(name)) if isinstance(item, dict))


def _absolute(name: str, identifier: str) -> str:
    return identifier + name if name.startswith("#") else name


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def answer_for(address: str, web: Mapping[str, Any], limits: Limits) -> Answer | None:
    """Return the JSON object that `web` has for an address, as far as it has one that can be read."""
    found = web.get(address)
    if found is None and address.startswith(_DID_WEB):
        found = web.get(did_web_address(address))
    if found is None or found["status"] != _OK or len(found["bytes"]) > limits.file_bytes:
        return None
    try:
        document = read_json(found["bytes"], limits)
    except JsonError:
        return None
    return Answer(document, found["source"], found["at"]) if isinstance(document, dict) else None


def did_web_address(did: str) -> str:
    """Return the https address of a did:web document (the did:web method, 2.5.2): a port's colon is escaped."""
    host, *path = did.removeprefix(_DID_WEB).split(":")
    return f"https://{host.replace('%3A', ':').replace('%3a', ':')}/{'/'.join(path or ['.well-known'])}/did.json"
