"""Ed25519 by libsodium's rule (DESIGN rule 3), with keys and signatures that no library makes."""

from __future__ import annotations

import hashlib

from families.edwards import (
    BASE,
    IDENTITY,
    TORSION,
    L,
    P,
    challenge,
    decode,
    encode,
    secret_scalar,
    small_encodings,
    x_of,
)
from families.kit import (
    JCS,
    Family,
    Json,
    did_of,
    jcs_message,
    jcs_options,
    method_of,
    multibase,
    plain,
    public,
    seed,
    signed,
)


def family() -> Family:
    rows = Family("curve", JCS)
    _weak_keys(rows)
    _malformed_keys(rows)
    _weak_r(rows)
    _scalars(rows)
    _mixed(rows)
    return rows


def _scalar(name: str) -> int:
    return int.from_bytes(hashlib.sha512(f"nonce for a test: {name}".encode()).digest(), "little") % L


def _prepared(key: bytes) -> tuple[Json, Json, bytes]:
    """A document issued by this key, its proof options, and what the suite signs."""
    issuer = did_of(key)
    document = plain(issuer=issuer)
    options = jcs_options(verificationMethod=method_of(issuer))
    return document, options, jcs_message(document, options)


def _with(document: Json, options: Json, r: bytes, s: int) -> Json:
    value = multibase(r + s.to_bytes(32, "little"))
    return document | {"proof": options | {"proofValue": value}}


def _weak_keys(rows: Family) -> None:
    for number, (name, key) in enumerate(small_encodings()):
        document, options, message = _prepared(key)
        s = _scalar(name)
        while True:
            r = encode(BASE.times(s))
            if decode(key).times(challenge(r, key, message) % 8) == IDENTITY:
                break
            s += 1
        rows.add(
            f"weak-key-{number + 1:02}",
            "failed",
            _with(document, options, r, s),
            f"A key of {name}, with a signature that anybody can make and the equation accepts.",
            signature="WEAK_KEY",
        )
    document, options, _ = _prepared(encode(IDENTITY))
    rows.add(
        "weak-key-zero-s",
        "failed",
        _with(document, options, encode(IDENTITY), 0),
        "Key and R are the identity and S = 0: this signature fits every message.",
        signature="WEAK_KEY",
    )


def _malformed_keys(rows: Family) -> None:
    bad = {
        "key-not-canonical": (
            _on_curve_above_p(0),
            "y is p or more, on a point of large order: a second name for one key.",
        ),
        "key-not-canonical-signed": (_on_curve_above_p(1), "The same with the sign bit set."),
        "key-not-on-curve": (_off_curve(), "No point of the curve has this y."),
        "key-all-ones": (b"\xff" * 32, "y = 2^255 - 1 is no canonical field element."),
    }
    honest = signed(plain())["proof"]["proofValue"]
    for id, (key, reason) in bad.items():
        document, options, _ = _prepared(key)
        rows.add(
            id,
            "failed",
            document | {"proof": options | {"proofValue": honest}},
            reason,
            signature="MALFORMED_KEY",
        )


def _on_curve_above_p(sign: int) -> bytes:
    y = next(y for y in range(2, 19) if x_of(y, 0) is not None)
    return (y + P | sign << 255).to_bytes(32, "little")


def _off_curve() -> bytes:
    return next(y for y in range(2, 99) if x_of(y, 0) is None).to_bytes(32, "little")


def _weak_r(rows: Family) -> None:
    key = public("issuer")
    document, options, message = _prepared(key)
    secret = secret_scalar(seed("issuer"))
    for number, (name, r) in enumerate(small_encodings()):
        s = challenge(r, key, message) * secret % L
        rows.add(
            f"weak-r-{number + 1:02}",
            "failed",
            _with(document, options, r, s),
            f"R of {name}; with the cofactor the equation holds.",
            signature="SIGNATURE_INVALID",
        )
    rows.add(
        "weak-r-zero-s",
        "failed",
        _with(document, options, encode(IDENTITY), 0),
        "R is the identity and S = 0 under an honest key.",
        signature="SIGNATURE_INVALID",
    )
    above = _on_curve_above_p(0)
    rows.add(
        "r-not-canonical",
        "failed",
        _with(document, options, above, challenge(above, key, message) * secret % L),
        "R with a y of p or more.",
        signature="SIGNATURE_INVALID",
    )
    rows.add(
        "r-not-on-curve",
        "failed",
        _with(document, options, _off_curve(), 1),
        "An R that is no point.",
        signature="SIGNATURE_INVALID",
    )


