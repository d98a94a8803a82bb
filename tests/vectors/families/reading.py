"""Bytes to JSON: the one strict reader (verification 0.2, DESIGN rule 5), and what is not even JSON."""

from __future__ import annotations

import json
from typing import Any

from families.kit import JCS, V1, V2, Family, Json, by_hand, plain, signed, text

LIMIT = 4 * 1024 * 1024


def family() -> Family:
    rows = Family("reading")
    _encodings(rows)
    _grammar(rows)
    _duplicates(rows)
    _surrogates(rows)
    _numbers(rows)
    _depth(rows)
    _sizes(rows)
    return rows


def _unread(rows: Family, id: str, content: bytes, reason: str, code: str, **more: Any) -> None:
    """Add a row that is refused while it is read: `failed` when damaged, `cannot-check` when beyond us."""
    damaged = code in ("NOT_UTF8", "MALFORMED_JSON", "DUPLICATE_KEY", "LONE_SURROGATE")
    rows.add(id, "failed" if damaged else "cannot-check", content, reason, readable=code, **more)


def _no_credential(rows: Family, id: str, content: bytes, reason: str) -> None:
    _unread(rows, id, content, reason, "NOT_A_CREDENTIAL", format="unknown")


def _honest() -> bytes:
    return text(signed(plain(name="Café Imkerei")))


def _encodings(rows: Family) -> None:
    honest = _honest()
    rows.honest("bom", b"\xef\xbb\xbf" + honest, "One leading byte order mark is ignored.", flags=(JCS,))
    _no_credential(rows, "two-boms", b"\xef\xbb\xbf" * 2 + honest, "Only one byte order mark is ignored.")
    rows.honest("leading-white-space", b" \t\r\n" + honest, "JSON may start with its own white space.", flags=(JCS,))
    _unread(
        rows,
        "leading-form-feed",
        b"\x0c" + honest,
        "A form feed is ASCII white space, so the file is taken for JSON; JSON's grammar does not know it.",
        "MALFORMED_JSON",
    )
    _no_credential(rows, "leading-vertical-tab", b"\x0b" + honest, "U+000B is none of the five white-space bytes.")
    _no_credential(
        rows,
        "leading-no-break-space",
        b"\xc2\xa0" + honest,
        "A no-break space is no ASCII white space; Python strips it.",
    )
    _unread(rows, "latin-1", honest.decode().encode("latin-1"), "Text in Latin-1 (é is the byte E9).", "NOT_UTF8")
    _unread(
        rows,
        "latin-1-other",
        '{"name": "Café"}'.encode("latin-1"),
        "Damaged text without any credential's address is no damaged credential.",
        "NOT_A_CREDENTIAL",
        format="unknown",
    )
    _unread(
        rows,
        "overlong-utf8",
        honest.replace(b"Imkerei", b"Imkere\xc1\xa9"),
        "An overlong form of i: two readings of one text.",
        "NOT_UTF8",
    )
    _unread(
        rows,
        "surrogate-in-utf8",
        honest.replace(b"Imkerei", b"\xed\xa0\xbd\xed\xb8\x80"),
        "A surrogate pair encoded as if it were UTF-8 (CESU-8).",
        "NOT_UTF8",
    )
    _no_credential(rows, "utf16-bom", honest.decode().encode("utf-16"), "UTF-16 with its mark does not start with {.")
    _no_credential(
        rows,
        "utf16-le",
        json.dumps(json.loads(honest)).encode("utf-16-le"),
        "UTF-16 without a mark starts with {, is no JSON in UTF-8, and its address is not there as bytes.",
    )


