"""What JSON-LD would drop, and what is spelt so that it could be overlooked (docs/verification.md, 1; DESIGN rule 2).

One walk over a document, with PyLD's own contexts at each place, mirrors JSON-LD 1.1 API 5.1.2 (expansion): the
property's context, then the context and the types of the object itself, then its members.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import rfc8785

from portfolio_gen.errors import ProofError
from portfolio_gen.proofs.jsonld import PROCESSOR, Active, Processor
from portfolio_gen.proofs.nquads import XSD, double
from portfolio_gen.values import items
from portfolio_gen.vocabulary import fields

TERM, VALUE, SPELLING = "UNSIGNED_TERM", "UNSIGNED_VALUE", "UNUSUAL_SPELLING"

_MOST_POINTERS = 10
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_SPACE = re.compile("[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
_NOT_IN_IRI = re.compile(r'[<>"{}|\\^`\x00-\x1f]')
_VALUE_KEYS = ("@value", "@language", "@direction", "@context")
_CONTAINERS = {"@set", "@list", "@graph"}

_PROFILE = frozenset({"name", "url", "email", "description", "image"})
"""What an issuer says of itself, wherever it is named; the same facts may stand at two of its places."""
_OF_PROFILES = _PROFILE | {"otherIdentifier", "parentOrg"}
"""What only such a one says: the same of one identifier, at whichever of its places."""
_PROFILE_PLACE = re.compile(r".*/(issuer|creator|parentOrg)(/[0-9]+)?")
_SHOWN_PLACE = re.compile(
    r"/credentialSubject(/[0-9]+)?"
    r"(/achievement(/[0-9]+)?(/(resultDescription|alignment|criteria)(/[0-9]+)?)?|/(result|evidence|degree)(/[0-9]+)?)?"
    r"|/evidence(/[0-9]+)?"
)
"""Where the table `fields` of the vocabulary looks for facts, but for the credential itself and its issuer."""


_INSIDE = frozenset({"verifiableCredential", "endorsement", "endorsementJwt"})
"""Members that hold credentials with verdicts of their own."""
_RECORDED = "/credentialSubject/verifiableCredential"


class _Node(NamedTuple):
    """A node with an identifier: where it stands, what each of its keys stands for, and the whole of it."""

    pointer: str
    meanings: Mapping[str, str]
    element: Mapping[str, Any]
    active: Active

    def said(self) -> bytes:
        """Return all that it says, so that equal forms say the same."""
        element = {key: value for key, value in self.element.items() if key != "@context"}
        return rfc8785.dumps([element, dict(self.meanings)])


Faults = Mapping[str, set[str]]
"""The places at fault, as pointers, by the code of their kind."""


def faults(document: Mapping[str, Any], processor: Processor = PROCESSOR) -> Faults:
    """Return what in a document is unsigned or could be overlooked; raises Refused."""
    walk = _Walk(document.get("id"), processor)
    walk.record = _names(document, "ClrCredential")
    walk.endorses = _names(document, "EndorsementCredential")
    walk.node(document, processor.initial, None, "")
    walk.note_displaced()
    return walk.found


def check(found: Faults, options: Mapping[str, Any], pointer: str, processor: Processor = PROCESSOR) -> None:
    """Raise ProofError if there are faults in the document, or in the proof options at `pointer`."""
    walk = _Walk(None, processor)
    walk.node(options, processor.initial, None, pointer)
    for code in (TERM, VALUE, SPELLING):
        places = found.get(code, set()) | walk.found.get(code, set())
        if places:
            raise ProofError(code, {"pointers": sorted(places)[:_MOST_POINTERS]})


class _Walk:
    """Notes each place at fault under its code; raises Refused where a context cannot be processed."""

    def __init__(self, own_id: Any, processor: Processor) -> None:
        self.own_id = own_id
        self._processor = processor
        self.found: defaultdict[str, set[str]] = defaultdict(set)
        self.record = self.endorses = False
        self._described: defaultdict[str, list[_Node]] = defaultdict(list)
        self._references: defaultdict[str, int] = defaultdict(int)
        self._graphs = 0

    def _note(self, code: str | None, pointer: str) -> None:
        if code:
            self.found[code].add(pointer)

    def node(self, element: Mapping[str, Any], active: Active, property: str | None, pointer: str) -> None:
        if "@value" in element:
            self._value_object(element, pointer)
            return
        scoped = _defined(active, property, "@context")
        active = _reverted(active, element)
        if scoped is not None:
            active = self._processor.apply(active, scoped)
        members, types = self._processor.enter(active, element)
        places = defaultdict(list)
        for key, value in _said(element):
            place = f"{pointer}/{_escaped(key)}"
            code = _key(key, members)
            self._note(code, place)
            if code is None:
                meaning = PROCESSOR.expand_term(members, key)
                places[meaning].append(place)
                self._member(key, meaning, value, members, types, place)
        for same in places.values():
            if len(same) > 1:
                self.found[SPELLING].update(same)
        if pointer and not self._graphs and places["@id"]:
            self._describe(element, members, pointer, places["@id"])

    def _describe(self, element: Mapping[str, Any], active: Active, pointer: str, places: list[str]) -> None:
        meanings = {key: PROCESSOR.expand_term(active, key) for key, _ in _said(element)}
        ids = [element[key] for key, meaning in meanings.items() if meaning == "@id"]
        if len(meanings) > 1 and isinstance(self.own_id, str) and self.own_id in ids:
            self.found[SPELLING].update(places)
        for id in ids:
            if isinstance(id, str):
                self._described[id].append(_Node(pointer, meanings, element, active))

    def note_displaced(self) -> None:
        """Note nodes with an identifier that occurs elsewhere too, where facts of ours could be moved to and fro.

        RDF knows no places: what two nodes of one identifier say can change places without breaking a signature. A
        credential in a presentation is a graph of its own, which nothing leaves. Nodes that all say the same may stand
        anywhere: what one of them lacked would show.
        """
        shown = _displayed(self.endorses)
        for id, nodes in self._described.items():
            if len(nodes) + self._references[id] < 2:
                continue
            if not self._references[id] and len({node.said() for node in nodes}) == 1:
                continue
            keys = {node.pointer: self._counted(node, nodes) & shown for node in nodes}
            home = [pointer for pointer in keys if _SHOWN_PLACE.fullmatch(pointer) and keys[pointer] - _PROFILE]
            for pointer, displayed in keys.items():
                if _SHOWN_PLACE.fullmatch(pointer):
                    wrong = len(home) > 1 and pointer in home
                else:
                    wrong = bool(displayed - _OF_PROFILES if _PROFILE_PLACE.fullmatch(pointer) else displayed)
                self._note(SPELLING if wrong else None, f"{pointer}/id")

    def _counted(self, node: _Node, nodes: list[_Node]) -> frozenset[str]:
        """Return the node's keys, as far as what stands under them could stand at another node of its identifier.

        In a learner record, the subject of the record and those of the credentials in it are mostly one. Where the
        record's is of the type ClrSubject and no other, its `achievement` is another property than theirs.
        """
        subject = next((other for other in nodes if other.pointer == "/credentialSubject"), None)
        if subject is None or not self.record or not node.pointer.startswith(_RECORDED):
            return frozenset(node.meanings)
        if items(subject.element.get("type")) != ["ClrSubject"]:
            return frozenset(node.meanings)
        return frozenset(
            key for key, meaning in node.meanings.items() if PROCESSOR.expand_term(subject.active, key) == meaning
        )

    def _member(self, key: str, meaning: str, value: Any, active: Active, types: Active, place: str) -> None:
        if meaning == "@id":
            self._note(_identifier(value, active) if isinstance(value, str) else SPELLING, place)
        elif meaning == "@type":
            self._note_doubled(value, "@vocab", active, place)
            for item, at in _items(value, place):
                self._note(_name(item, types) if isinstance(item, str) else None, at)
        elif _defined(active, key, "@type") != "@json":
            self._property(key, value, active, place)

    def _note_doubled(self, value: Any, coerced: Any, active: Active, place: str) -> None:
        """Note what stands in a set again: RDF has it once, so that nobody signed how often it is shown.

        A bare reference comes after the nodes: beside the node that it names, it says nothing.
        """
        if not isinstance(value, list) or len(value) < 2:
            return
        seen: set[str] = set()
        rows = [(_sayings(item, coerced, active), at) for item, at in _items(value, place)]
        for said, at in sorted(rows, key=lambda row: len(row[0]), reverse=True):
            self._note(SPELLING if said and said[0] in seen else None, at)
            seen.update(said)

    def _property(self, key: str, value: Any, active: Active, place: str) -> None:
        containers = _container(active, key)
        graph = "@graph" in containers
        scoped = _defined(active, key, "@context")
        if scoped is not None:
            active = self._processor.apply(active, scoped)
        coerced = _defined(active, key, "@type")
        if not containers & {"@graph", "@list"}:
            self._note_doubled(value, coerced, active, place)
        for item, at in _items(value, place):
            if item is None or item == []:
                continue
            if graph and _says_no_triple(item, active):
                token = key == "verifiableCredential" and isinstance(item, str)
                self._note(SPELLING if token else VALUE, at)
            elif isinstance(item, dict):
                self._graphs += graph
                self.node(item, active, key, at)
                self._graphs -= graph
            else:
                if coerced == "@id" and isinstance(item, str) and not self._graphs:
                    self._references[item] += 1
                self._note(_scalar(item, coerced, active), at)

    def _value_object(self, element: Mapping[str, Any], pointer: str) -> None:
        if not isinstance(element["@value"], str):
            self._note(SPELLING, f"{pointer}/@value")
        for key, value in _said(element):
            place = f"{pointer}/{_escaped(key)}"
            if key not in _VALUE_KEYS:
                self._note(SPELLING, place)
            if key == "@language" and isinstance(value, str) and not _LANGUAGE.fullmatch(value):
                self._note(VALUE, place)


@cache
def _displayed(endorses: bool) -> frozenset[str]:
    """Return the members that the display fields read, apart from identifiers and types, and those that hold more.

    What an endorsement alone says is no fact of a document that is none.
    """
    models = [(model, paths) for field in fields() for model, paths in field.paths.items()]
    paths = [path for model, of in models if endorses or model != "endorsement" for path in of]
    return (frozenset(step for path in paths for step in path.split("/")[1:]) | _INSIDE) - {"id", "type"}


def _said(element: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the members that say something: null and the empty list do not."""
    return ((key, value) for key, value in element.items() if key != "@context" and value is not None and value != [])


