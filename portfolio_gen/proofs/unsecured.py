"""A document without its proofs, and what the proofs on it share: its walk and its canonical forms, made once each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, TypeVar

from portfolio_gen import contexts
from portfolio_gen.credential import Proof
from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.proofs import loss
from portfolio_gen.proofs.jsonld import PROCESSOR, Editions, Processor, processor
from portfolio_gen.proofs.rdf import quads_of
from portfolio_gen.proofs.rdfc import Quad, canonical_quads, canonicalize
from portfolio_gen.vocabulary import result_of

T = TypeVar("T")


class Unsecured:
    """What a credential says, apart from its proofs (`unsecured document`, vc-data-integrity 4).

    But for those that a proof in a chain builds on, `previous`, which it signs with the document (4.5, 3.3).
    """

    def __init__(
        self,
        document: Mapping[str, Any],
        limits: Limits = LIMITS,
        editions: Editions = (),
        previous: tuple[Proof, ...] = (),
    ) -> None:
        self.document = {name: value for name, value in document.items() if name != "proof"}
        if previous:
            self.document["proof"] = [dict(proof.options) for proof in previous]
        self.limits = limits
        self._previous = previous
        self._chained: dict[tuple[str, ...], Unsecured] = {}
        self.editions = editions
        self.processor = processor(editions)
        self._made: dict[str, Any] = {}

    def check_spelling(self, options: Mapping[str, Any], pointer: str) -> None:
        """Raise ProofError if anything here, or in the proof options at `pointer`, is unsigned or could be overlooked.

        `options` have the document's `@context`.
        """
        check_contexts((self.document, options), self.limits)
        found = self._once("faults", self._faults)
        loss.check(found, options, pointer, self.processor)

    def readings(self) -> Iterator[Unsecured]:
        """Yield the document as its contexts have it, then as older ones at the same URLs have it, newest first."""
        yield self
        named = sorted({url for url in _contexts(self.document) if isinstance(url, str) and url in contexts.table()})
        older = [[(url, edition) for edition in range(len(contexts.editions(url)))] for url in named]
        choices = sorted(product(*older), key=lambda choice: sum(edition for _, edition in choice))
        for choice in choices[1 : self.limits.context_readings]:
            editions = tuple((url, edition) for url, edition in choice if edition)
            yield Unsecured(self.document, self.limits, editions, self._previous)

    def after(self, previous: tuple[Proof, ...]) -> Unsecured:
        """Return the document with the proofs on which one builds, made once."""
        if not previous:
            return self
        key = tuple(proof.pointer for proof in previous)
        if key not in self._chained:
            self._chained[key] = Unsecured(self.document, self.limits, previous=previous)
        return self._chained[key]

    def _faults(self) -> loss.Faults:
        """Places in earlier proofs are named as they stand in the file."""
        found = loss.faults(self.document, self.processor)
        return {code: {self._in_file(place) for place in places} for code, places in found.items()}

    def _in_file(self, place: str) -> str:
        if not place.startswith("/proof/"):
            return place
        index, *rest = place.removeprefix("/proof/").split("/", 1)
        return "/".join([self._previous[int(index)].pointer, *rest])

    def named(self) -> Mapping[str, Any]:
        """Return the older contexts that this reading uses, as the detail of a check: URL and SHA-256."""
        pins = [f"{url} {contexts.editions(url)[edition]['sha256']}" for url, edition in self.editions]
        return {"contexts": pins} if pins else {}

    def canonical_rdf(self, hash_name: str = "sha256") -> bytes:
        """Return the canonical N-Quads by RDFC-1.0 with this hash (a name of hashlib's); raises ProofError."""
        return self._once(hash_name, lambda: canonical_rdf(self.document, self.limits, hash_name, self.processor))

    def canonical_quads(self) -> list[Quad]:
        """Return the quads, with canonical labels by RDFC-1.0 with SHA-256, in no order; raises ProofError."""
        return self._once(
            "quads", lambda: canonical_quads(quads_of(self.processor.expanded(self.document)), self.limits)
        )

    def _once(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` makes, or raise what it raised the first time: a hostile file may carry many proofs."""
        if name not in self._made:
            try:
                self._made[name] = make()
            except ProofError as error:
                self._made[name] = error
        made: T = self._made[name]
        if isinstance(made, ProofError):
            raise made
        return made


def canonical_rdf(
    document: Mapping[str, Any], limits: Limits, hash_name: str = "sha256", processor: Processor = PROCESSOR
) -> bytes:
    """Return the canonical N-Quads of a JSON-LD document with pinned contexts; raises ProofError."""
    return canonicalize(quads_of(processor.expanded(document)), limits, hash_name).encode("utf-8")


def first_that_fits(unsecured: Unsecured, check: Callable[[Unsecured], T]) -> tuple[T, Mapping[str, Any]]:
    """Return what `check` returns for the first reading of the document that it lets through, and which one that is.

    Raises ProofError, that of the newest contexts, where it lets none through. What cannot be told of one reading is
    not tried with an older one: that might be told for other reasons.
    """
    refused: list[ProofError] = []
    for reading in unsecured.readings():
        try:
            return check(reading), reading.named()
        except ProofError as error:
            refused.append(error)
        if result_of("signature", refused[-1].code) != "fail":
            break
    raise refused[0]


def check_contexts(parts: tuple[Mapping[str, Any], ...], limits: Limits) -> None:
    """Raise ProofError unless every context in these parts is pinned, and there are not too many."""
    named = [list(_contexts(part)) for part in parts]
    entries = [entry for part in named for entry in part]
    if any(not isinstance(entry, str) for entry in entries):
        raise ProofError("INLINE_CONTEXT")
    unknown = {entry for entry in entries if entry not in contexts.table()}
    if unknown:
        raise ProofError("UNKNOWN_CONTEXT", {"contexts": sorted(unknown)})
    if any(len(part) > limits.contexts for part in named):
        raise ProofError("TOO_MUCH_WORK")


def _contexts(value: Any) -> Iterator[Any]:
    """Yield every entry of every `@context` in a JSON value."""
    if isinstance(value, list):
        for item in value:
            yield from _contexts(item)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name != "@context":
                yield from _contexts(member)
            elif isinstance(member, list):
                yield from member
            else:
                yield member
