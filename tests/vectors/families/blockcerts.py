"""Blockcerts, v2 and v3: a hash, a path to a root, and a transaction that somebody looks up, or nobody."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from families.jose import did_jwk
from families.kit import CREATED, ISSUER, V1, V2, Family, Json, ask, edited, multibase, signed

OB2 = "https://w3id.org/openbadges/v2"
BC2, BC3, BC31 = (f"https://w3id.org/blockcerts/{version}" for version in ("v2", "v3", "v3.1"))
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
PROFILE = "https://fernwald.example/blockcerts.json"
ADDRESS, OTHER_ADDRESS = "1FernwaLdAcademyOfBeekeeping", "1SomebodyELse"
ETHER = "0xFe0000000000000000000000000000000000Ab1e"
TRANSACTION = hashlib.sha256(b"the transaction of Fernwald Academy").hexdigest()
BITCOIN = f"https://blockstream.info/api/tx/{TRANSACTION}"
ETHEREUM = f"https://eth.blockscout.com/api/v2/transactions/0x{TRANSACTION}"
SENT = 1_767_400_000  # 2026-01-03T00:26:40Z
SIBLING = hashlib.sha256(b"another diploma of the same batch").hexdigest()
AT = "2026-06-01T00:00:00Z"


def assertion(**members: Any) -> Json:
    document: Json = {
        "@context": [OB2, BC2],
        "type": "Assertion",
        "id": "urn:uuid:5b2b5f0c-0000-4000-8000-000000000001",
        "badge": {
            "type": "BadgeClass",
            "id": "urn:uuid:5b2b5f0c-0000-4000-8000-000000000002",
            "name": "Beekeeping for beginners",
            "description": "Keeps a hive through a winter.",
            "image": "data:image/png;base64,iVBORw0KGgo=",
            "criteria": {"narrative": "One hive, one winter."},
            "issuer": {
                "type": "Profile",
                "id": PROFILE,
                "name": "Fernwald Academy",
                "url": "https://fernwald.example",
                "email": "bees@fernwald.example",
            },
        },
        "recipient": {"type": "email", "identity": "ada@example.org", "hashed": False},
        "recipientProfile": {"type": ["RecipientProfile", "Extension"], "name": "Ada Example"},
        "issuedOn": "2026-01-02T00:00:00Z",
        "verification": {
            "type": ["MerkleProofVerification2017", "Extension"],
            "publicKey": f"ecdsa-koblitz-pubkey:{ADDRESS}",
        },
    }
    return {name: value for name, value in (document | members).items() if value is not ...}


def hash_of(document: Json) -> str:
    """The document's hash, by jsonld.js."""
    made: str = ask({"blockcerts": {name: value for name, value in document.items() if name != "signature"}})["proof"]
    return made


def root_of(target: str, *path: tuple[str, str]) -> str:
    node = bytes.fromhex(target)
    for side, other in path:
        pair = (node, bytes.fromhex(other)) if side == "right" else (bytes.fromhex(other), node)
        node = hashlib.sha256(b"".join(pair)).digest()
    return node.hex()


def receipt(target: str, *path: tuple[str, str], chain: str | None = "bitcoinMainnet", **members: Any) -> Json:
    anchor = {"sourceId": TRANSACTION, "type": "BTCOpReturn"} | ({} if chain is None else {"chain": chain})
    made: Json = {
        "type": ["MerkleProof2017", "Extension"],
        "merkleRoot": root_of(target, *path),
        "targetHash": target,
        "proof": [{side: other} for side, other in path],
        "anchors": [anchor],
    }
    return {name: value for name, value in (made | members).items() if value is not ...}


BATCH = (("right", SIBLING), ("left", SIBLING[::-1]))


def anchored(document: Json | None = None, *path: tuple[str, str], **members: Any) -> Json:
    """Return the assertion with a MerkleProof2017 whose path leads to its root."""
    document = document or assertion()
    return document | {"signature": receipt(hash_of(document), *(path or BATCH), **members)}


def answered(address: str, document: Any, **answer: Any) -> Json:
    usual = {"status": 200, "type": "application/json", "at": AT, "source": "live"}
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return {address: usual | {"bytes": base64.b64encode(data).decode()} | answer}