def _scalars(rows: Family) -> None:
    key = public("issuer")
    document, options, message = _prepared(key)
    nonce = _scalar("scalars")
    r = encode(BASE.times(nonce))
    s = (nonce + challenge(r, key, message) * secret_scalar(seed("issuer"))) % L
    rows.honest(
        "crafted", _with(document, options, r, s), "The same arithmetic with an ordinary key and nonce checks out."
    )
    for id, wrong, reason in (
        ("s-plus-l", s + L, "S + L satisfies the equation too: a second signature out of the first (RFC 8032 5.1.7)."),
        ("s-plus-8l", s + 8 * L, "S + 8 L, which a check of the top three bits alone lets through or not."),
        ("s-is-l", L, "S = L exactly, the smallest that is too large."),
        ("s-zero", 0, "S = 0 with an ordinary R."),
        ("s-negated", L - s, "L - S, the negated scalar."),
        ("s-all-ones", 2**256 - 1, "S with every bit set."),
    ):
        rows.add(id, "failed", _with(document, options, r, wrong), reason, signature="SIGNATURE_INVALID")
    rows.add(
        "r-negated",
        "failed",
        _with(document, options, r[:31] + bytes([r[31] ^ 0x80]), s),
        "R with the other sign.",
        signature="SIGNATURE_INVALID",
    )
    swapped = _with(document, options, s.to_bytes(32, "little"), int.from_bytes(r, "little") % L)
    rows.add("r-and-s-swapped", "failed", swapped, "S before R.", signature="SIGNATURE_INVALID")
    rows.add(
        "signed-twice-hashed",
        "failed",
        _rehashed(document, options),
        "A signature over the SHA-256 of the hash data: hashed once too often.",
        signature="SIGNATURE_INVALID",
    )
    rows.add(
        "hashes-swapped",
        "failed",
        _swapped_hashes(document, options),
        "The document's hash before the options' (3.3.4: options first).",
        signature="SIGNATURE_INVALID",
    )


def _signature(message: bytes) -> str:
    from nacl.signing import SigningKey

    return multibase(SigningKey(seed("issuer")).sign(message).signature)


def _rehashed(document: Json, options: Json) -> Json:
    value = _signature(hashlib.sha256(jcs_message(document, options)).digest())
    return document | {"proof": options | {"proofValue": value}}


def _swapped_hashes(document: Json, options: Json) -> Json:
    message = jcs_message(document, options)
    return document | {"proof": options | {"proofValue": _signature(message[32:] + message[:32])}}


def _mixed(rows: Family) -> None:
    """Keys and nonces of large order with a small part: here checks with and without the cofactor part ways."""
    secret = secret_scalar(seed("mixed"))
    key = encode(BASE.times(secret) + TORSION[1])
    document, options, message = _prepared(key)
    exact = _mixed_key(key, secret, message, multiple_of_8=True)
    rows.honest(
        "mixed-key-exact",
        _with(document, options, *exact),
        "A key with a small part where the equation holds exactly: libsodium accepts it, so do we.",
        flags=("odd",),
    )
    rows.add(
        "mixed-key-cofactor",
        "failed",
        _with(document, options, *_mixed_key(key, secret, message, multiple_of_8=False)),
        "The same key where the equation holds only when multiplied by the cofactor.",
        signature="SIGNATURE_INVALID",
    )
    plain_key = public("issuer")
    document, options, message = _prepared(plain_key)
    nonce = _scalar("mixed r")
    r = encode(BASE.times(nonce) + TORSION[4])
    s = (nonce + challenge(r, plain_key, message) * secret_scalar(seed("issuer"))) % L
    rows.add(
        "mixed-r",
        "failed",
        _with(document, options, r, s),
        "An R with a part of order 2: the equation holds only when multiplied by the cofactor.",
        signature="SIGNATURE_INVALID",
    )


def _mixed_key(key: bytes, secret: int, message: bytes, *, multiple_of_8: bool) -> tuple[bytes, int]:
    nonce = _scalar("mixed key")
    while True:
        r = encode(BASE.times(nonce))
        k = challenge(r, key, message)
        if (k % 8 == 0) == multiple_of_8:
            return r, (nonce + k * secret) % L
        nonce += 1
