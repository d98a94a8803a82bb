"""Private keys are found wherever they hide in what would be published, and ordinary credentials raise no alarm."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import base58
import pytest

from portfolio_gen import guard
from portfolio_gen.guard import Secret, secrets_in

D = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
JWK = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "d": D}
PUBLIC_JWK = {name: value for name, value in JWK.items() if name != "d"}
ED25519 = "z" + base58.b58encode(b"\x80\x26" + bytes(range(32))).decode()


def multibase(prefix: bytes, length: int, base: str = "z") -> str:
    data = prefix + bytes(range(7, 7 + length))
    return (
        "z" + base58.b58encode(data).decode()
        if base == "z"
        else "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")
    )


def found(data: bytes | str | dict[str, Any], name: str = "file.json") -> list[tuple[str, str]]:
    raw = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return [(secret.place, secret.kind) for secret in secrets_in(name, raw)]


PEM_LABELS = ("", "RSA ", "EC ", "DSA ", "ENCRYPTED ", "OPENSSH ")


@pytest.mark.parametrize("label", PEM_LABELS)
def test_pem_private_keys_of_every_kind(label: str) -> None:
    pem = f"-----BEGIN {label}PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ\n-----END {label}PRIVATE KEY-----\n"
    assert found("# About me\n\n" + pem, "about.md") == [("line 3", "a private key (PEM)")]
    assert found({"evidence": [{"narrative": pem}]}) == [("/evidence/0/narrative", "a private key (PEM)")]
    assert found(b"\x89PNG\r\n\x1a\n\x00\x00" + pem.encode() + b"\x00\xff", "badge.png")
    assert found(pem.encode("utf-16"), "notes.txt")


@pytest.mark.parametrize("header", ["-----BEGIN PGP PRIVATE KEY BLOCK-----", "PuTTY-User-Key-File-3: ssh-ed25519"])
def test_other_key_files(header: str) -> None:
    assert found(header + "\nabc\n", "key.txt") == [("line 1", "a private key (PEM)")]


def test_public_pem_blocks_are_fine() -> None:
    for label in ("PUBLIC KEY", "CERTIFICATE", "RSA PUBLIC KEY"):
        assert found(f"-----BEGIN {label}-----\nMCowBQYDK2VwAyEA\n-----END {label}-----", "a.txt") == []


def test_a_jwk_with_d_anywhere_in_json() -> None:
    kind = "a private key (JWK with d)"
    assert found(JWK) == [("/", kind)]
    assert found({"keys": [PUBLIC_JWK, JWK]}) == [("/keys/1", kind)]
    assert found({"note": json.dumps({"keys": [JWK]})}) == [("/note/keys/0", kind)]
    assert found({"note": json.dumps(json.dumps({"a": JWK}))[1:-1]}) == [("/note", kind)]
    assert found({"kty": "oct", "k": "c2VjcmV0"}) == [("/", "a secret key (JWK with k)")]
    assert found(json.dumps(JWK).replace('"d"', '"\\u0064"')) == [("/", kind)]
    assert found(json.dumps(JWK)[:-1] + ', "d": null}') == [("/", kind)]
    assert found(PUBLIC_JWK) == []


def test_a_jwk_in_markdown_yaml_and_broken_json() -> None:
    kind = "a private key (JWK with d)"
    assert found("# Me\n\n```json\n" + json.dumps(JWK) + "\n```\n", "about.md") == [("line 4", kind)]
    assert found(json.dumps(JWK) + "\n" + json.dumps(JWK), "keys.jsonl") == [("line 1", kind), ("line 2", kind)]
    assert found(json.dumps({"note": json.dumps(JWK)}) + ",") == [("line 1", kind)]
    block = "extra:\n  key:\n    kty: OKP\n    crv: Ed25519\n    d: " + D + "\n"
    assert found(block, "mkdocs.yml") == [("line 3", kind)]
    assert found(f"d: {D}\nx: abc\nkty: OKP\n", "k.yaml") == [("line 1", kind)]
    assert found(f"key: {{kty: OKP, crv: Ed25519, d: {D}}}\n", "k.yaml") == [("line 1", kind)]


def test_a_jwk_in_the_header_of_a_jwt() -> None:
    header = base64.urlsafe_b64encode(json.dumps({"alg": "EdDSA", "jwk": JWK}).encode()).decode().rstrip("=")
    assert found(f"{header}.e30.AAAA", "credential.jwt") == [
        ("line 1 (encoded, /jwk)", "a private key (JWK with d)"),
    ]


def test_a_key_in_a_data_address() -> None:
    pem = base64.b64encode(b"my key:\n-----BEGIN PRIVATE KEY-----\nMC4C\n-----END PRIVATE KEY-----").decode()
    assert found({"evidence": {"id": f"data:text/plain;base64,{pem}"}}) == [
        ("/evidence/id (encoded, line 2)", "a private key (PEM)")
    ]


@pytest.mark.parametrize(
    ("prefix", "length", "kind"),
    [
        (b"\x80\x26", 32, "Ed25519"),
        (b"\x80\x26", 64, "Ed25519"),
        (b"\x81\x26", 32, "secp256k1"),
        (b"\x82\x26", 32, "X25519"),
        (b"\x86\x26", 32, "P-256"),
        (b"\x87\x26", 48, "P-384"),
        (b"\x88\x26", 66, "P-521"),
        (b"\x89\x26", 32, "BLS12-381"),
        (b"\x8a\x26", 32, "BLS12-381"),
        (b"\x85\x26\x30\x82", 200, "RSA"),
    ],
)
def test_multibase_private_keys(prefix: bytes, length: int, kind: str) -> None:
    for base in ("z", "u"):
        key = multibase(prefix, length, base)
        assert found({"note": f"see {key}."}) == [("/note", f"a private key (multibase, {kind})")]
        assert found(f"a\n<p>{key}</p>", "page.html") == [("line 2", f"a private key (multibase, {kind})")]


def test_public_multibase_and_signatures_are_fine() -> None:
    assert found({"a": multibase(b"\xed\x01", 32), "b": multibase(b"\x80\x24", 33)}) == []
    # A signature of 64 bytes that happens to start with the bytes of a private key's prefix.
    assert found({"proofValue": multibase(b"\x80\x26", 62)}) == []


@pytest.mark.parametrize(
    "name", ["seed", "Seed", "privateKey", "privateKeyJwk", "PrivateKeyMultibase", "secretKeyHex", "secret_key"]
)
def test_members_with_telling_names(name: str) -> None:
    assert found({"a": [{name: "correct horse battery staple"}]}) == [(f"/a/0/{name}", f'a member named "{name}"')]
    assert found(f"extra:\n  {name}: correct horse\n", "mkdocs.yml") == [("line 2", f'a member named "{name}"')]
    assert found(f"text\n\n    {name}: 9d61b19deffd5a60ba844af492ec2cc4\n", "a.md") == [
        ("line 3", f'a member named "{name}"')
    ]


def test_words_are_no_secrets() -> None:
    credential = {
        "@context": ["https://www.w3.org/ns/credentials/v2", {"privateKeyJwk": {"@id": "https://example.org/#k"}}],
        "name": "Seed funding and secretKey management",
        "description": "How a seed: grows. The private key: never share it. d: 12345678901234567890, k: v",
        "seeds": 3,
        "d": "a day",
        "seed": None,
    }
    assert found(credential) == []
    assert (
        found(
            "# Gardening\n\nSeed: we planted it.\nPrivate key: keep it.\n privateKey: generatePrivateKeyFromSeed,",
            "a.md",
        )
        == []
    )


def test_names_the_file() -> None:
    assert secrets_in("keys/mine.json", json.dumps({"seed": "x"}).encode()) == [
        Secret("keys/mine.json", "/seed", 'a member named "seed"')
    ]


def test_never_repeats_the_secret() -> None:
    texts = [json.dumps({"k": JWK, "s": ED25519, "privateKey": "hush-hush-1234567"})]
    for secret in (secret for text in texts for secret in secrets_in("a.json", text.encode())):
        assert D not in str(secret)
        assert ED25519 not in str(secret)
        assert "hush" not in str(secret)


@pytest.mark.parametrize(
    "repeated",
    [b"{", b"[", b'{"a":', b'"', b"kty:\n", b"{kty", b"z", b"eyJ", b"seed:", b"-----BEGIN ", b"data:", b"\\", b""],
)
def test_hostile_text_does_not_stall_the_search(repeated: bytes) -> None:
    assert isinstance(secrets_in("a.txt", repeated * 60_000), list)


def test_outside_credentials_raise_no_alarm(shared_vectors: Path) -> None:
    files = [path for path in (shared_vectors / "credentials").rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [secret for path in files for secret in secrets_in(path.name, path.read_bytes())] == []


@pytest.mark.parametrize(
    "hidden",
    [
        "\\u0070rivateKey",
        "\\u017feed",
        "\u017feed",
        "pr\u0131vate_key",
        "PR\u0130VATEKEY",
    ],
)
def test_a_name_is_found_however_it_is_spelt(hidden: str) -> None:
    """The quick look at a file must let none of what the patterns find pass."""
    text = f'{{"{hidden}": "abcdefghijklmnop0123"}}'
    close = list(guard._in_bytes(text.encode(), False, guard.MOST_NESTING))
    assert [(secret.place, secret.kind) for secret in secrets_in("a.json", text.encode())] == close


@pytest.mark.parametrize(
    "before", ["", " ", "\\n", "\\\\n", "\\u00e9", "\\\\u00e9", "\\t", "\u00e9", "\\", "\\\\", "\\/"]
)
@pytest.mark.parametrize("shape", ['{{"x": "{}"}}', '{{"x": "{{\\"y\\": \\"{}\\"}}"}}', "words {} words"])
def test_the_quick_look_lets_no_multibase_key_pass(before: str, shape: str) -> None:
    data = shape.format(before + ED25519).encode()
    close = list(dict.fromkeys(guard._in_bytes(data, False, guard.MOST_NESTING)))
    assert [(secret.place, secret.kind) for secret in secrets_in("a.json", data)] == close


def test_keys_have_as_many_characters_as_is_said() -> None:
    for code, (kind, lengths) in guard.PRIVATE_MULTICODECS.items():
        for length in lengths:
            for filler in (0, 1, 127, 255):
                raw = bytes((code & 0x7F | 0x80, 0x26)) + bytes((filler,)) * length
                assert guard._multibase_kind("z" + base58.b58encode(raw).decode()) == kind