def transaction(file: Json, **members: Any) -> Json:
    """What Esplora says of the transaction that holds the root of a file."""
    made: Json = {
        "txid": TRANSACTION,
        "vin": [{"prevout": {"scriptpubkey_address": ADDRESS, "value": 9000}}],
        "vout": [
            {"scriptpubkey": "76a91488ac", "value": 8000},
            {"scriptpubkey": "6a20" + file["signature"]["merkleRoot"], "value": 0},
        ],
        "status": {"confirmed": True, "block_time": SENT},
    }
    return made | members


def sender(address: str) -> Json:
    return {"vin": [{"prevout": {"scriptpubkey_address": address}}]}


def profile(**members: Any) -> Json:
    key = {"id": f"ecdsa-koblitz-pubkey:{ADDRESS}", "created": "2020-01-01T00:00:00Z"} | members
    return {
        "@context": [OB2, BC2],
        "type": "Profile",
        "id": PROFILE,
        "name": "Fernwald Academy",
        "publicKey": [{"id": "ecdsa-koblitz-pubkey:1Ignored"}, {n: v for n, v in key.items() if v is not ...}],
    }


def looked_up(file: Json, document: Json | None = None, **members: Any) -> Json:
    """The answers of the explorer and, where one is given, of the issuer."""
    return answered(BITCOIN, transaction(file, **members)) | answered(PROFILE, document or profile())


def found(suite: str = "MerkleProof2017", **more: str) -> Json:
    detail = {"chain": "bitcoinMainnet", "transaction": TRANSACTION, "explorer": "blockstream.info"}
    return {"signature": {"suites": [suite]} | detail | more}


def family() -> Family:
    rows = Family("blockcerts")
    _v2(rows)
    _anchors(rows)
    _tampered(rows)
    _malformed(rows)
    _v3(rows)
    _v3_damaged(rows)
    return rows


def _add(rows: Family, id: str, verdict: str, content: Json | bytes | str, reason: str, **more: Any) -> None:
    rows.add(id, verdict, content, reason, **({"format": "blockcerts-v2"} | _listed(more)))


def _honest(rows: Family, id: str, content: Json | bytes | str, reason: str, **more: Any) -> None:
    rows.honest(id, content, reason, **({"format": "blockcerts-v2"} | _listed(more)))


def _listed(more: Mapping[str, Any]) -> Json:
    """The issuer is known by its profile, which names no list by which it could withdraw anything."""
    fine = not {"readable", "signature"} & set(more)
    return {**({"signer": "LISTED"} if fine else {}), **more}


def _v2(rows: Family) -> None:
    good = anchored()
    _honest(
        rows,
        "blockcert",
        good,
        "A diploma of a batch, its transaction and its issuer looked up.",
        web=looked_up(good),
        detail=found(),
    )
    _honest(
        rows,
        "blockcert-not-looked-up",
        "blockcert",
        "Hash and path are right; nobody looked whether the root stands in the chain.",
        verdict="cannot-check",
        signature="ANCHOR_NOT_LOOKED_UP",
        detail=found(),
    )
    alone = assertion()
    alone |= {"signature": receipt(hash_of(alone))}
    _honest(rows, "blockcert-alone", alone, "A batch of one: no path.", web=looked_up(alone))
    ether = anchored(chain="ethereumMainnet")
    sent = {
        "hash": f"0x{TRANSACTION}",
        "from": {"hash": ETHER},
        "raw_input": "0x" + ether["signature"]["merkleRoot"],
        "status": "ok",
        "timestamp": "2026-01-03T00:26:40.000000Z",
    }
    web = answered(ETHEREUM, sent) | answered(PROFILE, profile(id=f"ecdsa-koblitz-pubkey:{ETHER.lower()}"))
    _honest(
        rows,
        "blockcert-ethereum",
        ether,
        "The root stands in the data of a transaction of Ethereum.",
        web=web,
        detail=found(chain="ethereumMainnet", explorer="eth.blockscout.com"),
    )
    _add(
        rows,
        "blockcert-ethereum-failed",
        "cannot-check",
        "blockcert-ethereum",
        "A transaction that failed stands in the chain, too.",
        web=web | answered(ETHEREUM, sent | {"status": "error"}),
        signature="ANCHOR_NOT_LOOKED_UP",
    )
    old = anchored(chain=None)
    _honest(rows, "blockcert-no-chain", old, "A proof of 2017 names no chain: its address does.", web=looked_up(old))
    mock = anchored(chain="mockchain", anchors=[{"sourceId": "for tests only", "type": "Mock", "chain": "mockchain"}])
    _honest(
        rows,
        "blockcert-mock",
        mock,
        "A chain for tests: there is nowhere to look.",
        verdict="cannot-check",
        signature="ANCHOR_NOT_PUBLIC",
        detail={"signature": {"suites": ["MerkleProof2017"], "chain": "mockchain"}},
    )
    _add(
        rows,
        "blockcert-no-such-chain",
        "cannot-check",
        anchored(chain="fernwaldMainnet"),
        "A chain that nobody knows, with a main net of its own.",
        web=looked_up(good),
        signature="ANCHOR_NOT_PUBLIC",
        detail={"signature": {"suites": ["MerkleProof2017"]}},
    )
    over = anchored(assertion(expires="2026-02-01T00:00:00Z"))
    _add(rows, "blockcert-expired", "expired", over, "A diploma that is over.", web=looked_up(over), dates="EXPIRED")
    later = anchored(assertion(issuedOn="2027-02-01T00:00:00+0000"))
    _add(
        rows,
        "blockcert-from-the-future",
        "not-yet-valid",
        later,
        "Dated next year, with a zone as ISO 8601 lets one write it.",
        web=looked_up(later),
        dates="NOT_YET_VALID",
    )
    _add(
        rows,
        "blockcert-unsigned",
        "cannot-check",
        assertion(),
        "A Blockcerts assertion without its proof.",
        signature="NO_PROOF",
    )


