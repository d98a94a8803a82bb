"""JSON-LD 1.1 by PyLD, with pinned contexts only, each processed once per process.

PyLD keys its own cache by the active context's identity, which changes whenever a type-scoped context is applied: it
misses nearly always. Here the key is all that the result depends on. Caches hold contexts, never documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdError, JsonLdProcessor
from pyld.resolved_context import ResolvedContext

from portfolio_gen import contexts
from portfolio_gen.errors import ProofError

Active = Mapping[str, Any]
"""An active context as PyLD has it: `mappings` from terms to definitions, `@vocab`, `previousContext`, `_uuid` …"""

Editions = tuple[tuple[str, int], ...]
"""A choice of older contexts: URLs, each with the edition that is read in place of the newest."""

_MOST_PROCESSED = 1_024
_REFUSALS = (JsonLdError, contexts.UnknownContextError, ValueError, TypeError, KeyError, AttributeError)


class Refused(ProofError):
    """PyLD cannot process a context or expand a document: nothing is known of what was signed."""

    def __init__(self) -> None:
        super().__init__("UNUSUAL_SPELLING")


class _Resolver(ContextResolver):  # type: ignore[misc]
    """Resolves addresses to pinned contexts, parsed once; hands out entries without PyLD's own cache of results."""

    def __init__(self, editions: Mapping[str, int]) -> None:
        super().__init__({}, _no_loader)
        self._editions = editions
        self._documents: dict[str, Any] = {}

    def resolve(self, active_ctx: Active, context: Any, base: Any, cycles: Any = None) -> list[ResolvedContext]:
        resolved = []
        for entry in context if isinstance(context, list) else [context]:
            if isinstance(entry, str):
                resolved += self.resolve(active_ctx, self._document(entry), base)
            else:
                resolved.append(_Uncached(dict(entry) if isinstance(entry, dict) else False))
        return resolved

    def _document(self, url: str) -> Any:
        if url not in self._documents:
            self._documents[url] = contexts.load(url, self._editions.get(url, 0))["@context"]
        return self._documents[url]


class _Uncached(ResolvedContext):  # type: ignore[misc]
    def get_processed(self, active_ctx: Active) -> None:
        return None

    def set_processed(self, active_ctx: Active, processed_ctx: Active) -> None:
        pass


def _no_loader(url: str, options: Any) -> Any:
    raise contexts.UnknownContextError(url)


class Processor(JsonLdProcessor):  # type: ignore[misc]
    """PyLD's processor with a memory for processed contexts; what it drops is an error.

    `editions` says which edition of a context is read, for each URL of which that is not the newest.
    """

    def __init__(self, editions: Mapping[str, int] = MappingProxyType({})) -> None:
        super().__init__(self._dropped)
        self._processed: dict[Any, tuple[Any, Active]] = {}
        self.options = {
            "base": None,
            "contextResolver": _Resolver(editions),
            "documentLoader": _no_loader,
            "isFrame": False,
            "keepFreeFloatingNodes": False,
            "processingMode": "json-ld-1.1",
        }
        self.initial: Active = self._get_initial_context(self.options)

    @staticmethod
    def _dropped(property: str | None) -> None:
        raise Refused

    def _process_context(
        self,
        active_ctx: Active,
        local_ctx: Any,
        options: Any,
        override_protected: bool = False,
        propagate: bool = True,
        validate_scoped: bool = True,
        cycles: Any = None,
    ) -> Active:
        """Process as PyLD does, once; a list of addresses entry by entry, so that documents share its beginning."""
        if cycles is not None or "_uuid" not in active_ctx:
            processed: Active = super()._process_context(
                active_ctx, local_ctx, options, override_protected, propagate, validate_scoped, cycles
            )
            return processed
        entries = local_ctx if propagate and isinstance(local_ctx, list) and local_ctx else [local_ctx]
        if any(not isinstance(entry, str) for entry in entries):
            entries = [local_ctx]
        for entry in entries:
            active_ctx = self._process_once(active_ctx, entry, options, override_protected, propagate)
        return active_ctx

    def _process_once(self, active: Active, local: Any, options: Any, override: bool, propagate: bool) -> Active:
        key = (active["_uuid"], local if isinstance(local, str) else id(local), override, propagate)
        if key not in self._processed:
            if len(self._processed) >= _MOST_PROCESSED:
                self._processed.clear()
            processed = super()._process_context(active, local, options, override, propagate)
            self._processed[key] = (local, processed)
        return self._processed[key][1]

    def _expand_iri(
        self,
        active_ctx: Active,
        value: Any,
        base: Any = None,
        vocab: bool = False,
        local_ctx: Any = None,
        defined: Any = None,
    ) -> Any:
        """Expand as PyLD does; what is asked most, what a term stands for, is looked up before anything else."""
        if vocab and not local_ctx and isinstance(value, str) and not value.startswith("@"):
            definition = active_ctx["mappings"].get(value)
            if definition:
                return definition["@id"]
        return super()._expand_iri(active_ctx, value, base, vocab, local_ctx, defined)

    def expanded(self, document: Mapping[str, Any]) -> list[Any]:
        """Return the document in expanded form (JSON-LD 1.1 API, 5.1); raises Refused."""
        try:
            found = self._expand(self.initial, None, document, self.options)
        except _REFUSALS as error:
            raise Refused from error
        return found if isinstance(found, list) else [] if found is None else [found]

    def apply(self, active: Active, local: Any) -> Active:
        """Return the active context after a property's own context; raises Refused."""
        try:
            return self._process_context(active, local, self.options, override_protected=True)
        except _REFUSALS as error:
            raise Refused from error

    def enter(self, active: Active, element: Mapping[str, Any]) -> tuple[Active, Active]:
        """Return the contexts for an object's members and for its types, after `@context` and types; raises Refused."""
        try:
            members, _, types = self._prepare_nested_context(active, element, self.options)
        except _REFUSALS as error:
            raise Refused from error
        return members, types

    def expand_term(self, active: Active, term: str | None) -> Any:
        """Return what a key stands for in this context: an IRI, a keyword, or None."""
        return self._expand_iri(active, term, vocab=True)


PROCESSOR = Processor()


@lru_cache(maxsize=8)
def processor(editions: Editions = ()) -> Processor:
    """Return the processor that reads these editions, made once."""
    return Processor(dict(editions)) if editions else PROCESSOR