def _items(value: Any, pointer: str) -> Iterator[tuple[Any, str]]:
    if isinstance(value, list):
        return ((item, f"{pointer}/{index}") for index, item in enumerate(value))
    return iter([(value, pointer)])


def _names(element: Mapping[str, Any], type: str) -> bool:
    return type in items(element.get("type"))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _defined(active: Active, term: str | None, name: str) -> Any:
    """Return what the context defines for a term: its `@type`, its own `@context` (False for a null one), or None."""
    return PROCESSOR.get_context_value(active, term, name) if term is not None else None


def _container(active: Active, term: str) -> set[str]:
    return set(PROCESSOR.arrayify(_defined(active, term, "@container") or []))


def _reverted(active: Active, element: Mapping[str, Any]) -> Active:
    """5.1.2, 8: a type's context ends at the next node object, but for a mere reference."""
    previous: Active | None = active.get("previousContext")
    if not previous:
        return active
    reference = len(element) == 1 and PROCESSOR.expand_term(active, next(iter(element))) == "@id"
    return active if reference else previous


def _key(key: str, active: Active) -> str | None:
    if key.startswith("@") or ":" in key:
        return SPELLING
    if key not in active["mappings"]:
        return _vocab(key, active)
    definition = active["mappings"][key]
    meaning = definition and definition["@id"]
    if meaning is None or meaning.startswith("_:"):
        return TERM
    if meaning.startswith("@"):
        return None if meaning in ("@id", "@type") else SPELLING
    return SPELLING if definition["reverse"] or _container(active, key) - _CONTAINERS else None


