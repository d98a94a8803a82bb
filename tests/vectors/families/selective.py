"""ecdsa-sd-2023 and bbs-2023: the holder shows a part of what was signed (docs/verification.md, 1)."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from itertools import product
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_arkworks_bls12381 import G1Point, G2Point, Scalar
from pyld import jsonld

from families.kit import (
    CREATED,
    DATA_INTEGRITY,
    ISSUER,
    RDFC,
    V1,
    Family,
    Json,
    ask,
    badge,
    badge1,
    did_of,
    edited,
    method_of,
    multibase,
    proof,
    public,
    seed,
)
from portfolio_gen import contexts

ECDSA, BBS = "ecdsa-sd-2023", "bbs-2023"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
BLS_ORDER = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001

SUBJECT = "/credentialSubject/type"
MANDATORY = ["/issuer", "/validFrom", "/validUntil", SUBJECT]
SHOWN = ["/name", "/credentialSubject/achievement", "/evidence"]
HIDDEN_STATUS: Json = {"status": "STATUS_MAY_BE_HIDDEN"}
INVALID: Json = {"signature": "SIGNATURE_INVALID"}
MALFORMED: Json = {"signature": "MALFORMED_PROOF"}


# Keys and documents.


def p256(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(seed(name), "big"), ec.SECP256R1())


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def g2(name: str) -> bytes:
    return bytes((G2Point() * Scalar(int.from_bytes(seed(name), "big") % BLS_ORDER)).to_compressed_bytes())


def issuer_of(suite: str, name: str = "issuer") -> str:
    return did_of(point_of(p256(name)), "8024") if suite == ECDSA else did_of(g2(name), "eb01")


def document(suite: str, **members: Any) -> Json:
    """A badge of which parts can be shown; three of its nodes have no identifier."""
    usual: Json = {
        "issuer": {"id": issuer_of(suite), "type": ["Profile"], "name": "Fernwald Academy"},
        "validUntil": "2030-01-01T00:00:00Z",
        "evidence": [{"type": ["Evidence"], "name": "A hive in May", "description": "Forty thousand bees."}],
    }
    whole = badge(**(usual | members))
    if "credentialSubject" not in members:
        del whole["credentialSubject"]["id"]
    return whole


def shown(
    whole: Json,
    suite: str,
    selective: list[str] | None = SHOWN,
    mandatory: list[str] = MANDATORY,
    *,
    key: str = "issuer",
    **job: Any,
) -> Json:
    """Return what a holder derives from `whole`, by the independent implementation; None: the base proof."""
    options = job.pop("options", {"created": CREATED})
    request = {"document": whole, "suite": suite, "key": key, "proof": options, "mandatory": mandatory}
    if selective is not None:
        request["selective"] = selective
    made: Json = ask(request | {"method": method_of(issuer_of(suite, key))} | job)["document"]
    return made


# What stands in a proof's value.


def unpacked(signed: Json) -> list[Any]:
    parts: list[Any] = cbor2.loads(base64.urlsafe_b64decode(signed["proof"]["proofValue"][5:] + "=="))
    return parts


def packed(signed: Json, data: bytes, start: str = "") -> Json:
    start = start or signed["proof"]["proofValue"][:5]
    value = start + base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    return signed | {"proof": signed["proof"] | {"proofValue": value}}


def revalued(signed: Json, edit: Callable[[list[Any]], Any]) -> Json:
    """Return the document with the parts of its proof's value changed, and written in the shortest way again."""
    parts = unpacked(signed)
    edit(parts)
    return packed(signed, cbor2.dumps(parts))


def place(suite: str, part: str) -> int:
    names = {
        ECDSA: ("signature", "key", "signatures", "labels", "mandatory"),
        BBS: ("proof", "labels", "mandatory", "shown", "presentation"),
    }
    return names[suite].index(part)


def canonical(signed: Json) -> list[str]:
    """The canonical N-Quads by PyLD, which is not what either verifier uses for it."""

    def load(url: str, options: Any) -> Json:
        return {"contextUrl": None, "documentUrl": url, "document": contexts.load(url)}

    unsecured = {name: value for name, value in signed.items() if name != "proof"}
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    text: str = jsonld.normalize(unsecured, options)
    return text.splitlines(keepends=True)