def _grammar(rows: Family) -> None:
    honest = _honest()
    for id, old, new, reason in (
        ("nan", b'"Ada Example"', b"NaN", "NaN is not JSON; Python's reader takes it."),
        ("infinity", b'"Ada Example"', b"-Infinity", "Infinity is not JSON; Python's reader takes it."),
        ("trailing-comma", b'"Ada Example"', b'"Ada Example",', "A comma before a closing brace."),
        ("comment", b'"Ada Example"', b'"Ada Example" /* really */', "A comment."),
        ("single-quotes", b'"Ada Example"', b"'Ada Example'", "Single quotes."),
        ("leading-zero", b'"Ada Example"', b"07", "A number with a leading zero."),
        ("plus-sign", b'"Ada Example"', b"+7", "A number with a plus sign."),
        ("bare-fraction", b'"Ada Example"', b".5", "A fraction without its zero."),
        ("bare-point", b'"Ada Example"', b"1.", "A decimal point without digits."),
        ("hexadecimal", b'"Ada Example"', b"0x10", "A hexadecimal number."),
        ("underscore", b'"Ada Example"', b"1_000", "A number with an underscore, which Python's int() takes."),
        ("raw-tab", b"Ada Example", b"Ada\tExample", "A control character in a string must be escaped."),
        ("bad-escape", b"Ada Example", rb"Ada \x41", "An escape that JSON does not have."),
        ("short-escape", b"Ada Example", rb"Ada \u41", "A \\u escape of two digits."),
        (
            "spaced-escape",
            b"Ada Example",
            rb"Ada \u 041",
            "A \\u escape with a space in it, which Python's int() takes.",
        ),
        ("capital-true", b'"Ada Example"', b"True", "True is Python's spelling."),
    ):
        assert old in honest
        _unread(rows, id, honest.replace(old, new), reason, "MALFORMED_JSON")
    _unread(rows, "truncated", honest[:-40], "A file cut off.", "MALFORMED_JSON")
    _unread(rows, "trailing-text", honest + b"{}", "Something after the object.", "MALFORMED_JSON")
    _unread(rows, "trailing-nul", honest + b"\0", "A NUL after the object.", "MALFORMED_JSON")
    _unread(rows, "trailing-no-break-space", honest + b"\xc2\xa0", "White space that is not JSON's.", "MALFORMED_JSON")
    _unread(
        rows,
        "truncated-v1",
        honest.replace(V2.encode(), V1.encode())[:-40],
        "A damaged file with the address of the data model 1.1 is a damaged vc1-json.",
        "MALFORMED_JSON",
        format="vc1-json",
    )
    _unread(
        rows,
        "truncated-both",
        honest.replace(V2.encode() + b'"', f'{V1}", "{V2}"'.encode())[:-40],
        "With both addresses a damaged file counts as vc2-json.",
        "MALFORMED_JSON",
    )
    _no_credential(rows, "truncated-other", b'{"name": "x', "Damaged JSON that names no credential's address.")
    _no_credential(rows, "empty", b"", "An empty file.")
    _no_credential(rows, "white-space-only", b" \n", "A file of white space.")
    _no_credential(rows, "list", b"[" + honest + b"]", "A list of credentials is not one credential.")
    _no_credential(rows, "string", json.dumps(honest.decode()).encode(), "A credential inside a JSON string.")
    _no_credential(
        rows, "html", b"<!doctype html><script>" + honest + b"</script>", "A web page that holds a credential."
    )
    _no_credential(rows, "words", b"Ada passed the course.\n", "A note in words.")
    _no_credential(rows, "binary", bytes(range(128, 256)), "Bytes that are no text.")


