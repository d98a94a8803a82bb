"""Whether the issuer has withdrawn a credential: status entries, and the lists that they name, to a code of step 4.

STATUS_LISTS has one row for each type of entry. The verifier passes in how a list is checked: a list is a credential as
well, and answers only if it checks out (DESIGN rule 8). Nothing is fetched: `web` answers, or nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from portfolio_gen.report import Check
from portfolio_gen.status import bitstring, named, tokens
from portfolio_gen.status.question import About, Answer, Question, SignedList
from portfolio_gen.values import strings

__all__ = ["STATUS_LISTS", "About", "Question", "SignedList", "check"]

STATUS_LISTS: Mapping[str, Callable[[Mapping[str, Any], Question], Answer]] = {
    **{kind.entry: kind.check for kind in bitstring.KINDS},
    "1EdTechRevocationList": named.edtech,
    "RevocationList": named.open_badges,
    "status_list": tokens.check,
}


def check(entries: list[Any], question: Question) -> Check:
    """Return the check `status` for one or more entries: what withdraws it first, then what is not known."""
    if len(entries) > question.limits.status_entries:
        return Check.of("status", "TOO_MANY_LISTS")
    found = [Check.of("status", *_answer(entry, question)) for entry in entries]
    return min(found, key=_weight)


def _weight(check: Check) -> int:
    if check.result == "fail":
        return 0 if check.code == "REVOKED" else 1
    return 2 if check.result == "unknown" else 3


def _answer(entry: Any, question: Question) -> Answer:
    types = strings(entry.get("type")) if isinstance(entry, dict) else []
    for type, ask in STATUS_LISTS.items():
        if type in types:
            return ask(entry, question)
    return "NOT_SUPPORTED", {"types": sorted(set(types))} if types else {}
