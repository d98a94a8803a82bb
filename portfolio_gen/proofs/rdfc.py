"""RDFC-1.0 over quads as N-Quads terms, with a limit on its work (DESIGN rule 4).

A quad is (subject, predicate, object, graph), each written as in canonical N-Quads: `<iri>`, `_:label`,
`"text"^^<type>`; the graph is "" for the default graph. Clause numbers are those of RDFC-1.0.

It follows every permutation to its end: the early exits 5.4.4.3 and 5.4.5.5 of 4.8.3 change no result, but they would
make the work, and so the limit, depend on the order in which the quads come.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import permutations
from math import factorial

from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS, Limits

Quad = tuple[str, str, str, str]

_POSITIONS = ((0, "s"), (2, "o"), (3, "g"))


def canonicalize(quads: Iterable[Quad], limits: Limits = LIMITS, hash_name: str = "sha256") -> str:
    """Return the canonical N-Quads of a dataset; raises ProofError `TOO_MUCH_WORK` beyond the limits.

    `hash_name` is hashlib's name of the hash algorithm (4.3), which decides the order of labels.
    """
    dataset = sorted(set(quads))
    labels = _Canonicalizer(dataset, limits, hash_name).labels()
    return "".join(sorted({_line(quad, labels) for quad in dataset}))


def _line(quad: Quad, labels: dict[str, str]) -> str:
    terms = (labels.get(term, term) for term in quad if term)
    return " ".join(terms) + " .\n"


def _is_blank(term: str) -> bool:
    return term.startswith("_:")


class _Issuer(dict[str, str]):
    """4.5: labels in the order in which they were issued."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        super().__init__(issued or {})
        self._prefix = prefix

    def issue(self, node: str) -> str:
        return self.setdefault(node, f"{self._prefix}{len(self)}")

    def fork(self) -> _Issuer:
        return _Issuer(self._prefix, self)


class _Canonicalizer:
    """The canonicalization state (4.2) of one dataset."""

    def __init__(self, dataset: list[Quad], limits: Limits, hash_name: str = "sha256") -> None:
        self._limits = limits
        self._algorithm = getattr(hashlib, hash_name)
        self._canonical = _Issuer("_:c14n")
        self._entered: Counter[str] = Counter()
        self._quads: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in dataset:
            for node in {term for term in quad if _is_blank(term)}:
                self._quads[node].append(quad)
        self._first = {node: self._first_degree(node) for node in self._quads}

    def labels(self) -> dict[str, str]:
        """4.4.3: return the canonical label of every blank node."""
        by_hash = defaultdict(list)
        for node, hash in self._first.items():
            by_hash[hash].append(node)
        groups = [by_hash[hash] for hash in sorted(by_hash)]
        for group in groups:
            if len(group) == 1:
                self._canonical.issue(group[0])
        for group in groups:
            self._label_group(group)
        return self._canonical

    def _hash(self, text: str) -> str:
        digest: str = self._algorithm(text.encode("utf-8")).hexdigest()
        return digest

    def _label_group(self, group: list[str]) -> None:
        results = []
        for node in group:
            if node not in self._canonical:
                issuer = _Issuer("_:b")
                issuer.issue(node)
                results.append(self._n_degree(node, issuer, 1))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer:
                self._canonical.issue(node)

    def _first_degree(self, node: str) -> str:
        """4.6.3: Hash First Degree Quads."""
        lines = []
        for quad in self._quads[node]:
            others = {term: "_:z" for term in quad if _is_blank(term)}
            lines.append(_line(quad, others | {node: "_:a"}))
        return self._hash("".join(sorted(lines)))

    def _related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """4.7.3: Hash Related Blank Node."""
        label = self._canonical.get(related) or issuer.get(related) or self._first[related]
        return self._hash(position + (quad[1] if position != "g" else "") + label)

    def _n_degree(self, node: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """4.8.3: Hash N-Degree Quads; returns the hash and the issuer of the chosen paths."""
        self._entered[node] += 1
        if self._entered[node] > self._limits.hash_n_degree_quads or depth > self._limits.hash_nesting:
            raise ProofError("TOO_MUCH_WORK")
        groups = defaultdict(list)
        for quad in self._quads[node]:
            for index, position in _POSITIONS:
                if _is_blank(quad[index]) and quad[index] != node:
                    groups[self._related(quad[index], quad, issuer, position)].append(quad[index])
        data = []
        for hash in sorted(groups):
            path, issuer = self._shortest_path(groups[hash], issuer, depth)
            data += [hash, path]
        return self._hash("".join(data)), issuer

    def _shortest_path(self, group: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """4.8.3, 5.4: return the least path through the group's nodes, of all orders, and its issuer."""
        if len(set(group)) == 1:
            return self._path(group, issuer, depth)
        if factorial(min(len(group), 20)) > self._limits.hash_n_degree_quads:
            raise ProofError("TOO_MUCH_WORK")
        best = None
        for order in permutations(group):
            found = self._path(order, issuer.fork(), depth)
            if best is None or found[0] < best[0]:
                best = found
        assert best is not None, "a group has a member"  # noqa: S101
        return best

    def _path(self, order: Iterable[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        path = []
        unvisited = []
        for related in order:
            if related not in self._canonical and related not in issuer:
                unvisited.append(related)
            path.append(self._canonical.get(related) or issuer.issue(related))
        for related in unvisited:
            hash, issuer = self._n_degree(related, issuer, depth + 1)
            path += [issuer.issue(related), f"<{hash}>"]
        return "".join(path), issuer
