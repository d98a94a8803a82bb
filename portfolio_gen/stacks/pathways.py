"""CTDL pathways: JSON-LD as the Credential Registry hands it out, read as a stack.

Of the Credential Transparency Description Language: `ceterms:Pathway`, its components (`hasPart`, `hasChild`,
`hasDestinationComponent`), what comes before what (`precedes`, `prerequisite`, and the targets of a condition), and
`ceterms:ComponentCondition`, of whose `targetComponent`s a `requiredNumber` are enough. Nobody signed such a file: it
is there because the site's owner put it there, and a page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portfolio_gen.errors import ConfigError, ConfigProblem
from portfolio_gen.limits import LIMITS
from portfolio_gen.stacks import MOST_PARTS, Part, Stack
from portfolio_gen.strict_json import JsonError, read_json

_NAMED = ("ceterms:ctid", "@id", "ceterms:proxyFor", "ceterms:sourceData", "ceterms:isProxyFor")
"""What may name, in a credential, the thing that a component stands for."""

_BEFORE = ("ceterms:prerequisite", "ceterms:hasChild", "ceterms:isPrecededBy", "asn:isPrecededBy")
_THEN = ("ceterms:precedes", "asn:precedes", "ceasn:precedes", "ceterms:isPrerequisiteFor")

Node = Mapping[str, Any]


def parse(name: str, data: bytes) -> Stack:
    """Return the pathway in a file as a stack.

    Raises:
        ConfigError: all that is wrong with it.
    """
    try:
        document = read_json(data, LIMITS)
    except JsonError as error:
        raise ConfigError([ConfigProblem(name, None, f"This is not JSON that can be read: {error}.")]) from None
    nodes = [node for node in _nodes(document) if isinstance(node, dict)]
    pathways = [node for node in nodes if "Pathway" in _types(node)]
    if len(pathways) != 1:
        what = (
            f"found {len(pathways)}, expected one ceterms:Pathway in @graph (CTDL, as the Credential Registry has it)"
        )
        raise ConfigError([ConfigProblem(name, None, f"{what}.")])
    return _Reader(name, pathways[0], nodes).stack()


class _Reader:
    """Reads one pathway; notes everything that is wrong with it."""

    def __init__(self, name: str, pathway: Node, nodes: Iterable[Node]) -> None:
        self.name, self.pathway = name, pathway
        self.by_id = {str(node["@id"]): node for node in nodes if "@id" in node}
        self.components = {id: node for id, node in self.by_id.items() if _is_component(node)}
        self.problems: list[ConfigProblem] = []

    def stack(self) -> Stack:
        members = self._members()
        if not self.problems and not 0 < len(members) <= MOST_PARTS:
            self._wrong(f"found {len(members)} components, expected 1 to {MOST_PARTS}")
        choices = [(owner, choice) for owner in members for choice in self._choices(owner)]
        units: list[tuple[tuple[str, ...], int | None, str]] = []
        seen: set[str] = set()
        for owner, (targets, needed, title) in choices:
            fresh = tuple(target for target in targets if target not in seen)
            if needed < len(targets) and fresh != tuple(targets):
                self._wrong(f"a component is in two choices, one of them that of {owner}")
            if needed < len(targets):
                units.append((fresh, needed, title))
                seen |= {*fresh}
        units += [((one,), None, "") for one in members if one not in seen]
        units.sort(key=lambda unit: members.index(unit[0][0]))
        if self.problems:
            raise ConfigError(self.problems)
        return self._sorted(units, self._pairs(members))

    def _wrong(self, what: str) -> None:
        self.problems.append(ConfigProblem(self.name, None, f"{what[:1].upper()}{what[1:]}."))

    def _members(self) -> list[str]:
        """Return the components of the pathway: those that it names, and what these need, the destination last."""
        named = [
            id for key in ("ceterms:hasPart", "ceasn:hasPart", "ceterms:hasChild") for id in _ids(self.pathway, key)
        ]
        last = _ids(self.pathway, "ceterms:hasDestinationComponent")
        own = str(self.pathway.get("@id"))
        named += [id for id, node in self.components.items() if own in _ids(node, "ceterms:isPartOf")]
        found: list[str] = []
        waiting = [id for id in named if id not in last] + last
        while waiting:
            id = waiting.pop(0)
            if id in found:
                continue
            if id not in self.components:
                self._wrong(f'"{id}" is named, but no component in this file has this @id')
                continue
            found.append(id)
            waiting += [target for targets, _, _ in self._choices(id) for target in targets]
            waiting += _ids(self.components[id], "ceterms:hasChild")
        return [id for id in found if id not in last] + [id for id in found if id in last]

    def _choices(self, owner: str) -> list[tuple[list[str], int, str]]:
        """Return, for each condition of a component: its targets, how many are enough, and what it is called."""
        found: list[tuple[list[str], int, str]] = []
        for condition in self._conditions(self.components[owner]):
            targets = _ids(condition, "ceterms:targetComponent")
            needed = condition.get("ceterms:requiredNumber", len(targets))
            deeper = list(self._conditions(condition))
            if deeper and (targets or type(condition.get("ceterms:requiredNumber")) is int):
                self._wrong(f"a condition of {owner} has conditions inside of it, which is not supported")
            if type(needed) is not int or not (deeper or 1 <= needed <= len(targets)):
                self._wrong(f"ceterms:requiredNumber of {owner}: found {needed}, expected 1 to {len(targets)}")
                continue
            rows = [condition] if targets else deeper
            for row in rows:
                among = _ids(row, "ceterms:targetComponent")
                enough = row.get("ceterms:requiredNumber", len(among))
                title = _words(row.get("ceterms:name")) or _words(row.get("ceterms:description"))
                if among and type(enough) is int and 1 <= enough <= len(among):
                    found.append((among, enough, title))
                elif among:
                    self._wrong(f"ceterms:requiredNumber of {owner}: found {enough}, expected 1 to {len(among)}")
        return found

    def _conditions(self, node: Node) -> Iterator[Node]:
        for one in _list(node.get("ceterms:hasCondition")):
            found = self.by_id.get(one) if isinstance(one, str) else one
            if isinstance(found, dict):
                yield self.by_id.get(str(found.get("@id")), found)

    def _pairs(self, members: Iterable[str]) -> list[tuple[str, str]]:
        """Return what comes before what."""
        pairs: list[tuple[str, str]] = []
        for id in members:
            node = self.components[id]
            pairs += [(target, id) for targets, _, _ in self._choices(id) for target in targets]
            pairs += [(before, id) for key in _BEFORE for before in _ids(node, key)]
            pairs += [(id, then) for key in _THEN for then in _ids(node, key)]
        last = _ids(self.pathway, "ceterms:hasDestinationComponent")
        return pairs + [(id, end) for id in members for end in last if id not in last]

    def _sorted(self, units: list[tuple[tuple[str, ...], int | None, str]], pairs: list[tuple[str, str]]) -> Stack:
        """Put each unit behind those that come before it; otherwise they stay as the file has them."""
        at = {id: index for index, (ids, _, _) in enumerate(units) for id in ids}
        before: dict[int, set[int]] = {index: set() for index in range(len(units))}
        for first, then in pairs:
            if first in at and then in at and at[first] != at[then]:
                before[at[then]].add(at[first])
        order: list[int] = []
        while len(order) < len(units):
            free = next((index for index in before if index not in order and before[index] <= {*order}), None)
            if free is None:
                raise ConfigError([ConfigProblem(self.name, None, "Its components precede each other in a circle.")])
            order.append(free)
        parts = []
        for index in order:
            ids, needed, title = units[index]
            # Only the nearest: what comes before those is said there.
            nearest = before[index] - {far for near in before[index] for far in _far(near, before)}
            after = tuple(sorted(order.index(one) for one in nearest))
            leaves = tuple(self._part(id) for id in ids)
            single = needed is None
            parts.append(
                Part(**{**leaves[0].__dict__, "after": after})
                if single
                else Part(title=title, parts=leaves, needs=needed, after=after)
            )
        chain = all(part.after == ((index - 1,) if index else ()) for index, part in enumerate(parts))
        return Stack(
            title=_words(self.pathway.get("ceterms:name")) or self.name,
            source="ctdl",
            file=self.name,
            parts=tuple(parts),
            ordered=chain and len(parts) > 1,
            about=_words(self.pathway.get("ceterms:description")),
            link=next(iter(_web(_ids(self.pathway, "ceterms:subjectWebpage"))), ""),
        )

    def _part(self, id: str) -> Part:
        node = self.components[id]
        ids = [one for key in _NAMED for one in _ids(node, key)]
        pages = [
            *_ids(node, "ceterms:subjectWebpage"),
            *_ids(node, "ceterms:proxyFor"),
            *_ids(node, "ceterms:sourceData"),
        ]
        return Part(
            title=_words(node.get("ceterms:name")) or id,
            note=_words(node.get("ceterms:description")),
            link=next(iter(_web(pages)), ""),
            ids=tuple(dict.fromkeys(ids)),
        )


def _far(index: int, before: Mapping[int, set[int]]) -> set[int]:
    """Return all that comes before a unit."""
    found: set[int] = set()
    waiting = [*before[index]]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += before[one]
    return found


def _nodes(document: object) -> Iterator[object]:
    if isinstance(document, dict):
        graph = document.get("@graph")
        yield from graph if isinstance(graph, list) else [document]
    elif isinstance(document, list):
        yield from document


def _types(node: Node) -> set[str]:
    return {str(one).rpartition(":")[2].rpartition("/")[2] for one in _list(node.get("@type"))}


def _is_component(node: Node) -> bool:
    return any(one.endswith("Component") for one in _types(node))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _ids(node: Node, key: str) -> list[str]:
    """Return what a property refers to: texts, or objects with an `@id`."""
    found = (one.get("@id") if isinstance(one, dict) else one for one in _list(node.get(key)))
    return [one for one in found if isinstance(one, str) and one]


def _web(addresses: Iterable[str]) -> Iterator[str]:
    return (one for one in addresses if one.startswith(("https://", "http://")) and not any(c in one for c in ' "<>\\'))


def _words(value: object) -> str:
    """Return a text, or that in English, else the first, of a language map."""
    if isinstance(value, dict):
        languages = sorted(value, key=lambda one: not str(one).lower().startswith("en"))
        value = value[languages[0]] if languages else ""
    value = value[0] if isinstance(value, list) and value else value
    return value.strip() if isinstance(value, str) else ""
