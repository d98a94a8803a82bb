"""RDFC-1.0: independent of labels and order, equal to PyLD's, and bounded."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest
from pyld import jsonld

from portfolio_gen.errors import ProofError
from portfolio_gen.limits import LIMITS, Limits
from portfolio_gen.proofs.nquads import double, iri, literal
from portfolio_gen.proofs.rdfc import Quad, _Canonicalizer, canonicalize

WITHOUT_LIMIT = replace(LIMITS, hash_n_degree_quads=10**9)


def relabelled(quads: Iterable[Quad], chance: random.Random) -> list[Quad]:
    found = list(quads)
    nodes = sorted({term for quad in found for term in quad if term.startswith("_:")})
    names = dict(zip(nodes, chance.sample(range(1_000), len(nodes)), strict=True))
    chance.shuffle(found)
    return [tuple(f"_:n{names[term]}" if term in names else term for term in quad) for quad in found]  # type: ignore[misc]


def most_entered(quads: Iterable[Quad], limits: Limits = WITHOUT_LIMIT) -> int:
    state = _Canonicalizer(sorted(set(quads)), limits)
    state.labels()
    return max(state._entered.values(), default=0)


def random_graph(chance: random.Random) -> set[Quad]:
    nodes = [f"_:x{number}" for number in range(chance.randint(1, 6))]
    terms = [*nodes, "<urn:o>", '"text"']
    graphs = ["", "", "<urn:g>", nodes[0]]
    return {
        (chance.choice(nodes), f"<urn:p{chance.randint(0, 1)}>", chance.choice(terms), chance.choice(graphs))
        for _ in range(chance.randint(1, 9))
    }


@pytest.mark.parametrize("seed", range(150))
def test_labels_and_order_change_neither_the_form_nor_the_work(seed: int) -> None:
    chance = random.Random(seed)
    graph = random_graph(chance)
    canonical, work = canonicalize(graph, WITHOUT_LIMIT), most_entered(graph)
    for _ in range(5):
        other = relabelled(graph, chance)
        assert canonicalize(other, WITHOUT_LIMIT) == canonical
        assert most_entered(other) == work


@pytest.mark.parametrize("seed", range(150))
def test_agrees_with_pyld(seed: int) -> None:
    """PyLD counts a quad twice for a blank node that stands in it twice (4.4.3, 2.1 says once): not compared."""
    graph = {quad for quad in random_graph(random.Random(seed)) if len({*quad}) == len(quad)}
    text = "".join(" ".join(term for term in quad if term) + " .\n" for quad in sorted(graph))
    options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
    assert canonicalize(graph, WITHOUT_LIMIT) == jsonld.normalize(text, options)


def twins(count: int) -> set[Quad]:
    """Two like parents with `count` like children each."""
    return {
        quad
        for parent in ("a", "b")
        for child in range(count)
        for quad in (
            (f"_:{parent}", "<urn:child>", f"_:{parent}{child}", ""),
            (f"_:{parent}{child}", "<urn:name>", '"same"', ""),
        )
    }


def chains(length: int) -> set[Quad]:
    """Two like lists of different items."""
    cells = [(f"_:{name}{number}", number) for name in ("a", "b") for number in range(length)]
    items = {(cell, "<urn:first>", f'"{number}"', "") for cell, number in cells}
    return items | {
        (cell, "<urn:rest>", f"{cell[:3]}{number + 1}", "") for cell, number in cells if number < length - 1
    }


def clique(size: int) -> set[Quad]:
    return {(f"_:{one}", "<urn:knows>", f"_:{other}", "") for one, other in permutations(range(size), 2)}


def test_the_limit_lets_likely_repetition_pass_and_stops_poison() -> None:
    assert most_entered(twins(4)) == 24
    assert canonicalize(twins(4))
    assert canonicalize(chains(60))
    for poison in (twins(5), clique(10), chains(2_000), twins(3_000)):
        with pytest.raises(ProofError, match="TOO_MUCH_WORK"):
            canonicalize(poison)


def test_the_limit_is_exact() -> None:
    assert canonicalize(twins(3), replace(LIMITS, hash_n_degree_quads=most_entered(twins(3))))
    with pytest.raises(ProofError, match="TOO_MUCH_WORK"):
        canonicalize(twins(3), replace(LIMITS, hash_n_degree_quads=most_entered(twins(3)) - 1))


def test_code_points_not_utf_16_units() -> None:
    terms = [f'"{character}"' for character in ("\ue000", "\U0001f600", "\uffee")]
    lines = canonicalize(("<urn:s>", "<urn:p>", term, "") for term in terms).splitlines()
    assert [line[17] for line in lines] == ["\ue000", "\uffee", "\U0001f600"]


def test_canonical_escapes() -> None:
    plain = "".join(chr(code) for code in (*range(0x20), 0x22, 0x5C, 0x7F, 0x80, 0xFFFE, 0xFFFF))
    named = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"}
    controls = "".join(named.get(code, f"\\u{code:04X}") for code in range(0x20))
    assert literal(plain) == f'"{controls}\\"\\\\\\u007F\x80\\uFFFE\\uFFFF"'


@pytest.mark.parametrize(
    "value", ["urn:a b", "urn:a>b", 'urn:a"b', "urn:a\\b", "urn:a\nb", "relative", "_:b", "", None]
)
def test_an_iri_that_could_not_be_read_back_is_refused(value: str | None) -> None:
    with pytest.raises(ProofError, match="UNUSUAL_SPELLING"):
        iri(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5E0"),
        (3.0, "3.0E0"),
        (-0.1, "-1.0E-1"),
        (1e-7, "1.0E-7"),
        (1.25e100, "1.25E100"),
        (123.456, "1.23456E2"),
    ],
)
def test_canonical_doubles(value: float, text: str) -> None:
    assert double(value) == text
