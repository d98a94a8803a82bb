"""Private keys in what would be published: found, named, and enough to stop a build (DESIGN rule 12).

Looks at the bytes of a file, whatever its name: members and strings of JSON, strings in JSON that are JSON
themselves, the parts of a JWT, what `data:` addresses hold, and text in anything else, binary files too. Looks for
key material, not for words. Says where a secret is, never what it is.
"""

from __future__ import annotations

import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import base58

PRIVATE_MULTICODECS: dict[int, tuple[str, tuple[int, ...]]] = {
    0x1300: ("Ed25519", (32, 64)),
    0x1301: ("secp256k1", (32,)),
    0x1302: ("X25519", (32,)),
    0x1303: ("sr25519", (32, 64)),
    0x1306: ("P-256", (32,)),
    0x1307: ("P-384", (48,)),
    0x1308: ("P-521", (66,)),
    0x1309: ("BLS12-381", (32,)),
    0x130A: ("BLS12-381", (32,)),
    0x130B: ("BLS12-381", (32, 64)),
}
"""The private keys of the multicodec table: code → what it is a key of, how many bytes. The length is what tells
a key from a signature that happens to start alike. RSA (0x1305) is told by the DER that follows."""

_KEY_LENGTHS = frozenset(
    1 + len(base58.b58encode(bytes((code & 0x7F | first, 0x26)) + bytes((last,)) * length))
    for code, (_, lengths) in PRIVATE_MULTICODECS.items()
    for length in lengths
    for first in (0, 0x80)
    for last in (0, 0xFF)
)
"""How many characters a private key has in base58, RSA's aside; a signature has more or fewer, and is not decoded."""
_RSA_LENGTH = 100
"""An RSA key has more than this; the DER that tells it announces 256 bytes or more."""

MOST_NESTING = 4
"""JSON in a string in JSON … : how far to look."""

# Every repetition below is bounded or cannot overlap itself, so that no file can make the search quadratic.
_PEM = re.compile(r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY|PuTTY-User-Key-File-\d")
_MULTIBASE = re.compile(
    r"(?<![A-Za-z0-9+/_=-])(?:z[1-9A-HJ-NP-Za-km-z]{45,4000}|u[ghi][CSiy][YZab][A-Za-z0-9_-]{41,4000})(?![A-Za-z0-9+/_=-])"
)
_BRACES = re.compile(r"\{([^{}]{0,8000})\}")
_JWK_D = re.compile(r"""[\s,\\"']d[\\"']{0,8}\s{0,9}:[\s\\"']{0,9}[A-Za-z0-9_-]{16}""")
_JWK_OCT = re.compile(r"""kty[\\"']{0,8}\s{0,9}:[\s\\"']{0,9}oct""")
_JWK_K = re.compile(r"""[\s,\\"']k[\\"']{0,8}\s{0,9}:[\s\\"']{0,9}[A-Za-z0-9_-]{8}""")
_YAML_JWK = re.compile(
    r"""^[ \t-]*(?:kty[ \t]*:(?:.*\n){1,12}?[ \t-]*d[ \t]*:[ \t"']*[\w-]{16}"""
    r"""|d[ \t]*:[ \t"']*[\w-]{16}(?:.*\n){1,12}?[ \t-]*kty[ \t]*:)""",
    re.MULTILINE,
)
_NAME = r"(seed|(?:private|secret)[_-]?key\w{0,40})"
_MEMBER = re.compile(
    rf"""(?i)(?<![\w$.@-]){_NAME}[\\"']{{0,8}}[ \t]{{0,9}}:[ \t\\"']{{0,9}}([A-Za-z0-9+/_=-]{{16,}})(?![\w(.])"""
)
_YAML_MEMBER = re.compile(rf"""(?im)^[ \t-]*["']?{_NAME}["']?[ \t]*:[ \t]*([^\s#].*)$""")
_SECRET_NAME = re.compile(r"(?i)(?:seed\Z|(?:private|secret)[_-]?key)")
_ENCODED_JSON = re.compile(r"(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{20,}")
_DATA_ADDRESS = re.compile(r"data:[\w.+/;=-]{0,200};base64,([A-Za-z0-9+/]{40,}={0,2})")


@dataclass(frozen=True)
class Secret:
    """A private key in a file: the file's name, the place in it, and what kind of secret it is."""

    file: str
    place: str
    kind: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.kind}"