def _anchors(rows: Family) -> None:
    """What an explorer and the issuer's profile say."""
    good = anchored()
    root = good["signature"]["merkleRoot"]
    for id, web, reason in (
        ("copy", answered(BITCOIN, transaction(good), source="copy"), "A transaction that the site brings along."),
        ("not-found", answered(BITCOIN, transaction(good), status=404), "The explorer knows no such transaction."),
        ("not-json", answered(BITCOIN, b"<html>"), "The explorer shows a page."),
        ("of-another", answered(BITCOIN, transaction(good, txid="00" * 32)), "An answer about another transaction."),
        ("waiting", answered(BITCOIN, transaction(good, status={"confirmed": False})), "Not in any block yet."),
        ("without-sender", answered(BITCOIN, transaction(good, vin=[])), "A transaction out of nowhere."),
        ("no-time", answered(BITCOIN, transaction(good, status={"confirmed": True})), "A block without a time."),
    ):
        _add(
            rows,
            f"anchor-{id}",
            "cannot-check",
            "anchor-copy" if id != "copy" else good,
            reason,
            web=web | answered(PROFILE, profile()),
            signature="ANCHOR_NOT_LOOKED_UP",
        )
    for id, outputs, reason in (
        ("other-root", [{"scriptpubkey": f"6a20{SIBLING}"}], "The transaction holds another root."),
        ("no-data", [{"scriptpubkey": "76a91488ac"}], "The transaction holds no root."),
        ("root-in-address", [{"scriptpubkey": f"0020{root}"}], "The root stands where no data is put."),
        ("root-and-more", [{"scriptpubkey": f"6a21{root}00"}], "The root is the beginning of something longer."),
    ):
        _add(
            rows,
            f"anchor-{id}",
            "failed",
            "anchor-copy",
            reason,
            web=looked_up(good, vout=outputs),
            signature="ANCHOR_MISMATCH",
            detail=found(),
        )
    _add(
        rows,
        "sent-by-another",
        "failed",
        "anchor-copy",
        "Anybody can put a root into a transaction of theirs.",
        web=looked_up(good, **sender(OTHER_ADDRESS)),
        signer="ANCHOR_BY_ANOTHER",
    )
    _add(
        rows,
        "sent-by-other-capitals",
        "failed",
        "anchor-copy",
        "An address of Bitcoin in other capitals is another address.",
        web=looked_up(good, **sender(ADDRESS.lower())),
        signer="ANCHOR_BY_ANOTHER",
    )
    _add(
        rows,
        "profile-unknown",
        "partly-checked",
        "anchor-copy",
        "The transaction was looked up, and nobody asked the issuer.",
        web=answered(BITCOIN, transaction(good)),
        signer="ISSUER_NOT_RESOLVED",
        status="LIST_NOT_LOOKED_UP",
    )
    _add(
        rows,
        "profile-of-another",
        "partly-checked",
        "anchor-copy",
        "A profile that says it is somebody else's.",
        web=looked_up(good, profile() | {"id": "https://other.example/profile"}),
        signer="ISSUER_NOT_RESOLVED",
        status="LIST_MALFORMED",
    )
    _add(
        rows,
        "profile-copy",
        "partly-checked",
        "anchor-copy",
        "A profile that the site brings along.",
        web=answered(BITCOIN, transaction(good)) | answered(PROFILE, profile(), source="copy"),
        signer="DID_WEB_COPY_ONLY",
        status="LIST_UNSIGNED_COPY",
        detail={"signer": {"at": AT}, "status": {"at": AT}},
    )
    withdrawn = f"{PROFILE}/revoked"
    listing = looked_up(good, profile() | {"revocationList": withdrawn})
    for id, verdict, named, reason, code in (
        (
            "listed",
            "revoked",
            [{"id": good["id"], "revocationReason": "Error"}],
            "A diploma on the issuer's list.",
            "REVOKED",
        ),
        ("not-listed", "verified", [{"id": "urn:uuid:1"}], "A list on which other diplomas stand.", "OK"),
    ):
        rows_of = {"id": withdrawn, "type": "RevocationList", "issuer": PROFILE, "revokedAssertions": named}
        add = _honest if verdict == "verified" else _add
        more = {} if verdict == "verified" else {"verdict": verdict}
        add(
            rows,
            f"blockcert-{id}",
            content="anchor-copy",
            reason=reason,
            web=listing | answered(withdrawn, rows_of),
            status=code,
            detail={"status": {"at": AT}},
            **more,
        )
    for id, members, reason in (
        ("revoked-before", {"revoked": "2026-01-02T00:00:00Z"}, "The address was withdrawn before it sent."),
        ("expired-before", {"expires": "2026-01-03T00:26:40Z"}, "The address was good until just then."),
        ("created-after", {"created": "2026-01-03T00:26:41Z"}, "The address was not in use yet."),
        ("odd-date", {"revoked": "never"}, "An end that is no date may be any."),
    ):
        _add(
            rows,
            f"address-{id}",
            "partly-checked",
            "anchor-copy",
            reason,
            web=looked_up(good, profile(**members)),
            signer="KEY_WITHDRAWN",
        )
    _honest(
        rows,
        "address-revoked-after",
        "anchor-copy",
        "What an address sent before it was withdrawn stays: the chain says when that was.",
        web=looked_up(good, profile(revoked="2026-01-04T00:00:00Z")),
    )
    alpha = {"publicKey": f"ecdsa-koblitz-pubkey:{ADDRESS}", "created": "2020-01-01T00:00:00+0000"}
    _honest(
        rows,
        "profile-2-0-alpha",
        "anchor-copy",
        "Profiles of 2.0-alpha list publicKeys, and write zones without a colon.",
        web=looked_up(good, {"id": PROFILE, "publicKeys": [alpha]}),
    )


