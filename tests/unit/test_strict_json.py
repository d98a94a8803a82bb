"""The strict JSON reader: each code, their precedence, and what it makes of numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from portfolio_gen.limits import LIMITS
from portfolio_gen.strict_json import JsonError, read_json

DEEP = b"[" * 65 + b"]" * 65


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'{"a": "\xff"}', "NOT_UTF8"),
        (b'{"a": "\xed\xa0\x80"}', "NOT_UTF8"),
        (b'{"a": "\xc0\xaf"}', "NOT_UTF8"),
        (b'{"a": ' + DEEP + b"}", "TOO_DEEP"),
        (b'{"a": ' + b"[" * 100_000, "TOO_DEEP"),
        (b'{"a": "unclosed ' + b"[" * 65, "MALFORMED_JSON"),
        (b"{", "MALFORMED_JSON"),
        (b'{"a": NaN}', "MALFORMED_JSON"),
        (b'{"a": -Infinity}', "MALFORMED_JSON"),
        (b'{"a": 01}', "MALFORMED_JSON"),
        (b'{"a": 1.}', "MALFORMED_JSON"),
        (b'{"a": +1}', "MALFORMED_JSON"),
        ('{"a": \u0661}'.encode(), "MALFORMED_JSON"),
        (b'{"a": 1,}', "MALFORMED_JSON"),
        (b"{'a': 1}", "MALFORMED_JSON"),
        (b'{"a": "\t"}', "MALFORMED_JSON"),
        (b'{"a": "\\x41"}', "MALFORMED_JSON"),
        (b'{"a": "\\u00"}', "MALFORMED_JSON"),
        (b'{"a": 1} x', "MALFORMED_JSON"),
        (b'\x0c{"a": 1}', "MALFORMED_JSON"),
        (b'{"a": 1, "\\u0061": 1}', "DUPLICATE_KEY"),
        (b'{"a": {"b": 1, "b": 2}}', "DUPLICATE_KEY"),
        (b'{"a": "\\ud800"}', "LONE_SURROGATE"),
        (b'{"\\udc00": 1}', "LONE_SURROGATE"),
        (b'{"a": ["\\ude00\\ud83d"]}', "LONE_SURROGATE"),
        (b'{"a": 9007199254740992}', "NUMBER_OUT_OF_RANGE"),
        (b'{"a": -9007199254740992.0}', "NUMBER_OUT_OF_RANGE"),
        (b'{"a": 1e16}', "NUMBER_OUT_OF_RANGE"),
        (b'{"a": 1e999}', "NUMBER_OUT_OF_RANGE"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "NUMBER_OUT_OF_RANGE"),
    ],
)
def test_refused(text: bytes, code: str) -> None:
    with pytest.raises(JsonError) as caught:
        read_json(text, LIMITS)
    assert caught.value.code == code


def test_precedence_does_not_depend_on_what_comes_first() -> None:
    faults = [b'"n": 1e999', b'"s": "\\ud800"', b'"d": 1, "d": 2', b'"x": NaN']
    codes = ["NUMBER_OUT_OF_RANGE", "LONE_SURROGATE", "DUPLICATE_KEY", "MALFORMED_JSON"]
    for count in range(1, 5):
        for order in (faults[:count], faults[:count][::-1]):
            with pytest.raises(JsonError) as caught:
                read_json(b"{" + b", ".join(order) + b"}", LIMITS)
            assert caught.value.code == codes[count - 1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.0", 1),
        ("-0", 0),
        ("-0.0", 0),
        ("1e2", 100),
        ("9007199254740991", 2**53 - 1),
        ("-9007199254740991", 1 - 2**53),
        ("1.5", 1.5),
        ("1e-400", 0),
        ('"\\ud83d\\ude00"', "\U0001f600"),
        ('"\\/\\u0000"', "/\0"),
        ('"[[[[{{{{"', "[[[[{{{{"),
        ("null", None),
        ("true", True),
    ],
)
def test_values(text: str, value: Any) -> None:
    [found] = read_json(f"[{text}]".encode(), LIMITS)
    assert (found, type(found)) == (value, type(value))


def test_depth_is_counted_outside_strings() -> None:
    assert read_json(b"[" * 64 + b"]" * 64, LIMITS)
    assert read_json(b'["' + b"\\\\" * 3 + b'\\"' + b"[" * 100 + b'"]', LIMITS)
    with pytest.raises(JsonError, match="TOO_DEEP"):
        read_json(b"[[[]]]", replace(LIMITS, json_depth=2))