def _duplicates(rows: Family) -> None:
    honest = _honest()
    name = '"name": "Café Imkerei"'.encode()
    for id, old, new, reason in (
        (
            "duplicate-key",
            name,
            name + b', "name": "Diving"',
            "A name given twice: readers differ on which one counts.",
        ),
        (
            "duplicate-equal",
            name,
            name + b", " + name,
            "A name given twice with the same value is refused all the same.",
        ),
        (
            "duplicate-escaped",
            name,
            name + rb', "\u006eame": "Diving"',
            "The second name is spelt with an escape: names are compared after unescaping.",
        ),
        (
            "duplicate-nested",
            b'"name": "Ada Example"',
            b'"name": "Bob", "name": "Ada Example"',
            "Deeper inside as well: the last one is what JavaScript keeps.",
        ),
        (
            "duplicate-proof",
            b'"proof": {',
            b'"proof": null, "proof": {',
            "Two proofs by name, the first of them null.",
        ),
        (
            "duplicate-proof-value",
            b'"proofValue"',
            b'"proofValue": "z", "proofValue"',
            "Inside the proof, too.",
        ),
        ("duplicate-empty-name", name, name + b', "": 1, "": 2', "The empty name is a name."),
        (
            "duplicate-in-list",
            name,
            name + b', "evidence": [{"a": 1, "a": 1}]',
            "In an object within a list.",
        ),
        (
            "duplicate-proto",
            name,
            name + b', "__proto__": 1, "__proto__": 2',
            "__proto__ twice: a reader that keeps names in a plain JavaScript object does not see it.",
        ),
        (
            "duplicate-before-number",
            name,
            name + b', "n": 1e999, "n": 1',
            "A duplicate name is reported before a number out of range.",
        ),
        (
            "duplicate-before-surrogate",
            name,
            name + rb', "n": "\ud800", "n": 1',
            "A duplicate name is reported before a lone surrogate.",
        ),
    ):
        assert old in honest
        _unread(rows, id, honest.replace(old, new, 1), reason, "DUPLICATE_KEY")
    rows.honest(
        "same-name-elsewhere",
        signed(plain(evidence=[{"name": "a"}, {"name": "a"}])),
        "The same name in different objects is no duplicate.",
        flags=(JCS,),
    )
    rows.honest(
        "names-of-objects",
        by_hand(plain(toString="x", constructor="y", hasOwnProperty="z")),
        "Names that every JavaScript object has from birth are not duplicates.",
        flags=(JCS,),
    )
    _unread(
        rows,
        "duplicate-then-truncated",
        honest.replace(name, name + b", " + name)[:-3],
        "Grammar is asked before duplicate names.",
        "MALFORMED_JSON",
    )
    _unread(
        rows,
        "duplicate-v1",
        honest.replace(V2.encode(), V1.encode()).replace(name, name + b", " + name),
        "A name given twice in a credential of the data model 1.1.",
        "DUPLICATE_KEY",
        format="vc1-json",
    )
    _no_credential(
        rows, "duplicate-other", b'{"a": 1, "a": 2}', "A duplicate name in a file that is no credential at all."
    )


def _surrogates(rows: Family) -> None:
    honest = _honest()
    for id, new, reason in (
        ("lone-high-surrogate", rb'"name": "\ud83d"', "A high surrogate alone."),
        ("lone-low-surrogate", rb'"name": "\ude00 x"', "A low surrogate alone."),
        ("swapped-surrogates", rb'"name": "\ude00\ud83d"', "A pair in the wrong order."),
        ("parted-surrogates", rb'"name": "\ud83d \ude00"', "A pair with a space between."),
        ("surrogate-in-name", rb'"name": "x", "\udfff": 1', "A lone surrogate in a member's name."),
        ("surrogate-and-number", rb'"name": "\ud800", "n": 1e999', "A lone surrogate is reported before a number."),
    ):
        _unread(rows, id, honest.replace(b'"name": "Ada Example"', new), reason, "LONE_SURROGATE")
    rows.honest(
        "escaped-surrogate-pair",
        text(signed(plain(credentialSubject={"name": "😀"}))).replace("😀".encode(), rb"\ud83d\uDE00"),
        "An escaped pair is one character.",
        flags=(JCS,),
    )