def _tampered(rows: Family) -> None:
    good = anchored()
    web = looked_up(good)

    def failed(id: str, file: Json, reason: str, code: str = "SIGNATURE_INVALID", **more: Any) -> None:
        _add(rows, f"blockcert-{id}", "failed", file, reason, web=web, signature=code, **more)

    def renamed(file: Json) -> None:
        file["badge"]["name"] = "Beekeeping for masters"

    masters = edited(assertion(), renamed)
    failed("tampered", edited(good, renamed), "The name was changed.")
    forged = hash_of(masters)
    target = good["signature"] | {"targetHash": forged}
    failed("target-replaced", masters | {"signature": target}, "The target is the forgery's; the path leads elsewhere.")
    failed(
        "all-replaced",
        masters | {"signature": receipt(forged, *BATCH)},
        "Hash, path and root are the forgery's; the transaction holds the honest root.",
        "ANCHOR_MISMATCH",
    )
    swapped = good["signature"] | {"proof": good["signature"]["proof"][::-1]}
    failed("path-reversed", good | {"signature": swapped}, "The steps of the path in another order.")
    mirrored = [{"left": SIBLING}, good["signature"]["proof"][1]]
    failed("path-mirrored", good | {"signature": good["signature"] | {"proof": mirrored}}, "A step on the other side.")
    unmapped = edited(good, lambda file: file["badge"].update(grade="A"))
    failed(
        "unmapped",
        unmapped,
        "A word that no context knows: cert-verifier-js hashes it under a fallback and refuses it.",
        "UNSIGNED_TERM",
        detail={"signature": {"suites": ["MerkleProof2017"], "pointers": ["/badge/grade"]}},
    )
    inline = assertion(**{"@context": [OB2, BC2, {"displayHtml": "https://fernwald.example/html"}]})
    html = anchored(inline | {"displayHtml": "<script>alert(1)</script>"})
    _add(
        rows,
        "blockcert-inline",
        "cannot-check",
        html,
        "A page of the issuer's making under a context of the file's own.",
        web=looked_up(html),
        signature="INLINE_CONTEXT",
    )