_WORDS = ("kty", "seed", "private", "secret", "putty-user-key-file", "eyj", ";base64,", "\0")
"""One of these stands in every file that holds a private key, unless the key is a multibase string (any case)."""
_ALSO_LETTERS = "\u017f\u0131\u0130"
"""Not ASCII, but an s and two i to patterns that ignore case."""
_ESCAPED_LETTER = re.compile(r"\\u(?:00[2-7]|017f|013[01])")
"""A letter written as JSON can write every one: words may hide in such."""
_ESCAPE = re.compile(r"\\+(?:u[0-9A-Fa-f]{4}|.)", re.DOTALL)
"""What JSON, or JSON in JSON, has before a run without its being part of it."""
_RUN = re.compile(r"[A-Za-z0-9+/_=-]{45,}")
"""What `_MULTIBASE` finds is one of these from end to end."""


class _Members(list[tuple[str, Any]]):
    """A JSON object with every member, also those whose name occurs twice."""


def secrets_in(name: str, data: bytes) -> list[Secret]:
    """Return every private key in a file, in the order in which they stand there."""
    if _is_plain(data):
        return []
    found = dict.fromkeys(_in_bytes(data, name.lower().endswith((".yml", ".yaml")), MOST_NESTING))
    return [Secret(name, place, kind) for place, kind in found]


def _is_plain(data: bytes) -> bool:
    """Tell quickly that a file holds nothing that could be a private key. Most do; the others are looked at closely."""
    text = data.decode("utf-8", "replace")
    folded = text.lower()
    if any(word in folded for word in _WORDS) or any(letter in text for letter in _ALSO_LETTERS):
        return False
    if "\\u0" in folded and _ESCAPED_LETTER.search(folded):
        return False
    runs = _RUN.findall(text)
    if "\\" in text:
        runs += _RUN.findall(_ESCAPE.sub(" ", text))
    return not any(run[0] in "zu" and _MULTIBASE.fullmatch(run) and _multibase_kind(run) for run in runs)


def _in_bytes(data: bytes, is_yaml: bool, nesting: int) -> Iterator[tuple[str, str]]:
    """Find secrets in a file: as JSON if it is JSON, else as text; NULs are dropped, which also reads UTF-16."""
    text = data.replace(b"\0", b"").decode("latin-1") if b"\0" in data else data.decode("utf-8", "replace")
    parsed = _json(text.lstrip("\ufeff\xff\xfe"))
    if parsed is not None:
        yield from _in_json(parsed, "", nesting)
        return
    for position, kind in _in_text(text, is_yaml):
        yield f"line {text.count(chr(10), 0, position) + 1}", kind
    yield from _inside(text, nesting, lambda position: f"line {text.count(chr(10), 0, position) + 1}")


