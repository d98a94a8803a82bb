"""The one JSON reader (DESIGN rule 5): what two readers could read differently is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from portfolio_gen.limits import Limits

_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SAFE = 2**53 - 1


class JsonError(Exception):
    """The text is not JSON as we read it. `code` is a code of the check `readable`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_json(data: bytes, limits: Limits) -> Any:
    """Return the value that these bytes spell; raises JsonError with the first code of docs/verification.md, 0.2.

    Objects are dicts, lists lists; an integral number is an int, any other a finite float.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JsonError("NOT_UTF8") from error
    if _depth(text) > limits.json_depth:
        raise JsonError("TOO_DEEP")
    hooks = _Hooks()
    try:
        value = json.loads(
            text,
            object_pairs_hook=hooks.members,
            parse_int=hooks.number,
            parse_float=hooks.number,
            parse_constant=hooks.constant,
        )
    except ValueError as error:
        raise JsonError("MALFORMED_JSON") from error
    if hooks.duplicate:
        raise JsonError("DUPLICATE_KEY")
    if _SURROGATE_ESCAPE.search(text) and _has_surrogate(value):
        raise JsonError("LONE_SURROGATE")
    if hooks.out_of_range:
        raise JsonError("NUMBER_OUT_OF_RANGE")
    return value


class _Hooks:
    """Notes what is wrong and reads on, so that the code does not depend on which fault comes first."""

    def __init__(self) -> None:
        self.duplicate = False
        self.out_of_range = False

    def members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        self.duplicate |= len(members) != len(pairs)
        return members

    def number(self, digits: str) -> int | float:
        value = float(digits)
        if not math.isfinite(value) or (value.is_integer() and abs(value) > _SAFE):
            self.out_of_range = True
            return 0
        return int(value) if value.is_integer() else value

    def constant(self, name: str) -> Any:
        raise ValueError(f"{name} is not JSON")


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        bracket = match[0]
        if bracket in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif bracket in "]}":
            depth -= 1
    return deepest


def _has_surrogate(value: Any) -> bool:
    if isinstance(value, str):
        return _SURROGATE.search(value) is not None
    if isinstance(value, dict):
        return any(_has_surrogate(part) for member in value.items() for part in member)
    return isinstance(value, list) and any(map(_has_surrogate, value))