def _malformed(rows: Family) -> None:
    good = anchored()
    signature = good["signature"]
    [anchor] = signature["anchors"]
    for id, members, reason in (
        ("two-sides", {"proof": [{"left": SIBLING, "right": SIBLING}]}, "A step that is on both sides."),
        ("no-side", {"proof": [{"middle": SIBLING}]}, "A step that is on no side."),
        ("path-object", {"proof": {"right": SIBLING}}, "A path that is no list."),
        ("short-target", {"targetHash": signature["targetHash"][2:]}, "A target that is no SHA-256."),
        ("no-root", {"merkleRoot": ...}, "A proof without a root."),
        ("no-anchors", {"anchors": []}, "A proof that names no transaction."),
        ("odd-transaction", {"anchors": [anchor | {"sourceId": "../" + TRANSACTION}]}, "A transaction that is a path."),
    ):
        file = good | {"signature": {n: v for n, v in (signature | members).items() if v is not ...}}
        # The transaction is asked for once hash and path are right.
        _add(rows, f"merkle-{id}", "failed", file, reason, web=looked_up(good), signature="MALFORMED_PROOF")
    long = anchored(None, *[("right", SIBLING)] * 65)
    _add(
        rows,
        "merkle-long-path",
        "cannot-check",
        long,
        "A path of 65 steps.",
        web=looked_up(long),
        signature="TOO_MUCH_WORK",
    )
    deep = anchored(None, *[("right", SIBLING)] * 64)
    _honest(rows, "merkle-path-of-64", deep, "A path of 64 steps.", web=looked_up(deep))
    _add(
        rows,
        "merkle-two",
        "cannot-check",
        good | {"signature": [signature, signature]},
        "Two proofs: the second may be over the first as well.",
        web=looked_up(good),
        signature="PROOF_CHAIN_NOT_SUPPORTED",
    )
    for id, members, member, reason in (
        ("badge-address", {"badge": "https://fernwald.example/badge"}, "/badge", "A badge that is elsewhere."),
        ("no-issuer", {"badge": {"name": "Bees"}}, "/badge/issuer", "A badge of nobody."),
        ("proof-text", {"signature": "yes"}, "/signature", "A proof that is a text."),
    ):
        _add(
            rows,
            f"blockcert-{id}",
            "failed",
            good | members,
            reason,
            readable="MALFORMED_CREDENTIAL",
            detail={"readable": {"members": [member]}},
        )
    whole = json.dumps(good).encode()
    for id, data, reason in (
        ("truncated", whole[:-9], "A Blockcerts file that lacks its end."),
        ("twice", whole[:-1] + b', "badge": {}}', "A Blockcerts file with two badges."),
    ):
        _add(rows, f"blockcert-{id}", "cannot-check", data, reason, format="unknown", readable="NOT_A_CREDENTIAL")
    _add(
        rows,
        "blockcert-too-large",
        "cannot-check",
        "anchor-copy",
        "A Blockcerts file beyond the limit.",
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": 4 * 1024 * 1024 + 1},
    )


def diploma(*contexts: Any, **members: Any) -> Json:
    """A credential of v3."""
    document: Json = {
        "@context": list(contexts) or [V2, DATA_INTEGRITY, BC31],
        "id": "urn:uuid:5b2b5f0c-0000-4000-8000-000000000003",
        "type": ["VerifiableCredential", "BlockcertsCredential"],
        "issuer": PROFILE,
        "validFrom": "2026-01-02T00:00:00Z",
        "credentialSubject": {"id": "did:example:ada"},
        "display": {"contentMediaType": "text/html", "content": "<script>alert(1)</script>"},
    }
    return {name: value for name, value in (document | members).items() if value is not ...}


