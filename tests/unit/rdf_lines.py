"""A reader of N-Quads for tests: the RDFC-1.0 vectors come in that form, credentials never do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_gen.proofs.nquads import literal
from portfolio_gen.proofs.rdfc import Quad

_TERM = re.compile(r'\s*(<[^>]*>|_:[^\s<>".]+(?:\.+[^\s<>".]+)*|"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@[A-Za-z0-9-]+)?)')
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@(.*))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


def quads(text: str) -> Iterator[Quad]:
    for line in text.split("\n"):
        if line.strip():
            terms = [_canonical(term) for term in _TERM.findall(line)]
            yield (terms[0], terms[1], terms[2], terms[3] if len(terms) > 3 else "")


def _canonical(term: str) -> str:
    if not term.startswith('"'):
        return _unescaped(term)
    parts = _LITERAL.fullmatch(term)
    assert parts is not None
    return literal(_unescaped(parts[1]), _unescaped(parts[2] or ""), parts[3] or "")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _character(found[1]), text)


def _character(escape: str) -> str:
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _LETTERS.get(escape, escape)