def _vocab(text: str, active: Active) -> str | None:
    """Return what is wrong with a key or type that is no term: nothing, if an `@vocab` makes it an identifier."""
    if not active.get("@vocab") or _SPACE.search(text):
        return TERM
    return SPELLING if _NOT_IN_IRI.search(text) else None


def _identifier(text: str, active: Active) -> str | None:
    if text.startswith("_:"):
        return SPELLING
    if not _SCHEME.match(text) or _SPACE.search(text):
        return VALUE
    prefix, _, rest = text.partition(":")
    definition = active["mappings"].get(prefix)
    compact = definition and definition["_prefix"] and not rest.startswith("//")
    return SPELLING if compact or _NOT_IN_IRI.search(text) else None


def _name(text: str, active: Active) -> str | None:
    """Return what is wrong with a type or a value of a term typed `@vocab`."""
    mappings = active["mappings"]
    if text in mappings:
        meaning = mappings[text] and mappings[text]["@id"]
        return TERM if meaning is None or meaning.startswith(("@", "_:")) else None
    if ":" not in text:
        return TERM if text.startswith("@") or _vocab(text, active) else None
    spelt = any(definition and definition["@id"] == text for definition in mappings.values())
    return _identifier(text, active) or (SPELLING if spelt else None)


def _sayings(item: Any, coerced: Any, active: Active) -> tuple[str, ...]:
    """Return a text that is the same for items of which RDF keeps one, and for a node also what a reference to it says.

    Nothing for blank nodes, which are never one. Nodes with one identifier that say different things are another matter
    (`note_displaced`).
    """
    if not isinstance(item, dict):
        kind = "@id" if coerced in ("@id", "@vocab") and isinstance(item, str) else "@value"
        return () if item is None or isinstance(item, list) else (json.dumps([kind, item, None, None]),)
    if "@value" in item:
        return (json.dumps(["@value", *(item.get(key) for key in ("@value", "@language", "@direction"))]),)
    ids = [value for key, value in item.items() if PROCESSOR.expand_term(active, key) == "@id"]
    references = tuple(json.dumps(["@id", id, None, None]) for id in ids)
    return references if len(item) == 1 or not ids else (rfc8785.dumps(item).decode(), *references)


def _scalar(value: Any, coerced: Any, active: Active) -> str | None:
    if isinstance(value, list):
        return SPELLING
    if isinstance(value, str) and coerced in ("@id", "@vocab"):
        return _identifier(value, active) if coerced == "@id" else _name(value, active)
    if isinstance(value, str | bool):
        return SPELLING if coerced == f"{XSD}double" else None
    return SPELLING if isinstance(value, float) and _inexact(value) else None


def _inexact(value: float) -> bool:
    """Return whether implementations sign a number differently.

    16 significant digits may fall short: they name another number, or rounding to them is a tie. And what is written
    without a point (1e-7), jsonld.js takes for an integer and signs as 0.
    """
    short = float(double(value)) != value or len(Decimal(value).as_tuple().digits) == 17
    return short or "." not in repr(value)


def _says_no_triple(item: Any, active: Active) -> bool:
    """Return whether an item becomes a graph in which nothing is said, so that the item itself is lost."""
    if not isinstance(item, dict):
        return not isinstance(item, list)
    said = [key for key, _ in _said(item)]
    return "@value" in item or all(PROCESSOR.expand_term(active, key) == "@id" for key in said)
