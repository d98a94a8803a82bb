"""did:key and Ed25519 by libsodium's rule: every encoding that docs/verification.md names."""

from __future__ import annotations

from hashlib import sha512

import pytest
from nacl.bindings import crypto_core_ed25519_add, crypto_scalarmult_ed25519_base_noclamp
from nacl.signing import SigningKey

from portfolio_gen import keys, multibase, proofs
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.keys.edwards import SMALL_ORDER, D, P
from portfolio_gen.limits import LIMITS
from portfolio_gen.proofs.ed25519 import verifies

L = 2**252 + 27742317777372353535851937790883648493
SIGNER = SigningKey(bytes(range(32)))
PUBLIC = bytes(SIGNER.verify_key)
MESSAGE = b"a credential"


def code_of(method: str) -> str:
    try:
        key = keys.resolve(method, {})
        proofs.check_kind(Proof("eddsa-jcs-2022", {}, "/proof"), key)
        keys.check(key)
    except ProofError as error:
        return error.code
    return "OK"


def did_key(prefix: str, public: bytes) -> str:
    text = multibase.encode(bytes.fromhex(prefix) + public)
    return f"did:key:{text}#{text}"


def with_sign(y: int, sign: int) -> bytes:
    return (y | sign << 255).to_bytes(32, "little")


def small_order() -> list[bytes]:
    """All encodings of the eight points of small order, canonical or not, and y ≥ p that reduces to one."""
    ys = [*SMALL_ORDER, *(y + P for y in SMALL_ORDER if y + P < 2**255)]
    return [with_sign(y, sign) for y in ys for sign in (0, 1)]


