"""Expanded JSON-LD to quads (JSON-LD 1.1 API, 7), for documents that the walk in `loss` has let through.

PyLD has this too, but compares every value with every other before it; a set does the same in linear time.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import rfc8785

from portfolio_gen.proofs.jsonld import Refused
from portfolio_gen.proofs.nquads import XSD, double, iri, literal
from portfolio_gen.proofs.rdfc import Quad

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_I18N = "https://www.w3.org/ns/i18n#"
_TYPE, _FIRST, _REST, _NIL = (iri(_RDF + name) for name in ("type", "first", "rest", "nil"))


def quads_of(expanded: list[Any]) -> set[Quad]:
    """Return the dataset that an expanded document stands for; raises Refused for what RDF would lose."""
    builder = _Builder()
    for item in expanded:
        builder.resource(item, "")
    return builder.quads


class _Builder:
    def __init__(self) -> None:
        self.quads: set[Quad] = set()
        self._numbers = count()

    def _blank(self) -> str:
        return f"_:b{next(self._numbers)}"

    def resource(self, item: Any, graph: str) -> str:
        """Add what an expanded item says to `graph` and return the term that stands for it."""
        if not isinstance(item, Mapping):
            raise Refused
        if "@value" in item:
            return _literal(item)
        if "@list" in item:
            return self._list(item["@list"], graph)
        node = iri(item["@id"]) if "@id" in item else self._blank()
        for property, values in item.items():
            if property == "@graph":
                for value in values:
                    self.resource(value, node)
            elif property == "@type":
                self.quads |= {(node, _TYPE, iri(type), graph) for type in values}
            elif property != "@id":
                predicate = iri(property)
                objects = [self.resource(value, graph) for value in values]
                self.quads |= {(node, predicate, object, graph) for object in objects}
        return node

    def _list(self, items: list[Any], graph: str) -> str:
        head = _NIL
        for item in reversed(items):
            cell = self._blank()
            self.quads.add((cell, _FIRST, self.resource(item, graph), graph))
            self.quads.add((cell, _REST, head, graph))
            head = cell
        return head


def _literal(item: Mapping[str, Any]) -> str:
    value, datatype = item["@value"], item.get("@type") or ""
    if datatype == "@json":
        return literal(rfc8785.dumps(value).decode("utf-8"), f"{_RDF}JSON")
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype or f"{XSD}boolean")
    if isinstance(value, float) or (isinstance(value, int) and datatype == f"{XSD}double"):
        return literal(double(value), datatype or f"{XSD}double")
    if isinstance(value, int):
        return literal(str(value), datatype or f"{XSD}integer")
    if not isinstance(value, str):
        raise Refused
    if "@direction" in item:
        return literal(value, f"{_I18N}{item.get('@language', '')}_{item['@direction']}")
    return literal(value, datatype, item.get("@language", ""))
