"""Step 5: is a credential made out to an identifier that somebody declared as theirs? Never part of the verdict.

docs/verification.md, 5. What was declared stays here: the answer names a kind and a hash algorithm, and no identifier.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5, sha256
from typing import Any

from portfolio_gen import keys
from portfolio_gen.credential import Envelope
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import Limits
from portfolio_gen.values import items, strings

Holders = Mapping[str, Sequence[str]]
"""What was declared: kind → texts."""

Answer = tuple[str, Mapping[str, Any]]

KINDS = ("email", "did", "url", "phone", "name", "id")
EXCLUSIVE = ("email", "did", "url", "phone")
"""Kinds of which a person declares all: another of them is somebody else's. There are many kinds of `id`."""

_BLANK = " \t\n\r\f\v"
_HASHES = {"sha256": (sha256, 64), "md5": (md5, 32)}
_HASHED = re.compile(r"(sha256|md5)\$([0-9A-Fa-f]+)\Z")
_SCHEMES = (("mailto:", "email"), ("tel:", "phone"), ("did:", "did"), ("http:", "url"), ("https:", "url"))
_EMAIL = re.compile(r"[^ \t\n\r\f\v@]+@[^ \t\n\r\f\v@]+\Z")
_UPPER = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_TYPES = {"emailAddress": "email", "name": "name"}
_RECIPIENT_TYPES = {"email": "email", "url": "url", "telephone": "phone"}


@dataclass(frozen=True)
class Identity:
    """One identifier of whom a credential is about.

    `kind` is "" where the credential states none, `key` for a JSON Web Key. `value` is None for what cannot be
    compared; where `algorithm` is given, it is a hash in lower-case hexadecimal.
    """

    kind: str
    value: Any
    algorithm: str = ""
    salt: str = ""


def answer(envelope: Envelope, signature: str, holders: Holders, limits: Limits) -> Answer:
    """Return the code of `recipient` and its detail; `signature` is the result of that check."""
    declared = Declared.of(holders)
    if not declared:
        return "NOT_ASKED", {}
    if signature == "fail":
        return "SIGNATURE_FIRST", {}
    if envelope.format == "archive" or envelope.purpose == "authentication":
        return "NOT_MADE_OUT", {}
    credential = _credential(envelope.document)
    if "EndorsementCredential" in strings(credential.get("type")):
        return "NOT_MADE_OUT", {}
    subjects = [list(identities) for identities in _subjects(envelope, credential, limits)]
    if sum(map(len, subjects)) > limits.identities:
        return "TOO_MANY_IDENTITIES", {}
    return _together([_about(identities, declared, limits) for identities in subjects])


def _together(answers: list[Answer]) -> Answer:
    matching = [answer for answer in answers if answer[0] == "MATCH"]
    if matching:
        return matching[0] if len(matching) == len(answers) else ("ONE_OF_SEVERAL", matching[0][1])
    for code in ("OTHER", "NOT_COMPARABLE"):
        found = [detail["kinds"] for one, detail in answers if one == code]
        if found:
            return code, {"kinds": sorted({kind for kinds in found for kind in kinds})}
    return "NO_SUBJECT", {}


def _about(identities: list[Identity], declared: Declared, limits: Limits) -> Answer:
    """Return the answer for one subject."""
    if not identities:
        return "NO_SUBJECT", {}
    kinds = {"kinds": sorted({one.kind or "unstated" for one in identities})}
    names = [one for one in identities if one.kind == "name"]
    for of, exclusive in ([one for one in identities if one.kind != "name"], EXCLUSIVE), (names, ("name",)):
        for one in of:
            kind = declared.match(one, limits)
            if kind:
                return "MATCH", {"kind": kind} | ({"hashed": one.algorithm} if one.algorithm else {})
        if any(one.kind in exclusive and one.value is not None and declared.of_kind(one.kind) for one in of):
            return "OTHER", kinds
    return "NOT_COMPARABLE", kinds