def test_the_order_of_each_listed_point_is_small() -> None:
    def doubled(point: tuple[int, int]) -> tuple[int, int]:
        x, y = point
        product = D * x * x * y * y
        return 2 * x * y * pow(1 + product, -1, P) % P, (y * y + x * x) * pow(1 - product, -1, P) % P

    for y in SMALL_ORDER:
        x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
        root = pow(x_squared, (P + 3) // 8, P)
        x = root if root * root % P == x_squared else root * pow(2, (P - 1) // 4, P) % P
        assert x * x % P == x_squared
        assert doubled(doubled(doubled((x, y)))) == (0, 1)
    assert len(SMALL_ORDER) == 5


@pytest.mark.parametrize("public", small_order(), ids=bytes.hex)
def test_small_order_keys_are_weak(public: bytes) -> None:
    assert code_of(did_key("ed01", public)) == "WEAK_KEY"
    assert not verifies(public, MESSAGE, public + bytes(32))
    assert not verifies(public, MESSAGE, with_sign(1, 0) + bytes(32))


@pytest.mark.parametrize("r", small_order(), ids=bytes.hex)
def test_small_order_r_does_not_verify(r: bytes) -> None:
    """With R the identity, S = k·a would satisfy the equation: refused all the same."""
    assert not verifies(PUBLIC, MESSAGE, r + bytes(32))
    secret = int.from_bytes(sha512(bytes(SIGNER)).digest()[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    k = int.from_bytes(sha512(r + PUBLIC + MESSAGE).digest(), "little") % L
    assert not verifies(PUBLIC, MESSAGE, r + (k * secret % L).to_bytes(32, "little"))


@pytest.mark.parametrize("y", range(P, 2**255))
def test_non_canonical_keys_are_refused(y: int) -> None:
    for sign in (0, 1):
        expected = "WEAK_KEY" if y % P in SMALL_ORDER else "MALFORMED_KEY"
        assert code_of(did_key("ed01", with_sign(y, sign))) == expected
        assert not verifies(with_sign(y, sign), MESSAGE, bytes(SIGNER.sign(MESSAGE))[:64])


def test_a_y_off_the_curve_is_malformed() -> None:
    off = [y for y in range(2, 30) if code_of(did_key("ed01", with_sign(y, 0))) == "MALFORMED_KEY"]
    assert 5 < len(off) < 25
    for y in off:
        with pytest.raises(Exception, match=r"error|invalid"):
            crypto_core_ed25519_add(with_sign(y, 0), PUBLIC)


def test_s_beyond_the_group_order_does_not_verify() -> None:
    signature = SIGNER.sign(MESSAGE).signature
    assert verifies(PUBLIC, MESSAGE, signature)
    s = int.from_bytes(signature[32:], "little")
    assert not verifies(PUBLIC, MESSAGE, signature[:32] + (s + L).to_bytes(32, "little"))


def test_the_cofactor_is_not_cleared() -> None:
    """R and R plus a point of order 8 differ by torsion only: a cofactored verifier would take both."""
    order_8 = next(y for y in sorted(SMALL_ORDER) if y not in (0, 1, P - 1))
    secret = int.from_bytes(sha512(bytes(SIGNER)).digest()[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    nonce = (12345).to_bytes(32, "little")
    r = crypto_scalarmult_ed25519_base_noclamp(nonce)
    for point, fine in ((r, True), (crypto_core_ed25519_add(r, with_sign(order_8, 0)), False)):
        k = int.from_bytes(sha512(point + PUBLIC + MESSAGE).digest(), "little") % L
        assert verifies(PUBLIC, MESSAGE, point + ((12345 + k * secret) % L).to_bytes(32, "little")) is fine


TEXT = multibase.encode(b"\xed\x01" + PUBLIC)


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (f"did:key:{TEXT}#{TEXT}", "OK"),
        (f"did:key:{TEXT}", "OK"),
        (f"did:key:{TEXT}#", "MALFORMED_KEY"),
        (f"did:key:{TEXT}#{TEXT}#{TEXT}", "MALFORMED_KEY"),
        (f"did:key:{TEXT} #{TEXT} ", "MALFORMED_KEY"),
        (f"did:key:{TEXT}\n#{TEXT}\n", "MALFORMED_KEY"),
        ("did:key:#", "MALFORMED_KEY"),
        ("did:key:z#z", "MALFORMED_KEY"),
        ("did:key:z0#z0", "MALFORMED_KEY"),
        (f"did:key:{TEXT[1:]}#{TEXT[1:]}", "MALFORMED_KEY"),
        (f"did:key:m{TEXT[1:]}#m{TEXT[1:]}", "MALFORMED_KEY"),
        ("did:key:z" + "2" * 4_096 + "#z" + "2" * 4_096, "MALFORMED_KEY"),
        (did_key("ed", b""), "MALFORMED_KEY"),
        (did_key("ed01", PUBLIC[:31]), "MALFORMED_KEY"),
        (did_key("ed01", PUBLIC + b"\0"), "MALFORMED_KEY"),
        (did_key("ec01", PUBLIC), "KEY_MISMATCH"),
        (did_key("8024", b"\2" + PUBLIC), "KEY_MISMATCH"),
        (did_key("8524", PUBLIC * 8), "KEY_MISMATCH"),
        (did_key("8026", PUBLIC), "KEY_TYPE_NOT_SUPPORTED"),
        ("did:web:example.org#key-1", "KEY_NOT_RESOLVED"),
        ("https://example.org/key", "KEY_NOT_RESOLVED"),
    ],
)
def test_did_key(method: str, code: str) -> None:
    assert code_of(method) == code


def test_what_a_did_key_document_lists() -> None:
    listing = keys.listing(f"did:key:{TEXT}", "assertionMethod", {})
    assert listing
    assert listing.methods == {f"did:key:{TEXT}#{TEXT}", f"did:key:{TEXT}"}
    assert keys.listing("did:web:example.org", "assertionMethod", {}) is None
    assert keys.listing("https://example.org", "assertionMethod", {}) is None


def test_multibase_is_exact() -> None:
    assert multibase.decode(multibase.encode(b"\0\0hi")) == b"\0\0hi"
    for text in ("", "z", "zIO0l", "Z2", "z2 ", " z2", "z2\n", "z" + "1" * LIMITS.multibase_chars):
        with pytest.raises(ValueError, match="base58btc"):
            multibase.decode(text)