def head(kind: int, number: int) -> bytes:
    return bytes([kind << 5 | number]) if number < 24 else bytes([kind << 5 | 24, number])


def array(*items: bytes) -> bytes:
    return head(4, len(items)) + b"".join(items)


def in_bytes(data: bytes) -> bytes:
    return head(2, len(data)) + data


def in_text(text: str) -> bytes:
    """As libraries in Python write a hash: its hexadecimal as text, in a byte string."""
    return in_bytes(head(3, len(text)) + text.encode())


def python_value(target: str, *more: bytes, root: str = "") -> bytes:
    anchors = array(array(array(b"\0", b"\0"), array(b"\1", b"\1"), array(b"\2", in_text(TRANSACTION))))
    members = (array(b"\0", in_text(root or target)), array(b"\1", in_text(target)), array(b"\2", anchors))
    return array(*members, *more)


def proof(value: str, **members: Any) -> Json:
    made: Json = {
        "type": "DataIntegrityProof",
        "cryptosuite": "merkle-proof-2019",
        "created": CREATED,
        "proofPurpose": "assertionMethod",
        "verificationMethod": f"{PROFILE}#key-1",
        "proofValue": value,
    }
    return {name: value for name, value in (made | members).items() if value is not ...}


def _v3(rows: Family) -> None:
    document = diploma()
    target = hash_of(document)
    path = [{"right": SIBLING}, {"left": SIBLING}]
    root = root_of(target, ("right", SIBLING), ("left", SIBLING))
    decoded = {"merkleRoot": root, "targetHash": target, "path": path, "anchors": [f"blink:btc:mainnet:{TRANSACTION}"]}
    encoded: str = ask({"merkle": decoded})["proof"]
    web = looked_up({"signature": {"merkleRoot": root}})
    v3 = {"format": "blockcerts-v3"}
    good = document | {"proof": proof(encoded)}
    _honest(
        rows,
        "blockcert-v3",
        good,
        "A Blockcerts diploma of the data model 2.0; the page in it is no fact.",
        web=web,
        detail=found("merkle-proof-2019"),
        **v3,
    )
    _honest(
        rows,
        "blockcert-v3-other-date",
        document | {"proof": proof(encoded, created="2031-01-01T00:00:00Z", verificationMethod="did:example:x#1")},
        "The proof's own date and method are not hashed: they say nothing, for or against.",
        web=web,
        **v3,
    )
    old = diploma(V1, BC3, validFrom=..., issuanceDate="2026-01-02T00:00:00Z", display=...)
    old_target = hash_of(old)
    text = python_value(old_target)
    merkle = {"type": "MerkleProof2019", "cryptosuite": ...}
    old_web = looked_up({"signature": {"merkleRoot": old_target}})
    _honest(
        rows,
        "blockcert-v3-python",
        old | {"proof": [proof(multibase(text), **merkle)]},
        "A MerkleProof2019 as a library in Python encodes it, on the data model 1.1.",
        web=old_web,
        **v3,
    )
    _honest(
        rows,
        "blockcert-v3-not-looked-up",
        "blockcert-v3",
        "A v3 diploma that nobody looked up.",
        verdict="cannot-check",
        signature="ANCHOR_NOT_LOOKED_UP",
        detail=found("merkle-proof-2019"),
        **v3,
    )

    def failed(id: str, file: Json, reason: str, code: str = "MALFORMED_PROOF", web: Json = old_web) -> None:
        _add(rows, f"blockcert-v3-{id}", "failed", file, reason, web=web, signature=code, **v3)

    changed = edited(good, lambda file: file["credentialSubject"].update(id="did:example:eve"))
    failed("tampered", changed, "Made out to somebody else.", "SIGNATURE_INVALID", web)
    added = edited(good, lambda file: file.update(mark="A"))
    failed("unmapped", added, "A word that no context knows, in a v3 diploma.", "UNSIGNED_TERM", web)
    for id, data, reason in (
        ("cut-off", text[:-1], "A proof value that lacks its end."),
        ("and-more", text + b"\0", "A proof value with something behind it."),
        ("two-roots", python_value(old_target, array(b"\0", in_text(SIBLING))), "A proof value with two roots."),
        (
            "fifth-member",
            python_value(old_target, array(b"\4", b"\0")),
            "A proof value with a fifth member.",
        ),
        ("long-number", b"\x98\x03" + text[1:], "A length that a shorter form has."),
        ("not-base58", b"", "An empty proof value."),
    ):
        failed(id, old | {"proof": proof(multibase(data), **merkle)}, reason)
    odd = python_value(old_target, array(b"\3", array(array(b"\2", in_text(SIBLING)))))
    failed("third-side", old | {"proof": proof(multibase(odd), **merkle)}, "A step on a third side.")
    failed(
        "for-login",
        document | {"proof": proof(encoded, proofPurpose="authentication")},
        "A Merkle proof that states another purpose.",
        "WRONG_PURPOSE",
        web,
    )
    keyed = diploma(issuer=ISSUER)
    lone = hash_of(keyed)
    mine = keyed | {"proof": proof(multibase(python_value(lone)))}
    failed(
        "of-a-key",
        mine,
        "The proof of an issuer that is a key was taken off, and a path put in its place.",
        "NO_ISSUER_PROOF",
        looked_up({"signature": {"merkleRoot": lone}}),
    )
    for id, issuer, named, reason in (
        (
            "by-name",
            ISSUER,
            f"{ISSUER}#{ISSUER[8:]}",
            "A path that names the key that the issuer is, and is not by it.",
        ),
        ("bare", ISSUER, ISSUER, "A path that names an issuer that is a key, without a fragment."),
        ("jwk", did_jwk("EdDSA"), f"{did_jwk('EdDSA')}#0", "A path that names the key of a did:jwk, and is not by it."),
    ):
        named_by = diploma(issuer=issuer)
        root = hash_of(named_by)
        failed(
            f"of-a-key-{id}",
            named_by | {"proof": proof(multibase(python_value(root)), verificationMethod=named)},
            reason,
            "NO_ISSUER_PROOF",
            looked_up({"signature": {"merkleRoot": root}}),
        )
    bare = diploma(V2, DATA_INTEGRITY, type=["VerifiableCredential"], display=...)
    bare_target = hash_of(bare)
    _honest(
        rows,
        "blockcert-v3-plain-words",
        bare | {"proof": proof(multibase(python_value(bare_target)))},
        "A Merkle proof on a credential that has no context of Blockcerts.",
        web=looked_up({"signature": {"merkleRoot": bare_target}}),
        **v3,
    )
    own = signed(diploma(issuer=ISSUER), "eddsa-rdfc-2022")
    rows.honest(
        "blockcert-v3-by-key",
        own,
        "A credential with Blockcerts' words that is signed with a key like any other.",
        **v3,
    )