def name_of(suite: str, label: Any) -> str:
    return f"_:b{label}" if suite == BBS else "_:u" + base64.urlsafe_b64encode(label).rstrip(b"=").decode()


def relabelled(lines: list[str], names: dict[int, str]) -> list[str]:
    def term(text: str) -> str:
        return names[int(text.removeprefix("_:c14n"))] if text.startswith("_:c14n") else text

    # The families' own literals hold no such word of their own.
    return sorted({" ".join(term(text) for text in line.split(" ")) for line in lines})


def statements(signed: Json, suite: str) -> list[str]:
    labels = unpacked(signed)[place(suite, "labels")]
    return relabelled(canonical(signed), {number: name_of(suite, label) for number, label in labels.items()})


def numbered(signed: Json, suite: str, word: str) -> int:
    """The index of the one statement with this word in it."""
    [found] = [index for index, line in enumerate(statements(signed, suite)) if word in line]
    return found


def without(signed: Json, suite: str, member: str) -> Json:
    """Return the document without a mandatory member, and with the indexes of the others where they are now."""
    gone = numbered(signed, suite, f"#{member}>")

    def edit(parts: list[Any]) -> None:
        at = place(suite, "mandatory")
        parts[at] = [index - (index > gone) for index in parts[at] if index != gone]

    return edited(revalued(signed, edit), lambda changed: changed.pop(member))


def split(signed: Json, suite: str) -> Json:
    """Return the document with its evidence as two nodes, which have the signed node's one name."""
    whole = unpacked(signed)[place(suite, "labels")]
    original = statements(signed, suite)
    [evidence] = signed["evidence"]
    apart = [{"type": ["Evidence"], name: evidence[name]} for name in ("name", "description")]
    torn = signed | {"evidence": apart}
    lines = canonical(torn)
    for labels in product(whole.values(), repeat=len(whole) + 1):
        names = {number: name_of(suite, label) for number, label in enumerate(labels)}
        if relabelled(lines, names) == original:
            found = dict(enumerate(labels))
            return revalued(torn, lambda parts, found=found: parts.__setitem__(place(suite, "labels"), found))
    raise AssertionError("the two nodes do not say what the one said")


# Rows.


def family() -> Family:
    rows = Family("selective")
    for suite, prefix in ((ECDSA, "ecdsa"), (BBS, "bbs")):
        both = _Both(rows, suite, prefix)
        both.honest()
        both.changed()
        both.labels()
        both.encoding()
        both.form()
    _ecdsa(rows)
    _bbs(rows)
    _keys(rows)
    _whole(rows)
    return rows