def _numbers(rows: Family) -> None:
    honest = _honest()
    for id, number, reason in (
        ("number-huge", b"1e400", "Beyond what a double holds: infinity in JavaScript."),
        ("number-minus-huge", b"-1E+400", "Minus infinity."),
        ("number-huge-exponent", b"1e99999999999", "An exponent that a careless reader computes for ever."),
        ("number-2-53", b"9007199254740992", "2^53, which 2^53 + 1 is read as."),
        ("number-minus-2-53", b"-9007199254740992", "The same below zero."),
        ("number-2-53-point", b"9007199254740992.0", "However it is spelt: with a fraction of zero."),
        ("number-2-53-exponent", b"9.007199254740992e15", "However it is spelt: with an exponent."),
        ("number-1e21", b"1e21", "An integral value that ECMAScript writes with an exponent."),
        ("number-2-53-half", b"9007199254740992.5", "A fraction that a double cannot hold: it is read as integral."),
        ("number-many-digits", b"1" * 400, "An integer of 400 digits: Python keeps it, JavaScript does not."),
    ):
        _unread(rows, id, honest.replace(b'"Ada Example"', number), reason, "NUMBER_OUT_OF_RANGE")
    _unread(
        rows,
        "number-other",
        b'{"n": 1e400}',
        "NUMBER_OUT_OF_RANGE stands in a file that names no credential's address: it is `unknown` anyway.",
        "NUMBER_OUT_OF_RANGE",
        format="unknown",
    )
    rows.honest(
        "number-largest",
        text(signed(plain(n=9007199254740991))).replace(b"9007199254740991", b"9007199254740991.0"),
        "2^53 - 1 is within, spelt with a fraction of zero or not.",
        flags=(JCS,),
    )
    rows.honest(
        "number-zero-exponent",
        text(signed(plain(n=0))).replace(b'"n": 0', b'"n": -0.0e99999'),
        "Zero with any exponent is zero.",
        flags=(JCS,),
    )


def _nested(levels: int) -> Json:
    """A credential whose outermost object is level 1 and whose innermost list is level `levels`."""
    inner: list[Any] = []
    for _ in range(levels - 2):
        inner = [inner]
    return plain(evidence=inner)


def _depth(rows: Family) -> None:
    rows.honest("depth-64", text(signed(_nested(64))).replace(b"\n", b""), "Sixty-four levels are read.", flags=(JCS,))
    deep = json.dumps(_nested(65)).encode()
    _unread(rows, "depth-65", deep, "Sixty-five levels are not.", "TOO_DEEP")
    _unread(rows, "depth-65-truncated", deep[:-20], "Depth is asked before grammar.", "TOO_DEEP")
    _unread(rows, "depth-65-objects", _objects(65), "Objects count like lists.", "TOO_DEEP")
    _unread(
        rows,
        "depth-bomb",
        b'{"@context": "' + V2.encode() + b'", "x": ' + b"[" * 100_000,
        "A hundred thousand open brackets, which overflow a recursive reader's stack.",
        "TOO_DEEP",
    )
    _unread(
        rows,
        "depth-65-other",
        b'{"x": ' + b"[" * 64 + b"]" * 64 + b"}",
        "TOO_DEEP stands in a file that names no credential's address.",
        "TOO_DEEP",
        format="unknown",
    )
    rows.honest(
        "brackets-in-text",
        signed(plain(name="[{" * 100 + '"\\' + "[{" * 100)),
        "Brackets inside a string, also behind an escaped quote, nest nothing.",
        flags=(JCS,),
    )


def _objects(levels: int) -> bytes:
    return b'{"@context": "' + V2.encode() + b'", "x": ' + b'{"x": ' * (levels - 1) + b"1" + b"}" * levels


def _sizes(rows: Family) -> None:
    rows.add(
        "size-over-v1",
        "cannot-check",
        text(signed(plain(**{"@context": [V1]}))),
        "A credential of the data model 1.1 beyond the limit.",
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": LIMIT + 1},
    )
    rows.honest("size-limit", "bom", "A file of exactly 4 MiB is read.", flags=(JCS,), generate={"padTo": LIMIT})
    rows.add(
        "size-over",
        "cannot-check",
        "bom",
        "One byte more is not.",
        format="unknown",
        readable="TOO_LARGE",
        generate={"padTo": LIMIT + 1},
    )