def _v3_damaged(rows: Family) -> None:
    """By another, over, cut off, too long, or of two subjects."""
    document = diploma()
    target = hash_of(document)
    good = document | {"proof": proof(multibase(python_value(target)))}
    web = looked_up({"signature": {"merkleRoot": target}})
    _add(
        rows,
        "blockcert-v3-sent-by-another",
        "failed",
        good,
        "A v3 diploma whose root somebody else put into a transaction.",
        web=looked_up({"signature": {"merkleRoot": target}}, **sender(OTHER_ADDRESS)),
        signer="ANCHOR_BY_ANOTHER",
        format="blockcerts-v3",
    )
    over = diploma(validUntil="2026-02-01T00:00:00Z")
    root = hash_of(over)
    _add(
        rows,
        "blockcert-v3-expired",
        "expired",
        over | {"proof": proof(multibase(python_value(root)))},
        "A v3 diploma that is over.",
        web=looked_up({"signature": {"merkleRoot": root}}),
        dates="EXPIRED",
        format="blockcerts-v3",
    )
    whole = json.dumps(good).encode()
    for id, data, code, reason in (
        ("truncated", whole[:-9], "MALFORMED_JSON", "A v3 diploma that lacks its end."),
        (
            "twice",
            whole[:-1] + b', "credentialSubject": {"id": "did:example:eve"}}',
            "DUPLICATE_KEY",
            "A v3 diploma of two people.",
        ),
    ):
        _add(rows, f"blockcert-v3-{id}", "failed", data, reason, web=web, format="vc2-json", readable=code)
    _add(
        rows,
        "blockcert-v3-too-large",
        "cannot-check",
        "blockcert-v3-sent-by-another",
        "A v3 diploma beyond the limit.",
        web=web,
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": 4 * 1024 * 1024 + 1},
    )