class _Both:
    """Rows that there are for each of the two suites."""

    def __init__(self, rows: Family, suite: str, prefix: str) -> None:
        self._rows, self._suite, self._prefix = rows, suite, prefix
        self._good = shown(document(suite), suite)

    def _add(self, id: str, verdict: str, content: Any, reason: str, **more: Any) -> None:
        more["flags"] = (self._suite, *more.get("flags", ()))
        self._rows.add(f"{self._prefix}-{id}", verdict, content, f"{self._suite}: {reason}", **more)

    def _honest(self, id: str, content: Any, reason: str, **codes: Any) -> None:
        self._add(id, "partly-checked", content, reason, honest=True, **(HIDDEN_STATUS | codes))

    def _edit(self, part: str, change: Callable[[Any], Any]) -> Json:
        at = place(self._suite, part)
        return revalued(self._good, lambda parts: parts.__setitem__(at, change(parts[at])))

    def honest(self) -> None:
        suite = self._suite
        detail = {"signature": {"suites": [suite], "methods": [method_of(issuer_of(suite))]}}
        self._honest("shown", self._good, "A part, as holders show it.", detail=detail)
        self._honest("only-mandatory", shown(document(suite), suite, []), "Nothing but what must be shown.")
        self._honest(
            "nothing-mandatory", shown(document(suite), suite, ["/issuer", "/validUntil", SUBJECT], []), "All is free."
        )
        self._honest("everything", shown(document(suite), suite, [""]), "All of it is shown; nobody can tell.")
        plain = {"credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"]}, "evidence": ...}
        self._honest(
            "no-blank-nodes", shown(document(suite, **plain), suite, ["/name"]), "Nothing to name: an empty label map."
        )
        old = badge1(V1, DATA_INTEGRITY, issuer=issuer_of(suite), expirationDate="2030-01-01T00:00:00Z")
        pointers = ["/issuer", "/issuanceDate", "/expirationDate", "/credentialSubject"]
        self._honest("vc1", shown(old, suite, [], pointers), "The data model 1.1.", format="vc1-json")
        self._honest(
            "no-end-shown",
            shown(document(suite), suite, ["/name"], ["/issuer", "/validFrom", SUBJECT]),
            "An end date that may have been left out: that it has not expired is not known.",
            dates="END_MAY_BE_HIDDEN",
        )
        self._honest(
            "no-dates-shown",
            shown(document(suite, validFrom=..., validUntil=...), suite, ["/name"], ["/issuer", SUBJECT], options={}),
            "Even where no date at all is shown, one may have been left out.",
            dates="END_MAY_BE_HIDDEN",
        )
        until = {"created": CREATED, "expires": "2030-01-01T00:00:00Z"}
        self._honest(
            "proof-expires",
            shown(document(suite), suite, ["/name"], ["/issuer", SUBJECT], options=until),
            "An end in the proof's own options, beside which the credential's own may have been left out.",
            dates="END_MAY_BE_HIDDEN",
        )
        entry = {
            "id": "https://fernwald.example/status/3#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://fernwald.example/status/3",
        }
        listed = document(suite, credentialStatus=entry)
        self._honest(
            "status-shown",
            shown(listed, suite, ["/credentialStatus", "/name"]),
            "A status.",
            status="LIST_NOT_LOOKED_UP",
        )
        tagged = packed(self._good, _tagged(cbor2.dumps(unpacked(self._good))))
        self._honest("tag-64", tagged, "Byte strings written as typed arrays of bytes, as some libraries do.")
        self._honest(
            "mandatory-in-any-order", self._edit("mandatory", lambda found: found[::-1]), "A set has no order."
        )
        ended = document(suite, validUntil="2026-02-01T00:00:00Z")
        self._add("expired", "expired", shown(ended, suite), "An end that is past.", dates="EXPIRED", **HIDDEN_STATUS)
        later = document(suite, validFrom="2026-07-01T00:00:00Z")
        self._add(
            "not-yet",
            "not-yet-valid",
            shown(later, suite, ["/name"], ["/issuer", "/validFrom", SUBJECT]),
            "A start to come is told, whatever else may be hidden.",
            dates="NOT_YET_VALID",
            **HIDDEN_STATUS,
        )

    def changed(self) -> None:
        suite, good = self._suite, self._good
        name = numbered(good, suite, "A hive in May")
        bad: list[tuple[str, Json, str]] = [
            ("mandatory-changed", good | {"validUntil": "2040-01-01T00:00:00Z"}, "A mandatory statement changed."),
            ("shown-changed", good | {"name": "Beekeeping for masters"}, "A statement that the holder chose, changed."),
            ("mandatory-dropped", without(good, suite, "validUntil"), "The end, which must be shown, left out."),
            (
                "mandatory-dropped-crudely",
                edited(good, lambda it: it.pop("validUntil")),
                "The end left out, and indexes as they were.",
            ),
            ("statement-dropped", edited(good, lambda it: it.pop("evidence")), "Fewer statements than are signed."),
            (
                "statement-added",
                edited(good, lambda it: it["evidence"][0].update(genre="Photograph")),
                "A statement that nobody signed.",
            ),
            (
                "added-as-mandatory",
                _added_as_mandatory(good, suite),
                "A statement that nobody signed, said to be among the mandatory ones.",
            ),
            (
                "mandatory-as-chosen",
                self._edit("mandatory", lambda found: found[1:]),
                "A mandatory statement, said to be among those signed one by one.",
            ),
            ("chosen-as-mandatory", self._edit("mandatory", lambda found: [*found, name]), "And the other way round."),
            (
                "groups-swapped",
                self._edit("mandatory", lambda found: [name, *found[1:]]),
                "One of each group in the place of the other.",
            ),
            ("mandatory-beyond", self._edit("mandatory", lambda found: [*found, 10_000]), "An index of no statement."),
            ("options-changed", _with_option(good, created="2026-01-03T00:00:00Z"), "The proof's options changed."),
            (
                "wrong-key",
                shown(document(suite), suite, key="other", method=method_of(issuer_of(suite))),
                "Signed by another key than it says.",
            ),
        ]
        for id, content, reason in bad:
            self._add(id, "failed", content, reason, **INVALID)
        self._add(
            "by-another",
            "failed",
            shown(document(suite), suite, key="other"),
            "Another key.",
            signature="NO_ISSUER_PROOF",
        )
        own = document(suite, issuer={"id": ISSUER, "type": ["Profile"], "name": "Fernwald Academy"})
        self._add(
            "key-of-another-kind",
            "failed",
            shown(own, suite, method=method_of(ISSUER)),
            "An Ed25519 key.",
            signature="KEY_MISMATCH",
        )
        purpose = shown(document(suite), suite, purpose="authentication")
        self._add("wrong-purpose", "failed", purpose, "Made to log in.", signature="WRONG_PURPOSE")
        spoken = good | {"nickname": "Bee"}
        self._add("unsigned-term", "failed", spoken, "A word of no context.", signature="UNSIGNED_TERM")
        meant = good | {"@context": [*good["@context"], {"name": "https://schema.org/alternateName"}]}
        self._add("inline-context", "cannot-check", meant, "Words with another meaning.", signature="INLINE_CONTEXT")

    def labels(self) -> None:
        good, suite = self._good, self._suite

        def swapped(found: Json) -> Json:
            first, second, *rest = found.items()
            return {first[0]: second[1], second[0]: first[1], **dict(rest)}  # type: ignore[dict-item]

        more = hashlib.sha256(b"another").digest() if suite == ECDSA else 77
        last = len(unpacked(good)[place(suite, "labels")])
        for id, change, reason in (
            ("labels-swapped", swapped, "Two nodes with each other's names."),
            ("label-missing", lambda found: dict(list(found.items())[1:]), "A node without a name."),
            ("label-more", lambda found: {**found, last: more}, "A name for a node that there is not."),
            ("label-other", lambda found: {**found, 0: more}, "A name that the issuer did not give."),
            ("label-moved", lambda found: {**dict(list(found.items())[:-1]), last: more}, "A name for another node."),
        ):
            self._add(id, "failed", self._edit("labels", change), reason, **INVALID)
        self._add(
            "labels-alike",
            "failed",
            split(good, suite),
            "Two nodes with one name: the signature sees one node where the reader sees two.",
            **MALFORMED,
        )
        if suite == ECDSA:
            short = self._edit("labels", lambda found: {**found, 0: found[0][:31]})
            self._add("label-short", "failed", short, "A name that is no HMAC.", **MALFORMED)
        else:
            name = self._edit("labels", lambda found: {**found, 0: b"\x00"})
            self._add("label-bytes", "failed", name, "A name in bytes, as the other suite has it.", **MALFORMED)

    def encoding(self) -> None:
        good, suite = self._good, self._suite
        parts = unpacked(good)
        data = cbor2.dumps(parts)
        value = good["proof"]["proofValue"]
        indexes = cbor2.dumps(parts[place(suite, "mandatory")])
        label, (key, first) = (
            cbor2.dumps(parts[place(suite, "labels")]),
            next(iter(unpacked(good)[place(suite, "labels")].items())),
        )
        entry = cbor2.dumps(key) + cbor2.dumps(first)

        def instead(old: bytes, new: bytes) -> Json:
            assert data.count(old) == 1
            return packed(good, data.replace(old, new))

        for id, content, reason in (
            ("truncated", packed(good, data[:-1]), "A byte short."),
            ("half", packed(good, data[: len(data) // 2]), "Half of it."),
            ("empty", packed(good, b""), "Nothing behind the first three bytes."),
            ("trailing", packed(good, data + b"\x00"), "A byte more."),
            ("four-parts", packed(good, cbor2.dumps(parts[:4])), "A part short."),
            ("six-parts", packed(good, cbor2.dumps([*parts, []])), "A part more."),
            ("endless-array", packed(good, b"\x9f" + data[1:] + b"\xff"), "An array of no stated length."),
            ("long-length", packed(good, b"\x98\x05" + data[1:]), "A length not in its shortest form."),
            ("long-index", instead(indexes, indexes[:1] + b"\x18" + indexes[1:]), "A number not in its shortest form."),
            (
                "float-index",
                instead(indexes, indexes[:1] + b"\xf9\x00\x00" + indexes[2:]),
                "An index written as a fraction.",
            ),
            ("negative-index", self._edit("mandatory", lambda found: [-1, *found]), "An index below zero."),
            ("huge-index", self._edit("mandatory", lambda found: [*found, 2**53]), "An index beyond 2⁵³−1."),
            ("text-index", self._edit("mandatory", lambda found: [*map(str, found)]), "Indexes as text."),
            ("index-twice", self._edit("mandatory", lambda found: [*found, found[0]]), "A mandatory index twice."),
            ("key-twice", instead(label, bytes([label[0] + 1]) + entry + label[1:]), "A node named twice."),
            (
                "key-text",
                self._edit("labels", lambda it: {str(n): name for n, name in it.items()}),
                "A node's number as text.",
            ),
            ("map-as-array", self._edit("labels", lambda found: [*found.values()]), "An array for the map."),
            ("tagged-array", packed(good, b"\xd8\x40" + data), "A tag where none belongs."),
            ("stray-bits", _stray(good, data), "base64url with bits of no byte."),
            ("padded", _with_value(good, value + "="), "base64url with padding."),
            ("in-base58", _with_value(good, multibase(b"\xd9\x5d\x01" + data)), "In the other multibase."),
            ("unknown-form", packed(good, data, "u2V0Z"), "First bytes of no proof that is known."),
            (
                "other-suites-form",
                packed(good, data, "u2V0D" if suite == ECDSA else "u2V0B"),
                "First bytes of another suite.",
            ),
        ):
            self._add(id, "failed", content, reason, **MALFORMED)
        self._add(
            "value-absent",
            "failed",
            edited(good, lambda it: it["proof"].pop("proofValue")),
            "No proof value.",
            **MALFORMED,
        )

    def form(self) -> None:
        base = shown(document(self._suite), self._suite, None)
        detail = {"signature": {"suites": [self._suite], "methods": [method_of(issuer_of(self._suite))]}}
        self._add(
            "base-proof",
            "cannot-check",
            base,
            "The issuer's private original is not for showing.",
            signature="BASE_PROOF",
            detail=detail,
        )
        away = edited(base, lambda it: it["proof"].update(verificationMethod="did:web:fernwald.example#key-1"))
        away["issuer"] = "did:web:fernwald.example"
        self._add(
            "base-proof-unknown-key",
            "cannot-check",
            away,
            "That it is an original is said before its key is looked for.",
            signature="BASE_PROOF",
        )


def _tagged(data: bytes) -> bytes:
    """Return what our proofs' CBOR is with tag 64 before its first byte string."""
    return data[:1] + b"\xd8\x40" + data[1:]


def _stray(signed: Json, data: bytes) -> Json:
    """Return the document with a bit of no byte in its proof's value, which is otherwise good."""
    data = data if len(data) % 3 else _tagged(data)
    value = packed(signed, data)["proof"]["proofValue"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return _with_value(signed, value[:-1] + alphabet[alphabet.index(value[-1]) + 1])


def _with_value(signed: Json, value: str) -> Json:
    return signed | {"proof": signed["proof"] | {"proofValue": value}}


def _with_option(signed: Json, **members: Any) -> Json:
    return signed | {"proof": signed["proof"] | members}


def _added_as_mandatory(signed: Json, suite: str) -> Json:
    more = edited(signed, lambda it: it["evidence"][0].update(genre="Photograph"))
    new = numbered(more, suite, "Photograph")

    def edit(parts: list[Any]) -> None:
        at = place(suite, "mandatory")
        parts[at] = [*(index + (index >= new) for index in parts[at]), new]

    return revalued(more, edit)


def _p1363(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    der = key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
    return b"".join(number.to_bytes(32, "big") for number in decode_dss_signature(der))


def _ecdsa(rows: Family) -> None:
    good = shown(document(ECDSA), ECDSA)

    def add(id: str, content: Json, reason: str, **codes: Any) -> None:
        rows.add(f"ecdsa-{id}", "failed", content, f"{ECDSA}: {reason}", flags=(ECDSA,), **codes)

    def at(part: str, change: Callable[[Any], Any]) -> Json:
        index = place(ECDSA, part)
        return revalued(good, lambda parts: parts.__setitem__(index, change(parts[index])))

    add(
        "signatures-swapped",
        at("signatures", lambda it: [it[1], it[0], *it[2:]]),
        "Two in each other's place.",
        **INVALID,
    )
    add("signature-short", at("signatures", lambda it: [it[0][:63], *it[1:]]), "A signature too short.", **MALFORMED)
    add("signature-missing", at("signatures", lambda it: it[1:]), "Fewer signatures than statements.", **INVALID)
    add("signature-more", at("signatures", lambda it: [*it, it[0]]), "More signatures than statements.", **INVALID)
    add("base-signature-short", at("signature", lambda it: it[:63]), "The issuer's signature too short.", **MALFORMED)
    add("own-key-short", at("key", lambda it: it[:34]), "The credential's own key too short.", **MALFORMED)
    add("own-key-of-another-kind", at("key", lambda it: b"\xe7\x01" + it[2:]), "An own key of secp256k1.", **MALFORMED)
    add("own-key-off-the-curve", at("key", lambda it: it[:2] + b"\x02" + bytes(31) + b"\x01"), "No point.", **MALFORMED)
    add("own-key-uncompressed", at("key", lambda it: it[:2] + b"\x04" + it[3:]), "No form of a point.", **MALFORMED)
    thief = p256("thief")
    richer = good | {"name": "Beekeeping for masters"}
    mandatory = unpacked(good)[place(ECDSA, "mandatory")]
    signatures = [
        _p1363(thief, line.encode()) for index, line in enumerate(statements(richer, ECDSA)) if index not in mandatory
    ]

    def steal(parts: list[Any]) -> None:
        parts[1], parts[2] = b"\x80\x24" + point_of(thief), signatures

    add("own-key-of-a-thief", revalued(richer, steal), "An own key that the issuer did not sign.", **INVALID)
    other = shown(document(ECDSA, name="Beekeeping for masters"), ECDSA)
    add(
        "parts-of-two",
        revalued(richer, lambda parts: parts.__setitem__(2, unpacked(other)[2])),
        "Statements of another credential of the same issuer.",
        **INVALID,
    )

    def high(signature: bytes) -> bytes:
        return signature[:32] + (P256_ORDER - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")

    rows.honest(
        "ecdsa-high-s",
        at("signature", high),
        f"{ECDSA}: s and n − s are both signatures; the suite asks for neither.",
        "partly-checked",
        flags=(ECDSA, "odd"),
        **HIDDEN_STATUS,
    )
    add("signature-zero", at("signature", lambda it: bytes(64)), "r and s are zero.", **INVALID)
    for id, content, reason in (
        ("too-many", at("signatures", lambda it: (it * 501)[:501]), "More signatures than are checked."),
        ("too-long", _with_value(good, "u2V0B" + "A" * 131_068), "A proof value longer than is read."),
    ):
        reason = f"{ECDSA}: {reason}"
        rows.add(f"ecdsa-{id}", "cannot-check", content, reason, flags=(ECDSA,), signature="TOO_MUCH_WORK")


def _bbs(rows: Family) -> None:
    good = shown(document(BBS), BBS, presentation="113377aa")

    def add(id: str, content: Json, reason: str, **codes: Any) -> None:
        rows.add(f"bbs-{id}", "failed", content, f"{BBS}: {reason}", flags=(BBS,), **codes)

    def at(part: str, change: Callable[[Any], Any]) -> Json:
        index = place(BBS, part)
        return revalued(good, lambda parts: parts.__setitem__(index, change(parts[index])))

    rows.honest(
        "bbs-presentation",
        good,
        f"{BBS}: A presentation header, whatever it says.",
        "partly-checked",
        flags=(BBS,),
        **HIDDEN_STATUS,
    )
    add(
        "presentation-other",
        at("presentation", lambda it: b"\x11\x33\x77\xab"),
        "Another presentation header.",
        **INVALID,
    )
    add("presentation-none", at("presentation", lambda it: b""), "A presentation header left out.", **INVALID)
    # What is said of a node with an identifier comes before what is said of one without: the last messages are hidden.
    first = shown(document(BBS), BBS, ["/name", "/validUntil"], ["/issuer", SUBJECT])
    next_ = revalued(first, lambda parts: parts[3].__setitem__(-1, parts[3][-1] + 1))
    add("shown-other", next_, "A message at another index.", **INVALID)
    add("shown-fewer", at("shown", lambda it: it[:-1]), "Fewer indexes than statements.", **INVALID)
    add("shown-beyond", at("shown", lambda it: [*it[:-1], 500]), "An index beyond all messages.", **MALFORMED)
    add("shown-unsorted", at("shown", lambda it: [it[1], it[0], *it[2:]]), "Indexes that do not ascend.", **MALFORMED)
    add("shown-twice", at("shown", lambda it: [it[0], it[0], *it[2:]]), "An index twice.", **MALFORMED)
    add("less-shown", _less_shown(first), "A statement and its index left out by somebody else.", **INVALID)
    fewer = revalued(first, lambda parts: parts.__setitem__(0, parts[0][:240] + parts[0][272:]))
    add("hidden-fewer", fewer, "A hidden message fewer.", **INVALID)
    _bbs_proofs(add, at)
    for id, forge, reason in (
        ("forged", "1", "A proof made without any signature: its challenge is right, its pairing is not."),
        ("forged-with-identity", "0", "And one in which the first sum is the identity."),
    ):
        richer = good | {"name": "Beekeeping for masters"}
        made = ask({"suite": BBS, "document": richer, "key": g2("issuer").hex(), "forge": forge})["document"]
        forged = bytes.fromhex(made["proof"]["proofValue"])
        add(id, revalued(richer, lambda parts, forged=forged: parts.__setitem__(0, forged)), reason, **INVALID)
    many = at("proof", lambda it: it[:272] + it[240:272] * 500)
    rows.add(
        "bbs-too-many",
        "cannot-check",
        many,
        f"{BBS}: More messages, shown and hidden, than are checked.",
        flags=(BBS,),
        signature="TOO_MUCH_WORK",
    )
    for start, feature in (
        ("u2V0F", "anonymous_holder_binding"),
        ("u2V0H", "pseudonym"),
        ("u2V0J", "holder_binding_pseudonym"),
    ):
        detail = {"suites": [BBS], "methods": [method_of(issuer_of(BBS))], "feature": feature}
        rows.add(
            f"bbs-{feature.replace('_', '-')}",
            "cannot-check",
            packed(good, cbor2.dumps(unpacked(good)), start),
            f"{BBS}: The feature {feature}, which is not checked here.",
            flags=(BBS,),
            signature="FEATURE_NOT_SUPPORTED",
            detail={"signature": detail},
        )
    for start in ("u2V0E", "u2V0G", "u2V0I"):
        rows.add(
            f"bbs-base-proof-{start[-1].lower()}",
            "cannot-check",
            packed(good, cbor2.dumps(unpacked(good)), start),
            f"{BBS}: A base proof with a feature, {start}.",
            flags=(BBS,),
            signature="BASE_PROOF",
        )


def _less_shown(good: Json) -> Json:
    gone = numbered(good, BBS, '"Beekeeping for beginners"')
    mandatory = unpacked(good)[place(BBS, "mandatory")]
    among = gone - sum(index < gone for index in mandatory)

    def edit(parts: list[Any]) -> None:
        parts[2] = [index - (index > gone) for index in parts[2]]
        del parts[3][among]

    return edited(revalued(good, edit), lambda it: it.pop("name"))


IDENTITY = b"\xc0" + bytes(47)
OFF_CURVE = b"\x80" + bytes(46) + b"\x01"
OFF_SUBGROUP = b"\x80" + bytes(46) + b"\x04"
P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB


def _bbs_proofs(add: Callable[..., None], at: Callable[[str, Callable[[Any], Any]], Json]) -> None:
    """octets_to_proof: what is no point or scalar."""
    for id, change, reason in (
        ("identity", lambda it: IDENTITY + it[48:], "Abar is the identity."),
        (
            "identities",
            lambda it: IDENTITY * 3 + it[144:],
            "All three points are the identity, for which any pairing is right.",
        ),
        ("off-the-curve", lambda it: OFF_CURVE + it[48:], "Abar is not on the curve."),
        ("off-the-subgroup", lambda it: it[:48] + OFF_SUBGROUP + it[96:], "Bbar is on the curve, not in G1."),
        ("point-beyond", lambda it: (P + (1 << 383)).to_bytes(48, "big") + it[48:], "x is the field's order."),
        ("point-uncompressed", lambda it: bytes([it[0] & 0x7F]) + it[1:], "A point that is not said to be compressed."),
        ("scalar-zero", lambda it: it[:144] + bytes(32) + it[176:], "A number that is zero."),
        ("scalar-beyond", lambda it: it[:-32] + BLS_ORDER.to_bytes(32, "big"), "A number not below the group's order."),
        ("proof-ragged", lambda it: it + b"\x00", "A proof of no proof's length."),
        ("proof-short", lambda it: it[:240], "A proof without a challenge."),
    ):
        add(id, at("proof", change), reason, **MALFORMED)
    for id, change, reason in (
        ("scalar-changed", lambda it: it[:175] + bytes([it[175] ^ 1]) + it[176:], "A number changed."),
        ("points-swapped", lambda it: it[48:96] + it[:48] + it[96:], "Abar and Bbar in each other's place."),
        ("point-negated", lambda it: bytes([it[0] ^ 0x20]) + it[1:], "A point turned over."),
        ("challenge-changed", lambda it: it[:-1] + bytes([it[-1] ^ 1]), "The challenge changed."),
        ("hidden-more", lambda it: it[:240] + it[240:272] + it[240:], "A hidden message more."),
    ):
        add(id, at("proof", change), reason, **INVALID)


def _keys(rows: Family) -> None:
    """Keys of BLS12-381 that are none."""
    good = shown(document(BBS), BBS)
    key = g2("issuer")
    for id, bad, reason, code in (
        ("identity", b"\xc0" + bytes(95), "A key that is the identity.", "WEAK_KEY"),
        ("short", key[:95], "A key a byte short.", "MALFORMED_KEY"),
        ("long", key + b"\x00", "A key a byte long.", "MALFORMED_KEY"),
        ("in-g1", bytes(G1Point().to_compressed_bytes()), "A key in the other group.", "MALFORMED_KEY"),
        ("off-the-curve", b"\x80" + bytes(94) + b"\x01", "A key that is no point.", "MALFORMED_KEY"),
        ("off-the-subgroup", b"\x80" + bytes(94) + b"\x02", "A key on the curve, not in G2.", "MALFORMED_KEY"),
        ("uncompressed", bytes([key[0] & 0x7F]) + key[1:], "A key not said to be compressed.", "MALFORMED_KEY"),
        ("identity-signed", b"\xe0" + bytes(95), "The identity, with a sign.", "MALFORMED_KEY"),
    ):  # fmt: skip
        did = did_of(bad, "eb01")
        content = _with_option(good | {"issuer": did}, verificationMethod=method_of(did))
        rows.add(f"bbs-key-{id}", "failed", content, f"{BBS}: {reason}", flags=(BBS,), signature=code)


def _whole(rows: Family) -> None:
    """A signature over the whole document beside: nothing can have been left out."""
    web = "did:web:fernwald.example"
    keys = {"ed": b"\xed\x01" + public("issuer"), "ec": b"\x80\x24" + point_of(p256("issuer"))}
    methods = [
        {"id": f"{web}#{name}", "type": "Multikey", "controller": web, "publicKeyMultibase": multibase(key)}
        for name, key in keys.items()
    ]
    listed = {"id": web, "verificationMethod": methods, "assertionMethod": [method["id"] for method in methods]}
    answer = {
        "status": 200,
        "type": "application/did+json",
        "at": "2026-06-01T00:00:00Z",
        "source": "live",
        "bytes": base64.b64encode(json.dumps(listed).encode()).decode(),
    }
    whole = document(ECDSA, issuer=web, validUntil=...)
    beside = proof(whole, RDFC, method=f"{web}#ed")
    selective = shown(whole, ECDSA, [""], ["/issuer"], method=f"{web}#ec")["proof"]
    rows.honest(
        "whole-beside",
        whole | {"proof": [selective, beside]},
        "Beside a signature over the whole document nothing can have been left out.",
        web={web: answer},
        signer="LISTED",
    )
    rows.add(
        "whole-beside-and-less-shown",
        "failed",
        edited(
            shown(whole, ECDSA, ["/name"], ["/issuer", SUBJECT], method=f"{web}#ec"),
            lambda it: it.update(proof=[it["proof"], beside]),
        ),
        "A signature over the whole document does not hold for a part of it.",
        web={web: answer},
        signature="SIGNATURE_INVALID",
    )
