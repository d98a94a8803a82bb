"""Ten thousand changed files: equal reports in both languages, and nothing verified that says something else."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rfc8785
from vector_rows import ROWS, bytes_of, web_of

from browser.mutants import byte_mutants, mutants
from portfolio_gen.verifier import verify
from portfolio_gen.web import read_web

SHARED = Path(__file__).resolve().parents[3] / "shared" / "vectors"
HOW_MANY = 10_000
MOST_BYTES = 30_000
SLICES = 4
NOW = "2026-06-01T12:00:00Z"
JUDGED_AT = "2026-11-23T12:00:00Z"

Source = tuple[bytes, str, Any]


def sources() -> list[Source]:
    """Files of our vectors, and of those from outside where they are present, whose signature verifies."""
    found = [(bytes_of(row), row["now"], web_of(row)) for row in ROWS if "honest" in row["flags"]]
    if SHARED.is_dir():
        web = read_web(SHARED / "web", JUDGED_AT)
        rows = json.loads((SHARED / "manifest.json").read_text("utf-8"))
        found += [((SHARED / row["file"]).read_bytes(), JUDGED_AT, web) for row in rows if row["measurable"]]
    fitting = [(data, now, web) for data, now, web in found if len(data) <= MOST_BYTES]
    return [(data, now, needed(data, now, web)) for data, now, web in fitting if verdict(data, now, web) in GOOD]


def verdict(data: bytes, now: str, web: Any) -> str:
    return verify(data, now=now, web=web).verdict


def needed(data: bytes, now: str, web: Any) -> Any:
    """Most files need no look-up; to hand on less takes less time."""
    return {} if verify(data, now=now, web={}) == verify(data, now=now, web=web) else web


GOOD = ("verified", "partly-checked")


def changed(data: bytes, count: int, seed: int) -> list[bytes]:
    """Return `count` changed copies: of the values in JSON, also inside of a JWT, and of the bytes of anything."""
    try:
        document = json.loads(data)
    except ValueError:
        inside = list(jwt_mutants(data, count // 2, seed))
        return inside + byte_mutants([data], count - len(inside), seed)
    if not isinstance(document, dict):
        return byte_mutants([data], count, seed)
    half = [json.dumps(one).encode() for one in mutants([document], count - count // 3, seed)]
    return half + byte_mutants([data], count // 3, seed)


def jwt_mutants(data: bytes, count: int, seed: int) -> Iterator[bytes]:
    header, _, rest = data.strip().partition(b".")
    payload, _, signature = rest.partition(b".")
    try:
        document = json.loads(base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4)))
    except ValueError:
        return
    for one in mutants([document], count, seed):
        text = base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=")
        yield b".".join((header, text, signature))


def said(report: dict[str, Any]) -> tuple[Any, Counter[Any]]:
    """What a credential says, wherever in its lists."""
    facts = Counter((fact["field"], str(fact["value"]), fact["as"], fact.get("lang")) for fact in report["credential"])
    return report["issuer"], facts


def is_honest(report: dict[str, Any], honest: list[tuple[Any, Counter[Any]]]) -> bool:
    """Whether a file says this, no more and no less.

    An SD-JWT's holder may show less of it; then the report counts what is left out.
    """
    issuer, facts = said(report)
    if (issuer, facts) in honest:
        return True
    withheld = report["checks"]["readable"].get("detail", {}).get("undisclosed")
    return bool(withheld) and any(who == issuer and facts <= all_facts for who, all_facts in honest)


def verified(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if report["verdict"] == "verified":
        yield report
    for inner in report["inner"]:
        yield from verified(inner)


def every(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield report
    for inner in report["inner"]:
        yield from every(inner)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SLICES))
def test_changed_files(part: int, in_node: Any) -> None:
    files = sources()
    assert len(files) > 100
    each = -(-HOW_MANY // len(files))
    mine = [(index, source) for index, source in enumerate(files) if index % SLICES == part]
    tasks = [(mutant, now, web) for index, (data, now, web) in mine for mutant in changed(data, each, index)]
    honest = [said(one) for _, (data, now, web) in mine for one in every(verify(data, now=now, web=web).to_json())]
    for (mutant, now, web), report in zip(tasks, in_node(tasks), strict=True):
        python = verify(mutant, now=now, web=web).to_json()
        assert rfc8785.dumps(report) == rfc8785.dumps(python), mutant
        for one in verified(python):
            assert is_honest(one, honest), mutant