@dataclass(frozen=True)
class Declared:
    """Identifiers that somebody says are theirs: (kind, text)."""

    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, holders: Holders) -> Declared:
        """Return those that can be compared: neither blank, nor with a lone surrogate, which has no UTF-8."""
        rows = ((kind, text.strip(_BLANK)) for kind in KINDS for text in holders.get(kind, ()))
        return cls(tuple((kind, text) for kind, text in rows if text and not re.search("[\ud800-\udfff]", text)))

    def __bool__(self) -> bool:
        return bool(self.texts)

    def of_kind(self, kind: str) -> list[tuple[str, str]]:
        """Return those of one kind; of every kind for an identity that states none."""
        return [row for row in self.texts if kind in ("", row[0])]

    def match(self, one: Identity, limits: Limits) -> str:
        """Return the kind of what was declared and is this identity; "" if nothing is."""
        if one.value is None:
            return ""
        if one.kind == "key":
            return "key" if any(_is_key(text, one.value, limits) for _, text in self.of_kind("did")) else ""
        if one.algorithm:
            return next((kind for kind, text in self.of_kind(one.kind) if _is_hashed(kind, text, one)), "")
        rows = self.of_kind(one.kind)
        return next((kind for kind, text in rows if _normal(kind, text) == _normal(kind, one.value)), "")


def _is_hashed(kind: str, text: str, one: Identity) -> bool:
    spelt = {text}
    if kind == "email":
        local, at, domain = _without(text, "mailto:").rpartition("@")
        spelt |= {local + at + domain, _lower(local + at + domain), local + at + _lower(domain)}
    function, _ = _HASHES[one.algorithm]
    return any(function((spelling + one.salt).encode()).hexdigest() == one.value for spelling in spelt)


def _is_key(did: str, value: Any, limits: Limits) -> bool:
    """Return whether a DID that is a key is this JSON Web Key."""
    method = f"{did}#{did.removeprefix('did:key:')}" if did.startswith("did:key:") else f"{did}#0"
    if not did.startswith(("did:key:", "did:jwk:")):
        return False
    try:
        own, other = keys.resolve(method, {}, limits), keys.brought({"jwk": value}, limits)
    except ProofError:
        return False
    return (own.kind, own.public) == (other.kind, other.public)


def _normal(kind: str, text: str) -> str:
    plain = text.strip(_BLANK)
    if kind == "email":
        return _lower(_without(plain, "mailto:"))
    if kind == "phone":
        return re.sub(r"[ ().-]", "", _without(plain, "tel:"))
    if kind == "name":
        return _lower(re.sub(r"[ \t\n\r\f\v]+", " ", unicodedata.normalize("NFC", plain)))
    return plain


def _lower(text: str) -> str:
    """Return text in ASCII lower case: elsewhere other letters become the same (U+212A becomes k)."""
    return text.translate(_UPPER)


def _without(text: str, prefix: str) -> str:
    return text[len(prefix) :] if _lower(text).startswith(prefix) else text


# What credentials say.


def _credential(document: Mapping[str, Any]) -> Mapping[str, Any]:
    inside = document.get("vc")
    return inside if isinstance(inside, dict) and document.get("credentialSubject") is None else document


def _subjects(envelope: Envelope, credential: Mapping[str, Any], limits: Limits) -> Iterator[Iterator[Identity]]:
    """Yield the identities of each subject."""
    document, subject = envelope.document, credential.get("credentialSubject")
    if subject is None:
        yield _recipient(document, limits) if document.get("vct") is None else _claims(document)
        return
    subjects = items(subject)
    for one in subjects:
        alone = len(subjects) == 1
        yield (identity for part in (_subject(one, limits), _beside(document) if alone else ()) for identity in part)


def _beside(document: Mapping[str, Any]) -> Iterator[Identity]:
    """Yield what a JWT says of the one subject beside its credential: `sub` and `cnf` (RFC 7519, RFC 7800)."""
    yield from _schemed(document.get("sub"))
    confirmed = document.get("cnf")
    if isinstance(confirmed, dict):
        named = confirmed.get("kid")
        if isinstance(named, str) and named.startswith("did:"):
            yield Identity("did", named.partition("#")[0])
        if isinstance(confirmed.get("jwk"), dict):
            yield Identity("key", confirmed["jwk"])