def _json(text: str) -> Any:
    """Return the JSON value that this text is; None for any other text, and for plain numbers and words."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        return json.loads(text, object_pairs_hook=_Members)
    except (ValueError, RecursionError):
        return None


def _in_json(value: Any, pointer: str, nesting: int) -> Iterator[tuple[str, str]]:
    waiting = [(value, pointer)]
    while waiting:
        value, pointer = waiting.pop()
        if isinstance(value, _Members):
            yield from _in_members(value, pointer)
            waiting += [(entry, f"{pointer}/{_escaped(name)}") for name, entry in reversed(value)]
        elif isinstance(value, list):
            waiting += [(entry, f"{pointer}/{index}") for index, entry in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and len(value) >= 16:
            yield from _in_string(value, pointer, nesting)


def _in_members(members: _Members, pointer: str) -> Iterator[tuple[str, str]]:
    names = dict(members)
    if "kty" in names and any(name == "d" and entry for name, entry in members):
        yield pointer or "/", "a private key (JWK with d)"
    elif names.get("kty") == "oct" and names.get("k"):
        yield pointer or "/", "a secret key (JWK with k)"
    if "@context" in pointer.split("/"):  # A context defines words; it holds no keys.
        return
    for name, entry in members:
        if _SECRET_NAME.match(name) and entry not in (None, "", True, False, [], {}):
            yield f"{pointer}/{_escaped(name)}", f'a member named "{name[:40]}"'


def _in_string(text: str, pointer: str, nesting: int) -> Iterator[tuple[str, str]]:
    inner = _json(text) if nesting else None
    if inner is not None:
        yield from _in_json(inner, pointer, nesting - 1)
        return
    for _, kind in _in_text(text, is_yaml=False):
        yield pointer or "/", kind
    yield from _inside(text, nesting, lambda _: pointer or "/")


def _in_text(text: str, is_yaml: bool) -> Iterator[tuple[int, str]]:
    """Find secrets in plain text: (position, kind)."""
    for match in _PEM.finditer(text):
        yield match.start(), "a private key (PEM)"
    for match in _MULTIBASE.finditer(text):
        kind = _multibase_kind(match.group())
        if kind:
            yield match.start(), f"a private key (multibase, {kind})"
    if "kty" in text:
        yield from _jwk_in_text(text)
    for match in (_YAML_MEMBER if is_yaml else _MEMBER).finditer(text):
        if is_yaml or (any(c.isdigit() for c in match[2]) and any(c.isalpha() for c in match[2])):
            yield match.start(1), f'a member named "{match[1][:40]}"'


def _jwk_in_text(text: str) -> Iterator[tuple[int, str]]:
    for match in _BRACES.finditer(text):
        content = "," + match[1]
        if "kty" in content and _JWK_D.search(content):
            yield match.start(), "a private key (JWK with d)"
        elif _JWK_OCT.search(content) and _JWK_K.search(content):
            yield match.start(), "a secret key (JWK with k)"
    for match in _YAML_JWK.finditer(text):
        yield match.start(), "a private key (JWK with d)"


def _inside(text: str, nesting: int, place: Any) -> Iterator[tuple[str, str]]:
    """Look into what text carries encoded: JSON in base64url (the parts of a JWT) and `data:` addresses."""
    if not nesting:
        return
    for pattern, group in ((_ENCODED_JSON, 0), (_DATA_ADDRESS, 1)):
        for match in pattern.finditer(text):
            decoded = _base64(match[group])
            for inner, kind in _in_bytes(decoded, False, nesting - 1):
                yield f"{place(match.start())} (encoded, {inner})", kind


def _base64(text: str) -> bytes:
    """Decode base64 or base64url, with or without padding; a stray last character is cut off."""
    usable = text.rstrip("=").replace("-", "+").replace("_", "/")
    if len(usable) % 4 == 1:
        usable = usable[:-1]
    return binascii.a2b_base64(usable + "==")


@lru_cache(maxsize=256)
def _multibase_kind(text: str) -> str | None:
    """Return what a multibase string is a private key of, if it is one."""
    if text[0] == "z" and len(text) not in _KEY_LENGTHS and len(text) < _RSA_LENGTH:
        return None
    try:
        data = base58.b58decode(text[1:]) if text[0] == "z" else _base64(text[1:])
    except ValueError:
        return None
    if len(data) < 3 or data[1] != 0x26:
        return None
    code = (data[0] & 0x7F) | (data[1] << 7)
    if code == 0x1305 and data[2:4] == b"\x30\x82":
        return "RSA"
    kind, lengths = PRIVATE_MULTICODECS.get(code, ("", ()))
    return kind if len(data) - 2 in lengths else None


def _escaped(name: str) -> str:
    """A member's name as a step of a JSON pointer (RFC 6901)."""
    return name[:80].replace("~", "~0").replace("/", "~1")