def _claims(document: Mapping[str, Any]) -> Iterator[Identity]:
    """Yield what the claims of an SD-JWT VC say; `name` is as often that of what was achieved."""
    yield from _beside(document)
    yield from _plain("email", document.get("email"))
    yield from _names(document, (), ("given_name", "family_name"))


def _subject(subject: Any, limits: Limits) -> Iterator[Identity]:
    if not isinstance(subject, dict):
        yield from _schemed(subject)
        return
    yield from _schemed(subject.get("id"))
    for one in items(subject.get("identifier")):
        if isinstance(one, dict) and one.get("identityHash") is not None:
            types = strings(one.get("identityType"))
            kind = _TYPES.get(types[0], "id") if types else None
            yield from _stated(kind, one["identityHash"], one.get("hashed"), one.get("salt"), limits)
    for name in ("identifier", "nationalID"):
        for one in items(subject.get(name)):
            yield from _plain("id", one.get("notation") if isinstance(one, dict) else None)
    yield from _plain("email", subject.get("email"))
    for point in items(subject.get("contactPoint")):
        for address in items(point.get("emailAddress") if isinstance(point, dict) else None):
            yield from _plain("email", address.get("id") if isinstance(address, dict) else address)
    yield from _names(subject, ("name", "fullName"), ("givenName", "familyName"))


def _recipient(document: Mapping[str, Any], limits: Limits) -> Iterator[Identity]:
    recipient = document.get("recipient")
    if isinstance(recipient, dict):
        types = strings(recipient.get("type"))
        kind = next((_RECIPIENT_TYPES[type] for type in types if type in _RECIPIENT_TYPES), None)
        yield from _stated(kind, recipient.get("identity"), recipient.get("hashed"), recipient.get("salt"), limits)
    elif isinstance(recipient, str):
        is_hashed = bool(_HASHED.match(recipient)) or None
        yield from _stated(None, recipient, is_hashed, document.get("salt"), limits)
    profile = document.get("recipientProfile")
    if isinstance(profile, dict):
        yield from _names(profile, ("name",), ())


def _stated(kind: str | None, value: Any, hashed: Any, salt: Any, limits: Limits) -> Iterator[Identity]:
    """Yield an identifier that is hashed or not, of a kind that is stated or not (Open Badges 2.0 and 3.0)."""
    if not isinstance(value, str):
        if value is not None:
            yield Identity(kind or "", None)
        return
    found = _HASHED.match(value)
    is_whole = found is not None and len(found[2]) == _HASHES[found[1]][1]
    if hashed is True and found and is_whole and _is_salt(salt, limits):
        yield Identity(kind or "", _lower(found[2]), found[1], salt or "")
    elif found or not (hashed is None or hashed is False):
        yield Identity(kind or "", None)
    else:
        yield from _plain(kind, value) if kind else _schemed(value)


def _is_salt(salt: Any, limits: Limits) -> bool:
    return salt is None or (isinstance(salt, str) and len(salt.encode()) <= limits.salt_bytes)


def _schemed(value: Any) -> Iterator[Identity]:
    """Yield an identifier whose kind its scheme says."""
    if not isinstance(value, str):
        return
    text = value.strip(_BLANK)
    start = _lower(text)
    kind = next((kind for scheme, kind in _SCHEMES if start.startswith(scheme)), "")
    yield from _plain(kind or ("email" if _EMAIL.match(text) else "id"), text)


def _plain(kind: str, value: Any) -> Iterator[Identity]:
    if isinstance(value, str) and _normal(kind, value):
        yield Identity(kind, value)


def _names(person: Mapping[str, Any], whole: Iterable[str], parts: Sequence[str]) -> Iterator[Identity]:
    found = [text for name in whole for text in _texts(person.get(name))]
    if parts:
        first, last = (list(_texts(person.get(name))) for name in parts)
        found += [f"{given} {family}" for given in first for family in last]
    for text in found:
        yield from _plain("name", text)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a string, of a list, and of an object by language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, str))
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
